/* cmd_export.c - `maillage export communities`: what the public list shows, and
 * `maillage export national-2.csv` ...: the files of open data, on standard
 * output. */
#include <stdio.h>
#include <string.h>

#include "app/cli_db.h"
#include "base/csv.h"
#include "observatory/directory.h"
#include "observatory/open_data.h"
#include "platform/json.h"

struct options {
	const char *what, *format;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct options *o = state->input;
	switch (key) {
	case 'f':
		if (strcmp(arg, "csv") != 0 && strcmp(arg, "json") != 0)
			argp_error(state, "--format is csv or json");
		o->format = arg;
		return 0;
	case ARGP_KEY_ARG:
		if (o->what || (strcmp(arg, "communities") != 0 && !open_file_named(arg)))
			argp_usage(state);
		o->what = arg;
		return 0;
	case ARGP_KEY_NO_ARGS: argp_usage(state); return 0;
	default: return ARGP_ERR_UNKNOWN;
	}
}

static rc find(struct ctx *c, void *arg)
{
	const struct directory_query all = {
		.on = { NONE }, .kind = -1, .sort = DIRECTORY_SORT_NAME, .lat = NONE, .lon = NONE, .km = NONE
	};
	int64_t total;
	return directory_find(c, &all, DIRECTORY_ALL, arg, &total, NULL);
}

static void write_csv(struct buf *b, const struct directory_row_list *l)
{
	static const char *const columns[] = { "id",	      "name",	      "kinds",	   "city",
					       "departement", "year_started", "activities" };
	struct csv_writer w;
	csv_begin(&w, b, ',', false);
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		csv_put(&w, columns[i]);
	csv_end_row(&w);
	for (size_t i = 0; i < l->n; i++) {
		const struct directory_row *r = &l->items[i];
		csv_put(&w, r->card.pub.s);
		csv_put_typed(&w, r->card.name);
		csv_put(&w, r->kinds);
		csv_put_typed(&w, r->card.city);
		csv_put(&w, r->card.departement);
		csv_put_int(&w, r->year_started);
		csv_put_typed(&w, r->activities);
		csv_end_row(&w);
	}
}

struct open_job {
	const struct open_file *file;
	struct buf *out;
};

static rc write_file(struct ctx *c, void *arg)
{
	const struct open_job *j = arg;
	return open_file_write(c, j->file, j->out);
}

static int write_communities(struct cli *cli, struct cli_db *d, const char *format, struct buf *b)
{
	struct directory_row_list l = { 0 };
	if (db_read(&d->ctx, find, &l) != OK)
		return cli_failure(cli, &d->ctx);
	if (strcmp(format, "csv") == 0)
		write_csv(b, &l);
	else
		json_write_list(b, &directory_row_shape, (const struct any_list *)&l);
	return CLI_OK;
}

static int write_open(struct cli *cli, struct cli_db *d, const struct open_file *file, struct buf *b)
{
	struct open_job j = { file, b };
	return db_read(&d->ctx, write_file, &j) == OK ? CLI_OK : cli_failure(cli, &d->ctx);
}

int cmd_export(struct cli *cli, int argc, char **argv)
{
	static const struct argp_option args[] = {
		{ "format", 'f', "FORMAT", 0, "of the list: csv (as it is) or json", 0 }, { 0 }
	};
	static const struct argp argp = {
		.options = args,
		.parser = parse,
		.args_doc = "communities\nFILE",
		.doc = "Write on standard output the public list of communities, or a file of "
		       "open data: national-2.csv, national-2.json, national-1.csv, "
		       "national-1.json, communities.geojson, osm.geojson, "
		       "murmurations.json, and sources, figures, links, prices as .csv or "
		       ".json; communes.csv, regions.geojson, departements.geojson."
		       "\vExit status: 0 written; 3 the database failed; 4 the "
		       "configuration is wrong."
	};
	struct options o = { .format = "csv" };
	struct cli_db d;
	struct buf b;
	cli_parse(cli, &argp, argc, argv, &o);
	int code = cli_config(cli);
	if (code == CLI_OK)
		code = cli_db_open(cli, CLI_DB_READ_ONLY, &d);
	if (code != CLI_OK)
		return code;
	buf_init(&b, d.ctx.mem, 1 << 16);
	const struct open_file *file = open_file_named(o.what);
	code = file ? write_open(cli, &d, file, &b) : write_communities(cli, &d, o.format, &b);
	fwrite(b.s, 1, b.len, stdout);
	cli_db_close(&d);
	return code;
}
