/* map_towns.h - the communes of a window, largest first: what maps dot and name. */
#ifndef MAILLAGE_MAP_TOWNS_H
#define MAILLAGE_MAP_TOWNS_H

#include "base/ctx.h"
#include "observatory/map_shape.h"

/* At most `most`, from memory: the 35,000 are read once for each load of the
 * communes. Inside a snapshot; names last as long as c->mem. */
rc map_towns_in(struct ctx *c, int64_t south, int64_t north, int64_t west, int64_t east, size_t most,
		struct town_dot_list *out);

#endif
