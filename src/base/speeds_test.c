#include "base/test.h"

#include "base/speeds.h"

static void test_parse(void **state)
{
	(void)state;
	struct speeds s;
	assert_int_equal(speeds_parse("15:30 45:50 240:70", &s), OK);
	assert_int_equal(s.n, 3);
	assert_int_equal(s.step[1].until, 45);
	assert_int_equal(s.step[2].kmh, 70);
	assert_int_equal(speeds_parse("60:50", &s), OK);
}

static void test_refused(void **state)
{
	static const char *const wrong[] = {
		"",
		"15",
		"15:",
		":30",
		"0:30",
		"15:0",
		"15:30 15:40",
		"15:30 10:40",
		"15:30  45:50",
		"15:30 ",
		"15:131",
		"601:30",
		"15:30,45:50",
		"-15:30",
		"15:30 x",
		"1000:10",
		"15:00000030",
		"1:1 2:1 3:1 4:1 5:1 6:1 7:1 8:1 9:1",
	};
	(void)state;
	struct speeds s;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		if (speeds_parse(wrong[i], &s) == OK)
			fail_msg("taken: \"%s\"", wrong[i]);
}

static void test_metres(void **state)
{
	(void)state;
	struct speeds s;
	assert_int_equal(speeds_parse("15:30 45:50 240:70", &s), OK);
	assert_int_equal(speeds_metres(&s, 0), 0);
	assert_int_equal(speeds_metres(&s, 10), 5000);
	assert_int_equal(speeds_metres(&s, 15), 7500);
	assert_int_equal(speeds_metres(&s, 30), 7500 + 12500);
	assert_int_equal(speeds_metres(&s, 60), 7500 + 25000 + 17500);
	assert_int_equal(speeds_metres(&s, 300), 7500 + 25000 + 255 * 70000 / 60);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_parse), cmocka_unit_test(test_refused),
					    cmocka_unit_test(test_metres) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
