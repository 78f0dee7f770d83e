/* atlas.h - the map of the places: what is asked of it, as a page with a list
 * beside it, and as data for the map that moves. */
#ifndef MAILLAGE_ATLAS_H
#define MAILLAGE_ATLAS_H

#include "base/ctx.h"
#include "observatory/atlas_shape.h"

#define ATLAS_LINES  40	  /* of the list beside the map */
#define ATLAS_POINTS 5000 /* beyond so many places the server counts them by box */

/* The places that were open on a day that has passed, by name, as they were known
 * then: those that fit the question, in the part that it looks at. */
rc atlas_past(struct ctx *c, const struct atlas_query *ask, struct atlas_place_list *out);
/* So many of them in boxes of a grid, the fullest first. */
void atlas_boxes(struct ctx *c, const struct atlas_place_list *l, int64_t high, int64_t wide,
		 struct atlas_cluster_list *out);
/* Territories of a level with the places that were open in them. */
rc atlas_past_areas(struct ctx *c, int level, day on, struct atlas_area_list *out);

/* The places of a part of the country, or clusters of them; then what the layer
 * shows. A part that is not told is the whole world. */
rc atlas_data(struct ctx *c, const struct atlas_query *ask, struct atlas_page *v);

/* The same as a picture, with ATLAS_LINES places numbered as in v->lines and the others as dots. */
rc atlas_draw(struct ctx *c, const struct atlas_query *ask, struct atlas_page *v);

#endif
