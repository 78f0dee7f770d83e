#include "observatory/scope_map.h"

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

struct map *scope_map(struct ctx *c, const struct scope *s, const char *title)
{
	int level = scope_outline(s->kind);
	struct map *m = NULL;
	if (level >= 0)
		m = map_territory(c, MAP_SQUARE, (enum outline_level)level, s->code, title);
	return m ? m : map_france(c, MAP_COUNTRY, title);
}
