/* atlas.h - the map of the places: what is asked of it, as a page with a list
 * beside it, and as data for the map that moves. */
#ifndef MAILLAGE_ATLAS_H
#define MAILLAGE_ATLAS_H

#include "base/ctx.h"
#include "observatory/atlas_shape.h"

#define ATLAS_LINES  40	  /* of the list beside the map */
#define ATLAS_POINTS 5000 /* beyond so many places the server counts them by box */

/* The places of a part of the country, or clusters of them; then what the layer
 * shows. A part that is not told is the whole world. */
rc atlas_data(struct ctx *c, const struct atlas_query *ask, struct atlas_page *v);

/* The same as a picture, with ATLAS_LINES places numbered as in v->lines and the others as dots. */
rc atlas_draw(struct ctx *c, const struct atlas_query *ask, struct atlas_page *v);

#endif
