/* observatory.h - what the first page of the observatory shows. In a snapshot. */
#ifndef MAILLAGE_OBSERVATORY_H
#define MAILLAGE_OBSERVATORY_H

#include "base/buf.h"
#include "observatory/indicator.h"
#include "observatory/observatory_shape.h"

rc observatory_fill(struct ctx *c, struct observatory_page *v);

/* A bar for each year from the first to the last, those of 2015 to 2018 lit. */
void years_chart(struct ctx *c, struct buf *b, const char *title, const struct year_count_list *years);
/* "33.33%": what a bar measures. */
const char *bar_width(struct ctx *c, int64_t part, int64_t most);
/* How many places were launched in each year, ascending; years without any stand with 0 between. */
struct year_count_list years_of(struct ctx *c, const struct place_fact_list *places);

#endif
