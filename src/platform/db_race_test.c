/* Many threads on one database: groups, queue, replays, deadlocks, lost
 * connections. Also run under TSan. */
#include "base/test.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <time.h>

#include "world.h"

#define THREADS 16
#define ROUNDS	20

static const struct field n_fields[] = { { .name = "n", .type = F_INT } };
static const struct shape n_shape = { "n", sizeof(int64_t), 1, n_fields };
static const struct stmt mark_insert = {
	.name = "mark.insert",
	.sqlite = "INSERT INTO mark (n) VALUES (?1)",
	.postgres = "INSERT INTO mark (n) VALUES ($1)",
	.n_in = 1,
	.in = n_fields,
};
static const struct stmt mark_count = { .name = "mark.count",
					.sqlite = "SELECT count(*) AS n FROM mark",
					.postgres = "SELECT count(*) AS n FROM mark",
					.out = &n_shape };
static const struct stmt mark_bad = { .name = "mark.bad",
				      .sqlite = "SELECT count(*) AS n FROM mark WHERE n % 3 = 0",
				      .postgres = "SELECT count(*) AS n FROM mark WHERE n % 3 = 0",
				      .out = &n_shape };

static const char schema[] = "CREATE TABLE mark (id @id, n @int UNIQUE);\n"
			     "CREATE TABLE pot (id @id, n @int);\n"
			     "CREATE TABLE child (id @id, mark @ref(mark));\n"
			     "INSERT INTO pot (id, n) VALUES (1, 0), (2, 0);\n";

static rc mark(struct ctx *c, void *arg)
{
	return db_exec(c, &mark_insert, (const void *[]){ arg }, NULL);
}

static rc one_number(struct ctx *c, void *arg)
{
	int64_t *n = arg;
	return db_one(c, *n ? &mark_bad : &mark_count, NULL, n);
}

static int64_t marks(struct world *w)
{
	int64_t n = 0;
	assert_int_equal(db_read(w->c, one_number, &n), OK);
	return n;
}

struct worker {
	pthread_t thread;
	struct world *w;
	struct ctx *c;
	db_fn *fn;
	void *arg;
	rc result;
	int64_t i;
	void *(*body)(void *);
};

static void *write_once(void *arg)
{
	struct worker *k = arg;
	k->result = db_write(k->c, k->fn, k->arg);
	return NULL;
}

static void go(struct worker *k, struct world *w)
{
	k->w = w;
	k->c = world_ctx(w);
	assert_int_equal(pthread_create(&k->thread, NULL, k->body ? k->body : write_once, k), 0);
}

static rc join(struct worker *k)
{
	pthread_join(k->thread, NULL);
	rc r = k->result;
	return r;
}

/* ---- each request on its own ---- */

/* Of every three, one writes and is then denied. */
static rc mark_or_deny(struct ctx *c, void *arg)
{
	const int64_t *n = arg;
	TRY(mark(c, arg));
	return *n % 3 ? OK : fail(c, E_DENIED, "test.denied");
}

static void *write_many(void *arg)
{
	struct worker *k = arg;
	for (int64_t i = 0; i < ROUNDS; i++) {
		int64_t n = k->i * ROUNDS + i;
		rc r = db_write(k->c, mark_or_deny, &n);
		if (r != (n % 3 ? OK : E_DENIED))
			k->result = E_INTERNAL;
	}
	return NULL;
}

static void test_each_apart(void **state)
{
	struct world *w = *state;
	struct worker workers[THREADS] = { 0 };
	world_script(w, schema);
	for (int i = 0; i < THREADS; i++) {
		workers[i].i = i;
		workers[i].body = write_many;
		go(&workers[i], w);
	}
	for (int i = 0; i < THREADS; i++) {
		assert_int_equal(join(&workers[i]), OK);
		talloc_free(workers[i].c);
	}
	int64_t bad = 1;
	assert_int_equal(db_read(w->c, one_number, &bad), OK);
	assert_int_equal(bad, 0);
	assert_int_equal(marks(w), THREADS * ROUNDS * 2 / 3);
}

/* ---- a group that is lost ---- */

struct gate {
	sem_t inside, open;
};

/* Holds the writer, so that what comes meanwhile makes one group with it. */
static rc hold(struct ctx *c, void *arg)
{
	struct gate *g = arg;
	(void)c;
	sem_post(&g->inside);
	sem_wait(&g->open);
	/* A replay finds the gate open. */
	sem_post(&g->open);
	return OK;
}

static rc end_it_all(struct ctx *c, void *arg)
{
	(void)arg;
	return db_script(c, "ROLLBACK");
}

static rc fail_at_commit(struct ctx *c, void *arg)
{
	(void)arg;
	return db_script(c, "PRAGMA defer_foreign_keys=ON; INSERT INTO child (mark) VALUES (999)");
}

