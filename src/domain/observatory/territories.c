#include "observatory/territories.h"

#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "observatory/density.h"
#include "observatory/indicator.h"
#include "observatory/observatory.h"
#include "observatory/scope_map.h"
#include "platform/i18n.h"

/* ---- the table ---- */

static int by_order(const void *a, const void *b, void *order)
{
	const struct density_row *x = a, *y = b;
	int64_t d = 0;
	switch (*(int *)order) {
	case DENSITY_SORT_POPULATION: d = y->population - x->population; break;
	case DENSITY_SORT_PLACES: d = y->places - x->places; break;
	case DENSITY_SORT_DENSITY:
		/* Fewest inhabitants for a place first; those without any last. */
		d = x->places && y->places ? x->inhabitants - y->inhabitants : !x->places - !y->places;
		break;
	default: break;
	}
	return d ? (d > 0) - (d < 0) : strcmp(x->folded, y->folded);
}

static void count_empty(struct ctx *c, const struct density_row_list *rows, struct territories_page *v)
{
	v->n_all = (int64_t)rows->n;
	for (size_t i = 0; i < rows->n; i++) {
		v->n_with_one += rows->items[i].places == 1;
		v->n_without += !rows->items[i].places;
		v->people_without += rows->items[i].places ? 0 : rows->items[i].population;
	}
	v->share_without = fmt_milli(c, ratio_rounded(v->n_without, 100000, v->n_all, 1), 1);
}

static void sift(struct ctx *c, const struct territories_query *ask, const struct density_row_list *all,
		 struct territories_page *v)
{
	const char *word = fold(c, v->q);
	v->rows = (struct density_row_list){ new_array(c, struct density_row, all->n + 1), 0 };
	for (size_t i = 0; i < all->n; i++)
		if (strstr(all->items[i].folded, word) && !(ask->empty && all->items[i].places) &&
		    (ask->band < 0 || band_of(&all->items[i]) == (size_t)ask->band))
			v->rows.items[v->rows.n++] = all->items[i];
	v->n = (int64_t)v->rows.n;
	if (v->n)
		qsort_r(v->rows.items, v->rows.n, sizeof *v->rows.items, by_order, &v->sort);
}

/* Zones of one zoning alone. */
static void keep_zoning(struct ctx *c, const char *zoning, struct density_row_list *l)
{
	const char *begins = fmt(c, "%s:", zoning);
	size_t n = 0;
	for (size_t i = 0; i < l->n; i++)
		if (strncmp(l->items[i].code, begins, strlen(begins)) == 0)
			l->items[n++] = l->items[i];
	l->n = n;
}

/* ---- the territory itself ---- */

static rc own_row(struct ctx *c, struct territories_page *v, struct density_row *own, bool *found)
{
	v->places = (int64_t)v->items.n;
	v->inhabitants = v->own_area_km2 = NONE;
	TRY(density_own(c, &v->scope, v->places, own, found));
	if (!*found)
		return OK;
	v->population = own->population;
	v->population_year = own->population_year;
	v->ground_year = own->ground_year;
	v->communes = own->communes;
	v->unpeopled = own->unpeopled;
	v->inhabitants = own->inhabitants;
	v->own_area_km2 = own->area_km2;
	v->own_per_1000_km2 = own->per_1000_km2;
	return OK;
}

static rc fill_places(struct ctx *c, struct territories_page *v)
{
	struct buf b;
	TRY(indicator_places_of(c, &v->scope, &v->items));
	v->years = years_of(c, &v->items);
	buf_init(&b, c->mem, 4000);
	years_chart(c, &b, T(c, "observatory.years_title"), &v->years);
	v->years_chart = (html){ b.s };
	return OK;
}

