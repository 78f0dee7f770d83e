#include <string.h>

#include "audit/audit.h"
#include "base/buf.h"
#include "base/civil.h"
#include "base/pubid.h"
#include "bridges/party.h"
#include "bridges/party_sql.h"
#include "bridges/terms.h"
#include "bridges/terms_note.h"
#include "bridges/terms_sql.h"
#include "people/people.h"
#include "platform/db.h"
#include "platform/i18n.h"

static void put(struct buf *b, const char *name, int64_t v)
{
	if (v == NONE)
		buf_fmt(b, "%s: -\n", name);
	else
		buf_fmt(b, "%s: %lld\n", name, (long long)v);
}

static void put_text(struct buf *b, const char *name, const char *s)
{
	buf_fmt(b, "%s: %s\n", name, s ? s : "-");
}

/* With its length: nothing can pass from one text to the next. */
static void put_long(struct buf *b, const char *name, const char *s)
{
	buf_fmt(b, "%s %zu: %s\n", name, strlen(s), s);
}

static void put_grant(struct buf *b, const struct grant_row *g)
{
	put_text(b, "grant", g->name);
	put_text(b, "statuses", g->statuses);
	put_text(b, "space_kinds", g->space_kinds);
	put_text(b, "measure", enum_word(&grant_measure_words, g->measure));
	put_text(b, "price_kind", enum_word(&price_kind_words, g->price_kind));
	put(b, "price_value", g->price_value);
	put_text(b, "period", enum_word(&grant_period_words, g->period));
	put(b, "per_person", g->per_person.v);
	put(b, "per_sender", g->per_sender.v);
	put(b, "per_place", g->per_place.v);
	put(b, "from_day", g->from_day.v);
	put(b, "to_day", g->to_day.v);
}

/* An amended grant says which one it goes on counting with. */
static rc put_lineage(struct ctx *c, struct buf *b, const struct grant_row *g)
{
	pubid first;
	if (!g->lineage.v)
		return OK;
	TRY(grant_pub_by_id(c, g->lineage, &first));
	put_text(b, "continues", first.s);
	return OK;
}

/* Terms that came later: those who signed without them signed a text without their lines. */
static void put_set(struct buf *b, const struct version_row *v)
{
	if (v->late >= 0)
		put_text(b, "late", enum_word(&late_rule_words, v->late));
	if (v->late_hours != NONE)
		put(b, "late_hours", v->late_hours);
	if (v->remind_days != NONE)
		put(b, "remind_days", v->remind_days);
}

rc terms_text(struct ctx *c, const struct version_row *v, const char **out)
{
	struct grant_row_list grants;
	struct buf b;
	struct convention_row k;
	struct community_card payee = { 0 };
	TRY(convention_by_id(c, v->convention, &k));
	if (v->contribution_payee.v)
		TRY(community_card_get(c, v->contribution_payee, &payee));
	buf_init(&b, c->mem, 4096);
	put_text(&b, "convention", k.pub.s);
	put(&b, "version", v->number);
	put(&b, "in_force", v->in_force.v);
	put(&b, "credit_per_day", v->credit_per_day.v);
	put_text(&b, "workshop_value", enum_word(&workshop_value_words, v->workshop_value));
	put(&b, "workshop_credit", v->workshop_credit.v);
	put_text(&b, "workshop_bands", v->workshop_bands);
	put(&b, "workshop_minimum", v->workshop_minimum);
	put_text(&b, "workshop_eligible", enum_word(&workshop_eligible_words, v->workshop_eligible));
	put_text(&b, "workshop_debit", enum_word(&workshop_debit_words, v->workshop_debit));
	put(&b, "room_free", v->room_free);
	put(&b, "due_days", v->due_days);
	put(&b, "credit_limit", v->credit_limit.v);
	put_text(&b, "no_show", enum_word(&no_show_rule_words, v->no_show));
	put_set(&b, v);
	put_text(&b, "expiry", enum_word(&expiry_rule_words, v->expiry));
	put(&b, "contribution", v->contribution.v);
	put_text(&b, "contribution_for", v->contribution_for);
	put_text(&b, "contribution_payee", payee.pub.s);
	put(&b, "retention_months", v->retention_months);
	TRY(grants_of_version(c, v->id, &grants));
	for (size_t i = 0; i < grants.n; i++) {
		put_grant(&b, &grants.items[i]);
		TRY(put_lineage(c, &b, &grants.items[i]));
	}
	put_long(&b, "text", v->text);
	put_long(&b, "charter", v->charter);
	*out = b.s;
	return OK;
}

