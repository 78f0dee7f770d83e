/* national_lists.c - what sources say in the lists of the national schema, in
 * the words of either version: as they were said, else by their twins. */
#include <string.h>

#include "base/buf.h"
#include "observatory/open_data.h"

enum way { UP, BOTH };
static const struct twin {
	int field, former;
	const char *word, *old;
	enum way way;
} twins[] = {
#define TWIN(field, word, former, old, way) { ARRIVAL_FIELD_##field, ARRIVAL_FIELD_##former, word, old, way },
#include "observatory/national_twins.def"
#undef TWIN
};

/* Is the word an item of the list? */
static bool has(const char *list, const char *word)
{
	size_t n = strlen(word);
	for (const char *s = list; s && (s = strstr(s, word)); s++)
		if ((s == list || s[-1] == '|') && (s[n] == '|' || !s[n]))
			return true;
	return false;
}

static void add(struct buf *b, const char *word)
{
	if (has(b->s, word))
		return;
	buf_str(b, b->len ? "|" : "");
	buf_str(b, word);
}

static const char *by_twins(struct ctx *c, const struct open_record *r, int field)
{
	struct buf b;
	buf_init(&b, c->mem, 128);
	for (size_t i = 0; i < sizeof twins / sizeof *twins; i++) {
		const struct twin *t = &twins[i];
		if (t->field == field && has(r->facts[t->former], t->old))
			add(&b, t->word);
		else if (t->former == field && t->way == BOTH && has(r->facts[t->field], t->word))
			add(&b, t->old);
	}
	return b.len ? b.s : NULL;
}

const char *national_list(struct ctx *c, const struct open_record *r, int field, char separator)
{
	const char *all = r->facts[field] ? r->facts[field] : by_twins(c, r, field);
	char *out = all ? talloc_strdup(c->mem, all) : NULL;
	for (char *s = out; s && *s; s++)
		if (*s == '|')
			*s = separator;
	return out;
}
