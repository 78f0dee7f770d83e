/* A picture on paper, and its way to the process that draws it. */
#include <jansson.h>
#include <string.h>

#include "platform/picture.h"
#include "platform/picture_ink.h"

#define RAMP(n)                                                                                    \
	[PICTURE_RAMP + (n)] = {                                                                   \
		.class = "ramp-" #n, .fill = PDF_RAMP_0 + (n), .stroke = PDF_LAND, .thickness = 30 \
	}

const struct picture_ink_row picture_inks[PICTURE_INKS] = {
	[PICTURE_SEA] = { .class = "sea", .fill = PDF_SEA, .stroke = PDF_NONE },
	[PICTURE_ABROAD] = { .class = "abroad", .fill = PDF_SHADE, .stroke = PDF_SHADE, .thickness = 300 },
	[PICTURE_LAND] = { .class = "land", .fill = PDF_LAND, .stroke = PDF_NONE },
	[PICTURE_OUTLINE] = { .class = "outline", .fill = PDF_NONE, .stroke = PDF_OUTLINE, .thickness = 80 },
	[PICTURE_LIMIT] = { .class = "limit", .fill = PDF_NONE, .stroke = PDF_LAND, .thickness = 140 },
	[PICTURE_CHOSEN] = { .class = "chosen", .fill = PDF_NONE, .stroke = PDF_PASTEL, .thickness = 150 },
	RAMP(0),
	RAMP(1),
	RAMP(2),
	RAMP(3),
	RAMP(4),
	RAMP(5),
	[PICTURE_UNKNOWN] = { .class = "ramp-none",
			      .fill = PDF_LAND,
			      .stroke = PDF_OUTLINE,
			      .thickness = 50 },
	[PICTURE_PAPER] = { .class = "paper", .fill = PDF_WHITE, .stroke = PDF_NONE },
	[PICTURE_FRAME] = { .class = "frame", .fill = PDF_NONE, .stroke = PDF_OUTLINE, .thickness = 80 },
	[PICTURE_COMMUNES] = { .class = "communes", .fill = PDF_NONE, .stroke = PDF_DOT },
	[PICTURE_THREAD] = { .class = "thread", .fill = PDF_NONE, .stroke = PDF_THREAD, .thickness = 200 },
	[PICTURE_REACH] = { .class = "reach", .fill = PDF_NONE, .stroke = PDF_PASTEL, .thickness = 80 },
	[PICTURE_RING] = { .class = "ring", .fill = PDF_NONE, .stroke = PDF_PASTEL, .thickness = 60 },
	[PICTURE_HERE] = { .class = "here", .fill = PDF_GARANCE, .stroke = PDF_WHITE, .thickness = 250 },
	[PICTURE_MARK] = { .class = "mark",
			   .word_class = "",
			   .fill = PDF_WHITE,
			   .stroke = PDF_PASTEL,
			   .thickness = 200 },
	[PICTURE_MARK_ON] = { .class = "mark mark--on",
			      .word_class = " mark-n--on",
			      .fill = PDF_PASTEL,
			      .stroke = PDF_PASTEL,
			      .thickness = 200 },
	[PICTURE_MARK_FIND] = { .class = "mark mark--find",
				.word_class = " mark-n--find",
				.fill = PDF_GAUDE,
				.stroke = PDF_INK,
				.thickness = 150 },
	[PICTURE_MARK_MANY] = { .class = "mark mark--many",
				.word_class = " mark-n--on",
				.fill = PDF_PASTEL,
				.stroke = PDF_WHITE,
				.thickness = 200 },
	[PICTURE_TOWN] = { .class = "town halo",
			   .fill = PDF_INK,
			   .face = PDF_VOICE,
			   .weight = 400,
			   .size = 14,
			   .halo = true },
	[PICTURE_TOWN_HERE] = { .class = "town town--here halo",
				.fill = PDF_INK,
				.face = PDF_VOICE,
				.weight = 400,
				.size = 19,
				.halo = true },
	[PICTURE_TOWN_FAR] = { .class = "town town--far halo",
			       .fill = PDF_INK_2,
			       .face = PDF_VOICE,
			       .weight = 400,
			       .size = 12,
			       .halo = true },
	[PICTURE_COUNTY] = { .class = "county halo",
			     .fill = PDF_INK_2,
			     .face = PDF_TEXT,
			     .weight = 500,
			     .size = 10,
			     .halo = true },
	[PICTURE_RING_WORD] = { .class = "ring-text halo",
				.fill = PDF_PASTEL,
				.face = PDF_TEXT,
				.weight = 600,
				.size = 12,
				.halo = true },
	[PICTURE_KEY_WORD] = { .class = "key-word",
			       .fill = PDF_INK,
			       .face = PDF_TEXT,
			       .weight = 400,
			       .size = 12 },
};

