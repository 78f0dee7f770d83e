/* The study's figures on its own 42 places, as whole fractions; what was
 * printed beside them; the records; a territory. */
#include "base/test.h"

#include "browse.h"
#include "observatory/indicator.h"
#include "observatory/printed.h"
#include "observatory/territories.h"
#include "people/import_places.h"
#include "territory/territory.h"
#include "world.h"

static rc study(struct ctx *c, void *arg)
{
	struct import_report report;
	(void)arg;
	return import_places_shipped(c, &report);
}

static void fill(struct world *w)
{
	int64_t n;
	assert_int_equal(territory_load(w->c, &n), OK);
	assert_int_equal(printed_load(w->c), OK);
	assert_int_equal(db_write(w->c, study, NULL), OK);
}

static const day today = { NONE };

struct expected {
	int key, agreement;
	int64_t numerator, denominator;
	const char *printed;
};

static const struct expected all[] = {
	{ INDICATOR_PLACES, AGREEMENT_AGREES, 42, 1, "42" },
	{ INDICATOR_SCIC, AGREEMENT_DIFFERS, 35, 42, "86" },
	{ INDICATOR_BECOMING_SCIC, AGREEMENT_AGREES, 5, 42, "12" },
	{ INDICATOR_SCOP, AGREEMENT_AGREES, 3, 1, "3" },
	{ INDICATOR_LOI47, AGREEMENT_AGREES, 1, 1, "1" },
	{ INDICATOR_ASSOCIATION, AGREEMENT_DIFFERS, 1, 1, "2" },
	{ INDICATOR_LAUNCHED, AGREEMENT_DIFFERS, 24, 42, "66" },
	{ INDICATOR_LAUNCHED_DATED, AGREEMENT_DIFFERS, 24, 40, "66" },
	{ INDICATOR_LAUNCHED_2016, AGREEMENT_AGREES, 10, 42, "24" },
	{ INDICATOR_LAUNCHED_2017, AGREEMENT_DIFFERS, 7, 42, "20" },
	{ INDICATOR_REVENUE_MEAN, AGREEMENT_AGREES, 6477, 21, "308" },
	{ INDICATOR_REVENUE_MEDIAN, AGREEMENT_UNPRINTED, 241, 1, NULL },
	{ INDICATOR_CAE, AGREEMENT_AGREES, 16, 42, "38" },
	{ INDICATOR_CENSUS, AGREEMENT_AGREES, 42, 1463, "3" },
};

static void check_figures(struct ctx *c)
{
	struct scope s;
	struct place_fact_list places;
	struct figure_list l;
	assert_int_equal(db_snapshot(c), OK);
	assert_int_equal(scope_read(c, -1, NULL, today, &s), OK);
	assert_int_equal(s.source, FIGURE_SOURCE_STUDY);
	assert_int_equal(indicator_places_of(c, &s, &places), OK);
	assert_int_equal(indicator_situated(&places), 41);
	assert_int_equal(indicator_figures(c, &s, &places, &l), OK);
	assert_int_equal(l.n, INDICATOR_COUNT);
	for (size_t i = 0; i < l.n; i++) {
		const struct figure *f = &l.items[i];
		assert_int_equal(f->key, all[i].key);
		assert_int_equal(f->numerator, all[i].numerator);
		assert_int_equal(f->denominator, all[i].denominator);
		assert_int_equal(f->agreement, all[i].agreement);
		assert_true(f->printed ? strncmp(f->printed, all[i].printed, strlen(all[i].printed)) == 0
				       : !all[i].printed);
		assert_true(*f->definition && (f->why || !f->printed));
	}
	struct place_fact_list counted = indicator_records(c, INDICATOR_SCIC, RECORD_PART_COUNTED, &places);
	assert_int_equal(counted.n, 35);
	assert_int_equal(indicator_records(c, INDICATOR_LAUNCHED_DATED, RECORD_PART_BASE, &places).n, 40);
	db_snapshot_end(c);
}

