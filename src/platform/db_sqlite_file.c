/* db_sqlite_file.c - what concerns the file as a whole: who may write to it,
 * copies of it, statements tried against its schema. */
#include "platform/db_sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* ---- who else writes ---- */

static rc held(int fd, const char *path, const char **why)
{
	char pid[16] = "";
	ssize_t n = pread(fd, pid, sizeof pid - 1, 0);
	pid[n > 0 ? n : 0] = '\0';
	pid[strcspn(pid, "\n")] = '\0';
	*why = db_reason("another process works on %s (pid %s)", path, *pid ? pid : "unknown");
	return E_CONFLICT;
}

/* Who works alone, or serves, writes its number down: for what the others are told. */
static rc sign(int fd, const char *lock, const char **why)
{
	char pid[16];
	int n = snprintf(pid, sizeof pid, "%ld\n", (long)getpid());
	if (ftruncate(fd, 0) == 0 && pwrite(fd, pid, (size_t)n, 0) == n)
		return OK;
	*why = db_reason("%s: %s", lock, strerror(errno));
	return E_IO;
}

/* A server begins alone, then shares with those beside it: a second one never begins. */
static rc lock_file(int fd, enum db_claim how, const char *lock, const char *path, const char **why)
{
	if (flock(fd, (how == CLAIM_BESIDE ? LOCK_SH : LOCK_EX) | LOCK_NB) && errno == EWOULDBLOCK)
		return held(fd, path, why);
	if (how != CLAIM_BESIDE)
		TRY(sign(fd, lock, why));
	return how == CLAIM_SERVE && flock(fd, LOCK_SH | LOCK_NB) ? held(fd, path, why) : OK;
}

rc sqlite_claim(struct db *base, enum db_claim how, const char **why)
{
	struct sqlite_db *db = (struct sqlite_db *)base;
	char lock[4096];
	if (snprintf(lock, sizeof lock, "%s.lock", db->path) >= (int)sizeof lock) {
		*why = "the path is too long";
		return E_IO;
	}
	int fd = db->lock_fd >= 0 ? db->lock_fd : open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0) {
		*why = db_reason("%s: %s", lock, strerror(errno));
		return E_IO;
	}
	rc code = lock_file(fd, how, lock, db->path, why);
	if (code == OK)
		db->lock_fd = fd;
	else if (db->lock_fd < 0)
		close(fd);
	return code;
}

/* ---- copies ---- */

/* All pages in one step: a step at a time starts anew at each commit. */
static rc copy_into(sqlite3 *from, const char *path, const char **why)
{
	sqlite3 *to = NULL;
	int code = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
	if (code == SQLITE_OK) {
		sqlite3_backup *b = sqlite3_backup_init(to, "main", from, "main");
		if (b) {
			sqlite3_backup_step(b, -1);
			sqlite3_backup_finish(b);
		}
		code = sqlite3_errcode(to);
	}
	/* One file, without a log beside it; the server that opens it makes its own. */
	if (code == SQLITE_OK)
		code = sqlite3_exec(to, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL);
	if (code != SQLITE_OK)
		*why = db_reason("%s: %s", path, sqlite3_errmsg(to));
	sqlite3_close(to);
	return code == SQLITE_OK ? OK : E_IO;
}

static bool sync_of(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC);
	bool done = fd >= 0 && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	return done;
}

static rc put_in_place(const char *temporary, const char *path, const char **why)
{
	char folder[4096];
	snprintf(folder, sizeof folder, "%s", path);
	if (sync_of(temporary, O_RDONLY) && rename(temporary, path) == 0 &&
	    sync_of(dirname(folder), O_RDONLY | O_DIRECTORY))
		return OK;
	*why = db_reason("%s: %s", path, strerror(errno));
	return E_IO;
}

rc sqlite_backup(struct db *db, const char *path, const char **why)
{
	char temporary[4096];
	if (snprintf(temporary, sizeof temporary, "%s.XXXXXX", path) >= (int)sizeof temporary) {
		*why = "the path is too long";
		return E_IO;
	}
	struct db_conn *from;
	TRY(db->ops->conn_open(db, &from, why));
	int fd = mkstemp(temporary);
	rc r = E_IO;
	if (fd < 0) {
		*why = db_reason("%s: %s", path, strerror(errno));
	} else {
		close(fd);
		r = copy_into(((struct sqlite_conn *)from)->h, temporary, why);
		if (r == OK)
			r = put_in_place(temporary, path, why);
		if (r != OK)
			unlink(temporary);
	}
	db->ops->conn_close(from);
	return r;
}

/* ---- statements ---- */

static bool has_column(sqlite3_stmt *st, const char *name)
{
	for (int i = 0; i < sqlite3_column_count(st); i++)
		if (strcmp(sqlite3_column_name(st, i), name) == 0)
			return true;
	return false;
}

static rc differs(struct ctx *c, sqlite3_stmt *st, const struct stmt *s, const char **why)
{
	char name[128];
	size_t n = s->out ? row_columns(s->out) : 0, have = (size_t)sqlite3_column_count(st);
	if ((size_t)sqlite3_bind_parameter_count(st) > s->n_in)
		*why = fmt(c, "%s: uses more parameters than it declares", s->name);
	else if (have != n)
		*why = fmt(c, "%s: returns %zu columns, declares %zu", s->name, have, n);
	else {
		for (size_t i = 0; i < n; i++) {
			row_column(s->out, i, name, sizeof name);
			const char *is = sqlite3_column_name(st, (int)i);
			if (strcmp(name, is) == 0 || !has_column(st, name))
				continue;
			*why = fmt(c, "%s: column %zu is %s, declared %s", s->name, i + 1, is, name);
			return fail(c, E_INVALID, "db.misuse");
		}
		return OK;
	}
	return fail(c, E_INVALID, "db.misuse");
}

rc sqlite_check(struct ctx *c, struct db_conn *conn, const struct stmt *s, const char **why)
{
	struct sqlite_conn *k = (struct sqlite_conn *)conn;
	sqlite3_stmt *st;
	if (sqlite3_prepare_v3(k->h, s->sqlite, -1, 0, &st, NULL) != SQLITE_OK) {
		*why = fmt(c, "%s: %s", s->name, sqlite3_errmsg(k->h));
		return fail(c, E_INVALID, "db.misuse");
	}
	rc r = differs(c, st, s, why);
	sqlite3_finalize(st);
	return r;
}
