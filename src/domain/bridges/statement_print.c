/* statement_print.c - a statement as a table for spreadsheets and as a sheet of paper. */
#include "base/csv.h"
#include "bridges/statement.h"
#include "bridges/statement_fold.h"
#include "platform/app.h"
#include "platform/i18n.h"
#include "platform/sheet.h"

/* Whole thousandths as people type them: 4,5 would be text to some. */
static void put_quantity(struct ctx *c, struct csv_writer *w, quantity q)
{
	int64_t n = q.v < 0 ? -q.v : q.v;
	csv_put(w, is_none(q) ? NULL
			      : fmt(c, "%s%lld,%03lld", q.v < 0 ? "-" : "", (long long)(n / 1000),
				    (long long)(n % 1000)));
}

static void put_row(struct ctx *c, struct csv_writer *w, const struct statement_row *r)
{
	csv_put(w, fmt_iso_day(c, r->on_day));
	csv_put(w, enum_word(&fact_kind_words, r->kind));
	csv_put(w, r->entry);
	csv_put_typed(w, r->what);
	csv_put_typed(w, r->who);
	csv_put_typed(w, r->with);
	put_quantity(c, w, r->used);
	put_quantity(c, w, r->due);
	put_quantity(c, w, r->given);
	put_quantity(c, w, r->balance);
	csv_end_row(w);
}

static void put_sum(struct ctx *c, struct csv_writer *w, const char *kind, const struct statement_row *r)
{
	csv_put(w, fmt_iso_day(c, r->on_day));
	csv_put(w, kind);
	for (int i = 0; i < 4; i++)
		csv_put(w, NULL);
	put_quantity(c, w, r->used);
	put_quantity(c, w, r->due);
	put_quantity(c, w, r->given);
	put_quantity(c, w, r->balance);
	csv_end_row(w);
}

static void begin(struct csv_writer *w, struct buf *out)
{
	static const char *const head[] = { "date", "kind", "entry", "what",  "who",
					    "with", "days", "due",   "given", "balance" };
	csv_begin(w, out, ';', true);
	for (size_t i = 0; i < sizeof head / sizeof *head; i++)
		csv_put(w, head[i]);
	csv_end_row(w);
}

void exchanges_csv_bytes(struct ctx *c, const struct exchanges_page *v, struct buf *out)
{
	struct csv_writer w;
	begin(&w, out);
	for (size_t i = 0; i < v->rows.n; i++)
		put_row(c, &w, &v->rows.items[i]);
}

rc statement_csv_bytes(struct ctx *c, const struct statement_page *v, struct buf *out)
{
	struct csv_writer w;
	begin(&w, out);
	quantity none = { NONE };
	struct statement_row opening = {
		.on_day = v->from, .used = none, .due = none, .given = none, .balance = v->opening
	};
	struct statement_row closing = {
		.on_day = v->to, .used = v->used, .due = v->due, .given = v->given, .balance = v->closing
	};
	put_sum(c, &w, "opening", &opening);
	for (size_t i = 0; i < v->rows.n; i++)
		put_row(c, &w, &v->rows.items[i]);
	put_sum(c, &w, "closing", &closing);
	return OK;
}

static const char *cell(struct ctx *c, quantity q)
{
	return is_none(q) ? "" : fmt_quantity(c, q);
}

static struct sheet_row sum_row(struct ctx *c, const struct statement_page *v, bool closing)
{
	struct sheet_row r = { .strong = true, .shaded = !closing };
	r.cells[0] = closing ? v->closing_says : fmt_day_short(c, v->from);
	r.cells[1] = closing ? NULL : "";
	r.cells[2] = closing ? NULL : T(c, "statement.opening");
	r.cells[3] = closing ? cell(c, v->used) : "";
	r.cells[4] = closing ? cell(c, v->due) : "";
	r.cells[5] = closing ? cell(c, v->given) : "";
	r.cells[6] = fmt_signed(c, closing ? v->closing : v->opening);
	return r;
}

static struct sheet_row paper_row(struct ctx *c, const struct statement_row *r)
{
	return (struct sheet_row){ .cells = { fmt_day_short(c, r->on_day), r->entry ? r->entry : "", r->what,
					      cell(c, r->used), cell(c, r->due), cell(c, r->given),
					      fmt_signed(c, r->balance) } };
}

static void add_rows(struct ctx *c, const struct statement_page *v, struct sheet *s, struct sheet_row *rows)
{
	rows[s->n_rows++] = sum_row(c, v, false);
	for (size_t i = 0; i < v->rows.n; i++) {
		struct sheet_row *r = &rows[s->n_rows++];
		*r = paper_row(c, &v->rows.items[i]);
		if (!v->pair)
			r->minor[2] = v->rows.items[i].with;
	}
}

static struct sheet_row title_row(const char *words)
{
	return (struct sheet_row){ .cells = { words }, .strong = true, .shaded = true };
}

