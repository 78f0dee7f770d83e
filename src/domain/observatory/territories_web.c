/* territories_web.c - a territory and its territories, as a page and as CSV. */
#include "observatory/territories.h"

#include "base/csv.h"
#include "observatory/choose.h"
#include "observatory/density.h"
#include "observatory/scope.h"
#include "observatory/territories_html.h"
#include "platform/csv_head.h"
#include "platform/route.h"
#include "platform/ui.h"

#define PAGE  60
#define NAMED 20 /* places named on the page; all are behind their number */

route_fn territories_get, territories_csv_get, bands_csv_get;

/* The same question; a size that is chosen is one more word of it. */
static const char *address(struct ctx *c, const char *path, const struct territories_page *v, int sub,
			   int64_t page)
{
	struct buf b;
	buf_init(&b, c->mem, 200);
	buf_fmt(&b, "%s?%s&sub=%s&sort=%s", path, v->scope.query, enum_word(&territory_kind_words, sub),
		enum_word(&density_sort_words, v->sort));
	if (v->zoning) {
		buf_str(&b, "&zoning=");
		buf_url(&b, v->zoning);
	}
	if (*v->q) {
		buf_str(&b, "&q=");
		buf_url(&b, v->q);
	}
	if (v->empty)
		buf_str(&b, "&empty=1");
	if (v->band >= 0)
		buf_fmt(&b, "&band=%s", enum_word(&density_size_words, v->band));
	if (page > 1)
		buf_fmt(&b, "&page=%lld", (long long)page);
	return b.s;
}

static void add_links(struct ctx *c, struct territories_page *v, int64_t page)
{
	v->subs = (struct option_list){ new_array(c, struct option, TERRITORY_KIND_COUNT), 0 };
	for (int k = TERRITORY_KIND_REGION; k < TERRITORY_KIND_COUNT; k++)
		v->subs.items[v->subs.n++] = (struct option){ enum_word(&territory_kind_words, k),
							      i18n_word(c, &territory_kind_words, k) };
	v->sub_word = enum_word(&territory_kind_words, v->sub);
	v->sort_word = enum_word(&density_sort_words, v->sort);
	v->source = enum_word(&figure_source_words, v->scope.source);
	v->figures_link = fmt(c, "/observatory/figures?%s", v->scope.query);
	v->observatory_link = fmt(c, "/observatory?%s", v->scope.query);
	v->csv = address(c, "/territories.csv", v, v->sub, 1);
	v->json = fmt(c, "/api/v1%s", address(c, "/territories", v, v->sub, 1));
	if (page > 1)
		v->previous = fmt(c, "%s#table", address(c, "/territories", v, v->sub, page - 1));
	if (v->n > page * PAGE)
		v->next = fmt(c, "%s#table", address(c, "/territories", v, v->sub, page + 1));
}

/* From a row of the table of sizes to its territories, to those without a place. */
static void link_bands(struct ctx *c, struct territories_page *v)
{
	struct territories_page of = *v;
	of.q = "";
	for (size_t i = 0; i < v->bands.n; i++) {
		of.band = i < DENSITY_SIZE_COUNT ? (int)i : -1;
		of.empty = false;
		v->bands.items[i].link = fmt(c, "%s#table", address(c, "/territories", &of, v->sub, 1));
		of.empty = true;
		v->bands.items[i].empty_link = fmt(c, "%s#table", address(c, "/territories", &of, v->sub, 1));
	}
	of.band = -1;
	of.empty = false;
	v->bands_csv = address(c, "/territories/bands.csv", &of, v->sub, 1);
	v->band_choices = ui_options(c, &density_size_words);
	v->band_word = v->band < 0 ? "" : enum_word(&density_size_words, v->band);
	v->records = fmt(c, "/observatory/figure?key=places&%s#records", v->scope.query);
}

/* One page of the table. */
static void cut(struct density_row_list *l, int64_t page)
{
	size_t from = (size_t)(page - 1) * PAGE;
	if (from > l->n)
		from = l->n;
	l->items += from;
	l->n = l->n - from > PAGE ? PAGE : l->n - from;
}

