#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "bridges/welcomed.h"
#include "observatory/places.h"
#include "observatory/places_sql.h"
#include "spaces/occupation.h"
#include "spaces/place_page_sql.h"
#include "spaces/space_sql.h"
#include "territory/commune.h"

#define CANDIDATES 2000	 /* places looked at for one search */
#define E5_BY_KM   898.3 /* hundred-thousandths of a degree of latitude */

/* A place that may be listed. */
struct candidate {
	const struct place_row_near *row;
	double km;
	struct place_found found;
	bool filled;
};

static void known_state(struct ctx *c, const struct place_row *place, struct place_found *f)
{
	struct opening_state s;
	day today;
	if (place_state(c, place, &s, &today) != OK)
		return;
	f->open_now = s.open;
	f->state = opening_state_text(c, &s, today);
}

/* The least free of all desks that day while the place is open. */
static rc free_that_day(struct ctx *c, const struct place_row *place, const struct space_row_list *spaces,
			day on, struct place_found *f)
{
	struct occupation o;
	struct spans hours;
	TRY(occupation_read(c, place->community, on, on, &o));
	f->free = 0;
	for (size_t i = 0; i < spaces->n; i++) {
		const struct space_row *s = &spaces->items[i];
		if (f->dominant < 0 && i == 0 &&
		    (s->kind == SPACE_KIND_WORKSHOP || s->kind == SPACE_KIND_MACHINE))
			f->dominant = PLACE_DOMINANT_WORKSHOP; /* nobody has said what it is */
		TRY(occupation_hours(c, &o, place, s, on, 1, &hours));
		f->open_that_day = f->open_that_day || hours.n;
		if (s->counted && hours.n)
			f->free += occupation_free(c, &o, s, on, hours.at[0].from, hours.at[hours.n - 1].to);
	}
	return OK;
}

static rc day_price(struct ctx *c, community_id place, day on, struct place_found *f)
{
	struct place_tariffs_row_list l;
	TRY(place_tariffs(c, place, AUDIENCE_PUBLIC, on, &l));
	f->price.v = NONE;
	for (size_t i = 0; i < l.n; i++)
		if (l.items[i].space_kind == SPACE_KIND_DESKS && l.items[i].unit == TARIFF_UNIT_DAY &&
		    is_none(f->price))
			f->price = l.items[i].price;
	return OK;
}

static bool has_kind(const struct space_row_list *l, int kind)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->items[i].kind == kind)
			return true;
	return kind < 0;
}

/* Everything a line says, and whether the filters let it through. */
static rc fill(struct ctx *c, const struct places_query *ask, day on, struct candidate *k, bool *passes)
{
	struct place_row place;
	struct space_row_list spaces;
	struct place_found *f = &k->found;
	const struct place_row_near *r = k->row;
	*f = (struct place_found){ .pub = r->pub,
				   .name = r->name,
				   .city = r->city,
				   .departement = r->departement,
				   .activities = r->activities,
				   .lat_e5 = r->lat_e5,
				   .lon_e5 = r->lon_e5,
				   .dominant = r->dominant,
				   .free = NONE,
				   .price = { NONE },
				   .km = k->km < 0 ? NONE : (int64_t)(k->km + 0.5) };
	TRY(place_by_community(c, r->id, &place, &f->known));
	TRY(spaces_of_place(c, r->id, &spaces));
	f->bookable = f->known && spaces.n > 0;
	if (f->known)
		known_state(c, &place, f);
	if (f->bookable)
		TRY(free_that_day(c, &place, &spaces, on, f));
	TRY(day_price(c, r->id, on, f));
	TRY(welcomed_caes(c, r->id, &f->caes));
	*passes = (!ask->free || (f->bookable && f->free > 0)) && (!ask->open || f->open_now) &&
		  (ask->kind < 0 || has_kind(&spaces, ask->kind));
	return OK;
}

static int by_distance(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;
	return (x->km > y->km) - (x->km < y->km);
}

static int by_price(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;
	int64_t p = is_none(x->found.price) ? INT64_MAX : x->found.price.v;
	int64_t q = is_none(y->found.price) ? INT64_MAX : y->found.price.v;
	return p != q ? (p > q) - (p < q) : by_distance(a, b);
}

