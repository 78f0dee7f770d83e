/* db_sqlite.h - between db_sqlite.c (connections, statements) and db_writer.c
 * (the one thread that writes). */
#ifndef MAILLAGE_DB_SQLITE_H
#define MAILLAGE_DB_SQLITE_H

#include <sqlite3.h>

#include "platform/db_internal.h"

struct sqlite_conn {
	struct db_conn base;
	sqlite3 *h;
};

struct write_request;

struct sqlite_db {
	struct db base;
	char *path;
	int lock_fd;	/* of db_claim, or -1 */

	struct sqlite_conn *writer;	/* used by its thread alone; NULL: read only */
	pthread_t thread;
	pthread_mutex_t lock;	/* guards what follows */
	pthread_cond_t arrived;
	struct write_request *first, **last;
	int waiting, queue;
	bool bulk;
	bool remade;
	bool stopping;
};

/* Record the connection's last error. */
rc sqlite_fail(struct ctx *c, struct sqlite_conn *k, const char *statement);
/* A statement of our own without parameters or rows; logs, returns E_DB without a reason. */
rc sqlite_command(struct sqlite_conn *k, const char *sql);
/* The same for those that come with every request: prepared once. Logs nothing; the
 * connection keeps the error. */
bool sqlite_step(struct sqlite_conn *k, const struct stmt *s);

/* false: no thread could be made */
bool sqlite_writer_start(struct sqlite_db *db);
void sqlite_writer_stop(struct sqlite_db *db);
rc sqlite_write(struct ctx *c, db_fn *fn, void *arg);

rc sqlite_claim(struct db *db, enum db_claim how, const char **why);
rc sqlite_backup(struct db *db, const char *path, const char **why);
rc sqlite_check(struct ctx *c, struct db_conn *conn, const struct stmt *s, const char **why);

#endif
