#include "observatory/scope_map.h"

#include "territory/commune.h"

#define AROUND_KM 30 /* of a commune */

int scope_outline(int kind)
{
	switch (kind) {
	case TERRITORY_KIND_REGION: return OUTLINE_REGION;
	case TERRITORY_KIND_DEPARTEMENT: return OUTLINE_DEPARTEMENT;
	case TERRITORY_KIND_ARRONDISSEMENT: return OUTLINE_ARRONDISSEMENT;
	case TERRITORY_KIND_EPCI: return OUTLINE_EPCI;
	default: return -1;
	}
}

void scope_map_chosen(struct ctx *c, struct map *m, const struct scope *s)
{
	int level = scope_outline(s->kind);
	struct commune_row k;
	if (level >= 0)
		map_chosen(c, m, (enum outline_level)level, s->code);
	if (s->kind == TERRITORY_KIND_COMMUNE && commune_details(c, s->code, &k) == OK && k.lat_e5 != NONE)
		map_here(c, m, k.lat_e5, k.lon_e5, s->name);
}

struct map *scope_map(struct ctx *c, const struct scope *s, const char *title)
{
	int level = scope_outline(s->kind);
	struct map *m = NULL;
	struct commune_row k;
	if (s->kind == TERRITORY_KIND_COMMUNE && commune_details(c, s->code, &k) == OK && k.lat_e5 != NONE)
		m = map_round(c, MAP_SQUARE, k.lat_e5, k.lon_e5, AROUND_KM, title);
	if (level >= 0)
		m = map_territory(c, MAP_SQUARE, (enum outline_level)level, s->code, title);
	return m ? m : map_france(c, MAP_COUNTRY, title);
}
