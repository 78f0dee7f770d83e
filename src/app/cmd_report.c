/* cmd_report.c - `maillage report etat-des-lieux`: what the study of 2018 was, made
 * again for any territory, as a PDF. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/cli_db.h"
#include "base/civil.h"
#include "observatory/report_file.h"

struct options {
	const char *what, *out, *lang;
	struct report_order order;
	struct buf pdf;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct options *o = state->input;
	switch (key) {
	case 't': o->order.territory = arg; return 0;
	case 'o': o->out = arg; return 0;
	case 's': o->order.source = arg; return 0;
	case 'l':
		if (strcmp(arg, "fr") != 0 && strcmp(arg, "en") != 0)
			argp_error(state, "--lang is fr or en");
		o->lang = arg;
		return 0;
	case 'y':
		o->order.year = strtoll(arg, NULL, 10);
		if (o->order.year < 1900 || o->order.year > 2100)
			argp_error(state, "--year is a year");
		return 0;
	case 'D':
		if (day_parse(arg, &o->order.on) != OK)
			argp_error(state, "--on is a day: 2026-11-24");
		return 0;
	case ARGP_KEY_ARG:
		if (o->what || strcmp(arg, "etat-des-lieux") != 0)
			argp_usage(state);
		o->what = arg;
		return 0;
	case ARGP_KEY_NO_ARGS: argp_usage(state); return 0;
	default: return ARGP_ERR_UNKNOWN;
	}
}

static int keep(struct cli *cli, const struct options *o)
{
	FILE *f = o->out ? fopen(o->out, "wb") : stdout;
	if (!f)
		return cli_fail(cli, CLI_FOUND, "%s cannot be written", o->out);
	bool whole = fwrite(o->pdf.s, 1, o->pdf.len, f) == o->pdf.len;
	if (o->out)
		whole = fclose(f) == 0 && whole;
	return whole ? CLI_OK : cli_fail(cli, CLI_FOUND, "the report was not written whole");
}

int cmd_report(struct cli *cli, int argc, char **argv)
{
	static const struct argp_option args[] = {
		{ "territory", 't', "CODE", 0,
		  "FR, METRO (as it is), region:75, departement:86, epci:SIREN, "
		  "arrondissement:863, zone:ze2020:7502, commune:86194; or a name: Vendée",
		  0 },
		{ "out", 'o', "FILE", 0, "where the PDF goes; standard output without it", 0 },
		{ "source", 's', "WHOSE", 0, "study: its inventory; all: every place of the server", 0 },
		{ "year", 'y', "YEAR", 0, "as things stood at its end", 0 },
		{ "on", 'D', "YYYY-MM-DD", 0, "as things stood that day", 0 },
		{ "lang", 'l', "LANG", 0, "fr (as it is) or en", 0 },
		{ 0 }
	};
	static const struct argp argp = {
		.options = args,
		.parser = parse,
		.args_doc = "etat-des-lieux",
		.doc = "Write the state of play of a territory as a PDF."
		       "\vExit status: 0 written; 1 no such territory, or the file "
		       "cannot be written; 3 the database failed; 4 the configuration is wrong."
	};
	struct options o = { .order = { .year = NONE, .on = { NONE } } };
	struct cli_db d;
	cli_parse(cli, &argp, argc, argv, &o);
	int code = cli_config(cli);
	if (code == CLI_OK)
		code = cli_db_open(cli, CLI_DB_READ_ONLY, &d);
	if (code != CLI_OK)
		return code;
	d.ctx.lang = o.lang && strcmp(o.lang, "en") == 0 ? LANG_EN : LANG_FR;
	buf_init(&o.pdf, d.ctx.mem, 1 << 20);
	o.order.out = &o.pdf;
	code = db_read(&d.ctx, report_make, &o.order) == OK ? keep(cli, &o) : cli_failure(cli, &d.ctx);
	cli_db_close(&d);
	return code;
}
