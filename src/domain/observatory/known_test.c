/* A day that has passed stays as it was: statuses, links, openings and closings
 * that change later move no figure and no report of it. */
#include "base/test.h"

#include <string.h>

#include "base/civil.h"
#include "browse.h"
#include "observatory/indicator.h"
#include "observatory/known.h"
#include "people/community.h"
#include "people/community_sql.h"
#include "people/link.h"
#include "people/people.h"
#include "people/step.h"
#include "territory/territory.h"

#define YEAR(y) ((instant){ (int64_t)(day_of(y, 1, 1).v) * 86400 })

/* In the directory since a year, launched in one or not said. */
static community_id place(struct world *w, const char *name, int since, const char *year)
{
	community_id id = cast_community(w, name, "place");
	cast_run(
		w,
		"UPDATE community SET created_at = %lld, year_started = %s, legal_form = 'association' WHERE id = %lld",
		(long long)YEAR(since).v, year, (long long)id.v);
	return id;
}

struct edit {
	community_id id;
	const char *form;
	bool is_place;
};

static rc change(struct ctx *c, void *arg)
{
	const struct edit *e = arg;
	struct community_row row;
	struct community_facts facts;
	TRY(community_get(c, e->id, &row));
	TRY(community_facts_of(c, e->id, &facts));
	facts.legal_form = e->form;
	facts.is_place = e->is_place;
	facts.is_other = true;
	return community_change(c, &row, &facts);
}

struct said {
	community_id id;
	int kind;
	int64_t year;
	bool remove;
};

static rc say(struct ctx *c, void *arg)
{
	const struct said *s = arg;
	struct step_edit f = { .kind = s->kind, .year = s->year, .remove = s->remove };
	struct community_row row;
	TRY(community_get(c, s->id, &row));
	return step_say(c, &row, &f);
}

static const struct figure *figure(struct ctx *c, int key, day on)
{
	struct scope s;
	struct place_fact_list places;
	struct figure_list l;
	assert_int_equal(db_snapshot(c), OK);
	assert_int_equal(scope_read(c, FIGURE_SOURCE_ALL, "country:FR", on, &s), OK);
	assert_int_equal(indicator_places_of(c, &s, &places), OK);
	assert_int_equal(indicator_figures(c, &s, &places, &l), OK);
	db_snapshot_end(c);
	for (size_t i = 0; i < l.n; i++)
		if (l.items[i].key == key)
			return &l.items[i];
	return NULL;
}

static int64_t counted(struct ctx *c, int key, day on)
{
	return figure(c, key, on)->numerator;
}

static const day today = { NONE };
#define REPORT	"/observatory/report?source=all&territory=country:FR&on=2022-06-30"
#define FIGURES "/observatory/figures?source=all&territory=country:FR&on=2022-06-30"

static void link_between_(struct world *w, community_id a, community_id b, const char *pub, int from,
			  const char *until)
{
	cast_run(
		w,
		"INSERT INTO link (pub, from_community, to_community, kind, started, ended) VALUES ('%s', %lld, %lld, "
		"'linked_cae', %lld, %s)",
		pub, (long long)a.v, (long long)b.v, (long long)day_of(from, 3, 1).v, until);
}

static void test_what_changes_later_moves_nothing(void **state)
{
	struct world *w = *state;
	struct ctx *c = w->c;
	struct browse *b = browse_new(w);
	community_id old = place(w, "Ancienne", 2020, "2015"), gone = place(w, "Partie", 2020, "2016");
	community_id cae = cast_community(w, "Coopérative", "cae");
	cast_run(w, "UPDATE community SET created_at = 0 WHERE id = %lld", (long long)cae.v);
	link_between_(w, old, cae, "1000000000000000000000000a", 2021, "NULL");
	assert_int_equal(browse_api(b, HTTP_GET, REPORT, NULL), 200);
	const char *report = talloc_strdup(c->mem, b->body);
	assert_int_equal(browse_api(b, HTTP_GET, FIGURES, NULL), 200);
	const char *figures = talloc_strdup(c->mem, b->body);
	assert_int_equal(counted(c, INDICATOR_PLACES, today), 2);
	assert_int_equal(counted(c, INDICATOR_CAE, today), 1);

	struct edit scic = { old, "scic", true }, out = { gone, "association", false };
	assert_int_equal(db_write(c, change, &scic), OK);
	assert_int_equal(db_write(c, change, &out), OK);
	cast_run(w, "UPDATE link SET ended = %lld WHERE from_community = %lld",
		 (long long)day_of(2024, 1, 1).v, (long long)old.v);
	community_id fresh = place(w, "Nouvelle", 2026, "2025");
	place(w, "Sans année", 2026, "NULL");
	link_between_(w, fresh, cae, "1000000000000000000000000b", 2025, "NULL");

	assert_int_equal(counted(c, INDICATOR_PLACES, today), 3);
	assert_int_equal(counted(c, INDICATOR_SCIC, today), 1);
	assert_int_equal(browse_api(b, HTTP_GET, FIGURES, NULL), 200);
	assert_string_equal(b->body, figures);
	assert_int_equal(browse_api(b, HTTP_GET, REPORT, NULL), 200);
	assert_string_equal(b->body, report);
	browse_free(b);
}

