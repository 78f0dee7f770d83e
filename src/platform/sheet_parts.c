#include "platform/sheet_parts.h"

#include <stdio.h>
#include <string.h>

/* The outlines are those of web/img: mark.svg, knit.svg, symbols.svg (bridge). */
static const char mark_left[] =
	"M0 28C.2 17 3 6.5 7.9 0C13.6 6.2 17 17 17 28C13 24 10.6 18.5 9.5 12C8.8 18.5 5.6 24 0 28Z";
static const char mark_right[] =
	"M34 28C33.8 17 31 6.5 26.1 0C20.4 6.2 17 17 17 28C21 24 23.4 18.5 24.5 12C25.2 18.5 28.4 24 34 28Z";
static const char stitch[] = "M.6 .4C4.4 1.5 7.9 5.6 7.9 10.8C4 9.8 .2 5.4 .6 .4Z"
			     "M15.4 .4C11.6 1.5 8.1 5.6 8.1 10.8C12 9.8 15.8 5.4 15.4 .4Z";
static const char bridge_over[] = "M1 18C20 8 36 2 54 2C72 2 88 8 107 18";
static const char bridge_under[] = "M1 6C20 16 36 22 54 22C72 22 88 16 107 6";
static const char *const emblem[SHEET_KINDS] = {
	[SHEET_CAE] = "M7 2H33C36 2 38 4 38 7V33C38 36 36 38 33 38H7C4 38 2 36 2 33V7C2 4 4 2 7 2Z",
	[SHEET_PLACE] = "M20 2.2L37 13.4V35C37 36.7 35.7 38 34 38H6C4.3 38 3 36.7 3 35V13.4Z",
	[SHEET_COLLECTIVE] = "M20 2C30 2 38 10 38 20C38 30 30 38 20 38C10 38 2 30 2 20C2 10 10 2 20 2Z",
	[SHEET_NETWORK] = "M20 2L36.5 11V29L20 38L3.5 29V11Z",
};

static const struct pdf_style brand = { PDF_DISPLAY, 600, 14, 17, -0.02, PDF_INK };
static const struct pdf_style head_right = { PDF_TEXT, 400, 8.5, 11.3, 0, PDF_INK_2 };
static const struct pdf_style title = { PDF_DISPLAY, 600, 24.3, 28, -0.02, PDF_INK };
static const struct pdf_style title_next = { PDF_DISPLAY, 600, 12, 15, -0.01, PDF_INK };
static const struct pdf_style continued = { PDF_TEXT, 400, 8.5, 15, 0, PDF_INK_2 };
static const struct pdf_style subtitle = { PDF_TEXT, 400, 10.5, 15, 0, PDF_INK_2 };
static const struct pdf_style party_name = { PDF_DISPLAY, 600, 11, 14, -0.005, PDF_INK };
static const struct pdf_style party_line = { PDF_TEXT, 400, 8.25, 11, 0, PDF_INK_2 };
static const struct pdf_style initials = { PDF_TEXT, 600, 10, 12, 0, PDF_PASTEL };
static const struct pdf_style box_title = { PDF_DISPLAY, 600, 10.5, 14, -0.005, PDF_INK };
static const struct pdf_style box_text = { PDF_TEXT, 400, 8.75, 11.8, 0, PDF_INK };
static const struct pdf_style state = { PDF_TEXT, 600, 9, 12.4, 0, PDF_INK };
static const struct pdf_style state_text = { PDF_TEXT, 400, 8.25, 12.2, 0, PDF_INK_2 };
static const struct pdf_style pair_key = { PDF_TEXT, 400, 8.75, 12, 0, PDF_INK_2 };
static const struct pdf_style pair_value = { PDF_TEXT, 400, 8.75, 12, 0, PDF_INK };
static const struct pdf_style pair_total = { PDF_TEXT, 700, 13.5, 16, 0, PDF_INK };
static const struct pdf_style note = { PDF_TEXT, 400, 7.75, 12, 0, PDF_INK_2 };
static const struct pdf_style note_strong = { PDF_TEXT, 600, 7.75, 12, 0, PDF_INK_2 };

