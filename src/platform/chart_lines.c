/* The two lines of a convention: what was used, what was given back. */
#include "platform/chart.h"
#include "platform/chart_parts.h"
#include "platform/i18n.h"

#define GRID   10000 /* both ways; stretched to the picture */
#define HEAD   625   /* above the uppermost tick */
#define HEIGHT 290   /* of the picture on a wide screen, for the labels alone */
#define LINE   20    /* between labels, there */
#define MOST   (INT64_C(1) << 60)

struct scale {
	int64_t days;
	int64_t step;	   /* between ticks, thousandths */
	int64_t low, high; /* at the lowest and uppermost tick */
};

static int64_t cut(int64_t v)
{
	return v > MOST ? MOST : v < -MOST ? -MOST : v;
}

static void widen(struct scale *s, const struct chart_point *points, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int64_t y = cut(points[i].y);
		s->high = y > s->high ? y : s->high;
		s->low = y < s->low ? y : s->low;
	}
}

/* Whole numbers at the ticks, 1, 2 or 5 times a power of ten apart, at most
 * five of them. */
static struct scale scale_of(const struct chart_two_lines *d)
{
	static const int factor[] = { 2, 5, 10 };
	struct scale s = { .days = d->days > 0 ? d->days : 1, .step = 1000 };
	widen(&s, d->used.points, d->used.n);
	widen(&s, d->used.ahead, d->used.n_ahead);
	widen(&s, d->given.points, d->given.n);
	widen(&s, d->given.ahead, d->given.n_ahead);
	for (int64_t power = 1000, i = 0; (s.high - s.low) / 4 > s.step; i++) {
		s.step = power * factor[i % 3];
		if (i % 3 == 2)
			power *= 10;
	}
	s.high = s.high <= 0 ? s.step : (s.high - 1) / s.step * s.step + s.step;
	s.low = s.low >= 0 ? 0 : -((-s.low - 1) / s.step * s.step + s.step);
	return s;
}

static int grid_x(const struct scale *s, int64_t x)
{
	double f = (double)x / (double)s->days * GRID;
	return f <= 0 ? 0 : f >= GRID ? GRID : (int)(f + 0.5);
}

static int grid_y(const struct scale *s, int64_t y)
{
	double f = ((double)cut(y) - (double)s->low) / ((double)s->high - (double)s->low);
	return GRID - (int)(f * (GRID - HEAD) + 0.5);
}

static void axes(struct ctx *c, struct buf *b, const struct chart_two_lines *d, const struct scale *s)
{
	for (int64_t y = s->low; y <= s->high; y += s->step) {
		int at = grid_y(s, y);
		buf_fmt(b, "<line class=\"%s\" x1=\"0\" x2=\"100%%\"", y == 0 ? "axis" : "grid");
		chart_at(b, "y1", at, GRID);
		chart_at(b, "y2", at, GRID);
		buf_str(b, "/><text class=\"tick\" x=\"-8\"");
		chart_at(b, "y", at, GRID);
		buf_str(b, " dy=\"4\" text-anchor=\"end\">");
		buf_html(b, fmt_int(c, y / 1000));
		buf_str(b, "</text>");
	}
	size_t each = (d->n_months + 11) / 12;
	for (size_t i = 0; i < d->n_months; i += each) {
		int64_t end = i + 1 < d->n_months ? d->months[i + 1].x : d->days;
		int middle = (grid_x(s, d->months[i].x) + grid_x(s, end)) / 2;
		/* A phone has room for every second one. */
		buf_fmt(b, "<text class=\"tick%s\"", i / each % 2 ? " tick--odd" : "");
		chart_at(b, "x", middle, GRID);
		buf_str(b, " y=\"100%\" dy=\"20\" text-anchor=\"middle\">");
		buf_html(b, d->months[i].label);
		buf_str(b, "</text>");
	}
}

static void path_to(struct buf *b, const struct scale *s, const struct chart_point *p, bool first)
{
	buf_fmt(b, "%c%d %d", first ? 'M' : 'L', grid_x(s, p->x), grid_y(s, p->y));
}

/* What is cumulated stays what it is: the line goes on to now. */
static struct chart_point end_of(const struct chart_two_lines *d, const struct chart_line *line)
{
	struct chart_point p = line->points[line->n - 1];
	p.x = p.x < d->now ? d->now : p.x;
	return p;
}

