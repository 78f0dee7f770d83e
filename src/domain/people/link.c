#include "people/link.h"

#include <string.h>

#include "base/civil.h"
#include "base/fold.h"
#include "base/pubid.h"
#include "people/community.h"
#include "people/community_sql.h"
#include "people/link_sql.h"
#include "people/people.h"
#include "people/step.h"
#include "platform/i18n.h"
#include "platform/json.h"
#include "platform/mail.h"
#include "platform/route.h"

rc link_loader(struct ctx *c, pubid pub, struct loaded *out);

rc links_all(struct ctx *c, community_id community, struct link_row_list *out)
{
	return links_of(c, community, out);
}

rc links_now(struct ctx *c, community_id community, struct link_row_list *out)
{
	size_t n = 0;
	TRY(links_of(c, community, out));
	for (size_t i = 0; i < out->n; i++)
		if (out->items[i].state != LINK_STATE_ENDED)
			out->items[n++] = out->items[i];
	out->n = n;
	return OK;
}

rc link_candidates(struct ctx *c, const struct community_row *row, const char *name,
		   struct community_card_list *out)
{
	const char *folded = fold(c, name);
	*out = (struct community_card_list){ 0 };
	return *folded ? communities_named(c, folded, row->id, out) : OK;
}

/* The other community: chosen, or the only one that the name can mean. */
static rc other_of(struct ctx *c, const struct community_row *row, const struct link_propose *f,
		   struct community_card *out)
{
	struct community_card_list l;
	struct loaded loaded;
	if (!pubid_is_none(f->other)) {
		if (community_loader(c, f->other, &loaded) != OK)
			return fail_field(c, "name", "link.no_community");
		TRY(community_card_get(c, loaded.community, out));
		return out->id.v == row->id.v ? fail_field(c, "name", "link.itself") : OK;
	}
	TRY(link_candidates(c, row, f->name ? f->name : "", &l));
	if (!l.n)
		return fail_field(c, "name", "link.no_community");
	bool exact = strcmp(fold(c, l.items[0].name), fold(c, f->name)) == 0;
	bool twice = l.n > 1 && strcmp(fold(c, l.items[1].name), fold(c, l.items[0].name)) == 0;
	if (l.n > 1 && (!exact || twice))
		return fail_field(c, "name", "link.which_community");
	*out = l.items[0];
	return OK;
}

static rc write_letter(struct ctx *c, const struct community_row *row, const struct community_card *other,
		       const struct recipient *r)
{
	enum lang before = mail_lang(c, r->lang);
	struct mail_draft d = {
		.to = r->email,
		.lang = c->lang,
		.kind = "link.proposed",
		.subject = T_TEXT(c, "link_mail.subject", "name", row->name),
		.paragraphs = { T_TEXT(c, "link_mail.what", "name", row->name),
				T_TEXT(c, "link_mail.how", "name", other->name) },
		.action_label = T(c, "link_mail.action"),
		.action_path = fmt(c, "/communities/%s/links", other->pub.s),
	};
	mail_lang(c, before);
	return mail_queue(c, &d);
}

static rc tell(struct ctx *c, const struct community_row *row, const struct community_card *other)
{
	struct recipients who;
	TRY(people_with_role(c, other->id, ROLE_MANAGER | ROLE_SIGNATORY, &who));
	for (size_t i = 0; i < who.n; i++)
		TRY(write_letter(c, row, other, &who.items[i]));
	return OK;
}

static const char *link_json(struct ctx *c, int kind, pubid other, const char *state)
{
	return fmt(c, "{\"kind\":\"%s\",\"with\":\"%s\",\"state\":\"%s\"}", enum_word(&link_kind_words, kind),
		   other.s, state);
}

rc link_propose(struct ctx *c, const struct community_row *row, const struct link_propose *f, pubid *out)
{
	struct community_card other;
	struct link_between_row old;
	bool found, from = f->way != LINK_WAY_TO;
	instant never = { NONE };
	TRY(other_of(c, row, f, &other));
	community_id a = from ? row->id : other.id, b = from ? other.id : row->id;
	TRY(link_between(c, a, b, f->kind, &old, &found));
	if (found && !old.is_ended)
		return fail(c, E_CONFLICT, "link.there_already");
	if (found) {
		*out = old.pub;
		TRY(link_remember(c, old.id));
		TRY(link_again(c, old.id, from ? c->now : never, from ? never : c->now, f->started, NULL));
	} else {
		pubid_new(out);
		TRY(link_insert(c, *out, a, b, f->kind, from ? c->now : never, from ? never : c->now,
				f->started, NULL, NULL));
	}
	TRY(tell(c, row, &other));
	return community_note(c, row->pub, "link.propose", "link", *out, NULL,
			      link_json(c, f->kind, other.pub, "declared"));
}

/* As the side that acts sees it; anybody else sees it from its beginning. */
static rc load(struct ctx *c, pubid pub, struct link_row *out, community_id *side)
{
	struct link_ends_row ends;
	struct link_row_list l;
	bool found;
	TRY(link_ends(c, pub, &ends, &found));
	if (!found)
		return fail(c, E_NOT_FOUND, "db.not_found");
	*side = c->actor.community.v == ends.to_community.v ? ends.to_community : ends.from_community;
	TRY(links_of(c, *side, &l));
	for (size_t i = 0; i < l.n; i++)
		if (l.items[i].id.v == ends.id.v)
			*out = l.items[i];
	return OK;
}

rc link_loader(struct ctx *c, pubid pub, struct loaded *out)
{
	struct link_row *row = new_zero(c, struct link_row);
	TRY(load(c, pub, row, &out->community));
	out->object = row;
	out->is_public = true;
	return OK;
}

/* The event stands in the log of the community that acts. */
static rc note(struct ctx *c, const struct link_row *link, const char *action, const char *after)
{
	struct community_row mine;
	TRY(community_get(c, link->outward ? link->from_community : link->to_community, &mine));
	return community_note(
		c, mine.pub, action, "link", link->pub,
		link_json(c, link->kind, link->other.pub, enum_word(&link_state_words, link->state)),
		link_json(c, link->kind, link->other.pub, after));
}

rc link_confirm(struct ctx *c, const struct link_row *link)
{
	if (link->state == LINK_STATE_ENDED)
		return fail(c, E_CONFLICT, "link.over");
	if (link->mine)
		return OK;
	TRY(link->outward ? link_confirm_from(c, link->id, c->now, NULL)
			  : link_confirm_to(c, link->id, c->now, NULL));
	return note(c, link, "link.confirm", link->theirs ? "confirmed" : "declared");
}

rc link_finish(struct ctx *c, const struct link_row *link)
{
	int64_t ended;
	TRY(link_end(c, link->id, day_at(c->now, NULL), &ended));
	if (!ended)
		return fail(c, E_CONFLICT, "link.over");
	return note(c, link, "link.end", "ended");
}
