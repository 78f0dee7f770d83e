/* Chapters with a map: the places, density, access, where to open next. */
#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "observatory/density.h"
#include "observatory/indicator.h"
#include "observatory/reach.h"
#include "observatory/reach_sql.h"
#include "observatory/report_parts.h"
#include "observatory/siting_find.h"
#include "platform/i18n.h"
#include "territory/territory.h"

#define ADD(kind, text) document_add(c, &r->document, DOCUMENT_##kind, text)
#define KM		30
#define SITES		6
#define SMALLEST	20000
#define NUMBERED	60
#define MAP_WIDTH	400
#define TOWNS		8
#define NEAREST		6

static int base_of(const struct report *r)
{
	return r->scope.source == FIGURE_SOURCE_STUDY ? PLACE_BASE_STUDY : PLACE_BASE_ALL;
}

/* Where the places of the report stand, in its order; NONE for those that have no point. */
static rc spots_of(struct ctx *c, const struct report *r, struct map_mark *out)
{
	struct place_spot_list all;
	GHashTable *at = g_hash_table_new(g_str_hash, g_str_equal);
	int64_t unplaced;
	TRY(reach_places(c, base_of(r), r->scope.on, &all, &unplaced));
	for (size_t k = 0; k < all.n; k++)
		g_hash_table_insert(at, all.items[k].pub.s, &all.items[k]);
	for (size_t i = 0; i < r->places.n; i++) {
		struct place_fact *f = &r->places.items[i];
		const struct place_spot *spot = g_hash_table_lookup(at, f->pub.s);
		out[i] = (struct map_mark){ .lat_e5 = spot ? spot->lat_e5 : NONE,
					    .lon_e5 = spot ? spot->lon_e5 : NONE,
					    .name = f->name,
					    .rank = r->places.n <= NUMBERED ? (int64_t)i + 1 : 0 };
	}
	g_hash_table_destroy(at);
	return OK;
}

static void list_places(struct ctx *c, struct report *r)
{
	const struct document_column columns[] = { { T(c, "report.number"), 24, true },
						   { T(c, "report.place"), 0, false },
						   { T(c, "report.town"), 130, false },
						   { T(c, "report.year"), 40, true },
						   { T(c, "report.status"), 90, false } };
	struct rows rows = rows_of(c, r->places.n);
	for (size_t i = 0; i < r->places.n; i++) {
		const struct place_fact *f = &r->places.items[i];
		const char *status = indicator_status(c, f);
		rows.items[rows.n++] = (struct document_row){
			.cells = { fmt(c, "%zu", i + 1), f->name, report_town(c, f->city, f->departement),
				   f->year == NONE ? "" : fmt(c, "%lld", (long long)f->year),
				   status ? status : "" }
		};
	}
	report_table(c, r, columns, 5, &rows);
}

rc report_places_chapter(struct ctx *c, struct report *r)
{
	struct map_mark *marks = new_array(c, struct map_mark, r->places.n + 1);
	struct map *m = scope_map(c, &r->scope, T(c, "report.map"));
	TRY(spots_of(c, r, marks));
	ADD(H1, T(c, "report.places_chapter"));
	map_land(c, m, OUTLINE_DEPARTEMENT);
	map_limits(c, m, OUTLINE_REGION);
	scope_map_chosen(c, m, &r->scope);
	map_marks(c, m, marks, r->places.n);
	TRY(map_towns(c, m, TOWNS));
	report_picture(c, r, map_picture(m), MAP_WIDTH, T(c, "report.map_note"));
	ADD(H2, T(c, "report.inventory"));
	if (!r->places.n)
		ADD(TEXT, T(c, "report.no_places"));
	list_places(c, r);
	return OK;
}

/* Of what year the people and the limits are. */
static void tell_vintage(struct ctx *c, struct report *r, int64_t population, const char *ground)
{
	struct arg args[] = { { "population", ARG_TEXT, fmt(c, "%lld", (long long)population), 0 },
			      { "ground", ARG_TEXT, ground, 0 },
			      { "day", ARG_TEXT, fmt_day(c, r->scope.on), 0 } };
	ADD(NOTE, i18n(c, "report.vintage", args, 3));
}

