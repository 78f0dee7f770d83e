/* search_far.h - a search that finds nobody within its distance: who is nearest all
 * the same, told for what it is when the sea lies between. Inside a snapshot. */
#ifndef MAILLAGE_SEARCH_FAR_H
#define MAILLAGE_SEARCH_FAR_H

#include "observatory/finder.h"
#include "observatory/search_shape.h"

/* f: what was found, nothing, from a point; departement: where the point is, or NULL when only
 * its position says it. The nearest of the same side of the sea, else the nearest of all; none:
 * nobody answers anywhere. Addresses are left to who asks. */
rc search_farther(struct ctx *c, const struct finding *f, const char *departement, struct search_farther_list *out);

/* The usual distance that reaches so far; NONE: none does. */
int64_t search_reach(int64_t km);

#endif