static void check_territories(struct ctx *c)
{
	static const struct {
		const char *territory;
		size_t n;
	} known[] = { { "country:FR", 42 },    { "country:METRO", 42 }, { "region:11", 11 },
		      { "departement:91", 2 }, { "departement:92", 3 }, { "region:27", 1 },
		      { "region:06", 0 } };
	struct scope s;
	struct place_fact_list places;
	assert_int_equal(db_snapshot(c), OK);
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		assert_int_equal(scope_read(c, FIGURE_SOURCE_STUDY, known[i].territory, today, &s), OK);
		assert_int_equal(indicator_places_of(c, &s, &places), OK);
		assert_int_equal(places.n, known[i].n);
	}
	assert_int_equal(scope_read(c, -1, "region:1", today, &s), E_NOT_FOUND);
	assert_int_equal(scope_read(c, -1, "planet:1", today, &s), E_NOT_FOUND);
	db_snapshot_end(c);
}

static void check_corrections(struct ctx *c)
{
	static const struct {
		const char *name;
		int part;
		const char *printed, *ours;
	} known[] = { { "Cluster Jura", CORRECTED_PART_REGION, "AURA", "Bourgogne-Franche-Comté" },
		      { "Le Champs des Possibles", CORRECTED_PART_TOWN, "Villeunaux-la-Petite",
			"Villenauxe-la-Petite" },
		      { "La Fabrique à Neuf", CORRECTED_PART_TOWNS, "Plusieurs villes", "91, 92" },
		      { "L’Ouvre-Boîtes 44", CORRECTED_PART_NAME, "L'Ouvre Boites", "L’Ouvre-Boîtes 44" } };
	struct correction_list l;
	struct scope s;
	size_t seen = 0;
	assert_int_equal(db_snapshot(c), OK);
	assert_int_equal(scope_read(c, FIGURE_SOURCE_STUDY, NULL, today, &s), OK);
	assert_int_equal(indicator_corrections(c, &s, &l), OK);
	for (size_t i = 0; i < l.n; i++)
		for (size_t k = 0; k < sizeof known / sizeof *known; k++)
			seen += strcmp(l.items[i].name, known[k].name) == 0 &&
				l.items[i].part == known[k].part &&
				strcmp(l.items[i].printed, known[k].printed) == 0 &&
				strcmp(l.items[i].ours, known[k].ours) == 0;
	assert_int_equal(seen, 4);
	assert_true(l.n < 10);
	db_snapshot_end(c);
}

static const struct territories_query blank = {
	.source = -1, .sub = -1, .sort = -1, .page = NONE, .on = { NONE }, .band = -1
};

static void check_page(struct ctx *c, const char *territory, int sub, struct territories_page *v)
{
	struct territories_query ask = blank;
	ask.territory = territory;
	ask.sub = sub;
	*v = (struct territories_page){ 0 };
	assert_int_equal(territories_fill(c, &ask, v), OK);
}

static const struct compared *compared_of(const struct territories_page *v, const char *label)
{
	for (size_t i = 0; i < v->compared.n; i++)
		if (strcmp(v->compared.items[i].label, label) == 0)
			return &v->compared.items[i];
	fail_msg("nothing is compared as %s", label);
	return NULL;
}

/* The study's tables: the two areas are swapped, Hauts-de-France was rounded up, 4.56 is not 4.5. */
static void check_tables(struct ctx *c)
{
	struct territories_page v;
	const struct compared *k;
	assert_int_equal(db_snapshot(c), OK);
	check_page(c, NULL, -1, &v);
	assert_int_equal(v.places, 42);
	assert_int_equal(v.n_all, 13);
	assert_int_equal(v.n_without, 1);
	assert_int_equal(v.area_km2, 539627);
	k = compared_of(&v, "Hors métropoles\u00a0: superficie, km²");
	assert_int_equal(k->agreement, AGREEMENT_DIFFERS);
	assert_true(strstr(k->printed, "14") && strstr(k->ours, "525") && k->why);
	assert_int_equal(compared_of(&v, "22 métropoles\u00a0: lieux pour 1\u00a0000 km²")->agreement,
			 AGREEMENT_AGREES);
	assert_int_equal(compared_of(&v, "Hors métropoles\u00a0: habitants pour un lieu")->agreement,
			 AGREEMENT_AGREES);
	check_page(c, "region:32", -1, &v);
	k = compared_of(&v, "Part des 674 lieux hors métropoles, %");
	assert_int_equal(k->agreement, AGREEMENT_DIFFERS);
	assert_string_equal(k->ours, "4,3");
	check_page(c, "region:75", -1, &v);
	assert_int_equal(compared_of(&v, "Part des 674 lieux hors métropoles, %")->agreement,
			 AGREEMENT_AGREES);
	assert_int_equal(v.n_all, 12);
	check_page(c, NULL, TERRITORY_KIND_ZONE, &v);
	k = compared_of(&v, "Lieux par zone, ensemble");
	assert_int_equal(k->agreement, AGREEMENT_DIFFERS);
	assert_string_equal(k->ours, "4,56");
	assert_int_equal(v.n_all, 0);
	check_page(c, "epci:200046977", TERRITORY_KIND_DEPARTEMENT, &v);
	assert_int_equal(v.n_all, 1); /* the Métropole de Lyon is a part of the Rhône, and no département */
	assert_true(v.communes < v.rows.items[0].communes && v.population < v.rows.items[0].population);
	db_snapshot_end(c);
}

