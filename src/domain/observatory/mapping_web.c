/* mapping_web.c - which column is which field, as an operator says it. */
#include "observatory/mapping_web.h"

#include <string.h>

#include "observatory/arrival_check.h"
#include "observatory/import_offer.h"
#include "observatory/import_page_shape.h"
#include "observatory/mapping.h"
#include "observatory/mapping_form_shape.h"
#include "observatory/mapping_html.h"
#include "observatory/mapping_page_shape.h"
#include "observatory/mapping_sql.h"
#include "observatory/mapping_values.h"
#include "platform/i18n.h"
#include "platform/route.h"
#include "platform/ui.h"

#define SAMPLES	      3
#define SAMPLE_LENGTH 60
#define PREVIEWED     10

route_fn sheet_get, sheet_post, sheet_drop_post;
rc import_sheet_loader(struct ctx *c, pubid pub, struct loaded *out);

rc import_sheet_loader(struct ctx *c, pubid pub, struct loaded *out)
{
	struct import_sheet_row *s = new_zero(c, struct import_sheet_row);
	bool found = false;
	if (c->actor.is_operator)
		TRY(import_sheet_by_pub(c, pub, s, &found));
	out->object = s;
	return found ? OK : fail(c, E_NOT_FOUND, "db.not_found");
}

/* A file that was read before the transaction. */
struct handed {
	struct spreadsheet book;
	octets kept;
};

rc sheet_prepare(struct ctx *c, struct req *q, octets file)
{
	struct handed *h = new_zero(c, struct handed);
	q->prepared = h;
	if (!file.n)
		return fail_field(c, "file", "import.empty_file");
	return spreadsheet_read(c, file, &h->book, &h->kept);
}

rc sheet_hand_over(struct ctx *c, struct req *q, const struct import_start *s, pubid *out)
{
	const struct handed *h = q->prepared;
	struct import_start kept = *s;
	kept.file = h->kept;
	return mapping_start(c, &kept, &h->book, out);
}

/* ---- the page ---- */

static const char *shortened(struct ctx *c, const char *s)
{
	size_t n = strlen(s), at = SAMPLE_LENGTH;
	if (n <= SAMPLE_LENGTH)
		return s;
	while (at && ((unsigned char)s[at] & 0xC0) == 0x80)
		at--;
	return fmt(c, "%.*s…", (int)at, s);
}

/* Different ones tell more. */
static void take_samples(struct ctx *c, const struct spreadsheet_sheet *s, size_t head, size_t column,
			 struct mapping_column *out)
{
	out->samples.items = new_array(c, struct mapping_sample, SAMPLES);
	for (size_t i = head + 1; i < s->n && out->samples.n < SAMPLES; i++) {
		const char *cell = csv_cell(&s->rows[i], (int)column);
		bool again = !*cell;
		for (size_t k = 0; k < out->samples.n; k++)
			again = again || strcmp(out->samples.items[k].text, shortened(c, cell)) == 0;
		if (!again)
			out->samples.items[out->samples.n++].text = shortened(c, cell);
	}
}

static void fill_columns(struct ctx *c, const struct spreadsheet_sheet *s, const struct mapping *m,
			 const struct mapping_fitted *known, struct mapping_page *v)
{
	v->columns.items = new_array(c, struct mapping_column, m->n + 1);
	for (size_t i = 0; i < m->n; i++) {
		const struct mapping_choice *k = &m->columns[i];
		struct mapping_column *out = &v->columns.items[v->columns.n++];
		*out = (struct mapping_column){ .number = (int64_t)i + 1,
						.head = k->head,
						.target = mapping_target_word(k->target),
						.reason = k->reason,
						.mark = k->mark,
						.mark_word = enum_word(&list_mark_words, k->mark),
						.is_new = known && known->is_new[i],
						.c = fmt(c, "c%zu", i + 1),
						.l = fmt(c, "l%zu", i + 1) };
		take_samples(c, s, m->head, i, out);
		v->named = v->named || k->target == ARRIVAL_FIELD_NAME;
	}
}

