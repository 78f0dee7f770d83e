/* Towns to choose from, as a page and by the API. */
#include "base/test.h"

#include "browse.h"
#include "territory/territory.h"
#include "world.h"

static void test_choice(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	int64_t n;
	assert_int_equal(territory_load(w->c, &n), OK);
	assert_int_equal(browse_get(b, "/communes"), 200);
	assert_false(browse_has(b, "class=\"empty\""));
	/* Namesakes show what tells them apart, and each leads to itself. */
	assert_int_equal(browse_get(b, "/communes?q=st+denis"), 200);
	assert_true(browse_has(b, "Seine-Saint-Denis (93) · 93200, 93210"));
	assert_true(browse_has(b, "La Réunion (974) · "));
	assert_true(browse_has(b, "href=\"/places?where=Saint-Denis%20%2893%29\""));
	assert_int_equal(browse_get(b, "/communes?q=69003"), 200);
	assert_true(browse_has(b, "(Lyon 3e Arrondissement)"));
	assert_int_equal(browse_get(b, "/communes?q=zzzz"), 200);
	assert_true(browse_has(b, "class=\"empty\""));
	assert_int_equal(browse_api(b, HTTP_GET, "/communes?q=strassbourg", NULL), 200);
	assert_true(browse_has(b, "\"label\":\"Strasbourg (67)\""));
	assert_true(browse_has(b, "\"errors\":1"));
	browse_free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_choice),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
