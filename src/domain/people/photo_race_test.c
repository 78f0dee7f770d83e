/* Photos that arrive at the same instant: the page holds twelve, never more. */
#include "base/test.h"

#include <pthread.h>

#include "browse.h"
#include "people/photo.h"

#define SENDERS 6
#define ROUNDS	4

struct sender {
	pthread_t thread;
	struct ctx *c;
	community_id page;
	pubid page_pub;
	rc code;
};

static rc send(struct ctx *c, void *arg)
{
	const struct sender *s = arg;
	const struct photo_new f = { .alt = "La cour", .licence = PHOTO_LICENCE_CC0 };
	const struct raster_images none = { 0 };
	pubid pub;
	return photo_add(c, s->page, s->page_pub, &f, &none, &pub);
}

static void *go(void *arg)
{
	struct sender *s = arg;
	do
		s->code = db_write(s->c, send, s);
	while (s->code == E_BUSY);
	return NULL;
}

static void twelve_at_most(struct world *w, int round)
{
	community_id page = cast_community(w, fmt(w->c, "Atelier %d", round), "place");
	person_id p = cast_person(w, "Qui", fmt(w->c, "q%d@example.org", round));
	struct sender all[SENDERS];
	int kept = 0;
	struct sender first = { .page = page };
	snprintf(first.page_pub.s, sizeof first.page_pub.s, "%s", cast_pub(w, "community", page.v));
	w->c->actor.person = p;
	for (int i = 0; i < PHOTOS_MAX - 1; i++)
		assert_int_equal(db_write(w->c, send, &first), OK);
	for (int i = 0; i < SENDERS; i++) {
		all[i] = first;
		all[i].c = world_ctx(w);
		all[i].c->actor.person = p;
	}
	for (int i = 0; i < SENDERS; i++)
		assert_int_equal(pthread_create(&all[i].thread, NULL, go, &all[i]), 0);
	for (int i = 0; i < SENDERS; i++)
		pthread_join(all[i].thread, NULL);
	for (int i = 0; i < SENDERS; i++) {
		kept += all[i].code == OK;
		assert_true(all[i].code == OK || all[i].code == E_QUOTA);
		talloc_free(all[i].c);
	}
	assert_int_equal(kept, 1);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM photo WHERE community = %lld",
				     (long long)page.v),
			 PHOTOS_MAX);
}

static void test_twelve_at_most(void **state)
{
	for (int i = 0; i < ROUNDS; i++)
		twelve_at_most(*state, i);
}

int main(void)
{
	const struct CMUnitTest tests[] = { BOTH(test_twelve_at_most) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
