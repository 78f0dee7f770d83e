/* terms_web.c - the form of the terms, and the text as it is read and signed. */
#include <string.h>

#include "base/pubid.h"
#include "bridges/convention_web.h"
#include "bridges/follow_up.h"
#include "bridges/party.h"
#include "bridges/party_sql.h"
#include "bridges/terms_html.h"
#include "bridges/terms_sql.h"
#include "platform/i18n.h"
#include "platform/markdown.h"
#include "platform/ui.h"

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

/* What was never said may stay unsaid. */
static struct option_list late_options(struct ctx *c)
{
	struct option_list l = ui_options(c, &late_rule_words);
	l.items = talloc_realloc(c->mem, l.items, struct option, (unsigned)l.n + 1);
	l.items[l.n++] = (struct option){ "", T(c, "late_rule.unset") };
	return l;
}

/* Who may be paid: the runner, then the parties. */
static rc fill_payees(struct ctx *c, struct terms_page *v)
{
	struct community_card runner, payee;
	struct party_line_list l;
	community_id chosen = v->said.version.contribution_payee;
	TRY(community_card_get(c, v->convention.runner, &runner));
	TRY(parties_of(c, v->convention.id, &l));
	v->payees.items = new_array(c, struct option, l.n + 1);
	v->payees.items[v->payees.n++] = (struct option){ fmt(c, "%s", runner.pub.s), runner.name };
	for (size_t i = 0; i < l.n; i++)
		if (l.items[i].card.id.v != runner.id.v)
			v->payees.items[v->payees.n++] = (struct option){ fmt(c, "%s", l.items[i].card.pub.s),
									  l.items[i].card.name };
	TRY(community_card_get(c, chosen.v ? chosen : runner.id, &payee));
	v->payee = fmt(c, "%s", payee.pub.s);
	return OK;
}

static rc fill_choices(struct ctx *c, struct terms_page *v)
{
	const struct version_row *k = &v->said.version;
	v->values = ui_options(c, &workshop_value_words);
	v->eligibles = ui_options(c, &workshop_eligible_words);
	v->debits = ui_options(c, &workshop_debit_words);
	v->no_shows = ui_options(c, &no_show_rule_words);
	v->lates = late_options(c);
	v->expiries = ui_options(c, &expiry_rule_words);
	v->late = k->late < 0 ? "" : enum_word(&late_rule_words, k->late);
	v->value = enum_word(&workshop_value_words, k->workshop_value);
	v->eligible = enum_word(&workshop_eligible_words, k->workshop_eligible);
	v->debit = enum_word(&workshop_debit_words, k->workshop_debit);
	v->no_show = enum_word(&no_show_rule_words, k->no_show);
	v->expiry = enum_word(&expiry_rule_words, k->expiry);
	v->contribution = fmt(c, "%lld,%02lld", (long long)k->contribution.v / 100,
			      (long long)k->contribution.v % 100);
	return fill_payees(c, v);
}

rc terms_get(struct ctx *c, struct req *q)
{
	struct terms_page *v = new_zero(c, struct terms_page);
	v->convention = *req_object(q, convention_row, agreement);
	TRY(version_last(c, v->convention.id, &v->said.version));
	v->draft = is_none(v->said.version.proposed_at);
	v->amends = v->convention.state != CONVENTION_STATE_DRAFT;
	if (!v->draft)
		return done(c, q, NULL, "/conventions/%s/text", v->convention.pub.s);
	TRY(said_terms_fill(c, &v->said));
	TRY(fill_choices(c, v));
	v->text = markdown_render(c, v->said.version.text);
	v->charter = markdown_render(c, v->said.version.charter);
	convention_stand(c, q, &v->convention, T(c, "convention.terms_title"));
	return page(q, terms_page, v);
}

/* The number of the version asked for: by its address, or by the form that is shown again. */
static rc asked_version(struct ctx *c, const struct req *q, int64_t *out)
{
	const struct shape *form = q->form_state.form;
	struct version_row v;
	bool found = false;
	pubid pub;
	*out = NONE;
	if (q->route->method == HTTP_GET) {
		*out = req_form(q, text_query)->version;
		return OK;
	}
	for (size_t i = 0; form && q->form_state.raw && i < form->n; i++)
		if (strcmp(form->fields[i].name, "version") == 0 && q->form_state.raw[i] &&
		    pubid_parse(q->form_state.raw[i], &pub) == OK)
			TRY(version_by_pub(c, pub, &v, &found));
	if (found && !is_none(v.proposed_at) && v.convention.v == req_object(q, convention_row, known)->id.v)
		*out = v.number;
	return OK;
}

