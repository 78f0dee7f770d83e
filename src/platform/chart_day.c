/* The hours of a day: the host's screen, and a cell of the week. */
#include "platform/chart.h"
#include "platform/chart_parts.h"
#include "platform/i18n.h"

#define POOL_HEIGHT  66 /* of a row, as 35-data.css has it */
#define SMALL_HEIGHT 44
#define SMALL_POOL   6 /* up to so many places, a low row is enough */
#define FREE_MINUTES 60
#define STRIP_POOL   100 /* units a full pool is high */

/* Minutes of a row, cut to what is shown. */
struct hours {
	int from, to;
};

static int within(const struct hours *h, int when)
{
	int m = when < h->from ? h->from : when > h->to ? h->to : when;
	return m - h->from;
}

static int length(const struct hours *h)
{
	return h->to > h->from ? h->to - h->from : 1;
}

static void at(struct buf *b, const char *name, const struct hours *h, int when)
{
	chart_at(b, name, within(h, when), length(h));
}

/* x and width of a span; false when nothing of it is shown. */
static bool shown(const struct hours *h, int from, int to)
{
	return within(h, to) > within(h, from);
}

static void span(struct buf *b, const struct hours *h, int from, int to)
{
	at(b, "x", h, from);
	chart_at(b, "width", within(h, to) - within(h, from), length(h));
}

/* ---- the host's day ---- */

/* Every hour, or every second one of a long day. */
static int hour_step(const struct hours *h)
{
	return length(h) > 14 * 60 ? 120 : 60;
}

static void hour_labels(struct ctx *c, struct buf *b, const struct hours *h)
{
	buf_str(b, "<svg class=\"day-hours\" aria-hidden=\"true\">");
	for (int m = h->from; m < h->to; m += hour_step(h)) {
		/* A nested picture puts pixels beside a percentage. */
		buf_str(b, "<svg");
		at(b, "x", h, m);
		buf_str(b, " width=\"1\" height=\"26\" overflow=\"visible\"><text x=\"-2\" y=\"14\">");
		buf_html(b, fmt_minute(c, (minute){ m }));
		buf_str(b, "</text></svg>");
	}
	buf_str(b, "</svg>");
}

static void ground(struct buf *b, const struct hours *h, const struct day_row *row)
{
	for (size_t i = 0; i < row->n_closed; i++) {
		if (!shown(h, row->closed[i].from, row->closed[i].to))
			continue;
		buf_str(b, "<rect class=\"closed\" fill=\"url(#day-hatch)\"");
		span(b, h, row->closed[i].from, row->closed[i].to);
		buf_str(b, " height=\"100%\"/>");
	}
	for (int m = h->from; m <= h->to; m += 60) {
		buf_str(b, "<line class=\"hour\"");
		at(b, "x1", h, m);
		at(b, "x2", h, m);
		buf_str(b, " y1=\"0\" y2=\"100%\"/>");
	}
}

static bool same(const struct day_step *a, const struct day_step *b)
{
	return a->to == b->from && a->taken == b->taken && a->free == b->free && a->few == b->few;
}

/* The number of free places, on the first column of its step. */
static void free_number(struct ctx *c, struct buf *b, const struct hours *h, const struct day_step *step)
{
	const char *number = fmt_int(c, step->free);
	bool wide = step->free > 9;
	buf_str(b, "<svg");
	at(b, "x", h, step->from);
	buf_str(b, " width=\"44\" height=\"24\">");
	if (step->few)
		buf_fmt(b,
			"<rect class=\"few-veil\" x=\"4\" y=\"2\" width=\"%d\" height=\"19\" rx=\"3\"/>"
			"<text class=\"few\" x=\"%d\" y=\"17\" text-anchor=\"middle\">",
			wide ? 26 : 18, wide ? 17 : 13);
	else
		buf_str(b, "<text class=\"free\" x=\"9\" y=\"17\">");
	buf_html(b, number);
	buf_str(b, "</text></svg>");
}

static void pool(struct ctx *c, struct buf *b, const struct hours *h, const struct day_row *row)
{
	int height = row->capacity > SMALL_POOL ? POOL_HEIGHT : SMALL_HEIGHT;
	struct day_step *merged = new_array(c, struct day_step, row->n_steps);
	size_t n = 0;
	for (size_t i = 0; i < row->n_steps; i++) {
		if (n > 0 && same(&merged[n - 1], &row->steps[i]))
			merged[n - 1].to = row->steps[i].to;
		else
			merged[n++] = row->steps[i];
	}
	for (size_t i = 0; i < n; i++) {
		if (!shown(h, merged[i].from, merged[i].to))
			continue;
		double f = (double)merged[i].taken / (double)row->capacity;
		int taken = f <= 0 ? 1 : f >= 1 ? height - 1 : (int)(f * height + 0.5);
		buf_str(b, "<rect class=\"taken\"");
		span(b, h, merged[i].from, merged[i].to);
		buf_fmt(b, " y=\"%d\" height=\"%d\"/><line class=\"level\"", height - taken, taken);
		at(b, "x1", h, merged[i].from);
		at(b, "x2", h, merged[i].to);
		buf_fmt(b, " y1=\"%d\" y2=\"%d\"/>", height - taken, height - taken);
	}
	for (size_t i = 0; i < n; i++)
		if (shown(h, merged[i].from, merged[i].to))
			free_number(c, b, h, &merged[i]);
}