rc territories_get(struct ctx *c, struct req *q)
{
	const struct territories_query *ask = req_form(q, territories_query);
	struct territories_page *v = new_zero(c, struct territories_page);
	int64_t page = ask->page == NONE ? 1 : ask->page;
	bool sent;
	TRY(territories_fill(c, ask, v));
	TRY(choose_sent(c, q, ask->find, CHOOSE_PAGE_TERRITORIES, &v->scope, &sent));
	if (sent)
		return OK;
	TRY(scope_choices(c, &v->scope));
	add_links(c, v, page);
	link_bands(c, v);
	cut(&v->rows, page);
	if (!q->api && v->items.n > NAMED)
		v->items.n = NAMED;
	v->sorts = ui_options(c, &density_sort_words);
	page_title(q, "observatory", v->scope.name);
	page_crumb(q, T(c, "observatory.title"), "/observatory");
	page_crumb(q, T(c, "territories.title"),
		   v->scope.is_whole ? NULL : territory_link(c, &v->scope, "country:METRO"));
	if (!v->scope.is_whole)
		page_crumb(q, v->scope.name, NULL);
	return page(q, territories_page, v);
}

rc territories_csv_get(struct ctx *c, struct req *q)
{
	static const char *const columns[] = { K("territories.code"),	  K("territories.name"),
					       K("territories.communes"), K("territories.population"),
					       K("observatory.places"),	  K("observatory.inhabitants"),
					       K("territories.area"),	  K("territories.per_area"),
					       K("figures.on"),		  K("vintage.population"),
					       K("vintage.ground") };
	struct territories_page *v = new_zero(c, struct territories_page);
	struct csv_writer w;
	struct buf b;
	TRY(territories_fill(c, req_form(q, territories_query), v));
	buf_init(&b, c->mem, 1 << 14);
	csv_begin(&w, &b, ';', true);
	csv_head(c, &w, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < v->rows.n; i++) {
		const struct density_row *r = &v->rows.items[i];
		csv_put(&w, r->code);
		csv_put_typed(&w, r->name);
		csv_put_int(&w, r->communes);
		csv_put_int(&w, r->population);
		csv_put_int(&w, r->places);
		csv_put_int(&w, r->inhabitants);
		csv_put_int(&w, r->area_km2);
		csv_put(&w, r->per_1000_km2);
		csv_put(&w, fmt_iso_day(c, v->scope.on));
		csv_put_int(&w, r->population_year);
		csv_put(&w, r->ground_year);
		csv_end_row(&w);
	}
	return bytes(q, "text/csv; charset=utf-8",
		     fmt(c, "territoires-%s.csv", enum_word(&territory_kind_words, v->sub)), b.s, b.len);
}

rc bands_csv_get(struct ctx *c, struct req *q)
{
	static const char *const columns[] = { K("bands.size"),	   K("bands.territories"),
					       K("bands.without"), K("observatory.places"),
					       K("bands.mean"),	   K("figures.printed"),
					       K("figures.on"),	   K("vintage.population"),
					       K("vintage.ground") };
	struct territories_page *v = new_zero(c, struct territories_page);
	struct csv_writer w;
	struct buf b;
	TRY(territories_fill(c, req_form(q, territories_query), v));
	buf_init(&b, c->mem, 1 << 12);
	csv_begin(&w, &b, ';', true);
	csv_head(c, &w, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < v->bands.n; i++) {
		const struct density_band *k = &v->bands.items[i];
		csv_put(&w, k->label);
		csv_put_int(&w, k->zones);
		csv_put_int(&w, k->without);
		csv_put_int(&w, k->places);
		csv_put(&w, k->mean_milli == NONE ? NULL : k->mean);
		csv_put(&w, k->printed_mean);
		csv_put(&w, fmt_iso_day(c, v->scope.on));
		csv_put_int(&w, v->rows_year);
		csv_put(&w, v->zoning ? v->zoning : v->rows_ground);
		csv_end_row(&w);
	}
	return bytes(q, "text/csv; charset=utf-8", "tranches.csv", b.s, b.len);
}
