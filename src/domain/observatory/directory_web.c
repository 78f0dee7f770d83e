/* directory_web.c - the public list of communities, as a page and as CSV. */
#include "observatory/directory.h"

#include "base/csv.h"
#include "observatory/departements_sql.h"
#include "observatory/directory_html.h"
#include "observatory/known.h"
#include "observatory/search_far.h"
#include "platform/csv_head.h"
#include "platform/route.h"
#include "platform/ui.h"

#define PAGE 30

route_fn communities_get, communities_csv_get, communities_geojson_get;

/* The same question asked elsewhere. */
static const char *address(struct ctx *c, const char *path, const struct directory_query *f,
			   const char *after)
{
	struct buf b;
	buf_init(&b, c->mem, 100);
	buf_str(&b, directory_address(c, path, f));
	buf_param(&b, "is", f->is);
	buf_param(&b, "after", after);
	return b.s;
}

/* The same question around each of them. */
static struct town_choice_list like(struct ctx *c, const struct directory_query *f,
				    const struct commune_found_list *l)
{
	struct town_choice_list out = { new_array(c, struct town_choice, l->n + 1), l->n };
	for (size_t i = 0; i < l->n; i++) {
		const struct commune_card *k = &l->items[i].card;
		struct directory_query there = *f;
		there.where = l->items[i].label;
		out.items[i] = (struct town_choice){ k->name, k->departement, k->postal_codes,
						     address(c, "/communities", &there, NULL) };
	}
	return out;
}

/* Nobody within the distance: who is nearest. */
static rc fill_farther(struct ctx *c, const struct directory_query *f, const struct where_found *where,
		       struct directory_page *v)
{
	struct directory_query wider = *f;
	struct finding none;
	if (v->total || v->is_past)
		return OK;
	TRY(directory_search(c, f, &none));
	TRY(search_farther(c, &none, where->departement, &v->farther));
	for (size_t i = 0; i < v->farther.n; i++) {
		wider.km = search_reach(v->farther.items[i].km);
		if (!v->farther.items[i].across)
			v->farther.items[i].href = address(c, "/communities", &wider, NULL);
	}
	return OK;
}

static rc fill_where(struct ctx *c, const struct directory_query *f, bool drawn, struct directory_page *v)
{
	const struct known_day d = known_day(c, f->on);
	struct where_found where;
	TRY(directory_where(c, f, &where));
	v->on = d.on;
	v->is_past = d.is_past;
	v->where = f->where ? f->where : "";
	v->town = where.name;
	v->not_found = where.not_found;
	v->like = like(c, f, &where.like);
	v->radius_km = where.km;
	TRY(fill_farther(c, f, &where, v));
	return drawn ? directory_map(c, f, &v->items, &where, &v->map) : OK;
}

rc communities_get(struct ctx *c, struct req *q)
{
	const struct directory_query *f = req_form(q, directory_query);
	struct directory_page *v = new_zero(c, struct directory_page);
	v->q = f->q ? f->q : "";
	v->departement = f->departement ? f->departement : "";
	v->kind = enum_word(&community_kind_words, f->kind);
	v->sort = enum_word(&directory_sort_words, f->sort);
	v->csv = address(c, "/communities.csv", f, NULL);
	v->kinds = ui_options(c, &community_kind_words);
	v->sorts = ui_options(c, &directory_sort_words);
	v->signed_in = c->actor.person.v != 0;
	TRY(directory_departements(c, &v->departements));
	v->geojson = address(c, "/communities.geojson", f, NULL);
	v->api = address(c, "/api/v1/communities", f, NULL);
	size_t most = f->limit == NONE ? PAGE : (size_t)f->limit;
	TRY(directory_find(c, f, most + 1, &v->items, &v->total, &v->panel));
	if (v->items.n > most) {
		v->items.n = most;
		v->next = address(c, "/communities", f, v->items.items[most - 1].card.pub.s);
	}
	TRY(fill_where(c, f, !q->api, v));
	page_title(q, "communities", T(c, "communities.title"));
	return page(q, directory_page, v);
}

static void put_row(struct ctx *c, const struct directory_row *r, void *arg)
{
	struct csv_writer *w = arg;
	csv_put_typed(w, r->card.name);
	csv_put(w, r->kinds);
	csv_put_typed(w, r->card.city);
	csv_put(w, r->card.departement);
	csv_put_int(w, r->year_started);
	csv_put_typed(w, r->activities);
	csv_put(w, r->card.pub.s);
	csv_put(w, search_degrees(c, r->lat_e5));
	csv_put(w, search_degrees(c, r->lon_e5));
	csv_end_row(w);
}

rc communities_csv_get(struct ctx *c, struct req *q)
{
	static const char *const columns[] = { K("communities.name"),	  K("communities.kinds"),
					       K("communities.town"),	  K("communities.departement"),
					       K("communities.year"),	  K("communities.activities"),
					       K("communities.id"),	  K("communities.latitude"),
					       K("communities.longitude") };
	struct csv_writer w;
	struct buf b;
	spool_begin(c, &b);
	csv_begin(&w, &b, ';', true);
	csv_head(c, &w, columns, sizeof columns / sizeof *columns);
	TRY(directory_each(c, req_form(q, directory_query), put_row, &w));
	return spooled(c, q, "text/csv; charset=utf-8", "communities.csv", &b);
}

rc communities_geojson_get(struct ctx *c, struct req *q)
{
	struct finding f;
	struct buf b;
	TRY(directory_search(c, req_form(q, directory_query), &f));
	spool_begin(c, &b);
	search_geojson(&f, &b);
	return spooled(c, q, "application/geo+json", NULL, &b);
}
