#include <string.h>

#include "base/civil.h"
#include "base/words.h"
#include "bridges/exchange.h"
#include "bridges/grant.h"
#include "bridges/grant_sql.h"
#include "bridges/party.h"
#include "bridges/terms_sql.h"
#include "ledger/ledger.h"
#include "platform/i18n.h"
#include "spaces/tariff.h"

/* So long after its end the quote still says that a right is over. */
#define TOLD_DAYS 60

const char *grant_period_of(struct ctx *c, int period, day d)
{
	struct ymd y = ymd_of(d);
	switch (period) {
	case GRANT_PERIOD_YEAR: return fmt(c, "%d", y.year);
	case GRANT_PERIOD_QUARTER: return fmt(c, "%d-T%d", y.year, (y.month + 2) / 3);
	case GRANT_PERIOD_MONTH: return fmt(c, "%d-%02d", y.year, y.month);
	default: return "";
	}
}

static void span_of(int period, day d, day *from, day *to)
{
	struct ymd y = ymd_of(d);
	static const int months[] = {
		[GRANT_PERIOD_YEAR] = 12, [GRANT_PERIOD_QUARTER] = 3, [GRANT_PERIOD_MONTH] = 1
	};
	if (period == GRANT_PERIOD_VALIDITY) {
		*from = (day){ INT32_MIN };
		*to = (day){ INT32_MAX };
		return;
	}
	*from = day_of(y.year, (y.month - 1) / months[period] * months[period] + 1, 1);
	to->v = month_add(*from, months[period]).v - 1;
}

/* Counted on the same line in periods of another length, if an amendment changed it. */
static rc counted_else(struct ctx *c, const struct counter_key *k, bool changed, int period, day d,
		       quantity *out)
{
	day from, to;
	out->v = 0;
	if (!changed)
		return OK;
	span_of(period, d, &from, &to);
	return grant_counted_else(c, k->owner, k->scope, k->scope_id, k->period, from, to, out);
}

rc grant_taken(struct ctx *c, const struct counter_key *k, int period, day d, quantity *held, quantity *used)
{
	quantity other;
	bool changed;
	TRY(grant_period_changed(c, (grant_id){ k->owner }, &changed));
	TRY(counted_else(c, k, changed, period, d, &other));
	TRY(counter_read(c, k, held, used));
	used->v += other.v;
	return OK;
}

static int64_t measure_of(const struct stay *s, int measure)
{
	int64_t minutes = s->to.v - s->from.v;
	if (measure == GRANT_MEASURE_DAY)
		return 1000;
	if (measure == GRANT_MEASURE_HALF_DAY)
		return minutes > HALF_DAY_MINUTES ? 1000 : 500;
	return (minutes * 1000 + GRANT_DAY_MINUTES - 1) / GRANT_DAY_MINUTES;
}

static rc counted(struct ctx *c, const struct stay *s, const struct grant_candidate *g, quantity *out)
{
	booking_id earlier;
	bool found = false;
	out->v = measure_of(s, g->measure) * s->units;
	if (g->measure == GRANT_MEASURE_DAY)
		TRY(grant_counted_day(c, s->person, s->community, g->counts_on, s->on_day, s->booking,
				      &earlier, &found));
	if (found)
		out->v = 0;
	return OK;
}

/* What counts in other periods is not there any more for this one. */
static rc keys_of(struct ctx *c, const struct grant_counts_row *caps, const struct stay *s,
		  community_id sender, struct counter_key keys[3], size_t *n)
{
	const char *period = grant_period_of(c, caps->period, s->on_day);
	quantity other;
	*n = 0;
	struct {
		quantity cap;
		int scope;
		int64_t id;
	} all[] = {
		{ caps->per_person, COUNTER_SCOPE_PERSON, s->person.v },
		{ caps->per_sender, COUNTER_SCOPE_SENDER, sender.v },
		{ caps->per_place, COUNTER_SCOPE_PLACE, s->community.v },
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		if (is_none(all[i].cap))
			continue;
		struct counter_key *k = &keys[(*n)++];
		*k = (struct counter_key){
			COUNTER_OWNER_GRANT, caps->counts_on.v, all[i].scope, all[i].id, period, all[i].cap
		};
		TRY(counted_else(c, k, caps->period_changed, caps->period, s->on_day, &other));
		k->cap.v = other.v < k->cap.v ? k->cap.v - other.v : 0;
	}
	return OK;
}

