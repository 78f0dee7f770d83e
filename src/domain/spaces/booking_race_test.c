/* 64 clients, each with a connection of its own, at overlapping spans of two
 * pools and a room, and at the last days of a pack that both pools share; then
 * what is stored is swept by SQL that knows nothing of the engine. MAILLAGE_RACE_ATTEMPTS: fewer, for TSan. */
#include "base/test.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "space_cast.h"
#include "world.h"

#define THREADS 64

struct racer {
	pthread_t thread;
	struct world *w;
	const struct space_cast *k;
	struct ctx *c;
	unsigned seed;
	int attempts;
};

static atomic_int made, refused, odd;

struct attempt {
	struct racer *r;
	const struct space_row *space;
	int days, from, to;
	int64_t units;
	const char *choice;
	bool cancels;
};

static rc attempt(struct ctx *c, void *arg)
{
	struct attempt *a = arg;
	struct booking_wish wish = { .choice = a->choice };
	struct booking_row b;
	TRY(cast_stay(c, a->r->k, a->space, a->days, a->from, a->to, a->units, &wish.span));
	return booking_create(c, &wish, &b);
}

static struct attempt dice(struct racer *r, const char *pack)
{
	const struct space_row *spaces[] = { &r->k->desks, &r->k->annex, &r->k->room };
	struct attempt a = { .r = r,
			     .space = spaces[rand_r(&r->seed) % 3],
			     .days = 1 + rand_r(&r->seed) % 3 };
	a.from = 540 + 30 * (int)(rand_r(&r->seed) % 18);
	a.to = a.from + 30 * (1 + (int)(rand_r(&r->seed) % 6));
	if (a.to > 1140)
		a.to = 1140;
	a.units = a.space->counted ? 1 + rand_r(&r->seed) % 2 : 1;
	a.choice = a.space->counted && rand_r(&r->seed) % 2 ? pack : "public";
	return a;
}

static void *race(void *arg)
{
	struct racer *r = arg;
	TALLOC_CTX *all = r->c->mem;
	const char *pack = fmt(r->c, "pack-%s", r->c->request_id);
	for (int i = 0; i < r->attempts; i++) {
		struct attempt a = dice(r, pack);
		rc code;
		r->c->mem = talloc_new(all);
		do
			code = db_write(r->c, attempt, &a);
		while (code == E_BUSY);
		talloc_free(r->c->mem);
		if (code == OK)
			made++;
		else if (code == E_CONFLICT || code == E_QUOTA || code == E_INVALID)
			refused++;
		else {
			odd++;
			fprintf(stderr, "%s\n", world_key(r->c));
		}
	}
	r->c->mem = all;
	return NULL;
}

static void test_race(void **state)
{
	struct world *w = *state;
	const struct space_cast *k = space_cast(w);
	const char *n = getenv("MAILLAGE_RACE_ATTEMPTS");
	int attempts = ((n ? atoi(n) : 10000) + THREADS - 1) / THREADS;
	struct racer r[THREADS];
	const char *pub = cast_pub(w, "pack", k->pack.v);
	made = refused = odd = 0;
	world_widen(w, THREADS);
	for (int i = 0; i < THREADS; i++) {
		r[i] = (struct racer){
			.w = w, .k = k, .c = world_ctx(w), .seed = (unsigned)i + 1, .attempts = attempts
		};
		r[i].c->actor = w->c->actor;
		r[i].c->request_id = pub;
		assert_int_equal(pthread_create(&r[i].thread, NULL, race, &r[i]), 0);
	}
	for (int i = 0; i < THREADS; i++) {
		pthread_join(r[i].thread, NULL);
		talloc_free(r[i].c);
	}
	print_message("%d made, %d refused\n", made, refused);
	assert_int_equal(odd, 0);
	assert_true(made > 20);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM booking"), made);
	assert_int_equal(cast_broken(w), 0);
	/* The last of the pack went to somebody, and no more than that. */
	assert_int_equal(cast_number(w, "SELECT held + used AS value FROM counter WHERE owner_kind = 'pack'"),
			 5000);
	/* And the sweep sees what it must: one booking too many. */
	cast_run(w, "UPDATE space SET capacity = 1 WHERE id = %lld", (long long)k->desks.id.v);
	assert_true(cast_broken(w) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_race),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
