/* catalogue.c - making the catalogue: the records in the order of their names,
 * then what others say of them, then the words, then the grid. */
#include "observatory/catalogue.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/civil.h"
#include "base/fold.h"
#include "observatory/catalogue_parts.h"
#include "observatory/catalogue_sql.h"
#include "platform/db.h"
#include "platform/db_memo.h"
#include "platform/i18n.h"

enum { LONGEST_LIST = UINT8_MAX, CHUNK = 1 << 16 };

/* The words of each facet; those that the database names have none. */
static const struct enumeration *const vocabulary[SEARCH_FACET_COUNT] = {
	[SEARCH_FACET_KIND] = &community_kind_words,	    [SEARCH_FACET_DOMINANT] = &place_dominant_words,
	[SEARCH_FACET_SPACE] = &space_kind_words,	    [SEARCH_FACET_FEATURE] = &community_feature_words,
	[SEARCH_FACET_STUDY] = &study_typology_words,	    [SEARCH_FACET_BESSON] = &besson_typology_words,
	[SEARCH_FACET_NATIONAL] = &national_typology_words, [SEARCH_FACET_FORM] = &legal_form_words,
	[SEARCH_FACET_LINKED] = &search_linked_words,	    [SEARCH_FACET_CG] = &yes_no_words,
};

/* ---- tags ---- */

static void number_tags(TALLOC_CTX *owner, struct catalogue *x)
{
	tag next = 0;
	for (int f = 0; f < SEARCH_FACET_COUNT; f++) {
		x->facet[f] = next;
		next = (tag)(next + (vocabulary[f] ? vocabulary[f]->n : x->area[f + 1] - x->area[f]));
	}
	x->facet[SEARCH_FACET_COUNT] = next;
	uint8_t *facets = talloc_array(owner, uint8_t, next + 1U);
	for (int f = 0; f < SEARCH_FACET_COUNT; f++)
		memset(facets + x->facet[f], f, (size_t)(x->facet[f + 1] - x->facet[f]));
	x->facets = facets;
}