static const char *const block_class[DAY_TONES] = {
	[DAY_BOOKED] = "", [DAY_HERE] = "--here", [DAY_WORKSHOP] = "--workshop", [DAY_ASKED] = "--ask"
};

/* Names are cut with "…" at the edge of their block: text in SVG cannot do
 * that, HTML inside it can. */
static void block(struct buf *b, const struct hours *h, const struct day_block *k)
{
	if (!shown(h, k->from, k->to))
		return;
	const char *tone = block_class[k->tone];
	buf_str(b, "<svg y=\"5\" height=\"36\"");
	span(b, h, k->from, k->to);
	buf_fmt(b, "><rect class=\"block%s%s\" width=\"100%%\" height=\"100%%\" rx=\"4\"/>",
		*tone ? " block" : "", tone);
	buf_fmt(b, "<rect class=\"block-edge%s%s\" width=\"3\" height=\"100%%\"/>",
		*tone ? " block-edge" : "", tone);
	buf_str(b,
		"<foreignObject width=\"100%\" height=\"100%\"><div xmlns=\"http://www.w3.org/1999/xhtml\" "
		"class=\"block-words\"><b>");
	buf_html(b, k->name);
	buf_str(b, "</b>");
	if (k->note) {
		buf_str(b, "<span>");
		buf_html(b, k->note);
		buf_str(b, "</span>");
	}
	buf_str(b, "</div></foreignObject></svg>");
}

static void free_word(struct buf *b, const struct hours *h, const char *word, int from, int to)
{
	if (!word || within(h, to) - within(h, from) < FREE_MINUTES)
		return;
	buf_str(b, "<svg");
	at(b, "x", h, from);
	buf_str(b, " width=\"60\" height=\"46\"><text class=\"free free--word\" x=\"7\" y=\"27\">");
	buf_html(b, word);
	buf_str(b, "</text></svg>");
}

/* The open part of [from, to): say that it is free, once in each open piece. */
static void free_between(struct buf *b, const struct day_timeline *d, const struct day_row *row, int from,
			 int to)
{
	const struct hours h = { d->from, d->to };
	for (size_t i = 0; i < row->n_closed && from < to; i++) {
		const struct day_span *closed = &row->closed[i];
		if (closed->to <= from || closed->from >= to)
			continue;
		free_word(b, &h, d->free_word, from, closed->from);
		from = closed->to;
	}
	if (from < to)
		free_word(b, &h, d->free_word, from, to);
}

static void room(struct buf *b, const struct day_timeline *d, const struct day_row *row)
{
	const struct hours h = { d->from, d->to };
	int from = d->from;
	for (size_t i = 0; i < row->n_blocks; i++) {
		const struct day_block *k = &row->blocks[i];
		block(b, &h, k);
		if (k->from > from)
			free_between(b, d, row, from, k->from);
		from = k->to > from ? k->to : from;
	}
	free_between(b, d, row, from, d->to);
}

static void row_of(struct ctx *c, struct buf *b, const struct day_timeline *d, const struct day_row *row)
{
	const struct hours h = { d->from, d->to };
	buf_str(b, "<p class=\"day-name\">");
	buf_html(b, row->name);
	buf_str(b, "<span>");
	buf_html(b, row->note);
	buf_fmt(b, "</span></p><svg class=\"day-row%s\"", row->capacity > SMALL_POOL ? " day-row--pool" : "");
	chart_open(b, row->name, row->desc);
	ground(b, &h, row);
	if (row->capacity > 0)
		pool(c, b, &h, row);
	else
		room(b, d, row);
	buf_str(b, "</svg>");
}

static void now_line(struct buf *b, const struct day_timeline *d)
{
	const struct hours h = { d->from, d->to };
	if (d->now < d->from || d->now > d->to)
		return;
	buf_str(b, "<svg class=\"day-now\"");
	chart_open(b, d->now_desc, NULL);
	buf_str(b, "<svg overflow=\"visible\"");
	at(b, "x", &h, d->now);
	buf_str(b,
		"><line y1=\"11\" y2=\"100%\"/><rect x=\"-28\" width=\"56\" height=\"22\" rx=\"4\"/><text y=\"15\">");
	buf_html(b, d->now_label);
	buf_str(b, "</text></svg></svg>");
}

