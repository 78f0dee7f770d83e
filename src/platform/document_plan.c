/* Where a document breaks: every block is measured and given a page and a height
 * on it, before anything is drawn. */
#include "platform/document_parts.h"

#include <string.h>

#define KEEP	 64.0 /* a heading needs that much after it on its page */
#define CAPTION	 16.0
#define HEADROOM 26.0 /* a split paragraph leaves two lines at least */

struct look {
	struct pdf_style style;
	double before; /* room above, but at the top of a page */
	double indent;
};
static const struct look looks[DOCUMENT_KINDS] = {
	[DOCUMENT_H1] = { { PDF_DISPLAY, 600, 22, 27, -0.02, PDF_INK }, 28, 0 },
	[DOCUMENT_H2] = { { PDF_DISPLAY, 600, 14, 18, -0.01, PDF_INK }, 20, 0 },
	[DOCUMENT_H3] = { { PDF_TEXT, 600, 10.5, 14, 0, PDF_INK }, 12, 0 },
	[DOCUMENT_LEAD] = { { PDF_TEXT, 400, 12.5, 18, 0, PDF_INK_2 }, 8, 0 },
	[DOCUMENT_TEXT] = { { PDF_TEXT, 400, 10, 14.5, 0, PDF_INK }, 7, 0 },
	[DOCUMENT_VOICE] = { { PDF_VOICE, 400, 10.5, 15.5, 0, PDF_INK }, 7, 0 },
	[DOCUMENT_ITEM] = { { PDF_VOICE, 400, 10.5, 15.5, 0, PDF_INK }, 3, 14 },
	[DOCUMENT_NOTE] = { { PDF_TEXT, 400, 8.25, 11.5, 0, PDF_INK_2 }, 7, 0 },
	[DOCUMENT_TABLE] = { .before = 12 },
	[DOCUMENT_PICTURE] = { .before = 12 },
};

double document_indent(int kind)
{
	return looks[kind].indent;
}

struct pdf_text document_words(struct ctx *c, const struct document_block *b, size_t from, size_t to)
{
	const char *s = b->text ? b->text : "";
	bool whole = from == 0 && s[to] == 0;
	return (struct pdf_text){
		.s = whole ? s : talloc_strndup(c->mem, s + from, to - from),
		.style = &looks[b->kind == DOCUMENT_PICTURE ? DOCUMENT_NOTE : b->kind].style,
		.width = DOCUMENT_WIDTH - looks[b->kind].indent,
	};
}

static double height_of(struct ctx *c, struct document_plan *w, const struct document_block *b, size_t from,
			size_t to)
{
	struct pdf_text t = document_words(c, b, from, to);
	return pdf_measure(w->pdf, &t).h;
}

static void place(struct ctx *c, struct document_plan *w, size_t block, size_t from, size_t to, double h)
{
	if (w->n == w->room) {
		size_t room = w->room ? 2 * w->room : 64;
		struct document_piece *more = new_array(c, struct document_piece, room);
		if (w->n)
			memcpy(more, w->pieces, w->n * sizeof *more);
		w->pieces = more;
		w->room = room;
	}
	w->pieces[w->n++] = (struct document_piece){ block, from, to, w->page, w->y };
	w->y += h;
}

static void next_page(struct document_plan *w)
{
	w->page++;
	w->y = DOCUMENT_TOP;
}

static double room_left(const struct document_plan *w)
{
	return DOCUMENT_BOTTOM - w->y;
}

static void space_before(struct document_plan *w, int kind)
{
	if (w->y > DOCUMENT_TOP + 1)
		w->y += looks[kind].before;
}

/* The last blank up to which the text fits, from where a piece begins; `from` when
 * not even two lines do. */
static size_t cut_at(struct ctx *c, struct document_plan *w, const struct document_block *b, size_t from)
{
	size_t low = from, high = strlen(b->text);
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2, blank = middle;
		while (blank > low && b->text[blank] != ' ')
			blank--;
		if (blank == low) { /* no blank there: look after */
			blank = middle + strcspn(b->text + middle, " ");
			if (blank >= high)
				break;
		}
		if (height_of(c, w, b, from, blank) <= room_left(w))
			low = blank;
		else
			high = blank;
	}
	return low;
}

static void plan_text(struct ctx *c, struct document_plan *w, size_t i)
{
	const struct document_block *b = &w->d->blocks[i];
	size_t from = 0, all = b->text ? strlen(b->text) : 0;
	space_before(w, b->kind);
	while (from < all) {
		double h = height_of(c, w, b, from, all);
		if (h <= room_left(w)) {
			place(c, w, i, from, all, h);
			return;
		}
		size_t cut = room_left(w) > 2 * HEADROOM ? cut_at(c, w, b, from) : from;
		if (cut > from)
			place(c, w, i, from, cut, height_of(c, w, b, from, cut));
		else if (w->y <= DOCUMENT_TOP + 1) { /* a word longer than a page: it is cut by the foot */
			place(c, w, i, from, all, h);
			return;
		}
		from = cut > from ? cut + 1 : from;
		next_page(w);
	}
}

/* With its caption. */
static double picture_height(struct ctx *c, struct document_plan *w, size_t i)
{
	const struct document_block *b = &w->d->blocks[i];
	double width = b->width_pt > 0 && b->width_pt < DOCUMENT_WIDTH ? b->width_pt : DOCUMENT_WIDTH;
	double h = picture_points(&w->pictures[i], width);
	return b->text ? h + CAPTION + height_of(c, w, b, 0, strlen(b->text)) : h;
}

/* A heading goes with what it is followed by: its sentences, then the whole of a
 * picture, or the beginning of what can be cut. */
