#include "bridges/follow_up.h"

#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "base/hash.h"
#include "bridges/exchange_seen_sql.h"
#include "bridges/grant.h"
#include "ledger/counter.h"
#include "platform/i18n.h"

/* One pair while it is summed up. */
struct pair {
	community_id place, sender;
	int64_t used, given, gain; /* gain: of the reader; of the sender for the runner */
	int64_t due[2], back[2];   /* by entries older than due_days, and all: what each side owed and gave */
	int64_t last;		   /* day of the last use that stands, NONE */
	int64_t contests;
};

struct sums {
	struct pair *pairs;
	size_t n;
};

static struct pair *pair_of(struct sums *s, community_id place, community_id sender)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->pairs[i].place.v == place.v && s->pairs[i].sender.v == sender.v)
			return &s->pairs[i];
	s->pairs[s->n] = (struct pair){ .place = place, .sender = sender, .last = NONE };
	return &s->pairs[s->n++];
}

/* A debt is what one side owes more: presences for the sender (0), workshops for the place (1). */
static void add(const struct exchange_book *b, struct pair *p, const struct exchange_part *l)
{
	bool old = l->from_day.v <= b->today.v - b->rules.due_days;
	p->used += l->used.v;
	p->given += l->given.v;
	p->back[1] += l->due.v;
	p->back[0] += l->given.v;
	p->due[0] += old ? l->due.v : 0;
	p->due[1] += old ? l->given.v : 0;
	p->gain += exchange_part_gain(b, l);
	if (!is_none(l->last_use) && l->last_use.v > p->last)
		p->last = l->last_use.v;
}

static void sum_up(struct ctx *c, const struct exchange_book *b, struct sums *s)
{
	s->pairs = new_array(c, struct pair, b->parts.n + b->parties.n + 1);
	s->n = 0;
	for (size_t i = 0; i < b->parts.n; i++)
		add(b, pair_of(s, b->parts.items[i].place, b->parts.items[i].sender), &b->parts.items[i]);
}

/* What the reader owes longer than it should; the sender's for the runner. */
static int64_t late_of(const struct exchange_book *b, const struct pair *p)
{
	int side = b->me.v && p->place.v == b->me.v ? 1 : 0;
	int64_t late = p->due[side] - p->back[side];
	return late > 0 ? late : 0;
}

static int state_of(const struct exchange_book *b, const struct pair *p)
{
	if (p->contests)
		return PAIR_STATE_CONTESTED;
	if (late_of(b, p))
		return PAIR_STATE_LATE;
	if (p->last == NONE || p->last < b->today.v - SILENT_DAYS)
		return PAIR_STATE_SILENT;
	return PAIR_STATE_FINE;
}

static rc contests(struct ctx *c, const struct exchange_book *b, struct sums *s)
{
	struct exchange_contest_count_list l;
	TRY(exchange_contests_open(c, b->convention->id, b->me, &l));
	for (size_t i = 0; i < l.n; i++)
		pair_of(s, l.items[i].place, l.items[i].sender)->contests = l.items[i].n;
	return OK;
}

static int64_t sign_of(int64_t n)
{
	return (n > 0) - (n < 0);
}

/* A host sees the day; others its month. */
static const char *last_text(struct ctx *c, const struct exchange_book *b, const struct pair *p)
{
	if (p->last == NONE)
		return NULL;
	if (b->me.v == p->place.v)
		return fmt_day_short(c, (day){ p->last });
	return month_words(c, (day){ p->last });
}

