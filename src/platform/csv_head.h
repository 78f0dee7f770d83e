/* csv_head.h - the first row of a table for people: messages, in the reader's language. */
#ifndef MAILLAGE_CSV_HEAD_H
#define MAILLAGE_CSV_HEAD_H

#include "base/csv.h"

/* keys: n message keys, marked with K(). */
void csv_head(struct ctx *c, struct csv_writer *w, const char *const keys[], size_t n);

#endif
