#include "observatory/places.h"

#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "bridges/welcomed.h"
#include "observatory/places_sql.h"
#include "observatory/search_far.h"
#include "observatory/search_view.h"
#include "observatory/search_where.h"
#include "platform/i18n.h"
#include "spaces/offer_of_day.h"
#include "territory/holiday.h"

enum { MEANT = 3, LINES_AT_A_TIME = 200, SUNDAY = 6, EVENING = 18 * 60 };

static const enum search_facet facets[] = {
	SEARCH_FACET_DOMINANT, SEARCH_FACET_SPACE,  SEARCH_FACET_FEATURE,     SEARCH_FACET_STUDY,
	SEARCH_FACET_CAE,      SEARCH_FACET_REGION, SEARCH_FACET_DEPARTEMENT, SEARCH_FACET_EPCI,
	SEARCH_FACET_FORM,     SEARCH_FACET_CG,	    SEARCH_FACET_LINKED,      SEARCH_FACET_BESSON,
	SEARCH_FACET_NATIONAL,
};

/* What every line asks of the database, read once. */
struct around {
	struct place_day_price_list prices;
	struct caes_welcomed_list caes;
	struct day_offer_list offers; /* of the page's own */
};

const char *places_address(struct ctx *c, const char *path, const struct places_query *ask)
{
	struct buf b;
	buf_init(&b, c->mem, 128);
	buf_fmt(&b, "%s?", path);
	buf_param(&b, "q", ask->q);
	buf_param(&b, "where", ask->where);
	buf_param(&b, "near", ask->near);
	if (ask->lat != NONE && ask->lon != NONE)
		buf_param(&b, "lat", fmt(c, "%lld&lon=%lld", (long long)ask->lat, (long long)ask->lon));
	if (ask->km != NONE)
		buf_param(&b, "km", fmt(c, "%lld", (long long)ask->km));
	if (!is_none(ask->on))
		buf_param(&b, "on", fmt_iso_day(c, ask->on));
	buf_param(&b, "free", ask->free ? "1" : NULL);
	buf_param(&b, "open", ask->open ? "1" : NULL);
	buf_param(&b, "usable", ask->usable ? "1" : NULL);
	buf_param(&b, "sort", ask->sort < 0 ? NULL : enum_word(&place_sort_words, ask->sort));
	return b.s;
}

/* ---- where ---- */

/* The same search around each of them, told with what makes it sure. */
static struct town_choice_list town_choices(struct ctx *c, const struct places_query *ask,
					    const struct commune_found_list *l)
{
	struct town_choice_list out = { new_array(c, struct town_choice, l->n + 1), l->n };
	for (size_t i = 0; i < l->n; i++) {
		const struct commune_card *k = &l->items[i].card;
		struct places_query other = *ask;
		other.where = l->items[i].label;
		out.items[i] = (struct town_choice){ k->name, k->departement, k->postal_codes,
						     places_address(c, "/places", &other) };
	}
	return out;
}

/* Words that find nothing, and no town told: they may have been one. */
static rc find_meant(struct ctx *c, const struct places_query *ask, const struct finding *f,
		     struct places_page *v)
{
	struct places_query there = *ask;
	struct commune_found_list l;
	if (f->n || !*v->q || v->lat_e5 != NONE)
		return OK;
	TRY(search_towns(c, v->q, true, MEANT, &l));
	there.q = NULL;
	v->meant = town_choices(c, &there, &l);
	return OK;
}

static rc find_where(struct ctx *c, const struct places_query *ask, struct places_page *v)
{
	const struct where_asked asked = { ask->where, ask->near, ask->lat, ask->lon, ask->km };
	struct where_found f;
	TRY(search_where(c, &asked, &f));
	v->lat_e5 = f.lat_e5;
	v->lon_e5 = f.lon_e5;
	v->radius_km = f.km;
	v->town = f.name;
	v->departement = f.departement;
	v->not_found = f.not_found;
	v->namesakes = town_choices(c, ask, &f.namesakes);
	v->like = town_choices(c, ask, &f.like);
	return OK;
}

/* ---- lines ---- */

/* Several of a place stand side by side: the first of them. */
static money price_of(const struct around *a, community_id place)
{
	size_t from = 0, to = a->prices.n;
	while (from < to) {
		size_t mid = from + (to - from) / 2;
		if (a->prices.items[mid].place.v < place.v)
			from = mid + 1;
		else
			to = mid;
	}
	return from < a->prices.n && a->prices.items[from].place.v == place.v ? a->prices.items[from].price
									      : (money){ NONE };
}

