/* The list of communities, through the routes. */
#include "base/test.h"

#include "browse.h"
#include "import_cast.h"
#include "world.h"

static void test_directory(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	community_id noyer = cast_community(w, "Les Usines du Noyer", "place");
	cast_community(w, "Le Préau", "place");
	cast_run(
		w,
		"INSERT INTO region (code, name, chef_lieu, zone) VALUES ('75', 'Nouvelle-Aquitaine', '33063', 'metro')");
	cast_run(
		w,
		"INSERT INTO departement (code, name, region, chef_lieu, zone) VALUES ('86', 'Vienne', '75', '86194', 'metro')");
	cast_run(w, "UPDATE community SET folded = 'les usines du noyer', departement = '86' WHERE id = %lld",
		 (long long)noyer.v);
	cast_community(w, "Cardamine", "cae");
	assert_int_equal(browse_get(b, "/communities"), 200);
	assert_true(browse_has(b, "Cardamine"));
	assert_int_equal(browse_get(b, "/communities?q=noyer+usine&kind=place&departement=86"), 200);
	assert_true(browse_has(b, "Les Usines du Noyer"));
	assert_false(browse_has(b, "Le Préau"));
	assert_int_equal(browse_get(b, "/communities?kind=cae&sort=year"), 200);
	assert_false(browse_has(b, "Le Préau"));
	assert_int_equal(browse_get(b, "/communities.csv?kind=cae"), 200);
	assert_true(browse_has(b, "Cardamine"));
	for (int i = 0; i < 40; i++)
		cast_community(w, talloc_asprintf(b->mem, "zz %02d", i), "company");
	assert_int_equal(browse_get(b, "/communities?kind=company"), 200);
	assert_true(browse_has(b, "zz 29"));
	assert_false(browse_has(b, "zz 30"));
	const char *next = strstr(b->body, "/communities?kind=company&amp;after=");
	assert_non_null(next);
	browse_get(b, talloc_asprintf(b->mem, "/communities?kind=company&after=%.26s",
				      strstr(next, "after=") + 6));
	assert_false(browse_has(b, "zz 29"));
	assert_true(browse_has(b, "zz 39"));
	browse_free(b);
}

static void test_communities_near_a_point(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	community_id far = cast_community(w, "Au loin", "cae"),
		     close = cast_community(w, "Tout près", "network");
	cast_community(w, "Nulle part", "cae");
	cast_run(w, "UPDATE community SET lat_e5 = 4670000, lon_e5 = 30000 WHERE id = %lld",
		 (long long)far.v);
	cast_run(w, "UPDATE community SET lat_e5 = 4661000, lon_e5 = 30000 WHERE id = %lld",
		 (long long)close.v);
	assert_int_equal(browse_get(b, "/communities?lat=4660000&lon=30000"), 200);
	const char *first = strstr(b->body, "Tout près"), *second = strstr(b->body, "Au loin");
	assert_true(first && second && first < second);
	assert_false(browse_has(b, "Nulle part"));
	assert_int_equal(browse_get(b, "/communities?lat=4660000&lon=30000&km=5"), 200);
	assert_false(browse_has(b, "Au loin"));
	browse_get(b, talloc_asprintf(b->mem, "/communities?sort=near&near=%s",
				      cast_pub(w, "community", far.v)));
	assert_true(strstr(b->body, "Au loin") < strstr(b->body, "Tout près"));
	assert_int_equal(browse_get(b, "/communities.geojson?where=Nulleville"), 200);
	assert_true(browse_has(b, "Nulle part"));
	browse_free(b);
}

/* What lies across the sea is not near, and is told for what it is. */
static void test_the_nearest_is_told_with_the_sea_between(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	cast_towns(w);
	cast_run(w,
		 "UPDATE community SET lat_e5 = 4658000, lon_e5 = 34000, insee = '86194', departement = '86' "
		 "WHERE id = %lld",
		 (long long)cast_community(w, "Les Usines", "place").v);
	assert_int_equal(browse_get(b, "/places?lat=-2113000&lon=5550000"), 200);
	assert_true(browse_has(b, "Les Usines (Poitiers, "));
	assert_false(browse_has(b, "Chercher jusque-là"));
	assert_int_equal(browse_api(b, HTTP_GET, "/places?lat=-2113000&lon=5550000", NULL), 200);
	assert_true(browse_has(b, "\"across\":true"));
	assert_int_equal(browse_get(b, "/communities?lat=-2113000&lon=5550000"), 200);
	assert_true(browse_has(b, "par-delà la mer"));
	assert_int_equal(browse_get(b, "/places?lat=4400000&lon=30000&km=10"), 200);
	assert_true(browse_has(b, "Le plus proche qui réponde"));
	assert_true(browse_has(b, "km=300"));
	browse_free(b);
}

