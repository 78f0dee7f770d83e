/* import_read.c - a file becomes rows that can be looked at. */
#include <glib.h>
#include <jansson.h>
#include <string.h>

#include "base/fold.h"
#include "base/pubid.h"
#include "observatory/import_match.h"
#include "observatory/import_offer.h"
#include "observatory/import_record.h"
#include "observatory/import_run.h"
#include "observatory/import_sql.h"
#include "platform/db.h"

/* A row that was looked at and is not put down yet. */
struct looked {
	const struct arrival *a;
	size_t line;
	const char *name, *key, *said, *record, *problems, *reasons;
	int outcome, decision;
	community_id community;
	int64_t score;
};

struct import_reading {
	struct import_run run;
	struct arrivals arrivals;
	struct match_index *here;
	GHashTable *keys; /* those of the file so far */
	size_t *loose;	  /* problems of lines that gave no arrival */
	size_t n_loose;
	struct looked *batch;
	size_t n, from;
};

static int free_keys(struct import_reading *r)
{
	if (r->keys)
		g_hash_table_destroy(r->keys);
	return 0;
}

/* What a row without an identifier is called: its name and where it says that it is. The mark keeps it apart
 * from what sources call theirs. */
static const char *own_key(struct ctx *c, const struct arrival *a)
{
	const char *const *said = a->said;
	const char *name = said[ARRIVAL_FIELD_NAME] ? fold(c, said[ARRIVAL_FIELD_NAME]) : "";
	const char *where = said[ARRIVAL_FIELD_INSEE]	      ? said[ARRIVAL_FIELD_INSEE]
			    : said[ARRIVAL_FIELD_POSTAL_CODE] ? said[ARRIVAL_FIELD_POSTAL_CODE]
			    : said[ARRIVAL_FIELD_CITY]	      ? fold(c, said[ARRIVAL_FIELD_CITY])
			    : said[ARRIVAL_FIELD_LATITUDE]
				    ? fmt(c, "%s %s", said[ARRIVAL_FIELD_LATITUDE],
					  said[ARRIVAL_FIELD_LONGITUDE] ? said[ARRIVAL_FIELD_LONGITUDE] : "")
				    : "";
	return *name ? fmt(c, IMPORT_OWN_KEY "%s | %s", name, where) : NULL;
}

/* Two rows that would be called the same stay without: they are a question. */
static void name_rows(struct ctx *c, struct import_reading *r)
{
	struct arrivals *l = &r->arrivals;
	GHashTable *seen = g_hash_table_new(g_str_hash, g_str_equal);
	for (size_t i = 0; i < l->n; i++) {
		struct arrival *a = &l->items[i], *first;
		if (a->key || !(a->key = own_key(c, a)))
			continue;
		if (!g_hash_table_lookup_extended(seen, a->key, NULL, (gpointer *)&first)) {
			g_hash_table_insert(seen, (gpointer)a->key, a);
			continue;
		}
		first->key = a->key = NULL;
	}
	g_hash_table_destroy(seen);
}

/* Lines that gave no arrival: their problems stand alone. */
static void find_loose(struct import_reading *r, TALLOC_CTX *mem)
{
	const struct arrivals *l = &r->arrivals;
	GHashTable *lines = g_hash_table_new(NULL, NULL);
	for (size_t i = 0; i < l->n; i++)
		g_hash_table_add(lines, GSIZE_TO_POINTER(l->items[i].line + 1));
	r->loose = talloc_array(mem, size_t, (unsigned)l->n_problems + 1);
	for (size_t i = 0; i < l->n_problems; i++)
		if (!g_hash_table_contains(lines, GSIZE_TO_POINTER(l->problems[i].line + 1)))
			r->loose[r->n_loose++] = i;
	g_hash_table_destroy(lines);
}

static int by_line(const void *a, const void *b, void *none)
{
	const struct arrival_problem *x = a, *y = b;
	(void)none;
	return (x->line > y->line) - (x->line < y->line);
}

static rc read_file(struct ctx *c, struct import_reading *r)
{
	arrival_reader *read = arrival_reader_of(r->run.format);
	octets file;
	bool found;
	TRY(import_file_of(c, r->run.id, &file, &found));
	if (!found || !read)
		return fail(c, E_INVALID, "import.no_reader");
	TRY(read(c, file, r->run.plan, &r->arrivals));
	if (r->arrivals.n_problems)
		g_qsort_with_data(r->arrivals.problems, (int)r->arrivals.n_problems,
				  sizeof *r->arrivals.problems, by_line, NULL);
	return r->arrivals.n || r->arrivals.n_problems ? OK : fail(c, E_INVALID, "import.no_rows");
}

