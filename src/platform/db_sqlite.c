/* db_sqlite.c - SQLite: connections, statements, errors. */
#include "platform/db_sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define READERS	      64
#define QUEUE	      1024
#define READ_MEMORY   (24 << 20)
#define LOCK_WAIT_MS  5000
#define STATEMENT_MAX 1000000

static struct sqlite_conn *sqlite_of(struct db_conn *conn)
{
	return (struct sqlite_conn *)conn;
}

static sqlite3_stmt *statement_of(const struct db_cursor *k)
{
	return k->handle;
}

/* ---- errors ---- */

rc sqlite_fail(struct ctx *c, struct sqlite_conn *k, const char *statement)
{
	int code = sqlite3_extended_errcode(k->h);
	const char *text = sqlite3_errmsg(k->h);
	switch (code) {
	case SQLITE_CONSTRAINT_UNIQUE:
	case SQLITE_CONSTRAINT_PRIMARYKEY:
	case SQLITE_CONSTRAINT_ROWID: return db_doom(c, &k->base, E_CONFLICT, K("db.conflict"));
	case SQLITE_CONSTRAINT_TRIGGER: return db_doom(c, &k->base, E_CONFLICT, db_raised_key(c, text));
	}
	db_log(statement, text);
	switch (code & 0xff) {
	case SQLITE_BUSY: return db_doom(c, &k->base, E_BUSY, K("db.busy"));
	case SQLITE_CONSTRAINT: return db_doom(c, &k->base, E_DB, K("db.constraint"));
	case SQLITE_FULL: return db_doom(c, &k->base, E_DB, K("db.full"));
	default: return db_doom(c, &k->base, E_DB, K("db.failed"));
	}
}

rc sqlite_command(struct sqlite_conn *k, const char *sql)
{
	if (sqlite3_exec(k->h, sql, NULL, NULL, NULL) == SQLITE_OK)
		return OK;
	db_log(sql, sqlite3_errmsg(k->h));
	return E_DB;
}

bool sqlite_step(struct sqlite_conn *k, const struct stmt *s)
{
	void **slot = stmt_cache_slot(&k->base.prepared, s);
	sqlite3_stmt *st = *slot;
	if (!st && sqlite3_prepare_v3(k->h, s->sqlite, -1, SQLITE_PREPARE_PERSISTENT, &st, NULL) == SQLITE_OK)
		*slot = st;
	bool done = st && sqlite3_step(st) == SQLITE_DONE;
	if (st)
		sqlite3_reset(st);
	return done;
}

/* ---- statements ---- */

static rc bind(struct db_cursor *k, sqlite3_stmt *st, const void *const *in)
{
	for (size_t i = 0; i < k->s->n_in; i++) {
		struct value v;
		if (!value_load(&k->s->in[i], in[i], &v)) {
			db_log(k->s->name, db_reason("parameter %s has no value", k->s->in[i].name));
			return db_doom(k->c, k->conn, E_INTERNAL, K("db.misuse"));
		}
		int at = (int)i + 1, code = SQLITE_OK;
		switch (v.kind) {
		case V_NULL: code = sqlite3_bind_null(st, at); break;
		case V_INT:
		case V_BOOL: code = sqlite3_bind_int64(st, at, v.i); break;
		case V_TEXT: code = sqlite3_bind_text(st, at, v.s, (int)v.n, SQLITE_STATIC); break;
		case V_BLOB: code = sqlite3_bind_blob(st, at, v.s, (int)v.n, SQLITE_STATIC); break;
		}
		/* A text that names more parameters than it uses is allowed. */
		if (code != SQLITE_OK && code != SQLITE_RANGE)
			return sqlite_fail(k->c, sqlite_of(k->conn), k->s->name);
	}
	return OK;
}

/* How much of the text is prepared. For the one row of a RETURNING, SQLite opens
 * a table and a journal, at half the cost of an insert; the id of a row that
 * VALUES made is known without. */