static void add_trend(struct ctx *c, const struct exchange_book *b, const struct pair *p,
		      struct follow_balance *f)
{
	int64_t y = 0;
	size_t i = 0;
	f->trend.items = new_array(c, struct follow_point, 40);
	for (day d = month_add(month_start(b->convention->from_day), 1); f->trend.n < 36;
	     d = month_add(d, 1)) {
		for (; i < b->parts.n && b->parts.items[i].from_day.v < d.v; i++)
			if (b->parts.items[i].place.v == p->place.v &&
			    b->parts.items[i].sender.v == p->sender.v)
				y += exchange_part_gain(b, &b->parts.items[i]);
		f->trend.items[f->trend.n++] = (struct follow_point){ d.v, y };
		if (d.v > b->today.v)
			break;
	}
}

static int by_use(const void *a, const void *b)
{
	const struct follow_balance *x = a, *y = b;
	return (x->used.v < y->used.v) - (x->used.v > y->used.v);
}

/* What is owed most by either end comes first. */
static int by_balance(const void *a, const void *b)
{
	const struct follow_balance *x = a, *y = b;
	int64_t p = llabs(x->balance.v), q = llabs(y->balance.v);
	return (p < q) - (p > q);
}

/* Pairs come in the order of the parties' names. */
static void sort_balances(struct follow_page *v)
{
	if (v->balances.n && v->sort != FOLLOW_SORT_NAME)
		qsort(v->balances.items, v->balances.n, sizeof *v->balances.items,
		      v->sort == FOLLOW_SORT_BALANCE ? by_balance : by_use);
}

static void widen(struct follow_page *v, const struct follow_balance *f)
{
	if (llabs(f->balance.v) > v->most.v)
		v->most.v = llabs(f->balance.v);
	for (size_t i = 0; i < f->trend.n; i++) {
		if (f->trend.items[i].y < v->low.v)
			v->low.v = f->trend.items[i].y;
		if (f->trend.items[i].y > v->high.v)
			v->high.v = f->trend.items[i].y;
	}
}

static void fill_balances(struct ctx *c, const struct exchange_book *b, const struct sums *s,
			  struct follow_page *v)
{
	v->balances.items = new_array(c, struct follow_balance, s->n + 1);
	for (size_t i = 0; i < s->n; i++) {
		const struct pair *p = &s->pairs[i];
		const struct exchange_party *other = exchange_party_of(b, p->place.v == b->me.v ? p->sender
												: p->place);
		if (!other)
			continue;
		struct follow_balance *f = &v->balances.items[v->balances.n++];
		*f = (struct follow_balance){
			.card = other->card,
			.used = { p->used },
			.given = { p->given },
			.balance = { p->gain },
			.late = { late_of(b, p) },
			.sign = sign_of(p->gain),
			.last = { p->last },
			.last_text = last_text(c, b, p),
			.state = state_of(b, p),
			.statement = fmt(c, "/conventions/%s/statement?with=%s", b->convention->pub.s,
					 other->card.pub.s),
		};
		if (p->last != NONE && p->place.v != b->me.v)
			f->last = month_start(f->last);
		add_trend(c, b, p, f);
		widen(v, f);
	}
	sort_balances(v);
	v->others = (int64_t)v->balances.n;
}

static void fill_pairs(struct ctx *c, const struct exchange_book *b, const struct sums *s,
		       struct follow_page *v)
{
	v->pairs.items = new_array(c, struct follow_pair, s->n + 1);
	for (size_t i = 0; i < s->n; i++) {
		const struct pair *p = &s->pairs[i];
		const struct exchange_party *cae = exchange_party_of(b, p->sender),
					    *place = exchange_party_of(b, p->place);
		if (!cae || !place)
			continue;
		v->pairs.items[v->pairs.n++] = (struct follow_pair){
			.cae = cae->card,
			.place = place->card,
			.used = { p->used },
			.given = { p->given },
			.balance = { p->gain },
			.last_text = last_text(c, b, p),
			.state = state_of(b, p),
			.statement = fmt(c, "/conventions/%s/statement?with=%s&of=%s", b->convention->pub.s,
					 place->card.pub.s, cae->card.pub.s),
		};
	}
}

