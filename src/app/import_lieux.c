#include "app/import_lieux.h"

#include <stdio.h>
#include <string.h>

#include "app/cli_db.h"
#include "observatory/import_run.h"
#include "observatory/mapping.h"
#include "platform/i18n.h"

/* A mapping is of a table. */
static int format_of(const struct lieux_options *o)
{
	if (!o->format)
		return o->mapping ? IMPORT_FORMAT_SHEET : -1;
	return enum_find(&import_format_words, o->format);
}

bool lieux_options_ok(const struct lieux_options *o)
{
	return o->source && format_of(o) >= 0 && (!o->mapping || format_of(o) == IMPORT_FORMAT_SHEET);
}

struct job {
	struct import_start start;
	const char *mapping;
	bool dry;
	struct import_told told;
};

/* A table is taken in its plain form, with what is remembered of its columns. */
static rc plan(struct ctx *c, struct job *j)
{
	struct spreadsheet book;
	octets kept;
	TRY(spreadsheet_read(c, j->start.file, &book, &kept));
	TRY(mapping_plan_of(c, j->mapping, &book, &j->start.plan));
	j->start.file = kept;
	return OK;
}

static rc put(struct ctx *c, void *arg)
{
	struct job *j = arg;
	if (j->start.format == IMPORT_FORMAT_SHEET && !j->start.plan)
		TRY(plan(c, j));
	return import_whole(c, &j->start, j->dry, &j->told);
}

static void say(const char *name, const struct job *j)
{
	const struct import_count *n = j->told.counts;
	printf("%s: %lld rows; new: %lld, changed: %lld, unchanged: %lld, possible duplicates that wait: %lld%s\n",
	       name, (long long)j->told.rows, (long long)n[IMPORT_OUTCOME_NEW].n,
	       (long long)n[IMPORT_OUTCOME_CHANGE].n, (long long)n[IMPORT_OUTCOME_SAME].n,
	       (long long)n[IMPORT_OUTCOME_DOUBLE].n, j->dry ? "; nothing was written" : "");
}

static void say_problems(struct ctx *c, const char *name, const struct import_told *t)
{
	for (size_t i = 0; i < t->n_problems; i++) {
		const struct arrival_problem *p = &t->problems[i];
		fprintf(stderr, "%s:%zu: %s: %s%s\n", name, p->line, p->column,
			T_TEXT(c, p->key, "value", p->value), p->left_out ? " (left out)" : "");
	}
}

int import_lieux(struct cli *cli, struct ctx *c, const struct lieux_options *o, const char *name, octets file)
{
	struct job j = { .start = { .label = o->source,
				    .licence = o->licence,
				    .filename = name,
				    .format = format_of(o),
				    .file = file },
			 .mapping = o->mapping ? o->mapping : o->source,
			 .dry = o->dry };
	rc code = db_write(c, put, &j);
	const char *key = code == OK ? "" : c->failure.key;
	say_problems(c, name, &j.told);
	if (code == OK || strcmp(key, "import.dry_run") == 0) {
		say(name, &j);
		return CLI_OK;
	}
	if (strcmp(key, "import.no_change") == 0) {
		printf("%s: %lld rows, all here already; nothing was changed\n", name,
		       (long long)j.told.rows);
		return CLI_OK;
	}
	int status = cli_failure(cli, c);
	return status == CLI_FOUND ? CLI_INPUT : status;
}