/* What was remembered of the source, beside this table. */
static rc compare(struct ctx *c, const struct import_sheet_row *row, const struct spreadsheet *book,
		  const struct mapping *m, struct mapping_fitted *out, struct mapping_page *v)
{
	struct mapping_row kept;
	struct mapping before;
	bool found;
	v->remembered_at = (instant){ NONE };
	TRY(import_mapping_of(c, row->label, &kept, &found));
	if (!found)
		return OK;
	TRY(mapping_read(c, kept.plan, &before));
	mapping_fit(c, &before, book, out);
	if (out->mapping.sheet != m->sheet || out->mapping.head != m->head)
		return OK;
	v->remembered_at = kept.saved_at;
	for (size_t i = 0; i < out->n_gone; i++)
		v->gone = fmt(c, "%s%s%s", v->gone ? v->gone : "", i ? ", " : "", out->gone[i]);
	return OK;
}

/* ---- the first places of it ---- */

static const char *problem_of(struct ctx *c, const struct arrivals *l, size_t from, size_t line,
			      const char *column)
{
	for (size_t i = from; i < l->n_problems; i++) {
		const struct arrival_problem *p = &l->problems[i];
		if (p->line == line && p->column && strcmp(p->column, column) == 0)
			return T_TEXT(c, p->key, "value", p->value ? p->value : "");
	}
	return NULL;
}

/* Each field that the row says something of; what the check made of it. */
static void fill_cells(struct ctx *c, const struct arrivals *l, const struct arrival *a,
		       const struct record *r, struct mapping_preview *out)
{
	out->cells.items = new_array(c, struct mapping_cell, ARRIVAL_FIELD_COUNT);
	for (int f = 0; f < ARRIVAL_FIELD_COUNT; f++) {
		const char *column = l->columns[f] ? l->columns[f] : enum_word(&arrival_field_words, f);
		const char *value = r->is[f] ? r->is[f] : a->said[f];
		const char *problem = problem_of(c, l, 0, a->line, column);
		if (f != ARRIVAL_FIELD_NAME && (value || (problem && l->columns[f])))
			out->cells.items[out->cells.n++] = (struct mapping_cell){
				i18n_word(c, &arrival_field_words, f),
				value ? shortened(c, mapping_shown(c, f, value)) : "", problem
			};
	}
}

/* Problems of columns that are no field of their own: two halves of a position. */
static void fill_loose(struct ctx *c, const struct arrivals *l, size_t n_read, const struct arrival *a,
		       struct mapping_preview *out)
{
	for (size_t i = 0; i < n_read; i++) {
		const struct arrival_problem *p = &l->problems[i];
		if (p->line == a->line && out->cells.n < ARRIVAL_FIELD_COUNT)
			out->cells.items[out->cells.n++] = (struct mapping_cell){
				p->column, p->value, T_TEXT(c, p->key, "value", p->value)
			};
	}
}

static rc fill_preview(struct ctx *c, const struct mapping *m, const struct spreadsheet *book,
		       struct mapping_page *v)
{
	struct arrivals l;
	arrivals_init(&l, c);
	TRY(mapping_apply(c, m, book, PREVIEWED, &l));
	size_t n_read = l.n_problems;
	v->preview.items = new_array(c, struct mapping_preview, l.n + 1);
	for (size_t i = 0; i < l.n; i++) {
		struct mapping_preview *out = &v->preview.items[v->preview.n++];
		struct record r;
		TRY(arrival_check(&l, &l.items[i], false, &r, &out->bad));
		out->line = (int64_t)l.items[i].line;
		out->name = r.is[ARRIVAL_FIELD_NAME] ? r.is[ARRIVAL_FIELD_NAME] : "";
		fill_cells(c, &l, &l.items[i], &r, out);
		fill_loose(c, &l, n_read, &l.items[i], out);
	}
	return OK;
}

