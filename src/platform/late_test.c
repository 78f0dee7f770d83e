#include "base/test.h"

#include "platform/late.h"
#include "platform/late_curl.h"
#include "platform/late_draw.h"
#include "platform/late_pq.h"

static void every_function_is_there(void **state)
{
	(void)state;
	assert_null(late_missing());
	assert_ptr_not_equal(curl_easy_init, NULL);
	assert_ptr_not_equal(PQtransactionStatus, NULL);
	assert_ptr_not_equal(pango_layout_set_wrap, NULL);
	assert_int_equal(PQstatus(NULL), CONNECTION_BAD);
	assert_string_equal(curl_easy_strerror(CURLE_OK), "No error");
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(every_function_is_there) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
