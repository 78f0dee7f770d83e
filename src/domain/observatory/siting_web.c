/* siting_web.c - where to open next: a page, a table, points for other maps. */
#include "observatory/siting_find.h"

#include "base/csv.h"
#include "observatory/siting_html.h"
#include "platform/csv_head.h"
#include "platform/route.h"
#include "platform/ui.h"

route_fn where_next_get, where_next_csv, where_next_geojson;

static const char *query_of(struct ctx *c, const struct siting_page *v)
{
	struct buf b;
	buf_init(&b, c->mem, 120);
	buf_fmt(&b, "sites=%lld&km=%lld&smallest=%lld&base=%s&territory=", (long long)v->sites,
		(long long)v->km, (long long)v->smallest, enum_word(&place_base_words, v->base));
	buf_url(&b, v->territory);
	return b.s;
}

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
		c, struct option, 2 + k->n_areas[AREA_LEVEL_REGION] + k->n_areas[AREA_LEVEL_DEPARTEMENT]);
	v->territories.items[0] = (struct option){ "metropole", T(c, "reach.metropole") };
	v->territories.items[1] = (struct option){ "france", T(c, "siting.france") };
	v->territories.n = 2;
	add_areas(c, k, AREA_LEVEL_REGION, 'r', &v->territories);
	add_areas(c, k, AREA_LEVEL_DEPARTEMENT, 'd', &v->territories);
	return OK;
}

rc where_next_get(struct ctx *c, struct req *q)
{
	struct siting_case k;
	struct siting_page *v = new_zero(c, struct siting_page);
	TRY(siting_find(c, req_form(q, siting_query), (day){ NONE }, &k));
	TRY(siting_fill(c, &k, v));
	TRY(siting_map(c, &k, v, &v->map));
	TRY(fill_choices(c, v));
	v->query = query_of(c, v);
	v->csv = fmt(c, "/observatory/where-next.csv?%s", v->query);
	v->bound = fmt(c, "/observatory/where-next/bound?%s", v->query);
	v->geojson = fmt(c, "/observatory/where-next.geojson?%s", v->query);
	v->access = fmt(c, "/observatory/access?level=epci&base=%s&within=%lld", v->base_word,
			(long long)v->km);
	page_title(q, "observatory", T(c, "siting.title"));
	page_crumb(q, T(c, "siting.title"), NULL);
	return page(q, siting_page, v);
}

static rc find(struct ctx *c, struct req *q, struct siting_page *v)
{
	struct siting_case k;
	TRY(siting_find(c, req_form(q, siting_query), (day){ NONE }, &k));
	return siting_fill(c, &k, v);
}

rc where_next_csv(struct ctx *c, struct req *q)
{
	static const char *const columns[] = { K("siting.rank"),    K("siting.insee"),
					       K("siting.commune"), K("siting.departement"),
					       K("reach.people"),   K("siting.gain"),
					       K("siting.share") };
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
