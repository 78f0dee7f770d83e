/* db_pg.c - PostgreSQL: connections, transactions, errors. */
#include "platform/db_pg.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define POOL		   16
#define RETRIES		   5
#define CLAIM_TRIES	   20 /* 50 ms apart */
#define SERVE_TRIES	   80 /* the supervisor that starts it again would only do the same */
#define CLAIM_ALONE_QUERY  "SELECT pg_try_advisory_lock(5571301844)"
#define CLAIM_SHARED_QUERY "SELECT pg_try_advisory_lock_shared(5571301844)"
#define CLAIM_SHARE_QUERY  CLAIM_SHARED_QUERY " AND pg_advisory_unlock(5571301844)"

static struct pg_conn *pg_of(struct db_conn *conn)
{
	return (struct pg_conn *)conn;
}

/* ---- errors ---- */

static rc doom_by_state(struct ctx *c, struct pg_conn *k, const char *state, const char *text)
{
	static const struct {
		const char *state;
		rc code;
		const char *key;
		bool again;
	} known[] = {
		{ "23505", E_CONFLICT, K("db.conflict"), false }, /* unique_violation */
		{ "23P01", E_CONFLICT, K("db.conflict"), false }, /* exclusion_violation */
		{ "P0001", E_CONFLICT, NULL, false },		  /* raise_exception */
		{ "40001", E_BUSY, K("db.busy"), true },	  /* serialization_failure */
		{ "40P01", E_BUSY, K("db.busy"), true },	  /* deadlock_detected */
		{ "55P03", E_BUSY, K("db.busy"), false },	  /* lock_not_available */
		{ "53100", E_DB, K("db.full"), false },		  /* disk_full */
		{ "23", E_DB, K("db.constraint"), false },	  /* the class */
	};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		if (strncmp(state, known[i].state, strlen(known[i].state)))
			continue;
		k->again = known[i].again;
		return db_doom(c, &k->base, known[i].code,
			       known[i].key ? known[i].key : db_raised_key(c, text));
	}
	return db_doom(c, &k->base, E_DB, K("db.failed"));
}

rc pg_fail(struct ctx *c, struct pg_conn *k, PGresult *res, const char *statement)
{
	const char *state = PQresultErrorField(res, PG_DIAG_SQLSTATE);
	const char *text = PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY);
	rc r;
	if (PQstatus(k->h) == CONNECTION_BAD) {
		db_log(statement, PQerrorMessage(k->h));
		r = db_doom(c, &k->base, E_AWAY, K("db.lost"));
	} else {
		r = doom_by_state(c, k, state ? state : "", text ? text : "");
		if (r == E_DB)
			db_log(statement, text ? text : PQerrorMessage(k->h));
	}
	PQclear(res);
	return r;
}

rc pg_command(struct ctx *c, struct pg_conn *k, const char *sql)
{
	PGresult *res = PQexec(k->h, sql);
	ExecStatusType status = PQresultStatus(res);
	if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
		return pg_fail(c, k, res, sql);
	PQclear(res);
	return OK;
}

static rc script(struct ctx *c, struct db_conn *conn, const char *sql)
{
	struct pg_conn *k = pg_of(conn);
	PGresult *res = PQexec(k->h, sql);
	if (PQresultStatus(res) != PGRES_COMMAND_OK && PQresultStatus(res) != PGRES_TUPLES_OK)
		return pg_fail(c, k, res, "script");
	PQclear(res);
	return OK;
}

/* ---- connections ---- */

static void no_notice(void *arg, const PGresult *res)
{
	(void)arg;
	(void)res;
}

