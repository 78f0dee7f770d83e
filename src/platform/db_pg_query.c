/* db_pg_query.c - statements on PostgreSQL: text both ways, but for hashes,
 * which go as bytes. */
#include "platform/db_pg.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PARAMS_MAX 128
#define PART	   500 /* rows fetched at a time by db_each */

/* Of PostgreSQL's catalogue, where they never change. */
enum {
	OID_BOOL = 16,
	OID_BYTEA = 17,
	OID_NAME = 19,
	OID_INT8 = 20,
	OID_INT2 = 21,
	OID_INT4 = 23,
	OID_TEXT = 25,
	OID_VARCHAR = 1043,
	OID_NUMERIC = 1700
};

static struct pg_conn *pg_of(struct db_conn *conn)
{
	return (struct pg_conn *)conn;
}

/* ---- parameters ---- */

struct params {
	int n;
	Oid types[PARAMS_MAX];
	const char *values[PARAMS_MAX];
	int lengths[PARAMS_MAX], formats[PARAMS_MAX];
	char digits[PARAMS_MAX][24];
};

static Oid oid_of(enum value_kind kind)
{
	switch (kind) {
	case V_INT: return OID_INT8;
	case V_BOOL: return OID_BOOL;
	case V_BLOB: return OID_BYTEA;
	case V_TEXT:
	case V_NULL: break;
	}
	return OID_TEXT;
}

static void param(struct params *p, int i, const struct value *v)
{
	p->formats[i] = 0;
	switch (v->kind) {
	case V_NULL: p->values[i] = NULL; break;
	case V_BOOL: p->values[i] = v->i ? "t" : "f"; break;
	case V_TEXT: p->values[i] = v->s; break;
	case V_INT:
		snprintf(p->digits[i], sizeof p->digits[i], "%lld", (long long)v->i);
		p->values[i] = p->digits[i];
		break;
	case V_BLOB:
		p->values[i] = v->s;
		p->lengths[i] = (int)v->n;
		p->formats[i] = 1;
		break;
	}
}

static rc collect(struct db_cursor *k, const void *const *in, struct params *p)
{
	p->n = (int)k->s->n_in;
	if (k->s->n_in > PARAMS_MAX) {
		db_log(k->s->name, "too many parameters");
		return db_doom(k->c, k->conn, E_INTERNAL, K("db.misuse"));
	}
	for (int i = 0; i < p->n; i++) {
		struct value v;
		p->types[i] = oid_of(value_kind_of(k->s->in[i].type));
		if (!value_load(&k->s->in[i], in[i], &v)) {
			db_log(k->s->name, db_reason("parameter %s has no value", k->s->in[i].name));
			return db_doom(k->c, k->conn, E_INTERNAL, K("db.misuse"));
		}
		param(p, i, &v);
	}
	return OK;
}

/* ---- running ---- */

static rc accept_result(struct db_cursor *k, PGresult *res)
{
	ExecStatusType status = PQresultStatus(res);
	if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
		return pg_fail(k->c, pg_of(k->conn), res, k->s->name);
	k->handle = res;
	k->affected = strtoll(PQcmdTuples(res), NULL, 10);
	return OK;
}

static rc prepare(struct db_cursor *k, const struct params *p, char name[24])
{
	struct pg_conn *conn = pg_of(k->conn);
	void **slot = stmt_cache_slot(&k->conn->prepared, k->s);
	if (!*slot) {
		uintptr_t id = conn->n_prepared + 1;
		snprintf(name, 24, "s%ju", (uintmax_t)id);
		PGresult *res = PQprepare(conn->h, name, k->s->postgres, p->n, p->types);
		if (PQresultStatus(res) != PGRES_COMMAND_OK)
			return pg_fail(k->c, conn, res, k->s->name);
		PQclear(res);
		conn->n_prepared = id;
		*slot = (void *)id;
	}
	snprintf(name, 24, "s%ju", (uintmax_t)(uintptr_t)*slot);
	return OK;
}

static rc fetch(struct db_cursor *k)
{
	char sql[64];
	PQclear(k->handle);
	k->handle = NULL;
	k->row = 0;
	snprintf(sql, sizeof sql, "FETCH %d FROM c%u", PART, k->part_id);
	return accept_result(k, PQexec(pg_of(k->conn)->h, sql));
}

/* A long list is never whole in memory. */
static rc start_in_parts(struct db_cursor *k, const struct params *p)
{
	struct pg_conn *conn = pg_of(k->conn);
	unsigned id = ++conn->n_cursors;
	char *sql = fmt(k->c, "DECLARE c%u NO SCROLL CURSOR FOR %s", id, k->s->postgres);
	TRY(accept_result(k,
			  PQexecParams(conn->h, sql, p->n, p->types, p->values, p->lengths, p->formats, 0)));
	talloc_free(sql);
	k->part_id = id;
	return fetch(k);
}

rc pg_start(struct db_cursor *k, const void *const *in)
{
	struct params p;
	char name[24];
	TRY(collect(k, in, &p));
	if (k->in_parts)
		return start_in_parts(k, &p);
	TRY(prepare(k, &p, name));
	return accept_result(k,
			     PQexecPrepared(pg_of(k->conn)->h, name, p.n, p.values, p.lengths, p.formats, 0));
}

