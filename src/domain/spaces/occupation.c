#include <stdlib.h>

#include "base/civil.h"
#include "spaces/occupation.h"
#include "spaces/occupation_sql.h"
#include "spaces/tariff.h"

#define NOON	  (13 * 60)
#define FAR_AHEAD 400 /* days that opening_state looks ahead */

rc occupation_read(struct ctx *c, community_id place, day from, day to, struct occupation *out)
{
	out->from = from;
	out->to = to;
	TRY(taken_between(c, place, from, to, c->now, &out->taken));
	return closed_between(c, place, from, to, &out->closed);
}

static bool is_over(int status)
{
	return status == BOOKING_STATUS_DONE || status == BOOKING_STATUS_UNRECORDED ||
	       status == BOOKING_STATUS_NO_SHOW;
}

struct edge {
	int64_t at, change;
};

/* The steps of one space on one day: few as a rule, and asked for of thousands of spaces at once. */
struct edges {
	struct edge few[48], *at;
	size_t n;
};

static int edge_order(const void *a, const void *b)
{
	const struct edge *x = a, *y = b;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->change < y->change ? -1 : x->change > y->change; /* who leaves goes first */
}

/* What holds some of a space in [from, to) of a day, as steps in their order. */
static void read_edges(struct ctx *c, const struct occupation *o, const struct space_row *s, day on,
		       minute from, minute to, bool past, struct edges *e)
{
	e->at = 2 * o->taken.n > sizeof e->few / sizeof *e->few ? new_array(c, struct edge, 2 * o->taken.n)
								: e->few;
	e->n = 0;
	for (size_t i = 0; i < o->taken.n; i++) {
		const struct taken *t = &o->taken.items[i];
		if (t->space.v != s->id.v || t->on_day.v != on.v || t->to_minute.v <= from.v ||
		    t->from_minute.v >= to.v || (!past && is_over(t->status)))
			continue;
		int64_t units = s->counted ? t->units : s->capacity;
		e->at[e->n++] = (struct edge){ t->from_minute.v, units };
		e->at[e->n++] = (struct edge){ t->to_minute.v, -units };
	}
	qsort(e->at, e->n, sizeof *e->at, edge_order);
}

int64_t occupation_free(struct ctx *c, const struct occupation *o, const struct space_row *s, day on,
			minute from, minute to)
{
	struct edges e;
	int64_t held = 0, most = 0;
	read_edges(c, o, s, on, from, to, true, &e);
	for (size_t i = 0; i < e.n && e.at[i].at < to.v; i++) {
		held += e.at[i].change;
		most = held > most ? held : most;
	}
	return most > s->capacity ? 0 : s->capacity - most;
}

int64_t stay_least(const struct space_row *s)
{
	return (s->shortest + s->granule - 1) / s->granule * s->granule;
}

bool stay_fits(const struct space_row *s, minute from, minute to, int64_t least)
{
	return least <= s->longest && (from.v + s->granule - 1) / s->granule * s->granule + least <= to.v;
}

bool occupation_takes(struct ctx *c, const struct occupation *o, const struct space_row *s, day on,
		      minute from, minute to, int64_t least)
{
	struct edges e;
	int64_t held = 0;
	read_edges(c, o, s, on, from, to, false, &e);
	for (size_t i = 0; i < e.n; i++) {
		bool was_full = held >= s->capacity;
		held += e.at[i].change;
		bool full = held >= s->capacity;
		minute at = { e.at[i].at };
		if (full && !was_full && stay_fits(s, from, at, least))
			return true;
		if (was_full && !full && at.v > from.v)
			from = at;
	}
	return stay_fits(s, from, to, least);
}

static struct opening_calendar calendar_of(struct ctx *c, const struct closed_span_list *closed,
					   const struct place_row *place, const struct space_row *s)
{
	struct closed_days *days = new_array(c, struct closed_days, closed->n + 1);
	struct opening_calendar cal = { .territory = (enum holiday_territory)place->holidays,
					.holidays_off = place->holidays_off,
					.closed = days };
	for (size_t i = 0; i < closed->n; i++) {
		const struct closed_span *k = &closed->items[i];
		if (!k->space.v || (s && k->space.v == s->id.v))
			days[cal.n_closed++] = (struct closed_days){ k->from_day, k->to_day };
	}
	return cal;
}

rc occupation_hours(struct ctx *c, const struct occupation *o, const struct place_row *place,
		    const struct space_row *s, day from, size_t n, struct spans *out)
{
	struct opening *rules;
	struct opening_calendar cal = calendar_of(c, &o->closed, place, s);
	TRY(opening_parse(c, s && s->opening ? s->opening : place->opening, &rules, NULL));
	for (size_t i = 0; i < n; i++)
		opening_day(rules, &cal, (day){ from.v + (int64_t)i }, &out[i]);
	return OK;
}

void half_day_span(const struct spans *hours, int half, struct span *out)
{
	*out = (struct span){ { 0 }, { 0 } };
	if (!hours->n)
		return;
	const struct span *first = &hours->at[0], *last = &hours->at[hours->n - 1];
	if (half == DAY_HALF_WHOLE) {
		if (hours->n == 1)
			*out = *first;
	} else if (half == DAY_HALF_MORNING && first->from.v < NOON) {
		int64_t end = first->from.v + HALF_DAY_MINUTES;
		out->from = first->from;
		out->to.v = end < NOON ? end : NOON;
		if (first->to.v < out->to.v)
			out->to = first->to;
	} else if (half == DAY_HALF_AFTERNOON && last->to.v > NOON) {
		int64_t begin = last->to.v - HALF_DAY_MINUTES;
		out->to = last->to;
		out->from.v = begin > NOON ? begin : NOON;
		if (last->from.v > out->from.v)
			out->from = last->from;
	}
}

rc place_state_by(struct ctx *c, const struct place_row *place, const struct closed_span_list *closed,
		  struct opening_state *out, day *today)
{
	struct opening *rules;
	minute now;
	struct opening_calendar cal = calendar_of(c, closed, place, NULL);
	utc_to_local(c->now, place->zone, today, &now);
	TRY(opening_parse(c, place->opening, &rules, NULL));
	opening_state(rules, &cal, *today, now, out);
	return OK;
}

rc place_state(struct ctx *c, const struct place_row *place, struct opening_state *out, day *today)
{
	struct closed_span_list closed;
	minute now;
	utc_to_local(c->now, place->zone, today, &now);
	TRY(closed_between(c, place->community, *today, (day){ today->v + FAR_AHEAD }, &closed));
	return place_state_by(c, place, &closed, out, today);
}
