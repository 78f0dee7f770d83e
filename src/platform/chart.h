/* chart.h - pictures of numbers, as HTML with SVG in it, the same for
 * everybody and without JavaScript. Positions are SVG attributes, mostly in
 * per cent of the width, so that lines stretch and text does not; colours are
 * classes of web/css/35-data.css and 36-charts.css, light and dark. Words come
 * translated, figures formatted; every string is escaped here. `title` names
 * the picture for those who do not see it and `desc`, which may be NULL, says
 * what it shows; a picture without title is decoration beside a text that says
 * the same. Numbers may be anything: what leaves the scale is cut there. */
#ifndef MAILLAGE_CHART_H
#define MAILLAGE_CHART_H

#include "base/buf.h"
#include "base/ctx.h"

/* ---- over the months ---- */

struct chart_point {
	int64_t x; /* days since the left end */
	int64_t y; /* thousandths */
};

struct chart_line {
	const struct chart_point *points; /* x ascending, up to now */
	size_t n;
	const struct chart_point *ahead; /* announced, after now: dashed */
	size_t n_ahead;
	bool dots;			   /* where it rises */
	const char *figure, *label, *note; /* at its end: "104", "crédits rendus", "12 annoncés" or NULL */
};

struct chart_month {
	int64_t x; /* first day */
	const char *label;
};

/* Two cumulated lines, used and given back, and what lies between them.
 * On a phone the labels at the ends become a legend below. */
struct chart_two_lines {
	const char *title, *desc;
	int64_t days;			  /* width of the picture */
	const struct chart_month *months; /* more than twelve: some are left out */
	size_t n_months;
	struct chart_line used, given;
	const char *gap_figure, *gap_label; /* "27", "à rendre"; NULL: no label */
	int64_t now;			    /* day; < 0: no line */
	const char *now_label;
};
void chart_two_lines(struct ctx *c, struct buf *b, const struct chart_two_lines *d);

/* ---- in a row of a table ---- */

/* A trend without axes. low and high are the scale that all rows share. */
struct chart_spark {
	const char *title;
	const int64_t *values;
	size_t n;
	int64_t low, high;
};
void chart_spark(struct buf *b, const struct chart_spark *d);

/* From the middle to the left what is owed, to the right what is due. `most`
 * is the largest distance from zero in the table. */
struct chart_balance {
	const char *title;
	int64_t value, most;
};
void chart_balance_bar(struct buf *b, const struct chart_balance *d);

/* ---- parts of a whole ---- */

enum chart_tone {
	CHART_PASTEL,
	CHART_GAUDE,
	CHART_OPEN, /* outlined: what is left */
	CHART_1,    /* the series, in order */
	CHART_2,
	CHART_3,
	CHART_4,
	CHART_5,
	CHART_OTHER,
	CHART_TONES
};

struct chart_part {
	int64_t value;
	enum chart_tone tone;
	const char *figure, *label;
};

/* One bar, its parts side by side, and a legend. Parts below zero are left out. */
struct chart_stack {
	const char *title;
	const struct chart_part *parts;
	size_t n;
};
void chart_stack(struct buf *b, const struct chart_stack *d);

/* One bar a line, under each its figure and label; the first is the measure. */
struct chart_funnel {
	const struct chart_part *parts;
	size_t n;
};
void chart_funnel_bars(struct buf *b, const struct chart_funnel *d);

/* ---- the hours of a day; minutes since midnight, from < to ---- */

struct day_span {
	int from, to;
};

/* So much of a pool is taken. */
struct day_step {
	int from, to;
	int64_t taken, free;
	bool few; /* almost full: said in ocre */
};

enum day_tone { DAY_BOOKED, DAY_HERE, DAY_WORKSHOP, DAY_ASKED, DAY_TONES };

struct day_block {
	int from, to;
	enum day_tone tone;
	const char *name, *note; /* note may be NULL */
};

struct day_row {
	const char *name, *note;      /* "Plateau partagé", "18 postes" */
	const char *desc;	      /* the row in words */
	int64_t capacity;	      /* > 0: a pool, shown by its steps; 0: a room, by its blocks */
	const struct day_step *steps; /* ascending */
	size_t n_steps;
	const struct day_block *blocks; /* ascending */
	size_t n_blocks;
	const struct day_span *closed; /* hatched */
	size_t n_closed;
};

struct day_timeline {
	const char *title;
	const char *scroll_title; /* of the part that scrolls on a phone */
	int from, to;		  /* what is shown, whole hours */
	const struct day_row *rows;
	size_t n_rows;
	int now; /* < 0 or outside: no line */
	const char *now_label, *now_desc;
	const char *free_word; /* in a room that is free for an hour or more */
	const char *key_taken, *key_free, *key_few, *key_here, *key_closed; /* of the legend */
	const char *key_workshop; /* NULL: there is none that day */
};
void day_timeline(struct ctx *c, struct buf *b, const struct day_timeline *d);

/* One cell of the week: a day's strip. Pools give steps, rooms blocks. What is
 * neither open nor anything stays hatched. Call week_patterns once before. */
struct week_strip {
	const char *title;
	int from, to;
	const struct day_span *open;
	size_t n_open;
	int64_t capacity;
	const struct day_step *steps;
	size_t n_steps;
	const struct day_block *blocks;
	size_t n_blocks;
};
void week_patterns(struct buf *b);
void week_strip(struct buf *b, const struct week_strip *d);
/* The hours over a day's column, such as 9, 13 and 19 h. */
void week_hours(struct buf *b, int from, int to, const int *hours, size_t n);

#endif
