/* pdf.h - drawing on A4 paper with the product's own fonts. Lengths are
 * points, from the top left corner of the page. Text stays text: it can be
 * searched, copied and read aloud; structure tags say what is what. The same
 * calls give the same bytes. Nothing of the machine's fonts is used. */
#ifndef MAILLAGE_PDF_H
#define MAILLAGE_PDF_H

#include "base/buf.h"
#include "base/ctx.h"

#define PDF_WIDTH  595.28
#define PDF_HEIGHT 841.89

enum pdf_face { PDF_TEXT, PDF_DISPLAY, PDF_VOICE, PDF_FACES };

enum pdf_colour {
	PDF_INK,
	PDF_INK_2, /* lighter text */
	PDF_PASTEL,
	PDF_PASTEL_VEIL,
	PDF_GAUDE,
	PDF_HAIR,  /* lines between rows */
	PDF_EDGE,  /* frames */
	PDF_SHADE, /* ground of a row set apart */
	PDF_WHITE,
	PDF_GARANCE,
	PDF_SEA, /* of maps, and what follows */
	PDF_LAND,
	PDF_OUTLINE,
	PDF_DOT,
	PDF_THREAD,
	PDF_RAMP_0, /* none */
	PDF_RAMP_5 = PDF_RAMP_0 + 5, /* all */
	PDF_COLOURS,
	PDF_NONE = -1
};

/* weight: 400, 500, 600 or 700. Between those the variable fonts have no
 * named instance, and cairo 1.16 then puts the regular outlines in the file. */
struct pdf_style {
	enum pdf_face face;
	int weight;
	double size, line; /* line: from one baseline to the next */
	double tracking;   /* between letters, in parts of the size */
	enum pdf_colour colour;
};

/* One piece of text. A brace form raises an ordinal: "3{e}", "1{er}". */
struct pdf_text {
	const char *s; /* NULL: nothing */
	const struct pdf_style *style;
	const char *minor; /* follows s, or NULL */
	const struct pdf_style *minor_style;
	const char *gap; /* between the two; NULL: two spaces */
	double width;	 /* wraps there; 0: one line, however long */
	int max_lines;	 /* then "…"; 0: as many as it takes */
	bool right;	 /* ends at x + width */
	bool halo;	 /* on a light edge, over a map */
};

struct pdf_size {
	double w, h;
};

struct pdf_info {
	const char *title;
	const char *author;
	const char *language; /* "fr" */
	instant created;
};

struct pdf;

/* Start a document with its first page; it is written to `out` as it grows
 * and lives in c->mem. talloc_free gives it up. E_IO: a font cannot be read. */
rc pdf_begin(struct ctx *c, const struct pdf_info *info, struct buf *out, struct pdf **p);
/* End this page, begin the next. */
void pdf_next_page(struct pdf *p);
/* End the last page and the document. E_INTERNAL: it could not be drawn. */
rc pdf_end(struct ctx *c, struct pdf *p);

struct pdf_size pdf_measure(struct pdf *p, const struct pdf_text *t);
/* Top left of the text at x, y; with `right` and no width, its top right. */
struct pdf_size pdf_write(struct pdf *p, const struct pdf_text *t, double x, double y);

/* A level line; y is its middle. */
void pdf_rule(struct pdf *p, double x0, double x1, double y, double thickness, enum pdf_colour colour);
void pdf_fill(struct pdf *p, double x, double y, double w, double h, enum pdf_colour colour);
/* An outlined box with round corners. */
void pdf_frame(struct pdf *p, double x, double y, double w, double h, double radius, enum pdf_colour colour);
/* What follows is drawn inside this box alone, until pdf_unclip. */
void pdf_clip(struct pdf *p, double x, double y, double w, double h);
void pdf_unclip(struct pdf *p);
/* An outline in SVG's path language (M L H V C Z, m l h z), scaled, at x, y. */
struct pdf_shape {
	const char *path;
	double scale;
	enum pdf_colour fill, stroke; /* or PDF_NONE */
	double thickness;	      /* of the stroke, in points */
};
void pdf_draw(struct pdf *p, const struct pdf_shape *shape, double x, double y);
/* The same with a broken line: dash points drawn, as many left out. */
void pdf_draw_dashed(struct pdf *p, const struct pdf_shape *shape, double x, double y, double dash);
/* A QR code of side points, without quiet zone. E_INVALID: too long. */
rc pdf_qr(struct ctx *c, struct pdf *p, const char *text, double x, double y, double side);

/* Structure for those who hear the document: "H1", "P", "Table", "TR", "TH",
 * "TD"... properly nested; what stands outside is decoration. */
void pdf_tag(struct pdf *p, const char *tag);
void pdf_untag(struct pdf *p, const char *tag);
/* A line of the list that readers show beside the pages: level 1 a chapter, 2 what is
 * under the last one. Pages count from 1; `text` is UTF-8. */
void pdf_outline(struct pdf *p, int level, const char *text, size_t page);

#endif
