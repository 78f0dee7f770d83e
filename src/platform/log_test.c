#include "base/test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "platform/log.h"

static int fds[2];
static char line[70000];

/* What was written, without the time that begins it. */
static const char *written(void)
{
	ssize_t n = read(fds[0], line, sizeof(line) - 1);

	line[n > 0 ? n : 0] = 0;
	return strlen(line) > 27 ? line + 27 : line;
}

static void writes_a_line(void **state)
{
	char word[] = "x";
	int year, month, dom, hour, minute, second, ms;

	(void)state;
	log_info("request", KV("method", "GET"), KV("status", 200), KV("word", word), KV("n", INT64_MIN));
	assert_string_equal(written(), " level=info msg=request method=GET status=200 word=x "
				       "n=-9223372036854775808\n");
	assert_int_equal(sscanf(line, "ts=%4d-%2d-%2dT%2d:%2d:%2d.%3dZ ", &year, &month, &dom, &hour, &minute,
				&second, &ms),
			 7);
	assert_in_range(year, 2024, 2999);
	log_warn("no fields");
	assert_string_equal(written(), " level=warn msg=\"no fields\"\n");
}

static void quotes_and_escapes(void **state)
{
	/* clang-format off */
	static const char *const cases[][2] = {
		{ "plain-é/é?x", "plain-é/é?x" }, { "", "\"\"" }, { "a b", "\"a b\"" }, { "a=b", "\"a=b\"" },
		{ "a\"b\\", "\"a\\\"b\\\\\"" }, { "a\nlevel=error\r\x1b[0m\x7f", "\"a\\nlevel=error\\x0d\\x1b[0m\\x7f\"" },
		{ "bad \xff utf8 é", "\"bad \\xff utf8 \\xc3\\xa9\"" }, { NULL, "\"\"" },
	};
	/* clang-format on */
	char want[100];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		log_error("m", KV("k", cases[i][0]));
		snprintf(want, sizeof(want), " level=error msg=m k=%s\n", cases[i][1]);
		assert_string_equal(written(), want);
	}
}

static void keeps_lines_bounded(void **state)
{
	char *huge = malloc(60001), want[1100];

	(void)state;
	memset(huge, 'a', 60000);
	huge[60000] = 0;
	log_info("m", KV("k", huge));
	snprintf(want, sizeof(want), " level=info msg=m k=\"%.1024s…\"\n", huge);
	assert_string_equal(written(), want);
	memcpy(huge + 1023, "é", 2); /* not cut in the middle of a character */
	log_info("m", KV("k", huge));
	snprintf(want, sizeof(want), " level=info msg=m k=\"%.1023s…\"\n", huge);
	assert_string_equal(written(), want);
	log_info("m", KV("a", huge), KV("b", huge), KV("c", huge), KV("d", huge), KV("e", huge),
		 KV("f", huge), KV("g", huge), KV("h", huge), KV("i", huge), KV("j", huge));
	written();
	assert_true(strlen(line) <= 8192);
	assert_int_equal(line[strlen(line) - 1], '\n');
	free(huge);
}

static const char *written_soon(void)
{
	const char *s = written();

	for (int i = 0; i < 1000 && !*s; i++) {
		usleep(10000);
		s = written();
	}
	return s;
}

static void lines_together_keep_their_order(void **state)
{
	(void)state;
	log_together(true);
	log_info("first");
	log_warn("second"); /* at once */
	const char *both = written();
	assert_non_null(strstr(both, "second"));
	assert_true(strstr(both, "first") && strstr(both, "first") < strstr(both, "second"));
	log_info("third");
	assert_string_equal(written_soon(), " level=info msg=third\n");
	log_info("fourth");
	log_together(false);
	assert_string_equal(written(), " level=info msg=fourth\n");
	log_info("fifth");
	assert_string_equal(written(), " level=info msg=fifth\n");
}

static int evaluated(int n)
{
	static int times;

	return times += n;
}

static void keeps_to_its_level(void **state)
{
	enum log_level level;

	(void)state;
	assert_true(log_level_parse("warn", &level));
	assert_false(log_level_parse("loud", &level));
	log_set_level(level);
	log_info("m", KV("k", evaluated(1)));
	assert_int_equal(evaluated(0), 0); /* not even worked out */
	assert_string_equal(written(), "");
	log_warn("m");
	assert_string_equal(written(), " level=warn msg=m\n");
	assert_true(log_level_parse("off", &level));
	log_set_level(level);
	log_error("m");
	assert_string_equal(written(), "");
	log_set_level(LEVEL_DEBUG);
	log_debug("m");
	assert_string_equal(written(), " level=debug msg=m\n");
	log_set_level(LEVEL_INFO);
}

static int setup(void **state)
{
	(void)state;
	if (pipe2(fds, O_NONBLOCK) != 0)
		return -1;
	log_to(fds[1]);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(writes_a_line),       cmocka_unit_test(quotes_and_escapes),
		cmocka_unit_test(keeps_lines_bounded), cmocka_unit_test(lines_together_keep_their_order),
		cmocka_unit_test(keeps_to_its_level),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
