/* cmd_import.c - `maillage import places|zonages|lieux FILE`: all rows of a file, or none. */
#include <stdio.h>
#include <string.h>

#include "app/cli_db.h"
#include "app/import_lieux.h"
#include "audit/audit.h"
#include "base/csv.h"
#include "people/import_places.h"
#include "platform/i18n.h"
#include "territory/zoning.h"

struct options {
	const char *what, *file;
	struct lieux_options lieux;
};

static bool is_known(const char *what)
{
	return strcmp(what, "places") == 0 || strcmp(what, "zonages") == 0 || strcmp(what, "lieux") == 0;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct options *o = state->input;
	switch (key) {
	case ARGP_KEY_ARG:
		if (o->file)
			argp_usage(state);
		*(o->what ? &o->file : &o->what) = arg;
		return 0;
	case 'f': o->lieux.format = arg; return 0;
	case 's': o->lieux.source = arg; return 0;
	case 'l': o->lieux.licence = arg; return 0;
	case 'm': o->lieux.mapping = arg; return 0;
	case 'n': o->lieux.dry = true; return 0;
	case ARGP_KEY_END:
		if (!o->file || !is_known(o->what))
			argp_usage(state);
		if (strcmp(o->what, "lieux") == 0 && !lieux_options_ok(&o->lieux))
			argp_error(
				state,
				"lieux needs --source and --format national, geojson, murmurations, osm or sheet");
		return 0;
	default: return ARGP_ERR_UNKNOWN;
	}
}

struct job {
	char *text;
	size_t len;
	struct import_report report;
	struct zoning_report zonings;
};

enum { MOST = 20 << 20 };

/* "-" is what comes in by standard input. */
static int read_file(struct cli *cli, const char *path, struct job *j)
{
	bool piped = strcmp(path, "-") == 0;
	FILE *f = piped ? stdin : fopen(path, "rb");
	if (!f)
		return cli_fail(cli, CLI_INPUT, "%s cannot be opened: %m", path);
	j->text = talloc_zero_size(cli->mem, MOST + 2);
	j->len = fread(j->text, 1, MOST + 1, f);
	bool bad = ferror(f);
	if (!piped)
		fclose(f);
	return bad ? cli_fail(cli, CLI_INPUT, "%s cannot be read", path) : CLI_OK;
}

static rc put_places(struct ctx *c, void *arg)
{
	struct job *j = arg;
	return import_places(c, j->text, j->len, &j->report);
}

/* Zonings are told to the server's own chain. */
static rc put_zonings(struct ctx *c, void *arg)
{
	struct job *j = arg;
	TRY(zoning_import(c, j->text, j->len, &j->zonings));
	if (!j->zonings.zonings)
		return OK;
	struct audit_event e = { .chain = "server",
				 .action = "zoning.import",
				 .object_kind = "zoning",
				 .after = fmt(c, "{\"zonings\":\"%s\",\"communes\":%lld}", j->zonings.names,
					      (long long)j->zonings.communes) };
	return audit_note(c, &e);
}

static void say_problem(const char *file, size_t line, const char *column, const char *what)
{
	fprintf(stderr, "%s:%zu: %s: %s\n", file, line, column, what);
}

static void say_problems(struct ctx *c, const char *file, const struct job *j)
{
	for (size_t i = 0; i < j->report.n_problems; i++) {
		const struct import_problem *p = &j->report.problems[i];
		say_problem(file, p->line, p->column, T_TEXT(c, p->key, "value", p->value));
	}
	for (size_t i = 0; i < j->zonings.n_problems; i++) {
		const struct zoning_problem *p = &j->zonings.problems[i];
		say_problem(file, p->line, p->column, T_TEXT(c, p->key, "value", p->value));
	}
}

static void say_places(const char *file, const struct job *j)
{
	const struct import_report *r = &j->report;
	if (r->places + r->caes + r->links == 0)
		printf("%s: %lld rows, all here already; nothing was changed\n", file, (long long)r->rows);
	else
		printf("%s: %lld rows; new: %lld places, %lld CAE, %lld declared links\n", file,
		       (long long)r->rows, (long long)r->places, (long long)r->caes, (long long)r->links);
}

static void say_zonings(const char *file, const struct job *j)
{
	const struct zoning_report *r = &j->zonings;
	if (!r->zonings)
		printf("%s: %lld rows, all here already; nothing was changed\n", file, (long long)r->rows);
	else
		printf("%s: %lld rows; %s: %lld zones over %lld communes; %lld rows of older communes set aside\n",
		       file, (long long)r->rows, r->names, (long long)r->zones, (long long)r->communes,
		       (long long)r->older);
}

int cmd_import(struct cli *cli, int argc, char **argv)
{
	static const struct argp_option options[] = {
		{ "format", 'f', "FORMAT", 0,
		  "lieux: national, geojson, murmurations, osm or sheet (CSV, XLSX, ODS)", 0 },
		{ "source", 's', "LABEL", 0, "lieux: who the file is from, always by the same name", 0 },
		{ "licence", 'l', "TEXT", 0, "lieux: under which it is published", 0 },
		{ "mapping", 'm', "NAME", 0,
		  "lieux: a table is read as that source's last one was; its own by default", 0 },
		{ "dry-run", 'n', NULL, 0, "lieux: say what would happen and write nothing", 0 },
		{ 0 }
	};
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.args_doc =
			"places FILE\nzonages FILE\nlieux FILE --format FORMAT --source LABEL\nlieux FILE --mapping NAME --source LABEL",
		.doc = "Import a table of places (CSV, the format of data/places.csv), or of zonings such as INSEE's "
		       "employment zones (CSV with the columns insee, zoning, code, label; a zoning called ze2020 is "
		       "replaced whole), or of places in a standard format or in a table whose columns were matched once on the page of imports. All rows or none. FILE may be - for standard input."
		       "\vExit status: 0 imported, or all here already; 3 the database failed; 4 rows that cannot "
		       "be taken, each named with its line and column; nothing was imported.",
	};
	struct options o = { 0 };
	struct cli_db d = { 0 };
	struct job j = { 0 };
	cli_parse(cli, &argp, argc, argv, &o);
	int code = cli_config(cli);
	if (code == CLI_OK)
		code = read_file(cli, o.file, &j);
	if (code == CLI_OK)
		code = cli_db_open(cli, CLI_DB_ALONE, &d);
	if (code == CLI_DATABASE && d.taken)
		fputs("While a server runs, files come in by its page: /operator/imports\n", stderr);
	if (code != CLI_OK)
		return code;
	bool places = strcmp(o.what, "places") == 0;
	if (strcmp(o.what, "lieux") == 0) {
		code = import_lieux(cli, &d.ctx, &o.lieux, o.file, (octets){ j.text, j.len });
		cli_db_close(&d);
		return code;
	}
	if (db_write(&d.ctx, places ? put_places : put_zonings, &j) == OK) {
		(places ? say_places : say_zonings)(o.file, &j);
	} else {
		say_problems(&d.ctx, o.file, &j);
		code = cli_failure(cli, &d.ctx);
		if (code == CLI_FOUND)
			code = CLI_INPUT;
	}
	cli_db_close(&d);
	return code;
}
