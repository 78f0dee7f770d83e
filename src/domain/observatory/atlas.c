#include "observatory/atlas.h"

#include <stdlib.h>
#include <string.h>

#include "observatory/atlas_sql.h"
#include "observatory/known.h"
#include "observatory/map_towns.h"
#include "platform/i18n.h"

#define CLUSTERS 1200
#define THREADS	 600
#define TOWNS	 14
#define CELLS	 28 /* of the grid, across the part looked at, when no zoom is told */

struct part {
	int64_t south, north, west, east;
};

static int64_t or_else(int64_t v, int64_t otherwise)
{
	return v == NONE ? otherwise : v;
}

static struct part part_of(const struct atlas_query *ask)
{
	return (struct part){ or_else(ask->south, -9000000), or_else(ask->north, 9000000),
			      or_else(ask->west, -18000000), or_else(ask->east, 18000000) };
}

static const char *word(const struct enumeration *e, int value)
{
	const char *s = value < 0 ? NULL : enum_word(e, value);
	return s ? s : "";
}

/* A box is as wide as sixty pixels of the map are at this zoom (256 pixels for the
 * world at zoom 0); a degree north is half as long again on it in our latitudes. */
static void grid(const struct atlas_query *ask, const struct part *p, int64_t *high, int64_t *wide)
{
	if (ask->zoom == NONE)
		*wide = (p->east - p->west) / CELLS;
	else
		*wide = (int64_t)36000000 * 60 / 256 >> ask->zoom;
	*wide = *wide < 1 ? 1 : *wide;
	*high = *wide * 2 / 3 < 1 ? 1 : *wide * 2 / 3;
}

/* The same for a day that has passed. */
static rc read_past(struct ctx *c, const struct atlas_query *ask, struct atlas_page *v)
{
	const struct part p = part_of(ask);
	int64_t high, wide;
	TRY(atlas_past(c, ask, &v->places));
	v->n = (int64_t)v->places.n;
	v->clustered = v->n > ATLAS_POINTS;
	if (!v->clustered)
		return OK;
	grid(ask, &p, &high, &wide);
	atlas_boxes(c, &v->places, high, wide, &v->clusters);
	v->clusters.n = v->clusters.n > CLUSTERS ? CLUSTERS : v->clusters.n;
	v->near = (struct atlas_place_list){ v->places.items, ATLAS_LINES };
	v->places.n = 0;
	return OK;
}

static rc read_places(struct ctx *c, const struct atlas_query *ask, struct atlas_page *v)
{
	const struct part p = part_of(ask);
	const char *dominant = word(&place_dominant_words, ask->dominant),
		   *form = word(&legal_form_words, ask->form);
	int64_t high, wide;
	if (v->is_past)
		return read_past(c, ask, v);
	TRY(atlas_count(c, dominant, form, ask->cae, p.south, p.north, p.west, p.east, &v->n));
	v->clustered = v->n > ATLAS_POINTS;
	if (!v->clustered)
		return atlas_places_in(c, dominant, form, ask->cae, p.south, p.north, p.west, p.east, 0,
				       ATLAS_POINTS, &v->places);
	grid(ask, &p, &high, &wide);
	TRY(atlas_clusters_in(c, dominant, form, ask->cae, p.south, p.north, p.west, p.east, high, wide,
			      CLUSTERS, &v->clusters));
	TRY(atlas_places_near(c, dominant, form, ask->cae, p.south, p.north, p.west, p.east,
			      (p.south + p.north) / 2, (p.west + p.east) / 2, ATLAS_LINES, &v->near));
	return OK;
}

/* ---- people for a place ---- */

static int by_people(const void *a, const void *b)
{
	const struct atlas_density *x = a, *y = b;
	if ((x->people == NONE) != (y->people == NONE))
		return x->people == NONE ? 1 : -1;
	if (x->people != y->people)
		return (x->people > y->people) - (x->people < y->people);
	return strcmp(x->code, y->code);
}

/* Fifths of those that have a place, the fewest people for each first: that is the fullest step. */
static void steps(struct atlas_density_list *l)
{
	size_t n = 0;
	while (n < l->n && l->items[n].people != NONE)
		n++;
	for (size_t i = 0; i < n; i++)
		l->items[i].step = 5 - (int64_t)(i * 5 / n);
}

static rc read_areas(struct ctx *c, int level, const struct atlas_page *v, struct atlas_area_list *out)
{
	if (v->is_past)
		return atlas_past_areas(c, level, v->on, out);
	switch (level) {
	case ATLAS_LEVEL_EPCI: return atlas_epcis(c, out);
	case ATLAS_LEVEL_DEPARTEMENT: return atlas_departements(c, out);
	default: return atlas_regions(c, out);
	}
}

static rc read_densities(struct ctx *c, int level, struct atlas_page *v)
{
	struct atlas_area_list areas;
	TRY(read_areas(c, level, v, &areas));
	v->densities.items = new_array(c, struct atlas_density, areas.n);
	for (size_t i = 0; i < areas.n; i++) {
		const struct atlas_area *a = &areas.items[i];
		bool known = a->places > 0 && a->population != NONE && a->population > 0;
		int64_t people = known ? a->population / a->places : NONE;
		v->densities.items[v->densities.n++] = (struct atlas_density){ .code = a->code,
									       .name = a->name,
									       .places = a->places,
									       .people = people,
									       .people_text = fmt_int(
										       c, people) };
	}
	if (v->densities.n)
		qsort(v->densities.items, v->densities.n, sizeof *v->densities.items, by_people);
	steps(&v->densities);
	return OK;
}

/* ---- all of it ---- */

static rc read_towns(struct ctx *c, const struct part *p, struct atlas_page *v)
{
	struct town_dot_list towns;
	const struct town_window w = { p->south, p->north, p->west, p->east, TOWNS };
	TRY(map_towns_in(c, &w, &towns));
	v->towns.items = new_array(c, struct atlas_town, towns.n);
	for (size_t i = 0; i < towns.n; i++)
		v->towns.items[v->towns.n++] = (struct atlas_town){ towns.items[i].name,
								    towns.items[i].lat_e5,
								    towns.items[i].lon_e5 };
	return OK;
}

rc atlas_data(struct ctx *c, const struct atlas_query *ask, struct atlas_page *v)
{
	const struct part p = part_of(ask);
	const struct known_day d = known_day(c, ask->on);
	v->on = d.on;
	v->is_past = d.is_past;
	TRY(read_places(c, ask, v));
	TRY(read_towns(c, &p, v));
	if (ask->layer == ATLAS_LAYER_THREADS)
		TRY(atlas_threads_on(c, d.on, THREADS, &v->threads));
	if (ask->layer == ATLAS_LAYER_DENSITY)
		TRY(read_densities(c, ask->level, v));
	return OK;
}
