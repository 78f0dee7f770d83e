/* series_web.c - figures by year, as charts with their table, and as CSV. */
#include "observatory/series.h"

#include "base/csv.h"
#include "observatory/choose.h"
#include "observatory/scope.h"
#include "observatory/series_html.h"
#include "platform/i18n.h"
#include "platform/route.h"

route_fn series_get, series_csv_get;

/* An opening leads to the records, sorted by year. */
static void link_cells(struct ctx *c, struct series_page *v)
{
	const char *records = fmt(c, "/observatory/figure?key=places&%s&sort=year#records", v->scope.query);
	for (size_t i = 0; i < v->years.n; i++)
		v->years.items[i].cells.items[SERIES_WHAT_OPENED].records = records;
}

rc series_get(struct ctx *c, struct req *q)
{
	const struct scope_query *ask = req_form(q, scope_query);
	struct series_page *v = new_zero(c, struct series_page);
	bool sent;
	TRY(scope_read(c, ask->source, ask->territory, ask->on, &v->scope));
	TRY(choose_sent(c, q, ask->find, CHOOSE_PAGE_SERIES, &v->scope, &sent));
	if (sent)
		return OK;
	TRY(series_fill(c, v));
	TRY(scope_choices(c, &v->scope));
	link_cells(c, v);
	v->csv = fmt(c, "/observatory/series.csv?%s", v->scope.query);
	page_title(q, "observatory", T(c, "series.title"));
	page_crumb(q, T(c, "observatory.title"), "/observatory");
	page_crumb(q, T(c, "series.title"), NULL);
	return page(q, series_page, v);
}

rc series_csv_get(struct ctx *c, struct req *q)
{
	const struct scope_query *ask = req_form(q, scope_query);
	struct series_page *v = new_zero(c, struct series_page);
	struct csv_writer w;
	struct buf b;
	TRY(scope_read(c, ask->source, ask->territory, ask->on, &v->scope));
	TRY(series_fill(c, v));
	buf_init(&b, c->mem, 1 << 13);
	csv_begin(&w, &b, ';', true);
	csv_put(&w, T(c, "series.year"));
	for (int k = 0; k < SERIES_WHAT_COUNT; k++) {
		csv_put(&w, i18n_word(c, &series_what_words, k));
		csv_put(&w, T_TEXT(c, "series.n_of", "what", i18n_word(c, &series_what_words, k)));
	}
	csv_end_row(&w);
	for (size_t i = 0; i < v->years.n; i++) {
		csv_put_int(&w, v->years.items[i].year);
		for (int k = 0; k < SERIES_WHAT_COUNT; k++) {
			const struct series_cell *cell = &v->years.items[i].cells.items[k];
			bool known = cell->n || k <= SERIES_WHAT_CLOSED;
			csv_put_int(&w, known ? cell->total : NONE);
			csv_put_int(&w, cell->n);
		}
		csv_end_row(&w);
	}
	return bytes(q, "text/csv; charset=utf-8", "par-annee.csv", b.s, b.len);
}