static PGconn *connect_to(const struct pg_db *db, const char **why)
{
	/* Waits are bounded: a request that cannot lock in time is told to try again. */
	static const char *const names[] = { "dbname", "fallback_application_name", "client_encoding",
					     "options", NULL };
	const char *const values[] = { db->url, "maillage", "UTF8",
				       db->base.read_only
					       ? "-c lock_timeout=10s -c default_transaction_read_only=on"
					       : "-c lock_timeout=10s",
				       NULL };
	PGconn *h = PQconnectdbParams(names, values, 1);
	if (PQstatus(h) != CONNECTION_OK) {
		*why = db_reason("%s", PQerrorMessage(h));
		PQfinish(h);
		return NULL;
	}
	PQsetNoticeReceiver(h, no_notice, NULL);
	return h;
}

static rc conn_open(struct db *db, struct db_conn **out, const char **why)
{
	PGconn *h = connect_to((struct pg_db *)db, why);
	if (!h)
		return E_IO;
	struct pg_conn *k = calloc(1, sizeof *k);
	if (!k)
		abort();
	k->base.db = db;
	k->h = h;
	*out = &k->base;
	return OK;
}

static void conn_close(struct db_conn *conn)
{
	stmt_cache_free(&conn->prepared, NULL);
	PQfinish(pg_of(conn)->h);
	free(conn);
}

static bool conn_alive(const struct db_conn *conn)
{
	const PGconn *h = ((const struct pg_conn *)conn)->h;
	return PQstatus(h) == CONNECTION_OK && PQtransactionStatus(h) == PQTRANS_IDLE;
}

/* ---- snapshots and transactions ---- */

