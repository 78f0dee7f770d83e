#include <string.h>

#include "audit/audit.h"
#include "base/civil.h"
#include "base/pubid.h"
#include "base/words.h"
#include "bridges/exchange_seen_sql.h"
#include "bridges/follow_up.h"
#include "bridges/party.h"
#include "bridges/party_news.h"
#include "bridges/party_sql.h"
#include "bridges/terms_sql.h"
#include "people/community.h"
#include "platform/i18n.h"
#include "platform/mail.h"
#include "platform/route.h"

static const char *day_json(struct ctx *c, day d)
{
	return is_none(d) ? "null" : fmt(c, "\"%s\"", fmt_iso_day(c, d));
}

static const char *text_json(struct ctx *c, const char *text)
{
	struct buf b;
	buf_init(&b, c->mem, 80);
	buf_json(&b, text);
	return b.s;
}

static const char *said(struct ctx *c, const char *party, const struct party_row *p)
{
	return fmt(c,
		   "{\"party\":\"%s\",\"state\":\"%s\",\"leaves_on\":%s,\"insured_until\":%s,"
		   "\"suspended_why\":%s}",
		   party, enum_word(&party_state_words, p->state), day_json(c, p->leaves_on),
		   day_json(c, p->insured_until), text_json(c, p->suspended_why));
}

rc party_note(struct ctx *c, const struct convention_row *k, const char *action, const struct party_row *was,
	      const struct party_row *is)
{
	struct community_card card;
	TRY(community_card_get(c, (is ? is : was)->community, &card));
	return community_note(c, card.pub, action, "convention", k->pub,
			      was ? said(c, card.pub.s, was) : NULL, is ? said(c, card.pub.s, is) : NULL);
}

rc parties_ready(struct ctx *c, convention_id id)
{
	struct party_counts_row n;
	TRY(party_counts(c, id, &n));
	return n.hosts && n.senders ? OK : fail(c, E_CONFLICT, "convention.nobody");
}

static rc tell(struct ctx *c, const struct convention_row *k, const struct recipient *to)
{
	enum lang before = mail_lang(c, to->lang);
	struct mail_draft d = {
		.to = to->email,
		.lang = to->lang,
		.kind = "convention.proposed",
		.subject = T_TEXT(c, "convention.mail_subject", "name", k->name),
		.paragraphs = { T_TEXT(c, "convention.mail_text", "name", k->name),
				T(c, "convention.mail_how") },
		.action_label = T(c, "convention.mail_read"),
		.action_path = fmt(c, "/conventions/%s/text", k->pub.s),
	};
	(void)mail_lang(c, before);
	return mail_queue(c, &d);
}

rc party_tell(struct ctx *c, const struct convention_row *k, community_id community)
{
	struct recipients to;
	TRY(people_with_role(c, community, ROLE_SIGNATORY, &to));
	for (size_t j = 0; j < to.n; j++)
		TRY(tell(c, k, &to.items[j]));
	return OK;
}

rc parties_tell(struct ctx *c, const struct convention_row *k)
{
	struct party_line_list l;
	TRY(parties_of(c, k->id, &l));
	for (size_t i = 0; i < l.n; i++)
		if (l.items[i].state == PARTY_STATE_INVITED || l.items[i].state == PARTY_STATE_ACTIVE)
			TRY(party_tell(c, k, l.items[i].card.id));
	return OK;
}

rc party_invite_one(struct ctx *c, convention_id id, pubid community, int side)
{
	struct convention_row k;
	struct loaded found = { 0 };
	struct party_row p;
	bool there;
	pubid pub;
	TRY(convention_by_id(c, id, &k));
	TRY(community_loader(c, community, &found));
	if (k.state == CONVENTION_STATE_ENDED)
		return fail(c, E_CONFLICT, "convention.ended");
	TRY(party_of(c, id, found.community, &p, &there));
	if (there)
		return fail_field(c, "community", "party.there_already");
	pubid_new(&pub);
	TRY(party_insert(c, pub, id, found.community, side, c->now, NULL));
	if (k.state == CONVENTION_STATE_OPEN)
		TRY(party_tell(c, &k, found.community));
	TRY(party_of(c, id, found.community, &p, &there));
	return party_note(c, &k, "party.invite", NULL, &p);
}

/* The actor's own party, locked. */
static rc own_party(struct ctx *c, convention_id id, struct convention_row *k, struct party_row *p)
{
	bool found;
	int state;
	TRY(convention_by_id(c, id, k));
	TRY(party_of(c, id, c->actor.community, p, &found));
	if (!found)
		return fail(c, E_NOT_FOUND, "db.not_found");
	TRY(party_lock(c, p->id, &state));
	return party_of(c, id, c->actor.community, p, &found);
}

rc party_for_signing(struct ctx *c, convention_id id, struct convention_row *k, struct party_row *p)
{
	return c->actor.roles & ROLE_SIGNATORY ? own_party(c, id, k, p)
					       : fail(c, E_DENIED, "party.signatory_only");
}

