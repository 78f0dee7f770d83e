/* Lambert-93 against its origin and points of known degrees. */
#include "base/lambert.h"

#include "base/test.h"

#include <math.h>

static const struct {
	double x, y, latitude, longitude;
} known[] = {
	{ 700000, 6600000, 46.5, 3 }, /* where it begins, by decree */
	{ 648237.103, 6862249.443, 48.8582, 2.2945 },
	{ 892390.222, 6247035.257, 43.2965, 5.3698 },
	{ 146632.979, 6836262.327, 48.3904, -4.4861 },
	{ 1228641.415, 6199160.625, 42.6976, 9.4509 },
	{ 656187.517, 7104472.924, 51.0344, 2.3768 },
};

static void test_known(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		double latitude, longitude;
		assert_true(lambert93_degrees(known[i].x, known[i].y, &latitude, &longitude));
		assert_true(fabs(latitude - known[i].latitude) < 1e-7);
		assert_true(fabs(longitude - known[i].longitude) < 1e-7);
	}
}

static void test_elsewhere(void **state)
{
	(void)state;
	double a, b;
	assert_false(lambert93_degrees(2.2945, 48.8582, &a, &b));
	assert_false(lambert93_degrees(6600000, 700000, &a, &b));
	assert_false(lambert93_degrees((double)NAN, 6600000, &a, &b));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known),
		cmocka_unit_test(test_elsewhere),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
