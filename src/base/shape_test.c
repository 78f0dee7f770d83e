#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/shape.h"

static const char *const words[] = { "day", "hour", "credit" };
static const struct enumeration unit = { "unit", words, 3 };

struct pair {
	int64_t a;
	bool b;
};
static const struct field pair_fields[] = {
	{ .name = "a", .type = F_INT, .offset = offsetof(struct pair, a) },
	{ .name = "b", .type = F_BOOL, .offset = offsetof(struct pair, b) },
};
static const struct shape pair_shape = { "pair", sizeof(struct pair), 2, pair_fields };

static void words_have_indexes(void **state)
{
	(void)state;
	assert_int_equal(enum_find(&unit, "day"), 0);
	assert_int_equal(enum_find(&unit, "credit"), 2);
	assert_int_equal(enum_find(&unit, "cred"), -1);
	assert_int_equal(enum_find(&unit, ""), -1);
	assert_int_equal(enum_find(&unit, NULL), -1);
}

static void indexes_have_words(void **state)
{
	(void)state;
	assert_string_equal(enum_word(&unit, 1), "hour");
	assert_string_equal(enum_word(&unit, -1), "");
	assert_string_equal(enum_word(&unit, 3), "");
}

static void fields_are_found_by_name(void **state)
{
	(void)state;
	assert_ptr_equal(shape_field(&pair_shape, "b"), &pair_fields[1]);
	assert_null(shape_field(&pair_shape, "c"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_have_indexes),
		cmocka_unit_test(indexes_have_words),
		cmocka_unit_test(fields_are_found_by_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