rc version_signable(struct ctx *c, const struct version_row *v, bool *out)
{
	struct version_row newest;
	int64_t held = 0;
	*out = false;
	if (is_none(v->proposed_at))
		return OK;
	TRY(version_offered(c, v->convention, &newest));
	if (newest.id.v != v->id.v)
		TRY(version_held(c, v->id, &held));
	*out = newest.id.v == v->id.v || held > 0;
	return OK;
}

/* The version that was read, which may still be signed. */
static rc version_read(struct ctx *c, const struct convention_row *k, pubid pub, struct version_row *v)
{
	bool found, signable;
	TRY(version_by_pub(c, pub, v, &found));
	if (!found || v->convention.v != k->id.v)
		return fail_field(c, "version", "party.another_text");
	TRY(version_signable(c, v, &signable));
	return signable ? OK : fail_field(c, "version", "party.another_text");
}

static rc must_be_new(struct ctx *c, const struct party_row *p, const struct version_row *v)
{
	pubid pub;
	bool found;
	TRY(signature_of(c, p->id, v->id, &pub, &found));
	return found ? fail(c, E_CONFLICT, "party.cannot_sign") : OK;
}

/* The newest of those that it signed. */
static rc keep_newest(struct ctx *c, struct party_row *p, const struct version_row *v)
{
	int64_t number = 0;
	if (p->version.v)
		TRY(version_number(c, p->version, &number));
	if (v->number > number)
		p->version = v->id;
	return OK;
}

/* The signature, the state, and the call for the common costs. */
static rc put_signature(struct ctx *c, const struct convention_row *k, pubid version, struct party_row *p)
{
	struct version_row v;
	hash now;
	pubid pub;
	TRY(version_read(c, k, version, &v));
	TRY(terms_hash(c, &v, &now));
	if (!hash_eq(now, v.hash))
		return fail(c, E_CORRUPT, "convention.altered");
	const struct party_row was = *p;
	if (party_is_gone(c, p))
		TRY(party_come_back(c, p));
	TRY(must_be_new(c, p, &v));
	pubid_new(&pub);
	TRY(signature_insert(c, pub, p->id, v.id, v.hash, c->actor.person, c->actor.membership, c->now,
			     NULL));
	p->state = PARTY_STATE_ACTIVE;
	TRY(keep_newest(c, p, &v));
	p->answered_at = c->now;
	TRY(party_update(c, p, NULL));
	if (v.contribution.v > 0) {
		pubid_new(&pub);
		TRY(contribution_call(c, pub, p->id, v.contribution, day_at(c->now, NULL), NULL));
	}
	if (!is_none(was.leaves_on))
		TRY(party_news_tell(c, k, p, PARTY_NEWS_RETURNS));
	return party_note(c, k, is_none(was.leaves_on) ? "party.sign" : "party.return", &was, p);
}

static void set_insurance(struct party_row *p, const char *kind, const char *insurer, day until)
{
	if (!insurer)
		return;
	p->insurance_kind = kind;
	p->insurer = insurer;
	p->insured_until = until;
}

rc party_sign_now(struct ctx *c, convention_id id, const struct party_sign *f)
{
	struct convention_row k;
	struct party_row p;
	TRY(party_for_signing(c, id, &k, &p));
	if (k.state != CONVENTION_STATE_OPEN || !party_may_sign(c, &k, &p))
		return fail(c, E_CONFLICT, "party.cannot_sign");
	if (!f->read)
		return fail_field(c, "read", "party.read_first");
	set_insurance(&p, f->insurance_kind, f->insurer, f->insured_until);
	return put_signature(c, &k, f->version, &p);
}

rc party_refuse_now(struct ctx *c, convention_id id)
{
	struct convention_row k;
	struct party_row p;
	TRY(party_for_signing(c, id, &k, &p));
	if (p.state != PARTY_STATE_INVITED)
		return fail(c, E_CONFLICT, "party.cannot_sign");
	const struct party_row was = p;
	p.state = PARTY_STATE_REFUSED;
	p.answered_at = c->now;
	TRY(party_update(c, &p, NULL));
	TRY(party_news_tell(c, &k, &p, PARTY_NEWS_REFUSES));
	return party_note(c, &k, "party.refuse", &was, &p);
}

rc party_join_now(struct ctx *c, convention_id id, const struct party_join *f)
{
	struct convention_row k;
	struct party_row p;
	bool there;
	pubid pub;
	TRY(convention_by_id(c, id, &k));
	if (!(c->actor.roles & ROLE_SIGNATORY))
		return fail(c, E_DENIED, "party.signatory_only");
	if (k.state != CONVENTION_STATE_OPEN || !k.open_to_join)
		return fail(c, E_CONFLICT, "party.cannot_sign");
	if (!f->read)
		return fail_field(c, "read", "party.read_first");
	TRY(party_of(c, id, c->actor.community, &p, &there));
	if (there)
		return fail(c, E_CONFLICT, "party.there_already");
	pubid_new(&pub);
	TRY(party_insert(c, pub, id, c->actor.community, f->side, c->now, NULL));
	TRY(party_of(c, id, c->actor.community, &p, &there));
	set_insurance(&p, f->insurance_kind, f->insurer, f->insured_until);
	return put_signature(c, &k, f->version, &p);
}