/* ---- density ---- */

/* Fewer people for one place: darker; a fifth of those that have one in each step. */
static int step_of(const struct density_row_list *l, const struct density_row *d)
{
	int64_t denser = 0, all = 0;
	if (!d->places)
		return 0;
	for (size_t i = 0; i < l->n; i++) {
		all += l->items[i].places > 0;
		denser += l->items[i].places && l->items[i].inhabitants < d->inhabitants;
	}
	return 5 - (int)(denser * 5 / all);
}

/* The most people for one place in each step. */
static void density_key(struct ctx *c, struct map *m, const struct density_row_list *l)
{
	int64_t most[6] = { 0 };
	const char *labels[6] = { T(c, "atlas.no_place") };
	for (size_t i = 0; i < l->n; i++) {
		int step = step_of(l, &l->items[i]);
		if (step && l->items[i].inhabitants > most[step])
			most[step] = l->items[i].inhabitants;
	}
	for (int i = 1; i < 6; i++)
		labels[i] = most[i] ? fmt_int(c, most[i]) : "–";
	map_key(c, m, T(c, "report.density_key"), labels, 6);
}

static void density_map(struct ctx *c, struct report *r, int below, const struct density_row_list *l)
{
	struct map_area *areas = new_array(c, struct map_area, l->n + 1);
	struct map *m = scope_map(c, &r->scope, T(c, "report.density"));
	for (size_t i = 0; i < l->n; i++)
		areas[i] = (struct map_area){ .code = l->items[i].code, .step = step_of(l, &l->items[i]) };
	map_land(c, m, OUTLINE_REGION);
	map_choropleth(c, m, (enum outline_level)scope_outline(below), areas, l->n);
	map_limits(c, m, OUTLINE_REGION);
	scope_map_chosen(c, m, &r->scope);
	density_key(c, m, l);
	report_picture(c, r, map_picture(m), MAP_WIDTH, T(c, "report.density_note"));
}

/* A territory that nothing is told below: itself alone. */
static rc density_itself(struct ctx *c, struct report *r)
{
	struct density_row own;
	bool found;
	TRY(density_own(c, &r->scope, (int64_t)r->places.n, &own, &found));
	if (!found)
		return OK;
	struct arg args[] = { { "people", ARG_TEXT, fmt_int(c, own.population), 0 },
			      { "n", ARG_INT, NULL, own.places },
			      { "each", ARG_TEXT, own.places ? fmt_int(c, own.inhabitants) : "–", 0 } };
	ADD(H1, T(c, "report.density"));
	ADD(LEAD, own.places ? i18n(c, "report.density_here", args, 3)
			     : T_TEXT(c, "report.density_none", "people", fmt_int(c, own.population)));
	tell_vintage(c, r, own.population_year, own.ground_year);
	return OK;
}

rc report_density(struct ctx *c, struct report *r)
{
	const struct document_column columns[] = { { T(c, "report.territory"), 0, false },
						   { T(c, "report.people"), 90, true },
						   { T(c, "report.places"), 60, true },
						   { T(c, "report.per_place"), 110, true } };
	int below = report_below(&r->scope);
	struct density_row_list l;
	int64_t without = 0;
	if (below < 0)
		return density_itself(c, r);
	TRY(density_rows(c, &r->scope, below, &l));
	struct rows rows = rows_of(c, l.n);
	for (size_t i = 0; i < l.n; i++) {
		const struct density_row *d = &l.items[i];
		if (!d->population)
			continue;
		without += !d->places;
		rows.items[rows.n++] = (struct document_row){
			.cells = { d->name, fmt_int(c, d->population), fmt_int(c, d->places),
				   d->places ? fmt_int(c, d->inhabitants) : "–" }
		};
	}
	ADD(H1, T(c, "report.density"));
	ADD(LEAD, without ? T_N(c, "report.without", without) : T(c, "report.none_without"));
	density_map(c, r, below, &l);
	report_table(c, r, columns, 4, &rows);
	if (l.n)
		tell_vintage(c, r, l.items[0].population_year, l.items[0].ground_year);
	return OK;
}