#define BOX_SPACE    19.7
#define BOX_LINES    24
#define QR_SIDE	     43.5
#define FOOT_BOTTOM  817.5
#define EMBLEM	     27.0
#define PARTY_INDENT 34.7
#define BRIDGE	     71.0

static double taller(double a, double b)
{
	return a > b ? a : b;
}

static void tagged(struct pdf *p, const char *tag, const struct pdf_text *t, double x, double y)
{
	pdf_tag(p, tag);
	pdf_write(p, t, x, y);
	pdf_untag(p, tag);
}

void sheet_mark(struct pdf *p, double x, double y)
{
	struct pdf_shape left = { mark_left, 18.5 / 34, PDF_PASTEL, PDF_NONE, 0 };
	struct pdf_shape right = { mark_right, 18.5 / 34, PDF_GAUDE, PDF_NONE, 0 };
	pdf_draw(p, &left, x, y);
	pdf_draw(p, &right, x, y);
}

void sheet_stitches(struct pdf *p, double x, double y, double width)
{
	struct pdf_shape one = { stitch, width / 50 / 16, PDF_PASTEL, PDF_NONE, 0 };
	for (int i = 0; i < 50; i++)
		pdf_draw(p, &one, x + i * width / 50, y);
}

/* Mark and name left, programme and number right, one row of stitches. */
static void masthead(struct pdf *p, const struct sheet *s)
{
	sheet_mark(p, SHEET_X, 40.6);
	struct pdf_text name = { .s = s->brand, .style = &brand, .width = 150, .max_lines = 1 };
	pdf_write(p, &name, SHEET_X + 27.7, 38.4);
	double y = 36.6;
	for (int i = 0; i < 2; i++) {
		struct pdf_text line = { .s = s->head_right[i],
					 .style = &head_right,
					 .width = 300,
					 .max_lines = 1,
					 .right = true };
		y += pdf_write(p, &line, SHEET_RIGHT_X - 300, y).h;
	}
	sheet_stitches(p, SHEET_X, 70.7, SHEET_WIDTH);
}

static void draw_emblem(struct pdf *p, const struct sheet_party *party, double x, double y)
{
	enum sheet_kind kind = party->kind < SHEET_KINDS ? party->kind : SHEET_COLLECTIVE;
	struct pdf_shape shape = { emblem[kind], EMBLEM / 40, PDF_PASTEL_VEIL, PDF_PASTEL, 1.1 };
	pdf_draw(p, &shape, x, y);
	struct pdf_style style = initials;
	struct pdf_text t = { .s = party->initials, .style = &style };
	double wide = pdf_measure(p, &t).w;
	if (wide > EMBLEM - 8)
		style.size *= (EMBLEM - 8) / wide;
	struct pdf_size size = pdf_measure(p, &t);
	double low = kind == SHEET_PLACE ? 1.6 : 0; /* under the roof */
	pdf_write(p, &t, x + (EMBLEM - size.w) / 2, y + (EMBLEM - size.h) / 2 + low);
}

struct party_texts {
	struct pdf_text name, line;
	struct pdf_size name_size, line_size;
};

static struct party_texts party_texts(struct pdf *p, const struct sheet_party *party, double width)
{
	struct party_texts t = {
		.name = { .s = party->name, .style = &party_name, .width = width, .max_lines = 4 },
		.line = { .s = party->line, .style = &party_line, .width = width, .max_lines = 4 },
	};
	t.name_size = pdf_measure(p, &t.name);
	t.line_size = pdf_measure(p, &t.line);
	return t;
}

