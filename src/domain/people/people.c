#include <string.h>

#include "base/civil.h"
#include "people/people.h"
#include "people/people_sql.h"
#include "platform/route.h"

rc community_get(struct ctx *c, community_id id, struct community_row *out)
{
	return community_by_id(c, id, out);
}

rc community_card_get(struct ctx *c, community_id id, struct community_card *out)
{
	return community_card_by_id(c, id, out);
}

rc memberships_on(struct ctx *c, person_id person, day on, struct membership_row_list *out)
{
	return memberships_of_person(c, person, on, out);
}

rc has_role(struct ctx *c, person_id person, community_id community, unsigned roles, bool *out)
{
	struct roles_of_person_row_list l;
	*out = false;
	TRY(roles_of_person(c, person, community, day_at(c->now, NULL), &l));
	for (size_t i = 0; i < l.n; i++)
		if ((unsigned)l.items[i].roles & roles)
			*out = true;
	return OK;
}

rc person_name(struct ctx *c, person_id person, const char **out)
{
	bool found;
	TRY(person_name_by_id(c, person, out, &found));
	if (!found)
		*out = "";
	return OK;
}

static enum lang lang_of(const char *word)
{
	return strcmp(word, "en") == 0 ? LANG_EN : LANG_FR;
}

rc people_with_role(struct ctx *c, community_id community, unsigned roles, struct recipients *out)
{
	struct recipients_by_role_row_list l;
	TRY(recipients_by_role(c, community, roles, day_at(c->now, NULL), &l));
	out->n = l.n;
	out->items = new_array(c, struct recipient, l.n);
	for (size_t i = 0; i < l.n; i++) {
		const struct recipients_by_role_row *r = &l.items[i];
		out->items[i] = (struct recipient){ r->person, r->email, r->name, lang_of(r->lang) };
	}
	return OK;
}

rc person_recipient(struct ctx *c, person_id person, struct recipient *out)
{
	struct recipient_by_id_row r;
	bool found;
	TRY(recipient_by_id(c, person, &r, &found));
	if (!found)
		return fail(c, E_NOT_FOUND, "db.not_found");
	*out = (struct recipient){ r.person, r.email, r.name, lang_of(r.lang) };
	return OK;
}

rc operator_recipients(struct ctx *c, struct recipients *out)
{
	struct operators_row_list l;
	TRY(operators(c, &l));
	*out = (struct recipients){ new_array(c, struct recipient, l.n + 1), l.n };
	for (size_t i = 0; i < l.n; i++)
		out->items[i] = (struct recipient){ l.items[i].person, l.items[i].email, l.items[i].name,
						    lang_of(l.items[i].lang) };
	return OK;
}

/* Loaders: a community is known to everybody. */
static rc load_public(struct ctx *c, pubid pub, struct loaded *out)
{
	struct community_row *row = new_zero(c, struct community_row);
	community_id id;
	bool found;
	TRY(community_by_pub(c, pub, &id, &found));
	if (!found) {
		TRY(community_moved_to(c, pub, &id, &found));
		if (!found)
			return fail(c, E_NOT_FOUND, "db.not_found");
		out->moved = true;
	}
	TRY(community_by_id(c, id, row));
	out->now = row->pub;
	out->object = row;
	out->community = id;
	out->is_public = true;
	return OK;
}

rc community_loader(struct ctx *c, pubid pub, struct loaded *out)
{
	return load_public(c, pub, out);
}

rc place_loader(struct ctx *c, pubid pub, struct loaded *out)
{
	TRY(load_public(c, pub, out));
	const struct community_row *row = out->object;
	return row->is_place ? OK : fail(c, E_NOT_FOUND, "db.not_found");
}

struct actor actor_herself(struct ctx *c)
{
	struct actor before = c->actor;
	c->actor = (struct actor){ .person = before.person, .is_operator = before.is_operator };
	return before;
}
