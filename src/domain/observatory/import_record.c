#include "observatory/import_record.h"

#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "base/pubid.h"
#include "observatory/import_sql.h"
#include "people/community.h"
#include "people/community_sql.h"
#include "people/profile_sql.h"
#include "people/step.h"
#include "people/typology.h"
#include "people/typology_sql.h"
#include "territory/commune.h"

/* ---- as JSON ---- */

const char *json_taken(struct ctx *c, json_t *o)
{
	char *text = json_dumps(o, JSON_COMPACT);
	const char *out = talloc_strdup(c->mem, text ? text : json_is_array(o) ? "[]" : "{}");
	free(text);
	json_decref(o);
	return out;
}

const char *record_json(struct ctx *c, const struct record *r)
{
	json_t *o = json_object();
	for (int f = 0; f < ARRIVAL_FIELD_COUNT; f++)
		if (r->is[f])
			json_object_set_new(o, enum_word(&arrival_field_words, f), json_string(r->is[f]));
	return json_taken(c, o);
}

void record_read(struct ctx *c, const char *json, struct record *out)
{
	json_t *o = json ? json_loads(json, 0, NULL) : NULL, *v;
	const char *name;
	*out = (struct record){ { NULL } };
	json_object_foreach(o, name, v)
	{
		int f = enum_find(&arrival_field_words, name);
		if (f >= 0 && json_is_string(v))
			out->is[f] = talloc_strdup(c->mem, json_string_value(v));
	}
	json_decref(o);
}

const char *source_field_of(int field)
{
	switch (field) {
	case ARRIVAL_FIELD_CITY: return "insee";
	case ARRIVAL_FIELD_LATITUDE:
	case ARRIVAL_FIELD_LONGITUDE: return "coordinates";
	case ARRIVAL_FIELD_STUDY_TYPOLOGIES:
	case ARRIVAL_FIELD_NATIONAL_TYPOLOGIES: return "typologies";
	case ARRIVAL_FIELD_FORMER_SERVICES: return "services";
	case ARRIVAL_FIELD_FORMER_PUBLICS: return "publics";
	case ARRIVAL_FIELD_FORMER_COSTS: return "costs";
	case ARRIVAL_FIELD_FORMER_PROGRAMMES: return "programmes";
	case ARRIVAL_FIELD_FORMER_SUPPORT: return "support_modes";
	case ARRIVAL_FIELD_OTHER_EMAILS: return "email";
	default: return enum_word(&arrival_field_words, field);
	}
}

/* ---- what it says now ---- */

static const char *joined(struct ctx *c, const char *had, const char *more)
{
	return had ? fmt(c, "%s|%s", had, more) : more;
}

static const char *words_of(struct ctx *c, const struct enumeration *e, const struct code_set *set)
{
	const char *out = NULL;
	for (int i = 0; i < (int)e->n; i++)
		if (set->has[i])
			out = joined(c, out,
				     e == &national_typology_words ? national_code(c, i) : enum_word(e, i));
	return out;
}

static const char *filled(const char *s)
{
	return s && *s ? s : NULL;
}

static const char *kinds_now(struct ctx *c, const struct community_facts *f)
{
	const struct code_set is = { { f->is_cae, f->is_place, f->is_collective, f->is_network,
				       f->is_public_body, f->is_company, f->is_other } };
	return words_of(c, &community_kind_words, &is);
}

static rc read_sets(struct ctx *c, community_id id, struct record *r)
{
	struct code_set sets[TYPOLOGY_VOCABULARY_COUNT], features;
	struct url_row_list urls;
	TRY(typology_read(c, id, sets));
	TRY(features_read(c, id, &features));
	TRY(profile_urls(c, id, &urls));
	r->is[ARRIVAL_FIELD_STUDY_TYPOLOGIES] = words_of(c, &study_typology_words,
							 &sets[TYPOLOGY_VOCABULARY_STUDY]);
	r->is[ARRIVAL_FIELD_NATIONAL_TYPOLOGIES] = words_of(c, &national_typology_words,
							    &sets[TYPOLOGY_VOCABULARY_NATIONAL]);
	r->is[ARRIVAL_FIELD_FEATURES] = words_of(c, &community_feature_words, &features);
	for (size_t i = 0; i < urls.n; i++)
		r->is[ARRIVAL_FIELD_URLS] = joined(c, r->is[ARRIVAL_FIELD_URLS], urls.items[i].url);
	return OK;
}