static int64_t caes_of(const struct around *a, community_id place)
{
	for (size_t i = 0; i < a->caes.n; i++)
		if (a->caes.items[i].place.v == place.v)
			return a->caes.items[i].n;
	return 0;
}

static struct place_found line(struct ctx *c, const struct catalogue *x, const struct around *a,
			       const struct found *k)
{
	const struct record *r = &x->at[k->record];
	const struct day_offer *o = offer_at(&a->offers, r->id);
	struct place_found f = { .pub = r->pub,
				 .name = r->name,
				 .city = r->city,
				 .departement = r->departement,
				 .activities = r->activities,
				 .lat_e5 = r->lat_e5 == INT32_MIN ? NONE : r->lat_e5,
				 .lon_e5 = r->lon_e5 == INT32_MIN ? NONE : r->lon_e5,
				 .dominant = r->dominant,
				 .km = k->metres < 0 ? NONE : (int64_t)(k->metres / 1000 + 0.5F),
				 .bookable = r->bookable,
				 .that_day = -1,
				 .free = NONE,
				 .price = price_of(a, r->id),
				 .caes = caes_of(a, r->id) };
	if (!o) {
		f.hours = r->hours ? opening_text(c, r->hours) : NULL;
		return f;
	}
	f.known = true;
	f.open_now = o->open_now;
	f.state = o->state;
	f.that_day = o->that_day;
	f.open_that_day = o->that_day > DAY_STATE_CLOSED && !o->over;
	f.over = o->over;
	if (o->bookable)
		f.free = o->free;
	return f;
}

static const char *ids_of(struct ctx *c, const struct finding *f, size_t from, size_t to)
{
	struct buf b;
	buf_init(&b, c->mem, 16 * (to - from) + 16);
	for (size_t i = from; i < to; i++)
		buf_fmt(&b, "%s\"%lld\"", i > from ? "," : "[", (long long)f->x->at[f->at[i].record].id.v);
	buf_str(&b, to > from ? "]" : "[]");
	return b.s;
}

struct priced {
	const struct catalogue *x;
	const struct around *a;
};

static int by_price(const void *pa, const void *pb, void *arg)
{
	const struct found *a = pa, *b = pb;
	const struct priced *p = arg;
	money x = price_of(p->a, p->x->at[a->record].id), y = price_of(p->a, p->x->at[b->record].id);
	int64_t cx = is_none(x) ? INT64_MAX : x.v, cy = is_none(y) ? INT64_MAX : y.v;
	if (cx != cy)
		return cx < cy ? -1 : 1;
	return (a->record > b->record) - (a->record < b->record);
}

/* How many come before it. */
static size_t page_begin(const struct finding *f, struct around *a, const struct places_query *ask,
			 const struct places_page *v)
{
	return finder_after(f, ask->after, v->sort == PLACE_SORT_PRICE ? by_price : NULL,
			    &(struct priced){ f->x, a });
}

static rc fill_page(struct ctx *c, const struct finding *f, struct around *a, const struct places_query *ask,
		    size_t limit, struct places_page *v)
{
	size_t from = page_begin(f, a, ask, v);
	size_t to = f->n - from < limit ? f->n : from + limit;
	TRY(offers_of_day(c, ids_of(c, f, from, to), v->on_day, &a->offers));
	v->n = (int64_t)f->n;
	v->from_rank = (int64_t)from + 1;
	v->items.items = new_array(c, struct place_found, to - from + 1);
	for (size_t i = from; i < to; i++) {
		v->items.items[v->items.n] = line(c, f->x, a, &f->at[i]);
		v->items.items[v->items.n].first = i == from;
		v->items.items[v->items.n++].rank = (int64_t)i + 1;
	}
	if (to < f->n && to > from)
		v->next = v->items.items[v->items.n - 1].pub;
	return OK;
}

/* How far a list has come. */
struct telling {
	const struct finding *f;
	struct around *a;
	day on;
	places_line_fn *each;
	void *arg;
	size_t next;
};

static rc tell(struct ctx *c, void *arg)
{
	struct telling *t = arg;
	size_t to = t->f->n - t->next < LINES_AT_A_TIME ? t->f->n : t->next + LINES_AT_A_TIME;
	TRY(offers_of_day(c, ids_of(c, t->f, t->next, to), t->on, &t->a->offers));
	for (; t->next < to; t->next++) {
		struct place_found p = line(c, t->f->x, t->a, &t->f->at[t->next]);
		t->each(c, &p, t->arg);
	}
	return OK;
}

/* ---- the whole ---- */

/* Without a day asked for: today, in the evening tomorrow, and no Sunday or holiday, when
 * hardly a place is open. */
