/* A document on paper, once it is known where everything stands. */
#include "platform/document_parts.h"

#include <stdio.h>
#include <string.h>

#include "platform/sheet_parts.h"

#define RIGHT	(DOCUMENT_X + DOCUMENT_WIDTH)
#define QR_SIDE 43.5

static const struct pdf_style brand = { PDF_DISPLAY, 600, 14, 17, -0.02, PDF_INK };
static const struct pdf_style kicker = { PDF_TEXT, 600, 9.5, 13, 0.02, PDF_PASTEL };
static const struct pdf_style cover_title = { PDF_DISPLAY, 600, 40, 44, -0.03, PDF_INK };
static const struct pdf_style title = { PDF_DISPLAY, 600, 24.3, 28, -0.02, PDF_INK };
static const struct pdf_style subtitle = { PDF_TEXT, 400, 13, 19, 0, PDF_INK_2 };
static const struct pdf_style line = { PDF_TEXT, 400, 10.5, 15, 0, PDF_INK_2 };
static const struct pdf_style foot = { PDF_TEXT, 400, 7.75, 12, 0, PDF_INK_2 };
static const struct pdf_style entry = { PDF_DISPLAY, 600, 11.5, 15, -0.005, PDF_INK };
static const struct pdf_style entry_under = { PDF_TEXT, 400, 10, 14, 0, PDF_INK };

static double put(struct pdf *p, const char *tag, const char *s, const struct pdf_style *style, double y)
{
	struct pdf_text t = { .s = s, .style = style, .width = DOCUMENT_WIDTH };
	if (!s || !*s)
		return y;
	pdf_tag(p, tag);
	double h = pdf_write(p, &t, DOCUMENT_X, y).h;
	pdf_untag(p, tag);
	return y + h;
}

static double measured(struct pdf *p, const char *s, const struct pdf_style *style)
{
	struct pdf_text t = { .s = s, .style = style, .width = DOCUMENT_WIDTH };
	return pdf_measure(p, &t).h;
}

/* The mark, the name and a row of stitches: y of what follows. */
static double masthead(struct pdf *p, const struct document *d, double y)
{
	sheet_mark(p, DOCUMENT_X, y);
	struct pdf_text name = { .s = d->brand, .style = &brand, .width = 300, .max_lines = 1 };
	pdf_write(p, &name, DOCUMENT_X + 27.7, y - 2.2);
	sheet_stitches(p, DOCUMENT_X, y + 27, DOCUMENT_WIDTH);
	return y + 58;
}

static double title_height(struct pdf *p, const struct document *d)
{
	double h = 40.6 + 58 + measured(p, d->kind, &kicker) + measured(p, d->title, &title) +
		   measured(p, d->subtitle, &subtitle) + 12;
	for (int i = 0; i < DOCUMENT_LINES; i++)
		h += measured(p, d->lines[i], &line);
	return h;
}

/* At the head of a document without cover. */
static void title_above(struct pdf *p, const struct document *d)
{
	double y = masthead(p, d, 40.6);
	y = put(p, "P", d->kind, &kicker, y);
	y = put(p, "H1", d->title, &title, y);
	y = put(p, "P", d->subtitle, &subtitle, y + 4);
	for (int i = 0; i < DOCUMENT_LINES; i++)
		y = put(p, "P", d->lines[i], &line, y);
}

static void cover(struct pdf *p, const struct document *d)
{
	masthead(p, d, 58);
	double y = put(p, "P", d->kind, &kicker, 260);
	y = put(p, "H1", d->title, &cover_title, y + 8);
	y = put(p, "P", d->subtitle, &subtitle, y + 14);
	double below = 700;
	for (int i = 0; i < DOCUMENT_LINES; i++)
		below -= measured(p, d->lines[i], &line);
	below = below > y + 40 ? below : y + 40;
	sheet_stitches(p, DOCUMENT_X, below - 18, DOCUMENT_WIDTH);
	for (int i = 0; i < DOCUMENT_LINES; i++)
		below = put(p, "P", d->lines[i], &line, below);
	pdf_next_page(p);
}

/* "Page {n} sur {total}" with its numbers. */
static const char *page_words(struct ctx *c, const char *pattern, size_t n, size_t total)
{
	const char *n_at = strstr(pattern, "{n}"), *total_at = strstr(pattern, "{total}");
	if (!n_at || !total_at || total_at < n_at)
		return pattern;
	return fmt(c, "%.*s%zu%.*s%zu%s", (int)(n_at - pattern), pattern, n, (int)(total_at - n_at - 3),
		   n_at + 3, total, total_at + 7);
}

static rc draw_foot(struct ctx *c, const struct document_plan *w, size_t page)
{
	struct pdf *p = w->pdf;
	bool last = page == w->page;
	struct pdf_text left = { .s = w->d->foot, .style = &foot, .width = 330, .max_lines = 1 };
	struct pdf_text right = { .s = page_words(c, w->d->page, page + 1, w->page + 1),
				  .style = &foot,
				  .width = 120,
				  .max_lines = 1,
				  .right = true };
	bool square = last && w->d->qr;
	pdf_rule(p, DOCUMENT_X, RIGHT, 792, 0.6, PDF_HAIR);
	pdf_write(p, &left, DOCUMENT_X + (square ? QR_SIDE + 10 : 0), 799);
	pdf_write(p, &right, RIGHT - 120, 799);
	return square ? pdf_qr(c, p, w->d->qr, DOCUMENT_X, 796, QR_SIDE - 4) : OK;
}

