#include "base/test.h"

#include <stdatomic.h>
#include <time.h>

#include "platform/jobs.h"
#include "platform/jobs_sql.h"
#include "world.h"

static atomic_int runs, at_once, most;
static _Atomic int64_t clock_now;

static instant still(const struct app *app)
{
	(void)app;
	return (instant){ clock_now };
}

static void pause_ms(long ms)
{
	nanosleep(&(struct timespec){ ms / 1000, ms % 1000 * 1000000 }, NULL);
}

/* Until that many runs, five seconds at most. */
static void wait_runs(int n)
{
	for (int i = 0; i < 500 && runs < n; i++)
		pause_ms(10);
	assert_int_equal(runs, n);
}

static rc count(struct ctx *c)
{
	(void)c;
	runs++;
	return OK;
}

static rc slow(struct ctx *c)
{
	(void)c;
	int now = ++at_once;
	if (now > most)
		most = now;
	pause_ms(300);
	at_once--;
	runs++;
	return OK;
}

static rc failing(struct ctx *c)
{
	runs++;
	return fail(c, E_IO, "db.busy");
}

static void begin(struct world *w)
{
	runs = at_once = most = 0;
	clock_now = WORLD_NOW;
	w->app.clock = still;
}

static rc read_last(struct ctx *c, void *arg)
{
	return job_last(c, arg);
}

static void test_due_woken_stopped(void **state)
{
	struct world *w = *state;
	static const struct job_def defs[] = { { "count", 60, true, count } };
	static const struct job_def timed[] = { { "count", 60, false, count } };
	struct job_last_row_list kept;
	begin(w);
	struct jobs *j = jobs_start(&w->app, defs, 1);
	wait_runs(1);
	jobs_wake(j);
	wait_runs(2);
	clock_now += 59;
	pause_ms(1200);
	assert_int_equal(runs, 2);
	clock_now++;
	wait_runs(3);
	jobs_stop(j);
	assert_int_equal(db_read(w->c, read_last, &kept), OK);
	assert_int_equal(kept.n, 1);
	assert_int_equal(kept.items[0].last_at.v, WORLD_NOW + 60);
	assert_int_equal(kept.items[0].next_at.v, WORLD_NOW + 120);
	assert_null(kept.items[0].last_error);
	/* Another start keeps to the time of the table, but for work that may have been cut off. */
	j = jobs_start(&w->app, timed, 1);
	pause_ms(300);
	assert_int_equal(runs, 3);
	jobs_stop(j);
	j = jobs_start(&w->app, defs, 1);
	wait_runs(4);
	jobs_stop(j);
}

static rc ask_wake(struct ctx *c, void *arg)
{
	(void)arg;
	c->wake_jobs = true;
	pause_ms(200);
	assert_int_equal(runs, 1); /* not before the commit */
	return OK;
}

static void test_wake_after_commit(void **state)
{
	struct world *w = *state;
	static const struct job_def defs[] = { { "count", 600, true, count },
					       { "other", 600, false, failing } };
	begin(w);
	struct jobs *j = w->app.jobs = jobs_start(&w->app, defs, 1);
	wait_runs(1);
	assert_int_equal(db_write(w->c, ask_wake, NULL), OK);
	wait_runs(2);
	w->app.jobs = NULL;
	jobs_stop(j);
}

static void test_stop_waits_and_never_twice(void **state)
{
	struct world *w = *state;
	static const struct job_def def = { "slow", 60, false, slow };
	begin(w);
	struct jobs *j = jobs_start(&w->app, &def, 1);
	while (!at_once)
		pause_ms(5);
	assert_int_equal(jobs_run(&w->app, &def), OK);
	jobs_stop(j);
	assert_int_equal(runs, 2);
	assert_int_equal(most, 1);
	/* Stopped while it runs: it is let finish. */
	clock_now += 60;
	j = jobs_start(&w->app, &def, 1);
	while (!at_once)
		pause_ms(5);
	jobs_stop(j);
	assert_int_equal(runs, 3);
}

static void test_failure_is_kept(void **state)
{
	struct world *w = *state;
	static const struct job_def def = { "failing", 60, false, failing };
	struct job_last_row_list kept;
	begin(w);
	assert_int_equal(jobs_run(&w->app, &def), E_IO);
	assert_int_equal(db_read(w->c, read_last, &kept), OK);
	assert_string_equal(kept.items[0].last_error, "db.busy");
	assert_int_equal(kept.items[0].next_at.v, WORLD_NOW + 60);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_due_woken_stopped),
		BOTH(test_wake_after_commit),
		BOTH(test_stop_waits_and_never_twice),
		BOTH(test_failure_is_kept),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
