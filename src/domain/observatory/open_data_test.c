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
	assert_int_equal(browse_get(b, "/data"), 200);
	assert_true(browse_has(b, "De chaque lieu, seule la commune est connue"));
	browse_get(b, "/data/catalog.jsonld");
	assert_true(browse_has(b, "Vide aujourd’hui. De chaque lieu"));
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

/* When the record was changed, as the feed says it. */
static const char *changed(struct browse *b, const char *pub)
{
	browse_get(b, "/data/changes.json");
	const char *at = strstr(b->body, pub);
	at = at ? strstr(at, "\"updated\":\"") : NULL;
	return at ? talloc_strndup(b->mem, at + 11, 20) : "";
}

/* Hours, prices, photos and links are not in the row of the community; the feed moves all the same. */
static void test_changes_of_parts(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w), *host = browse_new(w);
	community_id id = cast_community(w, "Le Préau", "place"), cae = cast_community(w, "Cardamine", "cae");
	person_id malo = cast_person(w, "Malo", "malo@example.org");
	const char *pub = cast_pub(w, "community", id.v), *other = cast_pub(w, "community", cae.v);
	const char *row = talloc_asprintf(b->mem, "/communities/%s", pub);
	browse_sign_in(host, malo);
	browse_act_as(host, cast_member(w, malo, id, "staff", ROLE_MANAGER | ROLE_HOST));
	cast_run(w, "UPDATE community SET created_at = %d", WORLD_NOW - 10 * 86400);
	w->c->now.v = WORLD_NOW + 86400;
	assert_int_equal(
		browse_post(host, talloc_asprintf(b->mem, "%s/figures", row), "kind=staff&year=2025&value=3"),
		303);
	assert_string_equal(changed(b, pub), "2026-11-25T09:00:00Z");
	cast_run(
		w,
		"INSERT INTO link (pub, from_community, to_community, kind, from_confirmed_at) VALUES ('%s', %lld, %lld, "
		"'linked_cae', %d)",
		"0123456789abcdefghjkmnpqrs", (long long)id.v, (long long)cae.v, WORLD_NOW + 2 * 86400);
	assert_string_equal(changed(b, pub), "2026-11-26T09:00:00Z");
	assert_string_equal(changed(b, other), "2026-11-26T09:00:00Z");
	w->c->now.v = WORLD_NOW + 3 * 86400;
	assert_int_equal(browse_post(host, "/host/settings",
				     "opening=Mo-Fr+09:00-18:00&holidays=metropole&cancel_at=18:00"),
			 303);
	assert_string_equal(changed(b, pub), "2026-11-27T09:00:00Z");
	assert_string_equal(changed(b, other), "2026-11-26T09:00:00Z");
	browse_free(b);
	browse_free(host);
}

static void test_tables(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	community_id id = known(w);
	const char *pub = cast_pub(w, "community", id.v);
	cast_run(
		w,
		"INSERT INTO field_source (community, field, source, said, at) VALUES (%lld, 'phone', 'steward', "
		"'=1', %d)",
		(long long)id.v, WORLD_NOW);
	cast_run(
		w,
		"INSERT INTO community_figure (community, year, kind, value) VALUES (%lld, 2024, 'staff', 4)",
		(long long)id.v);
	assert_int_equal(browse_get(b, "/data/sources.csv"), 200);
	assert_true(browse_has(b, talloc_asprintf(b->mem,
						  "id,field,source,said,at\r\n%s,phone,steward,\"'=1\","
						  "2026-11-24T09:00:00Z\r\n",
						  pub)));
	browse_get(b, "/data/sources.json");
	json_t *all = json_loads(b->body, 0, NULL);
	assert_string_equal(json_string_value(json_object_get(json_array_get(all, 0), "said")), "=1");
	json_decref(all);
	browse_get(b, "/data/figures.csv");
	assert_true(browse_has(b, talloc_asprintf(b->mem, "%s,staff,2024,4,\r\n", pub)));
	browse_get(b, "/data/communities.geojson");
	assert_true(browse_has(b, "\"phone\":{\"source\":\"steward\",\"at\":\"2026-11-24T09:00:00Z\"}"));
	assert_int_equal(browse_get(b, "/data/links.json"), 200);
	assert_string_equal(b->body, "[]\n");
	assert_int_equal(browse_get(b, "/data/prices.csv"), 200);
	assert_int_equal(browse_get(b, "/data/regions.geojson"), 200);
	assert_int_equal(browse_get(b, "/data/communes.csv"), 200);
	browse_free(b);
}