rc terms_hash(struct ctx *c, const struct version_row *v, hash *out)
{
	const char *text;
	TRY(terms_text(c, v, &text));
	*out = hash_sha256(text, strlen(text));
	return OK;
}

const char *fingerprint(struct ctx *c, hash h)
{
	static const hash none;
	char hex[65];
	struct buf b;
	if (hash_eq(h, none))
		return NULL;
	hash_hex(h, hex);
	buf_init(&b, c->mem, 96);
	for (int i = 0; i < 64; i += 4)
		buf_fmt(&b, i ? " %.4s" : "%.4s", hex + i);
	return b.s;
}

rc convention_note(struct ctx *c, const struct convention_row *k, const char *action)
{
	struct community_card runner;
	TRY(community_card_get(c, k->runner, &runner));
	struct audit_event e = {
		.chain = runner.pub.s, .action = action, .object_kind = "convention", .object = k->pub
	};
	e.after = fmt(c, "{\"state\":\"%s\"}", enum_word(&convention_state_words, k->state));
	return audit_note(c, &e);
}

/* The study's scheme: twelve free days a year, a credit a day, a half-day
 * workshop worth four, a booklet at 150 € each. */
static rc from_template(struct ctx *c, const struct convention_row *k, struct version_row *v,
			struct grant_row *g)
{
	*v = (struct version_row){
		.convention = k->id,
		.number = 1,
		.text = T(c, "convention.template_text"),
		.charter = T(c, "convention.template_charter"),
		.credit_per_day = { 1000 },
		.workshop_value = WORKSHOP_VALUE_FLAT,
		.workshop_credit = { 4000 },
		.workshop_minimum = 3,
		.workshop_eligible = WORKSHOP_ELIGIBLE_EVERYONE,
		.workshop_debit = WORKSHOP_DEBIT_HOST,
		.room_free = true,
		.due_days = 180,
		.credit_limit = { NONE },
		.no_show = NO_SHOW_RULE_COUNTS,
		.late = LATE_RULE_COUNTS,
		.late_hours = NONE,
		.remind_days = 30,
		.expiry = EXPIRY_RULE_HONOURED,
		.contribution = { 15000 },
		.contribution_for = T(c, "convention.template_booklet"),
		.contribution_payee = k->runner,
		.retention_months = 6,
		.proposed_at = { NONE },
		.in_force = k->from_day,
	};
	pubid_new(&v->pub);
	TRY(version_insert(c, v, &v->id));
	*g = (struct grant_row){
		.version = v->id,
		.name = T(c, "convention.template_grant"),
		.statuses = "cape cesa",
		.space_kinds = "desks",
		.measure = GRANT_MEASURE_HALF_DAY,
		.price_kind = PRICE_KIND_FREE,
		.period = GRANT_PERIOD_YEAR,
		.per_person = { 12000 },
		.per_sender = { 180000 },
		.per_place = { NONE },
		.from_day = k->from_day,
		.to_day = k->to_day,
	};
	pubid_new(&g->pub);
	return grant_insert(c, g, &g->id);
}

rc convention_create(struct ctx *c, const struct convention_new *f, struct convention_row *out)
{
	struct version_row v;
	struct grant_row g;
	if (!(c->actor.roles & CONVENTION_TEAM))
		return fail(c, E_DENIED, "convention.team_only");
	if (f->to.v < f->from.v)
		return fail_field(c, "to", "convention.dates");
	*out = (struct convention_row){ .runner = c->actor.community,
					.name = f->name,
					.kind = f->programme ? CONVENTION_KIND_PROGRAMME
							     : CONVENTION_KIND_AGREEMENT,
					.state = CONVENTION_STATE_DRAFT,
					.from_day = f->from,
					.to_day = f->to,
					.open_to_join = f->programme };
	pubid_new(&out->pub);
	TRY(chain_of(c, CHAIN_KIND_LEDGER, out->pub.s, &out->chain));
	TRY(convention_insert(c, out, c->now, c->actor.person, &out->id));
	TRY(from_template(c, out, &v, &g));
	return convention_note(c, out, "convention.create");
}