/* A place that takes bookings keeps its own hours. */
static rc read_facts(struct ctx *c, community_id id, struct import_known *k)
{
	struct record *r = &k->now;
	struct import_fact_list facts;
	bool found;
	const char *opening;
	TRY(import_facts(c, id, &facts));
	for (size_t i = 0; i < facts.n; i++) {
		int f = enum_find(&arrival_field_words, facts.items[i].field);
		if (f >= 0)
			r->is[f] = facts.items[i].value;
	}
	TRY(import_opening_of(c, id, &opening, &found));
	k->hosted = found;
	if (found)
		r->is[ARRIVAL_FIELD_OPENING] = filled(opening);
	return OK;
}

static void read_columns(struct ctx *c, const struct community_facts *f, const struct import_extra *x,
			 struct record *r)
{
	const char **is = r->is;
	is[ARRIVAL_FIELD_NAME] = f->name;
	is[ARRIVAL_FIELD_KINDS] = kinds_now(c, f);
	is[ARRIVAL_FIELD_ACTIVITIES] = filled(f->activities);
	is[ARRIVAL_FIELD_STORY] = filled(f->story);
	is[ARRIVAL_FIELD_ADDRESS] = filled(f->address);
	is[ARRIVAL_FIELD_INSEE] = f->insee;
	is[ARRIVAL_FIELD_CITY] = f->insee ? NULL : x->city_printed;
	is[ARRIVAL_FIELD_DEPARTEMENT] = f->insee ? NULL : f->departement;
	is[ARRIVAL_FIELD_LATITUDE] = x->own ? degrees_write(c, f->lat_e5) : NULL;
	is[ARRIVAL_FIELD_LONGITUDE] = x->own ? degrees_write(c, f->lon_e5) : NULL;
	is[ARRIVAL_FIELD_SIREN] = f->siren;
	is[ARRIVAL_FIELD_SIRET] = f->siret;
	is[ARRIVAL_FIELD_YEAR_STARTED] = f->year_started == NONE ? NULL
								 : fmt(c, "%lld", (long long)f->year_started);
	is[ARRIVAL_FIELD_WEBSITE] = filled(f->website);
	is[ARRIVAL_FIELD_EMAIL] = filled(f->email);
	is[ARRIVAL_FIELD_PHONE] = filled(f->phone);
	is[ARRIVAL_FIELD_ACCESSIBILITY] = filled(f->accessibility);
	is[ARRIVAL_FIELD_ORIGIN] = x->source;
}

/* What a steward has said: field by field, or the whole by writing or confirming it. */
static rc read_held(struct ctx *c, community_id id, struct import_known *k)
{
	struct field_source_row_list l;
	TRY(field_source_rows(c, id, &l));
	for (int f = 0; f < ARRIVAL_FIELD_COUNT; f++) {
		k->held[f] = k->extra.said_whole;
		for (size_t i = 0; i < l.n; i++)
			if (strcmp(l.items[i].source, "steward") == 0 &&
			    strcmp(l.items[i].field, source_field_of(f)) == 0)
				k->held[f] = true;
	}
	return OK;
}

rc import_known_read(struct ctx *c, community_id community, struct import_known *out)
{
	struct community_facts facts;
	*out = (struct import_known){ 0 };
	TRY(import_extra_of(c, community, &out->extra));
	TRY(community_facts_of(c, community, &facts));
	read_columns(c, &facts, &out->extra, &out->now);
	TRY(read_sets(c, community, &out->now));
	TRY(read_facts(c, community, out));
	return read_held(c, community, out);
}

/* ---- what would change ---- */

static bool is_set(int field)
{
	return field == ARRIVAL_FIELD_KINDS || field == ARRIVAL_FIELD_STUDY_TYPOLOGIES ||
	       field == ARRIVAL_FIELD_NATIONAL_TYPOLOGIES || field == ARRIVAL_FIELD_FEATURES;
}

static bool has_item(const struct text_items *l, const char *word)
{
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->items[i], word) == 0)
			return true;
	return false;
}

