#include "bridges/statement.h"

#include <string.h>

#include "base/civil.h"
#include "base/hash.h"
#include "bridges/exchange_seen_sql.h"
#include "bridges/follow_up.h"
#include "people/people.h"
#include "platform/app.h"
#include "platform/i18n.h"

static bool is_wanted(const struct statement_wish *w, const struct exchange_line *l)
{
	return (!w->place.v || l->place.v == w->place.v) && (!w->sender.v || l->sender.v == w->sender.v);
}

static const char *party_name(const struct exchange_book *b, community_id id)
{
	const struct exchange_party *p = exchange_party_of(b, id);
	return p ? p->card.name : "";
}

/* The other end for a party, both ends for the runner. */
static const char *with_words(struct ctx *c, const struct exchange_book *b, const struct exchange_line *l)
{
	if (b->me.v)
		return party_name(b, exchange_other(b, l));
	return fmt(c, "%s, %s", party_name(b, l->sender), party_name(b, l->place));
}

static const char *what_words(struct ctx *c, const struct exchange_line *l)
{
	if (l->kind == FACT_KIND_REVERSAL)
		return l->reversed == NONE
			       ? T(c, "statement.taken_back")
			       : i18n(c, "statement.reversal",
				      &(struct arg){ .name = "entry", .kind = ARG_INT, .n = l->reversed }, 1);
	if (l->kind == FACT_KIND_WORKSHOP) {
		struct arg args[] = {
			{ .name = "title", .text = l->title ? l->title : "" },
			{ .name = "n", .kind = ARG_INT, .n = l->attendees == NONE ? 0 : l->attendees }
		};
		return i18n(c, "statement.workshop", args, 2);
	}
	return i18n_word(c, &fact_kind_words, l->kind);
}

static void fill_row(struct ctx *c, const struct exchange_book *b, const struct exchange_line *l,
		     struct statement_row *r)
{
	const struct exchange_name *n = exchange_name_of(b, l);
	*r = (struct statement_row){ .on_day = l->on_day,
				     .kind = l->kind,
				     .what = what_words(c, l),
				     .with = with_words(c, b, l),
				     .used = { NONE },
				     .due = { NONE },
				     .given = { NONE } };
	if (l->entry != NONE)
		r->entry = fmt(c, "%lld", (long long)l->entry);
	if (n)
		r->who = fmt(c, "%s, %s", n->name, n->space);
	if (exchange_is_use(l)) {
		r->used = l->amount;
		r->due = l->owed;
	} else {
		r->given.v = -l->owed.v;
	}
	r->balance.v = exchange_gain(b, l);
}

/* Uses of one month and pair taken together; until it is whole, balance is its gain. */
struct month {
	community_id place, sender;
	int64_t first, last;
	struct statement_row row;
};

struct maker {
	struct month *months;
	size_t n;
	day start; /* of the month they are in */
	struct statement *out;
};

static void flush(struct ctx *c, const struct statement_wish *w, struct maker *m)
{
	day end = { month_add(m->start, 1).v - 1 };
	for (size_t i = 0; i < m->n; i++) {
		struct month *k = &m->months[i];
		k->row.on_day = end.v < w->to.v ? end : w->to;
		k->row.what = T_TEXT(c, "statement.month", "month", month_words(c, m->start));
		if (k->first)
			k->row.entry = k->first == k->last ? fmt(c, "%lld", (long long)k->first)
							   : fmt(c, "%lld – %lld", (long long)k->first,
								 (long long)k->last);
		m->out->rows.items[m->out->rows.n++] = k->row;
	}
	m->n = 0;
}

static void add_to_month(struct ctx *c, const struct exchange_book *b, const struct exchange_line *l,
			 struct maker *m)
{
	size_t i = 0;
	while (i < m->n && (m->months[i].place.v != l->place.v || m->months[i].sender.v != l->sender.v))
		i++;
	struct month *k = &m->months[i];
	if (i == m->n) {
		*k = (struct month){ .place = l->place, .sender = l->sender };
		k->row.kind = FACT_KIND_USE;
		k->row.with = with_words(c, b, l);
		k->row.given.v = NONE;
		m->n++;
	}
	k->row.used.v += l->amount.v;
	k->row.due.v += l->owed.v;
	k->row.balance.v += exchange_gain(b, l);
	if (l->entry != NONE) {
		k->first = k->first ? k->first : l->entry;
		k->first = l->entry < k->first ? l->entry : k->first;
		k->last = l->entry > k->last ? l->entry : k->last;
	}
}

static void add_totals(const struct exchange_line *l, struct statement *s)
{
	if (exchange_is_use(l)) {
		s->used.v += l->amount.v;
		s->due.v += l->owed.v;
	} else {
		s->given.v -= l->owed.v;
	}
	if (l->entry == NONE)
		return;
	if (!s->first || l->entry < s->first)
		s->first = l->entry;
	if (l->entry > s->last)
		s->last = l->entry;
}

