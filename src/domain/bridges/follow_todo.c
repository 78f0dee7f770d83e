/* follow_todo.c - what waits for somebody at one party of a convention. */
#include "bridges/exchange.h"
#include "bridges/exchange_seen_sql.h"
#include "bridges/follow_up.h"
#include "platform/i18n.h"

#define SOON_DAYS 60
#define MAX_TODO  40
#define MAX_LATE  3 /* the table below shows them all */

static void add(struct follow_page *v, struct follow_todo t)
{
	if (v->todo.n < MAX_TODO)
		v->todo.items[v->todo.n++] = t;
}

/* What is owed to a place is given back in it: the form opens on it. */
static const char *workshop_there(struct ctx *c, const struct follow_balance *f)
{
	return fmt(c, "/workshops/new?place=%s", f->card.pub.s);
}

static void add_pairs(struct ctx *c, struct follow_page *v, bool contested)
{
	int late = 0;
	for (size_t i = 0; i < v->balances.n; i++) {
		const struct follow_balance *f = &v->balances.items[i];
		if (contested && f->state == PAIR_STATE_CONTESTED)
			add(v,
			    (struct follow_todo){
				    "garance",
				    "message-square-warning",
				    T_TEXT(c, "follow.contested", "with", f->card.name),
				    v->host ? T(c, "follow.contested_host") : T(c, "follow.contested_sender"),
				    v->host ? "/host/contests"
					    : fmt(c, "/conventions/%s/contests?state=open&with=%s",
						  v->head.pub.s, f->card.pub.s),
				    v->host ? T(c, "follow.answer") : T(c, "contested.see"),
			    });
		if (!contested && f->late.v && late++ < MAX_LATE) {
			struct arg args[] = { { .name = "n", .kind = ARG_INT, .n = f->late.v / 1000 },
					      { .name = "credits", .text = fmt_quantity(c, f->late) },
					      { .name = "with", .text = f->card.name } };
			add(v,
			    (struct follow_todo){
				    "ocre",
				    "clock-alert",
				    i18n(c, "follow.late", args, 3),
				    v->host ? T(c, "follow.late_host") : T(c, "follow.late_sender"),
				    v->host ? f->statement : workshop_there(c, f),
				    v->host ? T(c, "follow.read_statement") : T(c, "follow.propose_workshop"),
			    });
		}
	}
}

/* A debt near the limit: past it the sender's people book nothing more there. */
static void add_limits(struct ctx *c, const struct exchange_book *b, struct follow_page *v)
{
	for (size_t i = 0; i < v->balances.n; i++) {
		const struct follow_balance *f = &v->balances.items[i];
		quantity debt = { v->host ? f->balance.v : -f->balance.v };
		enum limit_state limit = limit_state_of(debt, b->rules.credit_limit);
		if (limit == LIMIT_FAR)
			continue;
		struct arg args[] = { { .name = "credits", .text = fmt_quantity(c, debt) },
				      { .name = "limit", .text = fmt_quantity(c, b->rules.credit_limit) },
				      { .name = "with", .text = f->card.name } };
		const char *host = limit == LIMIT_REACHED ? K("follow.limit_host") : K("follow.near_host");
		const char *sender = limit == LIMIT_REACHED ? K("follow.limit_sender")
							    : K("follow.near_sender");
		add(v, (struct follow_todo){
			       limit == LIMIT_REACHED ? "garance" : "ocre",
			       "scale",
			       i18n(c, v->host ? host : sender, args, 3),
			       limit == LIMIT_REACHED ? T(c, "follow.limit_text") : T(c, "follow.near_text"),
			       v->host ? f->statement : workshop_there(c, f),
			       v->host ? T(c, "follow.read_statement") : T(c, "follow.propose_workshop"),
		       });
	}
}

static const struct follow_balance *balance_with(const struct follow_page *v, community_id other)
{
	for (size_t i = 0; i < v->balances.n; i++)
		if (v->balances.items[i].card.id.v == other.v)
			return &v->balances.items[i];
	return NULL;
}

/* A party that leaves: what is left to settle with it, while it is in the convention or owes. */
static void add_leaving(struct ctx *c, const struct exchange_book *b, const struct exchange_party *p,
			struct follow_page *v)
{
	bool mine = p->card.id.v == b->me.v;
	const struct follow_balance *f = balance_with(v, p->card.id);
	quantity rest = { mine ? v->balance.v : f ? f->balance.v : 0 };
	if (is_none(p->leaves_on) || (!mine && !f) || (p->leaves_on.v < b->today.v && !rest.v))
		return;
	struct arg args[] = { { .name = "with", .text = p->card.name },
			      { .name = "day", .text = fmt_day(c, p->leaves_on) },
			      { .name = "credits", .text = fmt_signed(c, rest) } };
	bool over = p->leaves_on.v < b->today.v;
	const char *title = mine   ? over ? K("follow.left_mine") : K("follow.leaving_mine")
			      : over ? K("follow.left")
				   : K("follow.leaving");
	add(v, (struct follow_todo){
		       "ocre",
		       "log-out",
		       i18n(c, title, args, 3),
		       i18n(c, rest.v ? K("follow.leaving_rest") : K("follow.leaving_even"), args, 3),
		       mine ? fmt(c, "/conventions/%s/statement", b->convention->pub.s) : f->statement,
		       T(c, "follow.read_statement"),
	       });
}

