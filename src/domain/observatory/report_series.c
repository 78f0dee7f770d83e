/* The chapter of what bears a year: small charts side by side, then the years as a table. */
#include "observatory/report_parts.h"
#include "observatory/series.h"
#include "platform/i18n.h"

#define ADD(kind, text) document_add(c, &r->document, DOCUMENT_##kind, text)
#define LAST_YEARS	15 /* in the table */
#define SHOWN_YEARS	30 /* in a chart */

enum { WIDE = 600, PANEL = 285, GAP = 30, HIGH = 150, TITLE = 20, TOP = 44, FLOOR = 122, YEARS = 139 };

/* A line of the chapter: places open at the end of each year, then what is counted in one. */
struct line {
	const char *label;
	int what; /* enum series_what, or -1: places open */
	bool dated;
};

static bool is_said(const struct series_page *v, int what)
{
	for (size_t i = 0; i < v->lines.n; i++)
		if (v->lines.items[i].what == what)
			return true;
	return false;
}

static size_t lines_of(struct ctx *c, const struct series_page *v, struct line out[SERIES_WHAT_COUNT + 1])
{
	size_t n = 0;
	if (is_said(v, SERIES_WHAT_OPENED))
		out[n++] = (struct line){ T(c, "report.open_then"), -1, true };
	for (int k = 0; k < SERIES_WHAT_COUNT; k++)
		if (is_said(v, k))
			out[n++] = (struct line){ i18n_word(c, &series_what_words, k), k,
						  k <= SERIES_WHAT_CLOSED };
	return n;
}

/* NONE: nobody says anything of that year. */
static int64_t value_of(const struct series_page *v, const struct line *l, size_t year)
{
	const struct series_cell *cells = v->years.items[year].cells.items;
	int64_t open = 0;
	if (l->what >= 0)
		return cells[l->what].n || l->dated ? cells[l->what].total : NONE;
	for (size_t i = 0; i <= year; i++)
		open += v->years.items[i].cells.items[SERIES_WHAT_OPENED].n -
			v->years.items[i].cells.items[SERIES_WHAT_CLOSED].n;
	return open;
}

static void word(struct ctx *c, struct picture *p, int64_t x, int64_t y, enum picture_anchor anchor,
		 const char *s)
{
	picture_word(
		c, p,
		(struct picture_word){ .x = x, .y = y, .ink = PICTURE_KEY_WORD, .anchor = anchor, .s = s });
}

static void bar(struct ctx *c, struct picture *p, int64_t x, int64_t floor, int64_t wide, int64_t high,
		bool last)
{
	picture_field(c, p,
		      (struct picture_field){
			      .ink = PICTURE_RAMP + (last ? 5 : 3),
			      .path = fmt(c, "M%lld %lldl%lld 0l0 %lldl%lld 0z", (long long)(4 * x + 1),
					  (long long)(4 * (floor - high)), (long long)(4 * wide - 2),
					  (long long)(4 * high), (long long)(2 - 4 * wide)) });
}

/* The years of one line as bars; the highest and the last bear their number. */
static void panel(struct ctx *c, struct picture *p, const struct series_page *v, const struct line *l,
		  size_t place)
{
	int64_t x0 = place % 2 ? PANEL + GAP : 0, y0 = (int64_t)(place / 2) * HIGH, most = 1;
	size_t all = v->years.n, from = all > SHOWN_YEARS ? all - SHOWN_YEARS : 0, n, best = from;
	while (from + 1 < all && (value_of(v, l, from) == NONE || !value_of(v, l, from)))
		from++;
	n = all - from;
	for (size_t i = from; i < all; i++)
		if (value_of(v, l, i) != NONE && value_of(v, l, i) > most) {
			most = value_of(v, l, i);
			best = i;
		}
	int64_t slot = PANEL / (int64_t)(n < 5 ? 5 : n);
	word(c, p, x0, y0 + TITLE, PICTURE_START, l->label);
	for (size_t i = from; i < all; i++) {
		int64_t value = value_of(v, l, i), x = x0 + (int64_t)(i - from) * slot;
		int64_t high = value == NONE ? 0 : value * (FLOOR - TOP) / most;
		if (high)
			bar(c, p, x, y0 + FLOOR, slot, high, i + 1 == all);
		if (value != NONE && (i + 1 == all || (i == best && all - i > 3)))
			word(c, p, x + slot / 2, y0 + FLOOR - high - 5, PICTURE_MIDDLE, fmt_int(c, value));
	}
	word(c, p, x0, y0 + YEARS, PICTURE_START, fmt(c, "%lld", (long long)v->years.items[from].year));
	if (n > 1)
		word(c, p, x0 + slot * (int64_t)n, y0 + YEARS, PICTURE_END,
		     fmt(c, "%lld", (long long)v->years.items[all - 1].year));
}

static void charts(struct ctx *c, struct report *r, const struct series_page *v, const struct line *lines,
		   size_t n)
{
	static const char *const classes[] = { "map--bars-1", "map--bars-2", "map--bars-3", "map--bars-4" };
	size_t rows = (n + 1) / 2;
	struct picture p = { .width = WIDE,
			     .height = HIGH * (int)rows,
			     .class = classes[rows - 1],
			     .title = T(c, "report.series") };
	for (size_t i = 0; i < n; i++)
		panel(c, &p, v, &lines[i], i);
	report_picture(c, r, &p, 0, T(c, "report.series_note"));
}

static void years_table(struct ctx *c, struct report *r, const struct series_page *v,
			const struct line *lines, size_t n)
{
	struct document_column columns[DOCUMENT_COLUMNS] = { { T(c, "report.year"), 44, false } };
	size_t from = v->years.n > LAST_YEARS ? v->years.n - LAST_YEARS : 0;
	struct rows rows = rows_of(c, LAST_YEARS);
	for (size_t k = 0; k < n; k++)
		columns[k + 1] = (struct document_column){ lines[k].label, 0, true };
	for (size_t i = v->years.n; i-- > from;) {
		struct document_row *row = &rows.items[rows.n++];
		row->cells[0] = fmt(c, "%lld", (long long)v->years.items[i].year);
		for (size_t k = 0; k < n; k++) {
			int64_t value = value_of(v, &lines[k], i);
			row->cells[k + 1] = value == NONE ? "–" : fmt_int(c, value);
		}
	}
	report_table(c, r, columns, n + 1, &rows);
}

rc report_series(struct ctx *c, struct report *r)
{
	struct series_page *v = new_zero(c, struct series_page);
	struct line lines[SERIES_WHAT_COUNT + 1];
	v->scope = r->scope;
	TRY(series_fill(c, v));
	ADD(H1, T(c, "report.series"));
	if (!v->years.n) {
		ADD(TEXT, T(c, "series.none"));
		return OK;
	}
	size_t n = lines_of(c, v, lines);
	ADD(LEAD, T(c, "report.series_lead"));
	charts(c, r, v, lines, n);
	years_table(c, r, v, lines, n);
	ADD(NOTE, T(c, "series.note"));
	return OK;
}
