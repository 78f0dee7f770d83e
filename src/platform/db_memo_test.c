/* What is kept in memory: made once a version, also for a transaction that is the first to ask. */
#include "base/test.h"

#include "platform/db_memo.h"
#include "world.h"

static int64_t version;
static int made;

static rc version_now(struct ctx *c, int64_t *out)
{
	(void)c;
	*out = version;
	return OK;
}

static rc make(struct ctx *c, TALLOC_CTX *owner, void **out)
{
	int64_t *value = talloc(owner, int64_t);
	*value = version;
	made++;
	*out = value;
	(void)c;
	return OK;
}

static const struct memo_kind kind = { "test", version_now, make };

static rc ask(struct ctx *c, void *arg)
{
	const void *value;
	TRY(memo_get(c, &kind, &value));
	*(int64_t *)arg = *(const int64_t *)value;
	return OK;
}

static void begin(void)
{
	version = 1;
	made = 0;
}

static void test_made_once_a_version(void **state)
{
	struct world *w = *state;
	int64_t got;
	begin();
	for (int i = 0; i < 3; i++)
		assert_int_equal(db_read(w->c, ask, &got), OK);
	assert_int_equal(made, 1);
	version = 2;
	/* Nothing was committed: nobody looks whether it has moved. */
	assert_int_equal(db_read(w->c, ask, &got), OK);
	assert_int_equal(got, 1);
	/* What a transaction alone sees is made for it alone. */
	assert_int_equal(db_write(w->c, ask, &got), OK);
	assert_int_equal(got, 2);
	assert_int_equal(made, 2);
	assert_int_equal(db_read(w->c, ask, &got), OK);
	assert_int_equal(got, 2);
	assert_int_equal(made, 3);
}

static void test_a_transaction_that_asks_first_makes_it_for_all(void **state)
{
	struct world *w = *state;
	int64_t got;
	begin();
	for (int i = 0; i < 3; i++)
		assert_int_equal(db_write(w->c, ask, &got), OK);
	assert_int_equal(db_read(w->c, ask, &got), OK);
	assert_int_equal(got, 1);
	assert_int_equal(made, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_made_once_a_version),
		BOTH(test_a_transaction_that_asks_first_makes_it_for_all),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
