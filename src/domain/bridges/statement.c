#include "bridges/statement.h"

#include <string.h>

#include "base/civil.h"
#include "base/hash.h"
#include "bridges/exchange_seen_sql.h"
#include "bridges/follow_up.h"
#include "people/people.h"
#include "platform/app.h"
#include "platform/i18n.h"

static bool is_wanted(const struct statement_wish *w, community_id place, community_id sender)
{
	return (!w->place.v || place.v == w->place.v) && (!w->sender.v || sender.v == w->sender.v);
}

/* Numbers of entries: from the lowest to the highest, 0 none. */
static void widen(int64_t low, int64_t high, int64_t *first, int64_t *last)
{
	if (low != NONE && (!*first || low < *first))
		*first = low;
	if (high != NONE && high > *last)
		*last = high;
}

static const char *party_name(const struct exchange_book *b, community_id id)
{
	const struct exchange_party *p = exchange_party_of(b, id);
	return p ? p->card.name : "";
}

/* The other end for a party, both ends for the runner. */
static const char *with_words(struct ctx *c, const struct exchange_book *b, community_id sender,
			      community_id place)
{
	if (b->me.v)
		return party_name(b, place.v == b->me.v ? sender : place);
	return fmt(c, "%s, %s", party_name(b, sender), party_name(b, place));
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
	*r = (struct statement_row){ .place = l->place,
				     .sender = l->sender,
				     .on_day = l->on_day,
				     .kind = l->kind,
				     .what = what_words(c, l),
				     .with = with_words(c, b, l->sender, l->place),
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

static void add_to_month(struct ctx *c, const struct exchange_book *b, const struct exchange_part *p,
			 struct maker *m)
{
	size_t i = 0;
	while (i < m->n &&
	       (m->months[i].row.place.v != p->place.v || m->months[i].row.sender.v != p->sender.v))
		i++;
	struct month *k = &m->months[i];
	if (i == m->n) {
		*k = (struct month){ .row = { .place = p->place, .sender = p->sender } };
		k->row.kind = FACT_KIND_USE;
		k->row.with = with_words(c, b, p->sender, p->place);
		k->row.given.v = NONE;
		m->n++;
	}
	k->row.used.v += p->used.v;
	k->row.due.v += p->due.v;
	k->row.balance.v += p->place.v == b->me.v ? p->due.v : -p->due.v;
	widen(p->first_entry, p->last_entry, &k->first, &k->last);
}

static void add_fact(struct ctx *c, const struct exchange_book *b, const struct exchange_line *l,
		     struct statement *s)
{
	if (exchange_is_use(l)) {
		s->used.v += l->amount.v;
		s->due.v += l->owed.v;
	} else {
		s->given.v -= l->owed.v;
	}
	widen(l->entry, l->entry, &s->first, &s->last);
	fill_row(c, b, l, &s->rows.items[s->rows.n++]);
}

/* Facts of the wish before a day. */
static void add_facts(struct ctx *c, const struct exchange_book *b, const struct statement_wish *w,
		      day before, size_t *next, struct statement *s)
{
	for (; *next < b->lines.n && b->lines.items[*next].on_day.v < before.v; ++*next)
		if (is_wanted(w, b->lines.items[*next].place, b->lines.items[*next].sender))
			add_fact(c, b, &b->lines.items[*next], s);
}

static void add_part(struct ctx *c, const struct exchange_book *b, const struct exchange_part *p,
		     struct maker *m)
{
	m->out->used.v += p->used.v;
	m->out->due.v += p->due.v;
	widen(p->first_entry, p->last_entry, &m->out->first, &m->out->last);
	add_to_month(c, b, p, m);
}

/* What the sums say of the time before; where uses are told by the month, what they say of those. */
static void add_parts(struct ctx *c, const struct exchange_book *b, const struct statement_wish *w,
		      size_t *next, struct maker *m)
{
	for (size_t i = 0; i < b->parts.n && b->parts.items[i].from_day.v <= w->to.v; i++) {
		const struct exchange_part *p = &b->parts.items[i];
		if (!is_wanted(w, p->place, p->sender))
			continue;
		if (p->from_day.v < w->from.v) {
			m->out->opening.v += exchange_part_gain(b, p);
			continue;
		}
		if (w->named || !p->uses)
			continue;
		if (month_start(p->from_day).v != m->start.v) {
			add_facts(c, b, w, month_add(m->start, 1), next, m->out);
			flush(c, w, m);
			m->start = month_start(p->from_day);
			add_facts(c, b, w, m->start, next, m->out);
		}
		add_part(c, b, p, m);
	}
}

void statement_make(struct ctx *c, const struct exchange_book *b, const struct statement_wish *w,
		    struct statement *out)
{
	struct maker m = { .months = new_array(c, struct month, b->parts.n + 1),
			   .start = month_start(w->from),
			   .out = out };
	size_t next = 0;
	*out = (struct statement){ 0 };
	out->rows.items = new_array(c, struct statement_row, b->lines.n + b->parts.n + 1);
	add_parts(c, b, w, &next, &m);
	add_facts(c, b, w, month_add(m.start, 1), &next, out);
	flush(c, w, &m);
	add_facts(c, b, w, (day){ w->to.v + 1 }, &next, out);
	out->closing = out->opening;
	for (size_t i = 0; i < out->rows.n; i++) {
		out->closing.v += out->rows.items[i].balance.v;
		out->rows.items[i].balance = out->closing;
	}
}

rc statement_read(struct ctx *c, struct exchange_book *b, const struct statement_wish *w)
{
	TRY(exchange_book_sum(c, w->from, b));
	return w->named ? exchange_book_lines(c, w->from, w->to, b)
			: exchange_book_gifts(c, w->from, w->to, b);
}

rc statement_shared(struct ctx *c, struct exchange_book *b, const struct statement_wish *w,
		    struct statement_row_list *out)
{
	*out = (struct statement_row_list){ 0 };
	if (!b->names.n)
		return OK;
	TRY(exchange_book_lines(c, w->from, w->to, b));
	out->items = new_array(c, struct statement_row, b->names.n + 1);
	for (size_t i = 0; i < b->lines.n && out->n < b->names.n; i++) {
		const struct exchange_line *l = &b->lines.items[i];
		if (is_wanted(w, l->place, l->sender) && exchange_name_of(b, l))
			fill_row(c, b, l, &out->items[out->n++]);
	}
	return OK;
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

static rc wrong_end(struct ctx *c)
{
	rc code = fail(c, E_INVALID, "statement.wrong_end");
	c->failure.field = "to";
	return code;
}

rc statement_ask(struct ctx *c, const struct exchange_book *b, const struct exchange_query *f,
		 struct statement_wish *w)
{
	w->from = is_none(f->from) ? b->convention->from_day : f->from;
	w->to = is_none(f->to) || f->to.v > b->today.v ? b->today : f->to;
	if (!is_none(f->from) && !is_none(f->to) && f->to.v < f->from.v)
		return wrong_end(c);
	if (w->to.v < w->from.v)
		w->to = w->from; /* it has not begun */
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

/* Who runs the convention reads what all senders owe, to one place or to all: nobody of them is hers. */
static const char *closing_of_all(struct ctx *c, const struct statement_page *v, const struct arg args[3])
{
	bool owed = v->closing.v < 0;
	if (v->pair)
		return owed ? i18n(c, "statement.closing_owed", args, 3)
			    : i18n(c, "statement.closing_owes", args, 3);
	return owed ? i18n(c, "statement.closing_places", args, 3)
		    : i18n(c, "statement.closing_senders", args, 3);
}

static const char *closing_words(struct ctx *c, const struct statement_page *v, bool of_all)
{
	quantity size = { v->closing.v < 0 ? -v->closing.v : v->closing.v };
	struct arg args[] = { { .name = "day", .text = fmt_day(c, v->to) },
			      { .name = "who",
				.text = (v->closing.v < 0 && !of_all) || !v->pair ? v->mine.name
										  : v->other.name },
			      { .name = "n", .text = fmt_quantity(c, size) } };
	if (!v->closing.v)
		return i18n(c, "statement.closing_even", args, 1);
	if (of_all)
		return closing_of_all(c, v, args);
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

rc statement_fill(struct ctx *c, struct exchange_book *b, const struct exchange_query *f,
		  struct statement_page *v)
{
	struct statement_wish w = { .named = false };
	struct statement s;
	TRY(statement_ask(c, b, f, &w));
	TRY(statement_read(c, b, &w));
	statement_make(c, b, &w, &s);
	follow_head_fill(b, "statement", &v->head);
	TRY(add_ends(c, b, &w, v));
	v->title = title_of(c, &w);
	v->from = w.from;
	v->to = w.to.v < b->today.v || w.from.v > b->today.v ? w.to : b->today;
	v->opening = s.opening;
	v->rows = s.rows;
	for (size_t i = 0; v->pair && i < v->rows.n; i++)
		v->rows.items[i].with = ""; /* said once, at the head */
	v->used = s.used;
	v->due = s.due;
	v->given = s.given;
	v->closing = s.closing;
	v->closing_says = closing_words(c, v, !b->me.v && !w.sender.v);
	v->credit_per_day = b->rules.credit_per_day;
	v->workshop_credit = b->rules.workshop_credit;
	add_links(c, b, f, &w, v);
	return add_proof(c, b, &s, v);
}
