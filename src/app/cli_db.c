#include "app/cli_db.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "app/wiring.h"
#include "base/civil.h"
#include "people/personal_data.h"
#include "platform/erasures.h"
#include "platform/i18n.h"
#include "platform/integrity_sql.h"
#include "platform/migrate.h"

bool cli_is_postgres(const char *url)
{
	return strncmp(url, "postgresql://", 13) == 0 || strncmp(url, "postgres://", 11) == 0;
}

int cli_failure(struct cli *cli, struct ctx *c)
{
	const struct failure *f = &c->failure;
	struct arg args[FAILURE_ARGS];
	for (int i = 0; i < f->n_args; i++)
		args[i] = (struct arg){ .name = f->args[i].name, .kind = ARG_TEXT, .text = f->args[i].value };
	bool database = f->code == E_DB || f->code == E_BUSY || f->code == E_AWAY || f->code == E_CORRUPT ||
			f->code == E_INTERNAL || strncmp(f->key, "migrate.", 8) == 0;
	return cli_fail(cli, database ? CLI_DATABASE : CLI_FOUND, "%s",
			i18n(c, f->key, args, (size_t)f->n_args));
}

static rc check_version(struct ctx *c, void *arg)
{
	(void)arg;
	return migrate_check(c);
}

static int say_version(struct cli *cli, struct cli_db *d)
{
	if (db_read(&d->ctx, check_version, NULL) == OK)
		return CLI_OK;
	int code = cli_failure(cli, &d->ctx);
	if (strcmp(d->ctx.failure.key, "migrate.needed") == 0)
		fprintf(stderr, "Run: maillage migrate --db %s\n",
			config_database_name(cli->mem, cli->config.database));
	return code;
}

int cli_db_open_at(struct cli *cli, const char *url, unsigned flags, struct cli_db *out)
{
	const char *why = "";
	const struct db_options options = { .url = url,
					    .create = flags & CLI_DB_CREATE,
					    .read_only = flags & CLI_DB_READ_ONLY,
					    .readers = 2,
					    .remade = flags & CLI_DB_REMADE,
					    .bulk = !(flags & CLI_DB_BESIDE) };
	*out = (struct cli_db){ .ctx = { .lang = LANG_EN, .now = { time(NULL) }, .request_id = "command" } };
	if (db_open(&options, &out->app.db, &why) != OK)
		return cli_fail(cli, CLI_DATABASE, "%s", why);
	out->app.config = &cli->config;
	out->app.site_name = cli->config.site_name;
	out->app.public_url = cli->config.public_url;
	zone_home(cli->config.time_zone);
	wire(&out->app);
	out->ctx.app = &out->app;
	out->ctx.mem = talloc_named_const(cli->mem, 0, "cli_db");
	int code = CLI_OK;
	bool beside = flags & CLI_DB_BESIDE;
	bool taken = (beside || (flags & CLI_DB_ALONE)) &&
		     db_claim(out->app.db, beside ? CLAIM_BESIDE : CLAIM_ALONE, &why) != OK;
	if (taken)
		code = cli_fail(cli, CLI_DATABASE, "%s", why);
	else if (!(flags & CLI_DB_ANY_VERSION))
		code = say_version(cli, out);
	if (code != CLI_OK)
		cli_db_close(out);
	out->taken = taken;
	return code;
}

int cli_db_open(struct cli *cli, unsigned flags, struct cli_db *out)
{
	int code = cli_config(cli);
	return code != CLI_OK ? code : cli_db_open_at(cli, cli->config.database, flags, out);
}

static rc erase_again(struct ctx *c, void *arg)
{
	return persons_erase_again(c, arg);
}

int cli_db_erase_again(struct cli *cli, struct cli_db *d, const char *path, bool create)
{
	const char *why = "";
	int64_t n = 0;
	if (!path)
		path = erasures_path(cli->mem, &cli->config);
	if (!path)
		return CLI_OK;
	if (erasures_open(path, create, &d->app.erasures, &why) != OK)
		return cli_fail(cli, CLI_INPUT, "the list of erasures: %s", why);
	if (db_write(&d->ctx, erase_again, &n) != OK)
		return cli_failure(cli, &d->ctx);
	if (n || !create)
		printf("%s: %zu were erased since the list began; %lld erased again\n", path,
		       erasures_count(d->app.erasures), (long long)n);
	return CLI_OK;
}

void cli_db_close(struct cli_db *d)
{
	erasures_close(d->app.erasures);
	db_close(d->app.db);
	talloc_free(d->ctx.mem);
	*d = (struct cli_db){ 0 };
}

/* ---- versions ---- */

struct versions {
	int have, want;
};

static rc read_versions(struct ctx *c, void *arg)
{
	struct versions *v = arg;
	return migrate_status(c, &v->have, &v->want);
}

int cli_db_version(struct cli *cli, struct cli_db *d, int *have, int *want)
{
	struct versions v = { 0 };
	if (db_read(&d->ctx, read_versions, &v) != OK)
		return cli_failure(cli, &d->ctx);
	*have = v.have;
	*want = v.want;
	return CLI_OK;
}

int cli_db_migrate(struct cli *cli, struct cli_db *d, int *applied)
{
	return migrate_up(&d->ctx, applied) == OK ? CLI_OK : cli_failure(cli, &d->ctx);
}

/* ---- pages ---- */

struct findings {
	struct db_integrity_row_list pages;
	int64_t broken_keys;
};

static rc look(struct ctx *c, void *arg)
{
	struct findings *f = arg;
	TRY(db_integrity(c, &f->pages));
	return db_foreign_keys(c, &f->broken_keys);
}

int cli_db_intact(struct cli *cli, struct cli_db *d, const char *url)
{
	struct findings f = { 0 };
	if (db_read(&d->ctx, look, &f) != OK)
		return cli_fail(cli, CLI_FOUND, "%s is broken: it cannot be read whole", url);
	int code = CLI_OK;
	for (size_t i = 0; i < f.pages.n && i < 10; i++)
		if (strcmp(f.pages.items[i].integrity_check, "ok"))
			code = cli_fail(cli, CLI_FOUND, "%s: %s", url, f.pages.items[i].integrity_check);
	if (f.broken_keys)
		code = cli_fail(cli, CLI_FOUND, "%s: %lld rows point to rows that are not there", url,
				(long long)f.broken_keys);
	return code;
}