static void draw_entry(struct ctx *c, const struct document_plan *w, const struct document_piece *piece,
		       double y)
{
	const struct document_block *b = &w->d->blocks[piece->block];
	bool chapter = b->kind == DOCUMENT_H1;
	const struct pdf_style *style = chapter ? &entry : &entry_under;
	double indent = chapter ? 0 : 14;
	struct pdf_text words = {
		.s = b->text, .style = style, .width = DOCUMENT_WIDTH - 50 - indent, .max_lines = 1
	};
	struct pdf_text number = { .s = fmt(c, "%zu", piece->page + 1), .style = style, .right = true };
	pdf_tag(w->pdf, "P");
	pdf_write(w->pdf, &words, DOCUMENT_X + indent, y + (chapter ? 9 : 2));
	pdf_write(w->pdf, &number, RIGHT, y + (chapter ? 9 : 2));
	pdf_untag(w->pdf, "P");
}

static rc draw_contents(struct ctx *c, const struct document_plan *w)
{
	size_t page = w->d->cover ? 1 : 0;
	double y = put(w->pdf, "H1", w->d->contents, &title, DOCUMENT_TOP);
	y = DOCUMENT_TOP + 48;
	for (size_t i = 0; i < w->n; i++) {
		if (!document_is_entry(w, &w->pieces[i]))
			continue;
		double h = document_contents_height(w, &w->pieces[i]);
		if (y + h > DOCUMENT_BOTTOM) {
			TRY(draw_foot(c, w, page++));
			pdf_next_page(w->pdf);
			y = DOCUMENT_TOP;
		}
		draw_entry(c, w, &w->pieces[i], y);
		y += h;
	}
	TRY(draw_foot(c, w, page));
	pdf_next_page(w->pdf);
	return OK;
}

static void draw_rows(const struct document_plan *w, const struct document_piece *piece)
{
	const struct document_block *b = &w->d->blocks[piece->block];
	pdf_tag(w->pdf, "Table");
	double y = piece->y + document_table_head(w->pdf, b, piece->y, true);
	for (size_t row = piece->from; row < piece->to; row++)
		y += document_table_row(w->pdf, b, row, y, true);
	pdf_untag(w->pdf, "Table");
}

static void draw_figure(struct ctx *c, const struct document_plan *w, const struct document_piece *piece)
{
	const struct document_block *b = &w->d->blocks[piece->block];
	double width = b->width_pt > 0 && b->width_pt < DOCUMENT_WIDTH ? b->width_pt : DOCUMENT_WIDTH;
	pdf_tag(w->pdf, "Figure");
	picture_pdf(w->pdf, &w->pictures[piece->block], DOCUMENT_X, piece->y, width);
	pdf_untag(w->pdf, "Figure");
	if (!b->text)
		return;
	struct pdf_text t = document_words(c, b, 0, strlen(b->text));
	pdf_tag(w->pdf, "P");
	pdf_write(w->pdf, &t, DOCUMENT_X, piece->y + picture_points(&w->pictures[piece->block], width) + 8);
	pdf_untag(w->pdf, "P");
}

static void draw_text(struct ctx *c, const struct document_plan *w, const struct document_piece *piece)
{
	static const char *const tags[DOCUMENT_KINDS] = {
		[DOCUMENT_H1] = "H1", [DOCUMENT_H2] = "H2", [DOCUMENT_H3] = "H3"
	};
	const struct document_block *b = &w->d->blocks[piece->block];
	const char *tag = tags[b->kind] ? tags[b->kind] : "P";
	struct pdf_text t = document_words(c, b, piece->from, piece->to);
	double indent = document_indent(b->kind);
	if (indent > 0 && piece->from == 0)
		pdf_fill(w->pdf, DOCUMENT_X + 3, piece->y + 6.5, 3, 3, PDF_PASTEL);
	pdf_tag(w->pdf, tag);
	pdf_write(w->pdf, &t, DOCUMENT_X + indent, piece->y);
	pdf_untag(w->pdf, tag);
	if (b->kind == DOCUMENT_H1 || b->kind == DOCUMENT_H2)
		pdf_outline(w->pdf, b->kind == DOCUMENT_H1 ? 1 : 2, b->text, piece->page + 1);
}

static rc draw_pieces(struct ctx *c, const struct document_plan *w)
{
	size_t page = w->n ? w->pieces[0].page : 0;
	for (size_t i = 0; i < w->n; i++) {
		const struct document_piece *piece = &w->pieces[i];
		while (page < piece->page) {
			TRY(draw_foot(c, w, page++));
			pdf_next_page(w->pdf);
		}
		switch (w->d->blocks[piece->block].kind) {
		case DOCUMENT_TABLE: draw_rows(w, piece); break;
		case DOCUMENT_PICTURE: draw_figure(c, w, piece); break;
		default: draw_text(c, w, piece); break;
		}
	}
	return draw_foot(c, w, w->page);
}

static rc draw(struct ctx *c, const struct document *d, struct pdf *p)
{
	struct document_plan w = { .y = d->cover ? DOCUMENT_TOP : title_height(p, d) };
	TRY(document_plan(c, d, p, &w));
	pdf_tag(p, "Document");
	if (d->cover)
		cover(p, d);
	if (d->contents)
		TRY(draw_contents(c, &w));
	if (!d->cover)
		title_above(p, d);
	TRY(draw_pieces(c, &w));
	pdf_untag(p, "Document");
	return OK;
}

rc document_draw(struct ctx *c, const struct document *d, struct buf *out)
{
	const struct pdf_info info = {
		.title = d->title, .author = d->brand, .language = d->language, .created = d->created
	};
	struct pdf *p;
	size_t before = out->len;
	TRY(pdf_begin(c, &info, out, &p));
	rc result = draw(c, d, p);
	if (result == OK)
		return pdf_end(c, p);
	talloc_free(p);
	out->len = before;
	out->s[before] = 0;
	return result;
}