static void wait_for_queue(void)
{
	/* Threads need a moment to stand in the queue; an early gate only makes the test easier. */
	nanosleep(&(struct timespec){ .tv_nsec = 100000000 }, NULL);
}

/* Two good ones, the culprit, two good ones, in one group. */
static void group_with(struct world *w, db_fn *culprit, const char *key)
{
	struct gate g;
	int64_t n[] = { 1, 2, 3, 4 };
	struct worker k[6] = { { .fn = hold, .arg = &g },    { .fn = mark, .arg = &n[0] },
			       { .fn = mark, .arg = &n[1] }, { .fn = culprit },
			       { .fn = mark, .arg = &n[2] }, { .fn = mark, .arg = &n[3] } };
	sem_init(&g.inside, 0, 0);
	sem_init(&g.open, 0, 0);
	world_script(w, schema);
	go(&k[0], w);
	sem_wait(&g.inside);
	for (int i = 1; i < 6; i++) {
		go(&k[i], w);
		if (i == 2 || i == 3)
			wait_for_queue();
	}
	wait_for_queue();
	sem_post(&g.open);
	for (int i = 0; i < 6; i++)
		assert_int_equal(join(&k[i]), i == 3 ? E_DB : OK);
	assert_string_equal(world_key(k[3].c), key);
	for (int i = 0; i < 6; i++)
		talloc_free(k[i].c);
	assert_int_equal(marks(w), 4);
}

static void test_transaction_ended_by_one(void **state)
{
	group_with(*state, end_it_all, "db.failed");
}

static void test_commit_refused(void **state)
{
	group_with(*state, fail_at_commit, "db.constraint");
}

/* ---- the queue ---- */

static void test_overflow(void **state)
{
	struct world *w = *state;
	struct gate g;
	const char *why;
	int64_t n[] = { 1, 2, 3 };
	struct worker k[3] = { { .fn = hold, .arg = &g },
			       { .fn = mark, .arg = &n[0] },
			       { .fn = mark, .arg = &n[1] } };
	world_script(w, schema);
	struct db_options o = { .url = w->url, .queue = 2 };
	db_close(w->app.db);
	assert_int_equal(db_open(&o, &w->app.db, &why), OK);
	sem_init(&g.inside, 0, 0);
	sem_init(&g.open, 0, 0);
	go(&k[0], w);
	sem_wait(&g.inside);
	go(&k[1], w);
	go(&k[2], w);
	wait_for_queue();
	assert_int_equal(db_write(w->c, mark, &n[2]), E_BUSY);
	assert_string_equal(world_key(w->c), "db.busy");
	sem_post(&g.open);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(join(&k[i]), OK);
		talloc_free(k[i].c);
	}
	assert_int_equal(db_write(w->c, mark, &n[2]), OK);
	assert_int_equal(marks(w), 3);
}

/* ---- readers beside writers ---- */

static const struct field move_in[] = { { .name = "id", .type = F_INT }, { .name = "by", .type = F_INT } };
static const struct stmt pot_add = {
	.name = "pot.add",
	.sqlite = "UPDATE pot SET n = n + ?2 WHERE id = ?1",
	.postgres = "UPDATE pot SET n = n + $2 WHERE id = $1",
	.n_in = 2,
	.in = move_in,
};
static const struct stmt pot_n = {
	.name = "pot.n",
	.sqlite = "SELECT n FROM pot WHERE id = ?1",
	.postgres = "SELECT n FROM pot WHERE id = $1",
	.n_in = 1,
	.in = move_in,
	.out = &n_shape,
};

/* From pot i % 2 to the other: two threads lock them in opposite order. */
static rc move(struct ctx *c, void *arg)
{
	int64_t from = 1 + *(int64_t *)arg % 2, to = 3 - from, one = 1, less = -1;
	TRY(db_exec(c, &pot_add, (const void *[]){ &from, &less }, NULL));
	/* Gives the other time to hold what this one asks for next. */
	nanosleep(&(struct timespec){ .tv_nsec = 2000000 }, NULL);
	return db_exec(c, &pot_add, (const void *[]){ &to, &one }, NULL);
}

static rc sum_of_pots(struct ctx *c, void *arg)
{
	int64_t first = 1, second = 2, a, b;
	TRY(db_one(c, &pot_n, (const void *[]){ &first }, &a));
	TRY(db_one(c, &pot_n, (const void *[]){ &second }, &b));
	*(int64_t *)arg = a + b;
	return OK;
}

static atomic_bool stop;

