#include "base/test.h"

#include "base/test_ctx.h"
#include "platform/url.h"

static TALLOC_CTX *mem;

static char *decode(const char *s, bool plus)
{
	return url_decode(mem, s, strlen(s), plus);
}

static void decodes_escapes(void **state)
{
	(void)state;
	assert_string_equal(decode("caf%C3%a9", false), "café");
	assert_string_equal(decode("", false), "");
	assert_string_equal(decode("a+b%2B", true), "a b+");
	assert_string_equal(decode("a+b%2B", false), "a+b+");
	assert_string_equal(url_decode(mem, "ab%41", 2, false), "ab");
}

static void refuses_bad_escapes_and_nul(void **state)
{
	static const char *const bad[] = { "%", "%4", "a%zz", "%4g", "%00", "a%00b", "%%41" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_null(decode(bad[i], true));
		assert_false(url_text_ok(bad[i], strlen(bad[i])));
	}
	assert_null(url_decode(mem, "a\0b", 3, true));
	assert_null(url_decode(mem, "%41", 2, true)); /* the escape ends past len */
	assert_false(url_text_ok("a\0b", 3));
}

static void knows_utf8(void **state)
{
	/* clang-format off */
	static const char *const bad[] = { "\xc0\xaf", "\xed\xa0\x80", "\xff", "a\xc3", "\xf5\x80\x80\x80",
					   "\xe0\x80\xaf" };
	static const char *const bad_escapes[] = { "%C0%AF", "%ED%A0%80", "%ff", "a%c3", "a%c3b", "%80%80%80%80" };
	/* clang-format on */

	(void)state;
	assert_true(utf8_ok("héé €𝄞", strlen("héé €𝄞")));
	assert_false(utf8_ok("a\0b", 3));
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_false(utf8_ok(bad[i], strlen(bad[i])));
		assert_false(url_text_ok(bad_escapes[i], strlen(bad_escapes[i])));
	}
	assert_true(url_text_ok("q=%C3%A9%e2%82%acx%F0%9D%84%9E", 30));
	assert_true(url_text_ok("", 0));
}

static void walks_parameters(void **state)
{
	static const char query[] = "a=1&&b&c=x%3Dy+z=&a=2&";
	static const char *const want[][2] = { { "a", "1" }, { "b", "" }, { "c", "x=y z=" }, { "a", "2" } };
	struct url_params it;
	const char *name, *value;
	size_t n = 0;

	(void)state;
	url_params_init(&it, mem, query, strlen(query));
	for (; url_params_next(&it, &name, &value); n++) {
		assert_string_equal(name, want[n][0]);
		assert_string_equal(value, want[n][1]);
	}
	assert_false(it.bad);
	assert_int_equal(n, 4);
}

static bool is_bad(const char *query, size_t len)
{
	struct url_params it;
	const char *name, *value;

	url_params_init(&it, mem, query, len);
	while (url_params_next(&it, &name, &value))
		;
	assert_false(url_params_next(&it, &name, &value)); /* stays ended */
	return it.bad;
}

static void parameters_are_strict_and_bounded(void **state)
{
	static const char *const bad[] = { "=1", "a=%", "a=%00", "a=%ff", "%zz=1", "a=1&=" };
	char many[2 * URL_PARAMS_MAX + 2];

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_true(is_bad(bad[i], strlen(bad[i])));
	for (size_t i = 0; i + 1 < sizeof(many); i += 2)
		memcpy(many + i, "a&", 2);
	assert_false(is_bad(many, 2 * URL_PARAMS_MAX));
	assert_true(is_bad(many, 2 * URL_PARAMS_MAX + 2));
}

TEST_MEM(mem)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(decodes_escapes),
		cmocka_unit_test(refuses_bad_escapes_and_nul),
		cmocka_unit_test(knows_utf8),
		cmocka_unit_test(walks_parameters),
		cmocka_unit_test(parameters_are_strict_and_bounded),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