static rc begin(struct ctx *c, struct db_conn *conn, bool writes)
{
	return pg_command(c, pg_of(conn),
			  writes ? "BEGIN ISOLATION LEVEL READ COMMITTED"
				 : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
}

static void end(struct db_conn *conn)
{
	PQclear(PQexec(pg_of(conn)->h, "COMMIT"));
}

/* Which transactions are seen: the ids of those that write, whole numbers of 64 bits. One that
 * ends is seen from then on, and no two such lists are the same. */
static char *state(struct db_conn *conn)
{
	static const char name[] = "state";
	struct pg_conn *k = pg_of(conn);
	if (!k->n_prepared) {
		PQclear(PQprepare(k->h, name, "SELECT pg_current_snapshot()", 0, NULL));
		k->n_prepared++;
	}
	PGresult *res = PQexecPrepared(k->h, name, 0, NULL, NULL, NULL, 0);
	char *text = NULL;
	if (PQresultStatus(res) == PGRES_TUPLES_OK && PQntuples(res) == 1)
		text = strdup(PQgetvalue(res, 0, 0));
	else
		db_log(name, PQerrorMessage(k->h));
	PQclear(res);
	return text;
}

static rc commit(struct ctx *c, struct pg_conn *k)
{
	PGresult *res = PQexec(k->h, "COMMIT");
	if (PQstatus(k->h) == CONNECTION_BAD) {
		db_log("commit", PQerrorMessage(k->h));
		PQclear(res);
		return db_doom(c, &k->base, E_DB, K("db.outcome_unknown"));
	}
	/* A transaction that an error ended answers ROLLBACK. */
	if (PQresultStatus(res) != PGRES_COMMAND_OK || strcmp(PQcmdStatus(res), "COMMIT") != 0)
		return pg_fail(c, k, res, "commit");
	PQclear(res);
	atomic_fetch_add(&k->base.db->generation, 1);
	return OK;
}

static rc try_once(struct ctx *c, db_fn *fn, void *arg, bool *again)
{
	struct db_conn *conn;
	TRY(db_pool_take(c, c->app->db, true, &conn));
	struct pg_conn *k = pg_of(conn);
	k->again = false;
	rc r = db_run(c, &k->base, fn, arg);
	if (r == OK)
		r = commit(c, k);
	else
		PQclear(PQexec(k->h, "ROLLBACK"));
	*again = k->again;
	db_pool_give(conn);
	return r;
}

/* Two that met in a deadlock would meet again at the same pace. */
static void pause_before(int attempt)
{
	static _Thread_local unsigned seed;
	if (!seed)
		seed = (unsigned)(uintptr_t)&seed;
	long ms = 1 + rand_r(&seed) % (5 << attempt);
	nanosleep(&(struct timespec){ .tv_nsec = ms * 1000000 }, NULL);
}

static rc write_one(struct ctx *c, db_fn *fn, void *arg)
{
	for (int attempt = 0;; attempt++) {
		bool again = false;
		rc r = try_once(c, fn, arg, &again);
		if (!again || attempt == RETRIES)
			return r;
		pause_before(attempt);
	}
}

/* ---- the database as a whole ---- */

static rc ask(PGconn *h, const char *query, const char **why)
{
	PGresult *res = PQexec(h, query);
	bool asked = PQresultStatus(res) == PGRES_TUPLES_OK;
	bool got = asked && PQgetvalue(res, 0, 0)[0] == 't';
	PQclear(res);
	if (!got)
		*why = asked ? "another process works on this database" : db_reason("%s", PQerrorMessage(h));
	return got ? OK : asked ? E_CONFLICT : E_IO;
}

/* The session of a process that was killed holds its lock until PostgreSQL sees the end of it: who starts at once
 * waits for that. */
static rc ask_again(PGconn *h, const char *query, int tries, const char **why)
{
	rc code = ask(h, query, why);
	for (int i = 1; i < tries && code == E_CONFLICT; i++) {
		nanosleep(&(struct timespec){ .tv_nsec = 50000000 }, NULL);
		code = ask(h, query, why);
	}
	return code;
}

/* A server begins alone, then shares with those beside it: a second one never begins. */
static rc claim(struct db *base, enum db_claim how, const char **why)
{
	struct pg_db *db = (struct pg_db *)base;
	PGconn *h = db->claim ? db->claim : connect_to(db, why);
	if (!h)
		return E_IO;
	rc code = ask_again(h, how == CLAIM_BESIDE ? CLAIM_SHARED_QUERY : CLAIM_ALONE_QUERY,
			    how == CLAIM_SERVE ? SERVE_TRIES : CLAIM_TRIES, why);
	if (code == OK && how == CLAIM_SERVE)
		code = ask(h, CLAIM_SHARE_QUERY, why);
	if (code == OK)
		db->claim = h;
	else if (!db->claim)
		PQfinish(h);
	return code;
}

static rc backup(struct db *db, const char *path, const char **why)
{
	(void)db;
	(void)path;
	*why = "PostgreSQL is backed up by its own tools: pg_dump --format=custom";
	return E_INVALID;
}

static void db_free(struct db *base)
{
	struct pg_db *db = (struct pg_db *)base;
	db_pool_close(base);
	/* The end of a session is only noticed later: who starts next must not be refused. */
	if (db->claim)
		PQclear(PQexec(db->claim, "SELECT pg_advisory_unlock_all()"));
	PQfinish(db->claim);
	free(db->url);
	free(db);
}

static const struct db_ops pg_ops = {
	.conn_open = conn_open,
	.conn_close = conn_close,
	.conn_alive = conn_alive,
	.begin = begin,
	.end = end,
	.state = state,
	.write = write_one,
	.start = pg_start,
	.step = pg_step,
	.columns = pg_columns,
	.cell = pg_cell,
	.finish = pg_finish,
	.script = script,
	.check = pg_check,
	.claim = claim,
	.backup = backup,
	.close = db_free,
};

rc db_pg_open(const struct db_options *o, struct db **out, const char **why)
{
	if (!late_pq_load()) {
		*why = "libpq cannot be loaded";
		return E_IO;
	}
	struct pg_db *db = calloc(1, sizeof *db);
	if (!db || !(db->url = strdup(o->url)))
		abort();
	db_init(&db->base, &pg_ops, DB_POSTGRES, o, POOL);
	struct db_conn *conn;
	rc r = conn_open(&db->base, &conn, why);
	if (r != OK) {
		db_free(&db->base);
		return r;
	}
	db->base.n_open = 1;
	db_pool_give(conn);
	*out = &db->base;
	return OK;
}
