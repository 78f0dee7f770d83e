/* cmd_migrate.c - bring a database to this program's version. */
#include <stdio.h>

#include "app/cli_db.h"
#include "observatory/shipped.h"

static error_t parse(int key, char *arg, struct argp_state *state)
{
	(void)arg;
	if (key != 's')
		return ARGP_ERR_UNKNOWN;
	*(bool *)state->input = true;
	return 0;
}

static int status(struct cli *cli)
{
	struct cli_db d;
	int have, want;
	int code = cli_db_open(cli, CLI_DB_READ_ONLY | CLI_DB_ANY_VERSION, &d);
	if (code != CLI_OK)
		return code;
	code = cli_db_version(cli, &d, &have, &want);
	cli_db_close(&d);
	if (code != CLI_OK)
		return code;
	printf("version %d, the program's is %d\n", have, want);
	return have == want ? CLI_OK : CLI_FOUND;
}

int cmd_migrate(struct cli *cli, int argc, char **argv)
{
	static const struct argp_option options[] = {
		{ "status", 's', NULL, 0,
		  "Change nothing; say which version the database and the program have", 0 },
		{ 0 }
	};
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.doc = "Bring the database to this program's version, each step in a transaction of its own. The "
		       "server must be stopped; make a backup first."
		       "\vExit status: 0 it is of this version; 1 with --status, it is not; 3 the database cannot be "
		       "opened or brought there; 4 the configuration is wrong.",
	};
	struct cli_db d;
	bool only_status = false;
	int applied = 0, have = 0, want = 0;
	cli_parse(cli, &argp, argc, argv, &only_status);
	if (only_status)
		return status(cli);
	int code = cli_db_open(cli, CLI_DB_ALONE | CLI_DB_ANY_VERSION, &d);
	if (code != CLI_OK)
		return code;
	code = cli_db_migrate(cli, &d, &applied);
	if (code == CLI_OK && shipped_load_all(&d.ctx) != OK)
		code = cli_failure(cli, &d.ctx);
	if (code == CLI_OK)
		code = cli_db_erase_again(cli, &d, NULL, true);
	if (code == CLI_OK)
		code = cli_db_version(cli, &d, &have, &want);
	cli_db_close(&d);
	if (code == CLI_OK)
		printf(applied ? "version %d, after %d migrations\n" : "version %d already\n", have, applied);
	return code;
}
