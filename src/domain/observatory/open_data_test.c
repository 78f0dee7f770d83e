/* Open data: what is known is in the files, what is not is left out. */
#include "base/test.h"

#include <jansson.h>
#include <string.h>

#include "browse.h"
#include "world.h"

static community_id known(struct world *w)
{
	community_id id = cast_community(w, "Atelier de l’Orme", "place");
	cast_run(
		w,
		"UPDATE community SET siret = '73282932000074', address = '12 rue des Tanneurs, 86000 Poitiers', "
		"insee = '86194', lat_e5 = 4658012, lon_e5 = -34012, website = 'https://orme.example/a|b', "
		"phone = '+33 5 49 00 00 00', activities = '=SOMME(1)' WHERE id = %lld",
		(long long)id.v);
	cast_run(
		w,
		"INSERT INTO community_typology (community, vocabulary, code) VALUES (%lld, 'national', 'fablab')",
		(long long)id.v);
	cast_run(
		w,
		"INSERT INTO community_typology (community, vocabulary, code) VALUES (%lld, 'national', 'tiers_lieux')",
		(long long)id.v);
	cast_run(
		w,
		"INSERT INTO community_typology (community, vocabulary, code) VALUES (%lld, 'study', 'fablab')",
		(long long)id.v);
	cast_run(
		w,
		"INSERT INTO community_url (community, rank, url) VALUES (%lld, 1, 'https://social.example/orme')",
		(long long)id.v);
	return id;
}

static void test_national(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	known(w);
	cast_community(w, "Le Préau", "place");
	cast_community(w, "Cardamine", "cae");
	assert_int_equal(browse_get(b, "/data/national-2.json"), 200);
	json_t *all = json_loads(b->body, 0, NULL), *first = json_array_get(all, 0),
	       *second = json_array_get(all, 1);
	assert_int_equal(json_array_size(all), 2);
	assert_string_equal(json_string_value(json_object_get(first, "pivot")), "73282932000074");
	assert_string_equal(json_string_value(json_object_get(first, "typologie")), "TIERS_LIEUX|FABLAB");
	assert_string_equal(json_string_value(json_object_get(first, "site_web")),
			    "https://orme.example/a%7Cb|https://social.example/orme");
	assert_true(json_real_value(json_object_get(first, "longitude")) < -0.34);
	static const char *const unknown[] = { "pivot", "latitude", "longitude", "adresse", "services" };
	for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
		assert_null(json_object_get(second, unknown[i]));
	json_decref(all);
	assert_int_equal(browse_get(b, "/data/national-2.csv"), 200);
	assert_true(browse_has(b, ",46.58012,-0.34012,TIERS_LIEUX|FABLAB,+33 5 49 00 00 00,"));
	assert_true(browse_has(b, "'=SOMME(1)"));
	assert_int_equal(browse_get(b, "/data/national-1.csv"), 200);
	assert_true(browse_has(b, ",-0.34012,,\"TIERS_LIEUX;Autre\",+33"));
	assert_true(browse_has(b, ",courriel,"));
	assert_false(browse_has(b, "itinerance"));
	browse_free(b);
}

static void test_geojson(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	known(w);
	cast_community(w, "Le Préau", "place");
	assert_int_equal(browse_get(b, "/data/communities.geojson"), 200);
	assert_string_equal(browse_header(b, "Content-Type"), "application/geo+json");
	assert_true(browse_has(b, "\"coordinates\":[-0.34012,46.58012]"));
	assert_true(browse_has(b, "\"geometry\":null"));
	assert_int_equal(browse_get(b, "/data/osm.geojson"), 200);
	assert_true(browse_has(b, "\"leisure\":\"hackerspace\""));
	assert_false(browse_has(b, "Préau"));
	browse_free(b);
}

static void test_centre_is_no_door(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	community_id id = known(w);
	cast_run(w,
		 "UPDATE community SET lat_e5 = (SELECT lat_e5 FROM commune WHERE insee = '86194'), "
		 "lon_e5 = (SELECT lon_e5 FROM commune WHERE insee = '86194') WHERE id = %lld",
		 (long long)id.v);
	bool there = cast_number(w, "SELECT COUNT(*) FROM commune WHERE insee = '86194'") == 1;
	browse_get(b, "/data/osm.geojson");
	assert_false(browse_has(b, "Orme"));
	browse_get(b, "/data/national-2.json");
	assert_false(browse_has(b, "latitude"));
	browse_get(b, "/data/communities.geojson");
	assert_true(browse_has(b, there ? "commune_centre" : "\"geometry\":null"));
	browse_free(b);
}

