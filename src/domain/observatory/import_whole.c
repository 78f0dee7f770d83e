/* import_whole.c - a file from hand to directory in one transaction. */
#include <jansson.h>
#include <string.h>

#include "observatory/import_run.h"
#include "observatory/import_sql.h"

#define BATCH 500

static const char *text_at(struct ctx *c, const json_t *o, const char *name)
{
	const char *s = json_string_value(json_object_get(o, name));
	return talloc_strdup(c->mem, s ? s : "");
}

static void tell(struct ctx *c, const struct import_arrival *a, struct import_told *out)
{
	json_t *all = a->problems ? json_loads(a->problems, 0, NULL) : NULL, *p;
	size_t i, n = out->n_problems + json_array_size(all);
	out->problems = talloc_realloc(c->mem, out->problems, struct arrival_problem, (unsigned)n + 1);
	json_array_foreach(all, i, p) out->problems[out->n_problems++] = (struct arrival_problem){
		.line = (size_t)a->line,
		.column = text_at(c, p, "column"),
		.value = text_at(c, p, "value"),
		.key = text_at(c, p, "key"),
		.left_out = json_is_true(json_object_get(p, "left_out"))
	};
	json_decref(all);
}

static rc read_all(struct ctx *c, const struct import_run *run, struct import_told *out)
{
	struct import_reading *r;
	struct import_arrival_list rows;
	TRY(import_reading_new(c, run, c->mem, &r));
	for (size_t i = 0; i < import_reading_total(r); i += BATCH) {
		TRY(import_batch_look(c, r, i, BATCH));
		TRY(import_batch_put(c, r));
	}
	TRY(import_reading_over(c, r));
	TRY(import_counts_of(c, run->id, out->counts));
	TRY(import_arrivals(c, run->id, -1, -1, -1, "", -1, 0, ARRIVALS_MOST, &rows));
	out->rows = (int64_t)rows.n;
	for (size_t i = 0; i < rows.n; i++)
		tell(c, &rows.items[i], out);
	return OK;
}

/* Only what is left out of a row does not refuse it. */
static bool refuses(const struct import_told *t)
{
	for (size_t i = 0; i < t->n_problems; i++)
		if (!t->problems[i].left_out)
			return true;
	return false;
}

rc import_whole(struct ctx *c, const struct import_start *s, bool dry, struct import_told *out)
{
	struct import_run run;
	bool found;
	pubid pub;
	int64_t todo = 0, waiting = 0;
	*out = (struct import_told){ .problems = NULL };
	TRY(import_run_start(c, s, &pub));
	TRY(import_run_by_pub(c, pub, &run, &found));
	TRY(read_all(c, &run, out));
	if (refuses(out))
		return fail(c, E_INVALID, "import.bad_rows");
	for (int i = 0; i < IMPORT_OUTCOME_COUNT; i++) {
		todo += out->counts[i].todo;
		waiting += out->counts[i].waiting;
	}
	if (dry)
		return fail(c, E_CONFLICT, "import.dry_run");
	if (!todo && !waiting)
		return fail(c, E_CONFLICT, "import.no_change");
	if (!todo)
		return OK;
	run.state = IMPORT_STATE_READY;
	TRY(import_ask_apply(c, &run));
	run.state = IMPORT_STATE_APPLYING;
	return import_apply(c, &run);
}
