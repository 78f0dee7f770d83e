/* How far from the best: asked for, worked on, found again, cancelled, not too many at once. */
#include "base/test.h"

#include <string.h>

#include "browse.h"
#include "observatory/siting_ask.h"
#include "platform/jobs.h"

#define PAGE "/observatory/where-next/bound"

static const struct job_def job = { "siting.bounds", 60, true, bounds_work };

static void cast_country(struct world *w)
{
	world_script(
		w,
		"INSERT INTO region (code, name, chef_lieu, zone) VALUES ('11', 'Ici', '', 'metro');"
		"INSERT INTO departement (code, name, region, chef_lieu, zone) VALUES ('75', 'Près', '11', '', 'metro');");
	for (int i = 0; i < 40; i++)
		cast_run(
			w,
			"INSERT INTO commune (insee, name, folded, postal_codes, lat_e5, lon_e5, population, departement, region) "
			"VALUES ('750%02d', 'C%d', 'c', '', %d, %d, %d, '75', '11')",
			i, i, 4700000 + i * 7919 % 90000, 200000 + i * 104729 % 130000,
			500 + i * 7907 % 3000);
}

static void work(struct world *w)
{
	for (int i = 0;
	     i < 500 &&
	     cast_number(w,
			 "SELECT COUNT(*) AS value FROM siting_bound WHERE state IN ('waiting', 'running')");
	     i++)
		assert_int_equal(jobs_run(&w->app, &job), OK);
}

static void test_ask(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	cast_country(w);
	assert_int_equal(browse_get(b, PAGE "?smallest=0&sites=3&km=15"), 200);
	assert_true(browse_has(b, "Lancer le calcul"));
	assert_int_equal(browse_post(b, PAGE, "smallest=0&sites=3&km=15"), 303);
	assert_int_equal(browse_get(b, browse_location(b)), 200);
	assert_true(browse_has(b, "Arrêter le calcul"));
	work(w);
	assert_int_equal(
		cast_number(
			w,
			"SELECT COUNT(*) AS value FROM siting_bound WHERE state = 'done' AND bound >= value AND asker IS NULL"),
		1);
	assert_int_equal(browse_get(b, PAGE "?smallest=0&sites=3&km=15"), 200);
	assert_true(browse_has(b, "du meilleur possible"));
	assert_int_equal(browse_api(b, HTTP_GET, PAGE "?smallest=0&sites=3&km=15", NULL), 200);
	assert_true(browse_has(b, "\"state\":\"done\""));
	assert_int_equal(browse_post(b, PAGE, "smallest=0&sites=3&km=15"), 303);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM siting_bound"), 1);
	browse_free(b);
}

/* The bound of a past day is of the places of that day, in the job too. */
static void test_ask_of_a_day(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	cast_country(w);
	community_id place = cast_community(w, "Neuf", "place");
	cast_run(w, "UPDATE community SET insee = '75001', year_started = 2024 WHERE id = %lld",
		 (long long)place.v);
	assert_int_equal(browse_post(b, PAGE, "smallest=0&sites=3&km=15&on=2022-12-31"), 303);
	assert_non_null(strstr(browse_location(b), "on=2022-12-31"));
	assert_int_equal(browse_post(b, PAGE, "smallest=0&sites=3&km=15"), 303);
	work(w);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM siting_bound WHERE state = 'done'"),
			 2);
	assert_int_equal(browse_get(b, PAGE "?smallest=0&sites=3&km=15&on=2022-12-31"), 200);
	assert_true(browse_has(b, "du meilleur possible"));
	browse_free(b);
}

/* Two at once for an address; one cancelled makes room; only who asked may cancel. */
static void test_limits(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w), *other = browse_new(w);
	cast_country(w);
	other->peer = "192.0.2.7";
	assert_int_equal(browse_post(b, PAGE, "smallest=0&sites=1"), 303);
	assert_int_equal(browse_post(b, PAGE, "smallest=0&sites=2"), 303);
	assert_true(browse_post(b, PAGE, "smallest=0&sites=3") >= 400);
	const char *cancel = fmt(w->c, "bound=%s",
				 cast_text(w, "SELECT MIN(pub) AS value FROM siting_bound"));
	assert_int_equal(browse_post(other, PAGE "/cancel", cancel), 404);
	assert_int_equal(browse_post(b, PAGE "/cancel", cancel), 303);
	assert_non_null(strstr(browse_location(b), PAGE "?sites="));
	assert_int_equal(browse_get(b, browse_location(b)), 200);
	assert_true(browse_has(b, "Le calcul est arrêté."));
	assert_int_equal(browse_post(b, PAGE, "smallest=0&sites=3"), 303);
	work(w);
	/* Pressed just as it ended, or twice. */
	assert_int_equal(browse_post(b, PAGE "/cancel", cancel), 303);
	assert_int_equal(browse_get(b, browse_location(b)), 200);
	assert_true(browse_has(b, "Le calcul était déjà terminé."));
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM siting_bound WHERE state = 'done'"),
			 2);
	browse_free(other);
	browse_free(b);
}

/* Places that came since make it another question: the old work is dropped. */
static void test_changed(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	cast_country(w);
	assert_int_equal(browse_post(b, PAGE, "smallest=0&sites=3"), 303);
	community_id place = cast_community(w, "Neuf", "place");
	cast_run(w, "UPDATE community SET insee = '75001' WHERE id = %lld", (long long)place.v);
	work(w);
	assert_int_equal(
		cast_number(w, "SELECT COUNT(*) AS value FROM siting_bound WHERE state = 'cancelled'"), 1);
	browse_free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = { BOTH(test_ask), BOTH(test_ask_of_a_day), BOTH(test_limits),
					    BOTH(test_changed) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
