/* territories.h - a territory, what it is made of, and where places are missing. In a snapshot. */
#ifndef MAILLAGE_TERRITORIES_H
#define MAILLAGE_TERRITORIES_H

#include "base/ctx.h"
#include "observatory/territories_shape.h"

/* Everything but what a page needs beside: v->scope, v->sub and v->zoning are
 * read from what was asked, v->rows holds all rows found, sorted. */
rc territories_fill(struct ctx *c, const struct territories_query *ask, struct territories_page *v);

/* The territories by size, with what the study printed for its zones. */
rc bands_fill(struct ctx *c, const struct density_row_list *rows, struct territories_page *v);
/* Which of them, enum density_size. */
size_t band_of(const struct density_row *r);
/* What the study printed of this territory, beside ours. */
rc compared_fill(struct ctx *c, const struct density_row *own, struct territories_page *v);
/* The map of density, where there are outlines. */
void territories_map(struct ctx *c, const struct density_row_list *rows, struct territories_page *v);

#endif
