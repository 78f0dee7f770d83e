/* compared.c - the study's tables, each cell computed again from the others or
 * from the directory, beside what was printed. */
#include <string.h>

#include "observatory/indicator.h"
#include "observatory/printed.h"
#include "observatory/territories.h"
#include "platform/i18n.h"

#define MOST 24

static void put(struct territories_page *v, struct compared k)
{
	if (v->compared.n < MOST)
		v->compared.items[v->compared.n++] = k;
}

/* Both in thousandths; ours rounded to `step` units as the print is. */
static void put_number(struct ctx *c, struct territories_page *v, const char *label, int64_t printed,
		       int64_t exact, int64_t step, const char *why)
{
	put(v, (struct compared){
		       .label = label,
		       .printed = fmt_milli(c, printed, 1),
		       .ours = exact == NONE ? "–" : fmt_milli(c, exact, exact < 1000000 ? 2 : 0),
		       .agreement = exact != NONE && ratio_rounded(exact, 1, 1, step) == printed
					    ? AGREEMENT_AGREES
					    : AGREEMENT_DIFFERS,
		       .why = why,
	       });
}

/* A scope of the national table, and the one whose printed area is its own. */
static const struct national {
	const char *line, *area_of, *name;
} nationals[] = {
	{ "Hors métropoles", "22 métropoles", K("compared.outside") },
	{ "22 métropoles", "Hors métropoles", K("compared.metropoles") },
	{ "FRANCE ENTIÈRE", "FRANCE ENTIÈRE", K("compared.whole") },
};

static void national_row(struct ctx *c, const struct printed_fact_list *l, const struct national *n,
			 struct territories_page *v)
{
	const char *name = i18n(c, n->name, NULL, 0);
	int64_t places = printed_units(l, n->line, "places_total");
	int64_t both = printed_units(l, n->line, "places_fablab") +
		       printed_units(l, n->line, "places_coworking");
	int64_t people = printed_units(l, n->line, "population");
	int64_t area = printed_units(l, n->line, "area_km2_as_printed");
	int64_t own_area = printed_units(l, n->area_of, "area_km2_as_printed");
	const char *swapped = strcmp(n->line, n->area_of) ? T(c, "compared.swapped_why") : NULL;
	put_number(c, v, T_TEXT(c, "compared.places", "scope", name), places * 1000, both * 1000, 1000, NULL);
	put_number(c, v, T_TEXT(c, "compared.inhabitants", "scope", name),
		   printed_units(l, n->line, "inhabitants_per_place") * 1000,
		   ratio_rounded(people, 1000, places, 1), 1000000, T(c, "compared.people_why"));
	put_number(c, v, T_TEXT(c, "compared.area", "scope", name), area * 1000, own_area * 1000, 1000,
		   swapped);
	const struct printed_fact *density = printed_find(l, n->line, "places_per_1000_km2");
	put_number(c, v, T_TEXT(c, "compared.per_area", "scope", name), density ? density->milli : 0,
		   ratio_rounded(places, 1000000, own_area, 1), 100, swapped);
}

static rc national(struct ctx *c, struct territories_page *v)
{
	struct printed_fact_list l, key;
	TRY(printed_sheet(c, "national", &l));
	TRY(printed_sheet(c, "key", &key));
	for (size_t i = 0; i < sizeof nationals / sizeof *nationals && l.n; i++)
		national_row(c, &l, &nationals[i], v);
	int64_t all = printed_units(&l, "FRANCE ENTIÈRE", "places_total");
	put_number(c, v, T(c, "compared.fablab"), printed_units(&key, "share_fablab", "printed") * 1000,
		   ratio_rounded(printed_units(&l, "FRANCE ENTIÈRE", "places_fablab"), 100000, all, 1), 1000,
		   NULL);
	put_number(c, v, T(c, "compared.coworking"), printed_units(&key, "share_coworking", "printed") * 1000,
		   ratio_rounded(printed_units(&l, "FRANCE ENTIÈRE", "places_coworking"), 100000, all, 1),
		   1000, NULL);
	if (v->scope.kind == TERRITORY_KIND_COUNTRY && strcmp(v->scope.code, "METRO") == 0) {
		v->area_km2 = printed_units(&l, "FRANCE ENTIÈRE", "area_km2_as_printed");
		v->per_1000_km2 = fmt_milli(c, ratio_rounded(v->places, 1000000, v->area_km2, 1), 3);
	}
	return OK;
}

static rc region(struct ctx *c, const struct density_row *own, struct territories_page *v)
{
	struct printed_fact_list l, people;
	TRY(printed_sheet(c, "region", &l));
	TRY(printed_sheet(c, "population", &people));
	const struct printed_fact *legal = printed_find(&people, own->code, "population_municipale_2021");
	if (legal)
		v->population_2021 = fmt_int(c, legal->milli / 1000);
	if (!printed_find(&l, own->name, "places_outside_metropoles"))
		return OK;
	int64_t places = printed_units(&l, own->name, "places_outside_metropoles");
	int64_t all = printed_units(&l, "TOTAL", "places_outside_metropoles");
	int64_t inhabitants = printed_units(&l, own->name, "inhabitants_per_place");
	bool forced = strcmp(own->code, "32") == 0;
	put_number(c, v, T(c, "compared.share"), printed_units(&l, own->name, "pct_of_total") * 1000,
		   ratio_rounded(places, 100000, all, 1), 1000, forced ? T(c, "compared.forced_why") : NULL);
	if (inhabitants)
		put_number(c, v, T(c, "compared.region_inhabitants"), inhabitants * 1000,
			   ratio_rounded(own->outside, 1000, places, 1), 1000000, T(c, "compared.today_why"));
	put(v, (struct compared){ .label = T(c, "compared.region_places"),
				  .printed = fmt_int(c, places),
				  .ours = fmt_int(c, v->places),
				  .agreement = AGREEMENT_UNPRINTED,
				  .why = T(c, "compared.census_why") });
	return OK;
}

