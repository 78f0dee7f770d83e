#include "observatory/observatory.h"

#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "observatory/density.h"
#include "observatory/indicator_sql.h"
#include "observatory/printed.h"
#include "platform/chart.h"
#include "platform/chart_parts.h"
#include "platform/i18n.h"

#define YEARS 120

struct year_count_list years_of(struct ctx *c, const struct place_fact_list *places)
{
	struct year_count_list l = { NULL, 0 };
	int64_t first = INT64_MAX, last = NONE;
	for (size_t i = 0; i < places->n; i++) {
		int64_t year = places->items[i].year;
		if (year == NONE)
			continue;
		first = year < first ? year : first;
		last = year > last ? year : last;
	}
	if (last == NONE)
		return l;
	/* A single old place does not make the picture unreadable. */
	first = last - first >= YEARS ? last - YEARS + 1 : first;
	l.n = (size_t)(last - first + 1);
	l.items = new_array(c, struct year_count, l.n);
	for (size_t i = 0; i < l.n; i++)
		l.items[i].year = first + (int64_t)i;
	for (size_t i = 0; i < places->n; i++)
		if (places->items[i].year >= first)
			l.items[places->items[i].year - first].n++;
	return l;
}

/* ---- pictures ---- */

/* Few years are no walls: a bar is a twelfth of the width at most, and a lone place a quarter of the height. */
enum { HEIGHT = 170, TOP = 22, FLOOR = 146, LEAST_YEARS = 12, LEAST = 4 };

static void year_bar(struct ctx *c, struct buf *b, const struct year_count_list *l, size_t i, int64_t most)
{
	const struct year_count *y = &l->items[i];
	bool few = l->n < LEAST_YEARS;
	int64_t slots = (int64_t)(few ? LEAST_YEARS : l->n) * 20, x = (int64_t)i * 20;
	int high = (int)(y->n * (FLOOR - TOP) / most);
	if (y->n) {
		buf_fmt(b, "<rect class=\"%s\" rx=\"2\" y=\"%d\" height=\"%d\"",
			y->year >= 2015 && y->year <= 2018 ? "fill-1" : "fill-1-soft", FLOOR - high, high);
		chart_at(b, "x", x + 1, slots);
		chart_at(b, "width", 18, slots);
		buf_fmt(b, "/><text class=\"label\" text-anchor=\"middle\" y=\"%d\"", FLOOR - high - 7);
		chart_at(b, "x", x + 10, slots);
		buf_fmt(b, ">%s</text>", fmt_int(c, y->n));
	}
	if (i == 0 || i + 1 == l->n || (y->year % 5 == 0 && i > 2 && i + 3 < l->n)) {
		bool last = i + 1 == l->n && !few, first = i == 0 && !few;
		buf_fmt(b, "<text class=\"tick\" y=\"%d\" text-anchor=\"%s\"", HEIGHT - 6,
			last	? "end"
			: first ? "start"
				: "middle");
		chart_at(b, "x", last ? slots : first ? 0 : x + 10, slots);
		buf_fmt(b, ">%lld</text>", (long long)y->year);
	}
}

void years_chart(struct ctx *c, struct buf *b, const char *title, const struct year_count_list *l)
{
	int64_t most = LEAST;
	struct buf words;
	buf_init(&words, c->mem, 200);
	for (size_t i = 0; i < l->n; i++) {
		most = l->items[i].n > most ? l->items[i].n : most;
		if (l->items[i].n)
			buf_fmt(&words, "%s%lld : %lld", words.len ? ", " : "", (long long)l->items[i].year,
				(long long)l->items[i].n);
	}
	buf_fmt(b, "<svg class=\"chart chart-years\" height=\"%d\"", HEIGHT);
	chart_open(b, title, words.s);
	for (size_t i = 0; i < l->n; i++)
		year_bar(c, b, l, i, most);
	buf_fmt(b, "<line class=\"axis\" x1=\"0\" x2=\"100%%\" y1=\"%d\" y2=\"%d\"/></svg>", FLOOR, FLOOR);
}

const char *bar_width(struct ctx *c, int64_t part, int64_t most)
{
	struct buf b;
	buf_init(&b, c->mem, 16);
	chart_percent(&b, part, most > 0 ? most : 1);
	return b.s;
}

static void status_chart(struct ctx *c, struct observatory_page *v)
{
	struct chart_part parts[4];
	static const enum chart_tone tones[] = { CHART_1, CHART_4, CHART_2, CHART_OTHER };
	struct buf b;
	for (size_t i = 0; i < 4; i++)
		parts[i] = (struct chart_part){ v->statuses.items[i].n, tones[i],
						fmt_int(c, v->statuses.items[i].n),
						v->statuses.items[i].label };
	buf_init(&b, c->mem, 1000);
	chart_stack(&b, &(struct chart_stack){ T(c, "observatory.status"), parts, 4 });
	v->status_chart = (html){ b.s };
}

/* ---- what is counted ---- */

