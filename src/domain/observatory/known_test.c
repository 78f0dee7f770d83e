/* A day that has passed stays as it was: statuses, links, openings and closings
 * that change later move no figure and no report of it. */
#include "base/test.h"

#include <string.h>

#include "base/civil.h"
#include "browse.h"
#include "observatory/indicator.h"
#include "observatory/known.h"
#include "observatory/printed.h"
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
	assert_true(browse_has(b, "Personnes salariées"));
	assert_int_equal(browse_get(b, "/observatory/series.csv?source=all&territory=country:FR"), 200);
	assert_true(browse_has(b, "2025;0;0;0;0;;0;5;1"));
	browse_free(b);
}

struct told {
	community_id id;
	int64_t year, value;
};

static rc tell(struct ctx *c, void *arg)
{
	const struct told *t = arg;
	struct figure_edit f = { .kind = FIGURE_KIND_REVENUE_KEUR, .year = t->year, .value = t->value };
	struct community_row row;
	TRY(community_get(c, t->id, &row));
	return community_figure(c, &row, &f);
}

static void write_on(struct world *w, day on, rc (*fn)(struct ctx *, void *), void *arg)
{
	w->c->now = local_to_utc(on, (minute){ 600 }, NULL);
	assert_int_equal(db_write(w->c, fn, arg), OK);
	w->c->now = (instant){ WORLD_NOW };
}

static void tell_on(struct world *w, community_id id, day on, int64_t year, int64_t value)
{
	struct told t = { id, year, value };
	write_on(w, on, tell, &t);
}

/* A yearly figure holds from the day it is told; a correction is a new fact, and moves no day before it. */
static void test_a_corrected_figure_keeps_the_past(void **state)
{
	struct world *w = *state;
	struct ctx *c = w->c;
	struct browse *b = browse_new(w);
	community_id id = place(w, "Corrigée", 2020, "2015"), old = place(w, "De toujours", 2020, "2015");
	const char *series = "/observatory/series.csv?source=all&territory=country:FR&on=2026-05-02";
	tell_on(w, id, day_of(2026, 3, 1), 2024, 100);
	tell_on(w, id, day_of(2026, 5, 1), 2024, 200);
	tell_on(w, id, day_of(2026, 7, 1), 2024, NONE);
	assert_int_equal(counted(c, INDICATOR_REVENUE_MEAN, day_of(2026, 2, 28)), 0);
	assert_int_equal(counted(c, INDICATOR_REVENUE_MEAN, day_of(2026, 3, 1)), 100);
	assert_int_equal(counted(c, INDICATOR_REVENUE_MEAN, day_of(2026, 4, 30)), 100);
	assert_int_equal(counted(c, INDICATOR_REVENUE_MEAN, day_of(2026, 5, 1)), 200);
	assert_int_equal(counted(c, INDICATOR_REVENUE_MEAN, today), 0);
	assert_int_equal(browse_get(b, series), 200);
	assert_true(browse_has(b, "2024;0;0;0;0;200;1;"));
	/* What was told before that was kept stands for all days. */
	cast_run(
		w,
		"INSERT INTO community_figure (community, year, kind, value) VALUES (%lld, 2022, 'revenue_keur', 70)",
		(long long)old.v);
	assert_int_equal(counted(c, INDICATOR_REVENUE_MEAN, day_of(2023, 1, 1)), 70);
	assert_int_equal(counted(c, INDICATOR_REVENUE_MEAN, day_of(2021, 1, 1)), 0);
	browse_free(b);
}

/* A year told first counts from it; when it is corrected, or taken back, what was counted before stays. */
static void test_a_corrected_year_keeps_the_past(void **state)
{
	struct world *w = *state;
	struct ctx *c = w->c;
	struct browse *b = browse_new(w);
	const char *series = "/observatory/series.csv?source=all&territory=country:FR&on=2026-04-30";
	community_id id = place(w, "Corrigée", 2020, "2015");
	struct said closed = { id, STEP_KIND_CLOSED, 2024, false },
		    back = { id, STEP_KIND_CLOSED, 2024, true },
		    sooner = { id, STEP_KIND_CLOSED, 2022, false };
	write_on(w, day_of(2026, 3, 1), say, &closed);
	write_on(w, day_of(2026, 5, 1), say, &back);
	write_on(w, day_of(2026, 5, 1), say, &sooner);
	assert_int_equal(counted(c, INDICATOR_PLACES, day_of(2023, 6, 1)), 1);
	assert_int_equal(counted(c, INDICATOR_PLACES, day_of(2025, 6, 1)), 0);
	assert_int_equal(counted(c, INDICATOR_PLACES, today), 0);
	assert_int_equal(browse_get(b, series), 200);
	assert_true(browse_has(b, "2024;0;0;1;1;"));
	sooner.remove = true;
	write_on(w, day_of(2026, 6, 1), say, &sooner);
	assert_int_equal(counted(c, INDICATOR_PLACES, today), 1);
	assert_int_equal(counted(c, INDICATOR_PLACES, day_of(2026, 5, 15)), 0);
	assert_int_equal(counted(c, INDICATOR_PLACES, day_of(2025, 6, 1)), 0);
	browse_free(b);
}