/* ---- choices ---- */

static bool is_former(const char *word)
{
	return strncmp(word, "former_", strlen("former_")) == 0;
}

static struct option_list targets(struct ctx *c)
{
	int n = ARRIVAL_FIELD_COUNT + MAPPING_ALSO_COUNT;
	struct option_list l = { new_array(c, struct option, (size_t)n + 1), 0 };
	l.items[l.n++] = (struct option){ "", T(c, "mapping.leave") };
	for (int i = 0; i < n; i++)
		if (!is_former(mapping_target_word(i)))
			l.items[l.n++] = (struct option){ mapping_target_word(i),
							  mapping_target_label(c, i) };
	return l;
}

static struct option_list fixable(struct ctx *c)
{
	struct option_list l = { new_array(c, struct option, ARRIVAL_FIELD_COUNT + 1), 0 };
	l.items[l.n++] = (struct option){ "", T(c, "mapping.no_fixed") };
	for (int i = 0; i < ARRIVAL_FIELD_COUNT; i++)
		if (mapping_may_fix(i))
			l.items[l.n++] = (struct option){ mapping_target_word(i),
							  mapping_target_label(c, i) };
	return l;
}

/* Those there are, and room for more. */
static void fill_fixed(struct ctx *c, const struct mapping *m, struct mapping_page *v)
{
	v->fixable = fixable(c);
	v->fixed.items = new_array(c, struct mapping_fixed_line, MAPPING_FIXED);
	for (size_t i = 0; i < MAPPING_FIXED; i++) {
		bool there = i < m->n_fixed;
		v->fixed.items[v->fixed.n++] = (struct mapping_fixed_line){
			.number = (int64_t)i + 1,
			.field = there ? mapping_target_word(m->fixed[i].field) : "",
			.value = there ? m->fixed[i].value : "",
			.x = fmt(c, "x%zu", i + 1),
			.v = fmt(c, "v%zu", i + 1)
		};
		v->some_fixed = v->some_fixed || there;
	}
}

static struct option_list sheets(struct ctx *c, const struct spreadsheet *book)
{
	struct option_list l = { new_array(c, struct option, book->n), book->n };
	for (size_t i = 0; i < book->n; i++)
		l.items[i] = (struct option){ fmt(c, "%zu", i), *book->sheets[i].name
									? book->sheets[i].name
									: fmt(c, "%zu", i + 1) };
	return l;
}

rc sheet_get(struct ctx *c, struct req *q)
{
	const struct import_sheet_row *row = req_object(q, import_sheet_row, sheet);
	struct mapping_page *v = new_zero(c, struct mapping_page);
	struct mapping_fitted known;
	struct spreadsheet book;
	struct mapping m;
	TRY(spreadsheet_open(c, row->kept, &book));
	TRY(mapping_read(c, row->plan, &m));
	const struct spreadsheet_sheet *s = &book.sheets[m.sheet];
	v->pub = row->pub;
	v->label = row->label;
	v->offered = row->offered;
	v->licence = row->licence;
	v->sheet = (int64_t)m.sheet;
	v->head = (int64_t)m.head + 1;
	v->sheet_word = fmt(c, "%zu", m.sheet);
	v->head_word = fmt(c, "%zu", m.head + 1);
	v->kind = enum_word(&community_kind_words, m.kind);
	v->rows = (int64_t)(s->n - m.head - 1);
	v->sheets = sheets(c, &book);
	v->targets = targets(c);
	v->marks = ui_options(c, &list_mark_words);
	v->kinds = ui_options(c, &community_kind_words);
	TRY(compare(c, row, &book, &m, &known, v));
	fill_fixed(c, &m, v);
	fill_columns(c, s, &m, is_none(v->remembered_at) ? NULL : &known, v);
	TRY(fill_preview(c, &m, &book, v));
	page_title(q, "operator", row->label);
	page_crumb(q, T(c, "operator.title"), "/operator");
	page_crumb(q, T(c, "imports.title"), "/operator/imports");
	page_crumb(q, row->label, NULL);
	return page(q, mapping_page, v);
}