static void test_murmurations(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	const char *pub = cast_pub(w, "community", known(w).v);
	assert_int_equal(browse_get(b, talloc_asprintf(b->mem, "/communities/%s/murmurations.json", pub)),
			 200);
	assert_true(browse_has(b, "\"linked_schemas\":[\"organizations_schema-v1.0.0\"]"));
	assert_true(browse_has(b, "\"primary_url\":\"https://orme.example/a|b\""));
	assert_int_equal(browse_get(b, "/data/murmurations.json"), 200);
	assert_true(browse_has(
		b,
		talloc_asprintf(b->mem, "https://maillage.example/communities/%s/murmurations.json", pub)));
	assert_int_equal(browse_get(b, "/communities/00000000000000000000000000/murmurations.json"), 404);
	browse_free(b);
}

/* The same bytes for whoever reads, in any language, until something is changed. */
static void test_stable(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w), *other = browse_new(w);
	community_id id = known(w);
	browse_sign_in(other, cast_person(w, "Inès", "ines@example.org"));
	browse_get(other, "/language?to=en&back=/data");
	static const char *const files[] = { "/data/national-2.csv", "/data/communities.geojson",
					     "/data/murmurations.json" };
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		browse_get(b, files[i]);
		browse_get(other, files[i]);
		assert_string_equal(browse_header(b, "ETag"), browse_header(other, "ETag"));
	}
	browse_get(other, "/data/national-2.csv");
	cast_run(w, "UPDATE community SET phone = '05 49 11 11 11' WHERE id = %lld", (long long)id.v);
	browse_get(b, "/data/national-2.csv");
	assert_string_not_equal(browse_header(b, "ETag"), browse_header(other, "ETag"));
	assert_int_equal(browse_get(b, "/data"), 200);
	assert_true(browse_has(b, "/data/national-2.csv"));
	browse_free(b);
	browse_free(other);
}

static void test_changes(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	cast_community(w, "Le Préau", "place");
	cast_run(w, "UPDATE community SET created_at = %d", WORLD_NOW);
	community_id bread = cast_community(w, "Pain & Cie <3", "cae");
	const char *pub = cast_pub(w, "community", bread.v);
	cast_run(w, "UPDATE community SET created_at = %d, confirmed_at = %d WHERE id = %lld", WORLD_NOW,
		 WORLD_NOW + 3 * 86400, (long long)bread.v);
	assert_int_equal(browse_get(b, "/data/changes.json"), 200);
	const char *new = strstr(b->body, "Pain & Cie"), *old = strstr(b->body, "Préau");
	assert_true(new &&old &&new < old);
	assert_true(browse_has(b, "2026-11-27T09:00:00Z"));
	assert_int_equal(browse_get(b, "/data/changes.json?since=2026-11-26"), 200);
	assert_true(browse_has(b, "Pain"));
	assert_false(browse_has(b, "Préau"));
	assert_int_equal(browse_get(b, talloc_asprintf(b->mem, "/data/changes.json?after=%s", pub)), 200);
	assert_false(browse_has(b, "Pain"));
	assert_true(browse_has(b, "Préau"));
	assert_int_equal(browse_get(b, "/data/changes.atom"), 200);
	assert_true(
		browse_has(b, "<title>Pain &amp; Cie &lt;3</title><updated>2026-11-27T09:00:00Z</updated>"));
	assert_int_not_equal(browse_get(b, "/data/changes.atom?since=hier"), 200);
	browse_free(b);
}

/* A page holds 500; what follows is asked for by the address that it gives. */
static void test_changes_go_on(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	for (int i = 0; i < 501; i++)
		cast_community(w, talloc_asprintf(b->mem, "c%03d", i), "cae");
	cast_run(w, "UPDATE community SET created_at = %d", WORLD_NOW);
	browse_get(b, "/data/changes.json?since=2026-11-01");
	json_t *first = json_loads(b->body, 0, NULL), *second;
	const char *next = json_string_value(json_object_get(first, "next"));
	assert_int_equal(json_array_size(json_object_get(first, "items")), 500);
	assert_non_null(next);
	browse_get(b, strstr(next, "/data/"));
	second = json_loads(b->body, 0, NULL);
	assert_int_equal(json_array_size(json_object_get(second, "items")), 1);
	assert_true(json_is_null(json_object_get(second, "next")));
	json_decref(first);
	json_decref(second);
	browse_free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_national),	  BOTH(test_geojson), BOTH(test_centre_is_no_door),
		BOTH(test_murmurations),  BOTH(test_stable),  BOTH(test_changes),
		BOTH(test_changes_go_on),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
