#include "observatory/series.h"

#include "base/civil.h"
#include "observatory/known.h"
#include "observatory/observatory.h"
#include "observatory/scope.h"
#include "observatory/series_sql.h"
#include "platform/i18n.h"

#define YEARS 120

static void draw(struct ctx *c, const struct series_page *v, int what, struct series_line *line)
{
	struct year_count_list l = { new_array(c, struct year_count, v->years.n), 0 };
	struct buf b;
	/* From the first year that says something of it. */
	for (size_t i = 0; i < v->years.n; i++)
		if (l.n || v->years.items[i].cells.items[what].n)
			l.items[l.n++] = (struct year_count){
				.year = v->years.items[i].year, .n = v->years.items[i].cells.items[what].total
			};
	buf_init(&b, c->mem, 4000);
	years_chart(c, &b, line->label, &l);
	line->chart = (html){ b.s };
}

static void add_lines(struct ctx *c, const int64_t said[SERIES_WHAT_COUNT], struct series_page *v)
{
	v->lines.items = new_array(c, struct series_line, SERIES_WHAT_COUNT);
	for (int k = 0; k < SERIES_WHAT_COUNT; k++) {
		if (!said[k])
			continue;
		struct series_line *line = &v->lines.items[v->lines.n++];
		line->what = k;
		line->label = i18n_word(c, &series_what_words, k);
		line->note = k <= SERIES_WHAT_CLOSED ? T_N(c, "series.dated", said[k])
						     : T_N(c, "series.said", said[k]);
		draw(c, v, k, line);
	}
}

rc series_fill(struct ctx *c, struct series_page *v)
{
	const struct scope *s = &v->scope;
	struct series_fact_list l;
	int64_t said[SERIES_WHAT_COUNT] = { 0 };
	struct known_day d = known_day(c, s->is_past ? s->on : (day){ NONE });
	TRY(series_facts(c, enum_word(&territory_kind_words, s->kind), s->code, scope_source(s), d.year, d.at,
			 &l));
	if (!l.n)
		return OK;
	int64_t last = l.items[l.n - 1].year, first = l.items[0].year;
	first = last - first >= YEARS ? last - YEARS + 1 : first;
	v->years.n = (size_t)(last - first + 1);
	v->years.items = new_array(c, struct series_year, v->years.n);
	for (size_t i = 0; i < v->years.n; i++)
		v->years.items[i] = (struct series_year){
			.year = first + (int64_t)i,
			.cells = { new_array(c, struct series_cell, SERIES_WHAT_COUNT), SERIES_WHAT_COUNT }
		};
	for (size_t i = 0; i < l.n; i++) {
		const struct series_fact *f = &l.items[i];
		if (f->year < first)
			continue;
		v->years.items[f->year - first].cells.items[f->what] = (struct series_cell){
			.n = f->n, .total = f->total
		};
		said[f->what] += f->n;
	}
	add_lines(c, said, v);
	return OK;
}
