/* site_search.h - one question to all that is public: places, communities,
 * workshops to come, sheets, actors. Inside a snapshot. */
#ifndef MAILLAGE_SITE_SEARCH_H
#define MAILLAGE_SITE_SEARCH_H

#include "base/ctx.h"
#include "observatory/site_search_shape.h"

#define SITE_FEW  5
#define SITE_MANY 100

/* Nothing typed: no groups. Kinds in which nothing is found are left out. */
rc site_find(struct ctx *c, const struct site_query *q, struct site_page *v);

#endif