static void test_steps_of_a_year(void **state)
{
	struct world *w = *state;
	struct ctx *c = w->c;
	community_id id = place(w, "Chemin", 2020, "2015");
	struct said way = { id, STEP_KIND_BECOMING_SCIC, 2021, false },
		    scic = { id, STEP_KIND_SCIC, 2024, false },
		    closed = { id, STEP_KIND_CLOSED, 2025, false },
		    later = { id, STEP_KIND_CLOSED, 2027, false };
	assert_int_equal(db_write(c, say, &way), OK);
	assert_int_equal(counted(c, INDICATOR_BECOMING_SCIC, today), 1);
	assert_int_equal(db_write(c, say, &scic), OK);
	assert_string_equal(cast_text(w, "SELECT legal_form FROM community WHERE id = %lld", (long long)id.v),
			    "scic");
	/* Nobody had said anything in 2019; in 2020 it was what was written then. */
	assert_int_equal(counted(c, INDICATOR_PLACES, day_of(2019, 6, 1)), 1);
	assert_int_equal(counted(c, INDICATOR_ASSOCIATION, day_of(2019, 6, 1)), 0);
	assert_int_equal(counted(c, INDICATOR_ASSOCIATION, day_of(2020, 6, 1)), 1);
	assert_int_equal(counted(c, INDICATOR_BECOMING_SCIC, day_of(2020, 6, 1)), 0);
	assert_int_equal(counted(c, INDICATOR_BECOMING_SCIC, day_of(2022, 6, 1)), 1);
	assert_int_equal(counted(c, INDICATOR_BECOMING_SCIC, day_of(2025, 1, 1)), 0);
	assert_int_equal(counted(c, INDICATOR_SCIC, day_of(2024, 12, 31)), 1);
	/* Nothing is counted before it opened, nor once it is closed. */
	assert_int_equal(counted(c, INDICATOR_PLACES, day_of(2014, 12, 31)), 0);
	assert_int_equal(db_write(c, say, &closed), OK);
	assert_int_equal(counted(c, INDICATOR_PLACES, today), 0);
	assert_int_equal(counted(c, INDICATOR_PLACES, day_of(2024, 12, 31)), 1);
	closed.remove = true;
	assert_int_equal(db_write(c, say, &closed), OK);
	assert_int_equal(counted(c, INDICATOR_PLACES, today), 1);
	assert_int_equal(db_write(c, say, &closed), E_CONFLICT);
	assert_int_equal(db_write(c, say, &later), E_INVALID);
}

/* A change that was noted after a step is newer than it. */
static void test_an_edit_outlives_a_step(void **state)
{
	struct world *w = *state;
	struct ctx *c = w->c;
	community_id id = place(w, "Deux fois", 2018, "2015");
	struct said scic = { id, STEP_KIND_SCIC, 2020, false };
	struct edit sas = { id, "sas", true };
	assert_int_equal(db_write(c, say, &scic), OK);
	c->now.v += 86400;
	assert_int_equal(db_write(c, change, &sas), OK);
	assert_int_equal(counted(c, INDICATOR_SCIC, today), 0);
	assert_int_equal(counted(c, INDICATOR_SCIC, day_of(2022, 1, 1)), 1);
	assert_int_equal(counted(c, INDICATOR_ASSOCIATION, day_of(2019, 1, 1)), 1);
}

