/* murmurations.c - a community as a profile that others' indexes and maps may
 * fetch, by organizations_schema-v1.0.0 of the Murmurations network. */
#include <glib.h>
#include <string.h>

#include "observatory/open_data.h"
#include "people/community_shape.h"
#include "people/linked_data.h"
#include "platform/i18n.h"

static bool is_web(const char *url)
{
	return url && (strncmp(url, "http://", 7) == 0 || strncmp(url, "https://", 8) == 0);
}

static void set_url(json_t *o, const char *name, const char *url)
{
	if (is_web(url))
		open_set(o, name, url);
}

static bool is_kind(const struct open_row *p, int kind)
{
	const bool is[COMMUNITY_KIND_COUNT] = { p->is_cae,     p->is_place,	  p->is_collective,
						p->is_network, p->is_public_body, p->is_company,
						p->is_other };
	return is[kind];
}

static void add_word(json_t *l, const char *word)
{
	size_t i;
	json_t *known;
	json_array_foreach(l, i, known) if (strcmp(json_string_value(known), word) == 0) return;
	json_array_append_new(l, json_string(word));
}

/* Words one searches by, in the language of the places whoever reads. */
static json_t *tags(struct ctx *c, const struct open_record *r)
{
	int reader = (int)c->lang;
	json_t *l = json_array();
	c->lang = LANG_FR;
	for (int i = 0; i < COMMUNITY_KIND_COUNT; i++)
		if (is_kind(&r->row, i))
			add_word(l, i18n_word(c, &community_kind_words, i));
	for (int i = 0; i < STUDY_TYPOLOGY_COUNT; i++)
		if (r->typologies[TYPOLOGY_VOCABULARY_STUDY].has[i])
			add_word(l, i18n_word(c, &study_typology_words, i));
	c->lang = reader;
	return l;
}

static json_t *urls(struct ctx *c, const struct open_record *r)
{
	json_t *l = json_array();
	const char *here = open_page(c, &r->row);
	if (is_web(r->row.website) && here)
		json_array_append_new(l, json_pack("{s:s,s:s}", "name", "Maillage", "url", here));
	for (size_t i = 0; i < r->n_urls; i++)
		if (is_web(r->urls[i]))
			json_array_append_new(l, json_pack("{s:s}", "url", r->urls[i]));
	return l;
}

static json_t *relationships(struct ctx *c, const struct open_record *r)
{
	json_t *l = json_array();
	for (size_t i = 0; i < r->n_memberships; i++) {
		const struct open_membership *m = &r->memberships[i];
		const char *of = is_web(m->in_website)
					 ? m->in_website
					 : linked_data_url(c, fmt(c, "/communities/%s", m->in_pub.s));
		if (is_web(of))
			json_array_append_new(l, json_pack("{s:s,s:s}", "predicate_url",
							   "https://schema.org/memberOf", "object_url", of));
	}
	return l;
}

static const char *full_address(struct ctx *c, const struct open_record *r)
{
	const struct open_row *p = &r->row;
	const char *code = open_postal_code(c, r);
	if (!p->city)
		return p->address && *p->address ? p->address : NULL;
	const char *town = fmt(c, "%s%s%s", code ? code : "", code ? " " : "", p->city);
	if (!p->address || !*p->address)
		return town;
	return g_str_has_suffix(p->address, town) ? p->address : fmt(c, "%s, %s", p->address, town);
}

void murmurations_profile(struct ctx *c, const struct open_record *r, struct buf *out)
{
	const struct open_row *p = &r->row;
	json_t *o = json_pack("{s:[s],s:s}", "linked_schemas", "organizations_schema-v1.0.0", "name",
			      p->name);
	set_url(o, "primary_url", is_web(p->website) ? p->website : open_page(c, p));
	open_set_list(o, "tags", tags(c, r));
	open_set_list(o, "urls", urls(c, r));
	open_set(o, "description", p->activities);
	open_set(o, "full_address", full_address(c, r));
	open_set(o, "country_iso_3166", p->insee || p->departement ? "FR" : NULL);
	if (p->located)
		json_object_set_new(o, "geolocation",
				    json_pack("{s:o,s:o}", "lat", open_degrees(p->lat_e5), "lon",
					      open_degrees(p->lon_e5)));
	if (p->email && *p->email)
		json_object_set_new(o, "contact_details", json_pack("{s:s}", "email", p->email));
	open_set(o, "telephone", p->phone);
	open_set_list(o, "relationships", relationships(c, r));
	open_json(out, o);
}

void murmurations_list(struct ctx *c, const struct open_records *l, struct buf *out)
{
	open_list_begin(out, l, "{\"schema\":\"organizations_schema-v1.0.0\",\"profiles\":[");
	for (size_t i = 0; i < l->n; i++) {
		const struct open_row *p = &l->items[i].row;
		if (p->closed != NONE)
			continue;
		const char *path = fmt(c, "/communities/%s/murmurations.json", p->pub.s);
		open_list_item(out, json_pack("{s:s,s:s,s:I}", "name", p->name, "profile_url",
					      linked_data_url(c, path), "last_updated",
					      (json_int_t)open_changed(p).v));
	}
	open_list_end(out, l, "]}\n");
}
