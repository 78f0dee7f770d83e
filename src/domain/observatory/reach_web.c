/* reach_web.c - access by territory: a page, a table for spreadsheets, and the same as JSON. */
#include "observatory/reach.h"

#include "base/csv.h"
#include "observatory/choose.h"
#include "observatory/reach_html.h"
#include "observatory/scope.h"
#include "platform/csv_head.h"
#include "platform/route.h"
#include "platform/ui.h"

#define PAGE 50

route_fn access_get, access_csv_get;

/* The same question asked elsewhere. */
static const char *address(struct ctx *c, const char *path, const struct access_page *v, int64_t after)
{
	struct buf b;
	buf_init(&b, c->mem, 160);
	buf_fmt(&b, "%s?level=%s&base=%s&within=%lld&unit=%s&sort=%s&territory=", path,
		enum_word(&area_level_words, v->level), enum_word(&place_base_words, v->base),
		(long long)v->within, enum_word(&reach_unit_words, v->unit),
		enum_word(&reach_sort_words, v->sort));
	buf_url(&b, v->scope.ref);
	if (v->scope.is_past)
		buf_fmt(&b, "&on=%s", fmt_iso_day(c, v->scope.on));
	if (after)
		buf_fmt(&b, "&after=%lld", (long long)after);
	return b.s;
}

static rc fill_choices(struct ctx *c, struct access_page *v)
{
	TRY(scope_choices(c, &v->scope));
	v->levels = ui_options(c, &area_level_words);
	v->bases = ui_options(c, &place_base_words);
	v->units = ui_options(c, &reach_unit_words);
	v->sorts = ui_options(c, &reach_sort_words);
	v->level_word = enum_word(&area_level_words, v->level);
	v->base_word = enum_word(&place_base_words, v->base);
	v->unit_word = enum_word(&reach_unit_words, v->unit);
	v->sort_word = enum_word(&reach_sort_words, v->sort);
	return OK;
}

/* One page of what was found. */
static void cut(struct ctx *c, struct access_page *v, int64_t after)
{
	size_t skip = after == NONE ? 0 : (size_t)after;
	skip = skip < v->items.n ? skip : v->items.n;
	v->items.items += skip;
	v->items.n -= skip;
	if (v->items.n > PAGE) {
		v->items.n = PAGE;
		v->next = address(c, "/observatory/access", v, (int64_t)skip + PAGE);
	}
}

rc access_get(struct ctx *c, struct req *q)
{
	const struct access_query *f = req_form(q, access_query);
	struct access_page *v = new_zero(c, struct access_page);
	bool sent;
	TRY(access_find(c, f, v));
	TRY(choose_sent(c, q, f->find, CHOOSE_PAGE_ACCESS, &v->scope, &sent));
	if (sent)
		return OK;
	TRY(access_map(c, v, &v->map));
	TRY(fill_choices(c, v));
	cut(c, v, f->after);
	v->csv = address(c, "/observatory/access.csv", v, 0);
	v->where_next = fmt(c, "/observatory/where-next?base=%s&territory=%s%s%s", v->base_word, v->scope.ref,
			    v->scope.is_past ? "&on=" : "",
			    v->scope.is_past ? fmt_iso_day(c, v->scope.on) : "");
	page_title(q, "observatory", T(c, "reach.title"));
	page_crumb(q, T(c, "observatory.title"), "/observatory");
	page_crumb(q, T(c, "reach.title"), NULL);
	return page(q, access_page, v);
}

rc access_csv_get(struct ctx *c, struct req *q)
{
	static const char *const columns[] = { K("reach.code"),	   K("reach.territory"),
					       K("reach.people"),  K("reach.reached"),
					       K("reach.away"),	   K("reach.share"),
					       K("figures.on"),	   K("vintage.population"),
					       K("vintage.ground") };
	struct access_page *v = new_zero(c, struct access_page);
	struct csv_writer w;
	struct buf b;
	TRY(access_find(c, req_form(q, access_query), v));
	buf_init(&b, c->mem, 1 << 16);
	csv_begin(&w, &b, ';', true);
	csv_head(c, &w, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < v->items.n; i++) {
		const struct reach_area *a = &v->items.items[i];
		csv_put(&w, a->code);
		csv_put_typed(&w, a->name);
		csv_put_int(&w, a->people);
		csv_put_int(&w, a->reached);
		csv_put_int(&w, a->away);
		csv_put(&w, fmt_quantity(c, a->share));
		csv_put(&w, fmt_iso_day(c, v->scope.on));
		csv_put_int(&w, v->population_year);
		csv_put_int(&w, v->ground_year);
		csv_end_row(&w);
	}
	return bytes(q, "text/csv; charset=utf-8", "acces.csv", b.s, b.len);
}
