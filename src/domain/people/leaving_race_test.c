/* The last managers of a community leave at the same instant: one of them stays. */
#include "base/test.h"

#include <pthread.h>

#include "browse.h"
#include "people/my_membership.h"
#include "people/personal_data.h"

#define MANAGERS 4
#define ROUNDS	 6

struct leaver {
	pthread_t thread;
	struct ctx *c;
	person_id person;
	bool erases;
	rc code;
};

static rc leave(struct ctx *c, void *arg)
{
	const struct leaver *l = arg;
	struct membership_row_list all;
	if (l->erases)
		return person_erase(c, l->person);
	TRY(memberships_ever(c, l->person, &all));
	return membership_leave(c, &all.items[0]);
}

static void *go(void *arg)
{
	struct leaver *l = arg;
	do
		l->code = db_write(l->c, leave, l);
	while (l->code == E_BUSY);
	return NULL;
}

static void one_stays(struct world *w, int round)
{
	community_id k = cast_community(w, fmt(w->c, "Atelier %d", round), "place");
	struct leaver all[MANAGERS];
	int gone = 0;
	for (int i = 0; i < MANAGERS; i++) {
		person_id p = cast_person(w, "Qui", fmt(w->c, "q%d-%d@example.org", round, i));
		cast_member(w, p, k, "staff", ROLE_MANAGER);
		all[i] = (struct leaver){ .c = world_ctx(w), .person = p, .erases = i % 2 };
		all[i].c->actor.person = p;
	}
	for (int i = 0; i < MANAGERS; i++)
		assert_int_equal(pthread_create(&all[i].thread, NULL, go, &all[i]), 0);
	for (int i = 0; i < MANAGERS; i++)
		pthread_join(all[i].thread, NULL);
	for (int i = 0; i < MANAGERS; i++) {
		gone += all[i].code == OK;
		assert_true(all[i].code == OK || all[i].code == E_CONFLICT);
		talloc_free(all[i].c);
	}
	assert_int_equal(gone, MANAGERS - 1);
	assert_int_equal(
		cast_number(
			w,
			"SELECT COUNT(*) AS value FROM membership WHERE community = %lld AND ended IS NULL",
			(long long)k.v),
		1);
}

static void test_one_stays(void **state)
{
	for (int i = 0; i < ROUNDS; i++)
		one_stays(*state, i);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_one_stays),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
