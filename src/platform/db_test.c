/* The verbs, errors and transactions, the same on both databases. */
#include "base/test.h"

#include "world.h"

static const char schema[] =
	"CREATE TABLE thing (id @id);\n"
	"CREATE TABLE unique_thing (id @id, name @text UNIQUE, thing @ref?(thing), n @int CHECK (n > 0));\n"
	"CREATE TABLE journal (id @id, line @text);\n"
	"@append_only(journal)\n";

#define SAME(text) .sqlite = text, .postgres = text

/* ---- verbs ---- */

static const struct field n_fields[] = { { .name = "n", .type = F_INT } };
static const struct shape n_shape = { "n", sizeof(int64_t), 1, n_fields };
static const struct stmt numbers = {
	.name = "numbers",
	.sqlite =
		"WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < ?1) SELECT n FROM r",
	.postgres = "SELECT generate_series(1, $1) AS n",
	.n_in = 1,
	.in = n_fields,
	.out = &n_shape,
};
static const struct stmt two_columns = { .name = "two", SAME("SELECT 1 AS n, 2 AS m"), .out = &n_shape };
static const struct stmt a_text = { .name = "a_text", SAME("SELECT 'x' AS n"), .out = &n_shape };
static const struct stmt nonsense = { .name = "nonsense", SAME("SELECT n FROM nowhere"), .out = &n_shape };

struct sum {
	int64_t sum, rows, stop_at;
};

static rc add_inner(struct ctx *c, const void *row, void *arg)
{
	(void)c;
	((struct sum *)arg)->sum += *(const int64_t *)row;
	return OK;
}

static rc add_row(struct ctx *c, const void *row, void *arg)
{
	struct sum *s = arg;
	int64_t two = 2;
	s->rows++;
	if (*(const int64_t *)row == s->stop_at)
		return fail(c, E_GONE, "test.stop");
	/* The same statement inside itself. */
	return db_each(c, &numbers, (const void *[]){ &two }, add_inner, s);
}

static rc lists(struct ctx *c, void *arg)
{
	(void)arg;
	struct any_list list;
	int64_t n = 1000, none = 0, one;
	bool found;
	TRY(db_many(c, &numbers, (const void *[]){ &n }, &list));
	assert_int_equal(list.n, 1000);
	assert_int_equal(((int64_t *)list.items)[999], 1000);
	struct sum s = { 0 }, stopped = { .stop_at = 3 };
	TRY(db_each(c, &numbers, (const void *[]){ &n }, add_row, &s));
	assert_int_equal(s.rows, 1000);
	assert_int_equal(s.sum, 3000);
	assert_int_equal(db_each(c, &numbers, (const void *[]){ &n }, add_row, &stopped), E_GONE);
	assert_int_equal(stopped.rows, 3);
	if (c->in_write || db_kind_of(c->app->db) == DB_POSTGRES) {
		TRY(db_many(c, &numbers, (const void *[]){ &n }, &list));
	}
	n = 1;
	TRY(db_maybe(c, &numbers, (const void *[]){ &n }, &one, &found));
	assert_true(found && one == 1);
	if (db_kind_of(c->app->db) == DB_POSTGRES) {
		TRY(db_maybe(c, &numbers, (const void *[]){ &none }, &one, &found));
		assert_false(found);
		assert_int_equal(db_one(c, &numbers, (const void *[]){ &none }, &one), E_NOT_FOUND);
	}
	return OK;
}

static void test_lists(void **state)
{
	struct world *w = *state;
	assert_int_equal(db_read(w->c, lists, NULL), OK);
	assert_int_equal(db_write(w->c, lists, NULL), OK);
}

static rc one_number(struct ctx *c, void *arg)
{
	int64_t n = 2, out;
	return db_one(c, arg, (const void *[]){ &n }, &out);
}

static rc after_an_error(struct ctx *c, void *arg)
{
	(void)arg;
	int64_t n = 1, out;
	(void)!one_number(c, (void *)(uintptr_t)&nonsense);
	assert_int_equal(db_one(c, &numbers, (const void *[]){ &n }, &out), E_DB);
	return OK;
}