void statement_make(struct ctx *c, const struct exchange_book *b, const struct statement_wish *w,
		    struct statement *out)
{
	struct maker m = { .months = new_array(c, struct month, b->lines.n + 1),
			   .start = month_start(w->from),
			   .out = out };
	*out = (struct statement){ 0 };
	out->rows.items = new_array(c, struct statement_row, b->lines.n + 1);
	for (size_t i = 0; i < b->lines.n; i++) {
		const struct exchange_line *l = &b->lines.items[i];
		if (!is_wanted(w, l) || l->on_day.v > w->to.v)
			continue;
		if (l->on_day.v < w->from.v) {
			out->opening.v += exchange_gain(b, l);
			continue;
		}
		if (month_start(l->on_day).v != m.start.v) {
			flush(c, w, &m);
			m.start = month_start(l->on_day);
		}
		add_totals(l, out);
		if (exchange_is_use(l) && !w->named)
			add_to_month(c, b, l, &m);
		else
			fill_row(c, b, l, &out->rows.items[out->rows.n++]);
	}
	flush(c, w, &m);
	out->closing = out->opening;
	for (size_t i = 0; i < out->rows.n; i++) {
		out->closing.v += out->rows.items[i].balance.v;
		out->rows.items[i].balance = out->closing;
	}
}

void statement_shared(struct ctx *c, const struct exchange_book *b, const struct statement_wish *w,
		      struct statement_row_list *out)
{
	out->items = new_array(c, struct statement_row, b->names.n + 1);
	out->n = 0;
	for (size_t i = 0; i < b->lines.n && out->n < b->names.n; i++) {
		const struct exchange_line *l = &b->lines.items[i];
		if (is_wanted(w, l) && l->on_day.v >= w->from.v && l->on_day.v <= w->to.v &&
		    exchange_name_of(b, l))
			fill_row(c, b, l, &out->items[out->n++]);
	}
}

/* The other party of the query, as one end of the wish. */
static rc ends(struct ctx *c, const struct exchange_book *b, const struct exchange_query *f,
	       struct statement_wish *w)
{
	bool asks = f->with && *f->with, asks_of = f->of && *f->of;
	const struct exchange_party *with = exchange_party_named(b, f->with),
				    *of = exchange_party_named(b, f->of);
	if ((asks && !with) || (asks_of && !of))
		return fail(c, E_NOT_FOUND, "db.not_found");
	if (of && !b->me.v)
		w->sender = of->card.id;
	if (!with)
		return OK;
	if (b->convention->side == PARTY_SIDE_HOST)
		w->sender = with->card.id;
	else if (!b->me.v || b->convention->side == PARTY_SIDE_SENDER)
		w->place = with->card.id;
	else if (with->side == PARTY_SIDE_SENDER)
		w->sender = with->card.id;
	else
		w->place = with->card.id;
	return OK;
}

rc statement_ask(struct ctx *c, const struct exchange_book *b, const struct exchange_query *f,
		 struct statement_wish *w)
{
	w->from = is_none(f->from) ? b->convention->from_day : f->from;
	w->to = is_none(f->to) || f->to.v > b->today.v ? b->today : f->to;
	if (!w->named) {
		w->from = month_start(w->from);
		w->to.v = month_add(month_start(w->to), 1).v - 1;
	}
	return ends(c, b, f, w);
}

static const char *title_of(struct ctx *c, const struct statement_wish *w)
{
	struct arg args[] = { { .name = "from", .text = fmt_day(c, w->from) },
			      { .name = "to", .text = fmt_day(c, w->to) } };
	if (w->from.v == quarter_start(w->from).v && w->to.v == month_add(w->from, 3).v - 1)
		return T_TEXT(c, "follow.statement", "period", quarter_label(c, w->from));
	return i18n(c, "statement.title", args, 2);
}

static rc add_proof(struct ctx *c, const struct exchange_book *b, const struct statement *s,
		    struct statement_page *v)
{
	struct exchange_chain_at_row at;
	bool found;
	char hex[65];
	if (!s->last)
		return OK;
	TRY(exchange_chain_at(c, b->convention->chain, s->last, &at, &found));
	if (!found)
		return fail(c, E_CORRUPT, "http.internal");
	hash_hex(at.hash, hex);
	v->entries = fmt(c, "%lld – %lld", (long long)s->first, (long long)s->last);
	v->fingerprint = fmt(c, "%.4s %.4s … %s", hex, hex + 4, hex + 60);
	v->verify = fmt(c, "%s/v/%s?f=%.16s", c->app->public_url ? c->app->public_url : "", at.pub.s, hex);
	return OK;
}

/* Cards of both ends; for the runner the sender is "mine". */
static rc add_ends(struct ctx *c, const struct exchange_book *b, const struct statement_wish *w,
		   struct statement_page *v)
{
	community_id mine = b->me.v ? b->me : w->sender.v ? w->sender : b->convention->runner;
	community_id other = w->place.v && w->place.v != mine.v ? w->place
			     : w->sender.v != mine.v		? w->sender
								: w->place;
	TRY(community_card_get(c, mine, &v->mine));
	v->pair = other.v != 0;
	return v->pair ? community_card_get(c, other, &v->other) : OK;
}

