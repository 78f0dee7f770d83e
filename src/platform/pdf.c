#include "platform/pdf.h"

#include <math.h>
#include <qrencode.h>
#include <string.h>

#include "base/civil.h"
#include "platform/pdf_fonts.h"

struct pdf {
	struct buf *out;
	PangoContext *pango;
	cairo_surface_t *surface;
	cairo_t *cairo;
	int chapter; /* the last one of the outline */
};

static const unsigned char colours[PDF_COLOURS][3] = {
	[PDF_INK] = { 0x16, 0x25, 0x2c },	 [PDF_INK_2] = { 0x44, 0x54, 0x5b },
	[PDF_PASTEL] = { 0x13, 0x4b, 0x66 },	 [PDF_PASTEL_VEIL] = { 0xe2, 0xed, 0xf2 },
	[PDF_GAUDE] = { 0xe3, 0xb1, 0x36 },	 [PDF_HAIR] = { 0xc4, 0xc3, 0xbb },
	[PDF_EDGE] = { 0x80, 0x84, 0x7e },	 [PDF_SHADE] = { 0xf1, 0xef, 0xe9 },
	[PDF_WHITE] = { 0xff, 0xff, 0xff },	 [PDF_GARANCE] = { 0xa5, 0x2e, 0x39 },
	[PDF_SEA] = { 0xcf, 0xe0, 0xe6 },	 [PDF_LAND] = { 0xf8, 0xf5, 0xec },
	[PDF_OUTLINE] = { 0xcf, 0xc8, 0xb4 },	 [PDF_DOT] = { 0xcb, 0xcb, 0xc5 },
	[PDF_THREAD] = { 0xb4, 0x7a, 0x0e },	 [PDF_RAMP_0] = { 0xec, 0xe9, 0xdf },
	[PDF_RAMP_0 + 1] = { 0xd3, 0xe2, 0xe9 }, [PDF_RAMP_0 + 2] = { 0xab, 0xc9, 0xd6 },
	[PDF_RAMP_0 + 3] = { 0x7a, 0xab, 0xc2 }, [PDF_RAMP_0 + 4] = { 0x3e, 0x7f, 0x9e },
	[PDF_RAMP_5] = { 0x13, 0x4b, 0x66 },
};

/* A document that was not ended is given up: nothing more is written. */
static int pdf_free(struct pdf *p)
{
	p->out = NULL;
	if (p->cairo)
		cairo_destroy(p->cairo);
	if (p->surface) {
		cairo_surface_finish(p->surface);
		cairo_surface_destroy(p->surface);
	}
	if (p->pango)
		g_object_unref(p->pango);
	return 0;
}

static cairo_status_t append(void *closure, const unsigned char *data, unsigned len)
{
	struct pdf *p = closure;
	if (!p->out) /* given up */
		return CAIRO_STATUS_WRITE_ERROR;
	buf_add(p->out, data, len);
	return CAIRO_STATUS_SUCCESS;
}

static rc open_text(struct ctx *c, struct pdf *p, const char *language)
{
	PangoFontMap *map;
	TRY(pdf_fonts_map(c, &map));
	p->pango = pango_font_map_create_context(map);
	g_object_unref(map); /* the context holds it */
	cairo_font_options_t *o = cairo_font_options_create();
	cairo_font_options_set_hint_metrics(o, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_hint_style(o, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_antialias(o, CAIRO_ANTIALIAS_GRAY);
	pango_cairo_context_set_font_options(p->pango, o);
	cairo_font_options_destroy(o);
	pango_context_set_round_glyph_positions(p->pango, FALSE);
	pango_context_set_language(p->pango, pango_language_from_string(language));
	return OK;
}

rc pdf_begin(struct ctx *c, const struct pdf_info *info, struct buf *out, struct pdf **result)
{
	struct pdf *p = new_zero(c, struct pdf);
	talloc_set_destructor(p, pdf_free);
	p->out = out;
	TRY(open_text(c, p, info->language));
	p->surface = cairo_pdf_surface_create_for_stream(append, p, PDF_WIDTH, PDF_HEIGHT);
	char iso[21];
	instant_iso(info->created, iso);
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_TITLE, info->title);
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_AUTHOR, info->author);
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_CREATOR, "Maillage");
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_CREATE_DATE, iso);
	p->cairo = cairo_create(p->surface);
	*result = p;
	return OK;
}

