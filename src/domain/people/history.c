#include "people/history.h"

#include <jansson.h>
#include <string.h>

#include "base/civil.h"
#include "base/pubid.h"
#include "base/words.h"
#include "people/correction.h"
#include "people/history_sql.h"
#include "people/member_shape.h"
#include "people/people.h"
#include "people/profile.h"
#include "people/role_words.h"
#include "platform/i18n.h"
#include "platform/route.h"

#define LONG_TEXT 240

/* "community.edit" as the enumeration writes it. */
static const char *action_words(struct ctx *c, const char *action)
{
	char *word = talloc_strdup(c->mem, action);
	for (char *s = word; *s; s++)
		if (*s == '.')
			*s = '_';
	int i = enum_find(&audit_action_words, word);
	return i < 0 ? action : i18n_word(c, &audit_action_words, i);
}

static const char *field_words(struct ctx *c, const char *field)
{
	int i = enum_find(&audit_field_words, field);
	const char *arrival = fmt(c, "arrival_field.%s", field);
	if (i < 0 && i18n_has(arrival))
		return i18n(c, arrival, NULL, 0);
	return i < 0 ? field : i18n_word(c, &audit_field_words, i);
}

static const char *roles_of(struct ctx *c, const char *names)
{
	int64_t roles = 0;
	char *rest, *all = talloc_strdup(c->mem, names);
	for (char *w = strtok_r(all, " ", &rest); w; w = strtok_r(NULL, " ", &rest)) {
		int i = enum_find(&role_word_words, w);
		roles |= i < 0 ? 0 : 1 << i;
	}
	return role_words(c, roles);
}

/* "cape cesa": each by its label. */
static const char *list_words(struct ctx *c, const char *of, const char *names)
{
	char *rest, *all = talloc_strdup(c->mem, names);
	const char *out = "";
	for (char *w = strtok_r(all, " ", &rest); w; w = strtok_r(NULL, " ", &rest)) {
		const char *key = fmt(c, "%s.%s", of, w);
		const char *label = i18n_has(key) ? i18n(c, key, NULL, 0) : w;
		out = *out ? fmt(c, "%s, %s", out, label) : label;
	}
	return out;
}

/* Fields whose words stand under another name. */
static const char *label_family(const char *field)
{
	static const struct {
		const char *field, *family;
	} all[] = { { "statuses", "membership_status" }, { "space_kinds", "space_kind" },
		    { "no_show", "no_show_rule" },	 { "late", "late_rule" },
		    { "expiry", "expiry_rule" },	 { "measure", "grant_measure" },
		    { "period", "grant_period" } };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (strcmp(all[i].field, field) == 0)
			return all[i].family;
	return NULL;
}

/* The beginning of a long text: the whole is in the log. */
static const char *beginning(struct ctx *c, const char *text)
{
	size_t n = LONG_TEXT;
	if (strlen(text) <= n)
		return text;
	while (n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80)
		n--;
	return fmt(c, "%.*s…", (int)n, text);
}

/* A community is told by its name, a word of an enumeration by its label. */
static const char *text_words(struct ctx *c, const char *object, const char *field, const char *text)
{
	static const char *const enums[] = { "membership_status", "link_state",	   "party_state",
					     "convention_state",  "link_kind",	   "legal_form",
					     "fiche_state",	  "photo_licence", "holiday_territory" };
	struct loaded other = { 0 };
	pubid pub;
	if (strcmp(field, "roles") == 0)
		return roles_of(c, text);
	if ((strcmp(field, "with") == 0 || strcmp(field, "party") == 0) && pubid_parse(text, &pub) == OK)
		return community_loader(c, pub, &other) == OK
			       ? ((const struct community_row *)other.object)->name
			       : "";
	if (label_family(field))
		return list_words(c, label_family(field), text);
	/* The words of what it is about come first: "staff" is a status, and a figure. */
	const char *own[] = { fmt(c, "%s_%s.%s", object, field, text), fmt(c, "%s.%s", field, text) };
	for (size_t i = 0; i < 2; i++)
		if (i18n_has(own[i]))
			return i18n(c, own[i], NULL, 0);
	for (size_t i = 0; i < sizeof enums / sizeof *enums; i++) {
		const char *key = fmt(c, "%s.%s", enums[i], text);
		bool fits = strcmp(field, "status") == 0 || strcmp(field, "state") == 0 ||
			    strcmp(field, "kind") == 0 || strcmp(field, "legal_form") == 0 ||
			    strcmp(field, "licence") == 0 || strcmp(field, "holidays") == 0;
		if (fits && i18n_has(key))
			return i18n(c, key, NULL, 0);
	}
	return beginning(c, text);
}

static bool is_price(const char *field)
{
	return words_have("price a_day contribution", field);
}

static const char *number_words(struct ctx *c, const char *field, int64_t n)
{
	if (is_price(field))
		return n < 0 ? "" : fmt_money(c, (money){ n });
	if (n == NONE)
		return "";
	return words_have("units credit_per_day workshop_credit credit_limit per_person per_sender per_place",
			  field)
		       ? fmt_quantity(c, (quantity){ n })
		       : fmt(c, "%lld", (long long)n);
}