static int prepared_length(const struct stmt *s)
{
	static const char returning[] = " RETURNING id";
	size_t n = strlen(s->sqlite), end = sizeof returning - 1;
	bool id = s->out && s->out->n == 1 && s->out->fields[0].type == F_ID;
	if (!id || n <= end || strcmp(s->sqlite + n - end, returning) != 0 ||
	    strstr(s->sqlite, "ON CONFLICT") || !strstr(s->sqlite, ") VALUES ("))
		return -1;
	return (int)(n - end);
}

/* Its row is the id of what it made. */
static bool gives_id(const struct db_cursor *k)
{
	return k->s->out && sqlite3_column_count(statement_of(k)) == 0;
}

static rc start(struct db_cursor *k, const void *const *in)
{
	struct sqlite_conn *conn = sqlite_of(k->conn);
	void **slot = stmt_cache_slot(&k->conn->prepared, k->s);
	sqlite3_stmt *st = *slot;
	/* A statement that runs inside itself (db_each) gets one of its own. */
	k->own = st && sqlite3_stmt_busy(st);
	if (!st || k->own) {
		unsigned flags = k->own ? 0 : SQLITE_PREPARE_PERSISTENT;
		if (sqlite3_prepare_v3(conn->h, k->s->sqlite, prepared_length(k->s), flags, &st, NULL) !=
		    SQLITE_OK)
			return sqlite_fail(k->c, conn, k->s->name);
		if (!k->own)
			*slot = st;
	}
	k->handle = st;
	rc r = bind(k, st, in);
	if (r != OK && k->own)
		sqlite3_finalize(st);
	return r;
}

static rc step(struct db_cursor *k, bool *got)
{
	struct sqlite_conn *conn = sqlite_of(k->conn);
	*got = false;
	if (k->row > 0) /* the id was the only one */
		return OK;
	int code = sqlite3_step(statement_of(k));
	*got = code == SQLITE_ROW || (code == SQLITE_DONE && gives_id(k));
	k->row = code == SQLITE_DONE && *got;
	if (code == SQLITE_DONE && !sqlite3_stmt_readonly(statement_of(k)))
		k->affected = sqlite3_changes64(conn->h);
	if (code == SQLITE_ROW || code == SQLITE_DONE)
		return OK;
	return sqlite_fail(k->c, conn, k->s->name);
}

static int columns(const struct db_cursor *k)
{
	return gives_id(k) ? 1 : sqlite3_column_count(statement_of(k));
}

static bool cell(const struct db_cursor *k, int column, enum value_kind want, struct value *out)
{
	sqlite3_stmt *st = statement_of(k);
	*out = (struct value){ .kind = want };
	if (k->row > 0) {
		out->i = sqlite3_last_insert_rowid(sqlite_of(k->conn)->h);
		return want == V_INT;
	}
	switch (sqlite3_column_type(st, column)) {
	case SQLITE_NULL: out->kind = V_NULL; return true;
	case SQLITE_INTEGER:
		out->i = sqlite3_column_int64(st, column);
		return want == V_INT || want == V_BOOL;
	case SQLITE_TEXT:
		out->s = (const char *)sqlite3_column_text(st, column);
		out->n = (size_t)sqlite3_column_bytes(st, column);
		return want == V_TEXT;
	case SQLITE_BLOB:
		out->s = sqlite3_column_blob(st, column);
		out->n = (size_t)sqlite3_column_bytes(st, column);
		return want == V_BLOB && out->s;
	default: return false;
	}
}

static void finish(struct db_cursor *k)
{
	if (k->own)
		sqlite3_finalize(statement_of(k));
	else
		sqlite3_reset(statement_of(k));
}

static rc script(struct ctx *c, struct db_conn *conn, const char *sql)
{
	struct sqlite_conn *k = sqlite_of(conn);
	if (sqlite3_exec(k->h, sql, NULL, NULL, NULL) != SQLITE_OK)
		return sqlite_fail(c, k, "script");
	return OK;
}

/* ---- connections ---- */

static void drop_statement(void *st)
{
	sqlite3_finalize(st);
}

