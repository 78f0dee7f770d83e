#include "platform/db_internal.h"

#include <string.h>

#include "platform/jobs.h"
#include "platform/metrics.h"

/* ---- failures ---- */

rc db_doom(struct ctx *c, struct db_conn *conn, rc code, const char *key)
{
	rc r = fail(c, code, key);
	if (!conn->dead)
		conn->doom = c->failure;
	conn->dead = true;
	return r;
}

/* A nested write failed: the whole cannot succeed, but may still tell it better. */
static void doom_softly(struct ctx *c, rc code)
{
	if (c->conn->doom.code != OK)
		return;
	c->conn->doom = c->failure;
	c->conn->doom.code = code;
}

static rc verdict(struct ctx *c, const struct db_conn *conn, rc result)
{
	rc doom = conn->doom.code;
	if (doom == OK || (result != OK && doom == E_CONFLICT))
		return result;
	if (result != OK && !conn->dead)
		return result;
	c->failure = conn->doom;
	return doom;
}

static rc misuse(struct ctx *c, const struct stmt *s, const char *detail)
{
	db_log(s->name, detail);
	if (c->conn)
		return db_doom(c, c->conn, E_INTERNAL, K("db.misuse"));
	return fail(c, E_INTERNAL, "db.misuse");
}

/* ---- rows ---- */

static rc unreadable(struct db_cursor *k, const char *column)
{
	db_log(k->s->name, db_reason("column %s cannot be read as declared", column));
	return db_doom(k->c, k->conn, E_CORRUPT, K("db.unreadable"));
}

static rc read_fields(struct db_cursor *k, TALLOC_CTX *mem, const struct shape *s, int *column, void *row)
{
	const struct db_ops *ops = k->conn->db->ops;
	for (size_t i = 0; i < s->n; i++) {
		const struct field *f = &s->fields[i];
		void *at = (char *)row + f->offset;
		if (f->type == F_SHAPE) {
			TRY(read_fields(k, mem, f->shape, column, at));
			continue;
		}
		if (f->type == F_LIST)
			continue;
		struct value v;
		if (!ops->cell(k, (*column)++, value_kind_of(f->type), &v) || !value_store(mem, f, &v, at))
			return unreadable(k, f->name);
	}
	return OK;
}

static rc read_row(struct db_cursor *k, TALLOC_CTX *mem, void *row)
{
	int column = 0;
	memset(row, 0, k->s->out->size);
	return read_fields(k, mem, k->s->out, &column, row);
}

static rc start(struct db_cursor *k, struct ctx *c, const struct stmt *s, const void *const *in, bool rows)
{
	if (!c->conn)
		return misuse(c, s, "no snapshot or transaction is open");
	if (c->conn->dead) {
		c->failure = c->conn->doom;
		return c->conn->doom.code;
	}
	if (rows && !s->out)
		return misuse(c, s, "returns no rows");
	k->c = c;
	k->conn = c->conn;
	k->s = s;
	metric_add(METRIC_STATEMENTS, 1);
	TRY(c->conn->db->ops->start(k, in));
	if (s->out && (size_t)c->conn->db->ops->columns(k) != row_columns(s->out)) {
		c->conn->db->ops->finish(k);
		return misuse(c, s, db_reason("the columns are not those of %s", s->out->name));
	}
	return OK;
}

static rc first_row(struct db_cursor *k, void *row, bool *found)
{
	const struct db_ops *ops = k->conn->db->ops;
	bool more = false;
	TRY(ops->step(k, found));
	if (!*found)
		return OK;
	TRY(read_row(k, k->c->mem, row));
	TRY(ops->step(k, &more));
	return more ? misuse(k->c, k->s, "several rows where one is meant") : OK;
}

rc db_maybe(struct ctx *c, const struct stmt *s, const void *const *in, void *row, bool *found)
{
	struct db_cursor k = { 0 };
	*found = false;
	TRY(start(&k, c, s, in, true));
	rc r = first_row(&k, row, found);
	k.conn->db->ops->finish(&k);
	return r;
}

rc db_one(struct ctx *c, const struct stmt *s, const void *const *in, void *row)
{
	bool found;
	TRY(db_maybe(c, s, in, row, &found));
	return found ? OK : fail(c, E_NOT_FOUND, "db.not_found");
}

static rc all_rows(struct db_cursor *k, struct any_list *out)
{
	size_t cap = 0, size = k->s->out->size;
	for (bool got;;) {
		TRY(k->conn->db->ops->step(k, &got));
		if (!got)
			return OK;
		if (out->n == cap) {
			void *old = out->items;
			out->items = mem_array(k->c->mem, size, cap = cap ? cap * 2 : 16, k->s->out->name);
			if (old)
				memcpy(out->items, old, out->n * size);
			talloc_free(old);
		}
		TRY(read_row(k, k->c->mem, (char *)out->items + out->n * size));
		out->n++;
	}
}