/* Pages of other sites read open data, and nothing else of ours. */
/* A list of places is of those that receive; the directory's own file says the year. */
static void test_closed_is_told_from_open(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	community_id id = known(w);
	static const char *const lists[] = { "/data/national-2.json", "/data/national-2.csv",
					     "/data/national-1.json", "/data/national-1.csv",
					     "/data/osm.geojson",     "/data/murmurations.json" };
	char *profile = talloc_asprintf(b->mem, "/communities/%s/murmurations.json",
					cast_pub(w, "community", id.v));
	for (int closed = 0; closed < 2; closed++) {
		for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
			assert_int_equal(browse_get(b, lists[i]), 200);
			assert_int_equal(browse_has(b, "Atelier de l’Orme"), !closed);
		}
		assert_int_equal(browse_get(b, profile), closed ? 404 : 200);
		assert_int_equal(browse_get(b, "/data/communities.geojson"), 200);
		assert_true(browse_has(b, "Atelier de l’Orme"));
		assert_int_equal(browse_has(b, "\"closed\":2025"), closed);
		if (!closed)
			cast_run(
				w,
				"INSERT INTO community_step (community, kind, year, said_at) VALUES (%lld, 'closed', 2025, %d)",
				(long long)id.v, WORLD_NOW);
	}
	browse_free(b);
}

static void test_open_to_all(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	const char *pub = cast_pub(w, "community", known(w).v);
	static const char *const open[] = { "/data/national-2.csv", "/data/prices.json", "/data/changes.json",
					    "/data/catalog.jsonld", "/data/departements.geojson" };
	for (size_t i = 0; i < sizeof open / sizeof *open; i++) {
		assert_int_equal(browse_get(b, open[i]), 200);
		assert_string_equal(browse_header(b, "Access-Control-Allow-Origin"), "*");
	}
	const char *closed[] = { "/data", "/", "/account", talloc_asprintf(b->mem, "/places/%s", pub) };
	for (size_t i = 0; i < sizeof closed / sizeof *closed; i++) {
		browse_get(b, closed[i]);
		assert_null(browse_header(b, "Access-Control-Allow-Origin"));
	}
	browse_get(b, "/data");
	assert_true(browse_has(b, "Licence Ouverte 2.0"));
	browse_get(b, "/data/catalog.jsonld");
	json_t *all = json_loads(b->body, 0, NULL), *sets = json_object_get(all, "dcat:dataset");
	assert_int_equal(json_array_size(sets), 12);
	assert_int_equal(json_array_size(json_object_get(json_array_get(sets, 0), "dcat:distribution")), 2);
	json_decref(all);
	browse_free(b);
}

/* More than are read at a time: none is lost between, none comes twice, JSON is still one list. */
static void test_many(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	for (int i = 0; i < 3; i++)
		cast_community(w, talloc_asprintf(b->mem, "c%d", i), i == 1 ? "cae" : "place");
	cast_run(
		w,
		"INSERT INTO community (pub, name, folded, initials, is_cae, is_place, is_collective, is_network, "
		"is_public_body, is_company, is_other, functions, is_demo, created_at) "
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) "
		"SELECT 'zzzzzzzzzzzzzzzzzzzzzz' || (1000 + i), 'm' || i, 'm' || i, 'M', FALSE, TRUE, FALSE, FALSE, FALSE, "
		"FALSE, FALSE, '', FALSE, 0 FROM n");
	assert_int_equal(browse_get(b, "/data/national-2.json"), 200);
	json_t *all = json_loads(b->body, 0, NULL);
	assert_int_equal(json_array_size(all), 2002);
	json_decref(all);
	browse_get(b, "/data/communities.geojson");
	all = json_loads(b->body, 0, NULL);
	assert_int_equal(json_array_size(json_object_get(all, "features")), 2003);
	json_decref(all);
	browse_get(b, "/data/national-2.csv");
	size_t lines = 0;
	for (const char *s = b->body; (s = strstr(s, "\r\n")); s += 2)
		lines++;
	assert_int_equal(lines, 2003);
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
	/* Who keeps a copy learns that a record went into another. */
	cast_run(
		w,
		"INSERT INTO community_moved (pub, community, at) VALUES ('00000000000000000000000009', %lld, %d)",
		(long long)bread.v, WORLD_NOW + 4 * 86400);
	assert_int_equal(browse_get(b, "/data/changes.json?since=2026-11-28"), 200);
	assert_true(browse_has(b, "\"id\":\"00000000000000000000000009\""));
	assert_true(browse_has(b, talloc_asprintf(b->mem, "\"merged_into\":\"%s\"", pub)));
	assert_int_equal(browse_get(b, "/data/changes.atom"), 200);
	assert_true(browse_has(b, "/00000000000000000000000009\" when=\"2026-11-28T09:00:00Z\">"));
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
		BOTH(test_national),
		BOTH(test_geojson),
		BOTH(test_centre_is_no_door),
		BOTH(test_murmurations),
		BOTH(test_stable),
		BOTH(test_changes),
		BOTH(test_changes_go_on),
		BOTH(test_changes_of_parts),
		BOTH(test_tables),
		BOTH(test_closed_is_told_from_open),
		BOTH(test_open_to_all),
		BOTH(test_many),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
