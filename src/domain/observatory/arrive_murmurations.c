/* arrive_murmurations.c - profiles by organizations_schema, one or a list. */
#include <string.h>

#include "observatory/arrive_parts.h"
#include "people/community_shape.h"
#include "people/typology.h"
#include "platform/i18n.h"

rc arrive_murmurations(struct ctx *c, octets file, const char *plan, struct arrivals *out);

static const struct {
	int field;
	const char *name;
} names[] = {
	{ ARRIVAL_FIELD_NAME, "name" },		  { ARRIVAL_FIELD_ACTIVITIES, "description" },
	{ ARRIVAL_FIELD_STORY, "mission" },	  { ARRIVAL_FIELD_ADDRESS, "full_address" },
	{ ARRIVAL_FIELD_PHONE, "telephone" },	  { ARRIVAL_FIELD_LATITUDE, "latitude" },
	{ ARRIVAL_FIELD_LONGITUDE, "longitude" },
};

static bool is_organisation(const json_t *o)
{
	size_t i;
	json_t *s;
	json_array_foreach(json_object_get(o, "linked_schemas"), i,
			   s) if (json_is_string(s) && strncmp(json_string_value(s), "organizations_schema-",
							       21) == 0) return true;
	return false;
}

static void add_word(struct arrivals *l, struct arrival *a, int field, const char *word)
{
	const char *had = a->said[field];
	a->said[field] = had ? fmt(l->c, "%s|%s", had, word) : word;
}

static void find_word(struct arrivals *l, struct arrival *a, int field, const struct enumeration *e,
		      const char *tag)
{
	for (int i = 0; i < (int)e->n; i++)
		if (strcmp(i18n_word(l->c, e, i), tag) == 0)
			add_word(l, a, field, enum_word(e, i));
}

/* Words of ours among its tags, which are in French. */
static void say_tags(struct arrivals *l, struct arrival *a, const json_t *o)
{
	struct ctx *c = l->c;
	enum lang reader = c->lang;
	size_t i;
	json_t *tag;
	c->lang = LANG_FR;
	json_array_foreach(json_object_get(o, "tags"), i, tag) if (json_is_string(tag))
	{
		find_word(l, a, ARRIVAL_FIELD_KINDS, &community_kind_words, json_string_value(tag));
		find_word(l, a, ARRIVAL_FIELD_STUDY_TYPOLOGIES, &study_typology_words,
			  json_string_value(tag));
	}
	c->lang = reader;
	if (!a->said[ARRIVAL_FIELD_KINDS])
		a->said[ARRIVAL_FIELD_KINDS] = "other";
}

/* An address of a page like ours says what it is called there; it is no site of its own. */
static void say_urls(struct arrivals *l, struct arrival *a, const json_t *o)
{
	const char *first = json_string_value(json_object_get(o, "primary_url"));
	size_t i;
	json_t *u;
	a->key = arrive_pub(l->c, first);
	if (!a->key)
		arrival_say(l, a, ARRIVAL_FIELD_WEBSITE, first);
	json_array_foreach(json_object_get(o, "urls"), i, u)
	{
		const char *url = json_string_value(json_object_get(u, "url"));
		const char *key = arrive_pub(l->c, url);
		if (key)
			a->key = key;
		else if (url)
			add_word(l, a, ARRIVAL_FIELD_URLS, talloc_strdup(l->c->mem, url));
	}
	if (!a->key)
		a->key = a->said[ARRIVAL_FIELD_WEBSITE];
}

/* The town and its code have fields of their own: what stands before them is the street. */
static void keep_street(struct arrivals *l, struct arrival *a, const char *until)
{
	const char *s = a->said[ARRIVAL_FIELD_ADDRESS];
	size_t n = (size_t)(until - s);
	while (n && strchr(" ,", s[n - 1]))
		n--;
	a->said[ARRIVAL_FIELD_ADDRESS] = n ? mem_text(l->c->mem, s, n) : NULL;
}

/* "12 rue de l'Orme, 86000 Poitiers, France", "86000 Poitiers": a code and a town. */
static void say_town(struct arrivals *l, struct arrival *a)
{
	const char *s = a->said[ARRIVAL_FIELD_ADDRESS], *at = NULL;
	for (const char *p = s; p && *p; p++)
		if (strspn(p, "0123456789") == 5 && p[5] == ' ' && (p == s || p[-1] == ' ' || p[-1] == ','))
			at = p;
	if (!at)
		return;
	arrival_say(l, a, ARRIVAL_FIELD_POSTAL_CODE, mem_text(l->c->mem, at, 5));
	arrival_say(l, a, ARRIVAL_FIELD_CITY, mem_text(l->c->mem, at + 6, strcspn(at + 6, ",")));
	keep_street(l, a, at);
}

static rc add(struct arrivals *l, size_t at, const json_t *o)
{
	const json_t *where = json_object_get(o, "geolocation");
	struct arrival *a;
	if (!is_organisation(o)) {
		arrival_blame(l, at, "linked_schemas", "", K("import.other_schema"));
		return OK;
	}
	TRY(arrival_add(l, at, &a));
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		arrive_say(l, a, names[i].field, o, names[i].name);
	arrive_say(l, a, ARRIVAL_FIELD_LATITUDE, where, "lat");
	arrive_say(l, a, ARRIVAL_FIELD_LONGITUDE, where, "lon");
	arrive_say(l, a, ARRIVAL_FIELD_EMAIL, json_object_get(o, "contact_details"), "email");
	say_tags(l, a, o);
	say_urls(l, a, o);
	say_town(l, a);
	return OK;
}

rc arrive_murmurations(struct ctx *c, octets file, const char *plan, struct arrivals *out)
{
	json_t *o, *p;
	size_t i;
	rc code = OK;
	(void)plan;
	TRY(arrive_json(c, file, &o));
	out->columns[ARRIVAL_FIELD_ADDRESS] = out->columns[ARRIVAL_FIELD_CITY] = "full_address";
	out->columns[ARRIVAL_FIELD_WEBSITE] = "primary_url";
	if (json_is_array(json_object_get(o, "profiles")))
		code = fail(c, E_INVALID, "import.murmurations_index");
	else if (json_is_object(o))
		code = add(out, 1, o);
	else if (json_is_array(o))
		json_array_foreach(o, i, p)
		{
			if (code == OK)
				code = add(out, i + 1, p);
		}
	else
		code = fail(c, E_INVALID, "import.not_murmurations");
	json_decref(o);
	return code;
}
