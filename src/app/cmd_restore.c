/* cmd_restore.c - put a backup in place, when it is one and nothing is lost by it. */
#include <stdio.h>
#include <unistd.h>

#include "app/cli_db.h"
#include "platform/erasures.h"

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

/* ---- those who were erased since ---- */

struct wish {
	struct cli_file in; /* first: cli_parse_file sees no more */
	const char *list;   /* NULL: the configured one */
	bool without, only;
};

/* Before anything is replaced: a database in place is one that may be served. */
static int check_list(struct cli *cli, struct wish *w)
{
	struct erasures *e;
	const char *why = "";
	if (!w->list)
		w->list = erasures_path(cli->mem, &cli->config);
	if (w->without || (w->list && erasures_open(w->list, false, &e, &why) == OK)) {
		if (!w->without)
			erasures_close(e);
		return CLI_OK;
	}
	return cli_fail(cli, CLI_INPUT,
			"the list of those who were erased since: %s.\n"
			"Without it they would come back. Put it there, name it with --erasures=FILE, or say "
			"--without-erasures",
			w->list ? why : "database.erasures is not set");
}

/* An older version is brought to this one first; `maillage migrate` then erases. */
static int erase_again(struct cli *cli, const struct wish *w, const char *url)
{
	struct cli_db d;
	if (w->without)
		return CLI_OK;
	int code = cli_db_open_at(cli, url, CLI_DB_ALONE, &d);
	if (code != CLI_OK)
		return code;
	code = cli_db_erase_again(cli, &d, w->list, false);
	cli_db_close(&d);
	return code;
}

static int restore(struct cli *cli, const struct wish *w, const char *path)
{
	struct cli_db backup;
	const char *file = w->in.file;
	int have = 0, want = 0;
	int code = cli_db_open_at(cli, file, CLI_DB_READ_ONLY | CLI_DB_ANY_VERSION, &backup);
	if (code != CLI_OK)
		return CLI_INPUT;
	code = check(cli, &backup, file, &have, &want);
	if (code == CLI_OK)
		code = access(path, F_OK) == 0 ? replace(cli, &backup, path) : copy(cli, &backup, path);
	cli_db_close(&backup);
	if (code != CLI_OK)
		return code;
	printf("%s: restored, version %d\n", path, have);
	if (have == want)
		return erase_again(cli, w, path);
	printf("Before serving it: maillage migrate --db %s\n", path);
	return CLI_OK;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct wish *w = state->input;
	switch (key) {
	case 'e': w->list = arg; return 0;
	case 'w': w->without = true; return 0;
	case 'o': w->only = true; return 0;
	case ARGP_KEY_NO_ARGS: return w->only ? 0 : cli_parse_file(key, arg, state);
	default: return cli_parse_file(key, arg, state);
	}
}

static int postgres_is_told(struct cli *cli, const struct wish *w, const char *url)
{
	const char *name = config_database_name(cli->mem, url);
	return cli_fail(cli, CLI_FOUND,
			"PostgreSQL restores itself:\n"
			"  pg_restore --clean --if-exists --exit-on-error --dbname='%s' '%s'\n"
			"then, before it is served, those who were erased since:\n"
			"  maillage restore --only-erasures --db '%s'",
			name, w->in.file, name);
}

int cmd_restore(struct cli *cli, int argc, char **argv)
{
	static const struct argp_option options[] = {
		{ "force", 'f', NULL, 0, "Replace the database that is there; what it holds is lost", 0 },
		{ "erasures", 'e', "FILE", 0,
		  "The list of those who were erased since, instead of the configured one", 0 },
		{ "without-erasures", 'w', NULL, 0, "Restore although those who were erased since come back",
		  0 },
		{ "only-erasures", 'o', NULL, 0, "Without FILE: only erase them again, after pg_restore", 0 },
		{ 0 }
	};
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.args_doc = "FILE",
		.doc = "Put the backup FILE in the place of the database, and erase again those who were erased "
		       "since. FILE is read whole first; the server must be stopped."
		       "\vExit status: 0 restored; 1 there is a database already, FILE is broken, or the database is "
		       "PostgreSQL's (pg_restore is then named); 3 the place cannot be written, or a server works on it; "
		       "4 FILE is no backup that this program knows, or the list of erasures is not there.",
	};
	struct wish w = { 0 };
	cli_parse(cli, &argp, argc, argv, &w);
	int code = cli_config(cli);
	if (code != CLI_OK)
		return code;
	const char *path = cli->config.database;
	if (w.only) {
		code = check_list(cli, &w);
		return code == CLI_OK ? erase_again(cli, &w, path) : code;
	}
	if (cli_is_postgres(path))
		return postgres_is_told(cli, &w, path);
	if (access(w.in.file, R_OK))
		return cli_fail(cli, CLI_INPUT, "%s cannot be read", w.in.file);
	if (!w.in.force && access(path, F_OK) == 0)
		return cli_fail(cli, CLI_FOUND, "%s is there already; --force replaces it", path);
	code = check_list(cli, &w);
	return code == CLI_OK ? restore(cli, &w, path) : code;
}
