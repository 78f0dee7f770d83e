#include "app/cli.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct command commands[] = {
#define COMMAND(name, function, help) { name, help, function },
#include "app/commands.def"
#undef COMMAND
};
enum { N_COMMANDS = sizeof commands / sizeof *commands };

static void print_help(FILE *out)
{
	fputs("Usage: maillage COMMAND [OPTION...]\n\nCommands:\n", out);
	for (int i = 0; i < N_COMMANDS; i++)
		fprintf(out, "  %-14s %s\n", commands[i].name, commands[i].help);
	fputs("\n`maillage COMMAND --help` says more of one; `maillage --version` says which this is.\n"
	      "Exit status: 0 done; 1 a check found something, or refused; 2 usage;\n"
	      "3 database; 4 a file or a value that cannot be used.\n",
	      out);
}

static int run(const struct command *command, int argc, char **argv)
{
	struct cli cli = { .mem = talloc_named_const(NULL, 0, "cli"), .name = command->name };
	const char *path = getenv("MAILLAGE_CONFIG");
	cli.config_path = path && *path ? path : NULL;
	argv[0] = talloc_asprintf(cli.mem, "maillage %s", command->name);
	int code = command->run(&cli, argc, argv);
	if (fflush(stdout) && code == CLI_OK)
		code = cli_fail(&cli, CLI_INPUT, "standard output: cannot be written");
	talloc_free(cli.mem);
	return code;
}

int cli_main(int argc, char **argv)
{
	const char *word = argc > 1 ? argv[1] : "";
	if (strcmp(word, "--version") == 0) {
		puts("maillage " MAILLAGE_VERSION);
		return CLI_OK;
	}
	if (strcmp(word, "--help") == 0 || strcmp(word, "help") == 0) {
		print_help(stdout);
		return CLI_OK;
	}
	for (int i = 0; i < N_COMMANDS; i++)
		if (strcmp(word, commands[i].name) == 0)
			return run(&commands[i], argc - 1, argv + 1);
	if (*word)
		fprintf(stderr, "maillage: no such command: %s\n", word);
	print_help(stderr);
	return CLI_USAGE;
}

/* ---- options that every command has ---- */

enum { OPT_CONFIG = 0x1001, OPT_DB };

static const struct argp_option common_options[] = {
	{ "config", OPT_CONFIG, "FILE", 0, "Read maillage.ini here (or name it in MAILLAGE_CONFIG)", 1 },
	{ "db", OPT_DB, "DATABASE", 0, "A path (SQLite) or postgresql://... instead of the configured one",
	  1 },
	{ 0 }
};

struct parse {
	struct cli *cli;
	void *input;
};

static error_t parse_common(int key, char *arg, struct argp_state *state)
{
	struct parse *p = state->input;
	switch (key) {
	case OPT_CONFIG: p->cli->config_path = arg; return 0;
	case OPT_DB:
		if (!*arg)
			argp_error(state, "--db needs a path or an address");
		p->cli->db = arg;
		return 0;
	case ARGP_KEY_INIT: state->child_inputs[0] = p->input; return 0;
	default: return ARGP_ERR_UNKNOWN;
	}
}

void cli_parse(struct cli *cli, const struct argp *argp, int argc, char **argv, void *input)
{
	struct argp own = *argp;
	own.doc = own.args_doc = NULL; /* the whole says them, once */
	const struct argp_child children[] = { { &own, 0, NULL, 0 }, { 0 } };
	const struct argp whole = { .options = common_options,
				    .parser = parse_common,
				    .args_doc = argp->args_doc,
				    .doc = argp->doc,
				    .children = children };
	struct parse p = { cli, input };
	argp_err_exit_status = CLI_USAGE;
	argp_parse(&whole, argc, argv, 0, NULL, &p);
}

error_t cli_parse_file(int key, char *arg, struct argp_state *state)
{
	struct cli_file *o = state->input;
	switch (key) {
	case 'f': o->force = true; return 0;
	case ARGP_KEY_ARG:
		if (o->file)
			argp_usage(state);
		o->file = arg;
		return 0;
	case ARGP_KEY_NO_ARGS: argp_usage(state); return 0;
	default: return ARGP_ERR_UNKNOWN;
	}
}

int cli_config(struct cli *cli)
{
	struct config_error err;
	if (config_load(cli->mem, cli->config_path, &cli->config, &err) != OK)
		return cli_fail(cli, CLI_INPUT, "%s", config_error_text(cli->mem, &err));
	if (!cli->db)
		return CLI_OK;
	if (config_database_wrong(cli->db))
		return cli_fail(cli, CLI_INPUT, "--db %s: %s", config_database_name(cli->mem, cli->db),
				config_database_wrong(cli->db));
	cli->config.database = cli->db;
	return CLI_OK;
}

int cli_fail(const struct cli *cli, enum cli_exit code, const char *format, ...)
{
	va_list args;
	fprintf(stderr, "maillage %s: ", cli->name);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	return code;
}
