#include "base/test.h"

#include "base/decimal.h"

static void reads(const char *s, int places, int64_t wanted)
{
	int64_t v = 77;
	if (decimal_parse(s, places, &v) != OK)
		fail_msg("'%s' was refused", s);
	assert_int_equal(v, wanted);
}

static void refuses(const char *s, int places)
{
	int64_t v = 77;
	if (decimal_parse(s, places, &v) != E_INVALID)
		fail_msg("'%s' was read", s ? s : "NULL");
	assert_int_equal(v, 77);
}

static void money_is_read_to_the_cent(void **state)
{
	(void)state;
	reads("12,50", 2, 1250);
	reads("12.50", 2, 1250);
	reads("12,5", 2, 1250);
	reads("12", 2, 1200);
	reads("0,07", 2, 7);
	reads("0.29", 2, 29); /* 0.29 * 100 is 28.999… in floating point */
	reads("-3,20", 2, -320);
	reads("\u22123,20", 2, -320);
	reads("1\u202f204,50\u00a0€", 2, 120450);
	reads(" 1 204 € ", 2, 120400);
}

static void quantities_are_read_to_the_thousandth(void **state)
{
	(void)state;
	reads("4,5", 3, 4500);
	reads("0,125", 3, 125);
	reads("-1", 3, -1000);
}

static void whole_numbers_have_no_decimals(void **state)
{
	(void)state;
	reads("42", 0, 42);
	reads("9007199254740991", 0, DECIMAL_MAX);
	refuses("42,0", 0);
	refuses("42.", 0);
	refuses("9007199254740992", 0);
	refuses("99999999999999999999999999", 0);
}

static void anything_else_is_refused(void **state)
{
	(void)state;
	static const char *const bad[] = { "",
					   " ",
					   "-",
					   ",5",
					   "12,",
					   "12,505",
					   "1,204.50",
					   "12,5 0",
					   "1e3",
					   "0x1",
					   "12 EUR",
					   "--1",
					   "1-",
					   "+1",
					   "NaN",
					   "٣",
					   "12\n",
					   "€",
					   "90071992547409,92" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		refuses(bad[i], 2);
	refuses(NULL, 2);
	refuses("12 €", 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(money_is_read_to_the_cent),
		cmocka_unit_test(quantities_are_read_to_the_thousandth),
		cmocka_unit_test(whole_numbers_have_no_decimals),
		cmocka_unit_test(anything_else_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