void day_timeline(struct ctx *c, struct buf *b, const struct day_timeline *d)
{
	const struct hours h = { d->from, d->to };
	buf_str(b, "<section class=\"day\" aria-label=\"");
	buf_html(b, d->title);
	buf_str(b,
		"\"><svg class=\"defs\" width=\"0\" height=\"0\" aria-hidden=\"true\"><pattern id=\"day-hatch\" width=\"8\" "
		"height=\"8\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect class=\"hatch-bar\" "
		"width=\"4\" height=\"8\"/></pattern></svg><div class=\"day-scroll\" tabindex=\"0\" role=\"group\" "
		"aria-label=\"");
	buf_html(b, d->scroll_title);
	buf_str(b, "\"><div class=\"day-grid\">");
	hour_labels(c, b, &h);
	for (size_t i = 0; i < d->n_rows; i++)
		row_of(c, b, d, &d->rows[i]);
	now_line(b, d);
	buf_str(b, "</div></div><ul class=\"legend\">");
	chart_key(b, "taken", NULL, d->key_taken);
	chart_key(b, "free", NULL, d->key_free);
	chart_key(b, "few", NULL, d->key_few);
	chart_key(b, "here", NULL, d->key_here);
	if (d->key_workshop)
		chart_key(b, "workshop", NULL, d->key_workshop);
	chart_key(b, "closed", NULL, d->key_closed);
	buf_str(b, "</ul></section>");
}

/* ---- a cell of the week ---- */

void week_patterns(struct buf *b)
{
	buf_str(b,
		"<svg class=\"defs\" width=\"0\" height=\"0\" aria-hidden=\"true\"><pattern id=\"week-ask\" width=\"30\" "
		"height=\"1\" patternUnits=\"userSpaceOnUse\"><rect class=\"ask-bar\" width=\"18\" height=\"1\"/></pattern>"
		"</svg>");
}

static void strip_rect(struct buf *b, const struct hours *h, const char *paint, int from, int to, int high)
{
	if (!shown(h, from, to) || high <= 0)
		return;
	buf_fmt(b, "<rect %s x=\"%d\" width=\"%d\" y=\"%d\" height=\"%d\"/>", paint, within(h, from),
		within(h, to) - within(h, from), STRIP_POOL - high, high);
}

static void strip_steps(struct buf *b, const struct hours *h, const struct week_strip *d)
{
	for (size_t i = 0; i < d->n_steps; i++) {
		const struct day_step *s = &d->steps[i];
		double f = (double)s->taken / (double)d->capacity;
		int high = f <= 0 ? 0 : f >= 1 ? STRIP_POOL : (int)(f * STRIP_POOL + 0.5);
		const char *paint = s->free <= 0 ? "class=\"full\""
				    : s->few	 ? "class=\"tight\""
						 : "class=\"booked\"";
		strip_rect(b, h, paint, s->from, s->to, high);
	}
}

void week_strip(struct buf *b, const struct week_strip *d)
{
	static const char *const paint[DAY_TONES] = { [DAY_BOOKED] = "class=\"room\"",
						      [DAY_HERE] = "class=\"here\"",
						      [DAY_WORKSHOP] = "class=\"workshop\"",
						      [DAY_ASKED] = "class=\"ask\" fill=\"url(#week-ask)\"" };
	const struct hours h = { d->from, d->to };
	buf_fmt(b, "<svg class=\"week-strip%s\" viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\"",
		d->capacity > 0 ? " week-strip--pool" : "", length(&h), STRIP_POOL);
	chart_open(b, d->title, NULL);
	for (size_t i = 0; i < d->n_open; i++)
		strip_rect(b, &h, "class=\"open\"", d->open[i].from, d->open[i].to, STRIP_POOL);
	if (d->capacity > 0)
		strip_steps(b, &h, d);
	else
		for (size_t i = 0; i < d->n_blocks; i++)
			strip_rect(b, &h, paint[d->blocks[i].tone], d->blocks[i].from, d->blocks[i].to,
				   STRIP_POOL);
	buf_str(b, "</svg>");
}

void week_hours(struct buf *b, int from, int to, const int *hours, size_t n)
{
	const struct hours h = { from, to };
	buf_str(b, "<svg class=\"week-hours\" aria-hidden=\"true\">");
	for (size_t i = 0; i < n; i++) {
		buf_str(b, "<text");
		at(b, "x", &h, hours[i]);
		buf_str(b, " y=\"12\">");
		buf_int(b, hours[i] / 60);
		buf_str(b, "</text>");
	}
	buf_str(b, "</svg>");
}