/* Both together, in the order of the field's words. "Autre" says nothing beside a word that is known. */
static const char *together(struct ctx *c, int field, const char *now, const char *more)
{
	const struct enumeration *e = field == ARRIVAL_FIELD_KINDS		? &community_kind_words
				      : field == ARRIVAL_FIELD_FEATURES		? &community_feature_words
				      : field == ARRIVAL_FIELD_STUDY_TYPOLOGIES ? &study_typology_words
										: &national_typology_words;
	struct text_items a = list_items(c, now), b = list_items(c, more);
	const char *out = NULL;
	for (int i = 0; i < (int)e->n; i++) {
		const char *word = e == &national_typology_words ? national_code(c, i) : enum_word(e, i);
		bool other = strcmp(word, "Autre") == 0 ||
			     (e == &community_kind_words && strcmp(word, "other") == 0);
		if (has_item(&a, word) || (has_item(&b, word) && !other))
			out = joined(c, out, word);
	}
	return out;
}

void import_compare(struct ctx *c, const struct import_known *k, const struct record *r,
		    struct import_changes *out)
{
	out->n = 0;
	for (int f = 0; f < ARRIVAL_FIELD_COUNT; f++) {
		const char *now = k->now.is[f], *to = r->is[f];
		if (!to || f == ARRIVAL_FIELD_ORIGIN || f == ARRIVAL_FIELD_SAID_ON ||
		    (f == ARRIVAL_FIELD_OPENING && k->hosted))
			continue;
		if (k->now.is[ARRIVAL_FIELD_INSEE] &&
		    (f == ARRIVAL_FIELD_CITY || f == ARRIVAL_FIELD_DEPARTEMENT))
			continue;
		if (now && is_set(f))
			to = together(c, f, now, to);
		if (!now || strcmp(now, to) != 0)
			out->items[out->n++] = (struct import_change){ f, now, to, now && k->held[f] };
	}
}

/* ---- writing ---- */

static void set_kinds(struct community_facts *f, struct ctx *c, const char *words)
{
	struct text_items l = list_items(c, words);
	bool *const is[COMMUNITY_KIND_COUNT] = { &f->is_cae,	 &f->is_place,	     &f->is_collective,
						 &f->is_network, &f->is_public_body, &f->is_company,
						 &f->is_other };
	for (int i = 0; i < COMMUNITY_KIND_COUNT; i++)
		*is[i] = has_item(&l, enum_word(&community_kind_words, i));
}

/* Where it stands follows its town unless it stands somewhere of its own. */
static rc set_town(struct ctx *c, const char *insee, bool own, struct community_facts *f)
{
	struct commune_card k;
	TRY(commune_by_insee(c, insee, &k));
	f->insee = k.insee;
	f->departement = k.departement;
	if (!own) {
		f->lat_e5 = k.lat_e5;
		f->lon_e5 = k.lon_e5;
	}
	return OK;
}

static rc unset_town(bool own, struct community_facts *f)
{
	f->insee = f->departement = NULL;
	if (!own)
		f->lat_e5 = f->lon_e5 = NONE;
	return OK;
}

static void set_degrees(const char *to, int64_t most, int64_t *e5)
{
	*e5 = NONE;
	if (to)
		(void)degrees_read(to, most, e5);
}

static void set_text(struct community_facts *f, int field, const char *to)
{
	const char **const texts[ARRIVAL_FIELD_COUNT] = {
		[ARRIVAL_FIELD_ACTIVITIES] = &f->activities,
		[ARRIVAL_FIELD_STORY] = &f->story,
		[ARRIVAL_FIELD_ADDRESS] = &f->address,
		[ARRIVAL_FIELD_SIREN] = &f->siren,
		[ARRIVAL_FIELD_SIRET] = &f->siret,
		[ARRIVAL_FIELD_WEBSITE] = &f->website,
		[ARRIVAL_FIELD_EMAIL] = &f->email,
		[ARRIVAL_FIELD_PHONE] = &f->phone,
		[ARRIVAL_FIELD_ACCESSIBILITY] = &f->accessibility,
		[ARRIVAL_FIELD_DEPARTEMENT] = &f->departement,
	};
	if (texts[field])
		*texts[field] = to;
}