static double kept_with(struct ctx *c, struct document_plan *w, size_t i)
{
	double h = 0;
	for (size_t k = i + 1; k < w->d->n_blocks; k++) {
		const struct document_block *b = &w->d->blocks[k];
		double before = looks[b->kind].before;
		if (b->kind == DOCUMENT_PICTURE)
			return h + before + picture_height(c, w, k);
		if (b->kind != DOCUMENT_LEAD && b->kind != DOCUMENT_NOTE && b->kind != DOCUMENT_H2)
			break;
		h += before + height_of(c, w, b, 0, b->text ? strlen(b->text) : 0);
	}
	return h + KEEP;
}

/* A chapter begins a page, unless more than half of one is left and it fits there. */
static bool turns_page(const struct document_plan *w, const struct document_block *b, double needed)
{
	bool chapter = b->kind == DOCUMENT_H1 && w->d->contents;
	return needed > room_left(w) || (chapter && room_left(w) < (DOCUMENT_BOTTOM - DOCUMENT_TOP) / 2);
}

static void plan_heading(struct ctx *c, struct document_plan *w, size_t i)
{
	const struct document_block *b = &w->d->blocks[i];
	double h = height_of(c, w, b, 0, b->text ? strlen(b->text) : 0);
	if (w->y > DOCUMENT_TOP + 1 && turns_page(w, b, looks[b->kind].before + h + kept_with(c, w, i)))
		next_page(w);
	space_before(w, b->kind);
	place(c, w, i, 0, b->text ? strlen(b->text) : 0, h);
}

static void plan_table(struct ctx *c, struct document_plan *w, size_t i)
{
	const struct document_block *b = &w->d->blocks[i];
	double head = document_table_head(w->pdf, b, 0, false);
	w->heights[i] = new_array(c, double, b->n_rows + 1);
	for (size_t row = 0; row < b->n_rows; row++)
		w->heights[i][row] = document_table_row(w->pdf, b, row, 0, false);
	space_before(w, b->kind);
	for (size_t row = 0; row < b->n_rows;) {
		size_t from = row;
		double h = head;
		while (row < b->n_rows && h + w->heights[i][row] <= room_left(w))
			h += w->heights[i][row++];
		bool at_top = w->y <= DOCUMENT_TOP + 1;
		/* Never a head with one row under it, when more follow. */
		if (!at_top && row < b->n_rows && row - from < 2)
			row = from;
		else if (at_top && row == from)
			h += w->heights[i][row++];
		if (row > from)
			place(c, w, i, from, row, h);
		if (row < b->n_rows)
			next_page(w);
	}
}

static void plan_picture(struct ctx *c, struct document_plan *w, size_t i)
{
	const struct document_block *b = &w->d->blocks[i];
	double h = picture_height(c, w, i);
	if (looks[b->kind].before + h > room_left(w) && w->y > DOCUMENT_TOP + 1)
		next_page(w);
	space_before(w, b->kind);
	place(c, w, i, 0, 0, h);
}

static void plan_block(struct ctx *c, struct document_plan *w, size_t i)
{
	switch (w->d->blocks[i].kind) {
	case DOCUMENT_H1:
	case DOCUMENT_H2:
	case DOCUMENT_H3: plan_heading(c, w, i); return;
	case DOCUMENT_TABLE: plan_table(c, w, i); return;
	case DOCUMENT_PICTURE: plan_picture(c, w, i); return;
	case DOCUMENT_BREAK:
		if (w->y > DOCUMENT_TOP + 1)
			next_page(w);
		return;
	default: plan_text(c, w, i);
	}
}

bool document_is_entry(const struct document_plan *w, const struct document_piece *piece)
{
	int kind = w->d->blocks[piece->block].kind;
	return kind == DOCUMENT_H1 || kind == DOCUMENT_H2;
}

double document_contents_height(const struct document_plan *w, const struct document_piece *piece)
{
	return w->d->blocks[piece->block].kind == DOCUMENT_H1 ? 26 : 17;
}

/* How many pages the contents take. */
static size_t contents_pages(const struct document_plan *w)
{
	double y = DOCUMENT_TOP + 48;
	size_t pages = 1;
	for (size_t i = 0; i < w->n; i++) {
		if (!document_is_entry(w, &w->pieces[i]))
			continue;
		double h = document_contents_height(w, &w->pieces[i]);
		if (y + h > DOCUMENT_BOTTOM) {
			pages++;
			y = DOCUMENT_TOP;
		}
		y += h;
	}
	return pages;
}

static rc read_pictures(struct ctx *c, const struct document *d, struct document_plan *w)
{
	for (size_t i = 0; i < d->n_blocks; i++) {
		const struct document_block *b = &d->blocks[i];
		if (b->kind < 0 || b->kind >= DOCUMENT_KINDS)
			return fail(c, E_INVALID, "paper.not_drawn");
		if (b->kind == DOCUMENT_PICTURE)
			TRY(picture_read(c, b->picture ? b->picture : "", b->picture ? strlen(b->picture) : 0,
					 &w->pictures[i]));
	}
	return OK;
}

rc document_plan(struct ctx *c, const struct document *d, struct pdf *pdf, struct document_plan *w)
{
	double top = w->y; /* below the title, when it has no page of its own */
	*w = (struct document_plan){ .d = d, .pdf = pdf, .y = top };
	w->pictures = new_array(c, struct picture, d->n_blocks + 1);
	w->heights = new_array(c, double *, d->n_blocks + 1);
	TRY(read_pictures(c, d, w));
	for (size_t i = 0; i < d->n_blocks; i++)
		plan_block(c, w, i);
	size_t shift = (d->cover ? 1 : 0) + (d->contents ? contents_pages(w) : 0);
	for (size_t i = 0; i < w->n; i++)
		w->pieces[i].page += shift;
	w->page += shift;
	return OK;
}
