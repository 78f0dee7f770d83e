/* finder_words.h - the records that typed words lead to. */
#ifndef MAILLAGE_FINDER_WORDS_H
#define MAILLAGE_FINDER_WORDS_H

#include "observatory/catalogue.h"

/* For each record how well it answers, 0: not all words are in it. A word counts
 * as the beginning of one, whatever its plural; one that no record has, with one
 * letter wrong from four letters on, two from eight. NULL: no words were typed. */
const uint8_t *finder_words(struct ctx *c, const struct catalogue *x, const char *typed);

/* The same words for texts that are not in the catalogue; NULL: none were typed. */
struct typed;
const struct typed *typed_read(struct ctx *c, const char *typed);
/* Each is the beginning of a word of the text. */
bool typed_fits(struct ctx *c, const struct typed *t, const char *text);

#endif
