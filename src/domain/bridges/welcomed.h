/* welcomed.h - how many cooperatives a place welcomes: what the search shows. */
#ifndef MAILLAGE_WELCOMED_H
#define MAILLAGE_WELCOMED_H

#include "base/ctx.h"

/* CAEs whose people have a right at the place by a convention in force today. */
rc welcomed_caes(struct ctx *c, community_id place, int64_t *n);

#endif
