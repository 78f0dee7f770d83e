#include "base/test.h"

#include "base/rc.h"

static void each_code_has_a_status_and_a_name_of_its_own(void **state)
{
	(void)state;
	for (int i = 0; i < RC_COUNT; i++) {
		int status = rc_status((rc)i);
		assert_true(i == OK ? status == 200 : status >= 400 && status < 600);
		assert_non_null(rc_name((rc)i));
		for (int j = 0; j < i; j++)
			assert_string_not_equal(rc_name((rc)i), rc_name((rc)j));
	}
}

static void statuses_are_those_of_the_contract(void **state)
{
	(void)state;
	assert_int_equal(rc_status(E_INVALID), 422);
	assert_int_equal(rc_status(E_QUOTA), 409);
	assert_int_equal(rc_status(E_BUSY), 503);
	assert_string_equal(rc_name(E_CONFLICT), "conflict");
	assert_int_equal(rc_status((rc)999), 500);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_code_has_a_status_and_a_name_of_its_own),
		cmocka_unit_test(statuses_are_those_of_the_contract),
	};
	return cmocka_run_group_tests_name("rc", tests, NULL, NULL);
}
