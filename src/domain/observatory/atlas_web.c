/* atlas_web.c - the page of the map, and its data. */
#include "observatory/atlas.h"
#include "observatory/atlas_html.h"
#include "platform/app.h"
#include "platform/config.h"
#include "platform/route.h"
#include "platform/static.h"
#include "platform/ui.h"

route_fn map_get, map_geojson;

/* The question without its page, for links and for the map that moves. */
static const char *query_of(struct ctx *c, const struct atlas_query *f)
{
	struct buf b;
	buf_init(&b, c->mem, 100);
	buf_fmt(&b, "layer=%s", enum_word(&atlas_layer_words, f->layer < 0 ? ATLAS_LAYER_PLACES : f->layer));
	if (f->level >= 0)
		buf_fmt(&b, "&level=%s", enum_word(&atlas_level_words, f->level));
	if (f->dominant >= 0)
		buf_fmt(&b, "&dominant=%s", enum_word(&place_dominant_words, f->dominant));
	if (f->form >= 0)
		buf_fmt(&b, "&form=%s", enum_word(&legal_form_words, f->form));
	if (f->cae)
		buf_str(&b, "&cae=1");
	if (!is_none(f->on))
		buf_fmt(&b, "&on=%s", fmt_iso_day(c, f->on));
	return b.s;
}

static const char *chosen(const struct enumeration *e, int value)
{
	return value < 0 ? "" : enum_word(e, value);
}

static void fill_form(struct ctx *c, const struct atlas_query *f, struct atlas_page *v)
{
	v->dominant = chosen(&place_dominant_words, f->dominant);
	v->form = chosen(&legal_form_words, f->form);
	v->layer = chosen(&atlas_layer_words, f->layer < 0 ? ATLAS_LAYER_PLACES : f->layer);
	v->level = chosen(&atlas_level_words, f->level < 0 ? ATLAS_LEVEL_REGION : f->level);
	v->cae = f->cae;
	v->is_density = f->layer == ATLAS_LAYER_DENSITY;
	v->is_threads = f->layer == ATLAS_LAYER_THREADS;
	v->dominants = ui_options(c, &place_dominant_words);
	v->forms = ui_options(c, &legal_form_words);
	v->layers = ui_options(c, &atlas_layer_words);
	v->levels = ui_options(c, &atlas_level_words);
	v->query = query_of(c, f);
	v->geojson = fmt(c, "/map.geojson?%s", v->query);
	v->fingerprint = static_fingerprint();
	if (c->app->config && c->app->config->map_tiles) {
		v->tiles = c->app->config->map_tiles;
		v->credit = c->app->config->map_tiles_credit;
	}
}

static void fill_pages(struct ctx *c, const struct atlas_query *f, struct atlas_page *v)
{
	int64_t after = f->after == NONE ? 0 : f->after;
	if (after > 0)
		v->first = fmt(c, "/map?%s", v->query);
	if (after + ATLAS_LINES < v->n)
		v->next = fmt(c, "/map?%s&after=%lld", v->query, (long long)after + ATLAS_LINES);
}

rc map_get(struct ctx *c, struct req *q)
{
	const struct atlas_query *f = req_form(q, atlas_query);
	struct atlas_page *v = new_zero(c, struct atlas_page);
	TRY(atlas_data(c, f, v));
	if (!q->api) {
		TRY(atlas_draw(c, f, v));
		fill_form(c, f, v);
		fill_pages(c, f, v);
	}
	page_title(q, "places", T(c, "atlas.title"));
	page_crumb(q, T(c, "atlas.places"), "/places");
	page_crumb(q, T(c, "atlas.title"), NULL);
	return page(q, atlas_page, v);
}

static void feature(struct buf *b, const struct atlas_place *p, bool first)
{
	buf_fmt(b, "%s\n{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[%.5f,%.5f]},",
		first ? "" : ",", (double)p->lon_e5 / 1e5, (double)p->lat_e5 / 1e5);
	buf_fmt(b, "\"properties\":{\"id\":\"%s\",\"name\":", p->pub.s);
	buf_json(b, p->name);
	buf_str(b, ",\"city\":");
	buf_json(b, p->city);
	buf_fmt(b, ",\"dominant\":");
	buf_json(b, p->dominant < 0 ? NULL : enum_word(&place_dominant_words, p->dominant));
	buf_fmt(b, ",\"form\":");
	buf_json(b, p->form < 0 ? NULL : enum_word(&legal_form_words, p->form));
	buf_fmt(b, ",\"linked_cae\":%s}}", p->cae ? "true" : "false");
}

rc map_geojson(struct ctx *c, struct req *q)
{
	struct atlas_page *v = new_zero(c, struct atlas_page);
	struct buf b;
	TRY(atlas_data(c, req_form(q, atlas_query), v));
	buf_init(&b, c->mem, 65536);
	buf_str(&b, "{\"type\":\"FeatureCollection\",\"features\":[");
	for (size_t i = 0; i < v->places.n; i++)
		feature(&b, &v->places.items[i], i == 0);
	for (size_t i = 0; i < v->clusters.n; i++)
		buf_fmt(&b,
			"%s\n{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[%.5f,%.5f]},"
			"\"properties\":{\"places\":%lld}}",
			i ? "," : "", (double)v->clusters.items[i].lon_e5 / 1e5,
			(double)v->clusters.items[i].lat_e5 / 1e5, (long long)v->clusters.items[i].n);
	buf_str(&b, "\n]}\n");
	return bytes(q, "application/geo+json", NULL, b.s, b.len);
}
