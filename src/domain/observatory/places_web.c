#include "base/civil.h"
#include "base/csv.h"
#include "observatory/places.h"
#include "observatory/places_html.h"
#include "observatory/search_view.h"
#include "platform/route.h"
#include "workshops/workshop.h"

#define WEEK_LINES 3
#define WEEK_DAYS  7

route_fn home_get, places_get, places_csv, places_geojson;

/* The search elsewhere: as a file, with its filters. */
static const char *elsewhere(struct ctx *c, const char *path, const struct places_query *ask,
			     const struct places_page *v)
{
	struct buf b;
	buf_init(&b, c->mem, 128);
	buf_str(&b, places_address(c, path, ask));
	buf_param(&b, "is", v->panel.tags);
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

/* The usual distances, and the one that was asked for. */
static void fill_radii(struct ctx *c, struct places_page *v)
{
	static const int usual[] = { 10, 20, 30, 60, 130, 300 };
	bool there = false;
	v->radii.items = new_array(c, struct place_radius, sizeof usual / sizeof *usual + 1);
	for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
		bool it = usual[i] == v->radius_km;
		if (!there && !it && usual[i] > v->radius_km) {
			v->radii.items[v->radii.n++] = (struct place_radius){ v->radius_km, true };
			there = true;
		}
		v->radii.items[v->radii.n++] = (struct place_radius){ usual[i], it };
		there = there || it;
	}
	if (!there)
		v->radii.items[v->radii.n++] = (struct place_radius){ v->radius_km, true };
}

static void fill_links(struct ctx *c, const struct places_query *ask, struct places_page *v)
{
	v->link = elsewhere(c, "/places", ask, v);
	v->csv = elsewhere(c, "/places.csv", ask, v);
	v->geojson = elsewhere(c, "/places.geojson", ask, v);
	v->api = elsewhere(c, "/api/v1/places", ask, v);
	if (*v->next.s)
		v->more = fmt(c, "%s&after=%s", v->link, v->next.s);
	v->iso_day = fmt_iso_day(c, v->on_day);
	if (ask->open) {
		struct places_query wider = *ask;
		wider.open = false;
		v->without_now = elsewhere(c, "/places", &wider, v);
	}
}

static rc answer_search(struct ctx *c, struct req *q, bool home)
{
	const struct places_query *ask = req_form(q, places_query);
	struct places_page *v = new_zero(c, struct places_page);
	TRY(places_find(c, ask,
			home		     ? HOME_LINES
			: ask->limit == NONE ? PLACES_PAGE
					     : (size_t)ask->limit,
			v));
	v->home = home;
	if (home)
		TRY(fill_week(c, v));
	if (!q->api) {
		TRY(places_map(c, ask, v));
		v->everywhere = v->lat_e5 == NONE;
		fill_links(c, ask, v);
		fill_radii(c, v);
	}
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

static void put_line(struct ctx *c, const struct place_found *f, void *arg)
{
	struct csv_writer *w = arg;
	csv_put(w, f->pub.s);
	csv_put_typed(w, f->name);
	csv_put_typed(w, f->city);
	csv_put(w, f->departement);
	csv_put(w, search_degrees(c, f->lat_e5));
	csv_put(w, search_degrees(c, f->lon_e5));
	csv_put_int(w, f->km);
	csv_put(w, f->known ? (f->open_now ? "1" : "0") : "");
	csv_put(w, f->bookable ? enum_word(&day_state_words, f->that_day) : "");
	csv_put_int(w, f->free);
	csv_put_int(w, f->price.v);
	csv_put_int(w, f->caes);
	csv_end_row(w);
}

rc places_csv(struct ctx *c, struct req *q)
{
	static const char *const head[] = {
		"id", "name",	  "city",     "departement", "latitude",	"longitude",
		"km", "open_now", "that_day", "free",	     "day_price_cents", "cae_welcome"
	};
	struct csv_writer w;
	struct buf b;
	spool_begin(c, &b);
	csv_begin(&w, &b, ';', true);
	for (size_t i = 0; i < sizeof head / sizeof *head; i++)
		csv_put(&w, head[i]);
	csv_end_row(&w);
	TRY(places_each(c, req_form(q, places_query), put_line, &w));
	return spooled(c, q, "text/csv; charset=utf-8", "lieux.csv", &b);
}

rc places_geojson(struct ctx *c, struct req *q)
{
	struct places_page *v = new_zero(c, struct places_page);
	struct finding f;
	struct buf b;
	TRY(places_search(c, req_form(q, places_query), v, &f));
	spool_begin(c, &b);
	search_geojson(&f, &b);
	return spooled(c, q, "application/geo+json", NULL, &b);
}