/* ---- drawing ---- */

/* Where a picture stands on its page: points for a unit. */
struct place {
	double x, y, scale;
};

static void draw_field(struct pdf *pdf, const struct picture_field *f, const struct place *at)
{
	const struct picture_ink_row *ink = &picture_inks[f->ink];
	double thickness = f->thickness ? (double)f->thickness / 10 : ink->thickness / 100.0;
	const struct pdf_shape shape = {
		.path = f->path,
		.scale = at->scale / 4,
		.fill = ink->fill,
		.stroke = ink->stroke,
		.thickness = thickness * (f->thickness ? at->scale : 0.75),
	};
	bool broken = f->ink == PICTURE_RING || f->ink == PICTURE_REACH;
	pdf_draw_dashed(pdf, &shape, at->x, at->y, broken ? 2.5 : 0);
}

static void draw_form(struct pdf *pdf, const struct picture_mark *m, double x, double y)
{
	/* A circle is four curves. */
	static const char circle[] = "M0 -14C7.7 -14 14 -7.7 14 0C14 7.7 7.7 14 0 14"
				     "C-7.7 14 -14 7.7 -14 0C-14 -7.7 -7.7 -14 0 -14z";
	static const char dot[] =
		"M0 -5C2.8 -5 5 -2.8 5 0C5 2.8 2.8 5 0 5C-2.8 5 -5 2.8 -5 0C-5 -2.8 -2.8 -5 0 -5z";
	static const char *const paths[] = {
		[PICTURE_CIRCLE] = circle,
		[PICTURE_SQUARE] = "M-13 -13L13 -13L13 13L-13 13z",
		[PICTURE_DIAMOND] = "M0 -17L17 0L0 17L-17 0z",
		[PICTURE_DOT] = dot,
	};
	const struct picture_ink_row *ink = &picture_inks[m->ink];
	const struct pdf_shape shape = { .path = paths[m->ink == PICTURE_HERE ? PICTURE_DOT : m->form],
					 .scale = 0.6,
					 .fill = ink->fill,
					 .stroke = ink->stroke,
					 .thickness = ink->thickness / 100.0 * 0.6 };
	pdf_draw(pdf, &shape, x, y);
}

/* The middle of the line on x, the foot of its letters on y. */
static void draw_word(struct pdf *pdf, const char *s, const struct picture_ink_row *ink,
		      enum pdf_colour colour, double x, double y, enum picture_anchor anchor)
{
	double size = ink->size * 0.62;
	const struct pdf_style style = { ink->face, ink->weight, size, size * 1.25, 0, colour };
	struct pdf_text text = { .s = s, .style = &style, .halo = ink->halo };
	double w = pdf_measure(pdf, &text).w;
	pdf_write(pdf, &text,
		  x - (anchor == PICTURE_MIDDLE ? w / 2
		       : anchor == PICTURE_END	? w
						: 0),
		  y - size);
}

static void draw_mark(struct pdf *pdf, const struct picture_mark *m, const struct place *at)
{
	static const struct picture_ink_row number = { .face = PDF_TEXT, .weight = 600, .size = 12 };
	double x = at->x + (double)m->x * at->scale, y = at->y + (double)m->y * at->scale;
	draw_form(pdf, m, x, y);
	bool dark = m->ink == PICTURE_MARK_ON || m->ink == PICTURE_MARK_MANY;
	enum pdf_colour colour = dark ? PDF_WHITE : m->ink == PICTURE_MARK_FIND ? PDF_INK : PDF_PASTEL;
	if (m->text)
		draw_word(pdf, m->text, &number, colour, x, y + 2.6, PICTURE_MIDDLE);
}

double picture_points(const struct picture *p, double width)
{
	return width * p->height / p->width;
}

void picture_pdf(struct pdf *pdf, const struct picture *p, double x, double y, double width)
{
	const struct place at = { x, y, width / p->width };
	pdf_clip(pdf, x, y, width, picture_points(p, width));
	for (size_t i = 0; i < p->n_fields; i++)
		draw_field(pdf, &p->fields[i], &at);
	for (size_t i = 0; i < p->n_words; i++) {
		const struct picture_word *w = &p->words[i];
		const struct picture_ink_row *ink = &picture_inks[w->ink];
		draw_word(pdf, w->s, ink, ink->fill, x + (double)w->x * at.scale + (double)w->dx * 0.6,
			  y + (double)w->y * at.scale + (double)w->dy * 0.6, w->anchor);
	}
	for (size_t i = 0; i < p->n_marks; i++)
		draw_mark(pdf, &p->marks[i], &at);
	pdf_unclip(pdf);
}