static void test_misuse(void **state)
{
	struct world *w = *state;
	int64_t n = 1, out;
	assert_int_equal(db_read(w->c, one_number, (void *)(uintptr_t)&numbers), E_INTERNAL); /* two rows */
	assert_int_equal(db_read(w->c, one_number, (void *)(uintptr_t)&two_columns), E_INTERNAL);
	assert_int_equal(db_read(w->c, one_number, (void *)(uintptr_t)&nonsense), E_DB);
	assert_string_equal(world_key(w->c), "db.failed");
	assert_int_equal(db_read(w->c, one_number, (void *)(uintptr_t)&a_text), E_CORRUPT);
	assert_int_equal(db_one(w->c, &numbers, (const void *[]){ &n }, &out), E_INTERNAL); /* no snapshot */
	assert_int_equal(db_read(w->c, after_an_error, NULL), E_DB);
	assert_int_equal(db_write(w->c, after_an_error, NULL), E_DB);
	/* The connection serves the next one. */
	n = 2;
	assert_int_equal(db_read(w->c, lists, NULL), OK);
}

static rc check(struct ctx *c, void *arg)
{
	const char *why = "";
	return db_check(c, arg, &why);
}

static void test_check(void **state)
{
	struct world *w = *state;
	assert_int_equal(db_read(w->c, check, (void *)(uintptr_t)&numbers), OK);
	assert_int_equal(db_read(w->c, check, (void *)(uintptr_t)&two_columns), E_INVALID);
	assert_int_equal(db_read(w->c, check, (void *)(uintptr_t)&nonsense), E_INVALID);
	static const struct stmt other_name = { .name = "other", SAME("SELECT COUNT(*)"), .out = &n_shape };
	assert_int_equal(db_read(w->c, check, (void *)(uintptr_t)&other_name), OK);
	static const struct field nm_fields[] = { { .name = "n", .type = F_INT },
						  { .name = "m", .type = F_INT, .offset = 8 } };
	static const struct shape nm_shape = { "nm", 16, 2, nm_fields };
	static const struct stmt swapped = { .name = "swapped",
					     SAME("SELECT 1 AS m, 2 AS n"),
					     .out = &nm_shape };
	assert_int_equal(db_read(w->c, check, (void *)(uintptr_t)&swapped), E_INVALID);
	static const struct stmt undeclared = { .name = "undeclared",
						.sqlite = "SELECT ?1 AS n",
						.postgres = "SELECT $1::bigint AS n",
						.out = &n_shape };
	assert_int_equal(db_read(w->c, check, (void *)(uintptr_t)&undeclared), E_INVALID);
}

/* ---- errors ---- */

static const struct field unique_in[] = { { .name = "name", .type = F_TEXT },
					  { .name = "thing", .type = F_ID },
					  { .name = "n", .type = F_INT } };
static const struct stmt unique_insert = {
	.name = "unique.insert",
	.sqlite = "INSERT INTO unique_thing (name, thing, n) VALUES (?1, ?2, ?3)",
	.postgres = "INSERT INTO unique_thing (name, thing, n) VALUES ($1, $2, $3)",
	.n_in = 3,
	.in = unique_in,
};
static const struct stmt unique_count = { .name = "unique.count",
					  SAME("SELECT count(*) AS n FROM unique_thing"),
					  .out = &n_shape };

struct row {
	const char *name;
	row_id thing;
	int64_t n;
	const char *better_key; /* what fn makes of a refusal */
	bool swallow;
};

static rc insert_unique(struct ctx *c, void *arg)
{
	const struct row *r = arg;
	rc code = db_exec(c, &unique_insert, (const void *[]){ &r->name, &r->thing, &r->n }, NULL);
	if (code != OK && r->better_key)
		return fail(c, code, r->better_key);
	return r->swallow ? OK : code;
}

static rc count_unique(struct ctx *c, void *arg)
{
	return db_one(c, &unique_count, NULL, arg);
}

static void refused(struct world *w, struct row r, rc code, const char *key)
{
	assert_int_equal(db_write(w->c, insert_unique, &r), code);
	assert_string_equal(world_key(w->c), key);
}

static void test_constraints(void **state)
{
	struct world *w = *state;
	world_script(w, schema);
	struct row first = { "a", { 0 }, 1, NULL, false };
	assert_int_equal(db_write(w->c, insert_unique, &first), OK);
	refused(w, first, E_CONFLICT, "db.conflict");
	refused(w, (struct row){ "a", { 0 }, 1, "test.taken", false }, E_CONFLICT, "test.taken");
	refused(w, (struct row){ "a", { 0 }, 1, NULL, true }, E_CONFLICT, "db.conflict");
	refused(w, (struct row){ "b", { 0 }, 0, NULL, false }, E_DB, "db.constraint"); /* check */
	refused(w, (struct row){ "b", { 0 }, 0, "test.taken", false }, E_DB, "db.constraint");
	refused(w, (struct row){ "b", { 77 }, 1, NULL, false }, E_DB, "db.constraint");	  /* foreign key */
	refused(w, (struct row){ "b", { 0 }, NONE, NULL, false }, E_DB, "db.constraint"); /* not null */
	int64_t n;
	assert_int_equal(db_read(w->c, count_unique, &n), OK);
	assert_int_equal(n, 1);
}

