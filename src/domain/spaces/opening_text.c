/* opening_text.c - hours as people say them, in the reader's language. */
#include "base/buf.h"
#include "base/civil.h"
#include "platform/i18n.h"
#include "spaces/opening_rules.h"

static const char *weekday_name(struct ctx *c, int weekday)
{
	static const char *const keys[7] = {
		K("opening.monday"), K("opening.tuesday"),  K("opening.wednesday"), K("opening.thursday"),
		K("opening.friday"), K("opening.saturday"), K("opening.sunday"),
	};
	return T(c, keys[weekday]);
}

static const char *month_name(struct ctx *c, int month)
{
	static const char *const keys[12] = {
		K("opening.january"),	K("opening.february"), K("opening.march"),    K("opening.april"),
		K("opening.may"),	K("opening.june"),     K("opening.july"),     K("opening.august"),
		K("opening.september"), K("opening.october"),  K("opening.november"), K("opening.december"),
	};
	return T(c, keys[month - 1]);
}

/* A message with two values. */
static const char *say(struct ctx *c, const char *key, const char *a, const char *a_text, const char *b,
		       const char *b_text)
{
	const struct arg args[] = {
		{ .name = a, .kind = ARG_TEXT, .text = a_text },
		{ .name = b, .kind = ARG_TEXT, .text = b_text },
	};
	return i18n(c, key, args, 2);
}

static const char *range(struct ctx *c, const char *from, const char *to)
{
	return say(c, K("opening.range"), "from", from, "to", to);
}

/* "a", "a et b", "a, b et c". */
static const char *list(struct ctx *c, const char *const *items, size_t n)
{
	struct buf b;
	buf_init(&b, c->mem, 64);
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_str(&b, i + 1 < n ? ", " : T(c, K("opening.and")));
		buf_str(&b, items[i]);
	}
	return b.s;
}

static const char *weekdays_text(struct ctx *c, const struct opening_rule *r)
{
	const char *items[8];
	size_t n = 0;
	int from, to;
	if (r->weekdays == 0x7f)
		return T(c, K("opening.every_day"));
	for (int at = 0; opening_run(r->weekdays, at, &from, &to); at = to + 1)
		items[n++] = to > from ? range(c, weekday_name(c, from), weekday_name(c, to))
				       : weekday_name(c, from);
	if (r->holidays)
		items[n++] = T(c, K("opening.public_holidays"));
	return list(c, items, n);
}

static const char *date_text(struct ctx *c, int date)
{
	return fmt_day_short(c, day_of(2028, date / 100, date % 100)); /* a year with 29 February */
}

static const char *dates_text(struct ctx *c, const struct opening_rule *r)
{
	const char *items[RULE_DATES];
	for (size_t i = 0; i < r->n_dates; i++) {
		const struct date_range *d = &r->dates[i];
		const char *from = d->months ? month_name(c, d->from / 100) : date_text(c, d->from);
		const char *to = d->months ? month_name(c, d->to / 100) : date_text(c, d->to);
		bool one = d->months ? d->from / 100 == d->to / 100 : d->from == d->to;
		items[i] = one ? from : range(c, from, to);
	}
	return list(c, items, r->n_dates);
}

static const char *weeks_text(struct ctx *c, const struct opening_rule *r)
{
	const char *items[RULE_WEEKS];
	for (size_t i = 0; i < r->n_weeks; i++) {
		const char *from = fmt_int(c, r->weeks[i].from);
		items[i] = r->weeks[i].from == r->weeks[i].to ? from
							      : range(c, from, fmt_int(c, r->weeks[i].to));
	}
	return T_TEXT(c, K("opening.weeks"), "list", list(c, items, r->n_weeks));
}

/* Weekdays first; dates and weeks stand in brackets behind them, or alone. */
static const char *days_text(struct ctx *c, const struct opening_rule *r)
{
	const char *weekdays = r->weekdays || r->holidays ? weekdays_text(c, r) : NULL;
	const char *when = r->n_dates ? dates_text(c, r) : NULL;
	if (r->n_weeks)
		when = when ? fmt(c, "%s, %s", when, weeks_text(c, r)) : weeks_text(c, r);
	if (!when)
		return weekdays ? weekdays : T(c, K("opening.every_day"));
	return weekdays ? fmt(c, "%s (%s)", weekdays, when) : when;
}

static const char *time_text(struct ctx *c, minute m)
{
	return fmt_minute(c, (minute){ m.v > DAY_MINUTES ? m.v - DAY_MINUTES : m.v });
}

static const char *hours_text(struct ctx *c, const struct opening_rule *r)
{
	const char *items[RULE_SPANS];
	if (opening_is_whole_day(r))
		return T(c, K("opening.round_the_clock"));
	for (size_t i = 0; i < r->n_spans; i++)
		items[i] = range(c, time_text(c, r->spans[i].from), time_text(c, r->spans[i].to));
	return list(c, items, r->n_spans);
}

static const char *rule_text(struct ctx *c, const struct opening_rule *r)
{
	if (opening_is_any_day(r) && opening_is_whole_day(r))
		return T(c, K("opening.always"));
	if (!r->n_spans)
		return T_TEXT(c, K("opening.rule_closed"), "days", days_text(c, r));
	return say(c, K("opening.rule"), "days", days_text(c, r), "hours", hours_text(c, r));
}

const char *opening_text(struct ctx *c, const struct opening *o)
{
	struct buf b;
	buf_init(&b, c->mem, 128);
	for (size_t i = 0; i < o->n; i++) {
		if (i)
			buf_str(&b, ", ");
		buf_str(&b, rule_text(c, &o->rules[i]));
	}
	return b.s;
}

/* ---- now ---- */

static const char *open_text(struct ctx *c, const struct opening_state *s, day today)
{
	const char *at = fmt_minute(c, s->at);
	if (!s->changes)
		return T(c, K("opening.open_always"));
	/* Until 2 in the morning is still tonight. */
	if (s->on.v == today.v || (s->on.v == today.v + 1 && s->at.v < DAY_MINUTES / 2))
		return T_TEXT(c, K("opening.open_until"), "time", at);
	return say(c, K("opening.open_until_day"), "day", fmt_day_week(c, s->on), "time", at);
}

static const char *closed_text(struct ctx *c, const struct opening_state *s, day today)
{
	const char *at = fmt_minute(c, s->at);
	if (!s->changes)
		return T(c, K("opening.closed"));
	if (s->on.v == today.v)
		return T_TEXT(c, K("opening.opens_today"), "time", at);
	if (s->on.v == today.v + 1)
		return T_TEXT(c, K("opening.opens_tomorrow"), "time", at);
	return say(c, K("opening.opens_on"), "day", fmt_day_week(c, s->on), "time", at);
}

const char *opening_state_text(struct ctx *c, const struct opening_state *s, day today)
{
	return s->open ? open_text(c, s, today) : closed_text(c, s, today);
}
