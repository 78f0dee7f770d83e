#include "platform/picture.h"

#include <string.h>

#include "platform/picture_ink.h"

/* Room for one more: arrays double at powers of two. */
static void *room(struct ctx *c, void *items, size_t n, size_t size)
{
	if (n && (n < 16 || (n & (n - 1))))
		return items;
	void *more = mem_array(c->mem, size, n ? n * 2 : 16, "picture");
	if (n)
		memcpy(more, items, n * size);
	return more;
}

void picture_field(struct ctx *c, struct picture *p, struct picture_field f)
{
	p->fields = room(c, p->fields, p->n_fields, sizeof f);
	p->fields[p->n_fields++] = f;
}

void picture_mark(struct ctx *c, struct picture *p, struct picture_mark m)
{
	p->marks = room(c, p->marks, p->n_marks, sizeof m);
	p->marks[p->n_marks++] = m;
}

void picture_word(struct ctx *c, struct picture *p, struct picture_word w)
{
	p->words = room(c, p->words, p->n_words, sizeof w);
	p->words[p->n_words++] = w;
}

/* ---- SVG ---- */

static void attribute(struct buf *b, const char *name, const char *value)
{
	if (!value)
		return;
	buf_fmt(b, " %s=\"", name);
	buf_html(b, value);
	buf_char(b, '"');
}

/* part of whole in per cent, with tenths. */
static void percent(struct buf *b, const char *name, int64_t part, int64_t whole)
{
	int64_t v = (part * 2000 / whole + 1) / 2;
	buf_fmt(b, " %s=\"%s%lld.%lld%%\"", name, v < 0 ? "-" : "", (long long)(v < 0 ? -v : v) / 10,
		(long long)(v < 0 ? -v : v) % 10);
}

static void field_svg(const struct picture_field *f, struct buf *b)
{
	if (f->href) {
		buf_str(b, "<a");
		attribute(b, "href", f->href);
		attribute(b, "aria-label", f->title);
		buf_char(b, '>');
	}
	buf_fmt(b, "<path class=\"%s\"", picture_inks[f->ink].class);
	if (f->thickness)
		buf_fmt(b, " stroke-width=\"%lld\"", (long long)(f->thickness * 4 / 10));
	attribute(b, "d", f->path);
	if (f->title) {
		buf_str(b, "><title>");
		buf_html(b, f->title);
		buf_str(b, "</title></path>");
	} else {
		buf_str(b, "/>");
	}
	if (f->href)
		buf_str(b, "</a>");
}

static void form_svg(const struct picture_mark *m, struct buf *b)
{
	const char *class = picture_inks[m->ink].class;
	switch (m->form) {
	case PICTURE_SQUARE:
		buf_fmt(b, "<rect class=\"%s\" x=\"-13\" y=\"-13\" width=\"26\" height=\"26\" rx=\"4\"/>",
			class);
		break;
	case PICTURE_DIAMOND: buf_fmt(b, "<path class=\"%s\" d=\"M0-17 17 0 0 17-17 0z\"/>", class); break;
	case PICTURE_DOT: buf_fmt(b, "<circle class=\"%s\" r=\"5\"/>", class); break;
	default: buf_fmt(b, "<circle class=\"%s\" r=\"14\"/>", class);
	}
}

static void mark_svg(const struct picture *p, const struct picture_mark *m, struct buf *b)
{
	if (m->href) {
		buf_fmt(b, "<a class=\"%s\"",
			m->ink == PICTURE_MARK_MANY ? "map-many"
			: m->under		    ? "map-mark map-under"
						    : "map-mark");
		attribute(b, "href", m->href);
		attribute(b, "aria-label", m->name);
		attribute(b, "id", m->id);
		attribute(b, "data-ref", m->ref);
		buf_char(b, '>');
	}
	if (p->covers) {
		buf_fmt(b, "<g transform=\"translate(%lld %lld)\">", (long long)m->x, (long long)m->y);
	} else {
		buf_str(b, "<svg class=\"map-at\"");
		percent(b, "x", m->x, p->width);
		percent(b, "y", m->y, p->height);
		buf_char(b, '>');
	}
	if (m->ink == PICTURE_HERE)
		buf_str(b, "<circle class=\"here-veil\" r=\"12\"/><circle class=\"here\" r=\"6.5\"/>");
	else if (m->ink == PICTURE_MARK_FIND)
		buf_str(b, "<circle class=\"find-halo\" r=\"20\"/>");
	if (m->ink != PICTURE_HERE)
		form_svg(m, b);
	if (m->text) {
		buf_fmt(b, "<text class=\"mark-n%s\" y=\"4\">", picture_inks[m->ink].word_class);
		buf_html(b, m->text);
		buf_str(b, "</text>");
	}
	if (m->name) {
		buf_str(b, "<title>");
		buf_html(b, m->name);
		buf_str(b, "</title>");
	}
	buf_str(b, p->covers ? "</g>" : "</svg>");
	if (m->href)
		buf_str(b, "</a>");
}

static void word_svg(const struct picture *p, const struct picture_word *w, struct buf *b)
{
	static const char *const anchors[] = { "", " map-middle", " map-end" };
	buf_fmt(b, "<text class=\"%s%s%s\"", picture_inks[w->ink].class, anchors[w->anchor],
		w->wide_only ? " hide-phone" : "");
	if (p->covers) {
		buf_fmt(b, " x=\"%lld\" y=\"%lld\">", (long long)(w->x + w->dx), (long long)(w->y + w->dy));
	} else {
		percent(b, "x", w->x, p->width);
		percent(b, "y", w->y, p->height);
		buf_fmt(b, " dx=\"%lld\" dy=\"%lld\">", (long long)w->dx, (long long)w->dy);
	}
	buf_html(b, w->s);
	buf_str(b, "</text>");
}

/* What is drawn cannot be both one image and a set of links. */
static bool has_links(const struct picture *p)
{
	for (size_t i = 0; i < p->n_marks; i++)
		if (p->marks[i].href)
			return true;
	for (size_t i = 0; i < p->n_fields; i++)
		if (p->fields[i].href)
			return true;
	return false;
}

void picture_svg(const struct picture *p, struct buf *b)
{
	buf_fmt(b, "<svg class=\"map %s\" role=\"%s\"", p->class, has_links(p) ? "group" : "img");
	attribute(b, "aria-label", p->title);
	if (p->covers)
		buf_fmt(b, " viewBox=\"0 0 %d %d\" preserveAspectRatio=\"xMidYMid slice\"", p->width,
			p->height);
	buf_char(b, '>');
	if (p->desc) {
		buf_str(b, "<desc>");
		buf_html(b, p->desc);
		buf_str(b, "</desc>");
	}
	buf_str(b, "<svg class=\"map-ground\"");
	if (p->covers)
		buf_fmt(b, " width=\"%d\" height=\"%d\"", p->width, p->height);
	buf_fmt(b, " viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\">", p->width * 4, p->height * 4);
	for (size_t i = 0; i < p->n_fields; i++)
		field_svg(&p->fields[i], b);
	buf_str(b, "</svg>");
	for (size_t i = 0; i < p->n_words; i++)
		word_svg(p, &p->words[i], b);
	for (size_t i = 0; i < p->n_marks; i++)
		mark_svg(p, &p->marks[i], b);
	buf_str(b, "</svg>");
}
