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

/* The page of a convention that the actor may open, for the crumb above. */
static const char *above(struct ctx *c, const struct convention_row *k)
{
	bool draft = k->state == CONVENTION_STATE_DRAFT;
	if (!(c->actor.roles & (draft ? CONVENTION_TEAM : CONVENTION_FOLLOW)))
		return NULL;
	return fmt(c, draft ? "/conventions/%s/terms" : "/conventions/%s", k->pub.s);
}

static void stand(struct ctx *c, struct req *q, const struct convention_row *k, const char *title)
{
	page_title(q, "conventions", title);
	page_crumb(q, T(c, "nav.conventions"), "/conventions");
	if (k)
		page_crumb(q, k->name, above(c, k));
	page_crumb(q, title, NULL);
}

rc conventions_get(struct ctx *c, struct req *q)
{
	struct conventions_page *v = new_zero(c, struct conventions_page);
	TRY(conventions_of(c, c->actor.community, &v->mine));
	TRY(conventions_open(c, c->actor.community, &v->open));
	v->may_propose = c->actor.roles & CONVENTION_TEAM;
	v->may_follow = c->actor.roles & CONVENTION_FOLLOW;
	v->may_suggest = c->actor.roles & (CONVENTION_TEAM | ROLE_ADVISOR);
	page_title(q, "conventions", T(c, "nav.conventions"));
	return page(q, conventions_page, v);
}

rc convention_new_get(struct ctx *c, struct req *q)
{
	struct convention_new_page *v = new_zero(c, struct convention_new_page);
	if (!(c->actor.roles & CONVENTION_TEAM))
		return fail(c, E_DENIED, "convention.team_only");
	v->today = day_at(c->now, NULL);
	v->end.v = v->today.v + 365;
	stand(c, q, NULL, T(c, "convention.new_title"));
	return page(q, convention_new_page, v);
}

rc convention_new_post(struct ctx *c, struct req *q)
{
	struct convention_row k;
	TRY(convention_create(c, req_form(q, convention_new), &k));
	return created(c, q, k.pub, T(c, "convention.said_created"), "/conventions/%s/terms", k.pub.s);
}

const char *words_of(struct ctx *c, const struct enumeration *e, const char *list)
{
	const char *out = "";
	for (const char *p = list; *p;) {
		size_t n = strcspn(p, " ");
		int i = enum_find(e, talloc_strndup(c->mem, p, n));
		if (i >= 0)
			out = *out ? fmt(c, "%s, %s", out, i18n_word(c, e, i)) : i18n_word(c, e, i);
		p += n + (p[n] == ' ');
	}
	return out;
}

static void fill_choices(struct ctx *c, struct terms_page *v)
{
	v->values = ui_options(c, &workshop_value_words);
	v->debits = ui_options(c, &workshop_debit_words);
	v->no_shows = ui_options(c, &no_show_rule_words);
	const char *unset = T(c, "late_rule.unset");
	v->lates = ui_options(c, &late_rule_words);
	v->lates.items = talloc_realloc(c->mem, v->lates.items, struct option, (unsigned)v->lates.n + 1);
	v->lates.items[v->lates.n++] = (struct option){ "", unset };
	v->late = v->version.late < 0 ? "" : enum_word(&late_rule_words, v->version.late);
	v->value = enum_word(&workshop_value_words, v->version.workshop_value);
	v->debit = enum_word(&workshop_debit_words, v->version.workshop_debit);
	v->no_show = enum_word(&no_show_rule_words, v->version.no_show);
}

rc terms_get(struct ctx *c, struct req *q)
{
	struct terms_page *v = new_zero(c, struct terms_page);
	struct grant_row_list l;
	v->convention = *agreement(q);
	TRY(version_last(c, v->convention.id, &v->version));
	TRY(grants_of_version(c, v->version.id, &l));
	if (!l.n)
		return fail(c, E_CORRUPT, "http.internal");
	v->draft = is_none(v->version.proposed_at);
	v->amends = v->convention.state != CONVENTION_STATE_DRAFT;
	if (!v->draft)
		return done(c, q, NULL, "/conventions/%s/text", v->convention.pub.s);
	v->contribution = fmt(c, "%lld,%02lld", (long long)v->version.contribution.v / 100,
			      (long long)v->version.contribution.v % 100);
	v->text = markdown_render(c, v->version.text);
	grant_fields_fill(c, &l.items[0], &v->right);
	fill_choices(c, v);
	TRY(rights_in_words(c, v->version.id, false, &v->rights));
	stand(c, q, &v->convention, T(c, "convention.terms_title"));
	return page(q, terms_page, v);
}

/* To be read again, what was typed is saved first. */
rc terms_post(struct ctx *c, struct req *q)
{
	const struct terms_edit *f = req_form(q, terms_edit);
	TRY(convention_set_terms(c, agreement(q)->id, f));
	return done(c, q, T(c, "convention.said_saved"),
		    f->preview ? "/conventions/%s/text" : "/conventions/%s/parties", agreement(q)->pub.s);
}

