#include "base/test.h"

#include <stdlib.h>
#include <string.h>

#include "territory/outline.h"

static void test_every_level_is_there(void **state)
{
	(void)state;
	assert_int_equal(outline_tables[OUTLINE_REGION].n, 18);
	assert_int_equal(outline_tables[OUTLINE_DEPARTEMENT].n, 101);
	assert_int_equal(outline_tables[OUTLINE_ARRONDISSEMENT].n, 333);
	assert_int_equal(outline_tables[OUTLINE_EPCI].n, 1255);
}

static void test_codes_are_found(void **state)
{
	(void)state;
	assert_string_equal(outline_find(OUTLINE_DEPARTEMENT, "86")->code, "86");
	assert_string_equal(outline_find(OUTLINE_DEPARTEMENT, "2A")->code, "2A");
	assert_string_equal(outline_find(OUTLINE_DEPARTEMENT, "976")->code, "976");
	assert_non_null(outline_find(OUTLINE_EPCI, "200046977"));
	assert_null(outline_find(OUTLINE_DEPARTEMENT, "99"));
	assert_null(outline_find(OUTLINE_REGION, NULL));
}

static void test_a_walk_stays_in_its_box_and_ends(void **state)
{
	(void)state;
	for (int level = 0; level < OUTLINE_LEVELS; level++)
		for (size_t i = 0; i < outline_tables[level].n; i++) {
			const struct outline *o = &outline_tables[level].items[i];
			size_t rings = 0, points = 0;
			struct outline_walk w = outline_begin(o);
			for (; outline_ring(&w); rings++)
				for (; outline_point(&w); points++) {
					assert_in_range(w.lat_e5 + 9000000, o->south + 9000000,
							o->north + 9000000);
					assert_in_range(w.lon_e5 + 18000000, o->west + 18000000,
							o->east + 18000000);
				}
			assert_true(rings >= 1 && points >= 3 * rings);
			assert_ptr_equal(w.at, w.end);
		}
}

static void test_a_town_is_in_its_territory(void **state)
{
	(void)state;
	assert_string_equal(outline_at(OUTLINE_DEPARTEMENT, 4658000, 34000)->code, "86"); /* Poitiers */
	assert_string_equal(outline_at(OUTLINE_DEPARTEMENT, 4780000, -275000)->code,
			    "56");						      /* inland Morbihan */
	assert_string_equal(outline_at(OUTLINE_REGION, 4215000, 910000)->code, "94"); /* Corse */
	assert_string_equal(outline_at(OUTLINE_DEPARTEMENT, -2113000, 5550000)->code, "974"); /* La Réunion */
	assert_null(outline_at(OUTLINE_DEPARTEMENT, 4500000, -400000));			      /* the sea */
}

/* INSEE: km² of land. */
static void test_areas_are_near_the_cadastre(void **state)
{
	static const struct {
		enum outline_level level;
		const char *code;
		int64_t km2;
	} known[] = { { OUTLINE_REGION, "53", 27208 },	    { OUTLINE_REGION, "75", 84036 },
		      { OUTLINE_REGION, "94", 8680 },	    { OUTLINE_DEPARTEMENT, "86", 6990 },
		      { OUTLINE_DEPARTEMENT, "33", 10000 }, { OUTLINE_DEPARTEMENT, "2A", 4014 },
		      { OUTLINE_DEPARTEMENT, "974", 2504 } };
	(void)state;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		int64_t km2 = outline_km2(outline_find(known[i].level, known[i].code));
		if (llabs(km2 - known[i].km2) * 100 > known[i].km2 * 3)
			fail_msg("%s: %lld km²", known[i].code, (long long)km2);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_level_is_there),
		cmocka_unit_test(test_codes_are_found),
		cmocka_unit_test(test_a_walk_stays_in_its_box_and_ends),
		cmocka_unit_test(test_a_town_is_in_its_territory),
		cmocka_unit_test(test_areas_are_near_the_cadastre),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
