/* The study's 42 places, as facts that do not move. */
#include "base/test.h"

#include "browse.h"
#include "people/import_places.h"
#include "territory/territory.h"
#include "world.h"

static rc shipped(struct ctx *c, void *arg)
{
	return import_places_shipped(c, arg);
}

struct text {
	const char *s;
	struct import_report report;
};

static rc typed(struct ctx *c, void *arg)
{
	struct text *t = arg;
	return import_places(c, t->s, strlen(t->s), &t->report);
}

static int64_t count(struct world *w, const char *where)
{
	return cast_number(w, "SELECT COUNT(*) AS value FROM community c WHERE %s", where);
}

static void check_places(struct world *w)
{
	assert_int_equal(count(w, "is_place"), 42);
	assert_int_equal(
		count(w, "is_place AND (is_cae OR EXISTS (SELECT 1 FROM link l WHERE l.from_community = c.id "
			 "AND l.kind = 'linked_cae'))"),
		16);
	assert_int_equal(count(w, "is_place AND is_cae"), 2);
	assert_int_equal(count(w, "cg_member"), 21);
	assert_int_equal(count(w, "is_place AND insee IS NULL"), 1);
	assert_int_equal(cast_number(w, "SELECT SUM(value) AS value FROM community_figure"), 6477);
	assert_int_equal(cast_number(w, "SELECT COUNT(value) AS value FROM community_figure"), 21);
	assert_int_equal(cast_number(w,
				     "SELECT COUNT(*) AS value FROM link WHERE from_confirmed_at IS NULL AND "
				     "to_confirmed_at IS NULL"),
			 24);
	assert_int_equal(
		cast_number(w, "SELECT COUNT(*) AS value FROM audit WHERE action = 'community.import'"), 58);
	assert_string_equal(cast_text(w, "SELECT note AS value FROM community_figure WHERE value = 1600"),
			    "1,6M€");
}

static void check_printed(struct world *w)
{
	assert_string_equal(
		cast_text(w, "SELECT k.name AS value FROM community c JOIN commune k ON k.insee = c.insee "
			     "WHERE c.city_printed = 'Villeunaux-la-Petite'"),
		"Villenauxe-la-Petite");
	assert_string_equal(
		cast_text(w, "SELECT r.name AS value FROM community c JOIN commune k ON k.insee = c.insee "
			     "JOIN region r ON r.code = k.region WHERE c.name = 'Cluster Jura' AND "
			     "c.region_printed = 'AURA'"),
		"Bourgogne-Franche-Comté");
	assert_string_equal(
		cast_text(w, "SELECT departement AS value FROM community WHERE name = 'La Fabrique à Neuf'"),
		"91, 92");
	assert_string_equal(
		cast_text(w, "SELECT name AS value FROM community WHERE name_printed = 'L''Ouvre Boites'"),
		"L’Ouvre-Boîtes 44");
	assert_int_equal(count(w, "is_cae AND NOT is_place AND name = 'Regate - Regabat'"), 1);
	assert_string_equal(
		cast_text(w, "SELECT legal_form AS value FROM community WHERE legal_note = 'Scop > Scic'"),
		"scic");
	assert_string_equal(
		cast_text(w, "SELECT initials AS value FROM community WHERE name = 'Les Usines Nouvelles'"),
		"UN");
}

static void check_bad(struct world *w)
{
	struct ctx *c = w->c;
	struct text t = {
		.s = "region,name,activities,city,department,launch_year,revenue_keur,revenue_note,status,"
		     "cg_member,linked_cae\n"
		     "X,Bon,,Ligugé,86,2010,2,,Scic,yes,\n"
		     "X,Faux,,Ligugé,86,vers 2010,2.5,,Scic,peut-être,\n"
		     "X,Bon,,Nulle-Part-Les-Oies,86,2010,2,,Scic,yes,\n"
	};
	assert_int_equal(db_write(c, typed, &t), E_INVALID);
	assert_string_equal(world_key(c), "import.bad_rows");
	assert_int_equal(t.report.n_problems, 5);
	assert_int_equal(t.report.problems[0].line, 3);
	assert_string_equal(t.report.problems[0].column, "launch_year");
	assert_string_equal(t.report.problems[0].value, "vers 2010");
	assert_string_equal(t.report.problems[1].column, "revenue_keur");
	assert_string_equal(t.report.problems[2].column, "cg_member");
	assert_int_equal(t.report.problems[3].line, 4);
	assert_string_equal(t.report.problems[3].key, "import.twice");
	assert_string_equal(t.report.problems[4].column, "city");
	assert_int_equal(count(w, "name = 'Bon'"), 0);
	t.s = "name,city\nBon,Ligugé\n";
	assert_int_equal(db_write(c, typed, &t), E_INVALID);
	assert_int_equal(t.report.n_problems, 9);
	assert_string_equal(t.report.problems[0].key, "import.column");
}

static void test_import(void **state)
{
	struct world *w = *state;
	struct import_report r;
	int64_t n;
	assert_int_equal(territory_load(w->c, &n), OK);
	assert_int_equal(db_write(w->c, shipped, &r), OK);
	assert_int_equal(r.rows, 42);
	assert_int_equal(r.places, 42);
	assert_int_equal(r.caes, 16);
	assert_int_equal(r.links, 24);
	check_places(w);
	check_printed(w);
	/* A second run changes nothing, not even what a steward has written since. */
	cast_run(w, "UPDATE community SET activities = 'Fournil' WHERE name = 'Cluster Jura'");
	assert_int_equal(db_write(w->c, shipped, &r), OK);
	assert_int_equal(r.places + r.caes + r.links, 0);
	assert_int_equal(count(w, "activities = 'Fournil'"), 1);
	assert_int_equal(count(w, "TRUE"), 58);
	check_bad(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = { BOTH(test_import) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
