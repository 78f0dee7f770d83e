/* import_web.c - imports as their operator follows and decides them. */
#include <string.h>

#include "observatory/import_offer.h"
#include "observatory/import_page.h"
#include "observatory/import_page_html.h"
#include "observatory/import_run.h"
#include "observatory/import_sql.h"
#include "platform/csv_head.h"
#include "platform/route.h"
#include "platform/ui.h"

#define PAGE_ROWS 50

route_fn import_get, import_csv_get, import_stop_prepare, import_stop_post;
route_fn import_apply_post, import_decide_post, arrival_get, arrival_post;
rc import_run_loader(struct ctx *c, pubid pub, struct loaded *out);
rc import_arrival_loader(struct ctx *c, pubid pub, struct loaded *out);

rc import_run_loader(struct ctx *c, pubid pub, struct loaded *out)
{
	struct import_run *run = new_zero(c, struct import_run);
	bool found = false;
	if (c->actor.is_operator)
		TRY(import_run_by_pub(c, pub, run, &found));
	out->object = run;
	return found ? OK : fail(c, E_NOT_FOUND, "db.not_found");
}

rc import_arrival_loader(struct ctx *c, pubid pub, struct loaded *out)
{
	struct import_arrival *a = new_zero(c, struct import_arrival);
	bool found = false;
	if (c->actor.is_operator)
		TRY(import_arrival_by_pub(c, pub, a, &found));
	out->object = a;
	return found ? OK : fail(c, E_NOT_FOUND, "db.not_found");
}

static void crumbs(struct ctx *c, struct req *q, const struct import_run *run)
{
	page_title(q, "operator", run->label);
	page_crumb(q, T(c, "operator.title"), "/operator");
	page_crumb(q, T(c, "imports.title"), "/operator/imports");
}

/* ---- a run ---- */

static void count(struct ctx *c, const struct import_count counts[IMPORT_OUTCOME_COUNT],
		  struct import_page *v)
{
	v->counts.items = new_array(c, struct import_tab, IMPORT_OUTCOME_COUNT);
	for (int i = 0; i < IMPORT_OUTCOME_COUNT; i++) {
		v->todo += counts[i].todo;
		v->waiting += counts[i].waiting;
		v->written += counts[i].written;
		if (counts[i].n)
			v->counts.items[v->counts.n++] = (struct import_tab){ i, counts[i].n,
									      counts[i].waiting,
									      i == v->outcome };
	}
	v->refused = counts[IMPORT_OUTCOME_BAD].n;
}

static void may(struct import_page *v)
{
	int state = v->run.state;
	bool open = state == IMPORT_STATE_READY || state == IMPORT_STATE_DONE;
	v->live = state == IMPORT_STATE_WAITING || state == IMPORT_STATE_READING ||
		  state == IMPORT_STATE_APPLYING;
	v->may_stop = (v->live || state == IMPORT_STATE_READY) && !v->written;
	v->may_apply = open && v->todo;
	v->may_decide = open && v->outcome >= 0 && v->outcome != IMPORT_OUTCOME_BAD &&
			v->outcome != IMPORT_OUTCOME_SAME;
	v->may_create = v->outcome == IMPORT_OUTCOME_NEW || v->outcome == IMPORT_OUTCOME_DOUBLE;
	v->may_merge = v->outcome == IMPORT_OUTCOME_CHANGE || v->outcome == IMPORT_OUTCOME_DOUBLE;
}

/* The same list, under another ending of its path. */
static const char *address(struct ctx *c, const struct import_page *v, const char *end)
{
	struct buf b;
	buf_init(&b, c->mem, 120);
	buf_fmt(&b, "/operator/imports/%s%s?q=", v->run.pub.s, end);
	buf_url(&b, v->q);
	query_word(&b, "outcome", &import_outcome_words, v->outcome);
	query_word(&b, "decision", &import_decision_words, v->decision);
	query_word(&b, "state", &arrival_state_words, v->state);
	query_word(&b, "sort", &arrival_sort_words, v->sort);
	return b.s;
}

