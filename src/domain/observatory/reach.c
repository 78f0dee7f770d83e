#include "observatory/reach.h"

#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "observatory/density.h"
#include "observatory/known.h"
#include "observatory/reach_sql.h"
#include "observatory/scope.h"
#include "platform/app.h"
#include "platform/config.h"
#include "platform/i18n.h"
#include "territory/territory.h"

#define USUAL_KM      30
#define USUAL_MINUTES 30

rc reach_places(struct ctx *c, int base, day on, struct place_spot_list *out, int64_t *unplaced)
{
	struct known_day d = known_day(c, on);
	GHashTable *open;
	size_t n = 0;
	TRY(known_open(c, &d, "", &open));
	TRY(place_spots(c, base, out));
	*unplaced = 0;
	for (size_t i = 0; i < out->n; i++) {
		if (!g_hash_table_contains(open, out->items[i].pub.s))
			continue;
		if (out->items[i].lat_e5 == NONE)
			(*unplaced)++;
		else
			out->items[n++] = out->items[i];
	}
	out->n = n;
	g_hash_table_destroy(open);
	return OK;
}

bool *reach_mark(struct ctx *c, const struct country *k, const struct place_spot_list *places, double km)
{
	bool *reached = new_array(c, bool, k->n + 1);
	uint32_t *near = new_array(c, uint32_t, k->n + 1);
	for (size_t i = 0; i < places->n; i++) {
		struct spot at = spot_at(places->items[i].lat_e5, places->items[i].lon_e5);
		size_t n = country_around(k, &at, km, near);
		for (size_t j = 0; j < n; j++)
			reached[near[j]] = true;
	}
	return reached;
}

/* Tenths of a per cent, as thousandths of one. */
quantity reach_share(int64_t reached, int64_t people)
{
	return (quantity){ people > 0 ? (reached * 1000 + people / 2) / people * 100 : NONE };
}

void reach_add(struct reach_area *sum, const struct reach_area *a)
{
	sum->people += a->people;
	sum->reached += a->reached;
	sum->away += a->away;
	sum->share = reach_share(sum->reached, sum->people);
}

rc reach_areas(struct ctx *c, const struct country *k, int level, const bool *reached,
	       struct reach_area_list *out)
{
	out->n = k->n_areas[level];
	out->items = new_array(c, struct reach_area, out->n + 1);
	for (size_t i = 0; i < k->n; i++)
		if (reached[i] && k->towns[i].area[level] != NOWHERE)
			out->items[k->towns[i].area[level]].reached += k->towns[i].people;
	for (size_t i = 0; i < out->n; i++) {
		const struct area *a = &k->areas[level][i];
		struct reach_area *r = &out->items[i];
		r->code = a->code;
		r->name = level != AREA_LEVEL_COUNTRY ? a->name
			  : a->metro		      ? T(c, "reach.metropole")
						      : T(c, "reach.overseas");
		r->people = a->people;
		r->away = a->people - r->reached;
		r->share = reach_share(r->reached, r->people);
	}
	return OK;
}

/* ---- minutes ---- */

void reach_rule(const struct ctx *c, struct speeds *speeds, int64_t *detour)
{
	const struct config *cfg = c->app->config;
	if (!cfg || speeds_parse(cfg->travel_speeds, speeds) != OK)
		(void)!speeds_parse(TRAVEL_SPEEDS, speeds);
	*detour = cfg ? cfg->travel_detour : TRAVEL_DETOUR;
}

int64_t reach_metres(const struct ctx *c, int64_t minutes)
{
	struct speeds s;
	int64_t detour;
	reach_rule(c, &s, &detour);
	return speeds_metres(&s, minutes) * 100 / detour;
}

static void tell_rule(struct ctx *c, struct access_page *v)
{
	struct speeds s;
	reach_rule(c, &s, &v->detour);
	v->steps.items = new_array(c, struct travel_step, SPEED_STEPS);
	for (int i = 0; i < s.n; i++)
		v->steps.items[v->steps.n++] = (struct travel_step){ i ? s.step[i - 1].until : 0,
								     i + 1 == s.n ? NONE : s.step[i].until,
								     s.step[i].kmh };
}

/* ---- the question ---- */

static int64_t chosen(int asked, int usual)
{
	return asked < 0 ? usual : asked;
}

static void settle(struct ctx *c, const struct access_query *f, struct access_page *v)
{
	v->level = (int)chosen(f->level, AREA_LEVEL_DEPARTEMENT);
	v->base = (int)chosen(f->base, PLACE_BASE_DIRECTORY);
	v->unit = (int)chosen(f->unit, REACH_UNIT_KM);
	v->sort = (int)chosen(f->sort, REACH_SORT_AWAY);
	bool minutes = v->unit == REACH_UNIT_MINUTES;
	v->within = f->within == NONE ? minutes ? USUAL_MINUTES : USUAL_KM : f->within;
	v->km.v = minutes ? reach_metres(c, v->within) : v->within * 1000;
	v->km.v = (v->km.v + 50) / 100 * 100;
	if (v->km.v > REACH_MOST_KM * 1000)
		v->km.v = REACH_MOST_KM * 1000;
	if (!minutes && v->within > REACH_MOST_KM)
		v->within = REACH_MOST_KM;
	tell_rule(c, v);
}

