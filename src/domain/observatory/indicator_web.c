/* indicator_web.c - the figures as a table, and one figure with the records it counts. */
#include "observatory/indicator.h"

#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/fold.h"
#include "observatory/choose.h"
#include "observatory/indicator_html.h"
#include "people/community_shape.h"
#include "platform/route.h"
#include "platform/ui.h"

#define PAGE 50

route_fn indicators_get, indicators_csv_get, indicator_get, indicator_csv_get;

/* ---- all of them ---- */

static rc read_figures(struct ctx *c, const struct scope_query *ask, struct indicators_page *v)
{
	struct place_fact_list places;
	TRY(scope_read(c, ask->source, ask->territory, ask->on, &v->scope));
	TRY(indicator_places_of(c, &v->scope, &places));
	v->at = c->now;
	TRY(indicator_corrections(c, &v->scope, &v->corrections));
	return indicator_figures(c, &v->scope, &places, &v->figures);
}

rc indicators_get(struct ctx *c, struct req *q)
{
	const struct scope_query *ask = req_form(q, scope_query);
	struct indicators_page *v = new_zero(c, struct indicators_page);
	bool sent;
	TRY(read_figures(c, ask, v));
	TRY(choose_sent(c, q, ask->find, CHOOSE_PAGE_FIGURES, &v->scope, &sent));
	if (sent)
		return OK;
	TRY(scope_choices(c, &v->scope));
	v->csv = fmt(c, "/observatory/figures.csv?%s", v->scope.query);
	page_title(q, "observatory", T(c, "figures.title"));
	page_crumb(q, T(c, "observatory.title"), "/observatory");
	page_crumb(q, T(c, "figures.title"), NULL);
	return page(q, indicators_page, v);
}

static void put_head(struct ctx *c, struct csv_writer *w, const char *const *keys, size_t n)
{
	for (size_t i = 0; i < n; i++)
		csv_put(w, i18n(c, keys[i], NULL, 0));
	csv_end_row(w);
}

rc indicators_csv_get(struct ctx *c, struct req *q)
{
	static const char *const columns[] = { K("figures.id"),		 K("figures.figure"),
					       K("figures.value"),	 K("figures.numerator"),
					       K("figures.denominator"), K("figures.printed"),
					       K("figures.compared"),	 K("figures.why"),
					       K("figures.definition"),	 K("figures.territory"),
					       K("figures.on"),		 K("figures.vintage") };
	struct indicators_page *v = new_zero(c, struct indicators_page);
	struct csv_writer w;
	struct buf b;
	TRY(read_figures(c, req_form(q, scope_query), v));
	buf_init(&b, c->mem, 1 << 13);
	csv_begin(&w, &b, ';', true);
	put_head(c, &w, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < v->figures.n; i++) {
		const struct figure *f = &v->figures.items[i];
		const char *const cells[] = { f->printed,    i18n_word(c, &agreement_words, f->agreement),
					      f->why,	     f->definition,
					      v->scope.name, fmt_iso_day(c, v->scope.on),
					      f->vintage };
		csv_put(&w, enum_word(&indicator_words, f->key));
		csv_put(&w, f->label);
		csv_put(&w, f->exact);
		csv_put_int(&w, f->numerator);
		csv_put_int(&w, f->denominator);
		for (size_t k = 0; k < sizeof cells / sizeof *cells; k++)
			csv_put(&w, cells[k]);
		csv_end_row(&w);
	}
	return bytes(q, "text/csv; charset=utf-8", "chiffres.csv", b.s, b.len);
}

/* ---- one, with its records ---- */

static int by_text(const char *a, const char *b)
{
	return !a || !b ? !a - !b : strcmp(a, b);
}

/* The unknown stand last. */
static int by_number(int64_t a, int64_t b)
{
	return a == NONE || b == NONE ? (a == NONE) - (b == NONE) : (a > b) - (a < b);
}

static int by_order(const void *a, const void *b, void *order)
{
	const struct place_fact *x = a, *y = b;
	int d = 0;
	switch (*(int *)order) {
	case RECORD_SORT_TOWN: d = by_text(x->city_folded, y->city_folded); break;
	case RECORD_SORT_YEAR: d = by_number(x->year, y->year); break;
	case RECORD_SORT_REVENUE: d = by_number(y->revenue, x->revenue); break;
	default: break;
	}
	return d ? d : by_text(x->name_folded, y->name_folded);
}

/* Those that hold the word that was typed, in the order asked for. */
static void sift(struct ctx *c, const char *typed, int order, struct place_fact_list *l)
{
	const char *name = typed ? fold(c, typed) : "", *town = typed ? fold_place(c, typed) : "";
	size_t n = 0;
	for (size_t i = 0; i < l->n; i++) {
		const struct place_fact *p = &l->items[i];
		if (strstr(p->name_folded, name) || (p->city_folded && strstr(p->city_folded, town)))
			l->items[n++] = *p;
	}
	l->n = n;
	if (n)
		qsort_r(l->items, n, sizeof *l->items, by_order, &order);
}