/* Both lines, at each month's end and today. */
static void fill_lines(struct ctx *c, const struct exchange_book *b, struct follow_page *v)
{
	int64_t used = 0, given = 0;
	size_t i = 0;
	v->lines.used.items = new_array(c, struct follow_point, 64);
	v->lines.given.items = new_array(c, struct follow_point, 64);
	for (day d = month_start(b->convention->from_day); v->lines.used.n < 63; d = month_add(d, 1)) {
		day at = d.v < b->today.v ? d : (day){ b->today.v + 1 };
		for (; i < b->parts.n && b->parts.items[i].from_day.v < at.v; i++) {
			used += b->parts.items[i].due.v;
			given += b->parts.items[i].given.v;
		}
		int64_t x = (d.v < b->today.v ? d.v : b->today.v) - b->convention->from_day.v;
		v->lines.used.items[v->lines.used.n++] = (struct follow_point){ x, used };
		v->lines.given.items[v->lines.given.n++] = (struct follow_point){ x, given };
		if (d.v >= b->today.v)
			break;
	}
	v->lines.begun = used || given;
}

static rc fill_rights(struct ctx *c, const struct exchange_book *b, struct follow_page *v)
{
	struct exchange_grant_list l;
	v->rights.cap.v = NONE;
	TRY(exchange_grants(c, b->rules.version, &l));
	for (size_t i = 0; i < l.n; i++) {
		const struct exchange_grant *g = &l.items[i];
		quantity cap = v->host ? g->per_place : g->per_sender, held, used;
		if (is_none(cap))
			continue;
		struct counter_key k = { COUNTER_OWNER_GRANT,
					 g->id.v,
					 v->host ? COUNTER_SCOPE_PLACE : COUNTER_SCOPE_SENDER,
					 b->me.v,
					 grant_period_of(c, g->period, b->today),
					 cap };
		TRY(grant_taken(c, &k, g->period, b->today, &held, &used));
		v->rights.cap.v = (is_none(v->rights.cap) ? 0 : v->rights.cap.v) + cap.v;
		v->rights.held.v += held.v;
		v->rights.used.v += used.v;
	}
	int64_t taken = v->rights.held.v + v->rights.used.v;
	if (!is_none(v->rights.cap))
		v->rights.rest.v = taken < v->rights.cap.v ? v->rights.cap.v - taken : 0;
	return OK;
}

bool people_hide(int64_t *counts, size_t n)
{
	int64_t shown = INT64_MAX;
	bool hid = false;
	for (size_t i = 0; i < n; i++) {
		if (counts[i] < SHOWN_FROM || shown - counts[i] < SHOWN_FROM) {
			counts[i] = NONE;
			hid = true;
		} else {
			shown = counts[i];
		}
	}
	return hid;
}

rc people_told(struct ctx *c, convention_id convention, version_id version, community_id sender,
	       struct follow_people *out)
{
	struct exchange_people_row r;
	TRY(exchange_people(c, convention, version, sender, day_at(c->now, NULL), &r));
	int64_t counts[] = { r.eligible, r.charter, r.came, r.again };
	out->hidden = people_hide(counts, 4);
	out->eligible = counts[0];
	out->charter = counts[1];
	out->came = counts[2];
	out->again = counts[3];
	return OK;
}

const char *month_words(struct ctx *c, day d)
{
	const char *second = fmt_day(c, (day){ month_start(d).v + 1 });
	return strchr(second, ' ') + 1;
}

day quarter_start(day d)
{
	struct ymd y = ymd_of(d);
	return day_of(y.year, (y.month - 1) / 3 * 3 + 1, 1);
}

const char *quarter_label(struct ctx *c, day d)
{
	struct ymd y = ymd_of(d);
	static const char *const keys[] = { K("follow.quarter_1"), K("follow.quarter_2"),
					    K("follow.quarter_3"), K("follow.quarter_4") };
	return T_TEXT(c, keys[(y.month - 1) / 3], "year", fmt(c, "%d", y.year));
}

