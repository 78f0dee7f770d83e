/* places.h - finding places: words, near a town, open, with something free on a day. */
#ifndef MAILLAGE_PLACES_H
#define MAILLAGE_PLACES_H

#include "observatory/finder.h"
#include "observatory/places_shape.h"
#include "people/people.h"

#define PLACES_PAGE 24
#define HOME_LINES  6

/* Answer a search, at most `limit` places after ask->after. Inside a snapshot.
 *   E_INVALID  field "is": see finder.h */
rc places_find(struct ctx *c, const struct places_query *ask, size_t limit, struct places_page *v);

/* All that it finds, line by line; what they are made of is given back after some of them. */
typedef void places_line_fn(struct ctx *c, const struct place_found *p, void *arg);
rc places_each(struct ctx *c, const struct places_query *ask, places_line_fn *each, void *arg);

/* Only who is found, not by price, and what was asked. */
rc places_search(struct ctx *c, const struct places_query *ask, struct places_page *v, struct finding *out);

/* The search as an address: PATH?... without filters, page and order of what is not said. */
const char *places_address(struct ctx *c, const char *path, const struct places_query *ask);

/* The map of what was found, v->map, numbered as the list is. */
rc places_map(struct ctx *c, const struct places_query *ask, struct places_page *v);

#endif