void pdf_next_page(struct pdf *p)
{
	cairo_show_page(p->cairo);
}

rc pdf_end(struct ctx *c, struct pdf *p)
{
	cairo_show_page(p->cairo);
	cairo_status_t drawn = cairo_status(p->cairo);
	cairo_surface_finish(p->surface);
	cairo_status_t written = cairo_surface_status(p->surface);
	talloc_free(p);
	if (drawn != CAIRO_STATUS_SUCCESS || written != CAIRO_STATUS_SUCCESS)
		return fail(c, E_INTERNAL, "paper.not_drawn");
	return OK;
}

void pdf_tag(struct pdf *p, const char *tag)
{
	cairo_tag_begin(p->cairo, tag, NULL);
}

void pdf_untag(struct pdf *p, const char *tag)
{
	cairo_tag_end(p->cairo, tag);
}

void pdf_outline(struct pdf *p, int level, const char *text, size_t page)
{
	char where[40];
	int parent = level > 1 ? p->chapter : CAIRO_PDF_OUTLINE_ROOT;
	g_snprintf(where, sizeof where, "page=%zu", page);
	int id = cairo_pdf_surface_add_outline(p->surface, parent, text, where, CAIRO_PDF_OUTLINE_FLAG_OPEN);
	if (level <= 1)
		p->chapter = id;
}

/* ---- text ---- */

static void set_colour(struct pdf *p, enum pdf_colour colour)
{
	const unsigned char *v = colours[colour];
	cairo_set_source_rgb(p->cairo, v[0] / 255.0, v[1] / 255.0, v[2] / 255.0);
}

static void add_attribute(PangoAttrList *list, PangoAttribute *a, size_t from, size_t to)
{
	a->start_index = (guint)from;
	a->end_index = (guint)to;
	pango_attr_list_insert(list, a);
}

static void add_style(PangoAttrList *list, const struct pdf_style *style, size_t from, size_t to)
{
	PangoFontDescription *d = pango_font_description_new();
	pango_font_description_set_family(d, pdf_fonts_family(style->face));
	pango_font_description_set_weight(d, (PangoWeight)style->weight);
	pango_font_description_set_absolute_size(d, style->size * PANGO_SCALE);
	add_attribute(list, pango_attr_font_desc_new(d), from, to);
	pango_font_description_free(d);
	const unsigned char *v = colours[style->colour];
	add_attribute(list, pango_attr_foreground_new(v[0] * 257, v[1] * 257, v[2] * 257), from, to);
	add_attribute(list, pango_attr_line_height_new_absolute((int)(style->line * PANGO_SCALE)), from, to);
	if (style->tracking != 0)
		add_attribute(
			list,
			pango_attr_letter_spacing_new((int)(style->tracking * style->size * PANGO_SCALE)),
			from, to);
	if (style->face == PDF_TEXT) /* figures under figures */
		add_attribute(list, pango_attr_font_features_new("tnum=1"), from, to);
}

/* The length of "{er}" at s, when it raises an ordinal: one to three small
 * letters after a figure. 0 for any other brace. */
static size_t ordinal(const char *start, const char *s)
{
	if (s == start || s[0] != '{' || !g_ascii_isdigit(s[-1]))
		return 0;
	size_t n = strspn(s + 1, "abcdefghijklmnopqrstuvwxyz");
	return n >= 1 && n <= 3 && s[n + 1] == '}' ? n + 2 : 0;
}

/* Add s to text, raising what stands in braces. */
static void add_text(GString *text, PangoAttrList *list, const char *s, const struct pdf_style *style)
{
	char *valid = g_utf8_make_valid(s, -1);
	size_t from = text->len;
	GArray *raised = g_array_new(FALSE, FALSE, sizeof(size_t));
	for (const char *at = valid; *at;) {
		size_t n = ordinal(valid, at);
		if (n == 0) {
			g_string_append_c(text, *at++);
			continue;
		}
		g_array_append_val(raised, text->len);
		g_string_append_len(text, at + 1, (gssize)n - 2);
		g_array_append_val(raised, text->len);
		at += n;
	}
	add_style(list, style, from, text->len);
	/* What is raised stays inside its line: no line grows. */
	double rise = style->size * 0.34, small = style->line - 2 * rise;
	for (guint i = 0; i < raised->len; i += 2) {
		size_t a = g_array_index(raised, gsize, i), b = g_array_index(raised, gsize, i + 1);
		add_attribute(list, pango_attr_size_new_absolute((int)(style->size * 0.64 * PANGO_SCALE)), a,
			      b);
		add_attribute(list, pango_attr_rise_new((int)(rise * PANGO_SCALE)), a, b);
		add_attribute(list, pango_attr_line_height_new_absolute((int)(small * PANGO_SCALE)), a, b);
	}
	g_array_free(raised, TRUE);
	g_free(valid);
}

