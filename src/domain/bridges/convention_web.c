#include <string.h>

#include "base/civil.h"
#include "bridges/convention_web.h"
#include "bridges/party.h"
#include "bridges/party_sql.h"
#include "bridges/reminder.h"
#include "bridges/terms_html.h"
#include "bridges/terms_sql.h"
#include "people/account.h"
#include "platform/i18n.h"
#include "platform/markdown.h"
#include "platform/ui.h"

static rc load(struct ctx *c, pubid pub, struct loaded *out, struct convention_row **row)
{
	bool found;
	*row = new_zero(c, struct convention_row);
	TRY(convention_by_pub(c, pub, *row, &found));
	out->object = *row;
	return found ? OK : fail(c, E_NOT_FOUND, "db.not_found");
}

rc agreement_loader(struct ctx *c, pubid pub, struct loaded *out)
{
	struct convention_row *k;
	TRY(load(c, pub, out, &k));
	out->community = k->runner;
	return OK;
}

rc known_loader(struct ctx *c, pubid pub, struct loaded *out)
{
	struct convention_row *k;
	struct party_row p;
	bool party = false;
	TRY(load(c, pub, out, &k));
	if (c->actor.community.v)
		TRY(party_of(c, k->id, c->actor.community, &p, &party));
	bool runs = c->actor.community.v && k->runner.v == c->actor.community.v;
	bool shown = k->state != CONVENTION_STATE_DRAFT && (party || k->open_to_join);
	if (!c->actor.community.v || (!runs && !shown))
		return fail(c, E_NOT_FOUND, "db.not_found");
	out->community = c->actor.community;
	return OK;
}

/* Who refused reads the text, which it may come to sign; nothing else of it is its affair. */
rc followed_loader(struct ctx *c, pubid pub, struct loaded *out)
{
	struct party_row p;
	bool party;
	TRY(known_loader(c, pub, out));
	const struct convention_row *k = out->object;
	TRY(party_of(c, k->id, c->actor.community, &p, &party));
	bool refused = party && p.state == PARTY_STATE_REFUSED && k->runner.v != c->actor.community.v;
	return refused ? fail(c, E_NOT_FOUND, "db.not_found") : OK;
}

rc version_loader(struct ctx *c, pubid pub, struct loaded *out)
{
	struct version_row *v = new_zero(c, struct version_row);
	bool found;
	TRY(version_by_pub(c, pub, v, &found));
	if (!found || is_none(v->proposed_at))
		return fail(c, E_NOT_FOUND, "db.not_found");
	out->object = v;
	out->is_public = true;
	return OK;
}

static const struct convention_row *agreement(const struct req *q)
{
	return req_object(q, convention_row, agreement);
}

static const struct convention_row *known(const struct req *q)
{
	return req_object(q, convention_row, known);
}

static const struct convention_row *followed(const struct req *q)
{
	return req_object(q, convention_row, followed);
}

/* Who refused, or only reads what she may join, has no page of it but its text. */
static bool follows(struct ctx *c, const struct convention_row *k)
{
	struct party_row p;
	bool found = false;
	if (k->runner.v == c->actor.community.v)
		return true;
	return party_of(c, k->id, c->actor.community, &p, &found) == OK && found &&
	       p.state != PARTY_STATE_REFUSED;
}

/* The page of a convention that the actor may open, for the crumb above. */
static const char *above(struct ctx *c, const struct convention_row *k)
{
	bool draft = k->state == CONVENTION_STATE_DRAFT;
	if (!(c->actor.roles & (draft ? CONVENTION_TEAM : CONVENTION_FOLLOW)) || !follows(c, k))
		return NULL;
	return fmt(c, draft ? "/conventions/%s/terms" : "/conventions/%s", k->pub.s);
}

void convention_stand(struct ctx *c, struct req *q, const struct convention_row *k, const char *title)
{
	page_title(q, "conventions", title);
	page_crumb(q, T(c, "nav.conventions"), "/conventions");
	if (k)
		page_crumb(q, k->name, above(c, k));
	page_crumb(q, title, NULL);
}

rc convention_new_get(struct ctx *c, struct req *q)
{
	struct convention_new_page *v = new_zero(c, struct convention_new_page);
	if (!(c->actor.roles & CONVENTION_TEAM))
		return fail(c, E_DENIED, "convention.team_only");
	v->today = day_at(c->now, NULL);
	v->end.v = v->today.v + 365;
	convention_stand(c, q, NULL, T(c, "convention.new_title"));
	return page(q, convention_new_page, v);
}

rc convention_new_post(struct ctx *c, struct req *q)
{
	struct convention_row k;
	TRY(convention_create(c, req_form(q, convention_new), &k));
	return created(c, q, k.pub, T(c, "convention.said_created"), "/conventions/%s/terms", k.pub.s);
}

/* To be read beside the form, what was typed is saved first. */
rc terms_post(struct ctx *c, struct req *q)
{
	const struct terms_edit *f = req_form(q, terms_edit);
	TRY(convention_set_terms(c, agreement(q)->id, f));
	return done(c, q, T(c, "convention.said_saved"),
		    f->preview ? "/conventions/%s/terms#preview" : "/conventions/%s/parties",
		    agreement(q)->pub.s);
}

