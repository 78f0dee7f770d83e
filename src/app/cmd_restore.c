/* cmd_restore.c - put a backup in place, when it is one and nothing is lost by it. */
#include <stdio.h>
#include <unistd.h>

#include "app/cli_db.h"

/* A database of Maillage, whole, of a version that this program can bring to its own. */
static int check(struct cli *cli, struct cli_db *backup, const char *file, int *have, int *want)
{
	if (cli_db_version(cli, backup, have, want) != CLI_OK || *have == 0)
		return cli_fail(cli, CLI_INPUT, "%s is no database of Maillage", file);
	if (*have > *want)
		return cli_fail(cli, CLI_INPUT, "%s is of version %d; this program knows up to %d", file,
				*have, *want);
	return cli_db_intact(cli, backup, file);
}

static int copy(struct cli *cli, struct cli_db *backup, const char *path)
{
	const char *why = "";
	if (db_backup(backup->app.db, path, &why) == OK)
		return CLI_OK;
	return cli_fail(cli, CLI_DATABASE, "%s", why);
}

static void remove_beside(struct cli *cli, const char *path, const char *suffix)
{
	unlink(talloc_asprintf(cli->mem, "%s%s", path, suffix));
}

/* SQLite's log stands beside the file and would be read with whatever file has
 * its name. So the old database is opened and closed, which folds its log into
 * it; then opened again, to be nobody else's until the new one stands in its
 * place: a crash in between leaves one or the other. */
static int replace(struct cli *cli, struct cli_db *backup, const char *path)
{
	struct cli_db old;
	int code = cli_db_open_at(cli, path, CLI_DB_ALONE | CLI_DB_ANY_VERSION, &old);
	if (code == CLI_OK) {
		cli_db_close(&old);
		code = cli_db_open_at(cli, path, CLI_DB_ALONE | CLI_DB_ANY_VERSION, &old);
	}
	if (code != CLI_OK) {
		fprintf(stderr,
			"Nothing was changed. If no server works on it: move it away, with its -wal, and try again.\n");
		return code;
	}
	code = copy(cli, backup, path);
	if (code == CLI_OK) {
		remove_beside(cli, path, "-wal");
		remove_beside(cli, path, "-shm");
	}
	cli_db_close(&old);
	return code;
}

static int restore(struct cli *cli, const struct cli_file *o, const char *path)
{
	struct cli_db backup;
	int have = 0, want = 0;
	int code = cli_db_open_at(cli, o->file, CLI_DB_READ_ONLY | CLI_DB_ANY_VERSION, &backup);
	if (code != CLI_OK)
		return CLI_INPUT;
	code = check(cli, &backup, o->file, &have, &want);
	if (code == CLI_OK)
		code = access(path, F_OK) == 0 ? replace(cli, &backup, path) : copy(cli, &backup, path);
	cli_db_close(&backup);
	if (code != CLI_OK)
		return code;
	printf("%s: restored, version %d\n", path, have);
	if (have < want)
		printf("Before serving it: maillage migrate --db %s\n", path);
	return CLI_OK;
}

int cmd_restore(struct cli *cli, int argc, char **argv)
{
	static const struct argp_option options[] = {
		{ "force", 'f', NULL, 0, "Replace the database that is there; what it holds is lost", 0 },
		{ 0 }
	};
	static const struct argp argp = {
		.options = options,
		.parser = cli_parse_file,
		.args_doc = "FILE",
		.doc = "Put the backup FILE in the place of the database. FILE is read whole first; the server must "
		       "be stopped."
		       "\vExit status: 0 restored; 1 there is a database already, FILE is broken, or the database is "
		       "PostgreSQL's (pg_restore is then named); 3 the place cannot be written, or a server works on it; "
		       "4 FILE is no backup that this program knows.",
	};
	struct cli_file o = { 0 };
	cli_parse(cli, &argp, argc, argv, &o);
	int code = cli_config(cli);
	if (code != CLI_OK)
		return code;
	const char *path = cli->config.database;
	if (cli_is_postgres(path))
		return cli_fail(
			cli, CLI_FOUND,
			"PostgreSQL restores itself:\n  pg_restore --clean --if-exists --exit-on-error --dbname='%s' '%s'",
			config_database_name(cli->mem, path), o.file);
	if (access(o.file, R_OK))
		return cli_fail(cli, CLI_INPUT, "%s cannot be read", o.file);
	if (!o.force && access(path, F_OK) == 0)
		return cli_fail(cli, CLI_FOUND, "%s is there already; --force replaces it", path);
	return restore(cli, &o, path);
}
