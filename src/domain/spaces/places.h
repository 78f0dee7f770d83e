/* places.h - finding places: near a town, open, with something free on a day. */
#ifndef MAILLAGE_PLACES_H
#define MAILLAGE_PLACES_H

#include "people/people.h"
#include "spaces/places_shape.h"

/* Port: how many cooperatives have their people welcome at a place, by what
 * later slices know. NULL: nobody says. */
typedef rc places_welcomed_fn(struct ctx *c, community_id place, int64_t *n);
extern places_welcomed_fn *places_welcomed;

/* Port: what happens in all places in the week from a day on, soonest first, a
 * few lines. NULL: nothing does. */
typedef rc places_week_fn(struct ctx *c, day from, struct week_line_list *out);
extern places_week_fn *places_week;

#define PLACES_PAGE 10
#define PLACES_KM   130 /* how far "near" goes */

/* Answer a search; limit is the number of places at most. */
rc places_find(struct ctx *c, const struct places_query *ask, size_t limit, struct places_page *v);

/* The map of what was found, numbered as the list is. lat0, lon0: where the
 * search is; NONE for the whole country. */
rc places_map(struct ctx *c, const struct place_found_list *l, int64_t lat0, int64_t lon0, html *out);

#endif
