/* atlas_draw.c - the map of the places as a picture. */
#include "observatory/atlas.h"
#include "observatory/atlas_sql.h"
#include "observatory/map.h"
#include "platform/i18n.h"

#define DOTS 1200 /* places drawn without a number */

static const enum outline_level levels[] = {
	[ATLAS_LEVEL_REGION] = OUTLINE_REGION,
	[ATLAS_LEVEL_DEPARTEMENT] = OUTLINE_DEPARTEMENT,
	[ATLAS_LEVEL_EPCI] = OUTLINE_EPCI,
};

/* ---- people for a place ---- */

static const char *area_title(struct ctx *c, const struct atlas_density *d)
{
	const struct arg args[] = { { .name = "name", .kind = ARG_TEXT, .text = d->name },
				    { .name = "n", .kind = ARG_INT, .n = d->places },
				    { .name = "people", .kind = ARG_TEXT, .text = fmt_int(c, d->people) } };
	return d->people == NONE ? i18n(c, K("atlas.area_none"), args, 1) : i18n(c, K("atlas.area"), args, 3);
}

/* The largest number of people for a place in each step. */
static void legend(struct ctx *c, struct atlas_page *v)
{
	int64_t most[6] = { 0 };
	const char *labels[6];
	struct buf b;
	for (size_t i = 0; i < v->densities.n; i++) {
		const struct atlas_density *d = &v->densities.items[i];
		if (d->people != NONE && d->people > most[d->step])
			most[d->step] = d->people;
	}
	labels[0] = T(c, "atlas.no_place");
	for (int i = 1; i < 6; i++) {
		labels[i] = most[i] ? T_TEXT(c, "atlas.up_to", "people", fmt_int(c, most[i])) : "–";
	}
	buf_init(&b, c->mem, 1024);
	map_legend(&b, T(c, "atlas.density_key"), labels, 6);
	v->legend.s = b.s;
}

/* More than a thousand names would make a heavy page: the table has them. */
static void choropleth(struct ctx *c, struct map *m, int level, struct atlas_page *v)
{
	struct map_area *areas = new_array(c, struct map_area, v->densities.n);
	for (size_t i = 0; i < v->densities.n; i++) {
		const struct atlas_density *d = &v->densities.items[i];
		areas[i] = (struct map_area){ .code = d->code,
					      .step = (int)d->step,
					      .title = level == ATLAS_LEVEL_EPCI ? NULL : area_title(c, d) };
	}
	map_choropleth(c, m, levels[level], areas, v->densities.n);
	legend(c, v);
}

/* ---- places ---- */

static void threads(struct ctx *c, struct map *m, const struct atlas_thread_list *l)
{
	struct map_thread *t = new_array(c, struct map_thread, l->n);
	for (size_t i = 0; i < l->n; i++) {
		const struct atlas_thread *a = &l->items[i];
		t[i] = (struct map_thread){ a->lat_e5, a->lon_e5, a->to_lat_e5, a->to_lon_e5,
					    fmt(c, "%s – %s", a->name, a->to_name) };
	}
	map_threads(c, m, t, l->n);
}

static void numbered(struct ctx *c, struct map *m, const struct atlas_page *v)
{
	struct map_mark *k = new_array(c, struct map_mark, v->lines.n);
	for (size_t i = 0; i < v->lines.n; i++) {
		const struct atlas_line *l = &v->lines.items[i];
		k[i] = (struct map_mark){
			.lat_e5 = l->place.lat_e5,
			.lon_e5 = l->place.lon_e5,
			.rank = l->rank,
			.form = map_form(l->place.dominant),
			.name = fmt(c, "%lld. %s%s%s", (long long)l->rank, l->place.name,
				    l->place.city ? ", " : "", l->place.city ? l->place.city : ""),
			.href = fmt(c, "#l-%lld", (long long)l->rank),
			.id = fmt(c, "m-%lld", (long long)l->rank),
			.ref = l->place.pub.s,
		};
	}
	map_marks(c, m, k, v->lines.n);
}

static bool is_numbered(const struct atlas_page *v, size_t i)
{
	return v->lines.n && i + 1 >= (size_t)v->lines.items[0].rank &&
	       i + 1 < (size_t)v->lines.items[0].rank + v->lines.n;
}

/* The others: places without number, boxes of a grid by how many they hold. */
static void dots(struct ctx *c, struct map *m, const struct atlas_page *v)
{
	struct map_mark *k = new_array(c, struct map_mark, v->places.n + v->clusters.n);
	size_t n = 0;
	for (size_t i = 0; i < v->places.n && n < DOTS; i++)
		if (!is_numbered(v, i))
			k[n++] = (struct map_mark){ .lat_e5 = v->places.items[i].lat_e5,
						    .lon_e5 = v->places.items[i].lon_e5 };
	for (size_t i = 0; i < v->clusters.n && n < DOTS; i++)
		k[n++] = (struct map_mark){ .lat_e5 = v->clusters.items[i].lat_e5,
					    .lon_e5 = v->clusters.items[i].lon_e5,
					    .rank = v->clusters.items[i].n };
	map_marks(c, m, k, n);
}

/* The list is of the whole country, whatever part is looked at. */
static rc past_lines(struct ctx *c, const struct atlas_query *ask, int64_t after,
		     struct atlas_place_list *out)
{
	struct atlas_query whole = *ask;
	whole.south = whole.north = whole.west = whole.east = NONE;
	TRY(atlas_past(c, &whole, out));
	size_t skip = (size_t)after < out->n ? (size_t)after : out->n;
	out->items += skip;
	out->n = out->n - skip > ATLAS_LINES ? ATLAS_LINES : out->n - skip;
	return OK;
}

static rc fill_lines(struct ctx *c, const struct atlas_query *ask, struct atlas_page *v)
{
	struct atlas_place_list page;
	int64_t after = ask->after == NONE ? 0 : ask->after;
	const char *dominant = ask->dominant < 0 ? "" : enum_word(&place_dominant_words, ask->dominant),
		   *form = ask->form < 0 ? "" : enum_word(&legal_form_words, ask->form);
	if (v->is_past)
		TRY(past_lines(c, ask, after, &page));
	else
		TRY(atlas_places_in(c, dominant, form, ask->cae, -9000000, 9000000, -18000000, 18000000,
				    after, ATLAS_LINES, &page));
	v->lines.items = new_array(c, struct atlas_line, page.n);
	for (size_t i = 0; i < page.n; i++)
		v->lines.items[v->lines.n++] = (struct atlas_line){ after + (int64_t)i + 1, page.items[i] };
	return OK;
}

rc atlas_draw(struct ctx *c, const struct atlas_query *ask, struct atlas_page *v)
{
	struct map *m = map_france(c, MAP_COUNTRY, T(c, "atlas.map"));
	struct buf b;
	TRY(fill_lines(c, ask, v));
	if (ask->layer == ATLAS_LAYER_DENSITY) {
		choropleth(c, m, ask->level < 0 ? ATLAS_LEVEL_REGION : ask->level, v);
		map_limits(c, m, OUTLINE_REGION);
	} else {
		map_land(c, m, OUTLINE_DEPARTEMENT);
	}
	threads(c, m, &v->threads);
	dots(c, m, v);
	if (ask->layer != ATLAS_LAYER_DENSITY)
		numbered(c, m, v);
	TRY(map_towns(c, m, 8));
	buf_init(&b, c->mem, 65536);
	picture_svg(map_picture(m), &b);
	v->map.s = b.s;
	return OK;
}
