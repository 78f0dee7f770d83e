#include "platform/migrate.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "platform/app.h"

/* ---- the table of what is applied ---- */

struct applied {
	int64_t version;
	const char *name;
	hash checksum;
	instant applied_at;
};

static const struct field applied_fields[] = {
	{ .name = "version", .type = F_INT, .offset = offsetof(struct applied, version) },
	{ .name = "name", .type = F_TEXT, .offset = offsetof(struct applied, name) },
	{ .name = "checksum", .type = F_HASH, .offset = offsetof(struct applied, checksum) },
	{ .name = "applied_at", .type = F_INSTANT, .offset = offsetof(struct applied, applied_at) },
};
static const struct shape applied_shape = { "applied", sizeof(struct applied), 4, applied_fields };

static const struct field count_fields[] = { { .name = "n", .type = F_INT } };
static const struct shape count_shape = { "count", sizeof(int64_t), 1, count_fields };

static const char table_text[] =
	"CREATE TABLE IF NOT EXISTS schema_migration (\n"
	"	version @int PRIMARY KEY, name @text, checksum @hash, applied_at @instant);";

#define BOTH(text) .sqlite = text, .postgres = text

static const struct stmt table_count = {
	.name = "schema_migration.exists",
	.sqlite =
		"SELECT count(*) AS n FROM sqlite_master WHERE type = 'table' AND name = 'schema_migration'",
	.postgres = "SELECT count(*) AS n FROM pg_class"
		    " WHERE relname = 'schema_migration' AND pg_table_is_visible(oid)",
	.out = &count_shape,
};

static const struct stmt applied_all = {
	.name = "schema_migration.all",
	BOTH("SELECT version, name, checksum, applied_at FROM schema_migration ORDER BY version"),
	.out = &applied_shape,
};

static const struct stmt applied_insert = {
	.name = "schema_migration.insert",
	.sqlite =
		"INSERT INTO schema_migration (version, name, checksum, applied_at) VALUES (?1, ?2, ?3, ?4)",
	.postgres =
		"INSERT INTO schema_migration (version, name, checksum, applied_at) VALUES ($1, $2, $3, $4)",
	.n_in = 4,
	.in = applied_fields,
};

/* One migrates at a time; held to the end of the transaction. */
static const struct stmt alone = {
	.name = "schema_migration.alone",
	.sqlite = "SELECT 1 AS n",
	.postgres = "SELECT count(pg_advisory_xact_lock(5571301845)) AS n",
	.out = &count_shape,
};

struct applied_list {
	struct applied *items;
	size_t n;
};

static rc applied_list(struct ctx *c, struct applied_list *out)
{
	int64_t n;
	struct any_list all = { 0 };
	TRY(db_one(c, &table_count, NULL, &n));
	if (n > 0)
		TRY(db_many(c, &applied_all, NULL, &all));
	out->items = all.items;
	out->n = all.n;
	return OK;
}

/* ---- what the program has ---- */

/* "0001-platform.sql" */
static int version_of(const struct embedded *f)
{
	return atoi(f->path);
}

static const char *name_of(struct ctx *c, const struct embedded *f)
{
	const char *name = strchr(f->path, '-');
	name = name ? name + 1 : f->path;
	return fmt(c, "%.*s", (int)strcspn(name, "."), name);
}

static int newest(struct migrations all)
{
	return all.n ? version_of(&all.files[all.n - 1]) : 0;
}

static rc disagree(struct ctx *c, const char *key, int64_t version, const char *name)
{
	return fail_with(c, E_CONFLICT, key, "version", fmt(c, "%lld", (long long)version), "name", name,
			 NULL);
}

/* What is applied must be the first of what the program has, unchanged. */
static rc compare(struct ctx *c, struct migrations all, const struct applied_list *have)
{
	for (size_t i = 0; i < have->n; i++) {
		const struct applied *a = &have->items[i];
		if (a->version > newest(all))
			return disagree(c, K("migrate.newer"), a->version, a->name);
		const struct embedded *f = &all.files[i];
		if (version_of(f) < a->version)
			return disagree(c, K("migrate.order"), version_of(f), name_of(c, f));
		if (version_of(f) > a->version || !hash_eq(hash_sha256(f->data, f->len), a->checksum))
			return disagree(c, K("migrate.edited"), a->version, a->name);
	}
	return OK;
}

/* ---- status ---- */

struct status {
	struct migrations all;
	struct applied_list have;
	int n_applied;
	bool compared;
};

static rc read_status(struct ctx *c, void *arg)
{
	struct status *s = arg;
	TRY(applied_list(c, &s->have));
	return s->compared ? compare(c, s->all, &s->have) : OK;
}

static int newest_applied(const struct applied_list *have)
{
	return have->n ? (int)have->items[have->n - 1].version : 0;
}

rc migrate_status_of(struct ctx *c, struct migrations all, int *have, int *want)
{
	struct status s = { .all = all };
	TRY(db_read(c, read_status, &s));
	*have = newest_applied(&s.have);
	*want = newest(all);
	return OK;
}

rc migrate_check_of(struct ctx *c, struct migrations all)
{
	struct status s = { .all = all, .compared = true };
	TRY(db_read(c, read_status, &s));
	if (s.have.n == all.n)
		return OK;
	return fail_with(c, E_CONFLICT, "migrate.needed", "have", fmt(c, "%d", newest_applied(&s.have)),
			 "want", fmt(c, "%d", newest(all)), NULL);
}

/* ---- applying ---- */

static rc apply(struct ctx *c, const struct embedded *f)
{
	struct applied a = { .version = version_of(f),
			     .name = name_of(c, f),
			     .checksum = hash_sha256(f->data, f->len),
			     .applied_at = c->now };
	const char *sql;
	TRY(migrate_expand(c, db_kind_of(c->app->db), (const char *)f->data, &sql));
	TRY(db_script(c, sql));
	const void *in[] = { &a.version, &a.name, &a.checksum, &a.applied_at };
	return db_exec(c, &applied_insert, in, NULL);
}

static rc apply_next(struct ctx *c, void *arg)
{
	struct status *s = arg;
	int64_t n;
	const char *table;
	TRY(db_one(c, &alone, NULL, &n));
	TRY(migrate_expand(c, db_kind_of(c->app->db), table_text, &table));
	TRY(db_script(c, table));
	TRY(applied_list(c, &s->have));
	TRY(compare(c, s->all, &s->have));
	s->n_applied = s->have.n < s->all.n;
	return s->n_applied ? apply(c, &s->all.files[s->have.n]) : OK;
}

rc migrate_up_of(struct ctx *c, struct migrations all, int *applied)
{
	struct status s = { .all = all };
	*applied = 0;
	do {
		TRY(db_write(c, apply_next, &s));
		*applied += s.n_applied;
	} while (s.n_applied);
	return OK;
}

/* ---- the program's own ---- */

static struct migrations own(void)
{
	return (struct migrations){ embedded_migrations, n_embedded_migrations };
}

rc migrate_status(struct ctx *c, int *have, int *want)
{
	return migrate_status_of(c, own(), have, want);
}

rc migrate_up(struct ctx *c, int *applied)
{
	return migrate_up_of(c, own(), applied);
}

rc migrate_check(struct ctx *c)
{
	return migrate_check_of(c, own());
}
