/* shipped.h - tables that come with the program: read once, and again when the
 * file in the program has changed. */
#ifndef MAILLAGE_SHIPPED_H
#define MAILLAGE_SHIPPED_H

#include "base/csv.h"
#include "base/ctx.h"

/* Call `put` for each row of data/NAME, all of it or nothing; *n: the rows, 0 when
 * this very file is loaded already. Opens its own transaction, or joins the open one.
 *   E_CORRUPT  "territory.data": there is no such file, or it is no table */
typedef rc shipped_put(struct ctx *c, const struct csv *t, const struct csv_row *r);
rc shipped_load(struct ctx *c, const char *name, shipped_put *put, int64_t *n);

/* All that the observatory ships. */
rc shipped_load_all(struct ctx *c);

#endif
