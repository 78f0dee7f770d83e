/* opening.c - the hours of a day, and questions about them. */
#include "base/civil.h"
#include "spaces/opening_rules.h"

enum { LOOK_AHEAD = 400 };

/* ---- which rule decides a day ---- */

static bool within(int v, int from, int to)
{
	return from <= to ? from <= v && v <= to : v >= from || v <= to;
}

static bool fits_dates(const struct opening_rule *r, day d)
{
	struct ymd f = ymd_of(d);
	for (size_t i = 0; i < r->n_dates; i++)
		if (within(f.month * 100 + f.day, r->dates[i].from, r->dates[i].to))
			return true;
	return r->n_dates == 0;
}

static bool fits_weeks(const struct opening_rule *r, day d)
{
	int week = r->n_weeks ? iso_week(d, NULL) : 0;
	for (size_t i = 0; i < r->n_weeks; i++)
		if (within(week, r->weeks[i].from, r->weeks[i].to))
			return true;
	return r->n_weeks == 0;
}

static bool fits_weekday(const struct opening_rule *r, day d, bool holiday)
{
	if (!r->weekdays && !r->holidays)
		return true;
	return (r->weekdays & 1u << weekday_of(d)) || (r->holidays && holiday);
}

static bool is_closed(const struct opening_calendar *cal, day d)
{
	for (size_t i = 0; i < cal->n_closed; i++)
		if (cal->closed[i].from.v <= d.v && d.v <= cal->closed[i].to.v)
			return true;
	return false;
}

/* NULL: closed. */
static const struct opening_rule *rule_of(const struct opening *o, const struct opening_calendar *cal, day d)
{
	if (is_closed(cal, d))
		return NULL;
	bool holiday = (o->names_holidays || cal->holidays_off) && holiday_is(d, cal->territory, NULL);
	for (size_t i = o->n; i-- > 0;) {
		const struct opening_rule *r = &o->rules[i];
		if (!fits_weekday(r, d, holiday) || !fits_dates(r, d) || !fits_weeks(r, d))
			continue;
		return holiday && cal->holidays_off && !r->holidays ? NULL : r;
	}
	return NULL;
}

/* ---- spans ---- */

/* Keep them in order and apart. */
static void add_span(struct spans *out, int64_t from, int64_t to)
{
	size_t i = 0, last;
	while (i < out->n && out->at[i].to.v < from)
		i++;
	for (last = i; last < out->n && out->at[last].from.v <= to; last++) {
		if (out->at[last].from.v < from)
			from = out->at[last].from.v;
		if (out->at[last].to.v > to)
			to = out->at[last].to.v;
	}
	/* [i, last) melt into the one new span at i. */
	struct spans old = *out;
	out->at[i] = (struct span){ { from }, { to } };
	out->n = i + 1;
	for (; last < old.n; last++)
		out->at[out->n++] = old.at[last];
}

void opening_day(const struct opening *o, const struct opening_calendar *cal, day d, struct spans *out)
{
	out->n = 0;
	const struct opening_rule *before = rule_of(o, cal, (day){ d.v - 1 });
	for (size_t i = 0; before && i < before->n_spans; i++)
		if (before->spans[i].to.v > DAY_MINUTES)
			add_span(out, 0, before->spans[i].to.v - DAY_MINUTES);
	const struct opening_rule *own = rule_of(o, cal, d);
	for (size_t i = 0; own && i < own->n_spans; i++) {
		int64_t to = own->spans[i].to.v;
		add_span(out, own->spans[i].from.v, to < DAY_MINUTES ? to : DAY_MINUTES);
	}
}

static const struct span *span_at(const struct spans *s, int64_t m)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->at[i].from.v <= m && m < s->at[i].to.v)
			return &s->at[i];
	return NULL;
}

bool opening_covers(const struct opening *o, const struct opening_calendar *cal, day d, minute from,
		    minute to)
{
	struct spans spans;
	if (from.v < 0 || from.v >= to.v)
		return false;
	for (; from.v >= DAY_MINUTES; d.v++, from.v -= DAY_MINUTES)
		to.v -= DAY_MINUTES;
	for (;; d.v++, from.v = 0, to.v -= DAY_MINUTES) {
		opening_day(o, cal, d, &spans);
		const struct span *s = span_at(&spans, from.v);
		if (!s)
			return false;
		if (s->to.v >= to.v)
			return true;
		if (s->to.v < DAY_MINUTES)
			return false;
	}
}

/* ---- now and next ---- */

/* Open at the start of span s of day d: when does it close? */
static void find_closing(const struct opening *o, const struct opening_calendar *cal, day d,
			 const struct span *s, struct opening_state *out)
{
	struct spans next;
	out->on = d;
	out->at = s->to;
	for (int i = 0; i < LOOK_AHEAD; i++) {
		if (out->at.v < DAY_MINUTES) {
			out->changes = true;
			return;
		}
		opening_day(o, cal, (day){ out->on.v + 1 }, &next);
		if (!next.n || next.at[0].from.v > 0) {
			out->changes = true;
			return;
		}
		out->on.v++;
		out->at = next.at[0].to;
	}
}

static void find_opening(const struct opening *o, const struct opening_calendar *cal, day d, minute m,
			 struct opening_state *out)
{
	struct spans spans;
	for (int i = 0; i < LOOK_AHEAD; i++, d.v++, m.v = 0) {
		opening_day(o, cal, d, &spans);
		for (size_t k = 0; k < spans.n; k++)
			if (spans.at[k].from.v >= m.v) {
				*out = (struct opening_state){ .changes = true,
							       .on = d,
							       .at = spans.at[k].from };
				return;
			}
	}
}

void opening_state(const struct opening *o, const struct opening_calendar *cal, day d, minute m,
		   struct opening_state *out)
{
	struct spans spans;
	*out = (struct opening_state){ 0 };
	opening_day(o, cal, d, &spans);
	const struct span *s = span_at(&spans, m.v);
	out->open = s != NULL;
	if (s)
		find_closing(o, cal, d, s, out);
	else
		find_opening(o, cal, d, m, out);
}
