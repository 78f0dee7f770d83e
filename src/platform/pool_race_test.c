#include "base/test.h"

#include <pthread.h>
#include <stdbool.h>
#include <unistd.h>

#include "platform/pool.h"

static int done, at_once, most_at_once;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void job(void *arg)
{
	int now = __atomic_add_fetch(&at_once, 1, __ATOMIC_SEQ_CST);

	pthread_mutex_lock(&lock);
	if (now > most_at_once)
		most_at_once = now;
	pthread_mutex_unlock(&lock);
	usleep(500);
	__atomic_sub_fetch(&at_once, 1, __ATOMIC_SEQ_CST);
	__atomic_add_fetch(&done, arg ? *(int *)arg : 1, __ATOMIC_SEQ_CST);
}

static void held_job(void *arg)
{
	(void)arg;
	pthread_mutex_lock(&lock); /* the test holds it for as long as it wants */
	pthread_mutex_unlock(&lock);
}

static void runs_all_before_it_ends(void **state)
{
	struct pool *p = pool_new(3, 100);

	(void)state;
	done = most_at_once = 0;
	for (int i = 0; i < 100; i++)
		assert_true(pool_add(p, job, NULL));
	pool_free(p);
	assert_int_equal(done, 100);
	assert_in_range(most_at_once, 2, 3);
}

static void refuses_what_does_not_fit(void **state)
{
	struct pool *p = pool_new(1, 2);

	(void)state;
	done = 0;
	pthread_mutex_lock(&lock);
	assert_true(pool_add(p, held_job, NULL));
	for (int i = 0; i < 1000 && pool_waiting(p) > 0; i++)
		usleep(1000);
	assert_true(pool_add(p, held_job, NULL));
	assert_true(pool_add(p, held_job, NULL));
	assert_int_equal(pool_waiting(p), 2);
	assert_false(pool_add(p, job, NULL));
	assert_false(pool_call(p, job, NULL));
	pthread_mutex_unlock(&lock);
	pool_free(p);
	assert_int_equal(done, 0);
}

struct caller {
	struct pool *pool;
	pthread_t thread;
	bool ok;
};

static void *call(void *arg)
{
	struct caller *c = arg;
	int two = 2, before = __atomic_load_n(&done, __ATOMIC_SEQ_CST);

	c->ok = pool_call(c->pool, job, &two) && __atomic_load_n(&done, __ATOMIC_SEQ_CST) >= before + 2;
	return NULL;
}

static void one_thread_is_one_at_a_time(void **state)
{
	struct pool *p = pool_new(1, 8);
	struct caller callers[8] = { 0 };

	(void)state;
	done = most_at_once = 0;
	for (int i = 0; i < 8; i++) {
		callers[i].pool = p;
		pthread_create(&callers[i].thread, NULL, call, &callers[i]);
	}
	for (int i = 0; i < 8; i++) {
		pthread_join(callers[i].thread, NULL);
		assert_true(callers[i].ok);
	}
	assert_int_equal(done, 16);
	assert_int_equal(most_at_once, 1);
	pool_free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(runs_all_before_it_ends),
		cmocka_unit_test(refuses_what_does_not_fit),
		cmocka_unit_test(one_thread_is_one_at_a_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