/* A Scic that the study prints as "Scop > Scic" is on its way too. */
static void fill_statuses(struct ctx *c, const struct place_fact_list *places, struct observatory_page *v)
{
	struct place_fact_list all = indicator_records(c, INDICATOR_SCIC, RECORD_PART_COUNTED, places);
	int64_t on_the_way = 0;
	for (size_t i = 0; i < all.n; i++) {
		const struct place_fact *p = &all.items[i];
		on_the_way += p->legal_note ? strcmp(p->legal_note, "Scic") != 0
					    : !p->legal_form || strcmp(p->legal_form, "scic") != 0;
	}
	int64_t scop = (int64_t)indicator_records(c, INDICATOR_SCOP, RECORD_PART_COUNTED, places).n;
	const struct status_count counts[] = {
		{ T(c, "observatory.scic"), (int64_t)all.n - on_the_way },
		{ T(c, "observatory.becoming"), on_the_way },
		{ T(c, "observatory.scop"), scop },
		{ T(c, "observatory.other"), (int64_t)places->n - (int64_t)all.n - scop },
	};
	v->statuses = (struct status_count_list){ talloc_memdup(c->mem, counts, sizeof counts), 4 };
	status_chart(c, v);
}

static void fill_heads(struct ctx *c, const struct figure_list *all, struct observatory_page *v)
{
	static const int heads[] = { INDICATOR_PLACES,	     INDICATOR_SCIC, INDICATOR_LAUNCHED,
				     INDICATOR_REVENUE_MEAN, INDICATOR_CAE,  INDICATOR_CENSUS };
	v->heads.items = new_array(c, struct figure, sizeof heads / sizeof *heads);
	for (size_t k = 0; k < sizeof heads / sizeof *heads; k++)
		for (size_t i = 0; i < all->n; i++)
			if (all->items[i].key == heads[k])
				v->heads.items[v->heads.n++] = all->items[i];
}

static int by_density(const void *a, const void *b)
{
	const struct region_line *x = a, *y = b;
	return (x->inhabitants > y->inhabitants) - (x->inhabitants < y->inhabitants);
}

/* The study's table knows regions by their names alone. */
static rc link_regions(struct ctx *c, struct observatory_page *v)
{
	struct territory_option_list all;
	TRY(territory_regions(c, &all));
	for (size_t i = 0; i < v->regions.n; i++)
		for (size_t k = 0; k < all.n; k++)
			if (strcmp(fold(c, all.items[k].name), fold(c, v->regions.items[i].name)) == 0)
				v->regions.items[i].link = territory_link(
					c, &v->scope,
					territory_ref(c, TERRITORY_KIND_REGION, all.items[k].code));
	return OK;
}

static void measure(struct ctx *c, struct region_line_list *l)
{
	int64_t most = 0;
	for (size_t i = 0; i < l->n; i++)
		most = l->items[i].inhabitants > most ? l->items[i].inhabitants : most;
	for (size_t i = 0; i < l->n; i++)
		l->items[i].width = bar_width(c, l->items[i].inhabitants, most);
	if (l->n)
		qsort(l->items, l->n, sizeof *l->items, by_density);
}

/* What the study prints by region: its census, not its inventory. */
static rc printed_regions(struct ctx *c, struct observatory_page *v)
{
	struct printed_fact_list l;
	TRY(printed_sheet(c, "region", &l));
	v->census = printed_units(&l, "TOTAL", "places_outside_metropoles");
	v->regions = (struct region_line_list){ new_array(c, struct region_line, l.n + 1), 0 };
	for (size_t i = 0; i < l.n; i++)
		if (strcmp(l.items[i].figure, "inhabitants_per_place") == 0)
			v->regions.items[v->regions.n++] = (struct region_line){
				.code = "",
				.name = l.items[i].line,
				.places = printed_units(&l, l.items[i].line, "places_outside_metropoles"),
				.inhabitants = l.items[i].milli / 1000,
			};
	return OK;
}

static rc counted_regions(struct ctx *c, struct observatory_page *v)
{
	struct density_row_list l;
	TRY(density_rows(c, &v->scope, TERRITORY_KIND_REGION, &l));
	v->regions = (struct region_line_list){ new_array(c, struct region_line, l.n + 1), 0 };
	for (size_t i = 0; i < l.n; i++)
		if (l.items[i].places)
			v->regions.items[v->regions.n++] = (struct region_line){
				.code = l.items[i].code,
				.name = l.items[i].name,
				.places = l.items[i].places,
				.inhabitants = l.items[i].inhabitants
			};
	return OK;
}

rc observatory_fill(struct ctx *c, struct observatory_page *v)
{
	struct place_fact_list places;
	struct figure_list all;
	struct buf b;
	TRY(indicator_places_of(c, &v->scope, &places));
	TRY(indicator_figures(c, &v->scope, &places, &all));
	v->at = c->now;
	v->n_places = (int64_t)places.n;
	fill_heads(c, &all, v);
	if (v->scope.source == FIGURE_SOURCE_STUDY && !v->scope.is_past)
		TRY(printed_regions(c, v));
	else
		TRY(counted_regions(c, v));
	measure(c, &v->regions);
	TRY(link_regions(c, v));
	v->years = years_of(c, &places);
	for (size_t i = 0; i < places.n; i++)
		v->n_dated += places.items[i].year != NONE;
	buf_init(&b, c->mem, 4000);
	years_chart(c, &b, T(c, "observatory.years_title"), &v->years);
	v->years_chart = (html){ b.s };
	fill_statuses(c, &places, v);
	return OK;
}
