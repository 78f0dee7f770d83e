#include "observatory/search_view.h"

#include <stdlib.h>
#include <string.h>

#include "platform/i18n.h"

enum { SHOWN = 7 };

static void put_tag(struct buf *b, const struct catalogue *x, tag t)
{
	buf_fmt(b, "%s%s:%s", b->len ? " " : "", enum_word(&search_facet_words, facet_of(x, t)),
		tag_value(x, t));
}

/* What is chosen without one tag, and with another. */
static const char *tags_but(struct ctx *c, const struct finding *f, tag without, tag with)
{
	struct buf b;
	buf_init(&b, c->mem, 64);
	for (size_t i = 0; i < f->n_chosen; i++)
		if (f->chosen[i] != without)
			put_tag(&b, f->x, f->chosen[i]);
	if (with != TAG_NONE)
		put_tag(&b, f->x, with);
	return b.len ? b.s : "";
}

const char *search_tags(struct ctx *c, const struct finding *f)
{
	return tags_but(c, f, TAG_NONE, TAG_NONE);
}

static const char *with_tags(struct ctx *c, const char *address, const char *tags)
{
	struct buf b;
	buf_init(&b, c->mem, 128);
	buf_str(&b, address);
	buf_param(&b, "is", tags);
	return b.s;
}

static int by_count(const void *a, const void *b)
{
	const struct search_value *x = a, *y = b;
	if (x->chosen != y->chosen)
		return x->chosen ? -1 : 1;
	if (x->n != y->n)
		return x->n > y->n ? -1 : 1;
	return strcmp(x->name, y->name);
}

static struct search_value value_of(struct ctx *c, const struct finding *f, tag t, const char *address)
{
	bool on = is_chosen(f, t);
	return (struct search_value){
		.value = tag_value(f->x, t),
		.name = tag_name(c, f->x, t),
		.n = f->counts[t],
		.chosen = on,
		.href = with_tags(c, address, tags_but(c, f, on ? t : TAG_NONE, on ? TAG_NONE : t)),
	};
}

static bool has_chosen(const struct finding *f, enum search_facet facet)
{
	for (size_t i = 0; i < f->n_chosen; i++)
		if (facet_of(f->x, f->chosen[i]) == facet)
			return true;
	return false;
}

/* Does a value tell some of what was found from the rest? */
static bool splits(const struct finding *f, enum search_facet facet)
{
	for (tag t = f->x->facet[facet]; t < f->x->facet[facet + 1]; t++)
		if (f->counts[t] && f->counts[t] < f->n)
			return true;
	return has_chosen(f, facet);
}

/* Départements are told within a region, groupings of communes within a département. */
static bool too_many(const struct finding *f, enum search_facet facet)
{
	if (facet == SEARCH_FACET_DEPARTEMENT)
		return !has_chosen(f, SEARCH_FACET_REGION) && !has_chosen(f, SEARCH_FACET_DEPARTEMENT);
	return facet == SEARCH_FACET_EPCI && !has_chosen(f, SEARCH_FACET_DEPARTEMENT) &&
	       !has_chosen(f, SEARCH_FACET_EPCI);
}

static void add_group(struct ctx *c, const struct finding *f, enum search_facet facet, const char *address,
		      struct search_group_list *l)
{
	tag first = f->x->facet[facet], last = f->x->facet[facet + 1];
	struct search_group g = { .facet = facet };
	if (!splits(f, facet) || too_many(f, facet))
		return;
	struct search_value *all = new_array(c, struct search_value, (size_t)(last - first));
	size_t n = 0;
	for (tag t = first; t < last; t++)
		if (f->counts[t] || is_chosen(f, t))
			all[n++] = value_of(c, f, t, address);
	qsort(all, n, sizeof *all, by_count);
	g.values = (struct search_value_list){ all, n < SHOWN + 2 ? n : SHOWN };
	g.rest = (struct search_value_list){ all + g.values.n, n - g.values.n };
	l->items[l->n++] = g;
}

/* Of yes and no alone nobody would know to what. */
static const char *chip_name(struct ctx *c, const struct catalogue *x, tag t)
{
	const char *name = tag_name(c, x, t), *facet = i18n_word(c, &search_facet_words, facet_of(x, t));
	return facet_of(x, t) == SEARCH_FACET_LINKED || facet_of(x, t) == SEARCH_FACET_CG
		       ? fmt(c, "%s%s%s", facet, T(c, "ui.colon"), name)
		       : name;
}

void search_panel(struct ctx *c, const struct finding *f, const enum search_facet *facets, size_t n,
		  const char *address, struct search_panel *out)
{
	out->tags = search_tags(c, f);
	out->groups.items = new_array(c, struct search_group, n);
	for (size_t i = 0; i < n; i++)
		add_group(c, f, facets[i], address, &out->groups);
	out->chips.items = new_array(c, struct search_chip, f->n_chosen);
	for (size_t i = 0; i < f->n_chosen; i++)
		out->chips.items[out->chips.n++] = (struct search_chip){
			chip_name(c, f->x, f->chosen[i]),
			with_tags(c, address, tags_but(c, f, f->chosen[i], TAG_NONE))
		};
}

const char *search_degrees(struct ctx *c, int64_t e5)
{
	return e5 == NONE ? "" : fmt(c, "%.5f", (double)e5 / 1e5);
}

static void put_feature(struct buf *b, const struct found *k, const struct record *r, size_t rank)
{
	buf_str(b, rank > 1 ? ",\n{\"type\":\"Feature\",\"geometry\":"
			    : "\n{\"type\":\"Feature\",\"geometry\":");
	if (r->lat_e5 == INT32_MIN)
		buf_str(b, "null");
	else
		buf_fmt(b, "{\"type\":\"Point\",\"coordinates\":[%.5f,%.5f]}", r->lon_e5 / 1e5,
			r->lat_e5 / 1e5);
	buf_fmt(b, ",\"properties\":{\"id\":\"%s\",\"rank\":%zu,\"name\":", r->pub.s, rank);
	buf_json(b, r->name);
	buf_str(b, ",\"kinds\":[");
	for (int i = 0, n = 0; i < COMMUNITY_KIND_COUNT; i++)
		if (r->kinds >> i & 1)
			buf_fmt(b, "%s\"%s\"", n++ ? "," : "", enum_word(&community_kind_words, i));
	buf_str(b, "],\"city\":");
	buf_json(b, r->city);
	buf_str(b, ",\"departement\":");
	buf_json(b, r->departement);
	buf_str(b, ",\"dominant\":");
	buf_json(b, r->dominant < 0 ? NULL : enum_word(&place_dominant_words, r->dominant));
	if (k->metres >= 0)
		buf_fmt(b, ",\"metres\":%.0f", (double)k->metres);
	buf_str(b, "}}");
}

void search_geojson(const struct finding *f, struct buf *b)
{
	buf_str(b, "{\"type\":\"FeatureCollection\",\"features\":[");
	for (size_t i = 0; i < f->n; i++)
		put_feature(b, &f->at[i], &f->x->at[f->at[i].record], i + 1);
	buf_str(b, "\n]}\n");
}