rc party_insure_now(struct ctx *c, convention_id id, const struct party_insure *f)
{
	struct convention_row k;
	struct party_row p;
	TRY(own_party(c, id, &k, &p));
	const struct party_row was = p;
	set_insurance(&p, f->insurance_kind, f->insurer, f->insured_until);
	TRY(party_update(c, &p, NULL));
	return party_note(c, &k, "party.insure", &was, &p);
}

rc party_show_on_map(struct ctx *c, convention_id id, bool shown)
{
	struct convention_row k;
	struct party_row p;
	TRY(own_party(c, id, &k, &p));
	TRY(party_show(c, p.id, shown, NULL));
	return party_note(c, &k, shown ? "party.show" : "party.hide", &p, &p);
}

rc party_remove(struct ctx *c, const struct party_row *p)
{
	struct convention_row k;
	int state;
	TRY(convention_by_id(c, p->convention, &k));
	TRY(party_lock(c, p->id, &state));
	if (p->version.v || (state != PARTY_STATE_INVITED && state != PARTY_STATE_REFUSED))
		return fail(c, E_CONFLICT, "party.has_signed");
	TRY(party_delete(c, p->id, NULL));
	return party_note(c, &k, "party.remove", p, NULL);
}

rc party_paid(struct ctx *c, const struct party_row *p)
{
	struct convention_row k;
	int64_t n;
	TRY(convention_by_id(c, p->convention, &k));
	TRY(contribution_paid(c, p->id, day_at(c->now, NULL), c->actor.person, &n));
	if (!n)
		return fail(c, E_CONFLICT, "party.nothing_called");
	return party_note(c, &k, "party.paid", p, p);
}

rc party_loader(struct ctx *c, pubid pub, struct loaded *out)
{
	struct party_row *p = new_zero(c, struct party_row);
	struct convention_row k;
	bool found;
	TRY(party_by_pub(c, pub, p, &found));
	if (!found)
		return fail(c, E_NOT_FOUND, "db.not_found");
	TRY(convention_by_id(c, p->convention, &k));
	out->object = p;
	out->community = k.runner;
	return OK;
}

static rc statuses_of(struct ctx *c, version_id version, const char **out)
{
	struct grant_row_list g;
	TRY(grants_of_version(c, version, &g));
	*out = g.n ? g.items[0].statuses : "";
	for (size_t i = 1; i < g.n; i++)
		*out = fmt(c, "%s %s", *out, g.items[i].statuses);
	return OK;
}

/* Is she in a status that the grants of a version name? */
static rc is_eligible(struct ctx *c, version_id version, const struct actor *who, bool *out)
{
	struct membership_row_list l;
	const char *statuses;
	*out = false;
	TRY(statuses_of(c, version, &statuses));
	TRY(memberships_on(c, who->person, day_at(c->now, NULL), &l));
	for (size_t i = 0; i < l.n; i++)
		if (l.items[i].id.v == who->membership.v)
			*out = words_have(statuses, enum_word(&membership_status_words, l.items[i].status));
	return OK;
}

rc charter_accept(struct ctx *c, const struct version_row *v, const struct actor *who, community_id place,
		  bool *fresh)
{
	struct party_row p;
	bool found;
	pubid pub;
	*fresh = false;
	hash h = hash_sha256(v->charter, strlen(v->charter));
	TRY(party_of(c, v->convention, who->community, &p, &found));
	if (!found || p.side == PARTY_SIDE_HOST || !who->membership.v || is_none(v->proposed_at))
		return fail(c, E_DENIED, "charter.not_eligible");
	TRY(is_eligible(c, v->id, who, &found));
	if (!found)
		return fail(c, E_DENIED, "charter.not_eligible");
	TRY(charter_accepted(c, v->id, who->person, &pub, &found));
	if (found)
		return OK;
	pubid_new(&pub);
	*fresh = true;
	return charter_insert(c, pub, v->id, who->person, who->membership, h, c->now, place, NULL);
}

rc charter_note(struct ctx *c, const struct version_row *v, person_id person, community_id place)
{
	struct community_card host;
	struct audit_event e = { .chain = "server", .action = "charter.accept", .object_kind = "charter" };
	bool found;
	TRY(charter_accepted(c, v->id, person, &e.object, &found));
	if (!found)
		return fail(c, E_NOT_FOUND, "db.not_found");
	if (place.v) {
		TRY(community_card_get(c, place, &host));
		e.chain = host.pub.s;
	}
	e.after = fmt(c, "{\"version\":\"%s\"}", v->pub.s);
	return audit_note(c, &e);
}

rc people_totals_of(struct ctx *c, const struct convention_row *k, community_id sender,
		    struct people_totals *out)
{
	struct exchange_rules rules;
	struct follow_people p;
	bool found;
	TRY(exchange_rules_of(c, k->id, sender, &rules, &found));
	TRY(people_told(c, k->id, rules.version, sender, &p));
	*out = (struct people_totals){ p.eligible, p.charter, p.came, p.again };
	return OK;
}