/* ---- what was chosen ---- */

static const void *member(const struct mapping_form *f, const char *name)
{
	const struct field *k = shape_field(&mapping_form_shape, name);
	return (const char *)f + k->offset;
}

static rc choose_fixed(struct ctx *c, const struct mapping_form *f, struct mapping *m)
{
	m->n_fixed = 0;
	for (size_t i = 0; i < MAPPING_FIXED; i++) {
		const char *word = *(const char *const *)member(f, fmt(c, "x%zu", i + 1));
		const char *value = *(const char *const *)member(f, fmt(c, "v%zu", i + 1));
		int field = word && *word ? mapping_target_find(word) : MAPPING_NOTHING;
		if (!word || !*word)
			continue;
		if (!mapping_may_fix(field))
			return fail_field(c, fmt(c, "x%zu", i + 1), "mapping.no_such_field");
		if (value && *value)
			m->fixed[m->n_fixed++] = (struct mapping_fixed){ field, value };
	}
	return OK;
}

/* Another sheet has its heads elsewhere, unless they were said with it. */
static size_t head_of(const struct mapping_form *f, const struct spreadsheet *book, const struct mapping *m)
{
	bool other = (size_t)f->sheet != m->sheet && (size_t)f->sheet < book->n;
	return other && (size_t)f->head == m->head + 1 ? spreadsheet_head(&book->sheets[f->sheet])
						       : (size_t)f->head - 1;
}

/* Another sheet or other heads are guessed anew. */
static rc chosen(struct ctx *c, const struct mapping_form *f, const struct spreadsheet *book,
		 struct mapping *m)
{
	bool same = m->sheet == (size_t)f->sheet && m->head + 1 == (size_t)f->head;
	if (!same)
		TRY(mapping_guess(c, book, (size_t)f->sheet, head_of(f, book, m), m));
	m->kind = f->kind;
	TRY(choose_fixed(c, f, m));
	for (size_t i = 0; same && i < m->n; i++) {
		struct mapping_choice *k = &m->columns[i];
		const char *word = *(const char *const *)member(f, fmt(c, "c%zu", i + 1));
		int mark = *(const int *)member(f, fmt(c, "l%zu", i + 1));
		int target = word && *word ? mapping_target_find(word) : MAPPING_NOTHING;
		if (word && *word && target < 0)
			return fail_field(c, fmt(c, "c%zu", i + 1), "mapping.no_such_field");
		k->reason = target == k->target ? k->reason : -1;
		k->target = target;
		k->mark = mark < 0 ? LIST_MARK_NONE : mark;
	}
	return OK;
}

rc sheet_post(struct ctx *c, struct req *q)
{
	const struct import_sheet_row *row = req_object(q, import_sheet_row, sheet);
	const struct mapping_form *f = req_form(q, mapping_form);
	struct spreadsheet book;
	struct mapping m;
	pubid run;
	TRY(spreadsheet_open(c, row->kept, &book));
	TRY(mapping_read(c, row->plan, &m));
	bool moved = m.sheet != (size_t)f->sheet || m.head + 1 != (size_t)f->head;
	TRY(chosen(c, f, &book, &m));
	if (f->go && !moved) {
		TRY(mapping_import(c, row, &m, &run));
		return done(c, q, T(c, "mapping.kept"), "/operator/imports/%s", run.s);
	}
	TRY(import_sheet_plan(c, row->id, mapping_json(c, &m), NULL));
	return done(c, q, NULL, "/operator/sheets/%s%s", row->pub.s, moved ? "" : "#preview");
}

rc sheet_drop_post(struct ctx *c, struct req *q)
{
	TRY(offer_sheet_refuse(c, req_object(q, import_sheet_row, sheet),
			       req_form(q, import_refusal)->reason));
	return done(c, q, T(c, "mapping.dropped"), "/operator/imports");
}
