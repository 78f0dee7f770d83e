/* db.h - one interface over SQLite and PostgreSQL. Domain code calls the
 * functions that tools/sqlgen writes from .sql files; those call the four
 * verbs below. Nothing here parses SQL. */
#ifndef MAILLAGE_DB_H
#define MAILLAGE_DB_H

#include "base/ctx.h"
#include "base/shape.h"

struct db;	/* an open database, shared by all threads */
struct db_conn; /* one connection, used by one thread at a time */

enum db_kind { DB_SQLITE, DB_POSTGRES };

/* A named statement. Parameters are numbered ?1.. and $1.. in order of `in`. */
struct stmt {
	const char *name;
	const char *sqlite, *postgres;
	size_t n_in;
	const struct field *in;		/* type of each parameter (offset when bound from a struct) */
	const struct shape *out;	/* NULL: returns no rows */
};

/* `url` is a path or postgresql://... . Opens, checks nothing, creates the
 * file when `create`. E_IO with a reason in `why` (static or malloc'd text). */
struct db_options {
	const char *url;
	bool create;
	bool read_only;
	int readers;	/* SQLite: cap of reading connections; PostgreSQL: pool size */
	int queue;	/* writes waiting before E_BUSY */
};
rc db_open(const struct db_options *o, struct db **out, const char **why);
void db_close(struct db *db);	/* waits for the queue to empty */
enum db_kind db_kind_of(const struct db *db);

/* ---- inside a snapshot or a transaction (c->conn is set) ---- */

/* `in` holds one pointer per parameter, each to a value of the C type of its
 * field. Text and lists that come out live in c->mem. */
rc db_one(struct ctx *c, const struct stmt *s, const void *const *in, void *row); /* none: E_NOT_FOUND "db.not_found" */
rc db_maybe(struct ctx *c, const struct stmt *s, const void *const *in, void *row, bool *found);
rc db_many(struct ctx *c, const struct stmt *s, const void *const *in, struct any_list *out);
rc db_exec(struct ctx *c, const struct stmt *s, const void *const *in, int64_t *affected /* or NULL */);
/* Row by row for long lists; `each` returning non-OK stops. The row's memory
 * is freed after each call. */
typedef rc db_each_fn(struct ctx *c, const void *row, void *arg);
rc db_each(struct ctx *c, const struct stmt *s, const void *const *in, db_each_fn *each, void *arg);

/* ---- opening one ---- */

typedef rc db_fn(struct ctx *c, void *arg);

/* Run fn in a read-only snapshot. Nested calls join the open one. */
rc db_read(struct ctx *c, db_fn *fn, void *arg);

/* Run fn in the one kind of write transaction, commit, return after the
 * commit is durable. Any non-OK result rolls fn's work back. fn may run
 * twice: it must not hash passwords, render or touch the outside. Nested
 * calls join. SQLite: fn runs on the writer thread, in a savepoint of the
 * current group. PostgreSQL: fn runs on the calling thread, READ COMMITTED.
 *   E_BUSY  the queue is full
 *   E_DB    the database failed; nothing is stored */
rc db_write(struct ctx *c, db_fn *fn, void *arg);

/* For pages: open a snapshot that lasts until db_snapshot_end. */
rc db_snapshot(struct ctx *c);
void db_snapshot_end(struct ctx *c);

/* A bump at each commit; part of the key of cached pages. */
uint64_t db_generation(const struct db *db);

/* Run a script of several statements (migrations, tests). Inside db_write. */
rc db_script(struct ctx *c, const char *sql);

#endif
