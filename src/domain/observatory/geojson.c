/* geojson.c - communities as features of RFC 7946, and places with the tags of
 * OpenStreetMap, for who compares the directory with the map. */
#include <string.h>

#include "base/civil.h"
#include "observatory/open_data.h"
#include "people/community_shape.h"
#include "platform/i18n.h"

#define COLLECTION "{\"type\":\"FeatureCollection\",\"features\":["

static json_t *geometry(const struct open_row *p)
{
	if (p->lat_e5 == NONE || p->lon_e5 == NONE)
		return json_null();
	return json_pack("{s:s,s:[o,o]}", "type", "Point", "coordinates", open_degrees(p->lon_e5),
			 open_degrees(p->lat_e5));
}

static json_t *feature(const struct open_row *p, json_t *properties)
{
	return json_pack("{s:s,s:s,s:o,s:o}", "type", "Feature", "id", p->pub.s, "geometry", geometry(p),
			 "properties", properties);
}

static json_t *words(const struct enumeration *e, const struct code_set *set)
{
	json_t *l = json_array();
	for (int i = 0; i < (int)e->n; i++)
		if (set->has[i])
			json_array_append_new(l, json_string(enum_word(e, i)));
	return l;
}

static json_t *kinds(const struct open_row *p)
{
	const struct code_set is = { { p->is_cae, p->is_place, p->is_collective, p->is_network,
				       p->is_public_body, p->is_company, p->is_other } };
	return words(&community_kind_words, &is);
}

static json_t *national_words(struct ctx *c, const struct open_record *r)
{
	json_t *l = json_array();
	for (int i = 0; i < NATIONAL_TYPOLOGY_COUNT; i++)
		if (r->typologies[TYPOLOGY_VOCABULARY_NATIONAL].has[i])
			json_array_append_new(l, json_string(national_code(c, i)));
	return l;
}

static void set_contact(json_t *o, const struct open_row *p)
{
	open_set(o, "website", p->website);
	open_set(o, "email", p->email);
	open_set(o, "phone", p->phone);
	open_set(o, "opening_hours", p->opening);
}

/* Who said what a field holds: {"phone": {"source": ..., "at": ...}}, the last who did. */
static json_t *sources(const struct open_record *r)
{
	json_t *o = json_object();
	for (size_t i = 0; i < r->n_sources; i++) {
		const struct open_source *s = &r->sources[i];
		char at[21];
		const json_t *known = json_object_get(o, s->field);
		instant_iso(s->at, at);
		if (!known || strcmp(json_string_value(json_object_get(known, "at")), at) < 0)
			json_object_set_new(o, s->field,
					    json_pack("{s:s,s:s}", "source", s->source, "at", at));
	}
	return o;
}

static json_t *properties(struct ctx *c, const struct open_record *r)
{
	const struct open_row *p = &r->row;
	json_t *o = json_pack("{s:s,s:o}", "name", p->name, "kinds", kinds(p));
	open_set(o, "url", open_page(c, p));
	open_set(o, "activities", p->activities);
	open_set(o, "address", p->address);
	open_set(o, "city", p->city);
	open_set(o, "insee", p->insee);
	open_set(o, "departement", p->departement);
	open_set(o, "siren", p->siren);
	open_set(o, "siret", p->siret);
	if (p->year_started != NONE)
		json_object_set_new(o, "year_started", json_integer(p->year_started));
	if (p->closed != NONE)
		json_object_set_new(o, "closed", json_integer(p->closed));
	set_contact(o, p);
	open_set_list(o, "typologies",
		      words(&study_typology_words, &r->typologies[TYPOLOGY_VOCABULARY_STUDY]));
	open_set_list(o, "national_typologies", national_words(c, r));
	open_set_list(o, "features", words(&community_feature_words, &r->features));
	if (p->lat_e5 != NONE)
		open_set(o, "position", p->located ? "own" : "commune_centre");
	open_set(o, "source", p->source);
	if (r->n_sources)
		json_object_set_new(o, "sources", sources(r));
	open_set(o, "updated", fmt_iso_day(c, open_day(p)));
	return o;
}

void geojson_communities(struct ctx *c, const struct open_records *l, struct buf *out)
{
	open_list_begin(out, l, COLLECTION);
	for (size_t i = 0; i < l->n; i++)
		open_list_item(out, feature(&l->items[i].row, properties(c, &l->items[i])));
	open_list_end(out, l, "]}\n");
}

/* ---- tags of OpenStreetMap ---- */

struct tag {
	int code; /* of the vocabulary or the features */
	const char *key, *value;
};

/* The first that fits says what it is above all. */
static const struct tag mains[] = {
#define MAIN(code, key, value) { STUDY_TYPOLOGY_##code, key, value },
#include "observatory/osm_tags.def"
};
static const struct tag details[] = {
#define DETAIL(code, key, value) { COMMUNITY_FEATURE_##code, key, value },
#include "observatory/osm_tags.def"
};

static void set_tags(json_t *o, const struct open_record *r)
{
	for (size_t i = 0; i < sizeof mains / sizeof *mains; i++)
		if (r->typologies[TYPOLOGY_VOCABULARY_STUDY].has[mains[i].code]) {
			open_set(o, mains[i].key, mains[i].value);
			break;
		}
	for (size_t i = 0; i < sizeof details / sizeof *details; i++)
		if (r->features.has[details[i].code])
			open_set(o, details[i].key, details[i].value);
}

static json_t *tags(struct ctx *c, const struct open_record *r)
{
	const struct open_row *p = &r->row;
	json_t *o = json_pack("{s:s}", "name", p->name);
	set_tags(o, r);
	open_set(o, "addr:full", p->address);
	open_set(o, "addr:postcode", open_postal_code(c, r));
	open_set(o, "addr:city", p->city);
	set_contact(o, p);
	open_set(o, "ref:FR:SIREN", p->siren);
	open_set(o, "ref:FR:SIRET", p->siret);
	if (p->year_started != NONE)
		open_set(o, "start_date", fmt(c, "%lld", (long long)p->year_started));
	return o;
}

/* The centre of a commune is nobody's door: such places are left out. */
void geojson_osm(struct ctx *c, const struct open_records *l, struct buf *out)
{
	open_list_begin(out, l, COLLECTION);
	for (size_t i = 0; i < l->n; i++)
		if (open_is_place(&l->items[i].row) && l->items[i].row.located)
			open_list_item(out, feature(&l->items[i].row, tags(c, &l->items[i])));
	open_list_end(out, l, "]}\n");
}