static rc begin(struct ctx *c, void *arg)
{
	const struct told *t = arg;
	struct community_row row;
	struct community_facts facts;
	TRY(community_get(c, t->id, &row));
	TRY(community_facts_of(c, t->id, &facts));
	facts.year_started = t->year;
	return community_change(c, &row, &facts);
}

static void test_a_corrected_opening_keeps_the_past(void **state)
{
	struct world *w = *state;
	struct ctx *c = w->c;
	struct browse *b = browse_new(w);
	community_id id = place(w, "Ouverte", 2025, "NULL");
	struct told first = { .id = id, .year = 2015 }, then = { .id = id, .year = 2018 };
	write_on(w, day_of(2026, 3, 1), begin, &first);
	assert_int_equal(counted(c, INDICATOR_PLACES, day_of(2016, 6, 1)), 1);
	write_on(w, day_of(2026, 5, 1), begin, &then);
	assert_int_equal(counted(c, INDICATOR_PLACES, day_of(2016, 6, 1)), 1);
	assert_int_equal(counted(c, INDICATOR_PLACES, day_of(2014, 6, 1)), 0);
	assert_int_equal(
		browse_get(b, "/observatory/series.csv?source=all&territory=country:FR&on=2026-04-30"), 200);
	assert_true(browse_has(b, "2015;1;"));
	assert_int_equal(browse_get(b, "/observatory/series.csv?source=all&territory=country:FR"), 200);
	assert_false(browse_has(b, "2015;1;"));
	assert_true(browse_has(b, "2018;1;"));
	browse_free(b);
}

/* The map, the list and where to open next look at the same day as the figures. */
static void test_the_map_and_the_lists_of_a_day(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	int64_t n;
	assert_int_equal(territory_load(w->c, &n), OK);
	community_id gone = place(w, "Fermée depuis", 2018, "2015");
	place(w, "Ouverte depuis", 2018, "2024");
	struct said closed = { gone, STEP_KIND_CLOSED, 2023, false };
	assert_int_equal(db_write(w->c, say, &closed), OK);
	cast_run(w, "UPDATE community SET insee = '86194', departement = '86'");
	for (int past = 0; past < 2; past++) {
		const char *seen = past ? "Fermée depuis" : "Ouverte depuis",
			   *unseen = past ? "Ouverte depuis" : "Fermée depuis";
		static const char *const paths[] = { "/map?layer=places%s",
						     "/map?layer=places%s&north=4700000",
						     "/observatory/figure?key=places&source=all%s" };
		for (size_t i = 0; i < 3; i++) {
			const char *path = talloc_asprintf(w->c->mem, paths[i], past ? "&on=2022-06-30" : "");
			assert_int_equal(browse_get(b, path), 200);
			assert_true(browse_has(b, seen));
			assert_false(browse_has(b, unseen));
		}
	}
	assert_int_equal(browse_get(b, "/map.geojson?on=2022-06-30&form=association"), 200);
	assert_true(browse_has(b, "Fermée depuis"));
	assert_int_equal(browse_get(b, "/map.geojson?on=2022-06-30&form=scic"), 200);
	assert_false(browse_has(b, "Fermée depuis"));
	assert_int_equal(browse_api(b, HTTP_GET, "/map?layer=density&level=epci&on=2022-06-30", NULL), 200);
	assert_true(browse_has(b, "\"name\":\"CU du Grand Poitiers\",\"places\":1"));
	assert_int_equal(browse_get(b, "/communities?on=2022-06-30"), 200);
	assert_true(browse_has(b, "Fermée depuis"));
	assert_false(browse_has(b, "Ouverte depuis"));
	assert_int_equal(browse_get(b, "/communities.csv?on=2022-06-30"), 200);
	assert_false(browse_has(b, "Ouverte depuis"));
	browse_free(b);
}

