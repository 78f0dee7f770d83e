/* A statement on paper. Everything is laid out twice by the same code: once
 * to measure, to know where pages break and how many there are, once to draw. */
#include <string.h>

#include "platform/pdf.h"
#include "platform/sheet.h"
#include "platform/sheet_parts.h"

#define CELL_LINES 12 /* a cell longer than that is cut, so that a row always fits a page */
#define GUTTER	   8.0
#define ROW_PAD	   2.5
#define BOX_GAP	   21.0

static const struct pdf_style cell = { PDF_TEXT, 400, 9, 12, 0, PDF_INK };
static const struct pdf_style cell_quiet = { PDF_TEXT, 400, 9, 12, 0, PDF_INK_2 };
static const struct pdf_style cell_strong = { PDF_TEXT, 600, 9, 12, 0, PDF_INK };
static const struct pdf_style cell_minor = { PDF_TEXT, 400, 8.25, 12, 0, PDF_INK_2 };
static const struct pdf_style total = { PDF_TEXT, 600, 9.5, 15, 0, PDF_INK };
static const struct pdf_style column_head = { PDF_TEXT, 600, 8.25, 10.5, 0, PDF_INK_2 };

struct table {
	const struct sheet *s;
	const struct sheet_row *rows;
	size_t n;
	size_t tail; /* how many rows at the end are totals */
	double x[SHEET_COLUMNS + 1];
	double head;	/* height of the column titles */
	double *height; /* of each row */
};

/* Pages by the first row of each; the last may hold the boxes alone. */
struct plan {
	size_t *first;
	size_t pages;	      /* first[pages] == number of rows */
	double top, top_next; /* of the table, on page 1 and after */
	double boxes;	      /* height, 0: none */
};

static void place_columns(struct table *t)
{
	const struct sheet *s = t->s;
	double fixed = 0;
	size_t shared = 0;
	for (size_t i = 0; i < s->n_columns; i++) {
		fixed += s->columns[i].width_pt;
		shared += s->columns[i].width_pt == 0;
	}
	/* Too wide for the page: everything shrinks alike. */
	double scale = fixed > SHEET_WIDTH ? SHEET_WIDTH / fixed : 1;
	double share = shared && scale == 1 ? (SHEET_WIDTH - fixed) / (double)shared : 0;
	t->x[0] = SHEET_X;
	for (size_t i = 0; i < s->n_columns; i++) {
		double w = s->columns[i].width_pt ? s->columns[i].width_pt * scale : share;
		t->x[i + 1] = t->x[i] + w;
	}
}

/* One past the last column that the cell at i may use. */
static size_t span_end(const struct table *t, const struct sheet_row *row, size_t i)
{
	size_t end = i + 1;
	if (t->s->columns[i].align == SHEET_LEFT && row->cells[i])
		while (end < t->s->n_columns && !row->cells[end])
			end++;
	return end;
}

static const struct pdf_style *style_of(const struct table *t, size_t row, size_t column)
{
	if (row >= t->n - t->tail)
		return &total;
	if (t->rows[row].strong || t->s->columns[column].strong)
		return &cell_strong;
	return t->s->columns[column].quiet ? &cell_quiet : &cell;
}

static struct pdf_text cell_text(const struct table *t, size_t row, size_t i, size_t end)
{
	const struct sheet_row *r = &t->rows[row];
	bool right = t->s->columns[i].align == SHEET_RIGHT;
	double gutter = end < t->s->n_columns || right ? GUTTER : 0;
	double width = t->x[end] - t->x[i] - gutter;
	return (struct pdf_text){
		.s = r->cells[i],
		.style = style_of(t, row, i),
		.minor = r->minor[i],
		.minor_style = &cell_minor,
		.width = width > 1 ? width : 1,
		.max_lines = CELL_LINES,
		.right = right,
	};
}

static double measure_row(struct pdf *p, const struct table *t, size_t row)
{
	double most = style_of(t, row, 0)->line;
	for (size_t i = 0; i < t->s->n_columns;) {
		size_t end = span_end(t, &t->rows[row], i);
		struct pdf_text text = cell_text(t, row, i, end);
		double h = pdf_measure(p, &text).h;
		most = h > most ? h : most;
		i = end;
	}
	return most + 2 * ROW_PAD;
}

static void draw_row(struct pdf *p, const struct table *t, size_t row, double y)
{
	double h = t->height[row];
	if (t->rows[row].shaded)
		pdf_fill(p, SHEET_X, y, SHEET_WIDTH, h, PDF_SHADE);
	pdf_tag(p, "TR");
	for (size_t i = 0, end; i < t->s->n_columns; i = end) {
		end = span_end(t, &t->rows[row], i);
		struct pdf_text text = cell_text(t, row, i, end);
		pdf_tag(p, "TD");
		pdf_write(p, &text, t->x[i] + (text.right ? GUTTER : 0), y + ROW_PAD);
		pdf_untag(p, "TD");
	}
	pdf_untag(p, "TR");
	if (row + 1 < t->n)
		pdf_rule(p, SHEET_X, SHEET_RIGHT_X, y + h, 0.6, PDF_HAIR);
}

