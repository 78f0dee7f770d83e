#include "base/civil.h"
#include "base/csv.h"
#include "observatory/places.h"
#include "observatory/places_html.h"
#include "platform/route.h"
#include "workshops/workshop.h"

#define CSV_ROWS   2000
#define WEEK_LINES 3
#define WEEK_DAYS  7

route_fn home_get, places_get, places_csv;

/* The search as a query, without its page, for links to it. */
static const char *query_of(struct ctx *c, const struct places_query *ask, const struct places_page *v)
{
	struct buf b;
	buf_init(&b, c->mem, 128);
	buf_str(&b, "where=");
	buf_url(&b, ask->where ? ask->where : "");
	buf_fmt(&b, "&on=%s&sort=%s", fmt_iso_day(c, v->on_day), enum_word(&place_sort_words, v->sort));
	if (ask->free)
		buf_str(&b, "&free=1");
	if (ask->open)
		buf_str(&b, "&open=1");
	if (ask->kind >= 0)
		buf_fmt(&b, "&kind=%s", enum_word(&space_kind_words, ask->kind));
	return b.s;
}

/* What happens in all places in the coming week, soonest first. */
static rc fill_week(struct ctx *c, struct places_page *v)
{
	struct workshop_line_list l;
	day today;
	minute now;
	utc_to_local(c->now, NULL, &today, &now);
	TRY(workshops_coming(c, (community_id){ 0 }, today, false, WEEK_LINES, &l));
	v->week.items = new_array(c, struct week_line, l.n + 1);
	for (size_t i = 0; i < l.n && l.items[i].on_day.v < today.v + WEEK_DAYS; i++) {
		const struct workshop_line *w = &l.items[i];
		v->week.items[v->week.n++] = (struct week_line){
			w->pub,	       w->title, w->on_day,	    w->from_minute,	   w->to_minute,
			w->place_name, w->city,	 w->organiser_name, w->capacity - w->taken
		};
	}
	return OK;
}

static rc answer_search(struct ctx *c, struct req *q, bool home)
{
	const struct places_query *ask = req_form(q, places_query);
	struct places_page *v = new_zero(c, struct places_page);
	TRY(places_find(c, ask, PLACES_PAGE, v));
	v->home = home;
	if (home)
		TRY(fill_week(c, v));
	const char *query = query_of(c, ask, v);
	v->link = fmt(c, "/places?%s", query);
	v->csv = fmt(c, "/places.csv?%s", query);
	v->more = fmt(c, "/places?%s&after=%lld", query, (long long)v->next);
	v->iso_day = fmt_iso_day(c, v->on_day);
	v->kinds.items = new_array(c, struct place_kind_option, SPACE_KIND_COUNT);
	for (int i = 0; i < SPACE_KIND_COUNT; i++)
		v->kinds.items[v->kinds.n++] = (struct place_kind_option){ i, i == ask->kind };
	page_title(q, "places", home ? T(c, "places.home_title") : T(c, "places.title"));
	return page(q, places_page, v);
}

rc home_get(struct ctx *c, struct req *q)
{
	return answer_search(c, q, true);
}

rc places_get(struct ctx *c, struct req *q)
{
	return answer_search(c, q, false);
}

rc places_csv(struct ctx *c, struct req *q)
{
	static const char *const head[] = { "id",	  "name",     "city", "departement",
					    "km",	  "open_now", "free", "day_price_cents",
					    "cae_welcome" };
	struct places_page *v = new_zero(c, struct places_page);
	struct csv_writer w;
	struct buf b;
	TRY(places_find(c, req_form(q, places_query), CSV_ROWS, v));
	buf_init(&b, c->mem, 8192);
	csv_begin(&w, &b, ';', true);
	for (size_t i = 0; i < sizeof head / sizeof *head; i++)
		csv_put(&w, head[i]);
	csv_end_row(&w);
	for (size_t i = 0; i < v->items.n; i++) {
		const struct place_found *f = &v->items.items[i];
		csv_put(&w, f->pub.s);
		csv_put_typed(&w, f->name);
		csv_put_typed(&w, f->city);
		csv_put(&w, f->departement);
		csv_put_int(&w, f->km);
		csv_put(&w, f->known ? (f->open_now ? "1" : "0") : "");
		csv_put_int(&w, f->free);
		csv_put_int(&w, f->price.v);
		csv_put_int(&w, f->caes);
		csv_end_row(&w);
	}
	return bytes(q, "text/csv; charset=utf-8", "lieux.csv", b.s, b.len);
}
