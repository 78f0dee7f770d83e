#include "observatory/open_data.h"

#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "observatory/open_data_sql.h"
#include "people/linked_data.h"
#include "platform/app.h"
#include "platform/i18n.h"

/* ---- the records ---- */

static int by_id(const void *key, const void *item)
{
	int64_t a = ((const community_id *)key)->v, b = ((const struct open_record *)item)->row.id.v;
	return (a > b) - (a < b);
}

static struct open_record *record_of(const struct open_records *l, community_id id)
{
	return bsearch(&id, l->items, l->n, sizeof *l->items, by_id);
}

static rc add_codes(struct ctx *c, community_id only, struct open_records *l)
{
	struct open_code_list codes;
	TRY(open_codes(c, only, &codes));
	for (size_t i = 0; i < codes.n; i++) {
		const struct open_code *k = &codes.items[i];
		struct open_record *r = record_of(l, k->community);
		bool feature = k->vocabulary < 0;
		int code = enum_find(feature ? &community_feature_words : typology_words((int)k->vocabulary),
				     k->code);
		if (code >= 0)
			(feature ? &r->features : &r->typologies[k->vocabulary])->has[code] = true;
	}
	return OK;
}

static rc add_urls(struct ctx *c, community_id only, struct open_records *l)
{
	struct open_url_list urls;
	TRY(open_urls(c, only, &urls));
	const char **all = new_array(c, const char *, urls.n + 1);
	for (size_t i = 0; i < urls.n; i++) {
		struct open_record *r = record_of(l, urls.items[i].community);
		all[i] = urls.items[i].url;
		if (!r->n_urls++)
			r->urls = &all[i];
	}
	return OK;
}

static rc add_facts(struct ctx *c, community_id only, struct open_records *l)
{
	struct open_fact_list facts;
	TRY(open_facts(c, only, &facts));
	for (size_t i = 0; i < facts.n; i++) {
		int field = enum_find(&arrival_field_words, facts.items[i].field);
		if (field >= 0)
			record_of(l, facts.items[i].community)->facts[field] = facts.items[i].value;
	}
	return OK;
}

static rc add_memberships(struct ctx *c, community_id only, struct open_records *l)
{
	struct open_membership_list m;
	TRY(open_memberships(c, only, &m));
	for (size_t i = 0; i < m.n; i++) {
		struct open_record *r = record_of(l, m.items[i].community);
		if (!r->n_memberships++)
			r->memberships = &m.items[i];
	}
	return OK;
}

rc open_records_read(struct ctx *c, community_id only, struct open_records *out)
{
	struct open_row_list rows;
	TRY(open_rows(c, only, &rows));
	*out = (struct open_records){ new_array(c, struct open_record, rows.n + 1), rows.n };
	memset(out->items, 0, (rows.n + 1) * sizeof *out->items);
	for (size_t i = 0; i < rows.n; i++)
		out->items[i].row = rows.items[i];
	TRY(add_codes(c, only, out));
	TRY(add_urls(c, only, out));
	TRY(add_facts(c, only, out));
	return add_memberships(c, only, out);
}

instant open_changed(const struct open_row *r)
{
	const instant all[] = { r->confirmed_at, r->sourced_at, r->edited_at };
	instant last = r->created_at;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (!is_none(all[i]) && all[i].v > last.v)
			last = all[i];
	return last;
}

day open_day(const struct open_row *r)
{
	instant changed = open_changed(r);
	bool untouched = !is_none(r->imported_at) && r->imported_at.v >= changed.v;
	return untouched && !is_none(r->said_on) ? r->said_on : day_at(changed, NULL);
}

