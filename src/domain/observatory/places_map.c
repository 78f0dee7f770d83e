/* places_map.c - the map beside the list: where the search is, the places
 * numbered as in the list. */
#include "observatory/map.h"
#include "observatory/places.h"
#include "platform/i18n.h"

#define FRANCE_LAT 4660000
#define FRANCE_LON 240000
#define FRANCE_KM  540

static void marks(struct ctx *c, struct map *m, const struct place_found_list *l)
{
	struct map_mark *k = new_array(c, struct map_mark, l->n);
	for (size_t i = 0; i < l->n; i++) {
		const struct place_found *f = &l->items[i];
		k[i] = (struct map_mark){
			.lat_e5 = f->lat_e5,
			.lon_e5 = f->lon_e5,
			.rank = f->rank,
			.form = f->workshop ? PICTURE_SQUARE : PICTURE_CIRCLE,
			.on = f->rank == 1,
			.name = fmt(c, "%lld. %s", (long long)f->rank, f->name),
			.href = fmt(c, "/places/%s", f->pub.s),
			.ref = f->pub.s,
			.town = f->city,
		};
	}
	map_marks(c, m, k, l->n);
}

rc places_map(struct ctx *c, const struct place_found_list *l, int64_t lat0, int64_t lon0, html *out)
{
	static const int km[] = { 30, 60, 100 };
	bool all = lat0 == NONE;
	struct map *m = map_round(c, MAP_TALL, all ? FRANCE_LAT : lat0, all ? FRANCE_LON : lon0,
				  all ? FRANCE_KM : PLACES_KM, T(c, "places.map"));
	struct buf b;
	map_sea(c, m);
	map_land(c, m, OUTLINE_DEPARTEMENT);
	TRY(map_communes(c, m));
	if (!all) {
		map_rings(c, m, lat0, lon0, km, sizeof km / sizeof *km);
		map_here(c, m, lat0, lon0, NULL);
	}
	marks(c, m, l);
	TRY(map_towns(c, m, 9));
	if (!all)
		TRY(map_counties(c, m));
	buf_init(&b, c->mem, 65536);
	picture_svg(map_picture(m), &b);
	out->s = b.s;
	return OK;
}
