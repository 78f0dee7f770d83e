/* scope_map.h - the map that a territory is shown on. */
#ifndef MAILLAGE_SCOPE_MAP_H
#define MAILLAGE_SCOPE_MAP_H

#include "observatory/map.h"
#include "observatory/scope.h"

/* enum outline_level of a kind of territory, or -1. */
int scope_outline(int territory_kind);
/* The territory when it has an outline, else the country. */
struct map *scope_map(struct ctx *c, const struct scope *s, const char *title);
/* Its limit, or the point of a commune; nothing for the country. After the ground. */
void scope_map_chosen(struct ctx *c, struct map *m, const struct scope *s);

#endif