/* Two communes make a zone; its place is Le Hasard Ludique's town, Paris. */
static void check_zones(struct world *w)
{
	struct ctx *c = w->c;
	struct territories_page v;
	cast_run(w, "INSERT INTO zoning (key, digest, loaded_at) SELECT 'ze2020', digest, 0 FROM data_file "
		    "WHERE name = 'communes.csv'");
	cast_run(w, "INSERT INTO zoning_zone (zoning, code, label) VALUES ('ze2020', '1109', 'Paris'), "
		    "('ze2020', '0056', 'Ailleurs')");
	cast_run(w, "INSERT INTO zoning_commune (zoning, insee, zone) VALUES ('ze2020', '75056', '1109'), "
		    "('ze2020', '01001', '0056')");
	assert_int_equal(db_snapshot(c), OK);
	check_page(c, NULL, TERRITORY_KIND_ZONE, &v);
	assert_string_equal(v.zoning, "ze2020");
	assert_int_equal(v.n_all, 2);
	assert_int_equal(v.n_without, 1);
	assert_int_equal(v.bands.items[0].without, 1);
	assert_int_equal(v.bands.items[4].places, 3);
	check_page(c, "zone:ze2020:1109", -1, &v);
	assert_int_equal(v.places, 3);
	db_snapshot_end(c);
}

static void test_study(void **state)
{
	struct world *w = *state;
	fill(w);
	check_figures(w->c);
	check_territories(w->c);
	check_tables(w->c);
	check_corrections(w->c);
	check_zones(w);
	/* What others say of themselves is not the study's. */
	cast_community(w, "Le Lieu inventé", "place");
	check_figures(w->c);
	cast_run(w, "UPDATE community_figure SET value = 1601 WHERE value = 1600");
	struct browse *b = browse_new(w);
	assert_int_equal(browse_get(b, "/observatory/figure?key=revenue_mean"), 200);
	assert_true(browse_has(b, "6\u202f478"));
	assert_int_equal(browse_get(b, "/observatory/figure.csv?key=cae&part=counted"), 200);
	assert_true(browse_has(b, "CASACO") && !browse_has(b, "Baraka"));
	assert_int_equal(browse_api(b, HTTP_GET, "/observatory/figure?key=scic", NULL), 200);
	assert_true(browse_has(b, "\"numerator\":35"));
	assert_int_equal(browse_get(b, "/observatory?source=all"), 200);
	assert_true(browse_has(b, "href=\"/observatory/report?source=all&amp;territory="));
	assert_true(browse_has(b, "href=\"/observatory/series?source=all&amp;territory="));
	assert_true(browse_has(b, "43"));
	browse_free(b);
}

static void test_rounding(void **state)
{
	(void)state;
	assert_int_equal(ratio_rounded(35, 100000, 42, 1), 83333);
	assert_int_equal(ratio_rounded(35, 100000, 42, 1000), 83000);
	assert_int_equal(ratio_rounded(1, 1000, 2, 1000), 1000);
	assert_int_equal(ratio_rounded(44880091, 1, 674, 1000), 67000);
	assert_int_equal(ratio_rounded(5, 1, 0, 1), NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = { BOTH(test_study), cmocka_unit_test(test_rounding) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