/* ---- access ---- */

/* Those of the country that are in the report's territory and have people, in its order. */
static void keep_inside(struct ctx *c, const struct density_row_list *inside, struct reach_area_list *l)
{
	struct reach_area *all = l->items;
	size_t n = 0;
	l->items = new_array(c, struct reach_area, inside->n + 1);
	for (size_t k = 0; k < inside->n; k++)
		for (size_t i = 0; i < l->n; i++)
			if (all[i].people && strcmp(all[i].code, inside->items[k].code) == 0) {
				l->items[n++] = all[i];
				break;
			}
	l->n = n;
}

static int area_level(int kind)
{
	return kind == TERRITORY_KIND_REGION	    ? AREA_LEVEL_REGION
	       : kind == TERRITORY_KIND_DEPARTEMENT ? AREA_LEVEL_DEPARTEMENT
						    : AREA_LEVEL_EPCI;
}

static const char *share_words(struct ctx *c, int64_t reached, int64_t people)
{
	quantity share = reach_share(reached, people);
	return is_none(share) ? "–" : T_TEXT(c, "figures.percent", "value", fmt_milli(c, share.v, 1));
}

static void access_table(struct ctx *c, struct report *r, const struct reach_area_list *l)
{
	const struct document_column columns[] = { { T(c, "report.territory"), 0, false },
						   { T(c, "report.people"), 90, true },
						   { T(c, "report.reached"), 90, true },
						   { T(c, "report.share"), 70, true } };
	struct rows rows = rows_of(c, l->n);
	for (size_t i = 0; i < l->n; i++) {
		const struct reach_area *a = &l->items[i];
		rows.items[rows.n++] = (struct document_row){
			.cells = { a->name, fmt_int(c, a->people), fmt_int(c, a->reached),
				   share_words(c, a->reached, a->people) }
		};
	}
	report_table(c, r, columns, 4, &rows);
}

static int64_t metres_of(const struct spot *from, const struct place_spot *p)
{
	struct spot at = spot_at(p->lat_e5, p->lon_e5);
	return (int64_t)(spot_km(from, &at) * 1000);
}

static int by_distance(const void *a, const void *b, void *from)
{
	int64_t x = metres_of(from, a), y = metres_of(from, b);
	return (x > y) - (x < y);
}

/* Where nobody has a place at home: those nearest to its largest town. */
static rc nearest_places(struct ctx *c, struct report *r, const struct place_spot_list *places)
{
	const struct document_column columns[] = { { T(c, "report.place"), 0, false },
						   { T(c, "report.town"), 150, false },
						   { T(c, "report.km"), 70, true } };
	struct largest_commune_row town;
	bool found;
	TRY(largest_commune(c, enum_word(&territory_kind_words, r->scope.kind), r->scope.code, &town,
			    &found));
	if (!found || !places->n || r->places.n)
		return OK;
	struct spot from = spot_at(town.lat_e5, town.lon_e5);
	struct rows rows = rows_of(c, NEAREST);
	qsort_r(places->items, places->n, sizeof *places->items, by_distance, &from);
	for (size_t i = 0; i < places->n && i < NEAREST; i++) {
		const struct place_spot *p = &places->items[i];
		rows.items[rows.n++] = (struct document_row){
			.cells = { p->name, report_town(c, p->city, p->departement),
				   fmt_int(c, (metres_of(&from, p) + 500) / 1000) }
		};
	}
	ADD(H2, T_TEXT(c, "report.nearest", "town", town.name));
	report_table(c, r, columns, 3, &rows);
	return OK;
}

static rc access_lead(struct ctx *c, struct report *r, const struct reach_area *whole)
{
	struct arg args[] = { { .name = "share", .text = share_words(c, whole->reached, whole->people) },
			      { .name = "km", .text = fmt_int(c, KM) } };
	ADD(H1, T(c, "report.access"));
	ADD(LEAD, i18n(c, "report.access_lead", args, 2));
	return OK;
}