static void test_a_steward_tells_a_step(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	community_id id = place(w, "Page", 2020, "2015");
	person_id ines = cast_person(w, "Inès", "ines@example.org");
	membership_id m = cast_member(w, ines, id, "staff", ROLE_MEMBER | ROLE_MANAGER);
	const char *page = talloc_asprintf(w->c->mem, "/communities/%s/figures",
					   cast_pub(w, "community", id.v));
	const char *steps = talloc_asprintf(w->c->mem, "/communities/%s/steps",
					    cast_pub(w, "community", id.v));
	assert_int_not_equal(browse_post(b, steps, "kind=scic&year=2022"), 303);
	browse_sign_in(b, ines);
	browse_act_as(b, m);
	assert_int_equal(browse_post(b, steps, "kind=becoming_scic&year=2022&note=AG+de+mai"), 303);
	assert_int_equal(browse_post(b, steps, "kind=becoming_scic&year=2031"), 422);
	assert_int_equal(browse_get(b, page), 200);
	assert_true(browse_has(b, "en chemin vers la Scic"));
	assert_true(browse_has(b, "AG de mai"));
	browse_free(b);
}

/* A year that a place speaks of is there from that year on. */
static void test_years_of_a_territory(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	community_id id = place(w, "Chiffrée", 2020, "2015");
	place(w, "Muette", 2020, "2017");
	for (int year = 2023; year <= 2025; year++)
		cast_run(
			w,
			"INSERT INTO community_figure (community, year, kind, value) VALUES (%lld, %d, 'staff', %d)",
			(long long)id.v, year, year - 2020);
	assert_int_equal(browse_api(b, HTTP_GET, "/observatory/series?source=all&territory=country:FR", NULL),
			 200);
	assert_true(browse_has(b, "\"year\":2015"));
	assert_true(browse_has(b, "\"year\":2025"));
	assert_int_equal(browse_api(b, HTTP_GET,
				    "/observatory/series?source=all&territory=country:FR&on=2023-12-31",
				    NULL),
			 200);
	assert_false(browse_has(b, "\"year\":2025"));
	assert_int_equal(browse_get(b, "/observatory/series?source=all&territory=country:FR"), 200);
	assert_true(browse_has(b, "personnes salariées"));
	assert_int_equal(browse_get(b, "/observatory/series.csv?source=all&territory=country:FR"), 200);
	assert_true(browse_has(b, "2025;0;0;0;0;;0;5;1"));
	browse_free(b);
}

/* A territory is typed: the one that was meant, or those to choose from. */
static void test_a_territory_as_it_is_typed(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	int64_t n;
	assert_int_equal(territory_load(w->c, &n), OK);
	assert_int_equal(browse_get(b, "/observatory/figures?source=all&on=2022-01-01&find=D%C3%A9partement"),
			 303);
	assert_non_null(
		strstr(browse_location(b), "/territories/choose?page=figures&source=all&on=2022-01-01&q="));
	assert_int_equal(browse_get(b, "/territories/choose?q=vienne&page=report"), 200);
	assert_true(browse_has(b, "/observatory/report?territory=departement%3A86"));
	assert_true(browse_has(b, "Haute-Vienne"));
	assert_int_equal(browse_get(b, "/territories?find=vienne+(d%C3%A9partement+86)"), 303);
	assert_non_null(strstr(browse_location(b), "/territories?territory=departement%3A86"));
	/* By one of its communes. */
	assert_int_equal(browse_get(b, "/territories/choose?q=ligug%C3%A9"), 200);
	assert_true(browse_has(b, "Grand Poitiers"));
	assert_int_equal(browse_get(b, "/territories/choose?q=zzzz"), 200);
	assert_int_equal(browse_get(b, "/observatory/access?territory=departement:86&level=epci"), 200);
	assert_true(browse_has(b, "Grand Poitiers"));
	assert_false(browse_has(b, "Bordeaux"));
	assert_int_equal(browse_get(b, "/observatory/access?territory=departement:999"), 404);
	assert_int_equal(browse_get(b, "/territories/bands.csv?territory=region:75"), 200);
	browse_free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_what_changes_later_moves_nothing),
		BOTH(test_steps_of_a_year),
		BOTH(test_an_edit_outlives_a_step),
		BOTH(test_a_steward_tells_a_step),
		BOTH(test_years_of_a_territory),
		BOTH(test_a_territory_as_it_is_typed),
	};
	return cmocka_run_group_tests_name("known", tests, NULL, NULL);
}