static rc set_column(struct ctx *c, struct community_facts *f, int field, const char *to, bool own)
{
	switch (field) {
	case ARRIVAL_FIELD_NAME:
		f->name = to;
		f->folded = fold(c, to);
		f->initials = community_initials(c, to);
		return OK;
	case ARRIVAL_FIELD_KINDS: set_kinds(f, c, to); return OK;
	case ARRIVAL_FIELD_INSEE: return to ? set_town(c, to, own, f) : unset_town(own, f);
	case ARRIVAL_FIELD_LATITUDE: set_degrees(to, 90, &f->lat_e5); return OK;
	case ARRIVAL_FIELD_LONGITUDE: set_degrees(to, 180, &f->lon_e5); return OK;
	case ARRIVAL_FIELD_YEAR_STARTED: f->year_started = to ? atoll(to) : NONE; return OK;
	default: set_text(f, field, to); return OK;
	}
}

static rc write_urls(struct ctx *c, community_id id, const char *urls)
{
	struct text_items l = list_items(c, urls ? urls : "");
	TRY(profile_urls_clear(c, id, NULL));
	for (size_t i = 0; i < l.n; i++)
		TRY(profile_url_insert(c, id, (int64_t)i, l.items[i], NULL));
	return OK;
}

static struct code_set codes_of(struct ctx *c, const struct enumeration *e, const char *words)
{
	struct text_items l = list_items(c, words ? words : "");
	struct code_set set = { 0 };
	for (size_t i = 0; i < l.n; i++) {
		int code = e == &national_typology_words ? national_find(c, l.items[i])
							 : enum_find(e, l.items[i]);
		if (code >= 0)
			set.has[code] = true;
	}
	return set;
}

/* What is kept beside the columns of community; what has no table of its own is added to `facts`. */
static rc write_beside(struct ctx *c, community_id id, int field, const char *to, json_t *facts)
{
	struct code_set set;
	switch (field) {
	case ARRIVAL_FIELD_CITY: return import_city_set(c, id, to, NULL);
	case ARRIVAL_FIELD_URLS: return write_urls(c, id, to);
	case ARRIVAL_FIELD_FEATURES:
		set = codes_of(c, &community_feature_words, to);
		return features_put(c, id, &set);
	case ARRIVAL_FIELD_STUDY_TYPOLOGIES:
		set = codes_of(c, &study_typology_words, to);
		return typology_put(c, id, TYPOLOGY_VOCABULARY_STUDY, &set);
	case ARRIVAL_FIELD_NATIONAL_TYPOLOGIES:
		set = codes_of(c, &national_typology_words, to);
		return typology_put(c, id, TYPOLOGY_VOCABULARY_NATIONAL, &set);
	default:
		if (!to)
			return import_fact_drop(c, id, enum_word(&arrival_field_words, field), NULL);
		json_array_append_new(facts, json_pack("[s,s]", enum_word(&arrival_field_words, field), to));
		return OK;
	}
}

static bool is_column(int field)
{
	static const bool columns[ARRIVAL_FIELD_COUNT] = {
		[ARRIVAL_FIELD_NAME] = true,	    [ARRIVAL_FIELD_KINDS] = true,
		[ARRIVAL_FIELD_ACTIVITIES] = true,  [ARRIVAL_FIELD_STORY] = true,
		[ARRIVAL_FIELD_ADDRESS] = true,	    [ARRIVAL_FIELD_INSEE] = true,
		[ARRIVAL_FIELD_DEPARTEMENT] = true, [ARRIVAL_FIELD_LATITUDE] = true,
		[ARRIVAL_FIELD_LONGITUDE] = true,   [ARRIVAL_FIELD_SIREN] = true,
		[ARRIVAL_FIELD_SIRET] = true,	    [ARRIVAL_FIELD_YEAR_STARTED] = true,
		[ARRIVAL_FIELD_WEBSITE] = true,	    [ARRIVAL_FIELD_EMAIL] = true,
		[ARRIVAL_FIELD_PHONE] = true,	    [ARRIVAL_FIELD_ACCESSIBILITY] = true,
	};
	return columns[field];
}

static bool moves_dominant(const struct import_changes *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->items[i].field != ARRIVAL_FIELD_KINDS && is_set(l->items[i].field))
			return true;
	return false;
}

