/* cmd_init.c - a new database with its tables, and the communes in them. */
#include <stdio.h>
#include <unistd.h>

#include "app/cli_db.h"
#include "observatory/shipped.h"
#include "territory/territory.h"

static int fill(struct cli *cli, struct cli_db *d, int64_t *communes)
{
	return territory_load(&d->ctx, communes) == OK && shipped_load_all(&d->ctx) == OK
		       ? CLI_OK
		       : cli_failure(cli, &d->ctx);
}

/* A file that did not become a database does not stay behind. */
static int make(struct cli *cli, const char *url, bool is_file)
{
	struct cli_db d;
	int have = 0, want = 0, applied = 0;
	int64_t communes = 0;
	int code = cli_db_open_at(cli, url, CLI_DB_CREATE | CLI_DB_ALONE | CLI_DB_ANY_VERSION, &d);
	if (code != CLI_OK)
		return code;
	code = cli_db_version(cli, &d, &have, &want);
	if (code == CLI_OK && have > 0)
		code = cli_fail(cli, CLI_FOUND,
				"%s holds a database of version %d already; nothing was changed",
				config_database_name(cli->mem, url), have);
	else if (code == CLI_OK)
		code = cli_db_migrate(cli, &d, &applied);
	if (code == CLI_OK)
		code = fill(cli, &d, &communes);
	if (code == CLI_OK)
		code = cli_db_erase_again(cli, &d, NULL, true);
	cli_db_close(&d);
	if (code != CLI_OK && is_file)
		unlink(url);
	if (code == CLI_OK)
		printf("%s: a new database, version %d, with %lld communes\n",
		       config_database_name(cli->mem, url), want, (long long)communes);
	return code;
}

int cmd_init(struct cli *cli, int argc, char **argv)
{
	static const struct argp argp = {
		.doc = "Make a new database: a SQLite file, or the tables in an empty PostgreSQL database."
		       "\vExit status: 0 made; 1 there is one already, nothing was changed; 3 it cannot be made; "
		       "4 the configuration is wrong.",
	};
	cli_parse(cli, &argp, argc, argv, NULL);
	int code = cli_config(cli);
	if (code != CLI_OK)
		return code;
	const char *url = cli->config.database;
	bool is_file = !cli_is_postgres(url);
	if (is_file && access(url, F_OK) == 0)
		return cli_fail(cli, CLI_FOUND, "%s is there already; nothing was changed", url);
	return make(cli, url, is_file);
}