static const char *word_or_none(const struct enumeration *e, int word)
{
	return word >= 0 ? enum_word(e, word) : "";
}

static void fill_narrowed(struct ctx *c, const struct import_query *f, struct import_page *v)
{
	v->outcome = f->outcome;
	v->decision = f->decision;
	v->state = f->state;
	v->sort = f->sort;
	v->q = f->q ? f->q : "";
	v->next = NONE;
	v->decisions = ui_options_or(c, &import_decision_words, T(c, "import.any"));
	v->states = ui_options_or(c, &arrival_state_words, T(c, "imports.any_state"));
	v->sorts = ui_options(c, &arrival_sort_words);
	v->decision_word = word_or_none(&import_decision_words, f->decision);
	v->state_word = word_or_none(&arrival_state_words, f->state);
	v->sort_word = enum_word(&arrival_sort_words, f->sort < 0 ? 0 : f->sort);
	v->csv = address(c, v, "/rows.csv");
}

static rc fill_lines(struct ctx *c, const struct import_query *f, int most, struct import_page *v)
{
	struct import_arrival_list rows;
	int64_t skip = f->after == NONE ? 0 : f->after;
	TRY(import_arrivals(c, v->run.id, f->outcome, f->decision, f->state, v->q, f->sort, skip, most + 1,
			    &rows));
	if (rows.n > (size_t)most) {
		rows.n--;
		v->next = skip + most;
		v->more = fmt(c, "%s&after=%lld", address(c, v, ""), (long long)v->next);
	}
	v->items.items = new_array(c, struct import_line, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++)
		TRY(import_line_of(c, &rows.items[i], &v->items.items[v->items.n++]));
	return OK;
}

rc import_get(struct ctx *c, struct req *q)
{
	static const struct import_query all = { -1, -1, -1, NULL, -1, NONE };
	const struct import_query *f = q->route->form == &import_query_shape ? req_form(q, import_query)
									     : &all;
	struct import_page *v = new_zero(c, struct import_page);
	struct import_count counts[IMPORT_OUTCOME_COUNT];
	v->run = *req_object(q, import_run, run);
	fill_narrowed(c, f, v);
	v->problem = v->run.failure ? i18n(c, v->run.failure, NULL, 0) : NULL;
	TRY(import_counts_of(c, v->run.id, counts));
	count(c, counts, v);
	may(v);
	if (!v->live)
		TRY(fill_lines(c, f, PAGE_ROWS, v));
	crumbs(c, q, &v->run);
	page_crumb(q, v->run.label, NULL);
	return page(q, import_page, v);
}

static const char *const head[] = { K("import.line"),	 K("arrival_field.name"), K("import.key"),
				    K("import.outcome"), K("import.decision"),	  K("import.with"),
				    K("import.problems") };

static rc write_line(struct ctx *c, struct csv_writer *w, const struct import_arrival *a)
{
	struct import_line l;
	const char *problems = "";
	TRY(import_line_of(c, a, &l));
	for (size_t i = 0; i < l.problems.n; i++)
		problems = fmt(c, "%s%s%s: %s", problems, i ? "; " : "", l.problems.items[i].column,
			       l.problems.items[i].what);
	csv_put_int(w, a->line);
	csv_put_typed(w, a->name);
	csv_put_typed(w, import_key_shown(a->key));
	csv_put(w, i18n_word(c, &import_outcome_words, a->outcome));
	csv_put(w, i18n_word(c, &import_decision_words, a->decision));
	csv_put_typed(w, l.with_name);
	csv_put_typed(w, problems);
	csv_end_row(w);
	return OK;
}

rc import_csv_get(struct ctx *c, struct req *q)
{
	const struct import_run *run = req_object(q, import_run, run);
	struct import_arrival_list rows;
	struct csv_writer w;
	struct buf b;
	const struct import_query *f = req_form(q, import_query);
	TRY(import_arrivals(c, run->id, f->outcome, f->decision, f->state, f->q ? f->q : "", f->sort, 0,
			    ARRIVALS_MOST, &rows));
	buf_init(&b, c->mem, 1 << 16);
	csv_begin(&w, &b, ';', true);
	csv_head(c, &w, head, sizeof head / sizeof *head);
	for (size_t i = 0; i < rows.n; i++)
		TRY(write_line(c, &w, &rows.items[i]));
	return bytes(q, "text/csv; charset=utf-8", "import.csv", b.s, b.len);
}

