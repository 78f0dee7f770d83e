#include "observatory/import_page.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "observatory/import_record.h"
#include "observatory/import_run.h"
#include "people/people.h"
#include "people/typology.h"
#include "people/typology_sql.h"
#include "platform/i18n.h"
#include "territory/commune.h"

/* ---- why it may be the same ---- */

static const struct {
	const char *word, *key;
} reasons[] = {
	{ "siret", K("import.why_siret") },	  { "name", K("import.why_name") },
	{ "distance", K("import.why_distance") }, { "town", K("import.why_town") },
	{ "website", K("import.why_website") },	  { "email", K("import.why_email") },
	{ "phone", K("import.why_phone") },
};

const char *match_words(struct ctx *c, const char *all)
{
	char *rest, *copy = talloc_strdup(c->mem, all ? all : "");
	const char *out = NULL;
	for (char *r = strtok_r(copy, "|", &rest); r; r = strtok_r(NULL, "|", &rest)) {
		size_t n = strcspn(r, " ");
		for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
			if (strlen(reasons[i].word) == n && strncmp(reasons[i].word, r, n) == 0) {
				const char *text = i18n(c, reasons[i].key,
							&(struct arg){ .name = "n",
								       .kind = ARG_INT,
								       .n = r[n] ? atoll(r + n) : 0 },
							1);
				out = out ? fmt(c, "%s, %s", out, text) : text;
			}
	}
	return out;
}

/* ---- values ---- */

static const struct enumeration *words_for(int field)
{
	switch (field) {
	case ARRIVAL_FIELD_KINDS: return &community_kind_words;
	case ARRIVAL_FIELD_STUDY_TYPOLOGIES: return &study_typology_words;
	case ARRIVAL_FIELD_FEATURES: return &community_feature_words;
	case ARRIVAL_FIELD_NATIONAL_TYPOLOGIES: return &national_typology_words;
	default: return NULL;
	}
}

const char *field_words(struct ctx *c, int field, const char *value)
{
	const struct enumeration *e = words_for(field);
	const char *out = NULL;
	if (!value || (!e && !strchr(value, '|')))
		return value;
	struct text_items l = list_items(c, value);
	for (size_t i = 0; i < l.n; i++) {
		int word = e == &national_typology_words ? national_find(c, l.items[i])
			   : e				 ? enum_find(e, l.items[i])
							 : -1;
		const char *text = word >= 0 ? i18n_word(c, e, word) : l.items[i];
		out = out ? fmt(c, "%s, %s", out, text) : text;
	}
	return out;
}

/* ---- what is wrong ---- */

static const char *text_at(struct ctx *c, const json_t *o, const char *name)
{
	const char *s = json_string_value(json_object_get(o, name));
	return talloc_strdup(c->mem, s ? s : "");
}

static void fill_problems(struct ctx *c, const char *json, struct problem_line_list *l)
{
	json_t *all = json ? json_loads(json, 0, NULL) : NULL, *p;
	size_t i;
	l->items = new_array(c, struct problem_line, json_array_size(all) + 1);
	json_array_foreach(all, i, p)
	{
		const char *key = text_at(c, p, "key"), *value = text_at(c, p, "value");
		l->items[l->n++] = (struct problem_line){
			.column = text_at(c, p, "column"),
			.what = i18n_has(key) ? T_TEXT(c, key, "value", value) : key,
			.left_out = json_is_true(json_object_get(p, "left_out")),
		};
	}
	json_decref(all);
}

const char *import_key_shown(const char *key)
{
	return key && strncmp(key, IMPORT_OWN_KEY, strlen(IMPORT_OWN_KEY)) == 0 ? NULL : key;
}

/* ---- what would change ---- */

static bool holds(const char *words, const char *word)
{
	size_t n = strlen(word);
	for (const char *s = strstr(words, word); s; s = strstr(s + 1, word))
		if ((s == words || s[-1] == ' ') && (s[n] == ' ' || !s[n]))
			return true;
	return false;
}

/* Who spoke last of a field. */
static const char *source_of(const struct field_source_row_list *l, int field)
{
	const char *out = NULL;
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->items[i].field, source_field_of(field)) == 0)
			out = l->items[i].source;
	return out;
}

static struct change_line line_of(struct ctx *c, const struct import_arrival *a,
				  const struct import_change *k, const struct field_source_row_list *sources)
{
	const char *word = enum_word(&arrival_field_words, k->field), *box = fmt(c, "t_%s", word);
	return (struct change_line){
		.field = k->field,
		.from = field_words(c, k->field, k->from),
		.to = field_words(c, k->field, k->to),
		.source = k->from ? source_of(sources, k->field) : NULL,
		.held = k->held,
		.box = k->held && shape_field(&import_decide_one_shape, box) ? box : NULL,
		.taken = holds(a->taken, word),
	};
}

/* Nobody here: everything is new. */
static rc changes_of(struct ctx *c, const struct import_arrival *a, struct import_changes *changes,
		     struct field_source_row_list *sources)
{
	struct import_known known = { 0 };
	struct record record;
	record_read(c, a->record, &record);
	*sources = (struct field_source_row_list){ 0 };
	if (a->community.v) {
		TRY(import_known_read(c, a->community, &known));
		TRY(field_source_rows(c, a->community, sources));
	}
	import_compare(c, &known, &record, changes);
	return OK;
}

rc import_fields_of(struct ctx *c, const struct import_arrival *a, struct change_line_list *out)
{
	struct import_changes changes;
	struct field_source_row_list sources;
	TRY(changes_of(c, a, &changes, &sources));
	*out = (struct change_line_list){ new_array(c, struct change_line, changes.n + 1), 0 };
	for (size_t i = 0; i < changes.n; i++)
		out->items[out->n++] = line_of(c, a, &changes.items[i], &sources);
	return OK;
}

/* "3 rue Carnot, Poitiers" */
static void fill_where(struct ctx *c, const struct import_arrival *a, struct import_line *out)
{
	struct record r;
	struct commune_card town;
	record_read(c, a->record, &r);
	const char *city = r.is[ARRIVAL_FIELD_CITY], *address = r.is[ARRIVAL_FIELD_ADDRESS];
	if (r.is[ARRIVAL_FIELD_INSEE] && commune_by_insee(c, r.is[ARRIVAL_FIELD_INSEE], &town) == OK)
		city = town.name;
	out->where = address && city ? fmt(c, "%s, %s", address, city) : address ? address : city;
}

rc import_line_of(struct ctx *c, const struct import_arrival *a, struct import_line *out)
{
	struct community_card card;
	*out = (struct import_line){ .row = *a, .percent = NONE };
	out->row.key = import_key_shown(a->key);
	fill_problems(c, a->problems, &out->problems);
	if (a->outcome == IMPORT_OUTCOME_BAD)
		return OK;
	if (a->community.v) {
		TRY(community_card_get(c, a->community, &card));
		out->with_pub = card.pub;
		out->with_name = card.name;
		out->with_city = card.city;
	}
	if (a->score != NONE) {
		out->percent = (a->score + 5) / 10;
		out->why = match_words(c, a->reasons);
	}
	if (a->outcome == IMPORT_OUTCOME_NEW)
		fill_where(c, a, out);
	if (a->outcome == IMPORT_OUTCOME_CHANGE && is_none(a->written_at))
		return import_fields_of(c, a, &out->changes);
	return OK;
}

void query_word(struct buf *b, const char *name, const struct enumeration *e, int word)
{
	if (word >= 0)
		buf_fmt(b, "&%s=%s", name, enum_word(e, word));
}