static bool is_day(const char *field)
{
	size_t n = strlen(field);
	return (n > 4 && strcmp(field + n - 4, "_day") == 0) || strcmp(field, "leaves_on") == 0 ||
	       strcmp(field, "insured_until") == 0;
}

static const char *value_words(struct ctx *c, const char *object, const char *field, const json_t *v)
{
	day d;
	if (json_is_string(v) && is_day(field) && day_parse(json_string_value(v), &d) == OK)
		return fmt_day(c, d);
	if (json_is_string(v) && strcmp(field, "kinds") == 0)
		return said_words(c, field, json_string_value(v));
	if (json_is_string(v))
		return text_words(c, object, field, talloc_strdup(c->mem, json_string_value(v)));
	if (json_is_integer(v))
		return number_words(c, field, json_integer_value(v));
	if (json_is_boolean(v))
		return i18n_word(c, &yes_no_words, json_is_true(v) ? YES_NO_YES : YES_NO_NO);
	return "";
}

/* Which figure, which space, which price: said although it does not change. */
static bool says_which(const char *object, const char *field)
{
	static const struct {
		const char *object, *fields;
	} all[] = { { "figure", "kind year" },
		    { "step", "kind year" },
		    { "space", "name" },
		    { "grant", "name" },
		    { "tariff", "space_kind audience unit" },
		    { "workshop", "title" } };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (strcmp(all[i].object, object) == 0)
			return words_have(all[i].fields, field);
	return false;
}

/* Its address, its own instants: the line has its own. */
static bool is_inner(const char *field)
{
	size_t n = strlen(field);
	return strcmp(field, "pub") == 0 || (n > 3 && strcmp(field + n - 3, "_at") == 0);
}

/* Nothing that was nothing is said. */
static bool is_silent(const char *object, const char *field, const json_t *from, const json_t *to)
{
	bool names_it = says_which(object, field);
	bool nothing = (!from || json_is_null(from)) && (!to || json_is_null(to));
	return nothing || is_inner(field) || (!names_it && from && to && json_equal(from, to));
}

static void add_change(struct ctx *c, struct history_change_list *l, const char *object, const char *field,
		       const json_t *from, const json_t *to)
{
	const char *name = talloc_strdup(c->mem, field);
	bool same = from && to && json_equal(from, to);
	if (!is_silent(object, name, from, to))
		l->items[l->n++] = (struct history_change){ field_words(c, name),
							    same ? "" : value_words(c, object, name, from),
							    value_words(c, object, name, to) };
}

static struct history_change_list changes_of(struct ctx *c, const char *object, const char *before,
					     const char *after)
{
	json_t *from = before ? json_loads(before, 0, NULL) : NULL,
	       *to = after ? json_loads(after, 0, NULL) : NULL;
	struct history_change_list l = {
		new_array(c, struct history_change, json_object_size(from) + json_object_size(to) + 1), 0
	};
	const char *field;
	json_t *v;
	json_object_foreach(to, field, v) add_change(c, &l, object, field, json_object_get(from, field), v);
	json_object_foreach(from, field, v) if (!json_object_get(to, field))
		add_change(c, &l, object, field, v, NULL);
	json_decref(from);
	json_decref(to);
	return l;
}

static struct history_event line_of(struct ctx *c, const struct community_card *of,
				    const struct history_row *r)
{
	bool ours = !r->acting || r->acting == of->id.v;
	int status = r->status ? enum_find(&membership_status_words, r->status) : -1;
	const char *as = r->acting_name ? r->acting_name : "";
	/* What a page said that went into this one is no loss. */
	bool came = strcmp(r->action, "community.absorb") == 0;
	if (ours && status >= 0)
		as = fmt(c, "%s, %s", as, i18n_word(c, &membership_status_words, status));
	return (struct history_event){
		.seq = r->seq,
		.at = r->at,
		.who = ours && r->person ? r->person : "",
		.as = as,
		.action = action_words(c, r->action),
		.kind = r->kind,
		.object = r->object,
		.whose = r->whose,
		.changes = came ? changes_of(c, r->kind, NULL, r->before)
				: changes_of(c, r->kind, r->before, r->after),
	};
}

rc history_may_follow(struct ctx *c, community_id community, bool *out)
{
	*out = c->actor.is_operator;
	if (!*out && (c->actor.roles & ROLE_COORDINATOR))
		TRY(history_in_network(c, community, c->actor.community, out));
	return *out ? page_has_no_steward(c, community, out) : OK;
}

rc history_find(struct ctx *c, const struct community_card *of, const struct history_query *q, bool page_only,
		int64_t most, struct history_event_list *out)
{
	struct history_row_list l;
	const char *kind = q->kind < 0 ? "" : enum_word(&audit_kind_words, q->kind);
	int64_t before = q->after == NONE || !q->after ? INT64_MAX : q->after;
	TRY(history_rows(c, of->pub.s, kind, page_only, before, most, &l));
	*out = (struct history_event_list){ new_array(c, struct history_event, l.n + 1), 0 };
	for (size_t i = 0; i < l.n; i++) {
		struct history_event *e = &out->items[out->n++];
		*e = line_of(c, of, &l.items[i]);
		if (page_only)
			e->who = e->as = "";
	}
	return OK;
}
