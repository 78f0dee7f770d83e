#include "base/civil.h"
#include "platform/i18n.h"
#include "spaces/host.h"
#include "spaces/host_month_sql.h"

#define DAYS	7
#define LONGEST 31

struct making {
	const struct host_place *h;
	day from, to;
	struct occupation taken;
	struct spans hours[LONGEST];
	struct month_count_list counts;
	struct host_workshop_list workshops;
};

static void fill_counts(const struct making *m, struct host_month *v, struct month_cell *cell)
{
	for (size_t i = 0; i < m->counts.n; i++) {
		const struct month_count *k = &m->counts.items[i];
		if (k->on_day.v != cell->on_day.v)
			continue;
		cell->bookings = k->bookings;
		cell->asks = k->asks;
		v->bookings += k->bookings;
		v->asks += k->asks;
	}
}

static void fill_workshops(struct ctx *c, const struct making *m, struct host_month *v,
			   struct month_cell *cell)
{
	cell->workshops.items = new_array(c, struct month_workshop, m->workshops.n);
	for (size_t i = 0; i < m->workshops.n; i++) {
		const struct host_workshop *w = &m->workshops.items[i];
		if (w->on_day.v != cell->on_day.v)
			continue;
		cell->workshops.items[cell->workshops.n++] = (struct month_workshop){ w->pub, w->title,
										      w->from_minute };
		v->workshops++;
	}
}

static void fill_cell(struct ctx *c, const struct making *m, struct host_month *v, struct month_cell *cell)
{
	cell->inside = cell->on_day.v >= m->from.v && cell->on_day.v <= m->to.v;
	cell->is_today = cell->on_day.v == m->h->today.v;
	cell->is_past = cell->on_day.v < m->h->today.v;
	if (!cell->inside)
		return;
	cell->closed = !m->hours[cell->on_day.v - m->from.v].n;
	for (size_t i = 0; cell->closed && i < m->taken.closed.n; i++) {
		const struct closed_span *k = &m->taken.closed.items[i];
		if (!k->space.v && k->from_day.v <= cell->on_day.v && cell->on_day.v <= k->to_day.v)
			cell->reason = k->reason;
	}
	fill_counts(m, v, cell);
	fill_workshops(c, m, v, cell);
}

static void fill_lines(struct ctx *c, const struct making *m, struct host_month *v)
{
	day at = { m->from.v - weekday_of(m->from) };
	v->lines.items = new_array(c, struct month_line, LONGEST / DAYS + 2);
	for (; at.v <= m->to.v; at.v += DAYS) {
		struct month_line *line = &v->lines.items[v->lines.n++];
		line->cells.items = new_array(c, struct month_cell, DAYS);
		for (; line->cells.n < DAYS; line->cells.n++) {
			struct month_cell *cell = &line->cells.items[line->cells.n];
			cell->on_day.v = at.v + (int64_t)line->cells.n;
			fill_cell(c, m, v, cell);
		}
	}
	v->heads = v->lines.items[0].cells;
}

rc host_month_fill(struct ctx *c, const struct host_place *h, day in_month, struct host_month *v)
{
	struct making m = { .h = h };
	m.from = month_start(is_none(in_month) ? h->today : in_month);
	v->place = h->card;
	v->month = m.from;
	v->name = fmt_month(c, m.from);
	v->before = month_add(m.from, -1);
	v->after = month_add(m.from, 1);
	m.to.v = v->after.v - 1;
	TRY(occupation_read(c, h->card.id, m.from, m.to, &m.taken));
	TRY(occupation_hours(c, &m.taken, &h->place, NULL, m.from, (size_t)(v->after.v - m.from.v), m.hours));
	TRY(month_counts(c, h->card.id, m.from, m.to, &m.counts));
	if (host_workshops)
		TRY(host_workshops(c, h->card.id, m.from, m.to, &m.workshops));
	fill_lines(c, &m, v);
	return OK;
}
