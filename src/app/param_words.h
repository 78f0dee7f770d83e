/* param_words.h - the word that screens have for each value of an address. */
#ifndef MAILLAGE_PARAM_WORDS_H
#define MAILLAGE_PARAM_WORDS_H

#include "base/ctx.h"

/* "Ordre" for "sort", in the reader's language; NULL: no form of a page has it. */
const char *param_word(struct ctx *c, const char *name);

#endif
