#include "base/test.h"

#include "base/words.h"

static void whole_words_only(void **state)
{
	(void)state;
	assert_true(words_have("cape cesa", "cape"));
	assert_true(words_have("cape cesa", "cesa"));
	assert_true(words_have("cape", "cape"));
	assert_false(words_have("cape cesa", "ces"));
	assert_false(words_have("cape cesa", "ape"));
	assert_false(words_have("cape cesa", "cape cesa"));
	assert_false(words_have("escape", "cape"));
	assert_false(words_have("", "cape"));
	assert_false(words_have(NULL, "cape"));
	assert_false(words_have("cape cesa", ""));
}

static void adds_once(void **state)
{
	(void)state;
	struct ctx c = { .mem = talloc_new(NULL) };
	assert_string_equal(words_add(&c, NULL, "cape"), "cape");
	assert_string_equal(words_add(&c, "", "cape"), "cape");
	assert_string_equal(words_add(&c, "cape", "cesa"), "cape cesa");
	assert_string_equal(words_add(&c, "cape cesa", "cape"), "cape cesa");
	talloc_free(c.mem);
}

static void first_words_and_nothing_after(void **state)
{
	struct ctx *c = talloc_zero(NULL, struct ctx);
	const char *w[3];
	(void)state;
	c->mem = c;
	words_first(c, "  saint  denis ", w, 3);
	assert_string_equal(w[0], "saint");
	assert_string_equal(w[1], "denis");
	assert_string_equal(w[2], "");
	words_first(c, "un deux trois quatre", w, 3);
	assert_string_equal(w[2], "trois");
	talloc_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(first_words_and_nothing_after),
		cmocka_unit_test(whole_words_only),
		cmocka_unit_test(adds_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