static rc script(struct ctx *c, void *arg)
{
	return db_script(c, arg);
}

static void refused_script(struct world *w, const char *sql, rc code, const char *key)
{
	assert_int_equal(db_write(w->c, script, (void *)(uintptr_t)sql), code);
	assert_string_equal(world_key(w->c), key);
}

static void test_append_only(void **state)
{
	struct world *w = *state;
	world_script(w, schema);
	world_script(w, "INSERT INTO journal (id, line) VALUES (1, 'one')");
	refused_script(w, "UPDATE journal SET line = 'two'", E_CONFLICT, "ledger.append_only");
	refused_script(w, "DELETE FROM journal", E_CONFLICT, "ledger.append_only");
	if (w->kind == DB_POSTGRES)
		refused_script(w, "TRUNCATE journal", E_CONFLICT, "ledger.append_only");
	else
		refused_script(w, "INSERT OR REPLACE INTO journal (id, line) VALUES (1, 'two')", E_CONFLICT,
			       "ledger.append_only");
}

/* ---- snapshots, writes, nesting ---- */

static rc nested(struct ctx *c, void *arg)
{
	struct row r = { "inner", { 0 }, 1, NULL, false };
	TRY(db_write(c, insert_unique, arg));
	TRY(db_write(c, insert_unique, &r));
	int64_t n = 0;
	TRY(db_read(c, count_unique, &n));
	assert_int_equal(n, 2);
	return OK;
}

static rc deny(struct ctx *c, void *arg)
{
	TRY(insert_unique(c, arg));
	return fail(c, E_DENIED, "test.denied");
}

static rc forgive(struct ctx *c, void *arg)
{
	assert_int_equal(db_write(c, deny, arg), E_DENIED);
	return OK;
}

static void test_nested(void **state)
{
	struct world *w = *state;
	struct row r = { "outer", { 0 }, 1, NULL, false }, other = { "other", { 0 }, 1, NULL, false };
	int64_t n;
	world_script(w, schema);
	assert_int_equal(db_write(w->c, nested, &r), OK);
	assert_false(w->c->in_write);
	assert_null(w->c->conn);
	/* A nested failure that is swallowed cannot leave half of it. */
	assert_int_equal(db_write(w->c, forgive, &other), E_DENIED);
	assert_string_equal(world_key(w->c), "test.denied");
	assert_int_equal(db_read(w->c, count_unique, &n), OK);
	assert_int_equal(n, 2);
}

static void test_snapshot(void **state)
{
	struct world *w = *state;
	struct ctx *reader = world_ctx(w);
	struct row a = { "a", { 0 }, 1, NULL, false }, b = { "b", { 0 }, 1, NULL, false };
	int64_t n;
	world_script(w, schema);
	assert_int_equal(db_write(w->c, insert_unique, &a), OK);
	uint64_t generation = db_generation(w->app.db);
	assert_int_equal(db_snapshot(reader), OK);
	assert_int_equal(db_snapshot_generation(reader), generation);
	assert_int_equal(db_read(reader, count_unique, &n), OK);
	assert_int_equal(n, 1);
	assert_int_equal(db_write(w->c, insert_unique, &b), OK);
	assert_true(db_generation(w->app.db) > generation);
	assert_int_equal(db_read(reader, count_unique, &n), OK);
	assert_int_equal(n, 1);
	/* A write from inside a snapshot stands beside it. */
	struct row d = { "d", { 0 }, 1, NULL, false };
	assert_int_equal(db_write(reader, insert_unique, &d), OK);
	assert_int_equal(db_read(reader, count_unique, &n), OK);
	assert_int_equal(n, 1);
	/* It reads only. */
	assert_int_equal(insert_unique(reader, &a), E_DB);
	db_snapshot_end(reader);
	assert_int_equal(db_read(reader, count_unique, &n), OK);
	assert_int_equal(n, 3);
	generation = db_generation(w->app.db);
	assert_int_equal(db_write(w->c, insert_unique, &a), E_CONFLICT);
	assert_int_equal(db_read(reader, count_unique, &n), OK);
	assert_int_equal(n, 3);
	assert_int_equal(db_generation(w->app.db), generation);
	talloc_free(reader);
}

