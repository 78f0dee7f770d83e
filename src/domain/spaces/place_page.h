/* place_page.h - a place as everybody sees it, and what it offers to who asks. */
#ifndef MAILLAGE_PLACE_PAGE_H
#define MAILLAGE_PLACE_PAGE_H

#include "spaces/occupation.h"
#include "spaces/place_page_shape.h"

/* Fill the page of a place for c->actor. */
rc place_page_fill(struct ctx *c, const struct community_row *place, const struct place_query *ask, struct place_page *v);

/* Port: what happens at a place from a day on, soonest first. NULL: nothing does.
 * Set by app/wiring.c. */
typedef rc place_programme_fn(struct ctx *c, community_id place, day from, struct programme_line_list *out);
extern place_programme_fn *place_programme;

/* Port: who may come by an agreement, on a day. NULL: nobody. */
typedef rc place_welcome_fn(struct ctx *c, community_id place, day on, struct place_welcome_list *out);
extern place_welcome_fn *place_welcome;

/* Port: a small map of where a place stands, for its page. NULL: none is shown. */
typedef rc place_map_fn(struct ctx *c, const struct community_row *place, html *out);
extern place_map_fn *place_map;

#endif
