/* Every statement of the tree, against both databases: it must be understood
 * there and give the columns, of the types, that its struct says. */
#include "base/test.h"

#include "all_sql.h"
#include "world.h"

static rc check(struct world *w, const struct stmt *s, const char **why)
{
	*why = NULL;
	assert_int_equal(db_snapshot(w->c), OK);
	rc code = db_check(w->c, s, why);
	db_snapshot_end(w->c);
	return code;
}

static void test_every_statement(void **state)
{
	struct world *w = *state;
	size_t tried = 0, bad = 0;
	for (size_t f = 0; f < n_all_sql; f++)
		for (size_t i = 0; i < all_sql[f].n; i++, tried++) {
			const char *why;
			if (check(w, all_sql[f].stmts[i], &why) == OK)
				continue;
			print_error("%s: %s: %s\n", all_sql[f].path, all_sql[f].stmts[i]->name,
				    why ? why : world_key(w->c));
			bad++;
		}
	assert_int_equal(bad, 0);
	assert_true(tried > 100);
	print_message("%zu statements\n", tried);
}

/* The check itself finds what is wrong. */
static void test_a_wrong_statement_is_found(void **state)
{
	struct world *w = *state;
	static const struct field text[] = { { .name = "pub", .type = F_TEXT },
					     { .name = "name", .type = F_TEXT } };
	static const struct shape one = { "one", sizeof(const char *), 1, text };
	static const struct shape two = { "two", 2 * sizeof(const char *), 2, text };
	static const struct stmt no_table = { .name = "no_table",
					      .sqlite = "SELECT pub FROM nowhere",
					      .postgres = "SELECT pub FROM nowhere",
					      .out = &one };
	static const struct stmt swapped = { .name = "swapped",
					     .sqlite = "SELECT name, pub FROM community",
					     .postgres = "SELECT name, pub FROM community",
					     .out = &two };
	const char *why;
	assert_int_not_equal(check(w, &no_table, &why), OK);
	assert_int_not_equal(check(w, &swapped, &why), OK);
	assert_non_null(why);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_every_statement),
		BOTH(test_a_wrong_statement_is_found),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
