#include "base/test.h"

#include <string.h>

#include "browse.h"
#include "observatory/printed.h"
#include "observatory/report_file.h"
#include "observatory/shipped.h"
#include "people/import_places.h"
#include "platform/db.h"
#include "territory/territory.h"

static rc import(struct ctx *c, void *arg)
{
	return import_places_shipped(c, arg);
}

static void load_all(struct world *w)
{
	int64_t n;
	struct import_report study;
	assert_int_equal(territory_load(w->c, &n), OK);
	assert_int_equal(printed_load(w->c), OK);
	assert_int_equal(db_write(w->c, import, &study), OK);
	assert_int_equal(shipped_load_all(w->c), OK);
}

static const char *pages_of(struct world *w, const struct buf *pdf)
{
	const char *path = "build/test-output/report.pdf";
	struct buf b;
	char part[4096];
	FILE *f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(pdf->s, 1, pdf->len, f), pdf->len);
	fclose(f);
	f = popen("pdftotext -layout build/test-output/report.pdf -", "r");
	assert_non_null(f);
	buf_init(&b, w->c->mem, 1 << 16);
	for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
		buf_add(&b, part, n);
	assert_int_equal(pclose(f), 0);
	return b.s;
}

static void the_country_has_every_chapter(void **state)
{
	struct world *w = *state;
	struct buf pdf;
	load_all(w);
	buf_init(&pdf, w->c->mem, 1 << 18);
	struct report_order o = { "study", "FR", NONE, { NONE }, &pdf };
	assert_int_equal(db_read(w->c, report_make, &o), OK);
	const char *text = pages_of(w, &pdf);
	static const char *const said[] = { "Sommaire",
					    "L’essentiel",
					    "42 tiers-lieux coopératifs",
					    "83,3 %",
					    "Les lieux",
					    "CASACO",
					    "Habitants pour un lieu",
					    "Qui habite à portée",
					    "Où ouvrir ensuite",
					    "Vaulx-en-Velin (69)",
					    "Les ponts avec des CAE",
					    "Acteurs et intentions",
					    "Définitions",
					    "Méthode",
					    "Natural Earth" };
	for (size_t i = 0; i < sizeof said / sizeof *said; i++)
		if (!strstr(text, said[i]))
			fail_msg("not in the report: %s", said[i]);
}

static void a_past_date_counts_those_launched_by_then(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	load_all(w);
	assert_int_equal(browse_api(b, HTTP_GET,
				    "/observatory/report?source=study&territory=country:FR&year=2010", NULL),
			 200);
	assert_true(browse_has(b, "Cooperative Baraka"));
	assert_false(browse_has(b, "Lab Hermitage"));
	assert_int_equal(browse_get(b, "/observatory/report?source=study&territory=region:75"), 200);
	assert_true(browse_has(b, "Nouvelle-Aquitaine"));
	assert_int_equal(browse_get(b, "/observatory/report?territory=region:999"), 404);
	assert_int_equal(browse_get(b, "/observatory/report?year=12"), 422);
	assert_int_equal(browse_get(b, "/observatory/report.pdf?territory=departement:86"), 200);
	assert_memory_equal(b->body, "%PDF", 4);
	browse_free(b);
}

static void says(const struct browse *b, const char *const *said, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!browse_has(b, said[i]))
			fail_msg("not in the report: %s", said[i]);
}

/* A commune without a place is told so, in sentences that hold, with the places that are nearest. */
static void a_commune_without_a_place_has_a_report(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	struct buf pdf;
	load_all(w);
	static const char *const mende[] = { "Mende",
					     "Aucun tiers-lieu coopératif",
					     "aucun lieu.",
					     "Aucun lieu d’ici ne déclare",
					     "des habitants vivent",
					     "les plus proches de Mende",
					     "Clermont-Ferrand (63)" };
	assert_int_equal(browse_get(b, "/observatory/report?source=study&territory=commune:48095"), 200);
	says(b, mende, sizeof mende / sizeof *mende);
	assert_false(browse_has(b, "Où ouvrir ensuite"));
	assert_int_equal(browse_get(b, "/territories?source=study&territory=epci:200069854"), 200);
	assert_true(browse_has(b, "Ligugé"));
	assert_int_equal(browse_get(b, "/territories?find=Ligug%C3%A9+(commune+86133)"), 303);
	assert_non_null(strstr(browse_location(b), "territory=commune%3A86133"));
	assert_int_equal(browse_get(b, "/territories?find=2A"), 303);
	assert_non_null(strstr(browse_location(b), "territory=departement%3A2A"));
	assert_int_equal(browse_get(b, "/observatory/figure?key=places&source=study&territory=commune:86133"),
			 200);
	assert_true(browse_has(b, "Les Usines Nouvelles"));
	assert_int_equal(browse_get(b, "/observatory/where-next?territory=commune:86133"), 422);
	buf_init(&pdf, w->c->mem, 1 << 18);
	struct report_order o = { "study", "commune:48095", NONE, { NONE }, &pdf };
	assert_int_equal(db_read(w->c, report_make, &o), OK);
	assert_non_null(strstr(pages_of(w, &pdf), "les plus proches de Mende"));
	/* As somebody types it at a command. */
	o.territory = "grand poitiers";
	buf_init(&pdf, w->c->mem, 1 << 18);
	assert_int_equal(db_read(w->c, report_make, &o), OK);
	assert_non_null(strstr(pages_of(w, &pdf), "CU du Grand Poitiers"));
	o.territory = "75";
	assert_int_equal(db_read(w->c, report_make, &o), E_INVALID);
	assert_string_equal(world_key(w->c), "report.which");
	o.territory = "zzz";
	assert_int_equal(db_read(w->c, report_make, &o), E_NOT_FOUND);
	browse_free(b);
}

/* What bears a year is a chapter, with its table; nobody acts in a report whose ground is not theirs. */
static void a_region_has_its_years_and_its_actors(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	load_all(w);
	cast_run(w, "UPDATE actor SET name = 'Fonds breton', level = 'region', territory = '53' WHERE id = "
		    "(SELECT MIN(id) FROM actor)");
	static const char *const said[] = { "D’année en année", "Lieux ouverts en fin d’année",
					    "populations légales de 2023" };
	assert_int_equal(browse_get(b, "/observatory/report?source=study&territory=region:75"), 200);
	says(b, said, sizeof said / sizeof *said);
	assert_false(browse_has(b, "Fonds breton"));
	/* A form that no source printed is told in words. */
	cast_run(
		w,
		"UPDATE community SET legal_form = 'sarl', legal_note = NULL WHERE name = 'Les Usines Nouvelles'");
	assert_int_equal(browse_get(b, "/observatory/report?source=study&territory=departement:86"), 200);
	assert_true(browse_has(b, "SARL"));
	assert_int_equal(
		browse_get(b, "/observatory/figure?key=places&source=study&territory=departement:86"), 200);
	assert_true(browse_has(b, "SARL"));
	assert_int_equal(browse_get(b, "/observatory/report?source=study&territory=departement:35"), 200);
	assert_true(browse_has(b, "Fonds breton"));
	browse_free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(the_country_has_every_chapter),
		BOTH(a_past_date_counts_those_launched_by_then),
		BOTH(a_commune_without_a_place_has_a_report),
		BOTH(a_region_has_its_years_and_its_actors),
	};
	return cmocka_run_group_tests_name("report", tests, NULL, NULL);
}