static double head_of(struct pdf *p, const struct table *t, double y, bool draw, bool tagged)
{
	double most = column_head.line;
	struct pdf_text text[SHEET_COLUMNS];
	double h[SHEET_COLUMNS];
	for (size_t i = 0; i < t->s->n_columns; i++) {
		bool right = t->s->columns[i].align == SHEET_RIGHT;
		double width = t->x[i + 1] - t->x[i] - (right || i + 1 < t->s->n_columns ? GUTTER : 0);
		text[i] = (struct pdf_text){ .s = t->s->columns[i].title,
					     .style = &column_head,
					     .width = width > 1 ? width : 1,
					     .max_lines = 3,
					     .right = right };
		h[i] = pdf_measure(p, &text[i]).h;
		most = h[i] > most ? h[i] : most;
	}
	if (!draw)
		return most + 4;
	if (tagged)
		pdf_tag(p, "TR");
	for (size_t i = 0; i < t->s->n_columns; i++) {
		if (tagged)
			pdf_tag(p, "TH");
		pdf_write(p, &text[i], t->x[i] + (text[i].right ? GUTTER : 0), y + most - h[i]);
		if (tagged)
			pdf_untag(p, "TH");
	}
	if (tagged)
		pdf_untag(p, "TR");
	pdf_rule(p, SHEET_X, SHEET_RIGHT_X, y + most + 3.4, 1.2, PDF_INK);
	return most + 4;
}

/* ---- where pages break ---- */

static double sum(const struct table *t, size_t from, size_t to)
{
	double h = 0;
	for (size_t i = from; i < to; i++)
		h += t->height[i];
	return h;
}

static double room_of(const struct table *t, const struct plan *plan, size_t page)
{
	return SHEET_BOTTOM - (page == 0 ? plan->top : plan->top_next) - t->head;
}

static void fill_pages(const struct table *t, struct plan *plan)
{
	size_t row = 0;
	while (row < t->n) {
		double left = room_of(t, plan, plan->pages);
		size_t from = row;
		while (row < t->n && (left -= t->height[row]) >= 0)
			row++;
		/* Never a head with one row under it, when more follow. */
		if (plan->pages == 0 && row < t->n && row - from < 2)
			row = from;
		else if (row == from)
			row++;
		plan->first[plan->pages++] = from;
	}
	plan->first[plan->pages] = t->n;
}

/* Totals stand under two rows at least, and the boxes under them. */
static void keep_tail(const struct table *t, struct plan *plan)
{
	size_t last = plan->pages - 1, together = t->tail + 2;
	if (together > t->n)
		together = t->n;
	double tail = sum(t, t->n - together, t->n);
	if (last > 0 && t->n - plan->first[last] < together && tail <= room_of(t, plan, last) &&
	    t->n - together > plan->first[last - 1])
		plan->first[last] = t->n - together;
	double used = sum(t, plan->first[last], t->n);
	if (plan->boxes == 0 || used + BOX_GAP + plan->boxes <= room_of(t, plan, last))
		return;
	bool splits = t->n - plan->first[last] >= together + 2 &&
		      tail + BOX_GAP + plan->boxes <= room_of(t, plan, last + 1);
	plan->first[++last] = splits ? t->n - together : t->n;
	plan->pages = last + 1;
	plan->first[plan->pages] = t->n;
}

/* ---- drawing ---- */

static rc draw_pages(struct ctx *c, struct pdf *p, const struct table *t, const struct plan *plan)
{
	const struct sheet *s = t->s;
	double y = plan->top;
	pdf_tag(p, "Table");
	for (size_t page = 0; page < plan->pages; page++) {
		size_t from = plan->first[page], to = plan->first[page + 1];
		if (page > 0) {
			pdf_next_page(p);
			y = sheet_head_next(p, s);
		}
		TRY(sheet_foot(c, p, s, page + 1, plan->pages));
		if (from < to)
			y += head_of(p, t, y, true, from == 0);
		for (size_t row = from; row < to; row++) {
			draw_row(p, t, row, y);
			y += t->height[row];
		}
	}
	pdf_untag(p, "Table");
	if (plan->boxes > 0)
		sheet_boxes(p, s, y + (plan->first[plan->pages - 1] < t->n ? BOX_GAP : 0), true);
	return OK;
}

static rc draw(struct ctx *c, struct pdf *p, struct table *t)
{
	const struct sheet *s = t->s;
	place_columns(t);
	t->head = head_of(p, t, 0, false, false);
	t->height = new_array(c, double, t->n);
	for (size_t row = 0; row < t->n; row++)
		t->height[row] = measure_row(p, t, row);
	struct plan plan = {
		.first = new_array(c, size_t, t->n + 4),
		.top_next = SHEET_TOP_NEXT,
		.boxes = s->n_boxes ? sheet_boxes(p, s, 0, false) : 0,
	};
	pdf_tag(p, "Document");
	plan.top = sheet_head(p, s);
	fill_pages(t, &plan);
	keep_tail(t, &plan);
	TRY(draw_pages(c, p, t, &plan));
	pdf_untag(p, "Document");
	return OK;
}

static size_t totals(const struct sheet_row *rows, size_t n)
{
	size_t tail = 0;
	while (tail < n && rows[n - 1 - tail].strong && !rows[n - 1 - tail].shaded)
		tail++;
	return tail < n ? tail : 0;
}

rc sheet_draw(struct ctx *c, const struct sheet *s, struct buf *out)
{
	if (s->n_rows > SHEET_ROWS)
		return fail(c, E_TOO_LARGE, "paper.too_many_rows");
	const struct sheet_row none = { .cells = { s->empty ? s->empty : "" } };
	struct table t = { .s = s, .rows = s->rows, .n = s->n_rows };
	if (t.n == 0) {
		t.rows = &none;
		t.n = 1;
	}
	t.tail = totals(t.rows, t.n);
	const struct pdf_info info = {
		.title = s->title, .author = s->brand, .language = s->language, .created = s->created
	};
	struct pdf *p;
	size_t before = out->len;
	TRY(pdf_begin(c, &info, out, &p));
	rc result = draw(c, p, &t);
	if (result == OK)
		return pdf_end(c, p);
	talloc_free(p);
	out->len = before;
	out->s[before] = 0;
	return result;
}
