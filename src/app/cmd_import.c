/* cmd_import.c - `maillage import places FILE`: all rows of a table, or none. */
#include <stdio.h>
#include <string.h>

#include "app/cli_db.h"
#include "base/csv.h"
#include "people/import_places.h"
#include "platform/i18n.h"

struct options {
	const char *what, *file;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct options *o = state->input;
	switch (key) {
	case ARGP_KEY_ARG:
		if (o->file)
			argp_usage(state);
		*(o->what ? &o->file : &o->what) = arg;
		return 0;
	case ARGP_KEY_END:
		if (!o->file || strcmp(o->what, "places") != 0)
			argp_usage(state);
		return 0;
	default: return ARGP_ERR_UNKNOWN;
	}
}

struct job {
	char *text;
	size_t len;
	struct import_report report;
};

static int read_file(struct cli *cli, const char *path, struct job *j)
{
	size_t most = csv_usual_limits.bytes + 1;
	FILE *f = fopen(path, "rb");
	if (!f)
		return cli_fail(cli, CLI_INPUT, "%s cannot be opened: %m", path);
	j->text = talloc_zero_size(cli->mem, most + 1);
	j->len = fread(j->text, 1, most, f);
	bool bad = ferror(f);
	fclose(f);
	return bad ? cli_fail(cli, CLI_INPUT, "%s cannot be read", path) : CLI_OK;
}

static rc import(struct ctx *c, void *arg)
{
	struct job *j = arg;
	return import_places(c, j->text, j->len, &j->report);
}

static void say_problems(struct ctx *c, const char *file, const struct import_report *r)
{
	for (size_t i = 0; i < r->n_problems; i++) {
		const struct import_problem *p = &r->problems[i];
		fprintf(stderr, "%s:%zu: %s: %s\n", file, p->line, p->column,
			T_TEXT(c, p->key, "value", p->value));
	}
}

static void say(const char *file, const struct import_report *r)
{
	if (r->places + r->caes + r->links == 0)
		printf("%s: %lld rows, all here already; nothing was changed\n", file, (long long)r->rows);
	else
		printf("%s: %lld rows; new: %lld places, %lld CAE, %lld declared links\n", file,
		       (long long)r->rows, (long long)r->places, (long long)r->caes, (long long)r->links);
}

int cmd_import(struct cli *cli, int argc, char **argv)
{
	static const struct argp argp = {
		.parser = parse,
		.args_doc = "places FILE",
		.doc = "Import a table of places (CSV, the format of data/places.csv). All rows or none."
		       "\vExit status: 0 imported, or all here already; 3 the database failed; 4 rows that cannot "
		       "be taken, each named with its line and column; nothing was imported.",
	};
	struct options o = { 0 };
	struct cli_db d;
	struct job j = { 0 };
	cli_parse(cli, &argp, argc, argv, &o);
	int code = cli_config(cli);
	if (code == CLI_OK)
		code = read_file(cli, o.file, &j);
	if (code == CLI_OK)
		code = cli_db_open(cli, CLI_DB_ALONE, &d);
	if (code != CLI_OK)
		return code;
	if (db_write(&d.ctx, import, &j) == OK) {
		say(o.file, &j.report);
	} else {
		say_problems(&d.ctx, o.file, &j.report);
		code = cli_failure(cli, &d.ctx);
		if (code == CLI_FOUND)
			code = CLI_INPUT;
	}
	cli_db_close(&d);
	return code;
}