rc import_stop_prepare(struct ctx *c, struct req *q)
{
	const struct import_run *run = req_object(q, import_run, run);
	TRY(offer_refusal_check(c, run->offered, req_form(q, import_refusal)->reason));
	import_stop_say(run->pub);
	return OK;
}

rc import_stop_post(struct ctx *c, struct req *q)
{
	const struct import_run *run = req_object(q, import_run, run);
	TRY(import_stop(c, run, req_form(q, import_refusal)->reason));
	return done(c, q, T(c, "import.stopped_now"), "/operator/imports/%s", run->pub.s);
}

rc import_apply_post(struct ctx *c, struct req *q)
{
	const struct import_run *run = req_object(q, import_run, run);
	TRY(import_ask_apply(c, run));
	return done(c, q, NULL, "/operator/imports/%s", run->pub.s);
}

rc import_decide_post(struct ctx *c, struct req *q)
{
	const struct import_run *run = req_object(q, import_run, run);
	const struct import_decide_all *f = req_form(q, import_decide_all);
	int64_t n;
	if (f->decision == IMPORT_DECISION_CREATE && f->outcome == IMPORT_OUTCOME_CHANGE)
		return fail_field(c, "decision", "import.is_here");
	TRY(import_decide_rows(c, run->id, f->outcome, f->decision, &n));
	return done(c, q, T_N(c, "import.decided", n), "/operator/imports/%s?outcome=%s", run->pub.s,
		    enum_word(&import_outcome_words, f->outcome));
}

/* ---- a row ---- */

rc arrival_get(struct ctx *c, struct req *q)
{
	const struct import_arrival *a = req_object(q, import_arrival, arrival);
	struct import_arrival_page *v = new_zero(c, struct import_arrival_page);
	TRY(import_run_by_id(c, a->run, &v->run));
	TRY(import_line_of(c, a, &v->line));
	if (a->outcome != IMPORT_OUTCOME_BAD)
		TRY(import_fields_of(c, a, &v->fields));
	for (size_t i = 0; i < v->fields.n; i++)
		v->conflicts += v->fields.items[i].held;
	v->may_decide = is_none(a->written_at) && a->outcome != IMPORT_OUTCOME_BAD &&
			(v->run.state == IMPORT_STATE_READY || v->run.state == IMPORT_STATE_DONE);
	v->decisions = ui_options(c, &import_decision_words);
	v->decision = enum_word(&import_decision_words, a->decision);
	crumbs(c, q, &v->run);
	page_crumb(q, v->run.label, fmt(c, "/operator/imports/%s", v->run.pub.s));
	page_crumb(q, a->name, NULL);
	return page(q, import_arrival_page, v);
}

static const char *taken(struct ctx *c, const struct import_decide_one *f)
{
	const char *out = "";
	for (size_t i = 0; i < import_decide_one_shape.n; i++) {
		const struct field *k = &import_decide_one_shape.fields[i];
		if (k->type == F_BOOL && *(const bool *)((const char *)f + k->offset))
			out = fmt(c, "%s%s%s", out, *out ? " " : "", k->name + strlen("t_"));
	}
	return out;
}

rc arrival_post(struct ctx *c, struct req *q)
{
	const struct import_arrival *a = req_object(q, import_arrival, arrival);
	const struct import_decide_one *f = req_form(q, import_decide_one);
	struct import_run run;
	TRY(import_run_by_id(c, a->run, &run));
	if (run.state != IMPORT_STATE_READY && run.state != IMPORT_STATE_DONE)
		return fail(c, E_CONFLICT, "import.not_ready");
	TRY(import_decide(c, a, f->decision, taken(c, f)));
	return done(c, q, T_N(c, "import.decided", 1), "/operator/imports/%s?outcome=%s", run.pub.s,
		    enum_word(&import_outcome_words, a->outcome));
}
