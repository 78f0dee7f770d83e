/* cmd_check_config.c - "configuration OK", or all that is wrong, each with its line. */
#include <stdio.h>

#include "app/cli.h"
#include "platform/erasures.h"
#include "platform/late.h"

static const struct argp_option options[] = {
	{ "print", 'p', NULL, 0,
	  "Print what is in force, defaults and environment included; secrets are left out", 0 },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	(void)arg;
	if (key != 'p')
		return ARGP_ERR_UNKNOWN;
	*(bool *)state->input = true;
	return 0;
}

/* It is made by the server; when it is there, it must be one. */
static int check_erasures(struct cli *cli)
{
	struct erasures *e;
	const char *why = "", *path = erasures_path(cli->mem, &cli->config);
	if (!path) {
		fputs("warning: database.erasures is not set: people who were erased come back when a backup of "
		      "PostgreSQL is put back\n",
		      stderr);
		return CLI_OK;
	}
	rc code = erasures_open(path, false, &e, &why);
	if (code == OK)
		erasures_close(e);
	return code == OK || code == E_NOT_FOUND ? CLI_OK
						 : cli_fail(cli, CLI_FOUND, "database.erasures: %s", why);
}

int cmd_check_config(struct cli *cli, int argc, char **argv)
{
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.doc = "Say whether the configuration is right, or which lines are wrong and why."
		       "\vExit status: 0 it is right; 1 something is wrong; 4 the file cannot be read.",
	};
	bool print = false;
	struct config_error err;
	cli_parse(cli, &argp, argc, argv, &print);
	rc code = config_load(cli->mem, cli->config_path, &cli->config, &err);
	if (code != OK) {
		for (const struct config_error *e = &err; e; e = e->next)
			fprintf(stderr, "%s\n", config_error_text(cli->mem, e));
		return code == E_IO ? CLI_INPUT : CLI_FOUND;
	}
	if (cli->db)
		cli->config.database = cli->db;
	int status = check_erasures(cli);
	if (status != CLI_OK)
		return status;
	const char *missing = late_missing();
	if (missing)
		return cli_fail(cli, CLI_FOUND, "%s cannot be loaded: the installation is not whole",
				missing);
	if (print)
		config_print(&cli->config, stdout);
	else
		puts("configuration OK");
	return CLI_OK;
}