rc report_access(struct ctx *c, struct report *r)
{
	int below = report_below(&r->scope);
	const struct country *k;
	struct place_spot_list places;
	struct density_row_list inside;
	struct reach_area_list l;
	struct reach_area whole;
	int64_t unplaced;
	TRY(country_of(c, &k));
	TRY(reach_places(c, base_of(r), r->scope.on, &places, &unplaced));
	const bool *reached = reach_mark(c, k, &places, KM);
	TRY(reach_here(c, k, reached, &r->scope, &whole));
	TRY(access_lead(c, r, &whole));
	tell_vintage(c, r, POPULATION_YEAR, fmt(c, "%d", GROUND_YEAR));
	TRY(nearest_places(c, r, &places));
	if (below < 0)
		return OK;
	TRY(density_rows(c, &r->scope, below, &inside));
	TRY(reach_areas(c, k, area_level(below), reached, &l));
	keep_inside(c, &inside, &l);
	struct map *m = scope_map(c, &r->scope, T(c, "report.access"));
	map_land(c, m, OUTLINE_REGION);
	reach_choropleth(c, m, area_level(below), &l);
	map_limits(c, m, OUTLINE_REGION);
	scope_map_chosen(c, m, &r->scope);
	reach_key(c, m, T_TEXT(c, "reach.legend", "km", fmt_int(c, KM)));
	report_picture(c, r, map_picture(m), MAP_WIDTH, T(c, "report.access_note"));
	access_table(c, r, &l);
	return OK;
}

/* ---- where next ---- */

static void sites_map(struct ctx *c, struct report *r, const struct siting_case *k,
		      const struct siting_page *v)
{
	struct map_mark *marks = new_array(c, struct map_mark, v->items.n + k->places.n + 1);
	struct map *m = scope_map(c, &r->scope, T(c, "report.where_next"));
	for (size_t i = 0; i < v->items.n; i++)
		marks[i] = (struct map_mark){ .lat_e5 = v->items.items[i].lat_e5,
					      .lon_e5 = v->items.items[i].lon_e5,
					      .rank = v->items.items[i].rank,
					      .find = true,
					      .name = v->items.items[i].name,
					      .town = v->items.items[i].name };
	reach_marks(&k->places, marks + v->items.n);
	map_land(c, m, OUTLINE_DEPARTEMENT);
	map_limits(c, m, OUTLINE_REGION);
	scope_map_chosen(c, m, &r->scope);
	map_marks(c, m, marks, v->items.n + k->places.n);
	report_picture(c, r, map_picture(m), MAP_WIDTH, T(c, "report.where_note"));
}

rc report_where_next(struct ctx *c, struct report *r)
{
	const struct document_column columns[] = { { T(c, "report.number"), 24, true },
						   { T(c, "report.town"), 0, false },
						   { T(c, "report.gain"), 110, true },
						   { T(c, "report.share"), 80, true } };
	struct siting_page *v = new_zero(c, struct siting_page);
	struct siting_case k;
	if (r->scope.kind == TERRITORY_KIND_COMMUNE) /* there is nothing to choose among */
		return OK;
	struct siting_query ask = { .sites = SITES,
				    .km = KM,
				    .smallest = r->scope.is_whole ? SMALLEST : 0,
				    .territory = r->scope.ref,
				    .base = base_of(r),
				    .on = r->scope.on };
	TRY(siting_find(c, &ask, &k));
	TRY(siting_fill(c, &k, v));
	struct rows rows = rows_of(c, v->items.n);
	for (size_t i = 0; i < v->items.n; i++) {
		const struct siting_site *s = &v->items.items[i];
		rows.items[rows.n++] = (struct document_row){
			.cells = { fmt_int(c, s->rank), report_town(c, s->name, s->departement),
				   fmt(c, "+%s", fmt_int(c, s->gain)),
				   T_TEXT(c, "figures.percent", "value", fmt_milli(c, s->share.v, 1)) }
		};
	}
	ADD(H1, T(c, "report.where_next"));
	ADD(LEAD, v->headline);
	sites_map(c, r, &k, v);
	report_table(c, r, columns, 4, &rows);
	ADD(NOTE, T(c, "report.crow"));
	return OK;
}
