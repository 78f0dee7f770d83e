/* db_mark.c - has anybody written? One connection asks for all who wait: what is asked
 * after a question came answers that question too. */
#include "platform/db_internal.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* No two databases of a process give the same number. */
static atomic_uint_fast64_t last;

static int64_t clock_us(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

void db_mark_init(struct db_mark *m)
{
	/* SQLite answers sooner than a thread would fall asleep. */
	pthread_mutexattr_t patient;
	pthread_mutexattr_init(&patient);
	pthread_mutexattr_settype(&patient, PTHREAD_MUTEX_ADAPTIVE_NP);
	pthread_mutex_init(&m->lock, &patient);
	pthread_mutexattr_destroy(&patient);
}

static void forget(struct db *db)
{
	struct db_mark *m = &db->mark;
	if (m->conn)
		db->ops->conn_close(m->conn);
	free(m->state);
	m->conn = NULL;
	m->state = NULL;
	m->asked_us = 0;
}

void db_mark_free(struct db *db)
{
	forget(db);
	pthread_mutex_destroy(&db->mark.lock);
}

static char *ask(struct db *db)
{
	const char *why;
	if (!db->mark.conn && db->ops->conn_open(db, &db->mark.conn, &why) != OK) {
		db_log("mark", why);
		return NULL;
	}
	return db->ops->state(db->mark.conn);
}

/* A state that is not known, or told by another connection, is another one. */
static bool look(struct db *db)
{
	struct db_mark *m = &db->mark;
	int64_t now = clock_us();
	char *state = ask(db);
	if (!state) {
		forget(db);
		return false;
	}
	if (!m->state || strcmp(state, m->state) != 0)
		m->n = atomic_fetch_add(&last, 1) + 1;
	free(m->state);
	m->state = state;
	m->asked_us = now;
	return true;
}

bool db_mark(struct db *db, int64_t since_us, uint64_t *out)
{
	struct db_mark *m = &db->mark;
	pthread_mutex_lock(&m->lock);
	bool known = (since_us && m->asked_us > since_us) || look(db);
	*out = m->n;
	pthread_mutex_unlock(&m->lock);
	return known;
}