/* The town that was typed; not found: the whole country. */
static rc find_town(struct ctx *c, const char *where, struct places_page *v, int64_t *lat, int64_t *lon)
{
	struct commune_found_list towns;
	*lat = *lon = NONE;
	if (!where || !*where)
		return OK;
	TRY(commune_suggest(c, where, 1, &towns));
	const struct commune_card *town = towns.n ? &towns.items[0].card : NULL;
	v->not_found = !town || town->lat_e5 == NONE;
	if (v->not_found)
		return OK;
	v->town = town->name;
	v->radius_km = PLACES_KM;
	*lat = town->lat_e5;
	*lon = town->lon_e5;
	return OK;
}

static rc read_candidates(struct ctx *c, int64_t lat, int64_t lon, struct candidate **out, size_t *n)
{
	struct place_row_near_list l;
	bool all = lat == NONE;
	int64_t dy = (int64_t)(PLACES_KM * E5_BY_KM);
	int64_t dx = all ? 0 : (int64_t)((double)dy / cos((double)lat / 1e5 * M_PI / 180));
	if (all)
		lat = lon = 0;
	TRY(places_near(c, all, lat - dy, lat + dy, lon - dx, lon + dx, CANDIDATES, &l));
	*out = new_array(c, struct candidate, l.n);
	*n = 0;
	for (size_t i = 0; i < l.n; i++) {
		const struct place_row_near *r = &l.items[i];
		double km = all || r->lat_e5 == NONE
				    ? -1
				    : commune_distance(lat, lon, r->lat_e5, r->lon_e5) / 1000;
		if (km <= PLACES_KM)
			(*out)[(*n)++] = (struct candidate){ .row = r, .km = km };
	}
	return OK;
}

static rc take(struct ctx *c, const struct places_query *ask, struct candidate *k, size_t n, size_t limit,
	       struct places_page *v)
{
	size_t skip = ask->after == NONE ? 0 : (size_t)ask->after, rank = 0;
	v->items.items = new_array(c, struct place_found, limit);
	v->next = NONE;
	for (size_t i = 0; i < n; i++) {
		bool passes = true, filtered = ask->free || ask->open || ask->kind >= 0;
		bool shown = rank >= skip && v->items.n < limit;
		if (!k[i].filled && (filtered || shown))
			TRY(fill(c, ask, v->on_day, &k[i], &passes));
		if (!passes)
			continue;
		rank++;
		if (shown) {
			k[i].found.rank = (int64_t)rank;
			v->items.items[v->items.n++] = k[i].found;
		}
	}
	v->n = (int64_t)rank;
	if (skip + v->items.n < rank)
		v->next = (int64_t)(skip + v->items.n);
	return OK;
}

/* Sorting by price needs every price first. */
static rc sort(struct ctx *c, const struct places_query *ask, const struct places_page *v,
	       struct candidate *k, size_t *n)
{
	size_t kept = 0;
	if (v->sort == PLACE_SORT_NEAR && v->town)
		qsort(k, *n, sizeof *k, by_distance);
	if (v->sort != PLACE_SORT_PRICE)
		return OK;
	for (size_t i = 0; i < *n; i++) {
		bool passes;
		TRY(fill(c, ask, v->on_day, &k[i], &passes));
		k[i].filled = true;
		if (passes)
			k[kept++] = k[i];
	}
	*n = kept;
	qsort(k, kept, sizeof *k, by_price);
	return OK;
}

rc places_find(struct ctx *c, const struct places_query *ask, size_t limit, struct places_page *v)
{
	struct candidate *k;
	size_t n;
	int64_t lat, lon;
	minute now;
	utc_to_local(c->now, NULL, &v->on_day, &now);
	if (!is_none(ask->on) && ask->on.v >= v->on_day.v)
		v->on_day = ask->on;
	v->where = ask->where;
	v->free = ask->free;
	v->open = ask->open;
	v->kind = ask->kind;
	v->sort = ask->sort < 0 ? PLACE_SORT_NEAR : ask->sort;
	v->radius_km = NONE;
	TRY(find_town(c, ask->where, v, &lat, &lon));
	TRY(read_candidates(c, lat, lon, &k, &n));
	TRY(sort(c, ask, v, k, &n));
	TRY(take(c, ask, k, n, limit, v));
	return places_map(c, &v->items, lat, lon, &v->map);
}