/* Sums instead of the lines, and where the lines are. */
static void add_sums(struct ctx *c, const struct statement_page *v, const struct statement_folded *f,
		     struct sheet *s, struct sheet_row *rows)
{
	rows[s->n_rows++].cells[0] = T_N(c, "statement.left_out", (int64_t)v->rows.n);
	rows[s->n_rows++].cells[0] = fmt(c, "%s%s", c->app->public_url ? c->app->public_url : "", v->csv);
	if (f->pairs.n)
		rows[s->n_rows++] = title_row(T(c, "statement.by_pair"));
	for (size_t i = 0; i < f->pairs.n; i++) {
		struct sheet_row *r = &rows[s->n_rows++];
		*r = paper_row(c, &f->pairs.items[i]);
		r->cells[0] = f->pairs.items[i].what;
		r->cells[1] = r->cells[2] = NULL;
	}
	rows[s->n_rows++] = title_row(T(c, "statement.by_month"));
	rows[s->n_rows++] = sum_row(c, v, false);
	for (size_t i = 0; i < f->months.n; i++)
		rows[s->n_rows++] = paper_row(c, &f->months.items[i]);
}

static void fill_table(struct ctx *c, const struct statement_page *v, struct sheet *s)
{
	struct statement_folded f = { 0 };
	bool whole = v->rows.n <= PAPER_ROWS;
	if (!whole)
		statement_fold(c, v, PAPER_PAIRS, &f);
	size_t n = (whole ? v->rows.n : f.pairs.n + f.months.n) + 6;
	struct sheet_row *rows = new_array(c, struct sheet_row, n);
	if (whole)
		add_rows(c, v, s, rows);
	else
		add_sums(c, v, &f, s, rows);
	rows[s->n_rows++] = sum_row(c, v, true);
	s->rows = rows;
}

static struct sheet_party party_of(const struct community_card *k)
{
	static const enum sheet_kind kinds[] = { SHEET_CAE, SHEET_PLACE, SHEET_COLLECTIVE, SHEET_NETWORK };
	return (struct sheet_party){ .name = k->name,
				     .line = k->city,
				     .initials = k->initials,
				     .kind = k->kind >= 0 && k->kind < SHEET_KINDS ? kinds[k->kind]
										   : SHEET_COLLECTIVE };
}

static void add_columns(struct ctx *c, struct sheet *s)
{
	const struct sheet_column columns[] = {
		{ .title = T(c, "statement.date"), .width_pt = 52 },
		{ .title = T(c, "statement.entry"), .width_pt = 62, .quiet = true },
		{ .title = T(c, "statement.fact") },
		{ .title = T(c, "follow.days_used"), .width_pt = 48, .align = SHEET_RIGHT },
		{ .title = T(c, "statement.due"), .width_pt = 48, .align = SHEET_RIGHT },
		{ .title = T(c, "follow.credits_given"), .width_pt = 48, .align = SHEET_RIGHT },
		{ .title = T(c, "follow.balance"), .width_pt = 54, .align = SHEET_RIGHT, .strong = true },
	};
	s->n_columns = sizeof columns / sizeof *columns;
	for (size_t i = 0; i < s->n_columns; i++)
		s->columns[i] = columns[i];
}

static const char *terms(struct ctx *c, const struct statement_page *v)
{
	struct arg args[] = { { .name = "credit", .text = fmt_quantity(c, v->credit_per_day) },
			      { .name = "workshop", .text = fmt_quantity(c, v->workshop_credit) } };
	return i18n(c, "follow.terms", args, 2);
}

/* The sheet itself fills in the numbers. */
static const char *page_words(struct ctx *c)
{
	struct arg args[] = { { .name = "page", .text = "{n}" }, { .name = "total", .text = "{total}" } };
	return i18n(c, "statement.page", args, 2);
}

rc statement_pdf_bytes(struct ctx *c, const struct statement_page *v, struct buf *out)
{
	struct sheet s = {
		.language = c->lang == LANG_FR ? "fr" : "en",
		.created = c->now,
		.brand = c->app->site_name,
		.head_right = { fmt(c, "%s, %s", v->head.name, v->head.runner),
				T_TEXT(c, "statement.made", "day", fmt_day(c, v->to)) },
		.title = v->title,
		.subtitle = terms(c, v),
		.parties = { party_of(&v->mine), party_of(&v->other) },
		.n_parties = v->pair ? 2 : 1,
		.page = page_words(c),
		.continued = T(c, "statement.continued"),
	};
	add_columns(c, &s);
	fill_table(c, v, &s);
	if (!s.brand)
		s.brand = "Maillage";
	if (v->verify) {
		s.qr = v->verify;
		s.notes[s.n_notes++] = (struct sheet_note){ T(c, "statement.verify"), v->verify };
		struct arg args[] = { { .name = "entries", .text = v->entries },
				      { .name = "print", .text = v->fingerprint } };
		s.notes[s.n_notes++].text = i18n(c, "statement.proof", args, 2);
	}
	return sheet_pdf(c, &s, out);
}