rc import_reading_new(struct ctx *c, const struct import_run *run, TALLOC_CTX *mem,
		      struct import_reading **out)
{
	TALLOC_CTX *before = c->mem;
	struct import_reading *r = talloc_zero(mem, struct import_reading);
	c->mem = mem;
	r->run = *run;
	r->run.label = talloc_strdup(mem, run->label);
	r->run.plan = run->plan ? talloc_strdup(mem, run->plan) : NULL;
	r->keys = g_hash_table_new(g_str_hash, g_str_equal);
	talloc_set_destructor(r, free_keys);
	arrivals_init(&r->arrivals, c);
	rc code = read_file(c, r);
	if (code == OK)
		code = match_read(c, r->run.label, &r->here);
	if (code == OK)
		name_rows(c, r);
	if (code == OK)
		find_loose(r, mem);
	c->mem = before;
	*out = r;
	return code;
}

/* What is wrong as a whole comes before the rows. */
size_t import_reading_total(const struct import_reading *r)
{
	return r->n_loose + r->arrivals.n;
}

/* ---- looking ---- */

static json_t *problem_json(const struct arrival_problem *p)
{
	return json_pack("{s:s,s:s,s:s,s:b}", "column", p->column, "value", p->value ? p->value : "", "key",
			 p->key, "left_out", p->left_out);
}

