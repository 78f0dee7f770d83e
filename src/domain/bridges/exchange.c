#include "bridges/exchange.h"
#include "base/civil.h"
#include "base/pubid.h"
#include "bridges/exchange_sql.h"
#include "bridges/exchange_sum.h"
#include "ledger/ledger.h"

quantity quantity_times(quantity a, quantity b)
{
	return (quantity){ (a.v * b.v + 500) / 1000 };
}

enum limit_state limit_state_of(quantity debt, quantity limit)
{
	if (is_none(limit) || debt.v * 100 < limit.v * LIMIT_NEAR_PERCENT)
		return LIMIT_FAR;
	return debt.v >= limit.v ? LIMIT_REACHED : LIMIT_NEAR;
}

static rc append(struct ctx *c, struct exchange_fact_row *f)
{
	row_id id;
	TRY(exchange_fact_insert(c, f, &id));
	f->id = id;
	return exchange_sum_fact(c, id, f->on_day);
}

rc exchange_post(struct ctx *c, struct exchange_fact_row *f, chain_id chain, quantity credits, bool from_host)
{
	account_id host, sender;
	pubid_new(&f->pub);
	f->at = c->now;
	if (credits.v > 0) {
		TRY(ledger_account(c, chain, f->place, LEDGER_PURPOSE_EXCHANGE, LEDGER_UNIT_CREDIT, &host));
		TRY(ledger_account(c, chain, f->sender, LEDGER_PURPOSE_EXCHANGE, LEDGER_UNIT_CREDIT,
				   &sender));
		struct ledger_posting p = { .chain = chain,
					    .from = from_host ? host : sender,
					    .to = from_host ? sender : host,
					    .quantity = credits,
					    .on_day = f->on_day,
					    .fact_kind = enum_word(&fact_kind_words, f->kind),
					    .fact = f->pub };
		TRY(ledger_post(c, &p, &f->entry));
	}
	return append(c, f);
}

rc exchange_reverse(struct ctx *c, const struct exchange_fact_row *f, day on)
{
	struct exchange_fact_row r = *f;
	r.kind = FACT_KIND_REVERSAL;
	r.reverses = f->id;
	r.on_day = on;
	r.at = c->now;
	r.entry = (entry_id){ 0 };
	pubid_new(&r.pub);
	if (f->entry.v)
		TRY(ledger_reverse(c, f->entry, on, "reversal", r.pub, &r.entry));
	return append(c, &r);
}

static rc take_back(struct ctx *c, const struct booking_row *b)
{
	struct exchange_fact_row f;
	bool found;
	day on = day_at(c->now, b->zone);
	TRY(exchange_fact_of_booking(c, b->id, &f, &found));
	if (!found)
		return OK;
	if (on.v < f.on_day.v) /* cancelled too late, contested before its day */
		on = f.on_day;
	return exchange_reverse(c, &f, on);
}

/* A presence counts; a no-show and a late cancellation as the convention says. */
static bool is_owed(const struct exchange_terms *t, const struct booking_row *b, int status)
{
	switch (status) {
	case BOOKING_STATUS_PRESENT: return true;
	case BOOKING_STATUS_NO_SHOW: return t->no_show == NO_SHOW_RULE_COUNTS;
	case BOOKING_STATUS_CANCELLED: return t->late == LATE_RULE_COUNTS && !is_none(b->late_at);
	default: return false;
	}
}

static rc happened(struct ctx *c, const struct booking_row *b, int status, bool undone)
{
	struct exchange_terms t;
	if (b->right_kind != RIGHT_KIND_GRANT)
		return OK;
	if (undone)
		return take_back(c, b);
	TRY(exchange_terms_of_grant(c, (grant_id){ b->right_id }, &t));
	if (!is_owed(&t, b, status))
		return OK;
	struct exchange_fact_row f = {
		.convention = t.convention,
		.version = t.version,
		.kind = status == BOOKING_STATUS_PRESENT ? FACT_KIND_USE : FACT_KIND_NO_SHOW,
		.place = b->community,
		.sender = b->sender,
		.on_day = b->on_day,
		.amount = b->measure,
		.booking = b->id,
		.attendees = NONE,
		.cancelled_at = { status == BOOKING_STATUS_CANCELLED ? b->late_at.v : NONE },
	};
	return exchange_post(c, &f, t.chain, quantity_times(b->measure, t.credit_per_day), false);
}

const struct fact_sink exchange_sink = { happened };

rc exchange_verify(struct ctx *c, int64_t *facts, const char **broken)
{
	struct exchange_disagreement_list l;
	*broken = NULL;
	TRY(exchange_facts_count(c, facts));
	TRY(exchange_disagreements(c, &l));
	if (l.n)
		*broken = fmt(c, "fact %s: %s", l.items[0].fact, l.items[0].why);
	return *broken ? OK : exchange_sums_verify(c, broken);
}