static void path(struct buf *b, const struct chart_two_lines *d, const struct scale *s,
		 const struct chart_line *line, int number)
{
	struct chart_point end;
	if (line->n > 0) {
		end = end_of(d, line);
		buf_fmt(b, "<path class=\"line stroke-%d\" d=\"", number);
		for (size_t i = 0; i < line->n; i++)
			path_to(b, s, &line->points[i], i == 0);
		path_to(b, s, &end, false);
		buf_str(b, "\"/>");
	}
	if (line->n_ahead > 0) {
		buf_fmt(b, "<path class=\"line stroke-%d dash\" d=\"", number);
		if (line->n > 0)
			path_to(b, s, &end, true);
		for (size_t i = 0; i < line->n_ahead; i++)
			path_to(b, s, &line->ahead[i], line->n == 0 && i == 0);
		buf_str(b, "\"/>");
	}
}

static int64_t last(const struct chart_line *line)
{
	return line->n ? cut(line->points[line->n - 1].y) : 0;
}

/* What stretches with the picture: the lines, and between them the debt, or
 * the advance once more was given than used. */
static void stretched(struct buf *b, const struct chart_two_lines *d, const struct scale *s)
{
	buf_fmt(b,
		"<svg viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\" width=\"100%%\" height=\"100%%\" "
		"overflow=\"visible\">",
		GRID, GRID);
	if (d->used.n > 0 && d->given.n > 0) {
		buf_fmt(b, "<path class=\"gap%s\" d=\"", last(&d->given) > last(&d->used) ? " gap--due" : "");
		struct chart_point up = end_of(d, &d->used), down = end_of(d, &d->given);
		for (size_t i = 0; i < d->used.n; i++)
			path_to(b, s, &d->used.points[i], i == 0);
		path_to(b, s, &up, false);
		path_to(b, s, &down, false);
		for (size_t i = d->given.n; i-- > 0;)
			path_to(b, s, &d->given.points[i], false);
		buf_str(b, "Z\"/>");
	}
	path(b, d, s, &d->used, 1);
	path(b, d, s, &d->given, 2);
	buf_str(b, "</svg>");
}

static void circle(struct buf *b, const struct scale *s, const struct chart_point *p, const char *class,
		   const char *radius)
{
	buf_fmt(b, "<circle class=\"%s\"", class);
	chart_at(b, "cx", grid_x(s, p->x), GRID);
	chart_at(b, "cy", grid_y(s, p->y), GRID);
	buf_fmt(b, " r=\"%s\"/>", radius);
}

static void dots(struct buf *b, const struct chart_two_lines *d, const struct scale *s,
		 const struct chart_line *line, int number)
{
	static const char *const open[] = { "point stroke-1", "point stroke-2" };
	static const char *const full[] = { "fill-1", "fill-2" };
	if (line->n == 0)
		return;
	struct chart_point end = end_of(d, line);
	for (size_t i = 1; line->dots && i < line->n; i++)
		if (line->points[i].y > line->points[i - 1].y && line->points[i].x < end.x)
			circle(b, s, &line->points[i], open[number - 1], "3.5");
	circle(b, s, &end, full[number - 1], number == 1 ? "4.5" : "5.5");
}

static void now_line(struct buf *b, const struct chart_two_lines *d, const struct scale *s)
{
	if (d->now < 0 || d->now > s->days)
		return;
	int x = grid_x(s, d->now);
	buf_str(b, "<line class=\"now\"");
	chart_at(b, "x1", x, GRID);
	chart_at(b, "x2", x, GRID);
	buf_str(b, " y1=\"-6\" y2=\"100%\"/><text class=\"now-text\"");
	chart_at(b, "x", x, GRID);
	/* On the side where there is room. */
	buf_fmt(b, " dx=\"%d\" y=\"4\" text-anchor=\"%s\">", x < GRID / 4 ? 6 : -6,
		x < GRID / 4 ? "start" : "end");
	buf_html(b, d->now_label);
	buf_str(b, "</text>");
}

/* ---- labels at the ends ---- */

struct label {
	const char *tone, *figure, *text, *note;
	bool tinted;   /* the text as well */
	int y, height; /* in pixels of HEIGHT: of the middle of the first line */
};

