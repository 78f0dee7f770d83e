#include "base/shape.h"

#include <string.h>

int enum_find(const struct enumeration *e, const char *word)
{
	for (size_t i = 0; word && i < e->n; i++)
		if (strcmp(e->words[i], word) == 0)
			return (int)i;
	return -1;
}

const char *enum_word(const struct enumeration *e, int index)
{
	if (index < 0 || (size_t)index >= e->n)
		return "";
	return e->words[index];
}

const struct field *shape_field(const struct shape *s, const char *name)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->fields[i].name, name) == 0)
			return &s->fields[i];
	return NULL;
}