/* The least left of all caps; NONE when nothing limits. `total` is her own cap. */
static rc left_of(struct ctx *c, const struct grant_candidate *g, const struct stay *s, quantity *left,
		  quantity *total)
{
	struct grant_counts_row caps = { g->per_person, g->per_sender, g->per_place,
					 g->period,	g->counts_on,  g->period_changed };
	struct counter_key keys[3];
	size_t n;
	TRY(keys_of(c, &caps, s, g->sender, keys, &n));
	left->v = NONE;
	*total = g->per_person;
	for (size_t i = 0; i < n; i++) {
		quantity held, used;
		TRY(counter_read(c, &keys[i], &held, &used));
		int64_t rest = keys[i].cap.v - held.v - used.v;
		if (is_none(*left) || rest < left->v)
			left->v = rest < 0 ? 0 : rest;
	}
	return OK;
}

static rc limit_of(struct ctx *c, const struct grant_candidate *g, community_id host, enum limit_state *out)
{
	quantity debt = { 0 };
	if (!is_none(g->credit_limit))
		TRY(ledger_owed(c, g->chain, g->sender, host, &debt));
	*out = limit_state_of(debt, g->credit_limit);
	return OK;
}

static money price_of(const struct grant_candidate *g, const struct stay *s, quantity measure)
{
	switch (g->price_kind) {
	case PRICE_KIND_PERCENT: return (money){ (s->public_price.v * (100 - g->price_value) + 50) / 100 };
	case PRICE_KIND_FIXED: return (money){ (g->price_value * measure.v + 500) / 1000 };
	default: return (money){ 0 };
	}
}

bool space_needs_insurance(int kind)
{
	return kind == SPACE_KIND_WORKSHOP || kind == SPACE_KIND_MACHINE;
}

/* The first reason why the grant does not give this stay, or NULL. */
static const char *why_not(struct ctx *c, const struct grant_candidate *g, const struct stay *s,
			   const struct right_offer *o, enum limit_state limit)
{
	if (!words_have(g->statuses, enum_word(&membership_status_words, g->status)))
		return T(c, "grant.status");
	if (!words_have(g->space_kinds, enum_word(&space_kind_words, s->space->kind)))
		return T(c, "grant.space_kind");
	if (s->on_day.v < g->from_day.v)
		return T_TEXT(c, "grant.begins", "day", fmt_day(c, g->from_day));
	if (s->on_day.v > g->to_day.v)
		return T_TEXT(c, "grant.ended", "day", fmt_day(c, g->to_day));
	if (g->sender_state == PARTY_STATE_SUSPENDED || g->host_state == PARTY_STATE_SUSPENDED)
		return T(c, "grant.suspended");
	if ((!is_none(g->sender_leaves) && s->on_day.v > g->sender_leaves.v) ||
	    (!is_none(g->host_leaves) && s->on_day.v > g->host_leaves.v))
		return T(c, "grant.left");
	if (space_needs_insurance(s->space->kind) &&
	    (is_none(g->insured_until) || g->insured_until.v < s->on_day.v))
		return T(c, "grant.insurance");
	if (!is_none(o->left) && o->measure.v > o->left.v)
		return T(c, "grant.spent");
	if (limit == LIMIT_REACHED)
		return T(c, "grant.credit_limit");
	return NULL;
}

/* Has her membership other rights of the same convention? Then each says its name. */
static bool is_one_of_several(const struct grant_candidate_list *l, const struct grant_candidate *g)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->items[i].version.v == g->version.v && l->items[i].grant.v != g->grant.v)
			return true;
	return false;
}