static void test_read_only(void **state)
{
	struct world *w = *state;
	world_script(w, schema);
	struct db_options o = { .url = w->url, .read_only = true };
	struct db *own = w->app.db, *db;
	const char *why;
	int64_t n;
	assert_int_equal(db_open(&o, &db, &why), OK);
	w->app.db = db;
	assert_int_equal(db_read(w->c, count_unique, &n), OK);
	assert_int_equal(db_write(w->c, count_unique, &n), E_DENIED);
	w->app.db = own;
	db_close(db);
}

/* ---- the database as a whole ---- */

static void test_claim(void **state)
{
	struct world *w = *state;
	struct db_options o = { .url = w->url };
	struct db *other;
	const char *why = "";
	assert_int_equal(db_claim(w->app.db, CLAIM_ALONE, &why), OK);
	assert_int_equal(db_claim(w->app.db, CLAIM_ALONE, &why), OK);
	assert_int_equal(db_open(&o, &other, &why), OK);
	assert_int_equal(db_claim(other, CLAIM_ALONE, &why), E_CONFLICT);
	assert_non_null(strstr(why, "another process"));
	assert_int_equal(db_claim(other, CLAIM_SERVE, &why), E_CONFLICT);
	assert_int_equal(db_claim(other, CLAIM_BESIDE, &why), E_CONFLICT);
	db_close(w->app.db);
	w->app.db = other;
	assert_int_equal(db_claim(other, CLAIM_ALONE, &why), OK);
}

/* Beside a server: small writes, but nothing that wants to be alone, and no second server. */
static void test_claim_beside(void **state)
{
	struct world *w = *state;
	struct db_options o = { .url = w->url };
	struct db *other;
	const char *why = "";
	assert_int_equal(db_claim(w->app.db, CLAIM_SERVE, &why), OK);
	assert_int_equal(db_open(&o, &other, &why), OK);
	assert_int_equal(db_claim(other, CLAIM_ALONE, &why), E_CONFLICT);
	assert_non_null(strstr(why, "another process"));
	assert_int_equal(db_claim(other, CLAIM_SERVE, &why), E_CONFLICT);
	assert_int_equal(db_claim(other, CLAIM_BESIDE, &why), OK);
	db_close(w->app.db);
	w->app.db = other;
	assert_int_equal(db_open(&o, &other, &why), OK);
	assert_int_equal(db_claim(other, CLAIM_ALONE, &why), E_CONFLICT);
	db_close(other);
}

static void test_backup(void **state)
{
	struct world *w = *state;
	const char *why = "";
	struct row r = { "kept", { 0 }, 1, NULL, false };
	int64_t n = 0;
	if (w->kind == DB_POSTGRES) {
		assert_int_equal(db_backup(w->app.db, "/nowhere", &why), E_INVALID);
		assert_non_null(strstr(why, "pg_dump"));
		return;
	}
	world_script(w, schema);
	assert_int_equal(db_write(w->c, insert_unique, &r), OK);
	char *path = fmt(w->c, "%s.copy", w->url);
	assert_int_equal(db_backup(w->app.db, "/nowhere/at/all", &why), E_IO);
	assert_int_equal(db_backup(w->app.db, path, &why), OK);
	struct db_options o = { .url = path };
	struct db *own = w->app.db, *copy;
	assert_int_equal(db_open(&o, &copy, &why), OK);
	w->app.db = copy;
	assert_int_equal(db_read(w->c, count_unique, &n), OK);
	assert_int_equal(n, 1);
	w->app.db = own;
	db_close(copy);
	assert_int_equal(remove(path), 0);
}

static void test_open_refused(void **state)
{
	(void)state;
	struct db *db;
	const char *why = "";
	struct db_options file = { .url = "/nowhere/at/all.db", .create = true };
	struct db_options missing = { .url = "/tmp/maillage-no-such-file.db" };
	struct db_options server = { .url = "postgresql:///x?host=/nowhere" };
	assert_int_equal(db_open(&file, &db, &why), E_IO);
	assert_non_null(strstr(why, "/nowhere/at/all.db"));
	assert_int_equal(db_open(&missing, &db, &why), E_IO);
	assert_int_equal(db_open(&server, &db, &why), E_IO);
	assert_non_null(strstr(why, "/nowhere"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_EMPTY(test_lists),	      BOTH_EMPTY(test_misuse),
		BOTH_EMPTY(test_check),	      BOTH_EMPTY(test_constraints),
		BOTH_EMPTY(test_append_only), BOTH_EMPTY(test_nested),
		BOTH_EMPTY(test_snapshot),    BOTH_EMPTY(test_read_only),
		BOTH_EMPTY(test_claim),	      BOTH_EMPTY(test_claim_beside),
		BOTH_EMPTY(test_backup),      cmocka_unit_test(test_open_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
