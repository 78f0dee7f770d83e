/* atlas_past.c - the map of a day that has passed: known_places says who was open,
 * in which form and linked to whom; where they stand is today's. */
#include <stdlib.h>
#include <string.h>

#include "observatory/atlas.h"
#include "observatory/atlas_sql.h"
#include "observatory/density.h"
#include "observatory/known.h"
#include "observatory/scope.h"
#include "people/community_shape.h"

static bool is_within(const struct atlas_query *ask, const struct atlas_standing *s)
{
	return s->lat_e5 != NONE && s->lon_e5 != NONE && (ask->south == NONE || s->lat_e5 >= ask->south) &&
	       (ask->north == NONE || s->lat_e5 <= ask->north) &&
	       (ask->west == NONE || s->lon_e5 >= ask->west) && (ask->east == NONE || s->lon_e5 <= ask->east);
}

static bool fits(const struct atlas_query *ask, const struct atlas_place *p)
{
	return (ask->dominant < 0 || p->dominant == ask->dominant) &&
	       (ask->form < 0 || p->form == ask->form) && (!ask->cae || p->cae);
}

rc atlas_past(struct ctx *c, const struct atlas_query *ask, struct atlas_place_list *out)
{
	struct known_day d = known_day(c, ask->on);
	struct place_fact_list facts;
	struct atlas_standing_list stand;
	GHashTable *at = g_hash_table_new(g_str_hash, g_str_equal);
	TRY(known_places(c, &d, "country", "FR", "", &facts));
	TRY(atlas_ever(c, &stand));
	for (size_t i = 0; i < stand.n; i++)
		g_hash_table_insert(at, stand.items[i].pub.s, &stand.items[i]);
	*out = (struct atlas_place_list){ new_array(c, struct atlas_place, facts.n + 1), 0 };
	for (size_t i = 0; i < facts.n; i++) {
		const struct place_fact *f = &facts.items[i];
		const struct atlas_standing *s = g_hash_table_lookup(at, f->pub.s);
		if (!s || !is_within(ask, s))
			continue;
		struct atlas_place p = { f->pub,
					 f->name,
					 f->city,
					 f->departement,
					 s->dominant,
					 -1,
					 f->is_cae || f->caes > 0,
					 s->lat_e5,
					 s->lon_e5 };
		p.form = f->legal_form ? enum_find(&legal_form_words, f->legal_form) : -1;
		if (fits(ask, &p))
			out->items[out->n++] = p;
	}
	g_hash_table_destroy(at);
	return OK;
}

struct boxed {
	int64_t row, column;
	const struct atlas_place *place;
};

static int by_box(const void *a, const void *b)
{
	const struct boxed *x = a, *y = b;
	if (x->row != y->row)
		return (x->row > y->row) - (x->row < y->row);
	return (x->column > y->column) - (x->column < y->column);
}

static int by_count(const void *a, const void *b)
{
	const struct atlas_cluster *x = a, *y = b;
	return (x->n < y->n) - (x->n > y->n);
}

void atlas_boxes(struct ctx *c, const struct atlas_place_list *l, int64_t high, int64_t wide,
		 struct atlas_cluster_list *out)
{
	struct boxed *all = new_array(c, struct boxed, l->n + 1);
	*out = (struct atlas_cluster_list){ new_array(c, struct atlas_cluster, l->n + 1), 0 };
	for (size_t i = 0; i < l->n; i++)
		all[i] = (struct boxed){ (l->items[i].lat_e5 + 9000000) / high,
					 (l->items[i].lon_e5 + 18000000) / wide, &l->items[i] };
	qsort(all, l->n, sizeof *all, by_box);
	for (size_t i = 0, to; i < l->n; i = to) {
		int64_t lat = 0, lon = 0;
		for (to = i; to < l->n && by_box(&all[i], &all[to]) == 0; to++) {
			lat += all[to].place->lat_e5;
			lon += all[to].place->lon_e5;
		}
		int64_t n = (int64_t)(to - i);
		out->items[out->n++] = (struct atlas_cluster){ n, lat / n, lon / n };
	}
	qsort(out->items, out->n, sizeof *out->items, by_count);
}

rc atlas_past_areas(struct ctx *c, int level, day on, struct atlas_area_list *out)
{
	struct scope s;
	struct density_row_list l;
	int kind = enum_find(&territory_kind_words,
			     enum_word(&atlas_level_words, level < 0 ? ATLAS_LEVEL_REGION : level));
	TRY(scope_read(c, FIGURE_SOURCE_ALL, "country:FR", on, &s));
	TRY(density_rows(c, &s, kind, &l));
	*out = (struct atlas_area_list){ new_array(c, struct atlas_area, l.n + 1), l.n };
	for (size_t i = 0; i < l.n; i++)
		out->items[i] = (struct atlas_area){ l.items[i].code, l.items[i].name, l.items[i].population,
						     l.items[i].places };
	return OK;
}
