/* cmd_demo.c - `maillage demo`: a new database with an invented world in it. */
#include <stdio.h>
#include <unistd.h>

#include "app/cli_db.h"
#include "app/demo.h"
#include "app/wiring.h"

int cmd_demo(struct cli *cli, int argc, char **argv)
{
	static const struct argp argp = { .doc = "Make a new database and fill it with an invented world." };
	struct cli_db d;
	int have, want, applied;
	cli_parse(cli, &argp, argc, argv, NULL);
	int code = cli_config(cli);
	if (code != CLI_OK)
		return code;
	code = cli_db_open(cli, CLI_DB_CREATE | CLI_DB_ALONE | CLI_DB_ANY_VERSION, &d);
	if (code != CLI_OK)
		return code;
	wire(&d.app);
	code = cli_db_version(cli, &d, &have, &want);
	if (code == CLI_OK && have > 0)
		code = cli_fail(cli, CLI_FOUND, "there is a database already; nothing was changed");
	else if (code == CLI_OK)
		code = cli_db_migrate(cli, &d, &applied);
	if (code == CLI_OK && demo_fill(&d.ctx) != OK)
		code = cli_failure(cli, &d.ctx);
	cli_db_close(&d);
	if (code == CLI_OK)
		printf("The demo is ready. Sign in as ines@demo.example, malo@..., sophie@..., claire@..., lucie@... or\n"
		       "camille@... (the operator), all with the password: %s\n", DEMO_PASSWORD);
	return code;
}
