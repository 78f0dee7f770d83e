#include "observatory/search_map.h"

enum { TOWNS = 9 };

static rc draw_around(struct ctx *c, const struct search_map *s, struct map **out)
{
	static const int rings[] = { 30, 60, 100 };
	struct map *m = map_round(c, s->around, s->lat_e5, s->lon_e5, (int)s->km, s->title);
	map_sea(c, m);
	map_land(c, m, OUTLINE_DEPARTEMENT);
	TRY(map_communes(c, m));
	map_rings(c, m, s->lat_e5, s->lon_e5, rings, sizeof rings / sizeof *rings);
	map_here(c, m, s->lat_e5, s->lon_e5, NULL);
	*out = m;
	return OK;
}

static rc draw_country(struct ctx *c, const struct search_map *s, struct map **out)
{
	*out = map_france(c, MAP_COUNTRY, s->title);
	map_land(c, *out, OUTLINE_DEPARTEMENT);
	return map_communes(c, *out);
}

rc search_map_draw(struct ctx *c, const struct search_map *s, html *out)
{
	bool all = s->lat_e5 == NONE;
	struct map *m;
	struct buf b;
	TRY(all ? draw_country(c, s, &m) : draw_around(c, s, &m));
	map_threads(c, m, s->threads, s->n_threads);
	map_closer(m, s->closer, s->ask);
	map_marks(c, m, s->marks, s->n_marks);
	TRY(map_towns(c, m, TOWNS));
	if (!all)
		TRY(map_counties(c, m));
	buf_init(&b, c->mem, 65536);
	picture_svg(map_picture(m), &b);
	out->s = b.s;
	return OK;
}

const char *search_address_of(struct ctx *c, const char *address, const char *is)
{
	struct buf b;
	buf_init(&b, c->mem, 128);
	buf_str(&b, address);
	buf_param(&b, "is", is);
	return b.s;
}
