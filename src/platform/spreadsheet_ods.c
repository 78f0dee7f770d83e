/* spreadsheet_ods.c - OpenDocument 1.x: content.xml holds all sheets. Cells and
 * rows that repeat are written once with a number, which may be a million for
 * the blank ones at the end. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "platform/spreadsheet_parts.h"

#define ROWS_MOST 10000000

/* Rows below that a cell covers. */
struct span {
	size_t column, line, rows;
};

struct reading {
	struct xml x;
	struct book *b;
	size_t aside; /* depth of what is passed over: notes, drawings; 0: none */
	size_t line, column;
	size_t row_times, cell_times, spans_rows;
	bool in_cell, in_text;
	size_t paragraphs;
	struct buf text;
	char type[16];
	const char *value;
	struct span *spans;
	size_t n_spans;
	const char *style; /* the one that is being read, of a sheet; or NULL */
	const char **hidden;
	size_t n_hidden;
};

#define SPANS_MOST  20000
#define HIDDEN_MOST 1000

static bool is(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

/* What a cell holds without being its text. */
static bool is_aside(const char *name)
{
	static const char *const names[] = { "annotation", "shapes",	"frame", "tracked-changes",
					     "forms",	   "dde-links", "desc",	 "ruby-text" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (is(name, names[i]))
			return true;
	return false;
}

/* Sheets are hidden by their style. */
static void begin_style(struct reading *r, const char **a)
{
	const char *family = xml_get(a, "family"), *name = xml_get(a, "name");
	r->style = family && name && is(family, "table") ? book_text(r->b, name, strlen(name)) : NULL;
}

static void note_hidden(struct reading *r, const char **a)
{
	const char *display = xml_get(a, "display");
	if (r->style && display && is(display, "false") && r->n_hidden < HIDDEN_MOST)
		r->hidden[r->n_hidden++] = r->style;
}

static bool is_hidden(const struct reading *r, const char **a)
{
	const char *style = xml_get(a, "style-name");
	for (size_t i = 0; style && i < r->n_hidden; i++)
		if (is(style, r->hidden[i]))
			return true;
	return false;
}

static void begin_table(struct reading *r, const char **a)
{
	const char *title = xml_get(a, "name");
	if (is_hidden(r, a)) {
		r->aside = r->x.depth;
		return;
	}
	book_sheet(r->b, title ? book_text(r->b, title, strlen(title)) : "");
	r->line = 0;
	r->n_spans = 0;
}

static void begin_row(struct reading *r, const char **a)
{
	r->row_times = xml_count(a, "number-rows-repeated", ROWS_MOST, 1);
	r->row_times += r->row_times == 0;
	r->column = 0;
}

static void begin_cell(struct reading *r, const char **a)
{
	static const char *const values[] = { "date-value", "time-value", "boolean-value", "value",
					      "string-value" };
	const char *type = xml_get(a, "value-type"), *v = NULL;
	for (size_t i = 0; i < sizeof values / sizeof *values && !v; i++)
		v = xml_get(a, values[i]);
	r->in_cell = true;
	r->cell_times = xml_count(a, "number-columns-repeated", ROWS_MOST, 1);
	r->cell_times += r->cell_times == 0;
	r->spans_rows = xml_count(a, "number-rows-spanned", ROWS_MOST, 1);
	r->paragraphs = 0;
	r->text.len = 0;
	r->text.s[0] = 0;
	snprintf(r->type, sizeof r->type, "%s", type ? type : "");
	r->value = v ? book_text(r->b, v, strlen(v)) : NULL;
}

static void blanks(struct reading *r, const char **a)
{
	for (size_t n = xml_count(a, "c", 1000, 1); n; n--)
		buf_char(&r->text, ' ');
}

static void on_start(struct xml *x, const char *name, const char **a)
{
	struct reading *r = (struct reading *)x;
	if (r->aside)
		return;
	if (is_aside(name)) {
		r->aside = x->depth;
	} else if (is(name, "table")) {
		begin_table(r, a);
	} else if (is(name, "style")) {
		begin_style(r, a);
	} else if (is(name, "table-properties")) {
		note_hidden(r, a);
	} else if (is(name, "table-row")) {
		begin_row(r, a);
	} else if (is(name, "table-cell") || is(name, "covered-table-cell")) {
		begin_cell(r, a);
	} else if (is(name, "p") && r->in_cell) {
		if (r->paragraphs++)
			buf_char(&r->text, '\n');
		r->in_text = true;
	} else if (is(name, "s") && r->in_text) {
		blanks(r, a);
	} else if ((is(name, "tab") || is(name, "line-break")) && r->in_text) {
		buf_char(&r->text, is(name, "tab") ? '\t' : '\n');
	}
	x->wrong = r->b->wrong;
}

/* PT10H30M00S is 10:30. */
static const char *clock_of(struct ctx *c, const char *s)
{
	unsigned hours, minutes;
	return sscanf(s, "PT%uH%uM", &hours, &minutes) == 2 && hours < 100 && minutes < 60
		       ? fmt(c, "%02u:%02u", hours, minutes)
		       : s;
}

static bool is_digits(const char *s)
{
	return *s && strspn(s, "0123456789") == strlen(s);
}

/* The value of numbers and days, but what is shown where noughts stand in front: 01000. */
static const char *cell_text(struct reading *r)
{
	const char *shown = r->text.s, *v = r->value;
	if (!v || is(r->type, "string") || is(r->type, "boolean"))
		return is(r->type, "boolean") && v ? v : *shown ? shown : is(r->type, "string") && v ? v : "";
	if (is(r->type, "date"))
		return strlen(v) > 10 && is(v + 10, "T00:00:00") ? mem_text(r->b->c->mem, v, 10) : v;
	if (is(r->type, "time"))
		return clock_of(r->b->c, v);
	return *shown == '0' && is_digits(shown) && is_digits(v) ? shown : v;
}

static void end_cell(struct reading *r)
{
	const char *s = cell_text(r);
	bool blank = !s[strspn(s, " \t\r\n")];
	const char *kept = blank ? NULL : book_text(r->b, s, strlen(s));
	size_t most = r->column + r->cell_times;
	for (size_t i = r->column; kept && i < most && !r->b->wrong; i++)
		book_cell(r->b, i, kept);
	if (kept && r->spans_rows > 1 && r->n_spans < SPANS_MOST)
		r->spans[r->n_spans++] = (struct span){ r->column, r->line + 1, r->spans_rows };
	r->column = most > ROWS_MOST ? ROWS_MOST : most;
	r->in_cell = false;
}

/* A row that says something and repeats is that many rows. */
static void end_row(struct reading *r)
{
	struct book *b = r->b;
	size_t width = b->width;
	size_t times = width ? r->row_times : 0;
	for (size_t i = 0; i < times && !b->wrong; i++) {
		b->width = width;
		book_row(b, r->line + 1 + i);
	}
	b->width = 0;
	r->line += r->row_times;
}

static void end_table(struct reading *r)
{
	for (size_t i = 0; i < r->n_spans; i++)
		book_fill_down(r->b, r->spans[i].column, r->spans[i].line,
			       r->spans[i].line + r->spans[i].rows - 1);
}

static void on_end(struct xml *x, const char *name)
{
	struct reading *r = (struct reading *)x;
	if (r->aside) {
		if (x->depth < r->aside)
			r->aside = 0;
		return;
	}
	if (is(name, "p"))
		r->in_text = false;
	else if (r->in_cell && (is(name, "table-cell") || is(name, "covered-table-cell")))
		end_cell(r);
	else if (is(name, "table-row"))
		end_row(r);
	else if (is(name, "table"))
		end_table(r);
	x->wrong = r->b->wrong;
}

static void on_text(struct xml *x, const char *s, size_t n)
{
	struct reading *r = (struct reading *)x;
	if (r->aside || !r->in_text)
		return;
	if (r->text.len + n > SPREADSHEET_CELL)
		x->wrong = K("spreadsheet.cell");
	else
		buf_add(&r->text, s, n);
}

/* ---- locked by a password ---- */

struct manifest {
	struct xml x;
};

static void on_manifest(struct xml *x, const char *name, const char **a)
{
	(void)a;
	if (is(name, "encryption-data"))
		x->wrong = K("spreadsheet.encrypted");
}

rc spreadsheet_ods(struct package *p, struct book *b)
{
	struct manifest m = { .x = { .start = on_manifest } };
	struct reading r = { .x = { .start = on_start, .end = on_end, .text = on_text }, .b = b };
	if (package_has(p, "META-INF/manifest.xml"))
		TRY(package_xml(p, "META-INF/manifest.xml", &m.x));
	buf_init(&r.text, p->c->mem, 256);
	r.spans = new_array(p->c, struct span, SPANS_MOST);
	r.hidden = new_array(p->c, const char *, HIDDEN_MOST);
	return package_xml(p, "content.xml", &r.x);
}