rc convention_discard_post(struct ctx *c, struct req *q)
{
	const struct convention_row *k = agreement(q);
	bool whole;
	TRY(convention_discard(c, k->id, &whole));
	return whole ? done(c, q, T(c, "convention.said_discarded"), "/conventions")
		     : done(c, q, T(c, "convention.said_amendment_discarded"), "/conventions/%s/documents",
			    k->pub.s);
}

rc party_propose_post(struct ctx *c, struct req *q)
{
	TRY(convention_propose(c, agreement(q)->id));
	return done(c, q, T(c, "convention.said_proposed"), "/conventions/%s/text", agreement(q)->pub.s);
}

/* Who signs engages others: a session or a token alone does not, her password does. */
rc party_sign_prepare(struct ctx *c, struct req *q)
{
	struct account_row a;
	return account_prove(c, q, "password", req_form(q, party_sign)->password, &a);
}

rc party_join_prepare(struct ctx *c, struct req *q)
{
	struct account_row a;
	return account_prove(c, q, "password", req_form(q, party_join)->password, &a);
}

rc party_sign_post(struct ctx *c, struct req *q)
{
	struct party_row before;
	bool found;
	TRY(party_of(c, known(q)->id, c->actor.community, &before, &found));
	bool back = found && party_is_gone(c, &before);
	TRY(party_sign_now(c, known(q)->id, req_form(q, party_sign)));
	return done(c, q, back ? T(c, "convention.said_returned") : T(c, "convention.said_signed"),
		    "/conventions/%s/text", known(q)->pub.s);
}

rc party_refuse_post(struct ctx *c, struct req *q)
{
	TRY(party_refuse_now(c, known(q)->id));
	return done(c, q, T(c, "convention.said_refused"), "/conventions");
}

rc party_join_post(struct ctx *c, struct req *q)
{
	TRY(party_join_now(c, known(q)->id, req_form(q, party_join)));
	return done(c, q, T(c, "convention.said_signed"), "/conventions/%s/text", known(q)->pub.s);
}

rc party_leave_post(struct ctx *c, struct req *q)
{
	TRY(party_leave_on(c, known(q)->id, req_form(q, party_leave)->on_day));
	return done(c, q, T(c, "convention.said_leaving"), "/conventions/%s/text", known(q)->pub.s);
}

rc party_stay_post(struct ctx *c, struct req *q)
{
	TRY(party_stay_now(c, known(q)->id));
	return done(c, q, T(c, "convention.said_stays"), "/conventions/%s/text", known(q)->pub.s);
}

rc convention_end_post(struct ctx *c, struct req *q)
{
	TRY(convention_end_on(c, agreement(q)->id, req_form(q, convention_end)->on_day));
	return done(c, q, T(c, "convention.said_ends"), "/conventions/%s/parties", agreement(q)->pub.s);
}

rc party_shown_post(struct ctx *c, struct req *q)
{
	bool shown = req_form(q, party_shown)->shown;
	TRY(party_show_on_map(c, followed(q)->id, shown));
	return done(c, q, shown ? T(c, "convention.said_shown") : T(c, "convention.said_hidden"),
		    "/conventions/%s/text", followed(q)->pub.s);
}

rc people_get(struct ctx *c, struct req *q)
{
	struct people_page *v = new_zero(c, struct people_page);
	struct party_row p;
	bool party;
	v->convention = *followed(q);
	TRY(party_of(c, v->convention.id, c->actor.community, &p, &party));
	v->side = party ? p.side : -1;
	TRY(people_totals_of(c, &v->convention, c->actor.community, &v->totals));
	v->may_remind = party && v->convention.state == CONVENTION_STATE_OPEN &&
			p.state == PARTY_STATE_ACTIVE && p.side != PARTY_SIDE_HOST &&
			(c->actor.roles & (ROLE_MANAGER | ROLE_ADVISOR | ROLE_COORDINATOR));
	TRY(convention_head(c, &v->convention, "people", &v->head));
	convention_stand(c, q, &v->convention, T(c, "convention.people_title"));
	return page(q, people_page, v);
}

rc reminders_post(struct ctx *c, struct req *q)
{
	int64_t n;
	TRY(reminders_send(c, followed(q), c->actor.community, &n));
	const char *said = n == NONE ? T(c, "convention.said_reminded")
				     : T_N(c, "convention.said_reminded_n", n);
	return done(c, q, said, "/conventions/%s/people", followed(q)->pub.s);
}

rc charter_get(struct ctx *c, struct req *q)
{
	struct charter_page *v = new_zero(c, struct charter_page);
	pubid pub;
	v->version = *req_object(q, version_row, version);
	TRY(convention_by_id(c, v->version.convention, &v->convention));
	TRY(charter_accepted(c, v->version.id, c->actor.person, &pub, &v->accepted));
	v->charter = markdown_render(c, v->version.charter);
	v->fingerprint = fingerprint(c, hash_sha256(v->version.charter, strlen(v->version.charter)));
	page_title(q, "places", T(c, "charter.title"));
	page_crumb(q, T(c, "charter.title"), NULL);
	return page(q, charter_page, v);
}

rc charter_post(struct ctx *c, struct req *q)
{
	const struct version_row *v = req_object(q, version_row, version);
	const community_id nowhere = { 0 };
	bool fresh;
	TRY(charter_accept(c, v, &c->actor, nowhere, &fresh));
	if (fresh)
		TRY(charter_note(c, v, c->actor.person, nowhere));
	return done(c, q, T(c, "charter.said"), "/places");
}
