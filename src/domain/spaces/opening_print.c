/* opening_print.c - rules written back in one way. */
#include "base/buf.h"
#include "spaces/opening_rules.h"

bool opening_run(unsigned weekdays, int from, int *first, int *last)
{
	while (from < 7 && !(weekdays & 1u << from))
		from++;
	if (from == 7)
		return false;
	*first = *last = from;
	while (*last < 6 && (weekdays & 1u << (*last + 1)))
		++*last;
	/* Two days are named each; three and more are a range. */
	if (*last == *first + 1)
		*last = *first;
	return true;
}

/* ---- the canonical text ---- */

static void add_separator(struct buf *b, bool *first)
{
	if (!*first)
		buf_char(b, ',');
	*first = false;
}

static void print_dates(struct buf *b, const struct opening_rule *r)
{
	bool first = true;
	for (size_t i = 0; i < r->n_dates; i++) {
		const struct date_range *d = &r->dates[i];
		add_separator(b, &first);
		buf_str(b, opening_months[d->from / 100 - 1]);
		if (!d->months)
			buf_fmt(b, " %02d", d->from % 100);
		if (d->months ? d->from / 100 == d->to / 100 : d->from == d->to)
			continue;
		buf_fmt(b, "-%s", opening_months[d->to / 100 - 1]);
		if (!d->months)
			buf_fmt(b, " %02d", d->to % 100);
	}
}

static void print_weeks(struct buf *b, const struct opening_rule *r)
{
	bool first = true;
	buf_str(b, "week ");
	for (size_t i = 0; i < r->n_weeks; i++) {
		add_separator(b, &first);
		buf_fmt(b, "%02d", r->weeks[i].from);
		if (r->weeks[i].to != r->weeks[i].from)
			buf_fmt(b, "-%02d", r->weeks[i].to);
	}
}

static void print_weekdays(struct buf *b, const struct opening_rule *r)
{
	bool first = true;
	int from, to;
	for (int at = 0; opening_run(r->weekdays, at, &from, &to); at = to + 1) {
		add_separator(b, &first);
		buf_str(b, opening_weekdays[from]);
		if (to > from)
			buf_fmt(b, "-%s", opening_weekdays[to]);
	}
	if (r->holidays) {
		add_separator(b, &first);
		buf_str(b, "PH");
	}
}

static void print_time(struct buf *b, int64_t m)
{
	m = m > DAY_MINUTES ? m - DAY_MINUTES : m;
	buf_fmt(b, "%02d:%02d", (int)(m / 60), (int)(m % 60));
}

static void print_hours(struct buf *b, const struct opening_rule *r)
{
	bool first = true;
	for (size_t i = 0; i < r->n_spans; i++) {
		add_separator(b, &first);
		print_time(b, r->spans[i].from.v);
		buf_char(b, '-');
		print_time(b, r->spans[i].to.v);
	}
	if (!r->n_spans)
		buf_str(b, "off");
}

bool opening_is_any_day(const struct opening_rule *r)
{
	return !r->n_dates && !r->n_weeks && !r->weekdays && !r->holidays;
}

bool opening_is_whole_day(const struct opening_rule *r)
{
	return r->n_spans == 1 && r->spans[0].from.v == 0 && r->spans[0].to.v == DAY_MINUTES;
}

static void print_rule(struct buf *b, const struct opening_rule *r)
{
	if (opening_is_any_day(r) && opening_is_whole_day(r)) {
		buf_str(b, "24/7");
		return;
	}
	if (r->n_dates) {
		print_dates(b, r);
		buf_char(b, ' ');
	}
	if (r->n_weeks) {
		print_weeks(b, r);
		buf_char(b, ' ');
	}
	if (r->weekdays || r->holidays) {
		print_weekdays(b, r);
		buf_char(b, ' ');
	}
	print_hours(b, r);
}

const char *opening_print(struct ctx *c, const struct opening *o)
{
	struct buf b;
	buf_init(&b, c->mem, 64);
	for (size_t i = 0; i < o->n; i++) {
		if (i)
			buf_str(&b, "; ");
		print_rule(&b, &o->rules[i]);
	}
	return b.s;
}
