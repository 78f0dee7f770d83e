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

/* Whose parts are read: those after one, up to another. */
struct range {
	community_id after, last;
};

static rc add_codes(struct ctx *c, struct range at, struct open_records *l)
{
	struct open_code_list codes;
	TRY(open_codes(c, at.after.v, at.last.v, &codes));
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

static rc add_urls(struct ctx *c, struct range at, struct open_records *l)
{
	struct open_url_list urls;
	TRY(open_urls(c, at.after.v, at.last.v, &urls));
	const char **all = new_array(c, const char *, urls.n + 1);
	for (size_t i = 0; i < urls.n; i++) {
		struct open_record *r = record_of(l, urls.items[i].community);
		all[i] = urls.items[i].url;
		if (!r->n_urls++)
			r->urls = &all[i];
	}
	return OK;
}

static rc add_facts(struct ctx *c, struct range at, struct open_records *l)
{
	struct open_fact_list facts;
	TRY(open_facts(c, at.after.v, at.last.v, &facts));
	for (size_t i = 0; i < facts.n; i++) {
		int field = enum_find(&arrival_field_words, facts.items[i].field);
		if (field >= 0)
			record_of(l, facts.items[i].community)->facts[field] = facts.items[i].value;
	}
	return OK;
}

static rc add_memberships(struct ctx *c, struct range at, struct open_records *l)
{
	struct open_membership_list m;
	TRY(open_memberships(c, at.after.v, at.last.v, &m));
	for (size_t i = 0; i < m.n; i++) {
		struct open_record *r = record_of(l, m.items[i].community);
		if (!r->n_memberships++)
			r->memberships = &m.items[i];
	}
	return OK;
}

static rc add_sources(struct ctx *c, struct range at, struct open_records *l)
{
	TRY(open_sources(c, at.after.v, at.last.v, &l->sources));
	for (size_t i = 0; i < l->sources.n; i++) {
		struct open_record *r = record_of(l, l->sources.items[i].community);
		if (!r->n_sources++)
			r->sources = &l->sources.items[i];
	}
	return OK;
}

static rc add_profile(struct ctx *c, struct range at, struct open_records *l)
{
	TRY(add_codes(c, at, l));
	TRY(add_urls(c, at, l));
	TRY(add_facts(c, at, l));
	return add_memberships(c, at, l);
}

static rc read_range(struct ctx *c, struct range at, unsigned parts, struct open_records *out)
{
	struct open_row_list rows;
	TRY(open_rows(c, at.after.v, at.last.v, &rows));
	*out = (struct open_records){ .items = new_array(c, struct open_record, rows.n + 1), .n = rows.n };
	memset(out->items, 0, (rows.n + 1) * sizeof *out->items);
	if (!rows.n)
		return OK;
	for (size_t i = 0; i < rows.n; i++)
		out->items[i].row = rows.items[i];
	if (parts & OPEN_PROFILE)
		TRY(add_profile(c, at, out));
	if (parts & OPEN_SOURCES)
		TRY(add_sources(c, at, out));
	if (parts & OPEN_FIGURES)
		TRY(open_figures(c, at.after.v, at.last.v, &out->figures));
	if (parts & OPEN_LINKS)
		TRY(open_links(c, at.after.v, at.last.v, &out->links));
	return parts & OPEN_PRICES ? open_prices(c, at.after.v, at.last.v, day_at(c->now, NULL), &out->prices)
				   : OK;
}

rc open_records_read(struct ctx *c, community_id after, int64_t most, unsigned parts,
		     struct open_records *out)
{
	struct range at = { .after = after };
	TRY(open_end(c, after.v, most, &at.last.v));
	at.last = is_none(at.last) ? after : at.last;
	return read_range(c, at, parts, out);
}

rc open_record_read(struct ctx *c, community_id id, struct open_records *out)
{
	return read_range(c, (struct range){ { id.v - 1 }, id }, OPEN_PROFILE, out);
}

instant open_changed(const struct open_row *r)
{
	return is_none(r->changed_at) ? r->created_at : r->changed_at;
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

void open_list_begin(struct buf *out, const struct open_records *l, const char *head)
{
	if (l->first)
		buf_str(out, head);
}

void open_list_item(struct buf *out, json_t *o)
{
	if (out->s[out->len - 1] != '[')
		buf_char(out, ',');
	open_json(out, o);
	out->len--; /* an end of line stands after the list alone */
}

void open_list_end(struct buf *out, const struct open_records *l, const char *tail)
{
	if (l->last)
		buf_str(out, tail);
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

bool open_is_place(const struct open_row *p)
{
	return p->is_place && p->closed == NONE;
}

json_t *open_degrees(int64_t e5)
{
	return json_real((double)e5 / 100000);
}