/* The two who share the statement, a bridge between them. */
static double parties(struct pdf *p, const struct sheet *s, double y)
{
	double width = s->n_parties == 2 ? (SHEET_WIDTH - BRIDGE - 32) / 2 - PARTY_INDENT
					 : SHEET_WIDTH - PARTY_INDENT;
	double most = EMBLEM;
	pdf_rule(p, SHEET_X, SHEET_RIGHT_X, y, 0.75, PDF_INK);
	y += 10.5;
	for (size_t i = 0; i < s->n_parties; i++) {
		const struct sheet_party *party = &s->parties[i];
		struct party_texts t = party_texts(p, party, width);
		double x = SHEET_X;
		if (i == 1)
			x = SHEET_RIGHT_X - PARTY_INDENT - taller(t.name_size.w, t.line_size.w);
		double h = t.name_size.h + t.line_size.h;
		double down = h < EMBLEM ? (EMBLEM - h) / 2 : 0;
		pdf_tag(p, "P");
		draw_emblem(p, party, x, y);
		pdf_write(p, &t.name, x + PARTY_INDENT, y + down);
		pdf_write(p, &t.line, x + PARTY_INDENT, y + down + t.name_size.h);
		pdf_untag(p, "P");
		most = taller(most, h);
	}
	if (s->n_parties == 2) {
		struct pdf_shape over = { bridge_over, BRIDGE / 108, PDF_NONE, PDF_PASTEL, 1.35 };
		struct pdf_shape under = { bridge_under, BRIDGE / 108, PDF_NONE, PDF_GAUDE, 1.35 };
		double x = SHEET_X + (SHEET_WIDTH - BRIDGE) / 2, middle = y + EMBLEM / 2 - 7.5;
		pdf_draw(p, &under, x, middle);
		pdf_draw(p, &over, x, middle);
	}
	y += most + 10;
	pdf_rule(p, SHEET_X, SHEET_RIGHT_X, y, 0.75, PDF_EDGE);
	return y;
}

double sheet_head(struct pdf *p, const struct sheet *s)
{
	masthead(p, s);
	struct pdf_text t = { .s = s->title, .style = &title, .width = SHEET_WIDTH, .max_lines = 4 };
	double y = 98.7;
	double h = pdf_measure(p, &t).h;
	tagged(p, "H1", &t, SHEET_X, y);
	y += h + 2.4;
	t = (struct pdf_text){ .s = s->subtitle, .style = &subtitle, .width = SHEET_WIDTH, .max_lines = 5 };
	h = pdf_measure(p, &t).h;
	tagged(p, "P", &t, SHEET_X, y);
	y += h + 20;
	if (s->n_parties)
		y = parties(p, s, y);
	return y + 17;
}

double sheet_head_next(struct pdf *p, const struct sheet *s)
{
	masthead(p, s);
	struct pdf_text t = { .s = s->title,
			      .style = &title_next,
			      .minor = s->continued,
			      .minor_style = &continued,
			      .width = SHEET_WIDTH,
			      .max_lines = 1 };
	pdf_write(p, &t, SHEET_X, 91);
	return SHEET_TOP_NEXT;
}

/* ---- boxes ---- */

struct box_pen {
	struct pdf *p;
	double x, y, w;
	bool draw;
};

static void put(struct box_pen *pen, const struct pdf_text *t)
{
	pen->y += pen->draw ? pdf_write(pen->p, t, pen->x, pen->y).h : pdf_measure(pen->p, t).h;
}

static void box_state(struct box_pen *pen, const struct sheet_box *b)
{
	double pad = 8, top = pen->y;
	pen->x += pad;
	pen->y += pad - 1.5;
	double w = pen->w - 2 * pad;
	put(pen, &(struct pdf_text){ .s = b->state, .style = &state, .width = w, .max_lines = 3 });
	pen->y += 1;
	put(pen, &(struct pdf_text){ .s = b->state_text, .style = &state_text, .width = w, .max_lines = 10 });
	pen->x -= pad;
	pen->y += pad - 1.5;
	if (!pen->draw)
		return;
	pdf_frame(pen->p, pen->x, top, pen->w, pen->y - top, 3, PDF_EDGE);
}

