/* db_writer.c - the one thread that writes to SQLite. Requests that wait are
 * taken together: one transaction, a savepoint each, one durable commit, then
 * their callers go on. What one request does never undoes another: when the
 * transaction itself is lost, each is run again alone. */
#include "platform/db_sqlite.h"

#include <errno.h>
#include <semaphore.h>

#include "platform/metrics.h"

#define GROUP_MAX 128

struct write_request {
	struct ctx *c;
	db_fn *fn;
	void *arg;
	rc result;
	sem_t done;
	struct write_request *next;
};

static const struct stmt savepoint = { .name = "savepoint", .sqlite = "SAVEPOINT request" };
static const struct stmt release = { .name = "release", .sqlite = "RELEASE request" };
static const struct stmt roll_back = { .name = "roll_back", .sqlite = "ROLLBACK TO request" };
static const struct stmt begin = { .name = "begin", .sqlite = "BEGIN IMMEDIATE" };
static const struct stmt commit = { .name = "commit", .sqlite = "COMMIT" };

static bool command(struct sqlite_conn *k, const struct stmt *s)
{
	if (sqlite_step(k, s))
		return true;
	db_log(s->name, sqlite3_errmsg(k->h));
	return false;
}

/* The transaction as a whole did not begin or end: why, for this request. */
static void refused(struct sqlite_conn *k, struct write_request *w)
{
	w->result = sqlite_fail(w->c, k, "write");
}

static void abandon(struct sqlite_conn *k)
{
	if (!sqlite3_get_autocommit(k->h))
		(void)!sqlite_command(k, "ROLLBACK");
}

/* false: the transaction is gone, and with it what others did in it. */
static bool run(struct sqlite_conn *k, struct write_request *w)
{
	if (!command(k, &savepoint))
		return false;
	w->result = db_run(w->c, &k->base, w->fn, w->arg);
	if (sqlite3_get_autocommit(k->h))
		return false;
	if (w->result != OK && !command(k, &roll_back))
		return false;
	return command(k, &release);
}

static void run_alone(struct sqlite_conn *k, struct write_request *w)
{
	if (!command(k, &begin)) {
		refused(k, w);
		return;
	}
	bool whole = run(k, w);
	if (whole && command(k, &commit))
		return;
	/* fn may have been told of the error already: keep what it said. */
	if (whole || w->result == OK)
		refused(k, w);
	abandon(k);
}

static struct write_request *take(struct sqlite_db *db)
{
	struct write_request *w = db->first;
	if (w) {
		db->first = w->next;
		if (!db->first)
			db->last = &db->first;
		db->waiting--;
		metric_add(METRIC_DB_QUEUE, -1);
	}
	return w;
}

static struct write_request *take_more(struct sqlite_db *db)
{
	pthread_mutex_lock(&db->lock);
	struct write_request *w = take(db);
	pthread_mutex_unlock(&db->lock);
	return w;
}

/* NULL: stopping, and nothing waits. */
static struct write_request *wait_for_one(struct sqlite_db *db)
{
	pthread_mutex_lock(&db->lock);
	while (!db->first && !db->stopping)
		pthread_cond_wait(&db->arrived, &db->lock);
	struct write_request *w = take(db);
	pthread_mutex_unlock(&db->lock);
	return w;
}

static void run_group(struct sqlite_db *db, struct write_request *first)
{
	struct sqlite_conn *k = db->writer;
	struct write_request *group[GROUP_MAX];
	int n = 0;
	bool whole = command(k, &begin);
	for (struct write_request *w = first; w; w = whole && n < GROUP_MAX ? take_more(db) : NULL) {
		group[n++] = w;
		whole = whole && run(k, w);
	}
	if (!whole || !command(k, &commit)) {
		abandon(k);
		for (int i = 0; i < n; i++)
			run_alone(k, group[i]);
	}
	metric_add(METRIC_WRITE_GROUPS, 1);
	bool changed = false;
	for (int i = 0; i < n; i++)
		changed |= group[i]->result == OK;
	/* Before anyone is told: who has the answer must not be shown an older page. */
	if (changed)
		atomic_fetch_add(&db->base.generation, 1);
	for (int i = 0; i < n; i++)
		sem_post(&group[i]->done);
}

static void *write_all(void *arg)
{
	struct sqlite_db *db = arg;
	for (struct write_request *w; (w = wait_for_one(db));)
		run_group(db, w);
	return NULL;
}

rc sqlite_write(struct ctx *c, db_fn *fn, void *arg)
{
	struct sqlite_db *db = (struct sqlite_db *)c->app->db;
	struct write_request w = { .c = c, .fn = fn, .arg = arg, .result = E_INTERNAL };
	sem_init(&w.done, 0, 0);
	pthread_mutex_lock(&db->lock);
	bool full = db->waiting >= db->queue || db->stopping;
	if (!full) {
		*db->last = &w;
		db->last = &w.next;
		db->waiting++;
		metric_add(METRIC_DB_QUEUE, 1);
		pthread_cond_signal(&db->arrived);
	}
	pthread_mutex_unlock(&db->lock);
	if (full) {
		sem_destroy(&w.done);
		return fail(c, E_BUSY, "db.busy");
	}
	while (sem_wait(&w.done) && errno == EINTR)
		continue;
	sem_destroy(&w.done);
	return w.result;
}

bool sqlite_writer_start(struct sqlite_db *db)
{
	db->last = &db->first;
	pthread_mutex_init(&db->lock, NULL);
	pthread_cond_init(&db->arrived, NULL);
	return pthread_create(&db->thread, NULL, write_all, db) == 0;
}

void sqlite_writer_stop(struct sqlite_db *db)
{
	pthread_mutex_lock(&db->lock);
	db->stopping = true;
	pthread_cond_signal(&db->arrived);
	pthread_mutex_unlock(&db->lock);
	pthread_join(db->thread, NULL);
	pthread_cond_destroy(&db->arrived);
	pthread_mutex_destroy(&db->lock);
}