/* "1 crédit", "1,5 crédit", "2 crédits": one until two are whole. */
static const char *owes_words(struct ctx *c, quantity credit)
{
	struct arg args[] = { { .name = "n", .kind = ARG_INT, .n = credit.v / 1000 },
			      { .name = "credits", .text = fmt_quantity(c, credit) } };
	return i18n(c, "grant.owes", args, 2);
}

/* Of the right, or of a party that leaves before. */
static day last_day(const struct grant_candidate *g)
{
	day last = g->to_day;
	if (!is_none(g->sender_leaves) && g->sender_leaves.v < last.v)
		last = g->sender_leaves;
	if (!is_none(g->host_leaves) && g->host_leaves.v < last.v)
		last = g->host_leaves;
	return last;
}

static rc add_offer(struct ctx *c, const struct grant_candidate *g, const struct stay *s, bool several,
		    struct right_offer_list *out)
{
	struct right_offer *o = right_offer_add(c, out);
	enum limit_state limit;
	o->kind = RIGHT_KIND_GRANT;
	o->right_id = g->grant.v;
	o->key = fmt(c, "grant-%s-%s", g->grant_pub.s, g->membership_pub.s);
	o->name = fmt(c, "%s %s", T(c, "grant.name"), g->convention_name);
	if (several)
		o->name = fmt(c, "%s · %s", o->name, g->name);
	o->via = g->sender_name;
	o->via_initials = g->sender_initials;
	o->via_kind = COMMUNITY_KIND_CAE;
	o->status_label = i18n_word(c, &membership_status_words, g->status);
	o->membership = g->membership;
	o->sender = g->sender;
	o->public_price = s->public_price;
	o->expires = last_day(g);
	TRY(counted(c, s, g, &o->measure));
	TRY(left_of(c, g, s, &o->left, &o->total));
	if (!is_none(o->left))
		o->left_after.v = o->left.v - o->measure.v;
	o->price = price_of(g, s, o->measure);
	TRY(limit_of(c, g, s->community, &limit));
	o->why_not = why_not(c, g, s, o, limit);
	o->applies = !o->why_not;
	o->needs_charter = !g->charter_signed;
	o->charter_href = fmt(c, "/charters/%s", g->version_pub.s);
	quantity credit = { (o->measure.v * g->credit_per_day.v + 500) / 1000 };
	if (limit == LIMIT_NEAR)
		o->note = T(c, "grant.credit_near");
	else if (credit.v)
		o->note = owes_words(c, credit);
	return OK;
}

static rc quote(struct ctx *c, const struct stay *s, struct right_offer_list *out)
{
	struct grant_candidate_list l;
	if (!s->person.v)
		return OK;
	TRY(grant_candidates(c, s->person, s->community, s->on_day, (day){ s->on_day.v - TOLD_DAYS },
			     s->on_day, &l));
	for (size_t i = 0; i < l.n; i++)
		TRY(add_offer(c, &l.items[i], s, is_one_of_several(&l, &l.items[i]), out));
	return OK;
}

static rc hold(struct ctx *c, const struct stay *s, const struct right_offer *o, booking_id booking)
{
	struct grant_counts_row caps;
	struct counter_key keys[3];
	grant_id line;
	size_t n;
	TRY(grant_counts(c, (grant_id){ o->right_id }, &caps));
	/* Counters of two periods know nothing of each other: bookings of such a line
	 * wait for each other, before any counter. */
	if (caps.period_changed)
		TRY(grant_line_hold(c, caps.counts_on, &line));
	TRY(keys_of(c, &caps, s, o->sender, keys, &n));
	return booking_hold(c, booking, keys, n, o->measure);
}

/* Whoever counts on what is left in one period takes it for granted in the others too: a day
 * that counts once more must fit in each that has counted something. */
