/* printed.h - what the study of 2018 and INSEE print, cell by cell, as dated
 * facts beside which the observatory shows what it counts itself. */
#ifndef MAILLAGE_PRINTED_H
#define MAILLAGE_PRINTED_H

#include "base/ctx.h"
#include "observatory/printed_shape.h"

/* Load the tables that ship with the program; nothing is written when they are
 * there already. Opens its own transaction, or joins the open one.
 *   E_CORRUPT  "territory.data" a file is not what it should be (file, line) */
rc printed_load(struct ctx *c);

/* The cells of a sheet: national, region, zone_band, key, population. Inside a snapshot. */
rc printed_sheet(struct ctx *c, const char *sheet, struct printed_fact_list *out);
/* The cell of a line and a figure, or NULL. */
const struct printed_fact *printed_find(const struct printed_fact_list *l, const char *line, const char *figure);
/* Its value in whole units, 0 when there is none. */
int64_t printed_units(const struct printed_fact_list *l, const char *line, const char *figure);

#endif