rc db_many(struct ctx *c, const struct stmt *s, const void *const *in, struct any_list *out)
{
	struct db_cursor k = { 0 };
	*out = (struct any_list){ 0 };
	TRY(start(&k, c, s, in, true));
	rc r = all_rows(&k, out);
	k.conn->db->ops->finish(&k);
	return r;
}

static rc each_row(struct db_cursor *k, db_each_fn *each, void *arg)
{
	void *row = mem_zero(k->c->mem, k->s->out->size, k->s->out->name);
	rc r = OK;
	for (bool got; r == OK;) {
		r = k->conn->db->ops->step(k, &got);
		if (r != OK || !got)
			break;
		TALLOC_CTX *mem = talloc_new(row);
		r = read_row(k, mem, row);
		if (r == OK)
			r = each(k->c, row, arg);
		talloc_free(mem);
	}
	talloc_free(row);
	return r;
}

rc db_each(struct ctx *c, const struct stmt *s, const void *const *in, db_each_fn *each, void *arg)
{
	struct db_cursor k = { .in_parts = !c->in_write };
	TRY(start(&k, c, s, in, true));
	rc r = each_row(&k, each, arg);
	k.conn->db->ops->finish(&k);
	return r;
}

rc db_exec(struct ctx *c, const struct stmt *s, const void *const *in, int64_t *affected)
{
	struct db_cursor k = { 0 };
	TRY(start(&k, c, s, in, false));
	rc r = OK;
	for (bool got = true; r == OK && got;)
		r = k.conn->db->ops->step(&k, &got);
	if (affected)
		*affected = k.affected;
	k.conn->db->ops->finish(&k);
	return r;
}

rc db_script(struct ctx *c, const char *sql)
{
	static const struct stmt script = { .name = "script" };
	if (!c->in_write)
		return misuse(c, &script, "outside db_write");
	if (c->conn->dead) {
		c->failure = c->conn->doom;
		return c->conn->doom.code;
	}
	return c->conn->db->ops->script(c, c->conn, sql);
}

rc db_check(struct ctx *c, const struct stmt *s, const char **why)
{
	if (!c->conn)
		return misuse(c, s, "no snapshot or transaction is open");
	return c->conn->db->ops->check(c, c->conn, s, why);
}

/* ---- snapshots and transactions ---- */

rc db_snapshot(struct ctx *c)
{
	static const struct stmt snapshot = { .name = "snapshot" };
	if (c->conn)
		return misuse(c, &snapshot, "one is already open");
	struct db_conn *conn;
	TRY(db_pool_take(c, c->app->db, false, &conn));
	c->conn = conn;
	return OK;
}

void db_snapshot_end(struct ctx *c)
{
	struct db_conn *conn = c->conn;
	if (!conn || c->in_write)
		return;
	c->conn = NULL;
	conn->db->ops->end(conn);
	db_pool_give(conn);
}

uint64_t db_snapshot_generation(const struct ctx *c)
{
	return c->conn ? c->conn->generation : 0;
}

rc db_read(struct ctx *c, db_fn *fn, void *arg)
{
	if (c->conn)
		return fn(c, arg);
	TRY(db_snapshot(c));
	rc r = fn(c, arg);
	r = verdict(c, c->conn, r);
	db_snapshot_end(c);
	return r;
}

rc db_run(struct ctx *c, struct db_conn *conn, db_fn *fn, void *arg)
{
	struct db_conn *outer = c->conn;
	conn->doom = (struct failure){ .code = OK };
	conn->dead = false;
	c->failure = (struct failure){ .code = OK };
	c->conn = conn;
	c->in_write = true;
	rc r = fn(c, arg);
	c->in_write = false;
	c->conn = outer;
	return verdict(c, conn, r);
}

rc db_write(struct ctx *c, db_fn *fn, void *arg)
{
	if (c->in_write) {
		rc r = fn(c, arg);
		if (r != OK)
			doom_softly(c, r);
		return r;
	}
	if (c->app->db->read_only)
		return fail(c, E_DENIED, "db.read_only");
	c->wake_jobs = false;
	rc r = c->app->db->ops->write(c, fn, arg);
	if (r == OK && c->wake_jobs)
		jobs_wake(c->app->jobs);
	if (r == OK || r == E_BUSY)
		metric_add(r == OK ? METRIC_WRITES : METRIC_DB_BUSY, 1);
	return r;
}

uint64_t db_generation(const struct db *db)
{
	return atomic_load(&db->generation);
}

/* ---- the database as a whole ---- */

rc db_open(const struct db_options *o, struct db **out, const char **why)
{
	bool postgres = strncmp(o->url, "postgresql://", 13) == 0 || strncmp(o->url, "postgres://", 11) == 0;
	return postgres ? db_pg_open(o, out, why) : db_sqlite_open(o, out, why);
}

void db_close(struct db *db)
{
	if (db)
		db->ops->close(db);
}

enum db_kind db_kind_of(const struct db *db)
{
	return db->kind;
}

rc db_claim(struct db *db, enum db_claim how, const char **why)
{
	return db->ops->claim(db, how, why);
}

rc db_backup(struct db *db, const char *path, const char **why)
{
	return db->ops->backup(db, path, why);
}
