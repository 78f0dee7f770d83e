#include "platform/chart.h"

#include <string.h>

#include "platform/chart_parts.h"
#include "platform/i18n.h"

void chart_percent(struct buf *b, int64_t part, int64_t whole)
{
	double v = whole > 0 ? (double)part / (double)whole * 10000 : 0;
	int hundredths = v <= 0 ? 0 : v >= 10000 ? 10000 : (int)(v + 0.5);
	buf_int(b, hundredths / 100);
	if (hundredths % 100) {
		buf_char(b, '.');
		buf_digits(b, (uint64_t)(hundredths % 100), 2);
	}
	buf_char(b, '%');
}

void chart_at(struct buf *b, const char *name, int64_t part, int64_t whole)
{
	buf_char(b, ' ');
	buf_str(b, name);
	buf_str(b, "=\"");
	chart_percent(b, part, whole);
	buf_char(b, '"');
}

void chart_open(struct buf *b, const char *title, const char *desc)
{
	if (!title) {
		buf_str(b, " aria-hidden=\"true\">");
		return;
	}
	buf_str(b, " role=\"img\"><title>");
	buf_html(b, title);
	buf_str(b, "</title>");
	if (desc) {
		buf_str(b, "<desc>");
		buf_html(b, desc);
		buf_str(b, "</desc>");
	}
}

void chart_key(struct buf *b, const char *key, const char *figure, const char *label)
{
	buf_fmt(b, "<li><span class=\"key key--%s\"></span>", key);
	buf_html(b, label);
	if (figure) {
		buf_str(b, " <b>");
		buf_html(b, figure);
		buf_str(b, "</b>");
	}
	buf_str(b, "</li>");
}

/* ---- in a row of a table ---- */

#define SPARK_W	 80
#define SPARK_H	 16
#define BALANCE	 160
#define BAR_FULL 78

/* A place on a scale of `size` steps, cut at its ends. */
static int on_scale(int64_t v, int64_t low, int64_t high, int size)
{
	double f = high > low ? ((double)v - (double)low) / ((double)high - (double)low) : 0.5;
	return f <= 0 ? 0 : f >= 1 ? size : (int)(f * size + 0.5);
}

/* In tenths of a unit, so that lines are smooth: "12.3" */
static void tenths(struct buf *b, int v)
{
	buf_int(b, v / 10);
	if (v % 10)
		buf_fmt(b, ".%d", v % 10);
}

static void spark_point(struct buf *b, const struct chart_spark *d, size_t i, char between)
{
	tenths(b, d->n > 1 ? (int)((double)i * SPARK_W * 10 / (double)(d->n - 1)) : SPARK_W * 10);
	buf_char(b, between);
	tenths(b, 20 + SPARK_H * 10 - on_scale(d->values[i], d->low, d->high, SPARK_H * 10));
}

void chart_spark(struct buf *b, const struct chart_spark *d)
{
	buf_str(b, "<svg class=\"trend\" viewBox=\"0 0 84 20\"");
	chart_open(b, d->title, NULL);
	if (d->low <= 0 && d->high >= 0) {
		int zero = 20 + SPARK_H * 10 - on_scale(0, d->low, d->high, SPARK_H * 10);
		buf_str(b, "<line x1=\"0\" x2=\"84\" y1=\"");
		tenths(b, zero);
		buf_str(b, "\" y2=\"");
		tenths(b, zero);
		buf_str(b, "\"/>");
	}
	if (d->n > 0) {
		buf_str(b, "<polyline points=\"");
		for (size_t i = 0; i < d->n; i++) {
			if (i)
				buf_char(b, ' ');
			spark_point(b, d, i, ',');
		}
		buf_str(b, "\"/><circle r=\"2.5\" cx=\"");
		tenths(b, SPARK_W * 10);
		buf_str(b, "\" cy=\"");
		tenths(b, 20 + SPARK_H * 10 - on_scale(d->values[d->n - 1], d->low, d->high, SPARK_H * 10));
		buf_str(b, "\"/>");
	}
	buf_str(b, "</svg>");
}

