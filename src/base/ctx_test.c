#include "base/test.h"

#include "base/ctx.h"
#include "base/test_ctx.h"

static void fail_records_the_reason_and_hands_the_code_back(void **state)
{
	struct ctx *c = *state;
	assert_int_equal(fail(c, E_CONFLICT, "booking.full"), E_CONFLICT);
	assert_int_equal(c->failure.code, E_CONFLICT);
	assert_string_equal(c->failure.key, "booking.full");
	assert_null(c->failure.field);
	assert_int_equal(c->failure.n_args, 0);
}

static void fail_with_copies_its_values(void **state)
{
	struct ctx *c = *state;
	char name[] = "Ligugé";
	assert_int_equal(fail_with(c, E_QUOTA, "k", "place", name, "left", "2", NULL), E_QUOTA);
	memset(name, 'x', 3);
	assert_int_equal(c->failure.n_args, 2);
	assert_string_equal(c->failure.args[0].name, "place");
	assert_string_equal(c->failure.args[0].value, "Ligugé");
	assert_string_equal(c->failure.args[1].value, "2");
	/* a value taken from the former failure survives it */
	assert_int_equal(fail_with(c, E_QUOTA, "k2", "a", c->failure.args[1].value, NULL), E_QUOTA);
	assert_string_equal(c->failure.args[0].value, "2");
}

static void fail_with_takes_four_values_and_leaves_the_rest(void **state)
{
	struct ctx *c = *state;
	assert_int_equal(fail_with(c, E_DB, "k", "a", "1", "b", "2", "c", "3", "d", NULL, "e", "5", NULL),
			 E_DB);
	assert_int_equal(c->failure.n_args, FAILURE_ARGS);
	assert_string_equal(c->failure.args[3].value, "");
}

static void fail_field_blames_the_field_and_forgets_the_former_values(void **state)
{
	struct ctx *c = *state;
	assert_int_equal(fail_with(c, E_QUOTA, "k", "a", "1", NULL), E_QUOTA);
	assert_int_equal(fail_field(c, "email", "form.required"), E_INVALID);
	assert_string_equal(c->failure.field, "email");
	assert_int_equal(c->failure.n_args, 0);
}

static void memory_is_zeroed_named_and_owned(void **state)
{
	struct ctx *c = *state;
	struct actor *a = new_zero(c, struct actor);
	assert_int_equal(a->person.v, 0);
	assert_string_equal(talloc_get_name(a), "struct actor");
	assert_ptr_equal(talloc_parent(a), c);
	int *many = new_array(c, int, 1000), sum = 0;
	for (int i = 0; i < 1000; i++)
		sum |= many[i];
	assert_int_equal(sum, 0);
	assert_non_null(new_array(c, int, 0));
	assert_string_equal(fmt(c, "%d %s", 3, "jours"), "3 jours");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(fail_records_the_reason_and_hands_the_code_back, ctx_setup,
						ctx_teardown),
		cmocka_unit_test_setup_teardown(fail_with_copies_its_values, ctx_setup, ctx_teardown),
		cmocka_unit_test_setup_teardown(fail_with_takes_four_values_and_leaves_the_rest, ctx_setup,
						ctx_teardown),
		cmocka_unit_test_setup_teardown(fail_field_blames_the_field_and_forgets_the_former_values,
						ctx_setup, ctx_teardown),
		cmocka_unit_test_setup_teardown(memory_is_zeroed_named_and_owned, ctx_setup, ctx_teardown),
	};
	return cmocka_run_group_tests_name("ctx", tests, NULL, NULL);
}