rc pg_step(struct db_cursor *k, bool *got)
{
	if (k->part_id && k->row == PART)
		TRY(fetch(k));
	*got = k->row < PQntuples(k->handle);
	k->row++;
	return OK;
}

void pg_finish(struct db_cursor *k)
{
	char sql[32];
	PQclear(k->handle);
	if (k->part_id && !k->conn->dead) {
		snprintf(sql, sizeof sql, "CLOSE c%u", k->part_id);
		PQclear(PQexec(pg_of(k->conn)->h, sql));
	}
}

/* ---- values ---- */

int pg_columns(const struct db_cursor *k)
{
	return PQnfields(k->handle);
}

static int nibble(char ch)
{
	return ch >= 'a' ? ch - 'a' + 10 : ch - '0';
}

/* "\x..." to bytes, in the result's own text. */
static bool bytes_of(char *text, size_t n, struct value *out)
{
	if (n < 2 || text[0] != '\\' || text[1] != 'x' || n % 2)
		return false;
	for (size_t i = 2; i < n; i += 2)
		text[i / 2 - 1] = (char)(nibble(text[i]) << 4 | nibble(text[i + 1]));
	out->s = text;
	out->n = n / 2 - 1;
	return true;
}

static bool int_of(const char *text, struct value *out)
{
	char *end;
	errno = 0;
	out->i = strtoll(text, &end, 10);
	return *text && !*end && errno == 0;
}

bool pg_cell(const struct db_cursor *k, int column, enum value_kind want, struct value *out)
{
	int row = k->row - 1;
	*out = (struct value){ .kind = want };
	if (PQgetisnull(k->handle, row, column)) {
		out->kind = V_NULL;
		return true;
	}
	char *text = PQgetvalue(k->handle, row, column);
	Oid type = PQftype(k->handle, column);
	switch (want) {
	case V_INT: return int_of(text, out);
	case V_BOOL: out->i = text[0] == 't'; return type == OID_BOOL;
	case V_BLOB:
		return type == OID_BYTEA && bytes_of(text, (size_t)PQgetlength(k->handle, row, column), out);
	case V_TEXT:
		out->s = text;
		out->n = (size_t)PQgetlength(k->handle, row, column);
		return type != OID_BYTEA;
	case V_NULL: break;
	}
	return false;
}

/* ---- statements tried against the schema ---- */

static bool type_fits(Oid type, enum value_kind want)
{
	switch (want) {
	case V_INT: return type == OID_INT8 || type == OID_INT4 || type == OID_INT2 || type == OID_NUMERIC;
	case V_BOOL: return type == OID_BOOL;
	case V_BLOB: return type == OID_BYTEA;
	case V_TEXT: return type == OID_TEXT || type == OID_VARCHAR || type == OID_NAME;
	case V_NULL: break;
	}
	return false;
}

static bool has_column(const PGresult *res, const char *name)
{
	for (int i = 0; i < PQnfields(res); i++)
		if (strcmp(PQfname(res, i), name) == 0)
			return true;
	return false;
}

static bool differs(struct ctx *c, const PGresult *res, const struct stmt *s, const char **why)
{
	char name[128];
	size_t n = s->out ? row_columns(s->out) : 0, have = (size_t)PQnfields(res);
	if (have != n) {
		*why = fmt(c, "%s: returns %zu columns, declares %zu", s->name, have, n);
		return true;
	}
	for (int i = 0; i < (int)n; i++) {
		const struct field *f = row_column(s->out, (size_t)i, name, sizeof name);
		if (strcmp(name, PQfname(res, i)) != 0 && has_column(res, name))
			*why = fmt(c, "%s: column %d is %s, declared %s", s->name, i + 1, PQfname(res, i),
				   name);
		else if (!type_fits(PQftype(res, i), value_kind_of(f->type)))
			*why = fmt(c, "%s: column %s has a type that is not the declared one", s->name, name);
		else
			continue;
		return true;
	}
	return false;
}

rc pg_check(struct ctx *c, struct db_conn *conn, const struct stmt *s, const char **why)
{
	struct pg_conn *k = pg_of(conn);
	Oid types[PARAMS_MAX];
	for (size_t i = 0; i < s->n_in && i < PARAMS_MAX; i++)
		types[i] = oid_of(value_kind_of(s->in[i].type));
	PGresult *res = PQprepare(k->h, "", s->postgres, (int)s->n_in, types);
	if (PQresultStatus(res) == PGRES_COMMAND_OK) {
		PQclear(res);
		res = PQdescribePrepared(k->h, "");
	}
	rc r = E_INVALID;
	if (PQresultStatus(res) != PGRES_COMMAND_OK)
		*why = fmt(c, "%s: %s", s->name, PQresultErrorMessage(res));
	else if ((size_t)PQnparams(res) > s->n_in)
		*why = fmt(c, "%s: uses more parameters than it declares", s->name);
	else if (!differs(c, res, s, why))
		r = OK;
	PQclear(res);
	return r == OK ? OK : fail(c, r, "db.misuse");
}