static int find_area(const struct catalogue *x, enum search_facet f, const char *code)
{
	uint32_t low = x->area[f], high = x->area[f + 1];
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (strcmp(x->areas[middle].code, code) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < x->area[f + 1] && strcmp(x->areas[low].code, code) == 0 ? (int)(low - x->area[f]) : -1;
}

tag tag_of(const struct catalogue *x, enum search_facet f, const char *value)
{
	int i = !value ? -1 : vocabulary[f] ? enum_find(vocabulary[f], value) : find_area(x, f, value);
	return i < 0 ? TAG_NONE : (tag)(x->facet[f] + i);
}

const char *tag_value(const struct catalogue *x, tag t)
{
	enum search_facet f = facet_of(x, t);
	int i = t - x->facet[f];
	return vocabulary[f] ? enum_word(vocabulary[f], i) : x->areas[x->area[f] + (uint32_t)i].code;
}

const char *tag_name(struct ctx *c, const struct catalogue *x, tag t)
{
	enum search_facet f = facet_of(x, t);
	int i = t - x->facet[f];
	return vocabulary[f] ? i18n_word(c, vocabulary[f], i) : x->areas[x->area[f] + (uint32_t)i].name;
}

/* A value of a record. */
struct tagged {
	uint32_t record;
	tag t;
};

static int tagged_order(const void *a, const void *b)
{
	const struct tagged *x = a, *y = b;
	return x->record != y->record ? (x->record < y->record ? -1 : 1) : x->t - y->t;
}

/* ---- records ---- */

/* What is on its way into the catalogue. */
struct making {
	TALLOC_CTX *owner;
	struct catalogue *x;
	GArray *records;
	GArray *tags;	   /* of struct tagged, in any order */
	GHashTable *by_id; /* community: number + 1 */
	GHashTable *hours; /* text of opening hours: what it says */
	GHashTable *texts; /* each text once: towns and zones come again and again */
	char *chunk;	   /* where the next is written ... */
	size_t room;	   /* ... and how much is left there */
	struct word_maker *words;
};

static void add_tag(struct making *m, guint record, enum search_facet f, const char *value)
{
	struct tagged k = { record, tag_of(m->x, f, value) };
	if (k.t != TAG_NONE)
		g_array_append_val(m->tags, k);
}

/* Texts one behind the other: with a header of its own each would take three times as much. */
static const char *kept(struct making *m, const char *s)
{
	if (!s || !*s)
		return NULL;
	const char *known = g_hash_table_lookup(m->texts, s);
	size_t len = strlen(s) + 1;
	if (known)
		return known;
	if (len > m->room) {
		m->room = len > CHUNK ? len : CHUNK;
		m->chunk = talloc_size(m->owner, m->room);
	}
	char *text = memcpy(m->chunk, s, len);
	m->chunk += len;
	m->room -= len;
	g_hash_table_add(m->texts, text);
	return text;
}

/* The same hours are read once; those that cannot be read are none. */
static const struct opening *hours_of(struct ctx *c, struct making *m, const char *text)
{
	struct opening *o = text && *text ? g_hash_table_lookup(m->hours, text) : NULL;
	if (o || !text || !*text)
		return o;
	TALLOC_CTX *mem = c->mem;
	c->mem = m->owner;
	rc code = opening_parse(c, text, &o, NULL);
	c->mem = mem;
	if (code != OK)
		return NULL;
	g_hash_table_insert(m->hours, g_strdup(text), o);
	return o;
}

static uint8_t kinds_of_row(const struct catalogue_row *r)
{
	const bool is[COMMUNITY_KIND_COUNT] = {
		[COMMUNITY_KIND_CAE] = r->is_cae,
		[COMMUNITY_KIND_PLACE] = r->is_place,
		[COMMUNITY_KIND_COLLECTIVE] = r->is_collective,
		[COMMUNITY_KIND_NETWORK] = r->is_network,
		[COMMUNITY_KIND_PUBLIC_BODY] = r->is_public_body,
		[COMMUNITY_KIND_COMPANY] = r->is_company,
		[COMMUNITY_KIND_OTHER] = r->is_other,
	};
	unsigned bits = 0;
	for (int k = 0; k < COMMUNITY_KIND_COUNT; k++)
		bits |= is[k] ? 1U << k : 0;
	return (uint8_t)bits;
}

/* As a source prints them: several, with commas between. */
static void add_departements(struct ctx *c, struct making *m, guint record, const char *codes)
{
	char *rest, *copy = talloc_strdup(c->mem, codes ? codes : "");
	for (char *code = strtok_r(copy, ", ", &rest); code; code = strtok_r(NULL, ", ", &rest))
		add_tag(m, record, SEARCH_FACET_DEPARTEMENT, code);
	talloc_free(copy);
}

static void add_words(struct ctx *c, struct making *m, guint number, const struct catalogue_row *r)
{
	word_maker_add(c, m->words, number, r->name, IN_NAME);
	word_maker_add(c, m->words, number, r->city, IN_TOWN);
	word_maker_add(c, m->words, number, r->activities, IN_REST);
}

static void add_community(struct ctx *c, const struct catalogue_row *r, struct making *m)
{
	bool somewhere = r->lat_e5 != NONE && r->lon_e5 != NONE;
	struct record k = {
		.id = r->id,
		.pub = r->pub,
		.name = kept(m, r->name),
		.folded = *r->folded ? kept(m, r->folded) : "",
		.initials = kept(m, r->initials),
		.activities = kept(m, r->activities),
		.city = kept(m, r->city),
		.departement = kept(m, r->departement ? r->departement : r->in_departement),
		.lat_e5 = somewhere ? (int32_t)r->lat_e5 : INT32_MIN,
		.lon_e5 = somewhere ? (int32_t)r->lon_e5 : INT32_MIN,
		.year = r->year_started == NONE ? 0 : (int32_t)r->year_started,
		.closed = r->closed,
		.links = (int32_t)r->links,
		.created_at = r->created_at.v,
		.confirmed = is_none(r->confirmed_at) ? 0 : (int32_t)day_at(r->confirmed_at, NULL).v,
		.kinds = kinds_of_row(r),
		.dominant = (int8_t)r->dominant,
		.holidays = r->holidays < 0 ? 0 : (uint8_t)r->holidays,
		.holidays_off = r->holidays_off,
		.zone = kept(m, r->zone),
		.hours = hours_of(c, m, r->opening),
	};
	guint number = m->records->len;
	g_array_append_val(m->records, k);
	g_hash_table_insert(m->by_id, GINT_TO_POINTER((gint)r->id.v), GUINT_TO_POINTER(number + 1));
	for (int kind = 0; kind < COMMUNITY_KIND_COUNT; kind++)
		if (k.kinds >> kind & 1)
			add_tag(m, number, SEARCH_FACET_KIND, enum_word(&community_kind_words, kind));
	add_tag(m, number, SEARCH_FACET_DOMINANT, enum_word(&place_dominant_words, r->dominant));
	add_tag(m, number, SEARCH_FACET_FORM, enum_word(&legal_form_words, r->form));
	add_tag(m, number, SEARCH_FACET_LINKED, r->linked ? "yes" : "no");
	add_tag(m, number, SEARCH_FACET_REGION, r->region);
	add_tag(m, number, SEARCH_FACET_EPCI, r->epci);
	add_departements(c, m, number, r->in_departement ? r->in_departement : r->departement);
	if (r->cg_member != NONE)
		add_tag(m, number, SEARCH_FACET_CG, r->cg_member ? "yes" : "no");
	add_words(c, m, number, r);
}

/* What a record takes meanwhile is given back before the next: there may be many. */
static rc take_community(struct ctx *c, const void *row, void *arg)
{
	TALLOC_CTX *whole = c->mem;
	c->mem = talloc_new(whole);
	add_community(c, row, arg);
	talloc_free(c->mem);
	c->mem = whole;
	return OK;
}

/* The record of a community, or -1: it came after the others were read. */
static int number_of(const struct making *m, community_id id)
{
	return (int)GPOINTER_TO_UINT(g_hash_table_lookup(m->by_id, GINT_TO_POINTER((gint)id.v))) - 1;
}

static void say(struct making *m, community_id id, enum search_facet f, const char *word)
{
	int number = number_of(m, id);
	if (number >= 0)
		add_tag(m, (guint)number, f, word);
}

static rc take_typology(struct ctx *c, const void *row, void *arg)
{
	static const enum search_facet facets[TYPOLOGY_VOCABULARY_COUNT] = {
		[TYPOLOGY_VOCABULARY_STUDY] = SEARCH_FACET_STUDY,
		[TYPOLOGY_VOCABULARY_BESSON] = SEARCH_FACET_BESSON,
		[TYPOLOGY_VOCABULARY_NATIONAL] = SEARCH_FACET_NATIONAL,
	};
	const struct catalogue_typology *r = row;
	(void)c;
	if (r->vocabulary >= 0)
		say(arg, r->community, facets[r->vocabulary], r->code);
	return OK;
}

static rc take_feature(struct ctx *c, const void *row, void *arg)
{
	const struct catalogue_feature *r = row;
	(void)c;
	say(arg, r->community, SEARCH_FACET_FEATURE, enum_word(&community_feature_words, r->feature));
	return OK;
}

static rc take_space(struct ctx *c, const void *row, void *arg)
{
	const struct catalogue_space *r = row;
	struct making *m = arg;
	(void)c;
	int number = number_of(m, r->community);
	say(m, r->community, SEARCH_FACET_SPACE, enum_word(&space_kind_words, r->kind));
	if (number >= 0) {
		struct record *k = &g_array_index(m->records, struct record, number);
		k->bookable = k->zone != NULL;
	}
	return OK;
}

static rc take_cae(struct ctx *c, const void *row, void *arg)
{
	const struct catalogue_link *r = row;
	(void)c;
	say(arg, r->community, SEARCH_FACET_CAE, r->cae);
	return OK;
}

static int area_order(const void *a, const void *b)
{
	const struct catalogue_area *x = a, *y = b;
	return x->facet != y->facet ? x->facet - y->facet : strcmp(x->code, y->code);
}

/* Those of a facet together, in the order of the facets. */
static rc read_areas(struct ctx *c, struct making *m)
{
	struct catalogue_area_list l;
	TRY(catalogue_areas(c, &l));
	struct catalogue_area *all = talloc_array(m->owner, struct catalogue_area, (unsigned)l.n + 1);
	for (size_t i = 0; i < l.n; i++) {
		all[i] = (struct catalogue_area){ l.items[i].facet, talloc_strdup(all, l.items[i].code),
						  talloc_strdup(all, l.items[i].name) };
		m->x->area[l.items[i].facet + 1]++;
	}
	for (int f = 0; f < SEARCH_FACET_COUNT; f++)
		m->x->area[f + 1] += m->x->area[f];
	qsort(all, l.n, sizeof *all, area_order);
	m->x->areas = all;
	number_tags(m->owner, m->x);
	return OK;
}

static rc read_all(struct ctx *c, struct making *m)
{
	TRY(read_areas(c, m));
	TRY(catalogue_communities_each(c, take_community, m));
	TRY(catalogue_typologies_each(c, take_typology, m));
	TRY(catalogue_features_each(c, take_feature, m));
	TRY(catalogue_spaces_each(c, take_space, m));
	return catalogue_caes_each(c, take_cae, m);
}

void *array_kept(TALLOC_CTX *owner, const GArray *a, size_t size)
{
	char *all = talloc_array_size(owner, size, a->len + 1);
	if (a->len)
		memcpy(all, a->data, a->len * size);
	return all;
}

/* Tags one after the other; each record knows where its own are. */
static void lay_out_tags(struct making *m)
{
	GArray *all = g_array_sized_new(FALSE, FALSE, sizeof(tag), m->tags->len + 1);
	if (m->tags->len)
		qsort(m->tags->data, m->tags->len, sizeof(struct tagged), tagged_order);
	for (guint i = 0; i < m->tags->len; i++) {
		const struct tagged *k = &g_array_index(m->tags, struct tagged, i);
		struct record *r = &g_array_index(m->records, struct record, k->record);
		if (r->n_tags == LONGEST_LIST || (i && tagged_order(k, k - 1) == 0))
			continue;
		if (!r->n_tags++)
			r->tags = all->len;
		g_array_append_val(all, k->t);
	}
	m->x->tags = array_kept(m->owner, all, sizeof(tag));
	m->x->at = array_kept(m->owner, m->records, sizeof(struct record));
	m->x->n = m->records->len;
	g_array_free(all, TRUE);
}

static rc build(struct ctx *c, TALLOC_CTX *owner, void **out)
{
	struct making m = {
		.owner = owner,
		.x = talloc_zero(owner, struct catalogue),
		.records = g_array_new(FALSE, FALSE, sizeof(struct record)),
		.tags = g_array_new(FALSE, FALSE, sizeof(struct tagged)),
		.by_id = g_hash_table_new(g_direct_hash, g_direct_equal),
		.hours = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
		.texts = g_hash_table_new(g_str_hash, g_str_equal),
		.words = word_maker_new(),
	};
	rc code = read_all(c, &m);
	if (code == OK) {
		lay_out_tags(&m);
		word_maker_finish(m.words, owner, m.x);
		m.x->labels = labels_new(owner);
		catalogue_lay_grid(owner, m.x);
	}
	g_array_free(m.tags, TRUE);
	g_array_free(m.records, TRUE);
	g_hash_table_destroy(m.by_id);
	g_hash_table_destroy(m.hours);
	g_hash_table_destroy(m.texts);
	word_maker_free(m.words);
	*out = m.x;
	return code;
}

rc catalogue(struct ctx *c, const struct catalogue **out)
{
	static const struct memo_kind kind = { "catalogue", catalogue_version, build };
	return memo_get(c, &kind, (const void **)out);
}

static rc fold_lines(struct ctx *c, void *arg)
{
	int64_t n;
	bool found;
	(void)arg;
	TRY(catalogue_fold_begin(c, &n, &found));
	return catalogue_fold_lines(c, &n);
}

rc catalogue_fold(struct ctx *c)
{
	return db_write(c, fold_lines, NULL);
}

int record_kind(const struct record *r)
{
	static const int first[] = { COMMUNITY_KIND_PLACE,	 COMMUNITY_KIND_CAE,
				     COMMUNITY_KIND_NETWORK,	 COMMUNITY_KIND_COLLECTIVE,
				     COMMUNITY_KIND_PUBLIC_BODY, COMMUNITY_KIND_COMPANY };
	for (size_t i = 0; i < sizeof first / sizeof *first; i++)
		if (r->kinds >> first[i] & 1)
			return first[i];
	return COMMUNITY_KIND_OTHER;
}