/* Push labels apart, keeping their order, then back up from the bottom. */
static void spread(struct label *labels, size_t n)
{
	for (size_t i = 1; i < n; i++)
		for (size_t j = i; j > 0 && labels[j].y < labels[j - 1].y; j--) {
			struct label t = labels[j];
			labels[j] = labels[j - 1];
			labels[j - 1] = t;
		}
	for (size_t i = 1; i < n; i++) {
		int least = labels[i - 1].y + labels[i - 1].height;
		labels[i].y = labels[i].y < least ? least : labels[i].y;
	}
	int most = HEIGHT;
	for (size_t i = n; i-- > 0;) {
		int y = most - labels[i].height;
		labels[i].y = labels[i].y > y + LINE / 2 ? y + LINE / 2 : labels[i].y;
		most = labels[i].y - LINE / 2;
	}
}

static int label_y(const struct scale *s, int64_t y)
{
	return grid_y(s, y) * HEIGHT / GRID;
}

static size_t labels_of(const struct chart_two_lines *d, const struct scale *s, struct label out[3])
{
	size_t n = 0;
	if (d->used.figure)
		out[n++] = (struct label){ "tone-pastel",
					   d->used.figure,
					   d->used.label,
					   d->used.note,
					   false,
					   label_y(s, last(&d->used)),
					   d->used.note ? 2 * LINE : LINE };
	if (d->gap_figure)
		out[n++] = (struct label){ last(&d->given) > last(&d->used) ? "tone-pastel" : "tone-ocre",
					   d->gap_figure,
					   d->gap_label,
					   NULL,
					   true,
					   label_y(s, last(&d->used) / 2 + last(&d->given) / 2),
					   LINE };
	if (d->given.figure)
		out[n++] = (struct label){ "tone-gaude",
					   d->given.figure,
					   d->given.label,
					   d->given.note,
					   false,
					   label_y(s, last(&d->given)),
					   d->given.note ? 2 * LINE : LINE };
	spread(out, n);
	return n;
}

static void write_label(struct buf *b, const struct label *l)
{
	buf_str(b, "<text x=\"100%\" dx=\"12\"");
	chart_at(b, "y", l->y, HEIGHT);
	buf_fmt(b, " dy=\"4\"%s%s%s><tspan class=\"big %s\">", l->tinted ? " class=\"" : "",
		l->tinted ? l->tone : "", l->tinted ? "\"" : "", l->tone);
	buf_html(b, l->figure);
	buf_str(b, "</tspan> ");
	buf_html(b, l->text);
	buf_str(b, "</text>");
	if (l->note) {
		buf_str(b, "<text class=\"label-note\" x=\"100%\" dx=\"12\"");
		chart_at(b, "y", l->y, HEIGHT);
		buf_str(b, " dy=\"22\">");
		buf_html(b, l->note);
		buf_str(b, "</text>");
	}
}

static void legend_item(struct buf *b, const char *key, const char *figure, const char *label)
{
	if (!figure)
		return;
	buf_fmt(b, "<li><span class=\"key key--%s\"></span><span><b>", key);
	buf_html(b, figure);
	buf_str(b, "</b> ");
	buf_html(b, label);
	buf_str(b, "</span></li>");
}

void chart_two_lines(struct ctx *c, struct buf *b, const struct chart_two_lines *d)
{
	struct scale s = scale_of(d);
	struct label labels[3];
	size_t n = labels_of(d, &s, labels);
	/* Four figures at the ticks want more room beside them. */
	buf_fmt(b, "<div class=\"plot plot--labelled%s\"><svg class=\"chart\"",
		s.high >= 1000000 ? " plot--wide" : "");
	chart_open(b, d->title, d->desc);
	axes(c, b, d, &s);
	stretched(b, d, &s);
	now_line(b, d, &s);
	dots(b, d, &s, &d->used, 1);
	dots(b, d, &s, &d->given, 2);
	buf_str(b, "<g class=\"label\">");
	for (size_t i = 0; i < n; i++)
		write_label(b, &labels[i]);
	buf_str(b, "</g></svg></div><ul class=\"legend plot-legend\">");
	legend_item(b, "1", d->used.figure, d->used.label);
	legend_item(b, "2", d->given.figure, d->given.label);
	legend_item(b, last(&d->given) > last(&d->used) ? "taken" : "few", d->gap_figure, d->gap_label);
	buf_str(b, "</ul>");
}