static void box_pairs(struct box_pen *pen, const struct sheet_box *b)
{
	for (size_t i = 0; i < b->n_pairs && i < SHEET_PAIRS; i++) {
		const struct sheet_pair *pair = &b->pairs[i];
		const struct pdf_style *style = pair->total ? &pair_total : &pair_value;
		struct pdf_text value = { .s = pair->value, .style = style, .right = true };
		double wide = pdf_measure(pen->p, &value).w;
		if (wide > pen->w / 2)
			wide = value.width = pen->w / 2;
		struct pdf_text key = {
			.s = pair->key, .style = &pair_key, .width = pen->w - wide - 6, .max_lines = 3
		};
		double vh = pdf_measure(pen->p, &value).h, kh = pdf_measure(pen->p, &key).h;
		double h = taller(vh, kh);
		pen->y += 2.4;
		if (pair->total) {
			pen->y += 1;
			if (pen->draw)
				pdf_rule(pen->p, pen->x, pen->x + pen->w, pen->y, 0.75, PDF_INK);
			pen->y += 4;
		}
		if (pen->draw) {
			/* Both sit on the line of the taller one. */
			pdf_write(pen->p, &key, pen->x, pen->y + (vh > kh ? vh - kh - 0.8 : 0));
			pdf_write(pen->p, &value, pen->x + pen->w - value.width, pen->y);
		}
		pen->y += h;
	}
}

static double box(struct box_pen *pen, const struct sheet_box *b)
{
	double top = pen->y;
	put(pen, &(struct pdf_text){ .s = b->title, .style = &box_title, .width = pen->w, .max_lines = 3 });
	pen->y += 2.6;
	if (pen->draw)
		pdf_rule(pen->p, pen->x, pen->x + pen->w, pen->y, 0.75, PDF_INK);
	pen->y += 4.4;
	put(pen,
	    &(struct pdf_text){ .s = b->text, .style = &box_text, .width = pen->w, .max_lines = BOX_LINES });
	if (b->state)
		box_state(pen, b);
	box_pairs(pen, b);
	return pen->y - top;
}

double sheet_boxes(struct pdf *p, const struct sheet *s, double y, bool draw)
{
	double most = 0, w = (SHEET_WIDTH - 2 * BOX_SPACE) / 3;
	for (size_t i = 0; i < s->n_boxes; i++) {
		struct box_pen pen = {
			.p = p, .x = SHEET_X + (double)i * (w + BOX_SPACE), .y = y, .w = w, .draw = draw
		};
		if (draw)
			pdf_tag(p, "Sect");
		most = taller(most, box(&pen, &s->boxes[i]));
		if (draw)
			pdf_untag(p, "Sect");
	}
	return most;
}

/* ---- foot ---- */

/* "Page {n} sur {total}" */
static void page_label(char *out, size_t size, const char *format, size_t page, size_t pages)
{
	size_t len = 0;
	while (*format && len + 24 < size) {
		bool n = strncmp(format, "{n}", 3) == 0, of = strncmp(format, "{total}", 7) == 0;
		if (n || of) {
			len += (size_t)snprintf(out + len, size - len, "%zu", n ? page : pages);
			format += n ? 3 : 7;
		} else {
			out[len++] = *format++;
		}
	}
	out[len] = 0;
}

rc sheet_foot(struct ctx *c, struct pdf *p, const struct sheet *s, size_t page, size_t pages)
{
	double x = SHEET_X;
	if (s->qr) {
		TRY(pdf_qr(c, p, s->qr, x, FOOT_BOTTOM - QR_SIDE, QR_SIDE));
		x += QR_SIDE + 9;
	}
	double y = FOOT_BOTTOM + 1.5 - note.line * (double)s->n_notes;
	for (size_t i = 0; i < s->n_notes; i++, y += note.line) {
		struct pdf_text t = { .s = s->notes[i].text,
				      .style = &note,
				      .minor = s->notes[i].strong,
				      .minor_style = &note_strong,
				      .gap = " ",
				      .max_lines = 1,
				      .width = SHEET_RIGHT_X - x - (i + 1 == s->n_notes ? 80 : 0) };
		pdf_write(p, &t, x, y);
	}
	char label[128];
	page_label(label, sizeof label, s->page ? s->page : "{n} / {total}", page, pages);
	struct pdf_text t = { .s = label, .style = &note, .right = true };
	pdf_write(p, &t, SHEET_RIGHT_X, FOOT_BOTTOM + 1.5 - note.line);
	return OK;
}
