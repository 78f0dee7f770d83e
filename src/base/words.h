/* words.h - lists of words separated by single blanks, as columns keep sets of
 * an enumeration: "cape cesa". */
#ifndef MAILLAGE_WORDS_H
#define MAILLAGE_WORDS_H

#include "base/ctx.h"

/* Is the whole word in the list? NULL is an empty list. */
bool words_have(const char *list, const char *word);

/* The list with a word more, in c->mem; a word that is there already is not added twice. */
const char *words_add(struct ctx *c, const char *list, const char *word);

/* The first n words of a text, in c->mem; "" where there are fewer. */
void words_first(struct ctx *c, const char *text, const char *out[], int n);

#endif
