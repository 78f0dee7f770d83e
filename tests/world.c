#include "world.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "pg_cluster.h"
#include "platform/kept.h"
#include "platform/migrate.h"

static void die(const char *what, const char *detail)
{
	fprintf(stderr, "world: %s: %s\n", what, detail);
	exit(1);
}

static char *text(const char *format, ...) __attribute__((format(printf, 1, 2)));
static char *text(const char *format, ...)
{
	char *s;
	va_list ap;
	va_start(ap, format);
	if (vasprintf(&s, format, ap) < 0)
		abort();
	va_end(ap);
	return s;
}

struct ctx *world_ctx(struct world *w)
{
	struct ctx *c = talloc_zero(NULL, struct ctx);
	c->mem = c;
	c->app = &w->app;
	c->now = (instant){ WORLD_NOW };
	c->lang = LANG_FR;
	c->request_id = "test";
	return c;
}

static void open_db(struct world *w, char *url, int connections)
{
	const char *why;
	struct db_options o = { .url = url, .create = true, .readers = connections };
	if (db_open(&o, &w->app.db, &why) != OK)
		die(url, why);
}

/* Takes the address. */
static struct world *open_url(enum db_kind kind, char *url)
{
	struct world *w = calloc(1, sizeof *w);
	if (!w)
		die(url, "no memory");
	open_db(w, url, 0);
	w->kind = kind;
	w->url = url;
	w->c = world_ctx(w);
	w->app.kept = kept_new(1 << 20);
	return w;
}

static void close_only(struct world *w)
{
	talloc_free(w->c);
	kept_free(w->app.kept);
	db_close(w->app.db);
	free(w->url);
	free(w);
}

static void migrate(struct world *w)
{
	int applied;
	if (migrate_up(w->c, &applied) != OK)
		die("migrate", world_key(w->c));
}

/* ---- SQLite: a file in a folder of its own ---- */

static struct world *sqlite_open(void)
{
	char *url = text("%s/maillage-world.XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
	if (!mkdtemp(url))
		die("mkdtemp", url);
	char *path = text("%s/world.db", url);
	free(url);
	return open_url(DB_SQLITE, path);
}

static void sqlite_remove(const char *path)
{
	static const char *const ends[] = { "", "-wal", "-shm", ".lock" };
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		char *file = text("%s%s", path, ends[i]);
		unlink(file);
		free(file);
	}
	char *folder = strndup(path, (size_t)(strrchr(path, '/') - path));
	rmdir(folder);
	free(folder);
}

/* ---- PostgreSQL: migrated once for all processes, then copied ---- */

static const char *template_name(void)
{
	static char name[40];
	struct hasher h;
	char hex[65];
	hash_begin(&h);
	for (size_t i = 0; i < n_embedded_migrations; i++)
		hash_add(&h, embedded_migrations[i].data, embedded_migrations[i].len);
	hash_hex(hash_end(&h), hex);
	snprintf(name, sizeof name, "template_%.16s", hex);
	return name;
}

static void template_ready(void)
{
	static bool ready;
	const char *name = template_name();
	if (ready)
		return;
	/* Another process may be making it. */
	pg_cluster_run("SELECT pg_advisory_lock(1)");
	if (!pg_cluster_has(name)) {
		pg_cluster_run("DROP DATABASE IF EXISTS building");
		pg_cluster_run("CREATE DATABASE building TEMPLATE template0");
		struct world *w = open_url(DB_POSTGRES, pg_cluster_url_of("building"));
		migrate(w);
		close_only(w);
		pg_cluster_run("ALTER DATABASE building RENAME TO %s", name);
	}
	pg_cluster_run("SELECT pg_advisory_unlock(1)");
	ready = true;
}

static struct world *postgres_open(const char *from)
{
	static int n;
	char *name = text("world_%ld_%d", (long)getpid(), ++n);
	pg_cluster_run("DROP DATABASE IF EXISTS %s", name);
	pg_cluster_run("CREATE DATABASE %s TEMPLATE %s", name, from);
	char *url = pg_cluster_url_of(name);
	free(name);
	return open_url(DB_POSTGRES, url);
}

static void postgres_remove(const char *url)
{
	const char *name = strstr(url, "/world_") + 1;
	pg_cluster_run("DROP DATABASE %.*s WITH (FORCE)", (int)strcspn(name, "?"), name);
}

/* ---- either ---- */

struct world *world_open(enum db_kind kind)
{
	if (kind == DB_POSTGRES) {
		template_ready();
		return postgres_open(template_name());
	}
	struct world *w = sqlite_open();
	migrate(w);
	return w;
}

struct world *world_open_empty(enum db_kind kind)
{
	return kind == DB_POSTGRES ? postgres_open("template0") : sqlite_open();
}

void world_close(struct world *w)
{
	enum db_kind kind = w->kind;
	char *url = strdup(w->url);
	close_only(w);
	if (kind == DB_POSTGRES)
		postgres_remove(url);
	else
		sqlite_remove(url);
	free(url);
}

void world_widen(struct world *w, int connections)
{
	db_close(w->app.db);
	open_db(w, w->url, connections);
}

static rc run_script(struct ctx *c, void *arg)
{
	const char *sql;
	TRY(migrate_expand(c, db_kind_of(c->app->db), arg, &sql));
	return db_script(c, sql);
}

void world_script(struct world *w, const char *script)
{
	if (db_write(w->c, run_script, (void *)(uintptr_t)script) != OK)
		die("script", world_key(w->c));
}

const char *world_key(const struct ctx *c)
{
	return c->failure.key ? c->failure.key : "";
}

int world_setup_sqlite(void **state)
{
	*state = world_open(DB_SQLITE);
	return 0;
}

int world_setup_postgres(void **state)
{
	*state = world_open(DB_POSTGRES);
	return 0;
}

int world_setup_empty_sqlite(void **state)
{
	*state = world_open_empty(DB_SQLITE);
	return 0;
}

int world_setup_empty_postgres(void **state)
{
	*state = world_open_empty(DB_POSTGRES);
	return 0;
}

int world_teardown(void **state)
{
	world_close(*state);
	return 0;
}