const char *open_postal_code(struct ctx *c, const struct open_record *record)
{
	const struct open_row *r = &record->row;
	char *rest, *codes;
	if (record->facts[ARRIVAL_FIELD_POSTAL_CODE])
		return record->facts[ARRIVAL_FIELD_POSTAL_CODE];
	if (!r->postal_codes || !*r->postal_codes)
		return NULL;
	if (!strchr(r->postal_codes, ' '))
		return r->postal_codes;
	codes = talloc_strdup(c->mem, r->postal_codes);
	for (char *k = strtok_r(codes, " ", &rest); k && r->address; k = strtok_r(NULL, " ", &rest))
		if (strstr(r->address, k))
			return k;
	return NULL;
}

const char *open_page(struct ctx *c, const struct open_row *r)
{
	const char *url = linked_data_url(c,
					  fmt(c, "/%s/%s", r->is_place ? "places" : "communities", r->pub.s));
	return *url == '/' ? NULL : url;
}

/* ---- JSON ---- */

void open_json(struct buf *out, json_t *o)
{
	char *text = json_dumps(o, JSON_COMPACT | JSON_REAL_PRECISION(9));
	json_decref(o);
	buf_str(out, text ? text : "{}");
	buf_char(out, '\n');
	free(text);
}

void open_set(json_t *o, const char *name, const char *value)
{
	if (value && *value)
		json_object_set_new(o, name, json_string(value));
}

void open_set_list(json_t *o, const char *name, json_t *list)
{
	if (json_array_size(list))
		json_object_set_new(o, name, list);
	else
		json_decref(list);
}

json_t *open_degrees(int64_t e5)
{
	return json_real((double)e5 / 100000);
}

/* ---- the files ---- */

#define NATIONAL_SCHEMA "https://lamednum.coop/schema-de-donnees-des-lieux-de-mediation-numerique-2/"
#define GEOJSON_TYPE	"application/geo+json"
#define CSV_TYPE	"text/csv; charset=utf-8"
#define JSON_TYPE	"application/json"

const struct open_file open_files[] = {
	{ "national-2.csv", "/data/national-2.csv", CSV_TYPE, "CSV", NATIONAL_SCHEMA,
	  K("open_data.national_2"), K("open_data.national_2_about"), OPEN_PLACES, national_2_csv },
	{ "national-2.json", "/data/national-2.json", JSON_TYPE, "JSON", NATIONAL_SCHEMA,
	  K("open_data.national_2"), K("open_data.national_2_about"), OPEN_PLACES, national_2_json },
	{ "national-1.csv", "/data/national-1.csv", CSV_TYPE, "CSV", NATIONAL_SCHEMA,
	  K("open_data.national_1"), K("open_data.national_1_about"), OPEN_PLACES, national_1_csv },
	{ "national-1.json", "/data/national-1.json", JSON_TYPE, "JSON", NATIONAL_SCHEMA,
	  K("open_data.national_1"), K("open_data.national_1_about"), OPEN_PLACES, national_1_json },
	{ "communities.geojson", "/data/communities.geojson", GEOJSON_TYPE, "GeoJSON",
	  "https://www.rfc-editor.org/rfc/rfc7946", K("open_data.geojson"), K("open_data.geojson_about"),
	  OPEN_ALL, geojson_communities },
	{ "osm.geojson", "/data/osm.geojson", GEOJSON_TYPE, "GeoJSON",
	  "https://wiki.openstreetmap.org/wiki/Map_features", K("open_data.osm"), K("open_data.osm_about"),
	  OPEN_LOCATED, geojson_osm },
	{ "murmurations.json", "/data/murmurations.json", JSON_TYPE, "JSON",
	  "https://library.murmurations.network/v2/schemas/organizations_schema-v1.0.0",
	  K("open_data.murmurations"), K("open_data.murmurations_about"), OPEN_ALL, murmurations_list },
};
const size_t n_open_files = sizeof open_files / sizeof *open_files;

const struct open_file *open_file_named(const char *name)
{
	for (size_t i = 0; i < n_open_files; i++)
		if (strcmp(open_files[i].name, name) == 0 || strcmp(open_files[i].path, name) == 0)
			return &open_files[i];
	return NULL;
}