static void version_from_form(const struct terms_edit *f, struct version_row *v)
{
	v->text = f->text;
	v->charter = f->charter;
	v->credit_per_day = f->credit_per_day;
	v->workshop_value = f->workshop_value;
	v->workshop_credit = f->workshop_credit;
	v->workshop_bands = f->workshop_bands;
	v->workshop_minimum = f->workshop_minimum;
	v->workshop_eligible = f->workshop_eligible;
	v->workshop_debit = f->workshop_debit;
	v->room_free = f->room_free;
	v->due_days = f->due_days;
	v->credit_limit = f->credit_limit;
	v->no_show = f->no_show;
	v->late = f->late;
	v->late_hours = f->late_hours;
	v->remind_days = f->remind_days;
	v->contribution = is_none(f->contribution) ? (money){ 0 } : f->contribution;
	v->expiry = f->expiry;
	v->contribution_for = f->contribution_for;
	v->retention_months = f->retention_months;
	v->in_force = f->from;
}

/* Who runs it, or one of its parties. */
static rc set_payee(struct ctx *c, const struct convention_row *k, pubid pub, struct version_row *v)
{
	struct party_line_list l;
	struct community_card runner;
	v->contribution_payee = k->runner;
	TRY(community_card_get(c, k->runner, &runner));
	if (!pub.s[0] || strcmp(pub.s, runner.pub.s) == 0)
		return OK;
	TRY(parties_of(c, k->id, &l));
	for (size_t i = 0; i < l.n; i++)
		if (strcmp(pub.s, l.items[i].card.pub.s) == 0) {
			v->contribution_payee = l.items[i].card.id;
			return OK;
		}
	return fail_field(c, "contribution_payee", "convention.payee");
}

rc convention_open_draft(struct ctx *c, convention_id id, struct convention_row *k, struct version_row *v)
{
	int state;
	TRY(convention_lock(c, id, &state));
	TRY(convention_by_id(c, id, k));
	TRY(version_last(c, id, v));
	return is_none(v->proposed_at) ? OK : fail(c, E_CONFLICT, "convention.not_draft");
}

/* An amendment leaves the convention as it was signed: its name, its dates. */
static rc set_frame(struct ctx *c, const struct terms_edit *f, struct convention_row *k)
{
	if (k->state != CONVENTION_STATE_DRAFT && f->from.v < day_at(c->now, NULL).v)
		return fail_field(c, "from", "convention.to_come");
	if (k->state != CONVENTION_STATE_DRAFT)
		return f->from.v < k->from_day.v || f->to.v > k->to_day.v
			       ? fail_field(c, "to", "convention.within")
			       : OK;
	k->name = f->name;
	k->from_day = f->from;
	k->to_day = f->to;
	k->open_to_join = f->open_to_join;
	return convention_update(c, k, NULL);
}

/* Rights follow the dates of their version; one with its own keeps them, as far as they are within. */
static rc set_dates(struct ctx *c, const struct terms_edit *f, day was_from, day was_to, struct grant_row *g)
{
	if (g->from_day.v == was_from.v || g->from_day.v < f->from.v)
		g->from_day = f->from;
	if (g->to_day.v == was_to.v || g->to_day.v > f->to.v)
		g->to_day = f->to;
	if (g->to_day.v < g->from_day.v)
		return fail_field(c, "to", "grant_edit.within");
	return grant_update(c, g, NULL);
}

rc convention_set_terms(struct ctx *c, convention_id id, const struct terms_edit *f)
{
	struct convention_row k;
	struct version_row v;
	struct grant_row_list grants;
	TRY(convention_open_draft(c, id, &k, &v));
	if (f->to.v < f->from.v)
		return fail_field(c, "to", "convention.dates");
	TRY(grants_of_version(c, v.id, &grants));
	TRY(set_payee(c, &k, f->contribution_payee, &v));
	struct terms_facts was, is;
	TRY(terms_facts_of(c, &k, &v, &was));
	day was_from = v.in_force, was_to = k.to_day;
	version_from_form(f, &v);
	TRY(set_frame(c, f, &k));
	TRY(version_update(c, &v, NULL));
	for (size_t i = 0; i < grants.n; i++)
		TRY(set_dates(c, f, was_from, was_to, &grants.items[i]));
	TRY(terms_facts_of(c, &k, &v, &is));
	return terms_note(c, &k, &was, &is);
}

