/* places_map.c - the map beside the list: where the search is, the places
 * numbered as in the list. */
#include "base/civil.h"
#include "observatory/atlas_sql.h"
#include "observatory/map.h"
#include "observatory/place_map.h"
#include "observatory/places.h"
#include "platform/i18n.h"
#include "territory/commune.h"

#define FRANCE_LAT 4660000
#define FRANCE_LON 240000
#define FRANCE_KM  540
#define AROUND_KM  24 /* a place's own map */
#define THREADS	   200
#define QUARTER	   91 /* days */

static void marks(struct ctx *c, struct map *m, const struct place_found_list *l)
{
	struct map_mark *k = new_array(c, struct map_mark, l->n);
	for (size_t i = 0; i < l->n; i++) {
		const struct place_found *f = &l->items[i];
		k[i] = (struct map_mark){
			.lat_e5 = f->lat_e5,
			.lon_e5 = f->lon_e5,
			.rank = f->rank,
			.form = map_form(f->dominant),
			.on = f->first,
			.name = fmt(c, "%lld. %s", (long long)f->rank, f->name),
			.href = fmt(c, "/places/%s", f->pub.s),
			.ref = f->pub.s,
			.id = fmt(c, "m-%lld", (long long)f->rank),
			.town = f->city,
		};
	}
	map_marks(c, m, k, l->n);
}

/* The exchanges of the last three months, between whom but never how much. */
static rc exchanges(struct ctx *c, struct map *m)
{
	struct atlas_thread_list l;
	day today;
	minute now;
	utc_to_local(c->now, NULL, &today, &now);
	TRY(atlas_exchanges(c, (day){ today.v - QUARTER }, THREADS, &l));
	struct map_thread *t = new_array(c, struct map_thread, l.n);
	for (size_t i = 0; i < l.n; i++) {
		const struct atlas_thread *a = &l.items[i];
		t[i] = (struct map_thread){ a->lat_e5, a->lon_e5, a->to_lat_e5, a->to_lon_e5,
					    fmt(c, "%s – %s", a->name, a->to_name) };
	}
	map_threads(c, m, t, l.n);
	return OK;
}

rc places_map(struct ctx *c, const struct place_found_list *l, int64_t lat0, int64_t lon0, int64_t km,
	      html *out)
{
	static const int rings[] = { 30, 60, 100 };
	bool all = lat0 == NONE;
	struct map *m = map_round(c, MAP_TALL, all ? FRANCE_LAT : lat0, all ? FRANCE_LON : lon0,
				  all ? FRANCE_KM : (int)km, T(c, "places.map"));
	struct buf b;
	map_sea(c, m);
	map_land(c, m, OUTLINE_DEPARTEMENT);
	TRY(map_communes(c, m));
	if (!all) {
		map_rings(c, m, lat0, lon0, rings, sizeof rings / sizeof *rings);
		map_here(c, m, lat0, lon0, NULL);
	}
	TRY(exchanges(c, m));
	marks(c, m, l);
	TRY(map_towns(c, m, 9));
	if (!all)
		TRY(map_counties(c, m));
	buf_init(&b, c->mem, 65536);
	picture_svg(map_picture(m), &b);
	out->s = b.s;
	return OK;
}

rc place_map_draw(struct ctx *c, const struct community_row *place, html *out)
{
	struct commune_card town = { .lat_e5 = NONE, .lon_e5 = NONE };
	int64_t lat = place->lat_e5, lon = place->lon_e5;
	struct buf b;
	if (place->lat_e5 == NONE && place->insee && commune_by_insee(c, place->insee, &town) == OK) {
		lat = town.lat_e5;
		lon = town.lon_e5;
	}
	if (lat == NONE || lon == NONE)
		return OK;
	struct map *m = map_round(c, MAP_WIDE, lat, lon, AROUND_KM,
				  T_TEXT(c, "atlas.around", "name", place->name));
	map_sea(c, m);
	map_land(c, m, OUTLINE_DEPARTEMENT);
	TRY(map_communes(c, m));
	map_here(c, m, lat, lon, place->city ? place->city : place->name);
	TRY(map_towns(c, m, 5));
	buf_init(&b, c->mem, 16384);
	picture_svg(map_picture(m), &b);
	out->s = b.s;
	return OK;
}
