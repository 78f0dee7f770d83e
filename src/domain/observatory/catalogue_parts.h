/* catalogue_parts.h - the parts of the catalogue's making, for catalogue.c. */
#ifndef MAILLAGE_CATALOGUE_PARTS_H
#define MAILLAGE_CATALOGUE_PARTS_H

#include <glib.h>

#include "observatory/catalogue.h"

/* Gathers words of records in any order. */
struct word_maker;
struct word_maker *word_maker_new(void);
/* All words of a text; NULL: nothing. */
void word_maker_add(struct ctx *c, struct word_maker *w, uint32_t record, const char *text, enum term_weight weight);
void word_maker_finish(struct word_maker *w, TALLOC_CTX *owner, struct catalogue *x);
void word_maker_free(struct word_maker *w);

/* What was gathered, in the owner's memory; there is always room for one. */
void *array_kept(TALLOC_CTX *owner, const GArray *a, size_t size);
/* Room for the stems of the names of values. */
struct labels *labels_new(TALLOC_CTX *owner);
void catalogue_lay_grid(TALLOC_CTX *owner, struct catalogue *x);

#endif
