#include "observatory/density.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/civil.h"
#include "base/fold.h"
#include "observatory/density_sql.h"
#include "observatory/indicator.h"
#include "observatory/known.h"
#include "observatory/printed.h"
#include "platform/i18n.h"
#include "territory/outline.h"
#include "territory/territory.h"

#define OLDER_YEAR 2021 /* the legal populations of regions that we have besides today's */

static int by_name(const void *a, const void *b)
{
	const struct density_row *x = a, *y = b;
	int d = strcmp(x->folded, y->folded);
	return d ? d : strcmp(x->code, y->code);
}

static void settle(struct ctx *c, struct density_row *r)
{
	r->inhabitants = ratio_rounded(r->population, 1, r->places, 1);
	if (r->area_km2 != NONE && r->area_km2 > 0)
		r->per_1000_km2 = fmt_milli(c, ratio_rounded(r->places, 1000000, r->area_km2, 1), 2);
}

/* Those that were open, in each territory. */
static rc count_places(struct ctx *c, const struct scope *s, const char *kind, struct density_row_list *rows)
{
	struct known_day d = known_day(c, s->on);
	struct territory_place_list held;
	GHashTable *open, *of;
	TRY(places_held(c, kind, &held));
	TRY(known_open(c, &d, scope_source(s), &open));
	of = g_hash_table_new(g_str_hash, g_str_equal);
	for (size_t i = 0; i < rows->n; i++)
		g_hash_table_insert(of, (void *)rows->items[i].code, &rows->items[i]);
	for (size_t i = 0; i < held.n; i++) {
		struct density_row *r = g_hash_table_lookup(of, held.items[i].code);
		if (r)
			r->places += g_hash_table_contains(open, held.items[i].pub.s);
	}
	for (size_t i = 0; i < rows->n; i++)
		settle(c, &rows->items[i]);
	g_hash_table_destroy(of);
	g_hash_table_destroy(open);
	return OK;
}

const char *territory_link(struct ctx *c, const struct scope *s, const char *ref)
{
	struct buf b;
	buf_init(&b, c->mem, 80);
	buf_fmt(&b, "/territories?source=%s&territory=", enum_word(&figure_source_words, s->source));
	buf_url(&b, ref);
	if (s->is_past)
		buf_fmt(&b, "&on=%s", fmt_iso_day(c, s->on));
	return b.s;
}

rc zoning_newest(struct ctx *c, const char **key)
{
	bool found;
	TRY(zoning_latest(c, key, &found));
	*key = found ? *key : NULL;
	return OK;
}

/* The records that a number of places counts. */
static const char *density_records(struct ctx *c, const struct scope *s, const char *ref)
{
	struct buf b;
	buf_init(&b, c->mem, 120);
	buf_fmt(&b, "/observatory/figure?key=places&source=%s&territory=",
		enum_word(&figure_source_words, s->source));
	buf_url(&b, ref);
	if (s->is_past)
		buf_fmt(&b, "&on=%s", fmt_iso_day(c, s->on));
	buf_str(&b, "#records");
	return b.s;
}

/* A year that has passed is told with the nearer of the two populations that are
 * known, an equal distance with the one before. */
static bool older_fits(const struct scope *s)
{
	return s->is_past && ymd_of(s->on).year <= (OLDER_YEAR + POPULATION_YEAR) / 2;
}

static void make_older(const struct printed_fact_list *people, struct density_row *r)
{
	const struct printed_fact *f = printed_find(people, r->code, "population_municipale_2021");
	if (!f)
		return;
	r->population = f->milli / 1000;
	r->population_year = OLDER_YEAR;
}

static rc date_regions(struct ctx *c, const struct scope *s, struct density_row_list *l)
{
	struct printed_fact_list people;
	TRY(printed_sheet(c, "population", &people));
	for (size_t i = 0; i < l->n && older_fits(s); i++)
		make_older(&people, &l->items[i]);
	return OK;
}

/* A country is its regions; one that has no older population counts with its own. */
static rc date_country(struct ctx *c, const struct scope *s, struct density_row *own)
{
	struct territory_people_list of;
	struct printed_fact_list people;
	int64_t sum = 0;
	TRY(territory_people(c, "region", "country", s->code, &of));
	TRY(printed_sheet(c, "population", &people));
	for (size_t i = 0; i < of.n; i++) {
		struct density_row r = { .code = of.items[i].code, .population = of.items[i].population };
		make_older(&people, &r);
		sum += r.population;
		if (r.population_year)
			own->population_year = OLDER_YEAR;
	}
	own->population = sum;
	return OK;
}

/* Limits of intermunicipalities and arrondissements are too coarse for it. */
static int64_t density_km2(int kind, const char *code)
{
	const struct outline *o = kind == TERRITORY_KIND_REGION ? outline_find(OUTLINE_REGION, code)
				  : kind == TERRITORY_KIND_DEPARTEMENT
					  ? outline_find(OUTLINE_DEPARTEMENT, code)
					  : NULL;
	return o ? outline_km2(o) : NONE;
}

/* A zone's is that of its zoning: "ze2020". */
static const char *ground_year(struct ctx *c, int kind, const char *code)
{
	return kind == TERRITORY_KIND_ZONE ? fmt(c, "%.*s", (int)strcspn(code, ":"), code)
					   : fmt(c, "%d", GROUND_YEAR);
}

static struct density_row row_of(struct ctx *c, const struct scope *s, int kind,
				 const struct territory_people *p)
{
	struct density_row r = { .code = p->code,
				 .name = p->name,
				 .folded = fold(c, p->name),
				 .communes = p->communes,
				 .population = p->population,
				 .outside = p->outside,
				 .unpeopled = p->unpeopled,
				 .in_metropole = p->in_metropole,
				 .population_year = POPULATION_YEAR,
				 .ground_year = ground_year(c, kind, p->code),
				 .ref = territory_ref(c, kind, p->code) };
	r.link = territory_link(c, s, r.ref);
	r.records = density_records(c, s, r.ref);
	r.area_km2 = density_km2(kind, p->code);
	return r;
}

rc density_own(struct ctx *c, const struct scope *s, int64_t places, struct density_row *out, bool *found)
{
	struct territory_people p;
	TRY(territory_own(c, enum_word(&territory_kind_words, s->kind), s->code, s->name, &p, found));
	if (!*found)
		return OK;
	*out = row_of(c, s, s->kind, &p);
	out->places = places;
	if (s->kind == TERRITORY_KIND_REGION)
		TRY(date_regions(c, s, &(struct density_row_list){ out, 1 }));
	if (s->is_whole && older_fits(s))
		TRY(date_country(c, s, out));
	settle(c, out);
	return OK;
}

rc density_rows(struct ctx *c, const struct scope *s, int kind, struct density_row_list *out)
{
	const char *word = enum_word(&territory_kind_words, kind);
	struct territory_people_list people;
	TRY(territory_people(c, word, enum_word(&territory_kind_words, s->kind), s->code, &people));
	*out = (struct density_row_list){ new_array(c, struct density_row, people.n + 1), people.n };
	for (size_t i = 0; i < people.n; i++)
		out->items[i] = row_of(c, s, kind, &people.items[i]);
	if (kind == TERRITORY_KIND_REGION)
		TRY(date_regions(c, s, out));
	TRY(count_places(c, s, word, out));
	if (out->n)
		qsort(out->items, out->n, sizeof *out->items, by_name);
	return OK;
}
