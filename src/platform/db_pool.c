/* db_pool.c - what connections share: the pool, what they have prepared, the
 * log of their errors. */
#include "platform/db_internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "platform/log.h"
#include "platform/metrics.h"

/* Longer than any request should take; then the caller is told to try again. */
#define WAIT_SECONDS 5

/* ---- reasons ---- */

void db_log(const char *statement, const char *detail)
{
	metric_add(METRIC_DB_ERRORS, 1);
	log_error("database", KV("statement", statement), KV("detail", detail));
}

const char *db_reason(const char *format, ...)
{
	static _Thread_local char text[512];
	va_list ap;
	va_start(ap, format);
	vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	for (size_t n = strlen(text); n && text[n - 1] == '\n'; n--)
		text[n - 1] = '\0';
	return text;
}

static size_t word_length(const char *s)
{
	return strspn(s, "abcdefghijklmnopqrstuvwxyz_");
}

const char *db_raised_key(struct ctx *c, const char *text)
{
	size_t family = word_length(text);
	if (!family || text[family] != '.')
		return K("db.conflict");
	size_t name = word_length(text + family + 1);
	if (!name || text[family + 1 + name])
		return K("db.conflict");
	return fmt(c, "%s", text);
}

/* ---- the pool ---- */

void db_init(struct db *db, const struct db_ops *ops, enum db_kind kind, const struct db_options *o, int cap)
{
	db->ops = ops;
	db->kind = kind;
	db->read_only = o->read_only;
	db->cap = o->readers > 0 ? o->readers : cap;
	db->memos = memos_new();
	db_mark_init(&db->mark);
	pthread_condattr_t monotonic;
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_mutex_init(&db->pool_lock, NULL);
	pthread_cond_init(&db->pool_freed, &monotonic);
	pthread_condattr_destroy(&monotonic);
}

void db_pool_close(struct db *db)
{
	for (struct db_conn *conn; (conn = db->idle);) {
		db->idle = conn->next_idle;
		db->ops->conn_close(conn);
	}
	db_mark_free(db);
	memos_free(db->memos);
	pthread_cond_destroy(&db->pool_freed);
	pthread_mutex_destroy(&db->pool_lock);
}

static void forget_one(struct db *db)
{
	pthread_mutex_lock(&db->pool_lock);
	db->n_open--;
	pthread_cond_signal(&db->pool_freed);
	pthread_mutex_unlock(&db->pool_lock);
}

/* An idle connection, or NULL with leave to open one (*may_open), or neither. */
static struct db_conn *wait_for_one(struct db *db, bool *may_open)
{
	struct timespec until;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += WAIT_SECONDS;
	pthread_mutex_lock(&db->pool_lock);
	int waited = 0;
	while (!db->idle && db->n_open == db->cap && waited == 0)
		waited = pthread_cond_timedwait(&db->pool_freed, &db->pool_lock, &until);
	struct db_conn *conn = db->idle;
	*may_open = !conn && db->n_open < db->cap;
	if (conn)
		db->idle = conn->next_idle;
	if (*may_open)
		db->n_open++;
	pthread_mutex_unlock(&db->pool_lock);
	return conn;
}

static rc take(struct ctx *c, struct db *db, struct db_conn **out)
{
	bool may_open;
	const char *why;
	*out = wait_for_one(db, &may_open);
	if (*out)
		return OK;
	if (!may_open)
		return fail(c, E_BUSY, "db.busy");
	if (db->ops->conn_open(db, out, &why) == OK)
		return OK;
	forget_one(db);
	db_log("connect", why);
	return fail(c, E_AWAY, "db.lost");
}

void db_pool_give(struct db_conn *conn)
{
	struct db *db = conn->db;
	if (!db->ops->conn_alive(conn)) {
		db->ops->conn_close(conn);
		forget_one(db);
		return;
	}
	pthread_mutex_lock(&db->pool_lock);
	conn->next_idle = db->idle;
	db->idle = conn;
	pthread_cond_signal(&db->pool_freed);
	pthread_mutex_unlock(&db->pool_lock);
}

rc db_pool_take(struct ctx *c, struct db *db, bool writes, struct db_conn **out)
{
	/* Connections that went with a restart of the server are found here, one
	 * by one, and replaced; nothing has been done on them yet. */
	for (int i = 0;; i++) {
		TRY(take(c, db, out));
		struct db_conn *conn = *out;
		conn->doom = (struct failure){ .code = OK };
		conn->dead = false;
		/* Before it begins: what it shows is never older than this. */
		conn->generation = db_generation(db);
		rc r = db->ops->begin(c, conn, writes);
		if (r == OK)
			return OK;
		bool lost = !db->ops->conn_alive(conn);
		db_pool_give(conn);
		if (!lost || i == db->cap)
			return r;
	}
}

/* ---- prepared statements ---- */

static size_t place_of(const struct stmt_cache *cache, const struct stmt *key)
{
	size_t i = ((uintptr_t)key * 0x9e3779b97f4a7c15u) >> 20 & (cache->cap - 1);
	while (cache->slots[i].key && cache->slots[i].key != key)
		i = (i + 1) & (cache->cap - 1);
	return i;
}

static void grow(struct stmt_cache *cache)
{
	struct stmt_cache wider = { .cap = cache->cap ? cache->cap * 2 : 64, .n = cache->n };
	wider.slots = calloc(wider.cap, sizeof *wider.slots);
	if (!wider.slots)
		abort();
	for (size_t i = 0; i < cache->cap; i++)
		if (cache->slots[i].key)
			wider.slots[place_of(&wider, cache->slots[i].key)] = cache->slots[i];
	free(cache->slots);
	*cache = wider;
}

void **stmt_cache_slot(struct stmt_cache *cache, const struct stmt *key)
{
	if (cache->n * 2 >= cache->cap)
		grow(cache);
	struct stmt_slot *slot = &cache->slots[place_of(cache, key)];
	if (!slot->key) {
		slot->key = key;
		cache->n++;
	}
	return &slot->value;
}

void stmt_cache_free(struct stmt_cache *cache, void (*drop)(void *value))
{
	for (size_t i = 0; drop && i < cache->cap; i++)
		if (cache->slots[i].value)
			drop(cache->slots[i].value);
	free(cache->slots);
}