static void conn_close(struct db_conn *conn)
{
	stmt_cache_free(&conn->prepared, drop_statement);
	sqlite3_close(sqlite_of(conn)->h);
	free(conn);
}

static bool conn_alive(const struct db_conn *conn)
{
	(void)conn;
	return true;
}

static int mode_is(void *arg, int n, char **values, char **names)
{
	(void)names;
	*(bool *)arg = n == 1 && strcmp(values[0], "wal") == 0;
	return 0;
}

/* Fewer, longer copies from the log to the file, of pages that are still in memory. */
static bool set_up_bulk(sqlite3 *h)
{
	return sqlite3_exec(h, "PRAGMA cache_size=-256000; PRAGMA wal_autocheckpoint=16384", NULL, NULL,
			    NULL) == SQLITE_OK;
}

static bool wait_for_disk(sqlite3 *h, bool wait)
{
	return sqlite3_exec(h, wait ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=OFF", NULL, NULL,
			    NULL) == SQLITE_OK;
}

static bool set_up(sqlite3 *h, bool writes)
{
	/* "word" is a name, never a text, as on PostgreSQL. */
	sqlite3_db_config(h, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(h, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_busy_timeout(h, LOCK_WAIT_MS);
	sqlite3_limit(h, SQLITE_LIMIT_SQL_LENGTH, STATEMENT_MAX);
	if (sqlite3_exec(h, "PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON; PRAGMA temp_store=MEMORY",
			 NULL, NULL, NULL) != SQLITE_OK)
		return false;
	/* Many read at once: together their pages take this, and a bit for who has none. */
	sqlite3_soft_heap_limit64(READ_MEMORY);
	if (!writes)
		return sqlite3_exec(h, "PRAGMA query_only=ON; PRAGMA cache_size=-1000", NULL, NULL, NULL) ==
		       SQLITE_OK;
	bool wal = false;
	return sqlite3_exec(h, "PRAGMA journal_mode=WAL", mode_is, &wal, NULL) == SQLITE_OK && wal &&
	       sqlite3_exec(h,
			    "PRAGMA synchronous=FULL; PRAGMA cache_size=-16000;"
			    /* As many pages of log as one table of its index tells apart: what is
			     * written again and again is copied to the file, and synced, once. */
			    "PRAGMA wal_autocheckpoint=4000;"
			    "PRAGMA journal_size_limit=67108864;"
			    /* Reads, and so opens the log: only who has it open removes it at the end. */
			    "PRAGMA schema_version",
			    NULL, NULL, NULL) == SQLITE_OK;
}

static rc open_conn(struct sqlite_db *db, bool writes, struct sqlite_conn **out, const char **why)
{
	struct sqlite_conn *k = calloc(1, sizeof *k);
	if (!k)
		abort();
	k->base.db = &db->base;
	int flags = SQLITE_OPEN_NOMUTEX | (writes ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY);
	if (sqlite3_open_v2(db->path, &k->h, flags, NULL) != SQLITE_OK || !set_up(k->h, writes) ||
	    (writes && db->bulk && !set_up_bulk(k->h)) ||
	    (writes && db->remade && !wait_for_disk(k->h, false))) {
		*why = db_reason("%s: %s", db->path, k->h ? sqlite3_errmsg(k->h) : "no memory");
		sqlite3_close(k->h);
		free(k);
		return E_IO;
	}
	*out = k;
	return OK;
}

static rc conn_open(struct db *db, struct db_conn **out, const char **why)
{
	struct sqlite_conn *k;
	TRY(open_conn((struct sqlite_db *)db, false, &k, why));
	*out = &k->base;
	return OK;
}

static rc begin(struct ctx *c, struct db_conn *conn, bool writes)
{
	(void)writes; /* never: the writer begins its own */
	struct sqlite_conn *k = sqlite_of(conn);
	static const struct stmt begin_read = { .name = "begin", .sqlite = "BEGIN" };
	return sqlite_step(k, &begin_read) ? OK : sqlite_fail(c, k, "begin");
}

static void end(struct db_conn *conn)
{
	static const struct stmt end_read = { .name = "end", .sqlite = "ROLLBACK" };
	struct sqlite_conn *k = sqlite_of(conn);
	if (!sqlite3_get_autocommit(k->h) && !sqlite_step(k, &end_read))
		db_log(end_read.name, sqlite3_errmsg(k->h));
}

/* One number of the index of the log, without a look at the file: what is committed, and by whom. */
static char *state(struct db_conn *conn)
{
	static const struct stmt version = { .name = "state", .sqlite = "PRAGMA data_version" };
	struct sqlite_conn *k = sqlite_of(conn);
	void **slot = stmt_cache_slot(&conn->prepared, &version);
	sqlite3_stmt *st = *slot;
	char *text = NULL;
	if (!st &&
	    sqlite3_prepare_v3(k->h, version.sqlite, -1, SQLITE_PREPARE_PERSISTENT, &st, NULL) == SQLITE_OK)
		*slot = st;
	if (st && sqlite3_step(st) == SQLITE_ROW)
		text = strdup((const char *)sqlite3_column_text(st, 0));
	else
		db_log(version.name, sqlite3_errmsg(k->h));
	if (st)
		sqlite3_reset(st);
	return text;
}

/* ---- the file ---- */

static void db_free(struct db *base)
{
	struct sqlite_db *db = (struct sqlite_db *)base;
	if (db->writer)
		sqlite_writer_stop(db);
	db_pool_close(base);
	/* Last, so that it leaves the file whole and without a log beside it. */
	if (db->writer && db->remade)
		wait_for_disk(db->writer->h, true);
	if (db->writer)
		conn_close(&db->writer->base);
	if (db->lock_fd >= 0)
		close(db->lock_fd);
	free(db->path);
	free(db);
}

static const struct db_ops sqlite_ops = {
	.conn_open = conn_open,
	.conn_close = conn_close,
	.conn_alive = conn_alive,
	.begin = begin,
	.end = end,
	.state = state,
	.write = sqlite_write,
	.start = start,
	.step = step,
	.columns = columns,
	.cell = cell,
	.finish = finish,
	.script = script,
	.check = sqlite_check,
	.claim = sqlite_claim,
	.backup = sqlite_backup,
	.close = db_free,
};

static void configure(void)
{
	/* Statistics of memory cost a lock shared by all threads. */
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	sqlite3_initialize();
}

/* Only the owner reads what people wrote; SQLite gives its other files the same
 * mode. A file that exists is not opened here: closing it would drop the locks
 * that another connection of this process holds on it. */
static rc file_ready(const struct db_options *o, const char **why)
{
	if (access(o->url, R_OK) == 0)
		return OK;
	int fd = o->create && errno == ENOENT ? open(o->url, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600)
					      : -1;
	if (fd < 0) {
		*why = db_reason("%s: %s", o->url, strerror(errno));
		return E_IO;
	}
	close(fd);
	return OK;
}

rc db_sqlite_open(const struct db_options *o, struct db **out, const char **why)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, configure);
	TRY(file_ready(o, why));
	struct sqlite_db *db = calloc(1, sizeof *db);
	if (!db || !(db->path = strdup(o->url)))
		abort();
	db_init(&db->base, &sqlite_ops, DB_SQLITE, o, READERS);
	db->lock_fd = -1;
	db->bulk = o->bulk;
	db->remade = o->remade;
	db->queue = o->queue > 0 ? o->queue : QUEUE;
	rc r = OK;
	struct db_conn *reader;
	if (!o->read_only)
		r = open_conn(db, true, &db->writer, why);
	else if ((r = conn_open(&db->base, &reader, why)) == OK)
		conn_close(reader);
	if (r == OK && db->writer && !sqlite_writer_start(db)) {
		*why = "no thread to write with";
		conn_close(&db->writer->base);
		db->writer = NULL;
		r = E_IO;
	}
	if (r != OK) {
		db_free(&db->base);
		return r;
	}
	*out = &db->base;
	return OK;
}
