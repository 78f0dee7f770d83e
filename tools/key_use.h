/* key_use.h - where the sources use keys of messages, for pogen. */
#ifndef MAILLAGE_KEY_USE_H
#define MAILLAGE_KEY_USE_H

#include <stdbool.h>
#include <stddef.h>

struct key_use {
	const char *key, *file;
	int line;
	bool knows_args;      /* all values given to the message stand here */
	const char *args[10]; /* their names, NULL after the last */
};

struct key_uses {
	struct key_use *items;
	size_t n;
};

/* Templates: {{t "key" n=v.n}} and t:"key". */
void uses_in_html(struct key_uses *all, const char *path);
/* C: literals in the right argument of T, K, fail, ... */
void uses_in_c(struct key_uses *all, const char *path);
/* The words of each `enum NAME labels`. */
void uses_in_shapes(struct key_uses *all, char **paths, size_t n);

#endif
