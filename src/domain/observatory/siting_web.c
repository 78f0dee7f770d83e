/* siting_web.c - where to open next: a page, a table, points for other maps. */
#include "observatory/siting_find.h"

#include <string.h>

#include "base/csv.h"
#include "observatory/choose.h"
#include "observatory/scope.h"
#include "observatory/siting_html.h"
#include "platform/csv_head.h"
#include "platform/route.h"
#include "platform/ui.h"

route_fn where_next_get, where_next_csv, where_next_geojson;

static void add_areas(struct ctx *c, const struct country *k, int level, char first, struct option_list *out)
{
	for (size_t i = 0; i < k->n_areas[level]; i++)
		if (k->areas[level][i].people)
			out->items[out->n++] = (struct option){
				fmt(c, "%c%s", first, k->areas[level][i].code),
				first == 'd'
					? fmt(c, "%s (%s)", k->areas[level][i].name, k->areas[level][i].code)
					: k->areas[level][i].name
			};
}

static rc fill_choices(struct ctx *c, struct siting_page *v)
{
	const struct country *k;
	TRY(country_of(c, &k));
	v->bases = ui_options(c, &place_base_words);
	v->base_word = enum_word(&place_base_words, v->base);
	v->territories.items = new_array(
		c, struct option, 3 + k->n_areas[AREA_LEVEL_REGION] + k->n_areas[AREA_LEVEL_DEPARTEMENT]);
	v->territories.items[0] = (struct option){ "metropole", T(c, "reach.metropole") };
	v->territories.items[1] = (struct option){ "france", T(c, "siting.france") };
	v->territories.n = 2;
	add_areas(c, k, AREA_LEVEL_REGION, 'r', &v->territories);
	add_areas(c, k, AREA_LEVEL_DEPARTEMENT, 'd', &v->territories);
	if (strchr("eaz", v->territory[0]))
		v->territories.items[v->territories.n++] = (struct option){ v->territory, v->territory_name };
	return OK;
}

/* A territory was typed: the very one, with the rest of the question as it is; or those to choose from. */
static rc typed(struct ctx *c, struct req *q, const struct siting_case *k, bool *sent)
{
	struct territory_found_list l;
	struct scope s;
	*sent = k->ask.find && *k->ask.find && !q->api;
	if (!*sent)
		return OK;
	TRY(choose_find(c, k->ask.find, &l));
	if (l.n == 1) {
		struct siting_query ask = k->ask;
		ask.territory = l.items[0].ref;
		return done(c, q, NULL, "/observatory/where-next?%s", siting_words(c, &ask));
	}
	TRY(scope_read(c, FIGURE_SOURCE_ALL, NULL, k->ask.on, &s));
	return choose_sent(c, q, k->ask.find, CHOOSE_PAGE_WHERE_NEXT, &s, sent);
}

rc where_next_get(struct ctx *c, struct req *q)
{
	struct siting_case k;
	struct siting_page *v = new_zero(c, struct siting_page);
	bool sent;
	TRY(siting_find(c, req_form(q, siting_query), &k));
	TRY(typed(c, q, &k, &sent));
	if (sent)
		return OK;
	TRY(siting_fill(c, &k, v));
	TRY(siting_map(c, &k, v, &v->map));
	TRY(fill_choices(c, v));
	v->query = siting_words(c, &k.ask);
	v->csv = fmt(c, "/observatory/where-next.csv?%s", v->query);
	v->bound = fmt(c, "/observatory/where-next/bound?%s", v->query);
	v->geojson = fmt(c, "/observatory/where-next.geojson?%s", v->query);
	v->access = fmt(c, "/observatory/access?level=epci&base=%s&within=%lld%s%s", v->base_word,
			(long long)v->km, v->is_past ? "&on=" : "", v->is_past ? fmt_iso_day(c, v->on) : "");
	page_title(q, "observatory", T(c, "siting.title"));
	page_crumb(q, T(c, "observatory.title"), "/observatory");
	page_crumb(q, T(c, "siting.title"), NULL);
	return page(q, siting_page, v);
}

static rc find(struct ctx *c, struct req *q, struct siting_page *v)
{
	struct siting_case k;
	TRY(siting_find(c, req_form(q, siting_query), &k));
	return siting_fill(c, &k, v);
}

rc where_next_csv(struct ctx *c, struct req *q)
{
	static const char *const columns[] = { K("siting.rank"),	K("siting.insee"),
					       K("siting.commune"),	K("siting.departement"),
					       K("reach.people"),	K("siting.gain"),
					       K("siting.share"),	K("figures.on"),
					       K("vintage.population"), K("vintage.ground") };
	struct siting_page *v = new_zero(c, struct siting_page);
	struct csv_writer w;
	struct buf b;
	TRY(find(c, q, v));
	buf_init(&b, c->mem, 8192);
	csv_begin(&w, &b, ';', true);
	csv_head(c, &w, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < v->items.n; i++) {
		const struct siting_site *s = &v->items.items[i];
		csv_put_int(&w, s->rank);
		csv_put(&w, s->insee);
		csv_put_typed(&w, s->name);
		csv_put(&w, s->departement);
		csv_put_int(&w, s->people);
		csv_put_int(&w, s->gain);
		csv_put(&w, fmt_quantity(c, s->share));
		csv_put(&w, fmt_iso_day(c, v->on));
		csv_put_int(&w, v->population_year);
		csv_put_int(&w, v->ground_year);
		csv_end_row(&w);
	}
	return bytes(q, "text/csv; charset=utf-8", "ou-ouvrir.csv", b.s, b.len);
}

static void degrees(struct buf *b, int64_t e5)
{
	int64_t whole = e5 < 0 ? -e5 : e5;
	buf_fmt(b, "%s%lld.%05lld", e5 < 0 ? "-" : "", (long long)(whole / 100000),
		(long long)(whole % 100000));
}

rc where_next_geojson(struct ctx *c, struct req *q)
{
	struct siting_page *v = new_zero(c, struct siting_page);
	struct buf b;
	TRY(find(c, q, v));
	buf_init(&b, c->mem, 8192);
	buf_str(&b, "{\"type\":\"FeatureCollection\",\"features\":[");
	for (size_t i = 0; i < v->items.n; i++) {
		const struct siting_site *s = &v->items.items[i];
		buf_str(&b, i ? ",\n" : "\n");
		buf_str(&b, "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[");
		degrees(&b, s->lon_e5);
		buf_char(&b, ',');
		degrees(&b, s->lat_e5);
		buf_fmt(&b, "]},\"properties\":{\"rank\":%lld,\"insee\":", (long long)s->rank);
		buf_json(&b, s->insee);
		buf_str(&b, ",\"name\":");
		buf_json(&b, s->name);
		buf_fmt(&b, ",\"gain\":%lld,\"km\":%lld}}", (long long)s->gain, (long long)v->km);
	}
	buf_str(&b, "\n]}\n");
	return bytes(q, "application/geo+json", "ou-ouvrir.geojson", b.s, b.len);
}