/* Every table says of which year its people and its limits are; a region has the nearer population. */
static void test_vintages_are_told(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	int64_t n;
	assert_int_equal(territory_load(w->c, &n), OK);
	assert_int_equal(printed_load(w->c), OK);
	assert_int_equal(browse_get(b, "/territories.csv?territory=country:METRO"), 200);
	assert_true(browse_has(b, ";2026-11-24;2023;2026"));
	assert_int_equal(browse_get(b, "/territories.csv?territory=country:METRO&on=2021-12-31"), 200);
	assert_true(browse_has(b, "8114361"));
	assert_true(browse_has(b, ";2021-12-31;2021;2026"));
	assert_int_equal(browse_api(b, HTTP_GET, "/territories?territory=region:84&on=2022-12-31", NULL),
			 200);
	assert_true(browse_has(b, "\"population\":8114361,\"population_year\":2021"));
	assert_int_equal(browse_get(b, "/territories?territory=epci:200069854"), 200);
	assert_true(browse_has(b, "populations légales de 2023"));
	assert_true(browse_has(b, "trop approchées"));
	assert_int_equal(browse_get(b, "/observatory/access.csv?territory=departement:86&level=epci"), 200);
	assert_true(browse_has(b, ";2026-11-24;2023;2026"));
	assert_int_equal(browse_get(b, "/observatory/where-next.csv?territory=epci:200069854&on=2020-01-01"),
			 200);
	assert_true(browse_has(b, ";2020-01-01;2023;2026"));
	assert_int_equal(browse_get(b, "/observatory/where-next?territory=arrondissement:863&sites=2"), 200);
	assert_true(browse_has(b, "Poitiers"));
	assert_int_equal(browse_get(b, "/observatory/where-next?find=vienne+(d%C3%A9partement+86)&sites=4"),
			 303);
	assert_non_null(strstr(browse_location(b), "sites=4"));
	assert_non_null(strstr(browse_location(b), "territory=departement%3A86"));
	assert_int_equal(browse_get(b, "/observatory/where-next?find=vienne"), 303);
	assert_non_null(strstr(browse_location(b), "/territories/choose?page=where_next"));
	assert_int_equal(browse_get(b, "/observatory/where-next?territory=epci:1"), 422);
	browse_free(b);
}

/* What places are and do, and the checklist of what is none. */
static void test_kinds_of_places(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	community_id id = place(w, "Atelier", 2018, "2015"), gone = place(w, "Fermé", 2018, "2015");
	struct said closed = { gone, STEP_KIND_CLOSED, 2023, false };
	assert_int_equal(db_write(w->c, say, &closed), OK);
	cast_run(
		w,
		"INSERT INTO community_typology (community, vocabulary, code) VALUES (%lld, 'study', 'fablab'), "
		"(%lld, 'study', 'cafe'), (%lld, 'study', 'fablab')",
		(long long)id.v, (long long)id.v, (long long)gone.v);
	cast_run(w, "UPDATE community SET functions = 'work share' WHERE id = %lld", (long long)id.v);
	assert_int_equal(browse_api(b, HTTP_GET, "/observatory/typologies", NULL), 200);
	assert_true(browse_has(b, "\"places\":1"));
	assert_true(browse_has(b, "{\"family\":\"study\",\"said\":1"));
	assert_true(browse_has(b, "\"label\":\"Fablab\",\"n\":1"));
	assert_true(browse_has(b, "{\"code\":\"share\",\"label\":\"Partager\",\"n\":1}"));
	assert_int_equal(browse_get(b, "/observatory/typologies.csv?on=2022-06-30"), 200);
	assert_true(browse_has(b, ";fablab;Fablab;2;"));
	assert_int_equal(browse_get(b, "/observatory/typologies"), 200);
	assert_true(browse_has(b, "/places?is=study%3Afablab"));
	assert_false(browse_has(b, "ce n’est pas un tiers-lieu"));
	assert_int_equal(browse_get(b, "/observatory/typologies?asked=1&closed=1"), 200);
	assert_true(browse_has(b, "ce n’est pas un tiers-lieu"));
	assert_int_equal(browse_get(b, "/observatory/typologies?asked=1"), 200);
	assert_true(browse_has(b, "Rien de ce que l’étude écarte"));
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
		BOTH(test_a_corrected_figure_keeps_the_past),
		BOTH(test_a_corrected_year_keeps_the_past),
		BOTH(test_a_corrected_opening_keeps_the_past),
		BOTH(test_the_map_and_the_lists_of_a_day),
		BOTH(test_vintages_are_told),
		BOTH(test_kinds_of_places),
		BOTH(test_a_territory_as_it_is_typed),
	};
	return cmocka_run_group_tests_name("known", tests, NULL, NULL);
}
