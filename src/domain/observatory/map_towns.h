/* map_towns.h - the communes of a window, largest first: what maps dot and name. */
#ifndef MAILLAGE_MAP_TOWNS_H
#define MAILLAGE_MAP_TOWNS_H

#include "base/ctx.h"
#include "observatory/map_shape.h"

struct town_window {
	int64_t south, north, west, east; /* hundred-thousandths of a degree */
	size_t most;			  /* how many are wanted */
};

/* From memory, where they are read once for each load of the communes; all 35,000 only
 * when the large ones are not enough. Inside a snapshot; names last as long as c->mem. */
rc map_towns_in(struct ctx *c, const struct town_window *w, struct town_dot_list *out);
/* Only those of 5,000 people and more. */
rc map_towns_large_in(struct ctx *c, const struct town_window *w, struct town_dot_list *out);

#endif