static PangoLayout *lay_out(struct pdf *p, const struct pdf_text *t)
{
	PangoLayout *l = pango_layout_new(p->pango);
	PangoAttrList *list = pango_attr_list_new();
	GString *text = g_string_new(NULL);
	if (t->s)
		add_text(text, list, t->s, t->style);
	if (t->minor && *t->minor) {
		if (text->len)
			add_text(text, list, t->gap ? t->gap : "  ", t->style);
		add_text(text, list, t->minor, t->minor_style);
	}
	pango_layout_set_text(l, text->str, (int)text->len);
	pango_layout_set_attributes(l, list);
	if (t->width > 0) {
		pango_layout_set_width(l, (int)ceil(t->width * PANGO_SCALE));
		pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
	}
	if (t->max_lines > 0) {
		pango_layout_set_height(l, -t->max_lines);
		pango_layout_set_ellipsize(l, PANGO_ELLIPSIZE_END);
	}
	if (t->right)
		pango_layout_set_alignment(l, PANGO_ALIGN_RIGHT);
	g_string_free(text, TRUE);
	pango_attr_list_unref(list);
	return l;
}

static struct pdf_size size_of(PangoLayout *l)
{
	PangoRectangle r;
	pango_layout_get_extents(l, NULL, &r);
	return (struct pdf_size){ (double)r.width / PANGO_SCALE, (double)r.height / PANGO_SCALE };
}

static bool empty(const struct pdf_text *t)
{
	return (!t->s || !*t->s) && (!t->minor || !*t->minor);
}

struct pdf_size pdf_measure(struct pdf *p, const struct pdf_text *t)
{
	if (empty(t))
		return (struct pdf_size){ 0, 0 };
	PangoLayout *l = lay_out(p, t);
	struct pdf_size size = size_of(l);
	g_object_unref(l);
	return size;
}

/* A light edge round letters; the pen comes back to where it stood. */
static void halo(struct pdf *p, PangoLayout *l, double thickness)
{
	double x, y;
	cairo_get_current_point(p->cairo, &x, &y);
	pango_cairo_layout_path(p->cairo, l);
	set_colour(p, PDF_LAND);
	cairo_set_line_width(p->cairo, thickness);
	cairo_set_line_join(p->cairo, CAIRO_LINE_JOIN_ROUND);
	cairo_stroke(p->cairo);
	cairo_move_to(p->cairo, x, y);
}

struct pdf_size pdf_write(struct pdf *p, const struct pdf_text *t, double x, double y)
{
	if (empty(t))
		return (struct pdf_size){ 0, 0 };
	PangoLayout *l = lay_out(p, t);
	struct pdf_size size = size_of(l);
	if (t->right && t->width <= 0)
		x -= size.w;
	cairo_move_to(p->cairo, x, y);
	if (t->halo)
		halo(p, l, t->style->size / 4);
	pango_cairo_show_layout(p->cairo, l);
	g_object_unref(l);
	return size;
}

/* ---- shapes ---- */

void pdf_rule(struct pdf *p, double x0, double x1, double y, double thickness, enum pdf_colour colour)
{
	pdf_fill(p, x0, y - thickness / 2, x1 - x0, thickness, colour);
}

void pdf_fill(struct pdf *p, double x, double y, double w, double h, enum pdf_colour colour)
{
	set_colour(p, colour);
	cairo_rectangle(p->cairo, x, y, w, h);
	cairo_fill(p->cairo);
}