static void add_over(struct ctx *c, const struct exchange_book *b, struct follow_page *v)
{
	struct arg args[] = { { .name = "day", .text = fmt_day(c, b->convention->to_day) },
			      { .name = "credits", .text = fmt_signed(c, v->balance) } };
	if (b->convention->to_day.v >= b->today.v || !v->balance.v)
		return;
	add(v, (struct follow_todo){ "ocre", "scale", i18n(c, "follow.over", args, 2),
				     i18n(c, "follow.over_rest", args, 2),
				     fmt(c, "/conventions/%s/statement", b->convention->pub.s),
				     T(c, "follow.read_statement") });
}

static void add_expiring(struct ctx *c, const struct exchange_book *b, struct follow_page *v)
{
	day last = exchange_last_day(b->convention);
	if (is_none(v->rights.cap) || v->rights.rest.v <= 0 || v->host || last.v - b->today.v > SOON_DAYS ||
	    last.v < b->today.v)
		return;
	struct arg args[] = { { .name = "days", .text = fmt_quantity(c, v->rights.rest) },
			      { .name = "end", .text = fmt_day(c, last) } };
	add(v, (struct follow_todo){ "gaude", "hourglass", i18n(c, "follow.expiring", args, 2),
				     T(c, "follow.expiring_text"),
				     is_none(b->convention->leaves_on)
					     ? fmt(c, "/conventions/%s/people", b->convention->pub.s)
					     : NULL, /* who leaves reminds nobody */
				     T(c, "follow.remind") });
}

static void add_insurance(struct ctx *c, const struct exchange_book *b, struct follow_page *v)
{
	day until = b->convention->insured_until;
	if (!is_none(until) && until.v - b->today.v <= 30)
		add(v,
		    (struct follow_todo){ "garance", "shield-check",
					  T_TEXT(c, "follow.insurance", "end", fmt_day(c, until)),
					  T(c, "follow.insurance_text"),
					  fmt(c, "/conventions/%s/documents#insurance", b->convention->pub.s),
					  T(c, "follow.insure") });
}

/* A newer version than the one it signed: it stays on its own until it signs. */
static rc add_version(struct ctx *c, const struct exchange_book *b, struct follow_page *v)
{
	struct exchange_unsigned_row r;
	bool found;
	TRY(exchange_unsigned(c, b->convention->id, b->me, &r, &found));
	if (!found || b->convention->state != CONVENTION_STATE_OPEN)
		return OK;
	add(v, (struct follow_todo){ "gaude", "file-pen", T_N(c, "follow.version", r.number),
				     T_TEXT(c, "follow.version_text", "day", fmt_day(c, r.in_force)),
				     fmt(c, "/conventions/%s/text", b->convention->pub.s),
				     T(c, "follow.version_read") });
	return OK;
}

rc follow_todo_fill(struct ctx *c, const struct exchange_book *b, struct follow_page *v)
{
	struct exchange_contribution_row k;
	bool found;
	v->todo.items = new_array(c, struct follow_todo, MAX_TODO);
	TRY(add_version(c, b, v));
	add_pairs(c, v, true);
	add_over(c, b, v);
	for (size_t i = 0; i < b->parties.n; i++)
		add_leaving(c, b, &b->parties.items[i], v);
	add_limits(c, b, v);
	add_pairs(c, v, false);
	if (v->periods.n > 1)
		add(v,
		    (struct follow_todo){ "pastel", "file-pen",
					  T_TEXT(c, "follow.statement", "period", v->periods.items[1].label),
					  T(c, "follow.statement_text"), v->periods.items[1].href,
					  T(c, "follow.read_statement") });
	add_expiring(c, b, v);
	add_insurance(c, b, v);
	TRY(exchange_contribution(c, b->convention->id, b->me, &k, &found));
	if (found)
		add(v, (struct follow_todo){
			       "pierre", "book-open",
			       T_TEXT(c, "follow.contribution", "amount", fmt_money(c, k.amount)),
			       T_TEXT(c, "follow.contribution_text", "day", fmt_day_short(c, k.called_on)),
			       fmt(c, "/conventions/%s/documents#contributions", b->convention->pub.s),
			       T(c, "follow.see") });
	return OK;
}
