/* db_internal.h - what db.c and the two databases share. Included by
 * src/platform/db*.c alone. */
#ifndef MAILLAGE_DB_INTERNAL_H
#define MAILLAGE_DB_INTERNAL_H

#include <pthread.h>
#include <stdatomic.h>

#include "platform/app.h"
#include "platform/db.h"
#include "platform/db_memo.h"
#include "platform/db_value.h"

/* Statements that a connection has prepared, by the address of their struct. */
struct stmt_slot {
	const struct stmt *key;
	void *value;
};
struct stmt_cache {
	struct stmt_slot *slots;
	size_t cap, n;
};

/* The first failure of a snapshot or transaction; code OK: none. */
struct db_conn {
	struct db *db;
	struct db_conn *next_idle;
	struct stmt_cache prepared;
	struct failure doom;
	bool dead;	/* doomed by the database itself: verbs refuse */
	uint64_t generation;
};

/* What db_mark asks with, and what it was told. */
struct db_mark {
	pthread_mutex_t lock;
	struct db_conn *conn;	/* its own, in no transaction; NULL: not opened yet */
	char *state;
	uint64_t n;
	int64_t asked_us;	/* just before; 0: the state is not known */
};

/* A statement under way. */
struct db_cursor {
	struct ctx *c;
	struct db_conn *conn;
	const struct stmt *s;
	bool in_parts;	/* may be fetched in parts (db_each in a snapshot) */
	void *handle;	/* sqlite3_stmt, PGresult */
	bool own;	/* SQLite: the handle is this one's alone */
	int row;	/* PostgreSQL: the next one of the handle; SQLite: 1 at an id that was made */
	unsigned part_id;	/* PostgreSQL: its cursor, when fetched in parts */
	int64_t affected;
};

/* What each database brings. Failures go through db_doom. */
struct db_ops {
	/* Fails with a reason, without a context. */
	rc (*conn_open)(struct db *db, struct db_conn **out, const char **why);
	void (*conn_close)(struct db_conn *conn);
	bool (*conn_alive)(const struct db_conn *conn);
	rc (*begin)(struct ctx *c, struct db_conn *conn, bool writes);
	void (*end)(struct db_conn *conn);	/* of a snapshot */
	rc (*write)(struct ctx *c, db_fn *fn, void *arg);

	/* A text that is another one after each commit by another connection; malloc. NULL: it
	 * could not be had. Outside of any transaction. */
	char *(*state)(struct db_conn *conn);

	/* A cursor that failed to start needs no finish. */
	rc (*start)(struct db_cursor *k, const void *const *in);
	rc (*step)(struct db_cursor *k, bool *got);
	int (*columns)(const struct db_cursor *k);
	/* false: the stored value is not of that kind */
	bool (*cell)(const struct db_cursor *k, int column, enum value_kind want, struct value *out);
	void (*finish)(struct db_cursor *k);

	rc (*script)(struct ctx *c, struct db_conn *conn, const char *sql);
	rc (*check)(struct ctx *c, struct db_conn *conn, const struct stmt *s, const char **why);
	rc (*claim)(struct db *db, enum db_claim how, const char **why);
	rc (*backup)(struct db *db, const char *path, const char **why);
	void (*close)(struct db *db);	/* after the pool is closed; frees db */
};

struct db {
	const struct db_ops *ops;
	enum db_kind kind;
	bool read_only;
	atomic_uint_fast64_t generation;
	struct memos *memos;
	struct db_mark mark;

	/* Connections that read (SQLite) or do both (PostgreSQL). The last one
	 * given back is the first taken: its caches are warm. */
	pthread_mutex_t pool_lock;
	pthread_cond_t pool_freed;
	struct db_conn *idle;
	int n_open, cap;
};

rc db_sqlite_open(const struct db_options *o, struct db **out, const char **why);
rc db_pg_open(const struct db_options *o, struct db **out, const char **why);

void db_init(struct db *db, const struct db_ops *ops, enum db_kind kind, const struct db_options *o, int cap);
void db_pool_close(struct db *db);
void db_mark_init(struct db_mark *m);
void db_mark_free(struct db *db);
/* One whose snapshot or transaction has begun. "db.busy" when none is free
 * within some seconds, "db.lost" when none can be opened. */
rc db_pool_take(struct ctx *c, struct db *db, bool writes, struct db_conn **out);
void db_pool_give(struct db_conn *conn);

/* Record the failure in the context and as the connection's, which refuses
 * whatever follows. */
rc db_doom(struct ctx *c, struct db_conn *conn, rc code, const char *key);
/* The key of what a trigger raised: the text when it looks like one. */
const char *db_raised_key(struct ctx *c, const char *text);
void db_log(const char *statement, const char *detail);

/* Run fn as the write of an open transaction: what to do at its end is told by
 * the result, which is what the caller of db_write gets unless ending fails. */
rc db_run(struct ctx *c, struct db_conn *conn, db_fn *fn, void *arg);

/* A text that lasts until the thread's next. */
const char *db_reason(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The place for what is prepared of a statement, NULL at first. */
void **stmt_cache_slot(struct stmt_cache *cache, const struct stmt *key);
void stmt_cache_free(struct stmt_cache *cache, void (*drop)(void *value));

#endif
