/* places.h - finding places: near a town, open, with something free on a day. */
#ifndef MAILLAGE_PLACES_H
#define MAILLAGE_PLACES_H

#include "people/people.h"
#include "observatory/places_shape.h"

#define PLACES_PAGE 10
#define PLACES_KM   130 /* how far "near" goes */

/* Answer a search; limit is the number of places at most. */
rc places_find(struct ctx *c, const struct places_query *ask, size_t limit, struct places_page *v);

/* The map of what was found, numbered as the list is. lat0, lon0: where the
 * search is; NONE for the whole country. */
rc places_map(struct ctx *c, const struct place_found_list *l, int64_t lat0, int64_t lon0, html *out);

#endif
