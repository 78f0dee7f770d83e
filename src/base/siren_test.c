#include "base/test.h"

#include "base/siren.h"

static void sirens_are_checked(void **state)
{
	(void)state;
	assert_true(siren_ok("732829320")); /* the example of the literature */
	assert_true(siren_ok("356000000")); /* La Poste */
	assert_true(siren_ok("552100554"));
	assert_false(siren_ok("732829321"));
	assert_false(siren_ok("723829320")); /* two digits changed places */
	assert_false(siren_ok("73282932"));
	assert_false(siren_ok("7328293200"));
	assert_false(siren_ok("73282932a"));
	assert_false(siren_ok("732 829 320"));
	assert_false(siren_ok(""));
	assert_false(siren_ok(NULL));
}

static void sirets_are_checked(void **state)
{
	(void)state;
	assert_true(siret_ok("73282932000074"));
	assert_false(siret_ok("73282932000075"));
	assert_false(siret_ok("73282932100072")); /* Luhn's sum holds, its SIREN's does not */
	assert_false(siret_ok("7328293200007"));
	assert_false(siret_ok(NULL));
}

static void la_poste_has_her_own_rule(void **state)
{
	(void)state;
	assert_true(siret_ok("35600000000048"));  /* her seat follows Luhn */
	assert_true(siret_ok("35600000049837"));  /* an office: sum 45 */
	assert_false(siret_ok("35600000049838")); /* sum 46 */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sirens_are_checked),
		cmocka_unit_test(sirets_are_checked),
		cmocka_unit_test(la_poste_has_her_own_rule),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