rc parties_get(struct ctx *c, struct req *q)
{
	struct parties_page *v = new_zero(c, struct parties_page);
	struct party_candidates_row_list l;
	v->convention = *agreement(q);
	struct version_row last;
	TRY(version_last(c, v->convention.id, &last));
	v->runs = true;
	v->draft = is_none(last.proposed_at);
	TRY(parties_of(c, v->convention.id, &v->parties));
	TRY(party_candidates(c, v->convention.id, &l));
	v->choices.items = new_array(c, struct option, l.n);
	for (size_t i = 0; i < l.n; i++)
		v->choices.items[v->choices.n++] = (struct option){ fmt(c, "%s", l.items[i].pub.s),
								    l.items[i].name };
	v->sides = ui_options(c, &party_side_words);
	stand(c, q, &v->convention, T(c, "convention.parties_title"));
	return page(q, parties_page, v);
}

rc parties_post(struct ctx *c, struct req *q)
{
	const struct party_invite *f = req_form(q, party_invite);
	TRY(party_invite_one(c, agreement(q)->id, f->community, f->side));
	return done(c, q, T(c, "convention.said_invited"), "/conventions/%s/parties", agreement(q)->pub.s);
}

rc party_propose_post(struct ctx *c, struct req *q)
{
	TRY(convention_propose(c, agreement(q)->id));
	return done(c, q, T(c, "convention.said_proposed"), "/conventions/%s/text", agreement(q)->pub.s);
}

static rc fill_party(struct ctx *c, struct text_page *v)
{
	struct community_card me;
	struct party_row p;
	bool party;
	TRY(party_of(c, v->convention.id, c->actor.community, &p, &party));
	TRY(community_card_get(c, c->actor.community, &me));
	v->as_name = me.name;
	v->party = party ? p.state : -1;
	v->side = party ? p.side : -1;
	v->leaves_on.v = party ? p.leaves_on.v : NONE;
	bool open = v->convention.state == CONVENTION_STATE_OPEN, signs = c->actor.roles & ROLE_SIGNATORY;
	v->may_sign = open && signs && party && !v->draft && p.version.v != v->version.id.v &&
		      (p.state == PARTY_STATE_INVITED || p.state == PARTY_STATE_ACTIVE);
	v->may_show = party && (signs || (c->actor.roles & ROLE_MANAGER));
	if (party)
		TRY(party_shown_of(c, p.id, &v->shown));
	v->may_refuse = v->may_sign && p.state == PARTY_STATE_INVITED;
	v->may_join = open && signs && !party && v->convention.open_to_join;
	return OK;
}

rc text_get(struct ctx *c, struct req *q)
{
	struct text_page *v = new_zero(c, struct text_page);
	v->convention = *known(q);
	v->runs = c->actor.community.v == v->convention.runner.v && (c->actor.roles & CONVENTION_TEAM);
	TRY(version_last(c, v->convention.id, &v->version));
	/* An amendment being written is its runner's alone. */
	if (is_none(v->version.proposed_at) && !v->runs)
		TRY(version_offered(c, v->convention.id, &v->version));
	v->draft = is_none(v->version.proposed_at);
	TRY(rights_in_words(c, v->version.id, false, &v->rights));
	TRY(community_card_get(c, v->convention.runner, &v->runner));
	TRY(fill_party(c, v));
	TRY(parties_of(c, v->convention.id, &v->parties));
	v->text = markdown_render(c, v->version.text);
	v->charter = markdown_render(c, v->version.charter);
	v->fingerprint = fingerprint(c, v->version.hash);
	if (v->convention.state != CONVENTION_STATE_DRAFT)
		TRY(convention_head(c, &v->convention, "text", &v->head));
	stand(c, q, &v->convention,
	      v->draft ? T(c, "convention.draft_title") : T(c, "convention.text_title"));
	return page(q, text_page, v);
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
	TRY(party_sign_now(c, known(q)->id, req_form(q, party_sign)));
	return done(c, q, T(c, "convention.said_signed"), "/conventions/%s/text", known(q)->pub.s);
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

rc party_shown_post(struct ctx *c, struct req *q)
{
	bool shown = req_form(q, party_shown)->shown;
	TRY(party_show_on_map(c, known(q)->id, shown));
	return done(c, q, shown ? T(c, "convention.said_shown") : T(c, "convention.said_hidden"),
		    "/conventions/%s/text", known(q)->pub.s);
}

rc people_get(struct ctx *c, struct req *q)
{
	struct people_page *v = new_zero(c, struct people_page);
	struct party_row p;
	bool party;
	v->convention = *known(q);
	TRY(party_of(c, v->convention.id, c->actor.community, &p, &party));
	v->side = party ? p.side : -1;
	TRY(people_totals_of(c, &v->convention, c->actor.community, &v->totals));
	v->may_remind = party && p.side != PARTY_SIDE_HOST &&
			(c->actor.roles & (ROLE_MANAGER | ROLE_ADVISOR | ROLE_COORDINATOR));
	TRY(convention_head(c, &v->convention, "people", &v->head));
	stand(c, q, &v->convention, T(c, "convention.people_title"));
	return page(q, people_page, v);
}

rc reminders_post(struct ctx *c, struct req *q)
{
	int64_t n;
	TRY(reminders_send(c, known(q), c->actor.community, &n));
	const char *said = n == NONE ? T(c, "convention.said_reminded")
				     : T_N(c, "convention.said_reminded_n", n);
	return done(c, q, said, "/conventions/%s/people", known(q)->pub.s);
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
