/* The public page of a community beyond its row, and what its stewards tick. */
#include "base/test.h"

#include <jansson.h>

#include "browse.h"
#include "people/people.h"
#include "people/profile.h"
#include "territory/territory.h"
#include "world.h"

struct cast {
	struct world *w;
	struct browse *b;
	community_id noyer;
	const char *path, *place;
};

static struct cast cast_of(struct world *w)
{
	struct cast k = { .w = w, .b = browse_new(w) };
	person_id malo = cast_person(w, "Malo", "malo@example.org");
	k.noyer = cast_community(w, "Les Usines </script><b>", "place");
	const char *pub = cast_pub(w, "community", k.noyer.v);
	k.path = fmt(w->c, "/communities/%s", pub);
	k.place = fmt(w->c, "/places/%s", pub);
	cast_member(w, malo, k.noyer, "staff", ROLE_MEMBER | ROLE_MANAGER);
	browse_sign_in(k.b, malo);
	return k;
}

static const char *under(struct cast *k, const char *tail)
{
	return fmt(k->w->c, "%s%s", k->path, tail);
}

static int64_t count(struct world *w, const char *from)
{
	return cast_number(w, "SELECT COUNT(*) AS value FROM %s", from);
}

static void test_ticks(void **state)
{
	struct cast k = cast_of(*state);
	const char *form = "s_fablab=1&b_innovation=1&f_laser_cutter=1&f_step_free=1&national_1=tiers_lieux&"
			   "urls=https%3A%2F%2Fexample.org%2Fusines%0D%0A";
	assert_int_equal(browse_get(k.b, under(&k, "/profile")), 200);
	assert_int_equal(browse_post(k.b, under(&k, "/profile"), form), 303);
	assert_int_equal(count(k.w, "community_typology"), 4);
	assert_int_equal(count(k.w, "community_feature"), 2);
	assert_int_equal(count(k.w, "field_source WHERE source = 'steward' AND field = 'typologies'"), 1);
	/* The same again changes nothing, and tells nothing. */
	assert_int_equal(browse_post(k.b, under(&k, "/profile"), form), 303);
	assert_int_equal(count(k.w, "audit WHERE action = 'community.profile'"), 1);
	assert_int_equal(browse_get(k.b, k.place), 200);
	assert_true(browse_has(k.b, "Découpe laser"));
	assert_true(browse_has(k.b, "https://example.org/usines"));
	assert_int_equal(browse_get(k.b, under(&k, "/profile")), 200);
	assert_true(browse_has(k.b, "name=\"f_laser_cutter\" checked"));
	assert_int_equal(browse_post(k.b, under(&k, "/profile"), "urls=javascript:alert(1)"), 422);
	assert_int_equal(count(k.w, "community_typology"), 4);
	/* Nobody else ticks. */
	struct browse *visitor = browse_new(k.w);
	assert_int_equal(browse_get(visitor, k.path), 200);
	assert_int_not_equal(browse_post(visitor, under(&k, "/profile"), form), 303);
	browse_free(visitor);
	browse_free(k.b);
}

/* What sources gave is read as words, not as ours inside. */
static void test_sources(void **state)
{
	struct cast k = cast_of(*state);
	cast_run(
		k.w,
		"INSERT INTO field_source (community, field, source, said, at) VALUES (%lld, 'kinds', 'osm', "
		"'place|network', 1), (%lld, 'cg_member', 'osm', 'yes', 1), (%lld, 'services', 'osm', 'Un|Deux', 1)",
		(long long)k.noyer.v, (long long)k.noyer.v, (long long)k.noyer.v);
	assert_int_equal(browse_get(k.b, k.path), 200);
	assert_true(browse_has(k.b, ">tiers-lieu, réseau<"));
	assert_true(browse_has(k.b, ">oui<"));
	assert_true(browse_has(k.b, ">Un, Deux<"));
	browse_free(k.b);
}

static json_t *block_of(struct browse *b)
{
	static const char begin[] = "<script type=\"application/ld+json\">";
	const char *at = strstr(b->body, begin);
	assert_non_null(at);
	at += sizeof begin - 1;
	const char *end = strstr(at, "</script>");
	assert_non_null(end);
	assert_null(memchr(at, '<', (size_t)(end - at)));
	return json_loadb(at, (size_t)(end - at), 0, NULL);
}

static void test_linked_data(void **state)
{
	struct cast k = cast_of(*state);
	cast_run(k.w,
		 "UPDATE community SET lat_e5 = 4650812, lon_e5 = 32500, phone = '05 49', siren = "
		 "'732829320' WHERE id = %lld",
		 (long long)k.noyer.v);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(browse_get(k.b, i ? k.place : k.path), 200);
		json_t *o = block_of(k.b);
		assert_non_null(o);
		assert_string_equal(json_string_value(json_object_get(o, "@type")), "LocalBusiness");
		assert_string_equal(json_string_value(json_object_get(o, "name")), "Les Usines </script><b>");
		double lat = json_real_value(json_object_get(json_object_get(o, "geo"), "latitude"));
		assert_true(lat > 46.50811 && lat < 46.50813);
		json_decref(o);
	}
	/* The centre of its commune is not where it stands. */
	int64_t n;
	assert_int_equal(territory_load(k.w->c, &n), OK);
	cast_run(
		k.w,
		"UPDATE community SET insee = '86133', lat_e5 = (SELECT lat_e5 FROM commune WHERE insee = '86133'), "
		"lon_e5 = (SELECT lon_e5 FROM commune WHERE insee = '86133') WHERE id = %lld",
		(long long)k.noyer.v);
	assert_int_equal(browse_get(k.b, k.path), 200);
	json_t *o = block_of(k.b);
	assert_null(json_object_get(o, "geo"));
	json_decref(o);
	browse_free(k.b);
}

static void test_stale(void **state)
{
	struct cast k = cast_of(*state);
	cast_run(k.w, "UPDATE community SET confirmed_at = %lld", (long long)(WORLD_NOW - CONFIRMED_FOR_S));
	assert_int_equal(browse_get(k.b, k.place), 200);
	assert_false(browse_has(k.b, "pas été confirmée depuis un an"));
	cast_run(k.w, "UPDATE community SET confirmed_at = %lld",
		 (long long)(WORLD_NOW - CONFIRMED_FOR_S - 1));
	assert_int_equal(browse_get(k.b, k.place), 200);
	assert_true(browse_has(k.b, "pas été confirmée depuis un an"));
	browse_free(k.b);
}

static void test_figures(void **state)
{
	struct cast k = cast_of(*state);
	assert_int_equal(browse_post(k.b, under(&k, "/figures"), "kind=staff&year=2024&value=3"), 303);
	assert_int_equal(browse_get(k.b, k.path), 200);
	assert_false(browse_has(k.b, "de 2024 à 2025"));
	assert_int_equal(browse_post(k.b, under(&k, "/figures"), "kind=staff&year=2025&value=5"), 303);
	assert_int_equal(browse_get(k.b, k.path), 200);
	assert_true(browse_has(k.b, "de 2024 à 2025"));
	browse_free(k.b);
}

int main(void)
{
	const struct CMUnitTest tests[] = { BOTH(test_ticks), BOTH(test_sources), BOTH(test_linked_data),
					    BOTH(test_stale), BOTH(test_figures) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
