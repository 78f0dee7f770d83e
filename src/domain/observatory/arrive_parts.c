#include "observatory/arrive_parts.h"

#include <string.h>

#include "base/pubid.h"
#include "people/typology.h"

rc arrive_json(struct ctx *c, octets file, json_t **out)
{
	size_t mark = file.n >= 3 && memcmp(file.s, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
	*out = json_loadb(file.s + mark, file.n - mark, JSON_REJECT_DUPLICATES, NULL);
	return *out ? OK : fail(c, E_INVALID, "import.bad_json");
}

rc arrive_items(struct ctx *c, octets file, const char *name, const char *not_it, arrive_item *add,
		struct arrivals *out)
{
	json_t *o, *item;
	size_t i;
	TRY(arrive_json(c, file, &o));
	const json_t *all = json_object_get(o, name);
	rc code = json_is_array(all) ? OK : fail(c, E_INVALID, not_it);
	out->columns[ARRIVAL_FIELD_NAME] = "name";
	out->columns[ARRIVAL_FIELD_OPENING] = "opening_hours";
	json_array_foreach(all, i, item) if (code == OK) code = add(out, i + 1, item);
	json_decref(o);
	return code;
}

static const char *number_text(struct ctx *c, const json_t *v)
{
	if (json_is_integer(v))
		return fmt(c, "%lld", (long long)json_integer_value(v));
	return json_is_real(v) ? fmt(c, "%.8f", json_real_value(v)) : NULL;
}

const char *arrive_text(struct ctx *c, const json_t *v)
{
	const char *all = NULL;
	size_t i;
	json_t *item;
	if (json_is_string(v))
		return json_string_value(v);
	if (!json_is_array(v))
		return number_text(c, v);
	json_array_foreach(v, i, item)
	{
		const char *s = json_is_string(item) ? json_string_value(item) : number_text(c, item);
		if (s)
			all = all ? fmt(c, "%s|%s", all, s) : s;
	}
	return all;
}

void arrive_say(struct arrivals *l, struct arrival *a, int field, const json_t *o, const char *name)
{
	if (!a->said[field])
		arrival_say(l, a, field, arrive_text(l->c, json_object_get(o, name)));
}

const char *arrive_pub(struct ctx *c, const char *url)
{
	const char *last = url ? strrchr(url, '/') : NULL, *pages[] = { "/places", "/communities" };
	pubid pub;
	if (!last || pubid_parse(last + 1, &pub) != OK)
		return NULL;
	for (size_t i = 0; i < 2; i++) {
		size_t n = strlen(pages[i]);
		if ((size_t)(last - url) > n && strncmp(last - n, pages[i], n) == 0)
			return talloc_strdup(c->mem, last + 1);
	}
	return NULL;
}

/* ---- tags ---- */

static const struct {
	int field;
	const char *key;
} says[] = {
#define SAYS(f, k) { ARRIVAL_FIELD_##f, k },
#include "observatory/osm_tags.def"
};

static const struct {
	int field;
	const char *key, *value;
	int code;
} marks[] = {
#define MAIN(code, key, value)	 { ARRIVAL_FIELD_STUDY_TYPOLOGIES, key, value, STUDY_TYPOLOGY_##code },
#define ALSO(code, key, value)	 MAIN(code, key, value)
#define DETAIL(code, key, value) { ARRIVAL_FIELD_FEATURES, key, value, COMMUNITY_FEATURE_##code },
#include "observatory/osm_tags.def"
};

static void add_mark(struct arrivals *l, struct arrival *a, int field, const char *word)
{
	const char *had = a->said[field];
	a->said[field] = had ? fmt(l->c, "%s|%s", had, word) : word;
}

static const char *tag(const json_t *tags, const char *key)
{
	return json_string_value(json_object_get(tags, key));
}

static void say_street(struct arrivals *l, struct arrival *a, const json_t *tags)
{
	const char *number = tag(tags, "addr:housenumber"), *street = tag(tags, "addr:street");
	if (!street)
		street = tag(tags, "addr:place");
	if (street && !a->said[ARRIVAL_FIELD_ADDRESS])
		arrival_say(l, a, ARRIVAL_FIELD_ADDRESS,
			    number ? fmt(l->c, "%s %s", number, street) : street);
}

/* Accounts elsewhere that are told by their whole address. */
static void say_accounts(struct arrivals *l, struct arrival *a, const json_t *tags)
{
	static const char *const keys[] = { "contact:facebook", "contact:mastodon", "contact:linkedin",
					    "contact:instagram" };
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		const char *url = tag(tags, keys[i]);
		if (url && strncmp(url, "http", 4) == 0)
			add_mark(l, a, ARRIVAL_FIELD_URLS, talloc_strdup(l->c->mem, url));
	}
}

/* Of several telephones the first; of a whole date its year. */
static void cut(struct arrivals *l, struct arrival *a)
{
	const char *phone = a->said[ARRIVAL_FIELD_PHONE], *year = a->said[ARRIVAL_FIELD_YEAR_STARTED];
	if (phone && strchr(phone, ';'))
		arrival_say(l, a, ARRIVAL_FIELD_PHONE, mem_text(l->c->mem, phone, strcspn(phone, ";")));
	if (year && strlen(year) > 4 && year[4] == '-')
		a->said[ARRIVAL_FIELD_YEAR_STARTED] = mem_text(l->c->mem, year, 4);
}

void arrive_tags(struct arrivals *l, struct arrival *a, const json_t *tags)
{
	for (size_t i = 0; i < sizeof says / sizeof *says; i++)
		arrive_say(l, a, says[i].field, tags, says[i].key);
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		const char *value = tag(tags, marks[i].key);
		if (value && strcmp(value, marks[i].value) == 0)
			add_mark(l, a, marks[i].field,
				 enum_word(marks[i].field == ARRIVAL_FIELD_FEATURES ? &community_feature_words
										    : &study_typology_words,
					   marks[i].code));
	}
	say_street(l, a, tags);
	say_accounts(l, a, tags);
	cut(l, a);
}
