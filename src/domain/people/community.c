#include "people/community.h"

#include <glib.h>
#include <string.h>

#include "audit/audit.h"
#include "base/fold.h"

/* Words that many names share say nothing of one. */
static bool is_small(const char *word)
{
	static const char *const small[] = { "l",   "le",  "la", "les", "d",  "de", "du",  "des", "un", "une", "et",
					     "a",   "au",  "aux", "en", "by", "of", "the", "sur", "je", "me",  "oui" };
	for (size_t i = 0; i < sizeof small / sizeof *small; i++)
		if (strcmp(word, small[i]) == 0)
			return true;
	return false;
}

static char upper(char ch)
{
	return g_ascii_toupper(ch);
}

const char *community_initials(struct ctx *c, const char *name)
{
	const char *folded = fold(c, name), *first = NULL, *second = NULL;
	char **words = g_strsplit(folded, " ", -1);
	for (char **w = words; *w && !second; w++) {
		if (!**w || is_small(*w))
			continue;
		if (!first)
			first = *w;
		else
			second = *w;
	}
	if (!first)
		first = folded;
	char letters[3] = { upper(first[0]), second ? upper(second[0]) : upper(first[0] ? first[1] : 0), 0 };
	g_strfreev(words);
	return *letters ? talloc_strdup(c->mem, letters) : "?";
}

rc community_note(struct ctx *c, pubid community, const char *action, const char *object_kind, pubid object,
		  const char *before, const char *after)
{
	struct audit_event e = { community.s, action, object_kind, object, before, after };
	return audit_note(c, &e);
}
