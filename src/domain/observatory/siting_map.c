/* siting_map.c - the map beside the sites: today's reach, places, and in gold where to open. */
#include <string.h>

#include "observatory/map.h"
#include "observatory/siting_find.h"
#include "platform/i18n.h"

/* Zones have no limits of their own here: the whole country. */
static struct map *frame(struct ctx *c, const char *territory)
{
	static const struct {
		char first;
		enum outline_level level;
	} framed[] = { { 'r', OUTLINE_REGION },
		       { 'd', OUTLINE_DEPARTEMENT },
		       { 'e', OUTLINE_EPCI },
		       { 'a', OUTLINE_ARRONDISSEMENT } };
	const char *title = T(c, "siting.map");
	struct map *m = NULL;
	for (size_t i = 0; i < sizeof framed / sizeof *framed; i++)
		if (*territory == framed[i].first)
			m = map_territory(c, MAP_COUNTRY, framed[i].level, territory + 1, title);
	return m ? m : map_france(c, MAP_COUNTRY, title);
}

rc siting_map(struct ctx *c, const struct siting_case *k, const struct siting_page *v, html *out)
{
	struct map_mark *marks = new_array(c, struct map_mark, v->items.n + k->places.n + 1);
	struct map *m = frame(c, k->ask.territory);
	struct buf b;
	for (size_t i = 0; i < v->items.n; i++) {
		const struct siting_site *s = &v->items.items[i];
		marks[i] = (struct map_mark){ .lat_e5 = s->lat_e5,
					      .lon_e5 = s->lon_e5,
					      .rank = s->rank,
					      .find = true,
					      .name = s->name,
					      .town = s->name };
	}
	reach_marks(&k->places, marks + v->items.n);
	map_land(c, m, OUTLINE_REGION);
	reach_choropleth(c, m, AREA_LEVEL_EPCI, &k->epcis);
	map_limits(c, m, OUTLINE_REGION);
	map_marks(c, m, marks, v->items.n + k->places.n);
	buf_init(&b, c->mem, 1 << 18);
	picture_svg(map_picture(m), &b);
	reach_legend(c, &b, T_TEXT(c, "reach.legend", "km", fmt_int(c, k->ask.km)));
	out->s = b.s;
	return OK;
}
