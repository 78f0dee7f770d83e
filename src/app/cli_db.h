/* cli_db.h - a command's database: opened, claimed, of the right version. */
#ifndef MAILLAGE_CLI_DB_H
#define MAILLAGE_CLI_DB_H

#include "app/cli.h"
#include "platform/app.h"
#include "platform/db.h"

enum cli_db_flag {
	CLI_DB_CREATE = 1,    /* make the file if there is none */
	CLI_DB_READ_ONLY = 2,
	CLI_DB_ALONE = 4,     /* refuse when a server, or another command, works on it */
	CLI_DB_BESIDE = 32,   /* one small write, which may be beside a server (docs/adr/0022) */
	CLI_DB_REMADE = 16,    /* its content can be made again: wait for the disk at the end only */
	CLI_DB_ANY_VERSION = 8 /* else: refuse a database of another version than the program's */
};

struct cli_db {
	struct app app;
	struct ctx ctx; /* no actor, in English, now; memory until cli_db_close */
	bool taken;	/* not opened, as another process works on it */
};

/* Reads the configuration and opens config.database. Commands that write say
 * CLI_DB_ALONE or CLI_DB_BESIDE. CLI_OK, or the exit
 * status after saying why; then there is nothing to close. */
int cli_db_open(struct cli *cli, unsigned flags, struct cli_db *out);
/* The same for another database than the configured one. */
int cli_db_open_at(struct cli *cli, const char *url, unsigned flags, struct cli_db *out);
void cli_db_close(struct cli_db *d);

bool cli_is_postgres(const char *url);
/* Say in words why the last call on the context failed; returns CLI_DATABASE
 * for failures of the database or its version, else CLI_FOUND. */
int cli_failure(struct cli *cli, struct ctx *c);

/* Open the list of erasures of the configured database - or `path`, when it is
 * not NULL - and erase again whom it lists; makes the list when `create`. Says
 * how many, or why not. On PostgreSQL without database.erasures nothing happens. */
int cli_db_erase_again(struct cli *cli, struct cli_db *d, const char *path, bool create);

/* Newest version applied, and the program's; says why when it cannot. */
int cli_db_version(struct cli *cli, struct cli_db *d, int *have, int *want);
/* Apply the migrations that are missing. */
int cli_db_migrate(struct cli *cli, struct cli_db *d, int *applied);
/* Walk all pages of the file (SQLite): CLI_OK, or CLI_FOUND after saying what is broken. */
int cli_db_intact(struct cli *cli, struct cli_db *d, const char *url);

#endif
