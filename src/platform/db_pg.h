/* db_pg.h - between db_pg.c (connections, transactions, errors) and
 * db_pg_query.c (statements). */
#ifndef MAILLAGE_DB_PG_H
#define MAILLAGE_DB_PG_H

#include "platform/db_internal.h"
#include "platform/late_pq.h"

struct pg_conn {
	struct db_conn base;
	PGconn *h;
	uintptr_t n_prepared;	/* their names are s1, s2 ... */
	unsigned n_cursors;
	bool again;	/* the transaction met a deadlock or the like: run it once more */
};

struct pg_db {
	struct db base;
	char *url;
	PGconn *claim;	/* holds the advisory lock of db_claim, or NULL */
};

/* Record why, clear the result (NULL: the connection is gone). */
rc pg_fail(struct ctx *c, struct pg_conn *k, PGresult *res, const char *statement);
/* A command of our own; the result is cleared. */
rc pg_command(struct ctx *c, struct pg_conn *k, const char *sql);

rc pg_start(struct db_cursor *k, const void *const *in);
rc pg_step(struct db_cursor *k, bool *got);
int pg_columns(const struct db_cursor *k);
bool pg_cell(const struct db_cursor *k, int column, enum value_kind want, struct value *out);
void pg_finish(struct db_cursor *k);
rc pg_check(struct ctx *c, struct db_conn *conn, const struct stmt *s, const char **why);

#endif
