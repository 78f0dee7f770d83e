/* cmd_backup.c - a copy of a database that may be in use, checked. */
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/cli_db.h"

/* The copy is opened and read whole: a backup nobody can read is none. */
static int check_copy(struct cli *cli, const char *file)
{
	struct cli_db copy;
	struct stat st;
	int have, want;
	int code = cli_db_open_at(cli, file, CLI_DB_READ_ONLY | CLI_DB_ANY_VERSION, &copy);
	if (code != CLI_OK)
		return code;
	code = cli_db_intact(cli, &copy, file);
	if (code == CLI_OK)
		code = cli_db_version(cli, &copy, &have, &want);
	cli_db_close(&copy);
	if (code == CLI_OK && stat(file, &st) == 0)
		printf("%s: version %d, %lld bytes, intact\n", file, have, (long long)st.st_size);
	return code;
}

int cmd_backup(struct cli *cli, int argc, char **argv)
{
	static const struct argp_option options[] = {
		{ "force", 'f', NULL, 0, "Replace FILE when it is there", 0 }, { 0 }
	};
	static const struct argp argp = {
		.options = options,
		.parser = cli_parse_file,
		.args_doc = "FILE",
		.doc = "Copy a SQLite database into FILE while it is used, then read the copy whole. FILE appears "
		       "complete or not at all."
		       "\vExit status: 0 copied and intact; 1 FILE is there already, the copy is broken, or the database is "
		       "PostgreSQL's (pg_dump is then named); 3 the database cannot be read; 4 FILE cannot be written.",
	};
	struct cli_file o = { 0 };
	struct cli_db d;
	const char *why = "";
	cli_parse(cli, &argp, argc, argv, &o);
	int code = cli_config(cli);
	if (code != CLI_OK)
		return code;
	const char *url = cli->config.database;
	if (cli_is_postgres(url))
		return cli_fail(cli, CLI_FOUND,
				"PostgreSQL copies itself:\n  pg_dump --format=custom --file='%s' '%s'",
				o.file, config_database_name(cli->mem, url));
	if (!o.force && access(o.file, F_OK) == 0)
		return cli_fail(cli, CLI_FOUND, "%s is there already; --force replaces it", o.file);
	code = cli_db_open_at(cli, url, CLI_DB_READ_ONLY | CLI_DB_ANY_VERSION, &d);
	if (code != CLI_OK)
		return code;
	if (db_backup(d.app.db, o.file, &why) != OK)
		code = cli_fail(cli, CLI_INPUT, "%s", why);
	cli_db_close(&d);
	return code == CLI_OK ? check_copy(cli, o.file) : code;
}