/* What the territories of a territory are, when nothing is said. */
static int usual_sub(int kind)
{
	return kind == TERRITORY_KIND_COUNTRY	    ? TERRITORY_KIND_REGION
	       : kind == TERRITORY_KIND_REGION	    ? TERRITORY_KIND_DEPARTEMENT
	       : kind == TERRITORY_KIND_DEPARTEMENT ? TERRITORY_KIND_EPCI
						    : TERRITORY_KIND_COMMUNE;
}

/* ---- the map ---- */

/* From many inhabitants for a place to few; 0: no place. */
static int step_of(const struct density_row *r)
{
	static const int64_t above[] = { 1000000, 400000, 150000, 60000 };
	if (!r->places)
		return 0;
	for (int i = 0; i < 4; i++)
		if (r->inhabitants > above[i])
			return i + 1;
	return 5;
}

void territories_map(struct ctx *c, const struct density_row_list *rows, struct territories_page *v)
{
	static const char *const keys[] = { K("density.none"),	 K("density.step_1"), K("density.step_2"),
					    K("density.step_3"), K("density.step_4"), K("density.step_5") };
	const char *labels[6];
	int level = scope_outline(v->sub), own = scope_outline(v->scope.kind);
	struct map_area *areas = new_array(c, struct map_area, rows->n + 1);
	struct map *m = NULL;
	struct buf b;
	if (level < 0 || !rows->n)
		return;
	if (v->scope.is_whole)
		m = map_france(c, MAP_COUNTRY, T(c, "observatory.density"));
	else if (own >= 0)
		m = map_territory(c, MAP_SQUARE, (enum outline_level)own, v->scope.code,
				  T(c, "observatory.density"));
	if (!m)
		return;
	for (size_t i = 0; i < rows->n; i++)
		areas[i] = (struct map_area){ .code = rows->items[i].code, .step = step_of(&rows->items[i]) };
	if (v->scope.is_whole) /* also the parts of the country that the scope leaves out */
		map_land(c, m, OUTLINE_REGION);
	map_choropleth(c, m, (enum outline_level)level, areas, rows->n);
	map_limits(c, m, v->scope.is_whole ? OUTLINE_REGION : (enum outline_level)level);
	buf_init(&b, c->mem, 1 << 16);
	picture_svg(map_picture(m), &b);
	v->map = (html){ b.s };
	for (size_t i = 0; i < 6; i++)
		labels[i] = i18n(c, keys[i], NULL, 0);
	buf_init(&b, c->mem, 2000);
	map_legend(&b, T(c, "observatory.density"), labels, 6);
	v->map_key = (html){ b.s };
}

rc territories_fill(struct ctx *c, const struct territories_query *ask, struct territories_page *v)
{
	struct density_row_list all;
	struct density_row own;
	bool found;
	TRY(scope_read(c, ask->source, ask->territory, ask->on, &v->scope));
	v->at = c->now;
	v->sub = ask->sub < 0 ? usual_sub(v->scope.kind) : ask->sub;
	v->sort = ask->sort < 0 ? DENSITY_SORT_NAME : ask->sort;
	v->q = ask->q ? ask->q : "";
	v->empty = ask->empty;
	v->band = ask->band;
	v->has_areas = v->sub == TERRITORY_KIND_REGION || v->sub == TERRITORY_KIND_DEPARTEMENT;
	TRY(fill_places(c, v));
	TRY(own_row(c, v, &own, &found));
	TRY(density_rows(c, &v->scope, v->sub, &all));
	if (v->sub == TERRITORY_KIND_ZONE) {
		v->zoning = ask->zoning;
		if (!v->zoning)
			TRY(zoning_newest(c, &v->zoning));
		keep_zoning(c, v->zoning ? v->zoning : "", &all);
	}
	v->rows_year = all.n ? all.items[0].population_year : 0;
	v->rows_ground = all.n ? all.items[0].ground_year : "";
	count_empty(c, &all, v);
	TRY(compared_fill(c, found ? &own : NULL, v));
	TRY(bands_fill(c, &all, v));
	territories_map(c, &all, v);
	sift(c, ask, &all, v);
	return OK;
}
