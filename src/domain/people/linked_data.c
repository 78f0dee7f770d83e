#include "people/linked_data.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "platform/app.h"
#include "platform/i18n.h"

const char *linked_data_url(struct ctx *c, const char *path)
{
	return fmt(c, "%s%s", c->app->public_url ? c->app->public_url : "", path);
}

static void put(json_t *o, const char *name, const char *value)
{
	if (value && *value)
		json_object_set_new(o, name, json_string(value));
}

static json_t *typed(const char *type)
{
	return json_pack("{s:s}", "@type", type);
}

static json_t *address(const struct community_row *row)
{
	json_t *a = typed("PostalAddress");
	put(a, "streetAddress", row->address);
	put(a, "addressLocality", row->city ? row->city : row->city_printed);
	put(a, "addressCountry", "FR");
	return a;
}

/* Hundred-thousandths of a degree as a decimal number. */
static json_t *degrees(int64_t e5)
{
	return json_real((double)e5 / 100000);
}

static json_t *links(const struct community_row *row, const struct profile *p)
{
	json_t *l = json_array();
	if (row->website && *row->website)
		json_array_append_new(l, json_string(row->website));
	for (size_t i = 0; i < p->urls.n; i++)
		json_array_append_new(l, json_string(p->urls.items[i].url));
	return l;
}

static json_t *keywords(const struct profile *p)
{
	json_t *l = json_array();
	for (size_t i = 0; i < p->study.n; i++)
		json_array_append_new(l, json_string(p->study.items[i].label));
	return l;
}

/* What is there, as amenities. */
static json_t *amenities(struct ctx *c, const struct profile *p)
{
	json_t *l = json_array();
	for (size_t g = 0; g < p->features.n; g++)
		for (size_t i = 0; i < p->features.items[g].items.n; i++) {
			json_t *a = typed("LocationFeatureSpecification");
			int feature = p->features.items[g].items.items[i].feature;
			put(a, "name", i18n_word(c, &community_feature_words, feature));
			json_object_set_new(a, "value", json_true());
			json_array_append_new(l, a);
		}
	return l;
}

static json_t *images(struct ctx *c, const struct profile *p)
{
	json_t *l = json_array();
	for (size_t i = 0; i < p->photos.n; i++) {
		const struct photo_view *v = &p->photos.items[i];
		if (v->images.n)
			json_array_append_new(
				l, json_string(linked_data_url(
					   c, fmt(c, "/photos/%s", v->images.items[v->images.n - 1].pub.s))));
	}
	return l;
}

static void put_list(json_t *o, const char *name, json_t *list)
{
	if (json_array_size(list))
		json_object_set_new(o, name, list);
	else
		json_decref(list);
}

json_t *linked_data_of(struct ctx *c, const struct community_row *row, const struct profile *p)
{
	json_t *o = typed(row->is_place ? "LocalBusiness" : "Organization");
	const char *url = linked_data_url(
		c, fmt(c, "/%s/%s", row->is_place ? "places" : "communities", row->pub.s));
	json_object_set_new(o, "@context", json_string("https://schema.org"));
	put(o, "@id", url);
	put(o, "url", url);
	put(o, "name", row->name);
	put(o, "description", row->activities);
	put(o, "telephone", row->phone);
	put(o, "email", row->email);
	if (row->siren && *row->siren)
		put(o, "iso6523Code", fmt(c, "0002:%s", row->siren));
	if (row->year_started != NONE)
		put(o, "foundingDate", fmt(c, "%lld", (long long)row->year_started));
	json_object_set_new(o, "address", address(row));
	if (row->is_place && p->own_point) {
		json_t *geo = typed("GeoCoordinates");
		json_object_set_new(geo, "latitude", degrees(row->lat_e5));
		json_object_set_new(geo, "longitude", degrees(row->lon_e5));
		json_object_set_new(o, "geo", geo);
	}
	put_list(o, "sameAs", links(row, p));
	put_list(o, "keywords", keywords(p));
	put_list(o, "image", images(c, p));
	if (row->is_place)
		put_list(o, "amenityFeature", amenities(c, p));
	return o;
}

html linked_data_block(struct ctx *c, json_t *o)
{
	struct buf b;
	char *text = json_dumps(o, JSON_COMPACT | JSON_REAL_PRECISION(8));
	json_decref(o);
	buf_init(&b, c->mem, 2048);
	buf_str(&b, "<script type=\"application/ld+json\">");
	/* In a string of JSON these may be written as escapes: no "</script>" is left. */
	for (const char *s = text ? text : "{}"; *s; s++)
		if (strchr("<>&", *s))
			buf_fmt(&b, "\\u%04x", *s);
		else
			buf_char(&b, *s);
	buf_str(&b, "</script>");
	free(text);
	return (html){ b.s };
}
