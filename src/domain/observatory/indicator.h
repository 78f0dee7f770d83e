/* indicator.h - figures counted live on the directory: definition, value as a
 * whole fraction, what the study printed, why both differ, the records. */
#ifndef MAILLAGE_INDICATOR_H
#define MAILLAGE_INDICATOR_H

#include "base/ctx.h"
#include "observatory/scope.h"

/* The places that figures are counted on, by name. */
rc indicator_places_of(struct ctx *c, const struct scope *s, struct place_fact_list *out);

/* All figures of those places, in the order of the enumeration. */
rc indicator_figures(struct ctx *c, const struct scope *s, const struct place_fact_list *places,
		     struct figure_list *out);

/* The records that a figure counts (part counted), or that it is divided by (base). */
struct place_fact_list indicator_records(struct ctx *c, int indicator, int part, const struct place_fact_list *places);

/* The legal form in words: as the source printed it, else the record's; NULL: not known. */
const char *indicator_status(struct ctx *c, const struct place_fact *p);

/* What the study's inventory printed otherwise than the directory has it; nothing for parts of the country. */
rc indicator_corrections(struct ctx *c, const struct scope *s, struct correction_list *out);

/* The address of a figure's page. */
const char *indicator_link(struct ctx *c, const struct scope *s, int indicator, int part);

/* How many have a commune. */
int64_t indicator_situated(const struct place_fact_list *places);

/* numerator * unit / denominator, rounded half up to a multiple of `step`; NONE when there is nothing to
 * divide by. All at least 0. */
int64_t ratio_rounded(int64_t numerator, int64_t unit, int64_t denominator, int64_t step);

/* Thousandths the reader's way with at most so many decimals: "83,3". */
const char *fmt_milli(struct ctx *c, int64_t milli, int digits);

#endif