static rc write_all_beside(struct ctx *c, community_id id, bool is_new, const struct import_changes *l)
{
	json_t *facts = json_array();
	rc code = OK;
	for (size_t i = 0; i < l->n && code == OK; i++)
		if (!is_column(l->items[i].field))
			code = write_beside(c, id, l->items[i].field, l->items[i].to, facts);
	bool some = json_array_size(facts) > 0;
	const char *rows = json_taken(c, facts);
	TRY(code);
	if (some)
		TRY(import_facts_put(c, id, rows, NULL));
	return is_new || moves_dominant(l) ? dominant_refresh(c, id) : OK;
}

/* What it was is kept for the figures of a past day; a new one was nothing. */
static rc write_fields(struct ctx *c, community_id community, bool is_new, const struct import_changes *l,
		       const char *label, const struct record *said)
{
	struct community_facts facts, old;
	struct import_extra x = { .own = false };
	struct record told = { { NULL } };
	TRY(community_facts_of(c, community, &facts));
	old = facts;
	if (!is_new)
		TRY(import_extra_of(c, community, &x));
	for (size_t i = 0; i < l->n; i++) {
		int f = l->items[i].field;
		told.is[f] = said->is[f] ? said->is[f] : l->items[i].to;
		if (is_column(f))
			TRY(set_column(c, &facts, f, l->items[i].to, x.own));
	}
	if (!is_new)
		TRY(community_remember(c, community, &old, &facts));
	TRY(community_facts_set(c, &facts, community, NULL));
	TRY(write_all_beside(c, community, is_new, l));
	return label ? import_note_sources(c, community, label, &told) : OK;
}

rc import_write(struct ctx *c, community_id community, const struct import_changes *l, const char *label,
		const struct record *said)
{
	return write_fields(c, community, false, l, label, said);
}

rc import_fill(struct ctx *c, community_id community, const struct record *r, const char *label,
	       const struct record *said)
{
	struct import_known nothing = { 0 };
	struct import_changes all;
	import_compare(c, &nothing, r, &all);
	return write_fields(c, community, true, &all, label, said);
}

/* Everything that a source wrote for one field here: it may have several columns for it. NULL: nothing,
 * or it stands with an earlier one. */
static const char *said_together(struct ctx *c, const struct record *said, int f)
{
	const char *name = source_field_of(f), *text = said->is[f];
	if (!text || f == ARRIVAL_FIELD_ORIGIN || f == ARRIVAL_FIELD_SAID_ON)
		return NULL;
	for (int g = 0; g < f; g++)
		if (said->is[g] && strcmp(source_field_of(g), name) == 0)
			return NULL;
	for (int g = f + 1; g < ARRIVAL_FIELD_COUNT; g++)
		if (said->is[g] && strcmp(source_field_of(g), name) == 0)
			text = fmt(c, "%s, %s", text, said->is[g]);
	return text;
}

rc import_note_sources(struct ctx *c, community_id community, const char *label, const struct record *said)
{
	json_t *rows = json_array();
	for (int f = 0; f < ARRIVAL_FIELD_COUNT; f++) {
		const char *text = said_together(c, said, f);
		if (text)
			json_array_append_new(rows, json_pack("[s,s]", source_field_of(f), text));
	}
	return field_sources_note(c, community, label, json_taken(c, rows));
}

rc import_create(struct ctx *c, const struct record *r, const char *key, community_id *out, pubid *pub)
{
	const char *name = r->is[ARRIVAL_FIELD_NAME];
	struct community_new row = { .name = name,
				     .folded = fold(c, name),
				     .initials = community_initials(c, name),
				     .city_printed = r->is[ARRIVAL_FIELD_CITY],
				     .lat_e5 = NONE,
				     .lon_e5 = NONE,
				     .year_started = NONE,
				     .cg_member = NONE,
				     .functions = "",
				     .source = r->is[ARRIVAL_FIELD_ORIGIN],
				     .created_at = c->now };
	bool taken = true;
	if (key && pubid_parse(key, &row.pub) == OK)
		TRY(community_pub_taken(c, row.pub, &taken));
	if (taken)
		pubid_new(&row.pub);
	*pub = row.pub;
	return community_insert(c, &row, out);
}