/* The figure that was asked for, and all the records of its part. */
static rc read_figure(struct ctx *c, const struct figure_query *ask, struct indicator_page *v)
{
	struct place_fact_list places;
	struct figure_list all;
	TRY(scope_read(c, ask->source, ask->territory, ask->on, &v->scope));
	TRY(indicator_places_of(c, &v->scope, &places));
	TRY(indicator_figures(c, &v->scope, &places, &all));
	v->figure.key = -1;
	for (size_t i = 0; i < all.n; i++)
		if (all.items[i].key == ask->key)
			v->figure = all.items[i];
	if (v->figure.key < 0)
		return fail(c, E_NOT_FOUND, "figures.not_here");
	v->part = ask->part < 0 ? RECORD_PART_COUNTED : ask->part;
	v->sort = ask->sort < 0 ? RECORD_SORT_NAME : ask->sort;
	v->q = ask->q ? ask->q : "";
	v->n_counted = (int64_t)indicator_records(c, ask->key, RECORD_PART_COUNTED, &places).n;
	v->n_base = (int64_t)indicator_records(c, ask->key, RECORD_PART_BASE, &places).n;
	v->items = indicator_records(c, ask->key, v->part, &places);
	sift(c, v->q, v->sort, &v->items);
	v->n = (int64_t)v->items.n;
	return OK;
}

static const char *address(struct ctx *c, const char *path, const struct indicator_page *v, int part,
			   int64_t page)
{
	struct buf b;
	buf_init(&b, c->mem, 200);
	buf_fmt(&b, "%s?key=%s&%s&part=%s&sort=%s", path, enum_word(&indicator_words, v->figure.key),
		v->scope.query, enum_word(&record_part_words, part), enum_word(&record_sort_words, v->sort));
	if (*v->q) {
		buf_str(&b, "&q=");
		buf_url(&b, v->q);
	}
	if (page > 1)
		buf_fmt(&b, "&page=%lld", (long long)page);
	return b.s;
}

static void add_links(struct ctx *c, struct indicator_page *v, int64_t page)
{
	v->counted_link = fmt(c, "%s#records", address(c, "/observatory/figure", v, RECORD_PART_COUNTED, 1));
	v->base_link = fmt(c, "%s#records", address(c, "/observatory/figure", v, RECORD_PART_BASE, 1));
	v->csv = address(c, "/observatory/figure.csv", v, v->part, 1);
	v->json = fmt(c, "/api/v1%s", address(c, "/observatory/figure", v, v->part, 1));
	if (page > 1)
		v->previous = fmt(c, "%s#records", address(c, "/observatory/figure", v, v->part, page - 1));
	if (v->n > page * PAGE)
		v->next = fmt(c, "%s#records", address(c, "/observatory/figure", v, v->part, page + 1));
	v->key = enum_word(&indicator_words, v->figure.key);
	v->part_word = enum_word(&record_part_words, v->part);
	v->sort_word = enum_word(&record_sort_words, v->sort);
	v->source = enum_word(&figure_source_words, v->scope.source);
}

/* One page of a list. */
static void cut(struct place_fact_list *l, int64_t page)
{
	size_t from = (size_t)(page - 1) * PAGE;
	if (from >= l->n) {
		l->n = 0;
		return;
	}
	l->items += from;
	l->n = l->n - from > PAGE ? PAGE : l->n - from;
}

rc indicator_get(struct ctx *c, struct req *q)
{
	const struct figure_query *ask = req_form(q, figure_query);
	struct indicator_page *v = new_zero(c, struct indicator_page);
	int64_t page = ask->page == NONE ? 1 : ask->page;
	TRY(read_figure(c, ask, v));
	add_links(c, v, page);
	cut(&v->items, page);
	for (size_t i = 0; i < v->items.n && !q->api; i++)
		v->items.items[i].legal_note = indicator_status(c, &v->items.items[i]);
	v->sorts = ui_options(c, &record_sort_words);
	page_title(q, "observatory", v->figure.label);
	page_crumb(q, T(c, "observatory.title"), "/observatory");
	page_crumb(q, T(c, "figures.title"), fmt(c, "/observatory/figures?%s", v->scope.query));
	page_crumb(q, v->figure.label, NULL);
	return page(q, indicator_page, v);
}

static void put_record(struct csv_writer *w, const struct place_fact *p)
{
	csv_put_typed(w, p->name);
	csv_put_typed(w, p->city);
	csv_put(w, p->departement);
	csv_put(w, p->region);
	csv_put_int(w, p->year);
	csv_put_int(w, p->revenue);
	csv_put_typed(w, p->legal_form);
	csv_put_typed(w, p->legal_note);
	csv_put_int(w, p->caes);
	csv_put(w, p->is_cae ? "1" : "0");
	csv_put(w, p->pub.s);
	csv_end_row(w);
}

rc indicator_csv_get(struct ctx *c, struct req *q)
{
	static const char *const columns[] = { K("figures.place"),	 K("figures.town"),
					       K("figures.departement"), K("figures.region"),
					       K("figures.year"),	 K("figures.revenue"),
					       K("figures.status"),	 K("figures.status_printed"),
					       K("figures.caes"),	 K("figures.is_cae"),
					       K("figures.id") };
	struct indicator_page *v = new_zero(c, struct indicator_page);
	struct csv_writer w;
	struct buf b;
	TRY(read_figure(c, req_form(q, figure_query), v));
	buf_init(&b, c->mem, 1 << 13);
	csv_begin(&w, &b, ';', true);
	put_head(c, &w, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < v->items.n; i++)
		put_record(&w, &v->items.items[i]);
	return bytes(q, "text/csv; charset=utf-8",
		     fmt(c, "%s.csv", enum_word(&indicator_words, v->figure.key)), b.s, b.len);
}
