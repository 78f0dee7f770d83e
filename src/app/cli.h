/* cli.h - what the commands of `maillage` share: exit codes, the options
 * --config and --db, errors on standard error. Each command is a row of
 * commands.def and a file cmd_NAME.c. */
#ifndef MAILLAGE_CLI_H
#define MAILLAGE_CLI_H

#include <argp.h>
#include <talloc.h>

#include "platform/config.h"

/* Scripts rely on these. */
enum cli_exit {
	CLI_OK = 0,
	CLI_FOUND = 1,	  /* a check found something, or the command refused */
	CLI_USAGE = 2,	  /* unknown command or option */
	CLI_DATABASE = 3, /* cannot be opened, is of another version, failed */
	CLI_INPUT = 4	  /* a file or a value that cannot be used; the configuration */
};

struct cli {
	TALLOC_CTX *mem;	 /* until the program ends */
	const char *name;	 /* of the command */
	const char *config_path; /* --config, else $MAILLAGE_CONFIG, else NULL */
	const char *db;		 /* --db, or NULL */
	struct config config;	 /* after cli_config; config.database heeds --db */
};

struct command {
	const char *name;
	const char *help; /* one line */
	int (*run)(struct cli *cli, int argc, char **argv);
};

#define COMMAND(name, function, help) int function(struct cli *cli, int argc, char **argv);
#include "app/commands.def"
#undef COMMAND

/* The whole program: picks the command. Returns the exit status. */
int cli_main(int argc, char **argv);

/* Parse a command's options with --config and --db beside them. `argp` has no
 * children of its own; its parser gets `input`. Ends the program with
 * CLI_USAGE on a mistake, with CLI_OK after --help. */
void cli_parse(struct cli *cli, const struct argp *argp, int argc, char **argv, void *input);

/* The options of a command that works on one FILE and may replace something:
 * a parser for its argp, whose input is this struct. */
struct cli_file {
	const char *file;
	bool force; /* key 'f' */
};
error_t cli_parse_file(int key, char *arg, struct argp_state *state);

/* Read the configuration. CLI_OK, or CLI_INPUT after saying why. */
int cli_config(struct cli *cli);

/* "maillage NAME: ..." on standard error; returns `code`. */
int cli_fail(const struct cli *cli, enum cli_exit code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
