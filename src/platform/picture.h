/* picture.h - a picture of fields, marks and words, made once and shown on a page
 * as SVG or on paper. Fields stretch with the picture; marks and words keep their
 * size. Colours are classes of web/css/37-map.css, light and dark, and the same on
 * paper. Every string is escaped here. */
#ifndef MAILLAGE_PICTURE_H
#define MAILLAGE_PICTURE_H

#include "base/buf.h"
#include "base/ctx.h"

enum picture_ink {
	PICTURE_SEA,
	PICTURE_ABROAD,
	PICTURE_LAND,
	PICTURE_OUTLINE,    /* a limit, drawn over what it bounds */
	PICTURE_LIMIT,	    /* the limit of a larger territory */
	PICTURE_CHOSEN,	    /* the limit of the one spoken of */
	PICTURE_RAMP,	    /* none; the five after it: little to all */
	PICTURE_RAMP_LAST = PICTURE_RAMP + 5,
	PICTURE_UNKNOWN,    /* nothing is known of this field */
	PICTURE_FRAME,	    /* of an inset */
	PICTURE_COMMUNES,
	PICTURE_THREAD,
	PICTURE_REACH,
	PICTURE_RING,
	PICTURE_HERE,
	PICTURE_MARK,
	PICTURE_MARK_ON,    /* the first of the list */
	PICTURE_MARK_FIND,  /* gold: where to open */
	PICTURE_MARK_MANY,  /* counts those that stand there */
	PICTURE_TOWN,
	PICTURE_TOWN_HERE,
	PICTURE_TOWN_FAR,
	PICTURE_COUNTY,
	PICTURE_RING_WORD,
	PICTURE_KEY_WORD,
	PICTURE_PAPER,	    /* what lies under the picture: hides what goes too far */
	PICTURE_INKS
};

/* A path in quarters of a unit: SVG's M, m, l, L, C, h, z, with whole numbers. */
struct picture_field {
	enum picture_ink ink;
	const char *path;
	int64_t thickness;  /* in tenths of a unit; 0: as the ink has it */
	const char *title;  /* said of it; NULL: nothing */
	const char *href;   /* leads there; needs a title */
};

enum picture_form { PICTURE_CIRCLE, PICTURE_SQUARE, PICTURE_DIAMOND, PICTURE_DOT, PICTURE_FORMS };

struct picture_mark {
	int64_t x, y;	    /* units */
	enum picture_form form;
	enum picture_ink ink;
	const char *text;   /* a number in it; NULL: empty */
	const char *name;   /* who it is, for those who do not see it */
	const char *href;   /* NULL: leads nowhere */
	const char *id;	    /* of the element, "m-1"; NULL: none */
	const char *ref;    /* data-ref: the line of a list that it is in step with; NULL: none */
	bool under;	    /* counted in another mark: there for the keyboard, seen when it is lit, not on paper */
};

enum picture_anchor { PICTURE_START, PICTURE_MIDDLE, PICTURE_END };

struct picture_word {
	int64_t x, y, dx, dy; /* units; then on from there, in pixels */
	enum picture_ink ink;
	enum picture_anchor anchor;
	const char *s;
	bool wide_only; /* no room for it on a phone */
};

/* Lives in c->mem of who began it. */
struct picture {
	int width, height;  /* units; a pixel or three quarters of a point each at natural size */
	const char *class;  /* of the <svg>; says its proportions (web/css/37-map.css) */
	bool covers;	    /* fills its box whatever its proportions, words and marks growing with it */
	const char *title, *desc;
	struct picture_field *fields;
	size_t n_fields;
	struct picture_mark *marks;
	size_t n_marks;
	struct picture_word *words;
	size_t n_words;
};

/* One more of each, in the order drawn: fields, words, marks. */
void picture_field(struct ctx *c, struct picture *p, struct picture_field f);
void picture_mark(struct ctx *c, struct picture *p, struct picture_mark m);
void picture_word(struct ctx *c, struct picture *p, struct picture_word w);

void picture_svg(const struct picture *p, struct buf *b);

/* On paper: width points wide, its top left corner at x, y; picture_points says how high. */
struct pdf;
void picture_pdf(struct pdf *pdf, const struct picture *p, double x, double y, double width);
double picture_points(const struct picture *p, double width);

/* For the way to the cage that draws paper (child.h): one text. E_INVALID: it is
 * not what picture_json writes. */
void picture_json(const struct picture *p, struct buf *b);
rc picture_read(struct ctx *c, const char *json, size_t len, struct picture *p);

#endif