static int by_name(const struct reach_area *a, const struct reach_area *b)
{
	int names = strcmp(a->name, b->name);
	return names ? names : strcmp(a->code, b->code);
}

static int down(int64_t a, int64_t b)
{
	return (a < b) - (a > b);
}

static int compare(const void *x, const void *y, void *arg)
{
	const struct reach_area *a = x, *b = y;
	const struct access_page *v = arg;
	int order = v->sort == REACH_SORT_AWAY	   ? down(a->away, b->away)
		    : v->sort == REACH_SORT_SHARE  ? down(a->share.v, b->share.v)
		    : v->sort == REACH_SORT_PEOPLE ? down(a->people, b->people)
						   : 0;
	return order ? order : by_name(a, b);
}

/* Codes of what has a commune in the scope's territory; NULL: everything has. */
static rc inside(struct ctx *c, const struct access_page *v, GHashTable **out)
{
	struct density_row_list l;
	int kind = enum_find(&territory_kind_words, enum_word(&area_level_words, v->level));
	*out = NULL;
	if (v->scope.is_whole || v->level == AREA_LEVEL_COUNTRY)
		return OK;
	TRY(density_rows(c, &v->scope, kind, &l));
	*out = g_hash_table_new(g_str_hash, g_str_equal);
	for (size_t i = 0; i < l.n; i++) {
		/* Zones are known here without their zoning. */
		const char *colon = strchr(l.items[i].code, ':');
		g_hash_table_add(*out, (void *)(colon ? colon + 1 : l.items[i].code));
	}
	return OK;
}

/* Territories without people say nothing. */
static rc keep(struct ctx *c, struct access_page *v, const struct reach_area_list *all)
{
	GHashTable *in;
	TRY(inside(c, v, &in));
	for (size_t i = 0; i < all->n; i++) {
		if (!all->items[i].people || (in && !g_hash_table_contains(in, all->items[i].code)))
			continue;
		v->items.items[v->items.n++] = all->items[i];
		v->nobody += all->items[i].reached == 0;
		reach_add(&v->whole, &all->items[i]);
	}
	v->n = (int64_t)v->items.n;
	if (in)
		g_hash_table_destroy(in);
	return OK;
}

rc reach_here(struct ctx *c, const struct country *k, const bool *reached, const struct scope *s,
	      struct reach_area *out)
{
	struct insee_of_territory_row_list l;
	GHashTable *in = g_hash_table_new(g_str_hash, g_str_equal);
	*out = (struct reach_area){ .code = s->code, .name = s->name };
	TRY(insee_of_territory(c, enum_word(&territory_kind_words, s->kind), s->code, &l));
	for (size_t i = 0; i < l.n; i++)
		g_hash_table_add(in, (void *)l.items[i].insee);
	for (size_t i = 0; i < k->n; i++)
		if (g_hash_table_contains(in, k->towns[i].insee)) {
			out->people += k->towns[i].people;
			out->reached += reached[i] ? k->towns[i].people : 0;
		}
	g_hash_table_destroy(in);
	out->away = out->people - out->reached;
	out->share = reach_share(out->reached, out->people);
	return OK;
}

rc access_find(struct ctx *c, const struct access_query *f, struct access_page *v)
{
	const struct country *k;
	struct place_spot_list places;
	struct reach_area_list all, two;
	settle(c, f, v);
	TRY(scope_read(c, FIGURE_SOURCE_ALL, f->territory && *f->territory ? f->territory : "country:FR",
		       f->on, &v->scope));
	TRY(country_of(c, &k));
	TRY(reach_places(c, v->base, v->scope.on, &places, &v->unplaced));
	const bool *reached = reach_mark(c, k, &places, (double)v->km.v / 1000);
	TRY(reach_areas(c, k, AREA_LEVEL_COUNTRY, reached, &two));
	TRY(reach_areas(c, k, v->level, reached, &all));
	v->metro = two.items[0];
	v->places = (int64_t)places.n;
	v->spots = places;
	v->population_year = POPULATION_YEAR;
	v->ground_year = GROUND_YEAR;
	v->no_point = k->no_point;
	v->no_people = k->no_people;
	v->items.items = new_array(c, struct reach_area, all.n + 1);
	TRY(keep(c, v, &all));
	v->overseas = v->whole.people > v->metro.people;
	TRY(reach_here(c, k, reached, &v->scope, &v->here));
	qsort_r(v->items.items, v->items.n, sizeof *v->items.items, compare, v);
	return OK;
}