/* In the evening hardly a place is open any more, on a Sunday or a holiday none. */
static void test_the_day_that_is_meant(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	static const struct {
		int64_t now;
		const char *ask, *day;
	} tries[] = {
		{ WORLD_NOW, "/places", "2026-11-24" },			  /* Tuesday, ten */
		{ WORLD_NOW + 7 * 3600 + 3540, "/places", "2026-11-24" }, /* 17:59 */
		{ WORLD_NOW + 8 * 3600, "/places", "2026-11-25" },	  /* 18:00 */
		{ WORLD_NOW + 8 * 3600, "/places?on=2026-11-24", "2026-11-24" },
		{ WORLD_NOW + 4 * 86400 + 8 * 3600, "/places", "2026-11-30" },	/* Saturday evening */
		{ WORLD_NOW + 5 * 86400, "/places", "2026-11-30" },		/* Sunday */
		{ WORLD_NOW + 30 * 86400 + 8 * 3600, "/places", "2026-12-26" }, /* 24 December */
		{ WORLD_NOW, "/places?on=2026-11-01", "2026-11-24" },
	};
	for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
		w->c->now = (instant){ tries[i].now };
		assert_int_equal(browse_get(b, tries[i].ask), 200);
		assert_true(browse_has(
			b, talloc_asprintf(b->mem, "name=\"on\" type=\"date\" value=\"%s\"", tries[i].day)));
	}
	browse_free(b);
}

static void test_a_town_that_is_not_known_leaves_some_like_it(void **state)
{
	struct browse *b = browse_new(*state);
	cast_towns(*state);
	assert_int_equal(browse_get(b, "/places?where=Poitiersville&q=bois"), 200);
	assert_true(browse_has(b, "Aucune commune ne s’appelle"));
	assert_true(browse_has(b, "/places?q=bois&amp;where=Poitiers%20%2886%29\">Poitiers (86)</a>"));
	assert_int_equal(browse_get(b, "/communities?where=Poitiersville"), 200);
	assert_true(browse_has(b, "Peut-être"));
	assert_int_equal(browse_get(b, "/places?where=Zzzz"), 200);
	assert_false(browse_has(b, "Peut-être"));
	browse_free(b);
}

static void test_everything_is_searched_at_once(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	cast_towns(w);
	cast_community(w, "Moulin des Prés", "place");
	cast_community(w, "Moulins réunis", "network");
	cast_run(w,
		 "INSERT INTO fiche (pub, state, title, folded, created_at, updated_at) VALUES "
		 "('%026d', 'published', 'Un moulin partagé', 'un moulin partage', 1, 1), "
		 "('%026d', 'draft', 'Le moulin secret', 'le moulin secret', 1, 1)",
		 1, 2);
	cast_run(
		w,
		"INSERT INTO actor (pub, name, folded, kind, level, territory, intention, helps, priority, created_at, "
		"updated_at) VALUES ('%026d', 'Fonds des moulins', 'fonds des moulins', 'funder', 'country', 'FR', "
		"'Aider', 'money', 'high', 1, 1)",
		3);
	assert_int_equal(browse_get(b, "/search?q=MOULINS"), 200);
	assert_true(browse_has(b, "Moulin des Prés"));
	assert_true(browse_has(b, "Moulins réunis"));
	assert_true(browse_has(b, "Un moulin partagé"));
	assert_true(browse_has(b, "Fonds des moulins"));
	assert_false(browse_has(b, "secret"));
	assert_int_equal(browse_api(b, HTTP_GET, "/search?q=moulin&all=fiches", NULL), 200);
	assert_true(browse_has(b, "\"n\":1,"));
	assert_false(browse_has(b, "réunis"));
	assert_int_equal(browse_get(b, "/search?q=nulle+part"), 200);
	assert_true(browse_has(b, "Rien ne répond"));
	/* A town is proposed where names are looked for, with its wrong letters when nothing else answers. */
	assert_int_equal(browse_get(b, "/search?q=lyon"), 200);
	assert_true(browse_has(b, "autour de Lyon"));
	assert_true(browse_has(b, "/places?where=Lyon%20%2869%29"));
	assert_int_equal(browse_get(b, "/search?q=poitirs"), 200);
	assert_true(browse_has(b, "autour de Poitiers"));
	assert_int_equal(browse_get(b, "/search?q=moulin"), 200);
	assert_false(browse_has(b, "autour de"));
	assert_int_equal(browse_get(b, "/places?q=liguge"), 200);
	assert_true(browse_has(b, "where=Ligug%C3%A9%20%2886%29"));
	assert_int_equal(browse_get(b, "/places?q=moulin"), 200);
	assert_false(browse_has(b, "Cherchez autour"));
	assert_int_equal(browse_get(b, "/search"), 200);
	browse_free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_directory),
		BOTH(test_communities_near_a_point),
		BOTH(test_the_nearest_is_told_with_the_sea_between),
		BOTH(test_the_day_that_is_meant),
		BOTH(test_a_town_that_is_not_known_leaves_some_like_it),
		BOTH(test_everything_is_searched_at_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