static void fill_periods(struct ctx *c, const struct exchange_book *b, struct follow_page *v)
{
	v->periods.items = new_array(c, struct follow_period, 9);
	for (day d = quarter_start(b->today); v->periods.n < 8; d = month_add(d, -3)) {
		day end = { month_add(d, 3).v - 1 };
		if (end.v < b->convention->from_day.v)
			break;
		v->periods.items[v->periods.n++] = (struct follow_period){
			quarter_label(c, d),
			fmt(c, "/conventions/%s/statement?from=%s&to=%s", b->convention->pub.s,
			    fmt_iso_day(c, d), fmt_iso_day(c, end)),
		};
	}
}

void follow_head_fill(const struct exchange_book *b, const char *tab, struct follow_head *h)
{
	const struct convention_seen *v = b->convention;
	*h = (struct follow_head){ .pub = v->pub,
				   .name = v->name,
				   .kind = v->kind,
				   .state = v->state,
				   .runner = v->runner_name,
				   .from_day = v->from_day,
				   .to_day = v->to_day,
				   .tab = tab,
				   .runs = v->side < 0,
				   .board = v->side < 0,
				   .joined = v->side >= 0 && v->party != PARTY_STATE_INVITED,
				   .leaves_on = v->leaves_on,
				   .left = v->party == PARTY_STATE_LEFT,
				   .suspended = v->party == PARTY_STATE_SUSPENDED,
				   .follows = true };
	for (size_t i = 0; i < b->parties.n; i++) {
		h->caes += b->parties.items[i].side != PARTY_SIDE_HOST;
		h->places += b->parties.items[i].side != PARTY_SIDE_SENDER;
	}
}

static void fill_totals(const struct exchange_book *b, const struct sums *s, struct follow_page *v)
{
	for (size_t i = 0; i < s->n; i++) {
		v->used.v += s->pairs[i].used;
		*(s->pairs[i].place.v == b->me.v ? &v->hosted.v : &v->sent.v) += s->pairs[i].used;
		v->given.v += s->pairs[i].given;
		v->balance.v += s->pairs[i].gain;
	}
	v->left.v = llabs(v->balance.v);
	v->sign = sign_of(v->balance.v);
	v->credit_per_day = b->rules.credit_per_day;
	v->workshop_credit = b->rules.workshop_credit;
	v->version = b->rules.pub;
}

rc follow_up_fill(struct ctx *c, const struct exchange_book *b, struct follow_page *v)
{
	struct sums s;
	follow_head_fill(b, "follow", &v->head);
	v->party = b->me.v != 0;
	v->host = b->convention->side == PARTY_SIDE_HOST;
	v->both = b->convention->side == PARTY_SIDE_BOTH;
	v->lines.from_day = b->convention->from_day;
	v->lines.to_day = b->convention->to_day;
	v->lines.today = b->today;
	v->rights.cap.v = v->people.eligible = v->people.charter = v->people.came = v->people.again = NONE;
	sum_up(c, b, &s);
	TRY(contests(c, b, &s));
	fill_totals(b, &s, v);
	fill_lines(c, b, v);
	if (b->rules.hash.b[0]) {
		char hex[65];
		hash_hex(b->rules.hash, hex);
		v->fingerprint = fmt(c, "%.4s %.4s … %s", hex, hex + 4, hex + 60);
	}
	if (!v->party) {
		fill_pairs(c, b, &s, v);
		return OK;
	}
	fill_balances(c, b, &s, v);
	fill_periods(c, b, v);
	TRY(fill_rights(c, b, v));
	day last = exchange_last_day(b->convention);
	v->rights.over_on.v = last.v < b->today.v ? last.v : NONE;
	if (!v->host)
		TRY(people_told(c, b->convention->id, b->rules.version, b->me, &v->people));
	return follow_todo_fill(c, b, v);
}
