/* Many who change what is searched, while the lines they leave are folded into one:
 * nobody's change is missed, and the number never goes back. */
#include "base/test.h"

#include <pthread.h>
#include <stdatomic.h>

#include "browse.h"
#include "observatory/catalogue.h"
#include "observatory/catalogue_sql.h"
#include "world.h"

enum { WRITERS = 6, WRITES = 25 };

static const struct field id_fields[] = { { .name = "id", .type = F_INT } };
static const struct stmt touch = {
	.name = "race.touch",
	.sqlite = "UPDATE community SET activities = 'Bois' WHERE id = ?1",
	.postgres = "UPDATE community SET activities = 'Bois' WHERE id = $1",
	.n_in = 1,
	.in = id_fields,
};

struct worker {
	pthread_t thread;
	struct ctx *c;
	int64_t community;
	int wrong;
	atomic_int *writing;
};

static rc read_version(struct ctx *c, void *arg)
{
	return catalogue_version(c, arg);
}

static rc change(struct ctx *c, void *arg)
{
	return db_exec(c, &touch, (const void *[]){ arg }, NULL);
}

/* After each of her changes the number is another than before it. */
static void *write_some(void *arg)
{
	struct worker *k = arg;
	for (int i = 0; i < WRITES; i++) {
		int64_t before = 0, after = 0;
		k->wrong += db_read(k->c, read_version, &before) != OK;
		k->wrong += db_write(k->c, change, &k->community) != OK;
		k->wrong += db_read(k->c, read_version, &after) != OK;
		k->wrong += after <= before;
	}
	atomic_fetch_sub(k->writing, 1);
	return NULL;
}

static void *fold_all(void *arg)
{
	struct worker *k = arg;
	int64_t last = 0, now = 0;
	while (atomic_load(k->writing) > 0) {
		k->wrong += catalogue_fold(k->c) != OK;
		k->wrong += db_read(k->c, read_version, &now) != OK;
		k->wrong += now < last;
		last = now;
	}
	return NULL;
}

static void test_no_change_is_missed_while_lines_are_folded(void **state)
{
	struct world *w = *state;
	struct worker k[WRITERS + 2] = { 0 };
	atomic_int writing;
	atomic_init(&writing, WRITERS);
	for (int i = 0; i < WRITERS; i++)
		k[i].community = cast_community(w, fmt(w->c, "Lieu %d", i), "place").v;
	int64_t before = cast_number(w, "SELECT SUM(n) AS value FROM catalogue_state");
	for (int i = 0; i < WRITERS + 2; i++) {
		k[i].c = world_ctx(w);
		k[i].writing = &writing;
		assert_int_equal(
			pthread_create(&k[i].thread, NULL, i < WRITERS ? write_some : fold_all, &k[i]), 0);
	}
	for (int i = 0; i < WRITERS + 2; i++) {
		pthread_join(k[i].thread, NULL);
		assert_int_equal(k[i].wrong, 0);
		talloc_free(k[i].c);
	}
	assert_int_equal(catalogue_fold(w->c), OK);
	assert_int_equal(cast_number(w, "SELECT SUM(n) AS value FROM catalogue_state"),
			 before + WRITERS * WRITES);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM catalogue_state"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = { BOTH(test_no_change_is_missed_while_lines_are_folded) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
