/* density.h - people and places of the territories of a kind. In a snapshot. */
#ifndef MAILLAGE_DENSITY_H
#define MAILLAGE_DENSITY_H

#include "observatory/density_shape.h"
#include "observatory/scope.h"

/* The territories of a kind (enum territory_kind) that have a commune in the
 * scope's territory, by name; each is counted whole, across that one's limit
 * too. Places are the scope's source's. */
rc density_rows(struct ctx *c, const struct scope *s, int kind, struct density_row_list *out);

/* The scope's own territory, which has so many places; not *found: it has no commune. */
rc density_own(struct ctx *c, const struct scope *s, int64_t places, struct density_row *out, bool *found);

/* The page of a territory: the same source, the same day. */
const char *territory_link(struct ctx *c, const struct scope *s, const char *ref);

/* The zoning whose name is the greatest, "ze2020" before "ze2010"; NULL: none is loaded. */
rc zoning_newest(struct ctx *c, const char **key);

#endif