void chart_balance_bar(struct buf *b, const struct chart_balance *d)
{
	buf_fmt(b, "<svg class=\"balance-bar\" width=\"%d\" height=\"20\"", BALANCE);
	chart_open(b, d->title, NULL);
	if (d->value != 0) {
		double f = d->most > 0 ? (double)d->value / (double)d->most : 1;
		f = f < 0 ? -f : f;
		int w = f >= 1 ? BAR_FULL : (int)(f * BAR_FULL + 0.5);
		w = w < 1 ? 1 : w;
		bool owes = d->value < 0;
		buf_fmt(b, "<rect class=\"%s\" x=\"%d\" y=\"3\" width=\"%d\" height=\"14\" rx=\"1\"/>",
			owes ? "owe" : "due", owes ? BALANCE / 2 - w : BALANCE / 2, w);
	}
	buf_fmt(b, "<line class=\"zero\" x1=\"%d\" x2=\"%d\" y1=\"0\" y2=\"20\"/></svg>", BALANCE / 2,
		BALANCE / 2);
}

/* ---- parts of a whole ---- */

static const struct {
	const char *fill, *key;
} tones[CHART_TONES] = {
	[CHART_PASTEL] = { "fill-pastel", "pastel" },
	[CHART_GAUDE] = { "fill-gaude", "gaude" },
	[CHART_OPEN] = { "bar-rest", "open" },
	[CHART_1] = { "fill-1", "1" },
	[CHART_2] = { "fill-2", "2" },
	[CHART_3] = { "fill-3", "3" },
	[CHART_4] = { "fill-4", "4" },
	[CHART_5] = { "fill-5", "5" },
	[CHART_OTHER] = { "fill-0", "0" },
};

#define BAR_GAP	  40 /* between parts, in hundredths of a per cent */
#define BAR_LEAST 60 /* the least that is seen */

static double sum_of(const struct chart_part *parts, size_t n, int *shown)
{
	double sum = 0;
	*shown = 0;
	for (size_t i = 0; i < n; i++)
		if (parts[i].value > 0) {
			sum += (double)parts[i].value;
			++*shown;
		}
	return sum;
}

static void stack_bar(struct buf *b, const struct chart_stack *d)
{
	int shown, at = 0;
	double sum = sum_of(d->parts, d->n, &shown);
	/* Small parts take what makes them seen from the room that all share. */
	int room = 10000 - (shown > 0 ? shown - 1 : 0) * BAR_GAP - shown * BAR_LEAST;
	for (size_t i = 0; i < d->n; i++) {
		const struct chart_part *p = &d->parts[i];
		if (p->value <= 0)
			continue;
		int w = BAR_LEAST + (int)((double)p->value / sum * room);
		bool open = p->tone == CHART_OPEN;
		buf_fmt(b, "<rect class=\"%s\"", tones[p->tone].fill);
		chart_at(b, "x", at, 10000);
		chart_at(b, "width", w, 10000);
		/* An outline lies half outside its edge. */
		buf_str(b, open ? " y=\"1\" height=\"20\"/>" : " height=\"100%\"/>");
		at += w + BAR_GAP;
	}
}

void chart_stack(struct buf *b, const struct chart_stack *d)
{
	buf_str(b, "<svg class=\"bar bar--stack\"");
	chart_open(b, d->title, NULL);
	stack_bar(b, d);
	buf_str(b, "</svg><ul class=\"legend\">");
	for (size_t i = 0; i < d->n; i++)
		chart_key(b, tones[d->parts[i].tone].key, d->parts[i].figure, d->parts[i].label);
	buf_str(b, "</ul>");
}

void chart_funnel_bars(struct buf *b, const struct chart_funnel *d)
{
	int64_t most = d->n ? d->parts[0].value : 0;
	for (size_t i = 1; i < d->n; i++)
		most = d->parts[i].value > most ? d->parts[i].value : most;
	buf_str(b, "<ul class=\"funnel list\">");
	for (size_t i = 0; i < d->n; i++) {
		const struct chart_part *p = &d->parts[i];
		buf_str(b, "<li><svg class=\"bar bar--thin\"");
		chart_open(b, NULL, NULL);
		buf_str(b, "<rect class=\"fill-sunken\" width=\"100%\" height=\"100%\"/>");
		buf_fmt(b, "<rect class=\"%s\"", tones[p->tone].fill);
		chart_at(b, "width", p->value, most);
		buf_str(b, " height=\"100%\"/></svg><strong>");
		buf_html(b, p->figure);
		buf_str(b, "</strong> ");
		buf_html(b, p->label);
		buf_str(b, "</li>");
	}
	buf_str(b, "</ul>");
}
