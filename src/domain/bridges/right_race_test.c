/* An amended right counts in periods of another length: what two versions give
 * together is never more than either allows, whatever comes at one instant. */
#include "base/test.h"

#include <pthread.h>
#include <stdlib.h>

#include "right_cast.h"

#define THREADS 16
#define TRIES	3
#define ROUNDS	12
#define CAP	3000

struct racer {
	pthread_t thread;
	struct ctx *c;
	pthread_barrier_t *start;
	const struct right_cast *s;
	unsigned seed;
	int odd;
};

/* Tomorrow counts in a month, the days after in a year. */
static void *race(void *arg)
{
	struct racer *r = arg;
	pthread_barrier_wait(r->start);
	for (int i = 0; i < TRIES; i++) {
		struct right_wish k = { .s = r->s,
					.place = rand_r(&r->seed) % CAST_PLACES,
					.days = 1 + rand_r(&r->seed) % 5,
					.from = 540,
					.to = 1020 };
		rc code;
		do
			code = db_write(r->c, cast_right_book, &k);
		while (code == E_BUSY);
		r->odd += code != OK && code != E_DENIED && code != E_QUOTA;
	}
	return NULL;
}

static void one_round(struct right_cast *s, int round)
{
	struct racer r[THREADS];
	pthread_barrier_t start;
	pthread_barrier_init(&start, NULL, THREADS);
	for (int i = 0; i < THREADS; i++) {
		r[i] = (struct racer){ .c = world_ctx(s->w),
				       .start = &start,
				       .s = s,
				       .seed = (unsigned)(round * THREADS + i + 1) };
		r[i].c->actor = s->w->c->actor;
		assert_int_equal(pthread_create(&r[i].thread, NULL, race, &r[i]), 0);
	}
	for (int i = 0; i < THREADS; i++) {
		pthread_join(r[i].thread, NULL);
		talloc_free(r[i].c);
		assert_int_equal(r[i].odd, 0);
	}
	pthread_barrier_destroy(&start);
}

static void test_two_periods(void **state)
{
	struct world *w = *state;
	struct right_cast *s = cast_right(w, "'counts'", "NULL");
	cast_run(w, "UPDATE grant_rule SET period = 'month', per_person = %d", CAP);
	cast_amend(s, "year", CAP);
	world_widen(w, THREADS);
	for (int round = 0; round < ROUNDS; round++) {
		one_round(s, round);
		assert_int_equal(cast_number(w, "SELECT CAST(SUM(measure) AS BIGINT) AS value FROM booking"),
				 CAP);
		cast_run(w, "DELETE FROM booking_counter");
		cast_run(w, "DELETE FROM counter");
		cast_run(w, "DELETE FROM booking");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_two_periods),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