rc convention_propose(struct ctx *c, convention_id id)
{
	struct convention_row k;
	struct version_row v;
	TRY(convention_open_draft(c, id, &k, &v));
	TRY(parties_ready(c, id));
	TRY(terms_hash(c, &v, &v.hash));
	v.proposed_at = c->now;
	TRY(version_update(c, &v, NULL));
	k.state = CONVENTION_STATE_OPEN;
	TRY(convention_update(c, &k, NULL));
	TRY(parties_tell(c, &k));
	return convention_note(c, &k, "convention.propose");
}

rc convention_discard(struct ctx *c, convention_id id, bool *whole)
{
	struct convention_row k;
	struct version_row v;
	int64_t signers;
	TRY(convention_open_draft(c, id, &k, &v));
	TRY(version_signers(c, v.id, &signers));
	if (signers)
		return fail(c, E_CONFLICT, "convention.not_draft");
	*whole = k.state == CONVENTION_STATE_DRAFT;
	TRY(grants_delete(c, v.id, NULL));
	TRY(version_delete(c, v.id, NULL));
	if (*whole) {
		TRY(parties_delete(c, id, NULL));
		TRY(convention_delete(c, id, NULL));
	}
	return convention_note(c, &k, "convention.discard");
}

static rc copy_grants(struct ctx *c, version_id from, const struct version_row *to)
{
	struct grant_row_list l;
	TRY(grants_of_version(c, from, &l));
	for (size_t i = 0; i < l.n; i++) {
		struct grant_row *g = &l.items[i];
		if (g->to_day.v < to->in_force.v && l.n > 1)
			continue; /* it is over by then */
		pubid_new(&g->pub);
		g->version = to->id;
		if (!g->lineage.v)
			g->lineage = g->id;
		if (g->from_day.v < to->in_force.v)
			g->from_day = to->in_force;
		TRY(grant_insert(c, g, &g->id));
	}
	return OK;
}

rc convention_amend(struct ctx *c, convention_id id, day in_force)
{
	struct convention_row k;
	struct version_row v;
	int state;
	TRY(convention_lock(c, id, &state));
	TRY(convention_by_id(c, id, &k));
	TRY(version_last(c, id, &v));
	if (k.state != CONVENTION_STATE_OPEN || is_none(v.proposed_at))
		return fail(c, E_CONFLICT, "convention.no_amendment");
	if (in_force.v < day_at(c->now, NULL).v)
		return fail_field(c, "in_force", "convention.to_come");
	if (in_force.v <= v.in_force.v || in_force.v > k.to_day.v)
		return fail_field(c, "in_force", "convention.within");
	version_id before = v.id;
	pubid_new(&v.pub);
	v.number++;
	v.in_force = in_force;
	v.proposed_at.v = NONE;
	v.hash = (hash){ 0 };
	TRY(version_insert(c, &v, &v.id));
	TRY(copy_grants(c, before, &v));
	return convention_note(c, &k, "convention.amend");
}

rc versions_verify(struct ctx *c, convention_id id, int64_t *versions, const char **broken)
{
	struct version_row_list l;
	hash now;
	*broken = NULL;
	TRY(versions_fixed(c, id, &l));
	*versions = (int64_t)l.n;
	for (size_t i = 0; i < l.n && !*broken; i++) {
		TRY(terms_hash(c, &l.items[i], &now));
		if (!hash_eq(now, l.items[i].hash))
			*broken = fmt(c, "version %s", l.items[i].pub.s);
	}
	return OK;
}

rc convention_verify(struct ctx *c, pubid pub, int64_t *versions, const char **broken)
{
	struct convention_row k;
	bool found;
	TRY(convention_by_pub(c, pub, &k, &found));
	return found ? versions_verify(c, k.id, versions, broken) : fail(c, E_NOT_FOUND, "db.not_found");
}