void pdf_frame(struct pdf *p, double x, double y, double w, double h, double radius, enum pdf_colour colour)
{
	cairo_t *cr = p->cairo;
	cairo_new_sub_path(cr);
	cairo_arc(cr, x + w - radius, y + radius, radius, -G_PI / 2, 0);
	cairo_arc(cr, x + w - radius, y + h - radius, radius, 0, G_PI / 2);
	cairo_arc(cr, x + radius, y + h - radius, radius, G_PI / 2, G_PI);
	cairo_arc(cr, x + radius, y + radius, radius, G_PI, G_PI * 1.5);
	cairo_close_path(cr);
	set_colour(p, colour);
	cairo_set_line_width(cr, 0.75);
	cairo_stroke(cr);
}

/* One command of a path, its numbers read. */
static void path_step(cairo_t *cr, char command, const double *v)
{
	double x, y;
	cairo_get_current_point(cr, &x, &y);
	switch (command) {
	case 'M': cairo_move_to(cr, v[0], v[1]); break;
	case 'L': cairo_line_to(cr, v[0], v[1]); break;
	case 'H': cairo_line_to(cr, v[0], y); break;
	case 'V': cairo_line_to(cr, x, v[0]); break;
	case 'C': cairo_curve_to(cr, v[0], v[1], v[2], v[3], v[4], v[5]); break;
	case 'm': cairo_rel_move_to(cr, v[0], v[1]); break;
	case 'l': cairo_rel_line_to(cr, v[0], v[1]); break;
	case 'h': cairo_rel_line_to(cr, v[0], 0); break;
	case 'z':
	case 'Z': cairo_close_path(cr); break;
	}
}

static void add_path(cairo_t *cr, const char *s)
{
	static const char commands[] = "MLHVCZmlhz";
	static const int wants[] = { 2, 2, 1, 1, 6, 0, 2, 2, 1, 0 };
	char command = 'M';
	while (*s) {
		const char *known = strchr(commands, *s);
		if (known) {
			command = *known;
			s++;
		}
		double v[6];
		for (int i = 0; i < wants[strchr(commands, command) - commands]; i++) {
			char *end;
			s += strspn(s, " ,");
			v[i] = g_ascii_strtod(s, &end);
			g_assert(end > s); /* paths are the program's own */
			s = end;
		}
		path_step(cr, command, v);
		s += strspn(s, " ,");
	}
}

void pdf_clip(struct pdf *p, double x, double y, double w, double h)
{
	cairo_save(p->cairo);
	cairo_rectangle(p->cairo, x, y, w, h);
	cairo_clip(p->cairo);
}

void pdf_unclip(struct pdf *p)
{
	cairo_restore(p->cairo);
}

void pdf_draw(struct pdf *p, const struct pdf_shape *shape, double x, double y)
{
	pdf_draw_dashed(p, shape, x, y, 0);
}

void pdf_draw_dashed(struct pdf *p, const struct pdf_shape *shape, double x, double y, double dash)
{
	cairo_t *cr = p->cairo;
	cairo_save(cr);
	cairo_translate(cr, x, y);
	cairo_scale(cr, shape->scale, shape->scale);
	cairo_new_path(cr);
	add_path(cr, shape->path);
	cairo_restore(cr);
	if (shape->fill != PDF_NONE) {
		set_colour(p, shape->fill);
		cairo_set_fill_rule(cr, CAIRO_FILL_RULE_EVEN_ODD);
		cairo_fill_preserve(cr);
	}
	if (shape->stroke != PDF_NONE) {
		set_colour(p, shape->stroke);
		cairo_set_line_width(cr, shape->thickness);
		cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
		cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
		cairo_set_dash(cr, &dash, dash > 0 ? 1 : 0, 0);
		cairo_stroke_preserve(cr);
	}
	cairo_new_path(cr);
}

rc pdf_qr(struct ctx *c, struct pdf *p, const char *text, double x, double y, double side)
{
	QRcode *qr = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
	if (!qr)
		return fail(c, E_INVALID, "paper.qr_too_long");
	double module = side / qr->width;
	/* Neighbours in a row are one rectangle: no hairlines between them. */
	for (int row = 0; row < qr->width; row++) {
		const unsigned char *m = qr->data + (size_t)row * (size_t)qr->width;
		for (int from = 0, to; from < qr->width; from = to + 1) {
			for (to = from; to < qr->width && (m[to] & 1); to++)
				;
			if (to > from)
				cairo_rectangle(p->cairo, x + from * module, y + row * module,
						(to - from) * module, module);
		}
	}
	set_colour(p, PDF_INK);
	cairo_fill(p->cairo);
	QRcode_free(qr);
	return OK;
}