/* ---- the way to the cage: what paper needs, and nothing else ---- */

void picture_json(const struct picture *p, struct buf *b)
{
	buf_fmt(b, "{\"size\":[%d,%d],\"fields\":[", p->width, p->height);
	for (size_t i = 0; i < p->n_fields; i++) {
		const struct picture_field *f = &p->fields[i];
		buf_fmt(b, "%s[%d,%lld,", i ? "," : "", f->ink, (long long)f->thickness);
		buf_json(b, f->path);
		buf_char(b, ']');
	}
	buf_str(b, "],\"marks\":[");
	for (size_t i = 0; i < p->n_marks; i++) {
		const struct picture_mark *m = &p->marks[i];
		buf_fmt(b, "%s[%lld,%lld,%d,%d,", i ? "," : "", (long long)m->x, (long long)m->y, m->form,
			m->ink);
		buf_json(b, m->text ? m->text : "");
		buf_char(b, ']');
	}
	buf_str(b, "],\"words\":[");
	for (size_t i = 0; i < p->n_words; i++) {
		const struct picture_word *w = &p->words[i];
		buf_fmt(b, "%s[%lld,%lld,%lld,%lld,%d,%d,", i ? "," : "", (long long)w->x, (long long)w->y,
			(long long)w->dx, (long long)w->dy, w->ink, w->anchor);
		buf_json(b, w->s);
		buf_char(b, ']');
	}
	buf_str(b, "]}");
}

static bool known(json_int_t ink)
{
	return ink >= 0 && ink < PICTURE_INKS;
}

/* A path's letters and figures, so that drawing it cannot fail. */
static bool is_path(const char *s)
{
	return s[0] == 'M' && s[strspn(s, "MmLlCHhVZz0123456789-. ")] == 0;
}

static bool read_field(struct ctx *c, json_t *v, struct picture *p)
{
	json_int_t ink, thickness;
	const char *path;
	if (json_unpack(v, "[IIs!]", &ink, &thickness, &path) || !known(ink) || !is_path(path))
		return false;
	picture_field(c, p,
		      (struct picture_field){ .ink = (enum picture_ink)ink,
					      .path = fmt(c, "%s", path),
					      .thickness = thickness });
	return true;
}

static bool read_mark(struct ctx *c, json_t *v, struct picture *p)
{
	json_int_t x, y, form, ink;
	const char *text;
	if (json_unpack(v, "[IIIIs!]", &x, &y, &form, &ink, &text) || !known(ink) || form < 0 ||
	    form >= PICTURE_FORMS)
		return false;
	picture_mark(c, p,
		     (struct picture_mark){ .x = x,
					    .y = y,
					    .form = (enum picture_form)form,
					    .ink = (enum picture_ink)ink,
					    .text = *text ? fmt(c, "%s", text) : NULL });
	return true;
}

static bool read_word(struct ctx *c, json_t *v, struct picture *p)
{
	json_int_t x, y, dx, dy, ink, anchor;
	const char *s = NULL;
	if (json_unpack(v, "[IIIIIIs!]", &x, &y, &dx, &dy, &ink, &anchor, &s) || !known(ink) || anchor < 0 ||
	    anchor > PICTURE_END)
		return false;
	picture_word(c, p,
		     (struct picture_word){ .x = x,
					    .y = y,
					    .dx = dx,
					    .dy = dy,
					    .ink = (enum picture_ink)ink,
					    .anchor = (enum picture_anchor)anchor,
					    .s = fmt(c, "%s", s) });
	return true;
}

static bool read_all(struct ctx *c, json_t *list, bool (*one)(struct ctx *c, json_t *v, struct picture *p),
		     struct picture *p)
{
	size_t i;
	json_t *v;
	if (!json_is_array(list))
		return false;
	json_array_foreach(list, i, v) if (!one(c, v, p)) return false;
	return true;
}

rc picture_read(struct ctx *c, const char *json, size_t len, struct picture *p)
{
	*p = (struct picture){ 0 };
	json_t *v = json_loadb(json, len, JSON_REJECT_DUPLICATES, NULL);
	bool good = v && json_unpack(v, "{s:[ii]}", "size", &p->width, &p->height) == 0 && p->width > 0 &&
		    p->height > 0 && read_all(c, json_object_get(v, "fields"), read_field, p) &&
		    read_all(c, json_object_get(v, "marks"), read_mark, p) &&
		    read_all(c, json_object_get(v, "words"), read_word, p);
	json_decref(v);
	return good ? OK : fail(c, E_INVALID, "paper.not_drawn");
}
