/* The tables of a document. */
#include "platform/document_parts.h"

#define GUTTER	   8.0
#define ROW_PAD	   3.0
#define CELL_LINES 12

static const struct pdf_style cell = { PDF_TEXT, 400, 9, 12, 0, PDF_INK };
static const struct pdf_style cell_strong = { PDF_TEXT, 600, 9, 12, 0, PDF_INK };
static const struct pdf_style head = { PDF_TEXT, 600, 8.25, 10.5, 0, PDF_INK_2 };

/* Where each column begins; too wide for the page, all shrink alike. */
static void edges(const struct document_block *b, double x[DOCUMENT_COLUMNS + 1])
{
	double fixed = 0;
	int shared = 0;
	for (size_t i = 0; i < b->n_columns; i++) {
		fixed += b->columns[i].width_pt;
		shared += b->columns[i].width_pt == 0;
	}
	double scale = fixed > DOCUMENT_WIDTH ? DOCUMENT_WIDTH / fixed : 1;
	double share = shared && scale == 1 ? (DOCUMENT_WIDTH - fixed) / shared : 0;
	x[0] = DOCUMENT_X;
	for (size_t i = 0; i < b->n_columns; i++)
		x[i + 1] = x[i] + (b->columns[i].width_pt ? b->columns[i].width_pt * scale : share);
}

static struct pdf_text text_in(const struct document_block *b, const double *x, size_t i, size_t end,
			       const char *s, const struct pdf_style *style)
{
	bool right = b->columns[i].right;
	double width = x[end] - x[i] - (end < b->n_columns ? GUTTER : 0);
	return (struct pdf_text){
		.s = s,
		.style = style,
		.width = width > 1 ? width : 1,
		.max_lines = CELL_LINES,
		.right = right,
	};
}

static void put(struct pdf *p, const char *tag, const struct pdf_text *t, double x, double y)
{
	pdf_tag(p, tag);
	pdf_write(p, t, x, y);
	pdf_untag(p, tag);
}

double document_table_head(struct pdf *p, const struct document_block *b, double y, bool draw)
{
	double x[DOCUMENT_COLUMNS + 1], most = head.line;
	edges(b, x);
	for (size_t i = 0; i < b->n_columns; i++) {
		struct pdf_text t = text_in(b, x, i, i + 1, b->columns[i].title, &head);
		double h = pdf_measure(p, &t).h;
		most = h > most ? h : most;
	}
	if (!draw)
		return most + 5;
	pdf_tag(p, "TR");
	for (size_t i = 0; i < b->n_columns; i++) {
		struct pdf_text t = text_in(b, x, i, i + 1, b->columns[i].title, &head);
		put(p, "TH", &t, x[i], y + most - pdf_measure(p, &t).h);
	}
	pdf_untag(p, "TR");
	pdf_rule(p, DOCUMENT_X, DOCUMENT_X + DOCUMENT_WIDTH, y + most + 3.4, 1.2, PDF_INK);
	return most + 5;
}

double document_table_row(struct pdf *p, const struct document_block *b, size_t row, double y, bool draw)
{
	const struct document_row *r = &b->rows[row];
	const struct pdf_style *style = r->strong ? &cell_strong : &cell;
	double x[DOCUMENT_COLUMNS + 1], most = style->line;
	edges(b, x);
	if (draw)
		pdf_tag(p, "TR");
	for (size_t i = 0, end; i < b->n_columns; i = end) {
		end = i + 1;
		while (!b->columns[i].right && r->cells[i] && end < b->n_columns && !r->cells[end])
			end++;
		struct pdf_text t = text_in(b, x, i, end, r->cells[i], style);
		double h = pdf_measure(p, &t).h;
		most = h > most ? h : most;
		if (draw)
			put(p, "TD", &t, x[i], y + ROW_PAD);
	}
	double height = most + 2 * ROW_PAD;
	if (draw) {
		pdf_untag(p, "TR");
		pdf_rule(p, DOCUMENT_X, DOCUMENT_X + DOCUMENT_WIDTH, y + height, 0.6, PDF_HAIR);
	}
	return height;
}