/* The first of the sorted ones that is of that line or a later one. */
static size_t first_of(const struct arrivals *l, size_t n, size_t line)
{
	size_t low = 0, high = n;
	while (low < high) {
		size_t mid = (low + high) / 2;
		if (l->problems[mid].line < line)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* Those of the reader are sorted by line, those of the check follow them. */
static const char *problems_of(struct ctx *c, const struct arrivals *l, size_t line, size_t read, bool *bad)
{
	json_t *all = json_array();
	size_t i = first_of(l, read, line);
	while (i < l->n_problems) {
		if (i < read && l->problems[i].line != line) {
			i = read;
			continue;
		}
		json_array_append_new(all, problem_json(&l->problems[i]));
		*bad = *bad || !l->problems[i].left_out;
		i++;
	}
	bool some = json_array_size(all);
	const char *text = json_taken(c, all);
	return some ? text : NULL;
}

static rc is_changed(struct ctx *c, community_id id, const struct record *r, bool *out)
{
	struct import_known known;
	struct import_changes changes;
	TRY(import_known_read(c, id, &known));
	import_compare(c, &known, r, &changes);
	*out = changes.n > 0;
	return OK;
}

static rc place(struct ctx *c, struct import_reading *r, const struct record *record, struct looked *w)
{
	struct match m;
	bool changed;
	match_find(c, r->here, w->key, record, &m);
	w->community = m.community;
	w->score = m.score;
	w->reasons = m.reasons;
	w->outcome = m.community.v ? IMPORT_OUTCOME_DOUBLE : IMPORT_OUTCOME_NEW;
	w->decision = m.community.v ? IMPORT_DECISION_WAIT : IMPORT_DECISION_CREATE;
	if (!m.known)
		return OK;
	TRY(is_changed(c, m.community, record, &changed));
	w->outcome = changed ? IMPORT_OUTCOME_CHANGE : IMPORT_OUTCOME_SAME;
	w->decision = IMPORT_DECISION_MERGE;
	return OK;
}

static const char *said_json(struct ctx *c, const struct arrival *a)
{
	struct record said;
	memcpy(said.is, a->said, sizeof said.is);
	return record_json(c, &said);
}

/* What the check says is told to a list of its own length: looked at again, it says it again. */
static rc look_at(struct ctx *c, struct import_reading *r, const struct arrival *a, struct looked *w)
{
	struct arrivals *l = &r->arrivals;
	size_t before = l->n_problems;
	struct record record;
	bool bad, refused = false;
	TRY(arrival_check(l, a, r->run.format == IMPORT_FORMAT_NATIONAL, &record, &bad));
	if (a->key && !g_hash_table_add(r->keys, (gpointer)a->key))
		arrival_blame(l, a->line, "id", a->key, K("import.twice"));
	if (!record.is[ARRIVAL_FIELD_ORIGIN] && r->run.format == IMPORT_FORMAT_OSM)
		record.is[ARRIVAL_FIELD_ORIGIN] = r->run.label;
	w->problems = problems_of(c, l, a->line, before, &refused);
	l->n_problems = before;
	w->line = a->line;
	w->key = a->key;
	w->name = record.is[ARRIVAL_FIELD_NAME] ? record.is[ARRIVAL_FIELD_NAME] : "";
	w->said = said_json(c, a);
	w->record = record_json(c, &record);
	w->score = NONE;
	if (refused) {
		w->outcome = IMPORT_OUTCOME_BAD;
		w->decision = IMPORT_DECISION_IGNORE;
		return OK;
	}
	return place(c, r, &record, w);
}

static void look_loose(struct ctx *c, const struct import_reading *r, size_t i, struct looked *w)
{
	const struct arrival_problem *p = &r->arrivals.problems[r->loose[i]];
	json_t *all = json_array();
	json_array_append_new(all, problem_json(p));
	*w = (struct looked){ .line = p->line,
			      .name = "",
			      .said = "{}",
			      .record = "{}",
			      .problems = json_taken(c, all),
			      .outcome = IMPORT_OUTCOME_BAD,
			      .decision = IMPORT_DECISION_IGNORE,
			      .score = NONE };
}

rc import_batch_look(struct ctx *c, struct import_reading *r, size_t from, size_t most)
{
	size_t total = import_reading_total(r);
	r->arrivals.c = c;
	if (!g_hash_table_size(r->keys))
		for (size_t i = r->n_loose; i < from; i++)
			if (r->arrivals.items[i - r->n_loose].key)
				g_hash_table_add(r->keys, (gpointer)r->arrivals.items[i - r->n_loose].key);
	r->from = from;
	r->n = 0;
	r->batch = new_array(c, struct looked, most + 1);
	for (size_t i = from; i < total && r->n < most; i++) {
		struct looked *w = &r->batch[r->n++];
		*w = (struct looked){ .line = 0 };
		if (i < r->n_loose)
			look_loose(c, r, i, w);
		else
			TRY(look_at(c, r, &r->arrivals.items[i - r->n_loose], w));
	}
	return OK;
}

/* ---- putting down ---- */

/* As import_rows_put takes it. */
static json_t *row_json(const struct looked *w)
{
	pubid pub;
	pubid_new(&pub);
	json_t *community = w->community.v ? json_integer(w->community.v) : json_null();
	json_t *score = w->score == NONE ? json_null() : json_integer(w->score);
	return json_pack("[s,I,s?,s,s,s,s?,s,o,o,s?,s]", pub.s, (json_int_t)w->line, w->key, w->name, w->said,
			 w->record, w->problems, enum_word(&import_outcome_words, w->outcome), community,
			 score, w->reasons, enum_word(&import_decision_words, w->decision));
}

rc import_batch_put(struct ctx *c, struct import_reading *r)
{
	int64_t n;
	if (!r->from)
		TRY(import_run_counted(c, r->run.id, (int64_t)import_reading_total(r), NULL));
	TRY(import_run_step(c, r->run.id, (int64_t)(r->from + r->n), &n));
	if (!n)
		return fail(c, E_CONFLICT, "import.was_stopped");
	json_t *rows = json_array();
	for (size_t i = 0; i < r->n; i++)
		json_array_append_new(rows, row_json(&r->batch[i]));
	return import_rows_put(c, r->run.id, json_taken(c, rows), NULL);
}

/* Every row is here already, as it is. */
static rc says_nothing_new(struct ctx *c, const struct import_reading *r, bool *out)
{
	struct import_count counts[IMPORT_OUTCOME_COUNT];
	TRY(import_counts_of(c, r->run.id, counts));
	*out = counts[IMPORT_OUTCOME_SAME].n > 0 &&
	       counts[IMPORT_OUTCOME_SAME].n == (int64_t)import_reading_total(r);
	return OK;
}

rc import_reading_over(struct ctx *c, struct import_reading *r)
{
	int64_t n;
	bool same;
	TRY(says_nothing_new(c, r, &same));
	TRY(import_run_move(c, r->run.id, IMPORT_STATE_READING, same ? IMPORT_STATE_DONE : IMPORT_STATE_READY,
			    NULL, same ? c->now : (instant){ NONE }, &n));
	if (!n)
		return fail(c, E_CONFLICT, "import.was_stopped");
	if (same)
		TRY(offer_tell_done(c, &r->run, c->now));
	return import_file_drop(c, r->run.id, NULL);
}