/* The version that is asked for; else the newest, of which an amendment being written is its
 * runner's alone. */
static rc choose_version(struct ctx *c, int64_t asked, struct text_page *v)
{
	struct version_row newest;
	bool found = true;
	TRY(version_last(c, v->convention.id, &v->said.version));
	if (asked != NONE)
		TRY(version_numbered(c, v->convention.id, asked, &v->said.version, &found));
	else if (is_none(v->said.version.proposed_at) && !v->runs)
		TRY(version_offered(c, v->convention.id, &v->said.version));
	if (!found)
		return fail(c, E_NOT_FOUND, "db.not_found");
	v->draft = is_none(v->said.version.proposed_at);
	v->newest = v->said.version.number;
	if (v->convention.state != CONVENTION_STATE_DRAFT && !v->draft) {
		TRY(version_offered(c, v->convention.id, &newest));
		v->newest = newest.number;
	}
	TRY(version_signers(c, v->said.version.id, &v->signers));
	return said_terms_fill(c, &v->said);
}

/* What the acting community may do with the version shown. */
static rc fill_party(struct ctx *c, const struct party_row *p, bool party, struct text_page *v)
{
	bool open = v->convention.state == CONVENTION_STATE_OPEN, signs = c->actor.roles & ROLE_SIGNATORY;
	bool signable;
	pubid pub;
	TRY(version_signable(c, &v->said.version, &signable));
	signs = signs && open && signable;
	v->party = party ? p->state : -1;
	v->side = party ? p->side : -1;
	v->leaves_on.v = party ? p->leaves_on.v : NONE;
	bool gone = party && party_is_gone(c, p);
	v->suspended = party && !gone && p->state == PARTY_STATE_SUSPENDED;
	v->suspended_why = v->suspended ? p->suspended_why : NULL;
	v->may_leave = party && open && c->actor.roles & ROLE_SIGNATORY && !gone &&
		       (p->state == PARTY_STATE_ACTIVE || p->state == PARTY_STATE_LEAVING || v->suspended);
	v->may_stay = v->may_leave && !is_none(p->leaves_on);
	v->may_join = signs && !party && v->convention.open_to_join;
	if (!party)
		return OK;
	TRY(signature_of(c, p->id, v->said.version.id, &pub, &v->has_signed));
	v->may_sign = signs && party_may_sign(c, &v->convention, p) && (gone || !v->has_signed);
	v->comes_back = gone && v->may_sign;
	v->kept_out = open && (gone || p->state == PARTY_STATE_REFUSED) &&
		      !party_may_sign(c, &v->convention, p);
	v->may_refuse = v->may_sign && p->state == PARTY_STATE_INVITED;
	v->may_show = p->state != PARTY_STATE_REFUSED && c->actor.roles & (ROLE_MANAGER | ROLE_SIGNATORY);
	return party_shown_of(c, p->id, &v->shown);
}

static rc fill_text(struct ctx *c, struct text_page *v)
{
	struct community_card me;
	struct party_row p;
	bool party;
	TRY(community_card_get(c, v->convention.runner, &v->runner));
	TRY(community_card_get(c, c->actor.community, &me));
	v->as_name = me.name;
	TRY(party_of(c, v->convention.id, c->actor.community, &p, &party));
	TRY(fill_party(c, &p, party, v));
	v->text = markdown_render(c, v->said.version.text);
	v->charter = markdown_render(c, v->said.version.charter);
	v->fingerprint = fingerprint(c, v->said.version.hash);
	TRY(party_returns_of(c, v->convention.id, &v->returns));
	return parties_of(c, v->convention.id, &v->parties);
}

rc text_get(struct ctx *c, struct req *q)
{
	struct text_page *v = new_zero(c, struct text_page);
	int64_t asked;
	v->convention = *req_object(q, convention_row, known);
	v->runs = c->actor.community.v == v->convention.runner.v && (c->actor.roles & CONVENTION_TEAM);
	TRY(asked_version(c, q, &asked));
	TRY(choose_version(c, asked, v));
	TRY(fill_text(c, v));
	/* Who refused follows nothing: no tabs that lead nowhere. */
	if (v->convention.state != CONVENTION_STATE_DRAFT && v->party != PARTY_STATE_REFUSED)
		TRY(convention_head(c, &v->convention, "text", &v->head));
	v->asked_to_leave = q->route->form == &party_leave_shape;
	convention_stand(c, q, &v->convention,
			 v->draft ? T(c, "convention.draft_title") : T(c, "convention.text_title"));
	return page(q, text_page, v);
}
