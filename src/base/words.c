#include "base/words.h"

#include <string.h>

bool words_have(const char *list, const char *word)
{
	size_t n = strlen(word);
	for (const char *p = list ? list : ""; *p; p += strcspn(p, " "), p += *p == ' ')
		if (n && strcspn(p, " ") == n && strncmp(p, word, n) == 0)
			return true;
	return false;
}

const char *words_add(struct ctx *c, const char *list, const char *word)
{
	if (words_have(list, word))
		return list;
	return list && *list ? fmt(c, "%s %s", list, word) : fmt(c, "%s", word);
}

void words_first(struct ctx *c, const char *text, const char *out[], int n)
{
	char *rest, *all = talloc_strdup(c->mem, text);
	char *word = strtok_r(all, " ", &rest);
	for (int i = 0; i < n; i++) {
		out[i] = word ? word : "";
		word = word ? strtok_r(NULL, " ", &rest) : NULL;
	}
}
