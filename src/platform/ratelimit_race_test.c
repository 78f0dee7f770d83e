#include "base/test.h"

#include <pthread.h>
#include <stdio.h>

#include "platform/ratelimit.h"

#define T0 1700000000

static void gives_a_burst_then_one_at_a_time(void **state)
{
	struct ratelimit *r = ratelimit_new(100, 3, 60);

	(void)state;
	for (int i = 0; i < 3; i++) {
		assert_int_equal(ratelimit_wait(r, "a", T0), 0);
		assert_true(ratelimit_take(r, "a", T0));
	}
	assert_false(ratelimit_take(r, "a", T0));
	ratelimit_forget(r, "b"); /* nothing of it is kept: nothing changes */
	assert_false(ratelimit_take(r, "a", T0));
	assert_int_equal(ratelimit_wait(r, "a", T0), 60);
	assert_true(ratelimit_take(r, "b", T0)); /* another key is another allowance */
	assert_int_equal(ratelimit_wait(r, "a", T0 + 59), 1);
	assert_false(ratelimit_take(r, "a", T0 + 59));
	assert_true(ratelimit_take(r, "a", T0 + 60));
	assert_false(ratelimit_take(r, "a", T0 + 60));
	/* A long rest gives the whole burst back, and no more. */
	for (int i = 0; i < 3; i++)
		assert_true(ratelimit_take(r, "a", T0 + 100000));
	assert_false(ratelimit_take(r, "a", T0 + 100000));
	ratelimit_free(r);
}

static void a_clock_that_goes_back_shuts_nobody_out(void **state)
{
	struct ratelimit *r = ratelimit_new(100, 2, 60);

	(void)state;
	assert_true(ratelimit_take(r, "a", T0 + 1000000));
	assert_true(ratelimit_take(r, "a", T0 + 1000000));
	assert_false(ratelimit_take(r, "a", T0));
	assert_int_equal(ratelimit_wait(r, "a", T0), 60);
	assert_true(ratelimit_take(r, "a", T0 + 1000060));
	ratelimit_free(r);
}

static void a_flood_of_keys_frees_nobody(void **state)
{
	struct ratelimit *r = ratelimit_new(1000, 5, 60);
	char key[32];

	(void)state;
	for (int i = 0; i < 5; i++)
		assert_true(ratelimit_take(r, "victim", T0));
	for (int i = 0; i < 100000; i++) {
		snprintf(key, sizeof(key), "k%d", i);
		ratelimit_take(r, key, T0);
	}
	assert_false(ratelimit_take(r, "victim", T0));
	ratelimit_free(r);
}

struct taker {
	struct ratelimit *r;
	pthread_t thread;
	int taken;
};

static void *take_many(void *arg)
{
	struct taker *t = arg;

	for (int i = 0; i < 1000; i++)
		t->taken += ratelimit_take(t->r, "a", T0);
	return NULL;
}

static void threads_share_one_allowance(void **state)
{
	struct ratelimit *r = ratelimit_new(100, 500, 60);
	struct taker takers[4] = { 0 };
	int taken = 0;

	(void)state;
	for (int i = 0; i < 4; i++) {
		takers[i].r = r;
		pthread_create(&takers[i].thread, NULL, take_many, &takers[i]);
	}
	for (int i = 0; i < 4; i++) {
		pthread_join(takers[i].thread, NULL);
		taken += takers[i].taken;
	}
	assert_int_equal(taken, 500);
	ratelimit_free(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gives_a_burst_then_one_at_a_time),
		cmocka_unit_test(a_clock_that_goes_back_shuts_nobody_out),
		cmocka_unit_test(a_flood_of_keys_frees_nobody),
		cmocka_unit_test(threads_share_one_allowance),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