static rc zones(struct ctx *c, struct territories_page *v)
{
	struct printed_fact_list key;
	TRY(printed_sheet(c, "key", &key));
	const struct {
		const char *label, *figure;
		int64_t ours;
	} all[] = { { T(c, "compared.zones"), "zones", v->n_all },
		    { T(c, "compared.zones_without"), "zones_without", v->n_without },
		    { T(c, "compared.zones_with_one"), "zones_with_one", v->n_with_one } };
	for (size_t i = 0; i < 3; i++) {
		int64_t printed = printed_units(&key, all[i].figure, "printed");
		/* Without a zoning nothing is counted: that is no difference. */
		put(v, (struct compared){ .label = all[i].label,
					  .printed = fmt_int(c, printed),
					  .ours = v->n_all ? fmt_int(c, all[i].ours) : "–",
					  .agreement = !v->n_all		? AGREEMENT_UNPRINTED
						       : printed == all[i].ours ? AGREEMENT_AGREES
										: AGREEMENT_DIFFERS,
					  .why = v->n_all ? T(c, "compared.zones_why")
							  : T(c, "territories.no_zoning") });
	}
	return OK;
}

rc compared_fill(struct ctx *c, const struct density_row *own, struct territories_page *v)
{
	v->compared = (struct compared_list){ new_array(c, struct compared, MOST), 0 };
	v->area_km2 = NONE;
	if (v->scope.is_whole)
		TRY(national(c, v));
	if (v->scope.kind == TERRITORY_KIND_REGION && own)
		TRY(region(c, own, v));
	if (v->scope.is_whole && v->sub == TERRITORY_KIND_ZONE)
		TRY(zones(c, v));
	return OK;
}

/* ---- by size ---- */

static const struct band {
	int64_t below;
	const char *line, *label;
} bands[] = {
	{ 50000, "De 0 à 50 000 habitants", K("bands.to_50") },
	{ 100000, "Entre 50 000 et 100 000 habitants", K("bands.to_100") },
	{ 200000, "Entre 100 000 et 200 000 habitants", K("bands.to_200") },
	{ INT64_MAX, "Plus de 200 000 habitants (hors métropoles)", K("bands.over_200") },
	{ INT64_MAX, "Zones rattachées à une métropole (Plus de 200 000 habitants)", K("bands.metropole") },
	{ 0, "TOTAL", K("bands.total") },
};
enum { BANDS = 6, OVER = 3, METROPOLE = 4, TOTAL = 5 };

size_t band_of(const struct density_row *r)
{
	size_t k = 0;
	while (r->population >= bands[k].below)
		k++;
	return k == OVER && r->in_metropole ? METROPOLE : k;
}

static void count_in(struct density_band *b, const struct density_row *r)
{
	b->zones++;
	b->places += r->places;
	b->without += !r->places;
}

rc bands_fill(struct ctx *c, const struct density_row_list *rows, struct territories_page *v)
{
	struct printed_fact_list l;
	bool printed = v->scope.is_whole && v->sub == TERRITORY_KIND_ZONE;
	TRY(printed_sheet(c, "zone_band", &l));
	v->bands = (struct density_band_list){ new_array(c, struct density_band, BANDS), BANDS };
	for (size_t i = 0; i < rows->n; i++) {
		count_in(&v->bands.items[band_of(&rows->items[i])], &rows->items[i]);
		count_in(&v->bands.items[TOTAL], &rows->items[i]);
	}
	for (size_t k = 0; k < BANDS; k++) {
		struct density_band *b = &v->bands.items[k];
		const struct printed_fact *mean = printed_find(&l, bands[k].line, "mean_places_per_zone");
		b->label = i18n(c, bands[k].label, NULL, 0);
		b->mean_milli = ratio_rounded(b->places, 1000, b->zones, 1);
		b->mean = b->mean_milli == NONE ? "–" : fmt_milli(c, b->mean_milli, 2);
		if (!printed || !mean)
			continue;
		int64_t zones = printed_units(&l, bands[k].line, "zones");
		int64_t places = printed_units(&l, bands[k].line, "places");
		b->printed_zones = fmt_int(c, zones);
		b->printed_places = fmt_int(c, places);
		b->printed_mean = fmt_milli(c, mean->milli, 1);
		put_number(c, v, T_TEXT(c, "compared.band_mean", "band", b->label), mean->milli,
			   ratio_rounded(places, 1000, zones, 1), 100,
			   k == TOTAL ? T(c, "compared.mean_why") : NULL);
	}
	return OK;
}
