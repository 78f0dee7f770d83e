#include "base/test.h"

#include "base/buf.h"

static int setup(void **state)
{
	struct buf *b = talloc(NULL, struct buf);
	buf_init(b, b, 0);
	*state = b;
	return 0;
}

static int teardown(void **state)
{
	talloc_free(*state);
	return 0;
}

static void starts_empty_and_ends_in_nul(void **state)
{
	struct buf *b = *state;
	assert_string_equal(b->s, "");
	assert_int_equal(b->len, 0);
	buf_str(b, NULL);
	buf_add(b, NULL, 0);
	assert_int_equal(b->len, 0);
	buf_char(b, 'x');
	assert_string_equal(b->s, "x");
}

static void grows_past_every_size(void **state)
{
	struct buf *b = *state;
	for (int i = 0; i < 10000; i++) {
		buf_char(b, (char)('a' + i % 26));
		assert_int_equal(b->s[b->len], 0);
		assert_true(b->len < b->cap);
	}
	assert_int_equal(b->len, 10000);
	assert_int_equal(b->s[9999], 'a' + 9999 % 26);
}

static void writes_whole_numbers_to_their_ends(void **state)
{
	struct buf *b = *state;
	buf_int(b, 0);
	buf_char(b, ' ');
	buf_int(b, INT64_MIN);
	buf_char(b, ' ');
	buf_int(b, INT64_MAX);
	assert_string_equal(b->s, "0 -9223372036854775808 9223372036854775807");
}

static void formats_what_does_and_does_not_fit(void **state)
{
	struct buf *b = *state;
	char long_text[301];
	memset(long_text, 'y', 300);
	long_text[300] = 0;
	buf_fmt(b, "%d", 1);
	buf_fmt(b, "%s|", long_text);
	assert_int_equal(b->len, 302);
	assert_int_equal(b->s[301], '|');
	assert_int_equal(b->s[302], 0);
	/* exactly one byte too many for the NUL */
	size_t fit = b->cap - b->len;
	buf_fmt(b, "%*s", (int)fit, "z");
	assert_int_equal(b->len, 302 + fit);
	assert_int_equal(b->s[b->len - 1], 'z');
}

static void html_writes_the_five_as_entities(void **state)
{
	struct buf *b = *state;
	buf_html(b, "a<b>&\"c\"'é");
	assert_string_equal(b->s, "a&lt;b&gt;&amp;&quot;c&quot;&#39;é");
	buf_html(b, NULL);
	buf_html(b, "");
	buf_html(b, "''");
	assert_string_equal(b->s + b->len - 10, "&#39;&#39;");
}

static void url_passes_only_unreserved_characters(void **state)
{
	struct buf *b = *state;
	buf_url(b, "aZ09-_.~ /?&=é");
	assert_string_equal(b->s, "aZ09-_.~%20%2F%3F%26%3D%C3%A9");
}

static void parameters_that_say_something(void **state)
{
	struct buf *b = *state;
	buf_str(b, "/places?");
	buf_param(b, "q", NULL);
	buf_param(b, "where", "Saint-Étienne");
	buf_param(b, "sort", "");
	buf_param(b, "is", "a b");
	assert_string_equal(b->s, "/places?where=Saint-%C3%89tienne&is=a%20b");
}

static void json_escapes_quotes_and_controls(void **state)
{
	struct buf *b = *state;
	buf_json(b, "a\"b\\c\n\t\r\x01\x1fé/");
	buf_json(b, NULL);
	assert_string_equal(b->s, "\"a\\\"b\\\\c\\n\\t\\r\\u0001\\u001fé/\"null");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(starts_empty_and_ends_in_nul, setup, teardown),
		cmocka_unit_test_setup_teardown(grows_past_every_size, setup, teardown),
		cmocka_unit_test_setup_teardown(writes_whole_numbers_to_their_ends, setup, teardown),
		cmocka_unit_test_setup_teardown(formats_what_does_and_does_not_fit, setup, teardown),
		cmocka_unit_test_setup_teardown(html_writes_the_five_as_entities, setup, teardown),
		cmocka_unit_test_setup_teardown(url_passes_only_unreserved_characters, setup, teardown),
		cmocka_unit_test_setup_teardown(parameters_that_say_something, setup, teardown),
		cmocka_unit_test_setup_teardown(json_escapes_quotes_and_controls, setup, teardown),
	};
	return cmocka_run_group_tests_name("buf", tests, NULL, NULL);
}
