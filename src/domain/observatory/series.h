/* series.h - what is known of a territory's places year by year. In a snapshot. */
#ifndef MAILLAGE_SERIES_H
#define MAILLAGE_SERIES_H

#include "base/ctx.h"
#include "observatory/series_shape.h"

/* Of v->scope, until its day. A year that nobody speaks of is a row of zeros. */
rc series_fill(struct ctx *c, struct series_page *v);

#endif
