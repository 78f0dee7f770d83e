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

/* A named statement. Parameters are numbered ?1.. and $1.. in order of `in`.
 * Connections remember what they prepared by the address of the struct: it is
 * static and never changes. */
struct stmt {
	const char *name;
	const char *sqlite, *postgres;
	size_t n_in;
	const struct field *in;		/* type of each parameter (offset when bound from a struct) */
	const struct shape *out;	/* NULL: returns no rows */
};

/* `url` is a path or postgresql://... . Opens, checks nothing, creates the
 * file when `create`. E_IO with a reason in `why`; the text of a reason lasts
 * until the thread's next call that gives one. */
struct db_options {
	const char *url;
	bool create;
	bool read_only;	/* db_write answers E_DENIED */
	int readers;	/* SQLite: cap of reading connections, 64 when 0; PostgreSQL: pool size, 16 */
	bool bulk;	/* SQLite: a command that writes much: up to 256 MB of pages in memory, 16 else */
	bool remade;	/* SQLite: can be made again if the machine stops: waits for the disk at db_close only */
	int queue;	/* SQLite: writes waiting before E_BUSY, 1024 when 0 */
};
rc db_open(const struct db_options *o, struct db **out, const char **why);
void db_close(struct db *db);	/* waits for the queue to empty; no snapshot may be open */
enum db_kind db_kind_of(const struct db *db);

/* Say how this process works on the database: a lock on `PATH.lock` (SQLite), or an
 * advisory lock held by a connection of its own. Held until db_close, or the next claim.
 *   E_CONFLICT  another process is there that does not go together with it; `why` says which.
 *               PostgreSQL: still so after a second, as the end of one is noticed late
 *   E_IO        the lock could not be asked for */
enum db_claim {
	CLAIM_ALONE,	/* no other process writes (migrate, restore, import) */
	CLAIM_SERVE,	/* the one server: nobody else as above, but small writes beside it are welcome */
	CLAIM_BESIDE	/* such a write: one short transaction on what no server keeps in memory */
};
rc db_claim(struct db *db, enum db_claim how, const char **why);

/* SQLite: a consistent copy while others read and write; `path` appears whole
 * or not at all, and replaces what was there. PostgreSQL: E_INVALID, `why` says
 * to use pg_dump. E_IO when the copy cannot be written. */
rc db_backup(struct db *db, const char *path, const char **why);

/* ---- inside a snapshot or a transaction (c->conn is set) ---- */

/* `in` holds one pointer per parameter, each to a value of the C type of its
 * field. Text and lists that come out live in c->mem.
 *
 * Columns are those of `out`, in order. F_SHAPE members are flattened where they
 * stand, their columns named outer_inner; F_LIST members have no column and come
 * out empty. NULL is NONE for numbers and times, 0 for ids, NULL for text, "" for
 * a pubid, -1 for an enum, false for a bool, and all zeros for a hash whose field
 * has FF_NULL (without it, all zeros is a hash like another).
 *
 * An error of the database ends the snapshot or transaction: further verbs
 * return the same failure, and db_write does not return OK. What the database
 * said goes to the log, never to users; a conflict is not logged.
 *   E_CONFLICT  "db.conflict" a value is taken (unique, primary key); or what a
 *               trigger raised, when it looks like a message key
 *   E_DB        "db.constraint" check, foreign key, NULL; "db.full" no space left;
 *               "db.failed" anything else
 *   E_AWAY      "db.lost" the connection
 *   E_BUSY      "db.busy" a lock was not had in time
 *   E_CORRUPT   "db.unreadable" a stored value is not of its field's type
 *   E_INTERNAL  "db.misuse" wrong columns, several rows for db_one, no snapshot */
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
 * calls join, and the failure of one fails the whole. A snapshot that the
 * caller has open stays as it is and does not see what fn writes. After an
 * error of the database fn may give its conflict a better key; it cannot
 * turn it into OK. SQLite: fn runs on the writer thread, in a savepoint of the
 * current group. PostgreSQL: fn runs on the calling thread, READ COMMITTED,
 * again (up to five times) after a deadlock or a serialization failure.
 *   E_BUSY  "db.busy" the queue is full, no connection is free
 *   E_DB    the database failed; nothing is stored. Except "db.outcome_unknown":
 *           the connection was lost during COMMIT; look before trying again */
rc db_write(struct ctx *c, db_fn *fn, void *arg);

/* For pages: open a snapshot that lasts until db_snapshot_end. */
rc db_snapshot(struct ctx *c);
void db_snapshot_end(struct ctx *c);

/* A bump at each commit of this process; part of the key of cached pages. */
uint64_t db_generation(const struct db *db);
/* The generation that the open snapshot is at least as new as: a page made in
 * it is kept under this one, so that a commit in between never leaves an old
 * page under a new generation. */
uint64_t db_snapshot_generation(const struct ctx *c);

/* A number that stays the same as long as nobody writes: whatever was committed between two
 * calls, by this process or another, the second gives a higher one. What is asked for one
 * thread answers all who came before it was asked: `since_us` by the monotonic clock (0: now).
 * Waits for PostgreSQL. false: the database cannot say. */
bool db_mark(struct db *db, int64_t since_us, uint64_t *out);

/* Run a script of several statements (migrations, tests). Inside db_write. */
rc db_script(struct ctx *c, const char *sql);

/* For tests: does this database accept the statement, and does it return as
 * many columns as `out` has, of types that can be read, none in another's
 * place? A column may bear another name, as COUNT(*) does, when no column
 * bears the one declared. In a snapshot of its own, which a refusal ends. E_INVALID with the difference in `why` (c->mem). */
rc db_check(struct ctx *c, const struct stmt *s, const char **why);

#endif