static day day_meant(struct ctx *c)
{
	day d;
	minute now;
	utc_to_local(c->now, NULL, &d, &now);
	if (now.v >= EVENING)
		d.v++;
	while (weekday_of(d) == SUNDAY || holiday_is(d, HOLIDAY_TERRITORY_METROPOLE, NULL))
		d.v++;
	return d;
}

static void fill_asked(struct ctx *c, const struct places_query *ask, struct places_page *v)
{
	bool asked = !is_none(ask->on) && ask->on.v >= day_at(c->now, NULL).v;
	v->on_day = asked ? ask->on : day_meant(c);
	v->q = ask->q ? ask->q : "";
	v->where = ask->where;
	v->free = ask->free;
	v->open = ask->open;
	v->signed_in = c->actor.person.v != 0;
	v->usable = ask->usable && v->signed_in;
	v->sort = ask->sort < 0 ? PLACE_SORT_NEAR : ask->sort;
	v->position = !(ask->where && *ask->where) && ask->lat != NONE && ask->lon != NONE;
	v->near = ask->where && *ask->where ? NULL : ask->near;
}

static rc search(struct ctx *c, const struct places_query *ask, bool uses, struct places_page *v,
		 struct finding *out)
{
	fill_asked(c, ask, v);
	TRY(find_where(c, ask, v));
	const struct finder_ask asked = { .words = ask->q,
					  .tags = ask->is,
					  .places = true,
					  .lat_e5 = v->lat_e5,
					  .lon_e5 = v->lon_e5,
					  .km = v->radius_km,
					  .open = v->open,
					  .free = v->free,
					  .usable = v->usable,
					  .on = v->on_day,
					  .uses = uses,
					  .order = v->sort == PLACE_SORT_NEAR ? FINDER_BEST : FINDER_NAME };
	return finder_find(c, &asked, out);
}

rc places_search(struct ctx *c, const struct places_query *ask, struct places_page *v, struct finding *out)
{
	return search(c, ask, false, v, out);
}

/* The same search as far as that. */
static const char *as_far_as(struct ctx *c, const struct places_query *ask, int64_t km)
{
	struct places_query wider = *ask;
	struct buf b;
	wider.km = search_reach(km);
	buf_init(&b, c->mem, 128);
	buf_str(&b, places_address(c, "/places", &wider));
	buf_param(&b, "is", ask->is);
	return b.s;
}

/* Nothing within the distance: where the nearest is. */
static rc find_farther(struct ctx *c, const struct places_query *ask, const struct finding *f,
		       struct places_page *v)
{
	TRY(search_farther(c, f, v->departement, &v->farther));
	for (size_t i = 0; i < v->farther.n; i++)
		if (!v->farther.items[i].across)
			v->farther.items[i].href = as_far_as(c, ask, v->farther.items[i].km);
	return OK;
}

/* In the order that was asked for, with what lines ask of the database. */
static rc search_lines(struct ctx *c, const struct places_query *ask, bool uses, struct places_page *v,
		       struct finding *f, struct around *a)
{
	TRY(search(c, ask, uses, v, f));
	TRY(places_day_prices(c, v->on_day, &a->prices));
	TRY(welcomed_caes(c, &a->caes));
	if (v->sort == PLACE_SORT_PRICE && f->n)
		qsort_r(f->at, f->n, sizeof *f->at, by_price, &(struct priced){ f->x, a });
	return OK;
}

rc places_each(struct ctx *c, const struct places_query *ask, places_line_fn *each, void *arg)
{
	struct places_page *v = new_zero(c, struct places_page);
	struct finding f;
	struct around a;
	TRY(search_lines(c, ask, false, v, &f, &a));
	struct telling t = { &f, &a, v->on_day, each, arg, page_begin(&f, &a, ask, v) };
	while (t.next < f.n)
		TRY(ctx_apart(c, tell, &t));
	return OK;
}

rc places_find(struct ctx *c, const struct places_query *ask, size_t limit, struct places_page *v)
{
	struct finding f;
	struct around a;
	TRY(search_lines(c, ask, true, v, &f, &a));
	v->n_open = f.uses.open;
	v->n_free = f.uses.free;
	v->n_usable = v->signed_in ? f.uses.usable : NONE;
	TRY(find_farther(c, ask, &f, v));
	TRY(find_meant(c, ask, &f, v));
	search_panel(c, &f, facets, sizeof facets / sizeof *facets, places_address(c, "/places", ask),
		     &v->panel);
	return fill_page(c, &f, &a, ask, limit, v);
}