static const char *closing_words(struct ctx *c, const struct statement_page *v)
{
	quantity size = { v->closing.v < 0 ? -v->closing.v : v->closing.v };
	struct arg args[] = { { .name = "day", .text = fmt_day(c, v->to) },
			      { .name = "who",
				.text = v->closing.v < 0 || !v->pair ? v->mine.name : v->other.name },
			      { .name = "n", .text = fmt_quantity(c, size) } };
	if (!v->closing.v)
		return i18n(c, "statement.closing_even", args, 1);
	if (v->closing.v > 0 && !v->pair)
		return i18n(c, "statement.closing_owed", args, 3);
	return i18n(c, "statement.closing_owes", args, 3);
}

/* This month, the last, this quarter, the last, this year: those that touch the convention's time. */
static void add_periods(struct ctx *c, const struct exchange_book *b, const char *ends,
			const struct statement_wish *w, struct statement_page *v)
{
	day month = month_start(b->today), quarter = quarter_start(b->today);
	day year = day_of(ymd_of(b->today).year, 1, 1);
	const struct {
		const char *label;
		day from;
		int months;
	} all[] = { { T(c, "statement.this_month"), month, 1 },
		    { T(c, "statement.last_month"), month_add(month, -1), 1 },
		    { T(c, "statement.this_quarter"), quarter, 3 },
		    { T(c, "statement.last_quarter"), month_add(quarter, -3), 3 },
		    { T(c, "statement.this_year"), year, 12 } };
	v->periods.items = new_array(c, struct statement_period, sizeof all / sizeof *all);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		day to = { month_add(all[i].from, all[i].months).v - 1 };
		if (to.v < b->convention->from_day.v || all[i].from.v > b->convention->to_day.v)
			continue;
		day shown = month_start(to.v < b->today.v ? to : b->today);
		v->periods.items[v->periods.n++] = (struct statement_period){
			all[i].label,
			fmt(c, "/conventions/%s/statement?from=%s&to=%s%s", b->convention->pub.s,
			    fmt_iso_day(c, all[i].from), fmt_iso_day(c, to), ends),
			w->from.v == all[i].from.v && month_start(w->to).v == shown.v,
		};
	}
}

static void add_links(struct ctx *c, const struct exchange_book *b, const struct exchange_query *f,
		      const struct statement_wish *w, struct statement_page *v)
{
	const char *pub = b->convention->pub.s;
	const char *ends = fmt(c, "%s%s%s%s", f->with && *f->with ? "&with=" : "", f->with ? f->with : "",
			       f->of && *f->of ? "&of=" : "", f->of ? f->of : "");
	const char *ask = fmt(c, "from=%s&to=%s%s", fmt_iso_day(c, w->from), fmt_iso_day(c, w->to), ends);
	v->with = f->with;
	v->of = f->of;
	add_periods(c, b, ends, w, v);
	v->csv = fmt(c, "/conventions/%s/statement.csv?%s", pub, ask);
	v->pdf = fmt(c, "/conventions/%s/statement.pdf?%s", pub, ask);
	v->parties.items = new_array(c, struct follow_period, b->parties.n + 1);
	for (size_t i = 0; i < b->parties.n && b->me.v; i++) {
		const struct exchange_party *p = &b->parties.items[i];
		if (p->card.id.v != b->me.v && (p->side != b->convention->side || p->side == PARTY_SIDE_BOTH))
			v->parties.items[v->parties.n++] = (struct follow_period){
				p->card.name,
				fmt(c, "/conventions/%s/statement?from=%s&to=%s&with=%s", pub,
				    fmt_iso_day(c, w->from), fmt_iso_day(c, w->to), p->card.pub.s),
			};
	}
}

rc statement_fill(struct ctx *c, const struct exchange_book *b, const struct exchange_query *f,
		  struct statement_page *v)
{
	struct statement_wish w = { .named = false };
	struct statement s;
	TRY(statement_ask(c, b, f, &w));
	statement_make(c, b, &w, &s);
	follow_head_fill(b, "statement", &v->head);
	TRY(add_ends(c, b, &w, v));
	v->title = title_of(c, &w);
	v->from = w.from;
	v->to = w.to.v < b->today.v ? w.to : b->today;
	v->opening = s.opening;
	v->rows = s.rows;
	for (size_t i = 0; v->pair && i < v->rows.n; i++)
		v->rows.items[i].with = ""; /* said once, at the head */
	v->used = s.used;
	v->due = s.due;
	v->given = s.given;
	v->closing = s.closing;
	v->closing_says = closing_words(c, v);
	v->credit_per_day = b->rules.credit_per_day;
	v->workshop_credit = b->rules.workshop_credit;
	add_links(c, b, f, &w, v);
	return add_proof(c, b, &s, v);
}
