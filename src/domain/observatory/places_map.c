/* places_map.c - the map beside the list: where the search is, the places
 * numbered as in the list. */
#include "base/civil.h"
#include "observatory/atlas_sql.h"
#include "observatory/map.h"
#include "observatory/place_map.h"
#include "observatory/places.h"
#include "observatory/search_map.h"
#include "platform/i18n.h"
#include "territory/commune.h"

#define AROUND_KM 24 /* a place's own map */
#define THREADS	  200
#define QUARTER	  91 /* days */

static void add_marks(struct ctx *c, const struct place_found_list *l, struct search_map *m)
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
	m->marks = k;
	m->n_marks = l->n;
}

/* The exchanges of the last three months, between whom but never how much. */
static rc add_exchanges(struct ctx *c, struct search_map *m)
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
	m->threads = t;
	m->n_threads = l.n;
	return OK;
}

/* The same search around one of those found. */
static const char *closer(struct ctx *c, const void *of, const char *ref, int km)
{
	struct places_query ask = *(const struct places_query *)of;
	ask.where = NULL;
	ask.lat = ask.lon = NONE;
	ask.near = ref;
	ask.km = km;
	return search_address_of(c, places_address(c, "/places", &ask), ask.is);
}

rc places_map(struct ctx *c, const struct places_query *ask, struct places_page *v)
{
	struct search_map m = { .title = T(c, "places.map"),
				.lat_e5 = v->lat_e5,
				.lon_e5 = v->lon_e5,
				.km = v->radius_km,
				.around = MAP_TALL,
				.closer = closer,
				.ask = ask };
	add_marks(c, &v->items, &m);
	TRY(add_exchanges(c, &m));
	return search_map_draw(c, &m, &v->map);
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