static rc again(struct ctx *c, const struct booking_row *b)
{
	const struct stay s = { .person = b->person, .community = b->community, .on_day = b->on_day };
	struct grant_counts_row booked;
	struct grant_counts_row_list periods;
	struct counter_key keys[3];
	quantity held, used;
	size_t n;
	TRY(grant_counts(c, (grant_id){ b->right_id }, &booked));
	if (!booked.period_changed)
		return OK;
	TRY(grant_line_hold(c, booked.counts_on, &booked.counts_on));
	TRY(grant_periods(c, booked.counts_on, &periods));
	for (size_t i = 0; i < periods.n; i++) {
		TRY(keys_of(c, &periods.items[i], &s, b->sender, keys, &n));
		for (size_t k = 0; k < n; k++) {
			TRY(counter_read(c, &keys[k], &held, &used));
			if (held.v + used.v > 0 && held.v + used.v + b->measure.v > keys[k].cap.v)
				return fail(c, E_QUOTA, "right.quota_spent");
		}
	}
	return OK;
}

/* Still a member in a status that the grant, or what it was amended into, names? A party that has
 * left meanwhile honours what was booked; what its version cancels is cancelled by then (lapse.h). */
static rc check(struct ctx *c, const struct stay *s, const struct booking_row *b)
{
	const day ever = { INT32_MIN };
	struct grant_candidate_list l;
	struct grant_counts_row booked;
	TRY(grant_counts(c, (grant_id){ b->right_id }, &booked));
	TRY(grant_candidates(c, s->person, s->community, s->on_day, ever, ever, &l));
	for (size_t i = 0; i < l.n; i++) {
		const struct grant_candidate *g = &l.items[i];
		if (g->counts_on.v == booked.counts_on.v && g->membership.v == b->membership.v)
			return words_have(g->statuses, enum_word(&membership_status_words, g->status))
				       ? OK
				       : fail(c, E_DENIED, "grant.no_longer");
	}
	return fail(c, E_DENIED, "grant.no_longer");
}

static rc no_show_counts(struct ctx *c, const struct booking_row *b, bool *counts)
{
	int rule;
	TRY(grant_no_show(c, (grant_id){ b->right_id }, &rule));
	*counts = rule == NO_SHOW_RULE_COUNTS;
	return OK;
}

static rc late(struct ctx *c, const struct booking_row *b, struct cancel_terms *out)
{
	struct grant_late_row said;
	TRY(grant_late(c, (grant_id){ b->right_id }, &said));
	if (said.rule >= 0)
		out->counts = said.rule == LATE_RULE_COUNTS;
	if (said.hours != NONE)
		out->until.v = b->starts_at.v - said.hours * 3600;
	return OK;
}

static rc version_of_offer(struct ctx *c, const struct right_offer *o, struct version_row *out)
{
	pubid pub;
	bool found;
	TRY(version_of_grant(c, (grant_id){ o->right_id }, &pub));
	TRY(version_by_pub(c, pub, out, &found));
	return found ? OK : fail(c, E_NOT_FOUND, "db.not_found");
}

static rc accept_charter(struct ctx *c, const struct stay *s, const struct right_offer *o)
{
	struct actor who = { .person = s->person, .membership = o->membership, .community = o->sender };
	struct version_row v;
	bool fresh;
	TRY(version_of_offer(c, o, &v));
	return charter_accept(c, &v, &who, s->community, &fresh);
}

static rc note_charter(struct ctx *c, const struct stay *s, const struct right_offer *o)
{
	struct version_row v;
	TRY(version_of_offer(c, o, &v));
	return charter_note(c, &v, s->person, s->community);
}

/* A later version's grant of the same line, through the same membership. */
static rc goes_on(struct ctx *c, const struct booking_row *b, const struct right_offer *o, bool *same)
{
	struct grant_counts_row booked, offered;
	TRY(grant_counts(c, (grant_id){ b->right_id }, &booked));
	TRY(grant_counts(c, (grant_id){ o->right_id }, &offered));
	*same = booked.counts_on.v == offered.counts_on.v && b->membership.v == o->membership.v;
	return OK;
}

const struct right_source grant_source = {
	RIGHT_KIND_GRANT, quote,	hold,  check,	no_show_counts, late,
	accept_charter,	  note_charter, again, goes_on,
};