static void *read_until_stopped(void *arg)
{
	struct worker *k = arg;
	while (!atomic_load(&stop) && k->result == OK) {
		int64_t sum = 0;
		k->result = db_read(k->c, sum_of_pots, &sum);
		if (sum != 0)
			k->result = E_CORRUPT;
		k->i++;
		nanosleep(&(struct timespec){ .tv_nsec = 200000 }, NULL);
	}
	return NULL;
}

static void *move_some(void *arg)
{
	struct worker *k = arg;
	for (int i = 0; i < 10 && k->result == OK; i++)
		k->result = db_write(k->c, move, &k->i);
	return NULL;
}

static void test_readers_beside_writers(void **state)
{
	struct world *w = *state;
	struct worker readers[3] = { 0 }, writers[2] = { 0 };
	world_script(w, schema);
	atomic_store(&stop, false);
	for (int i = 0; i < 3; i++) {
		readers[i].body = read_until_stopped;
		go(&readers[i], w);
	}
	for (int i = 0; i < 2; i++) {
		writers[i].i = i;
		writers[i].body = move_some;
		go(&writers[i], w);
	}
	for (int i = 0; i < 2; i++) {
		assert_int_equal(join(&writers[i]), OK);
		talloc_free(writers[i].c);
	}
	atomic_store(&stop, true);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(join(&readers[i]), OK);
		assert_true(readers[i].i > 0);
		talloc_free(readers[i].c);
	}
}

/* ---- PostgreSQL: connections that go ---- */

static rc script(struct ctx *c, void *arg)
{
	return db_script(c, arg);
}

static void test_lost_connections(void **state)
{
	struct world *w = *state;
	int64_t n[] = { 1, 2 };
	static char own[] = "INSERT INTO mark (n) VALUES (7); SELECT pg_terminate_backend(pg_backend_pid())";
	static char others[] = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
			       " WHERE datname = current_database() AND pid <> pg_backend_pid()";
	world_script(w, schema);
	assert_int_equal(db_write(w->c, script, own), E_AWAY);
	assert_string_equal(world_key(w->c), "db.lost");
	assert_int_equal(db_write(w->c, mark, &n[0]), OK);
	/* Idle ones that went are replaced unseen. */
	struct ctx *other = world_ctx(w);
	assert_int_equal(db_snapshot(other), OK);
	assert_int_equal(db_write(w->c, mark, &n[1]), OK);
	db_snapshot_end(other);
	assert_int_equal(db_snapshot(other), OK);
	assert_int_equal(db_write(w->c, script, others), OK);
	assert_int_equal(db_read(other, one_number, &(int64_t){ 0 }), E_AWAY);
	assert_string_equal(world_key(other), "db.lost");
	db_snapshot_end(other);
	assert_int_equal(marks(w), 2);
	talloc_free(other);
}

static void test_outcome_unknown(void **state)
{
	struct world *w = *state;
	int64_t n = 1;
	world_script(w, schema);
	world_script(w, "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS\n"
			"$$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;\n"
			"CREATE CONSTRAINT TRIGGER late AFTER INSERT ON mark DEFERRABLE INITIALLY DEFERRED\n"
			"FOR EACH ROW EXECUTE FUNCTION die();");
	assert_int_equal(db_write(w->c, mark, &n), E_DB);
	assert_string_equal(world_key(w->c), "db.outcome_unknown");
	assert_int_equal(marks(w), 0);
}

static void *go_soon(void *db)
{
	nanosleep(&(struct timespec){ .tv_nsec = 200000000 }, NULL);
	db_close(db);
	return NULL;
}

/* A server that was killed is in the database until PostgreSQL sees its end: the one that starts at once waits. */
static void test_claim_of_one_that_goes(void **state)
{
	struct world *w = *state;
	struct db_options o = { .url = w->url };
	struct db *dead;
	const char *why = "";
	pthread_t t;
	assert_int_equal(db_open(&o, &dead, &why), OK);
	assert_int_equal(db_claim(dead, CLAIM_SERVE, &why), OK);
	assert_int_equal(pthread_create(&t, NULL, go_soon, dead), 0);
	assert_int_equal(db_claim(w->app.db, CLAIM_SERVE, &why), OK);
	assert_int_equal(pthread_join(t, NULL), 0);
}

#define SQLITE(f)                                                               \
	{                                                                       \
#f "/sqlite", f, world_setup_empty_sqlite, world_teardown, NULL \
	}
#define POSTGRES(f)                                                                 \
	{                                                                           \
#f "/postgres", f, world_setup_empty_postgres, world_teardown, NULL \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_EMPTY(test_each_apart),
		SQLITE(test_transaction_ended_by_one),
		SQLITE(test_commit_refused),
		SQLITE(test_overflow),
		BOTH_EMPTY(test_readers_beside_writers),
		POSTGRES(test_lost_connections),
		POSTGRES(test_outcome_unknown),
		POSTGRES(test_claim_of_one_that_goes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
