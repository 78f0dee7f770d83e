#include "base/civil.h"
#include "platform/i18n.h"
#include "spaces/host.h"
#include "spaces/host_day_sql.h"

#define DAYS 7

/* What the week is made from. */
struct making {
	const struct host_place *h;
	struct occupation taken;
	struct day_line_list lines;
	struct spans *hours; /* space by space, DAYS each */
	struct host_workshop_list workshops;
	int from, to; /* what a strip shows */
	day picked;
};

static const char *tone_of(const struct ctx *c, const struct making *m, const struct day_line *k)
{
	if (k->status == BOOKING_STATUS_REQUESTED)
		return " slot--ask";
	if (workshop_of_room(&m->workshops, k))
		return " slot--workshop";
	if (k->status == BOOKING_STATUS_PRESENT)
		return " slot--here";
	return k->ends_at.v <= c->now.v ? " slot--past" : "";
}

/* A workshop is announced by its name; a booking by what it is for, else by who comes. */
static struct week_slot slot_of(struct ctx *c, const struct making *m, const struct day_line *k)
{
	const struct host_workshop *w = workshop_of_room(&m->workshops, k);
	bool named = k->purpose && *k->purpose;
	struct week_slot s = { .pub = w ? w->pub : k->pub,
			       .is_workshop = w,
			       .from = k->from_minute,
			       .to = k->to_minute,
			       .title = named ? k->purpose : k->name,
			       .note = named ? k->name : k->sender,
			       .tone = tone_of(c, m, k) };
	if (w) {
		s.title = w->title;
		s.note = fmt(c, "%s, %s", w->organiser, T_N(c, "week.enrolled", w->enrolled));
	}
	return s;
}

static void fill_slots(struct ctx *c, const struct making *m, const struct space_row *s,
		       struct week_cell *cell)
{
	cell->slots.items = new_array(c, struct week_slot, m->lines.n);
	for (size_t i = 0; i < m->lines.n; i++) {
		const struct day_line *k = &m->lines.items[i];
		if (k->space.v != s->id.v || k->on_day.v != cell->on_day.v || !day_line_holds(k))
			continue;
		cell->slots.items[cell->slots.n++] = slot_of(c, m, k);
	}
}

static const char *closing_reason(const struct making *m, const struct space_row *s, day d)
{
	for (size_t i = 0; i < m->taken.closed.n; i++) {
		const struct closed_span *k = &m->taken.closed.items[i];
		if (k->from_day.v <= d.v && d.v <= k->to_day.v && (!k->space.v || k->space.v == s->id.v))
			return k->reason;
	}
	return NULL;
}

static void fill_strip(struct ctx *c, const struct making *m, const struct space_row *s,
		       const struct spans *hours, struct week_cell *cell)
{
	struct day_row row = { .name = s->name };
	struct day_span open[SPANS_MAX];
	struct buf b;
	for (size_t i = 0; i < hours->n; i++)
		open[i] = (struct day_span){ (int)hours->at[i].from.v, (int)hours->at[i].to.v };
	if (s->counted)
		host_pool_steps(c, &m->taken, s, cell->on_day, hours, &row);
	else
		host_room_blocks(c, s, &m->lines, &m->workshops, cell->on_day, &row);
	struct week_strip d = { .title = NULL,
				.from = m->from,
				.to = m->to,
				.open = open,
				.n_open = hours->n,
				.capacity = s->counted ? s->capacity : 0,
				.steps = row.steps,
				.n_steps = row.n_steps,
				.blocks = row.blocks,
				.n_blocks = row.n_blocks };
	buf_init(&b, c->mem, 512);
	week_strip(&b, &d);
	cell->strip.s = b.s;
}

static void fill_cell(struct ctx *c, const struct making *m, const struct space_row *s,
		      const struct spans *hours, struct week_cell *cell)
{
	cell->is_today = cell->on_day.v == m->h->today.v;
	cell->is_past = cell->on_day.v < m->h->today.v;
	cell->picked = cell->on_day.v == m->picked.v;
	cell->closed = !hours->n;
	cell->least = NONE;
	fill_strip(c, m, s, hours, cell);
	if (cell->closed)
		cell->reason = closing_reason(m, s, cell->on_day);
	else if (s->counted)
		cell->least = occupation_free(c, &m->taken, s, cell->on_day, hours->at[0].from,
					      hours->at[hours->n - 1].to);
	cell->few = cell->least != NONE && cell->least <= s->capacity / 6;
	if (!s->counted)
		fill_slots(c, m, s, cell);
	bool over = cell->is_past ||
		    (cell->is_today && !cell->closed && hours->at[hours->n - 1].to.v <= m->h->now.v);
	cell->may_book = !s->counted && !cell->closed && !over && !cell->slots.n;
}

static void fill_row(struct ctx *c, const struct making *m, size_t space, struct host_week *v)
{
	const struct space_row *s = &m->h->spaces.items[space];
	struct week_row *row = &v->rows.items[v->rows.n++];
	*row = (struct week_row){ .pub = s->pub,
				  .name = s->name,
				  .note = host_row_note(c, s),
				  .kind = s->kind,
				  .counted = s->counted,
				  .heads = v->rows.n == 1 || row[-1].kind != s->kind ||
					   row[-1].counted != s->counted,
				  .columns = (int64_t)v->days.n + 1 };
	row->cells.items = new_array(c, struct week_cell, v->days.n);
	for (size_t d = 0; d < v->days.n; d++) {
		struct week_cell *cell = &row->cells.items[row->cells.n++];
		cell->on_day = v->days.items[d].on_day;
		cell->space = s->pub;
		cell->space_name = s->name;
		fill_cell(c, m, s, &m->hours[space * DAYS + d], cell);
	}
}

/* Space by space in the place's order, those of one kind together under one head. */
static void fill_rows(struct ctx *c, const struct making *m, struct host_week *v)
{
	size_t n = m->h->spaces.n;
	const struct space_row *all = m->h->spaces.items;
	bool *shown = new_array(c, bool, n + 1);
	v->rows.items = new_array(c, struct week_row, n);
	for (size_t first = 0; first < n; first++) {
		bool heads = !shown[first];
		for (size_t i = first; heads && i < n; i++) {
			if (all[i].kind != all[first].kind || all[i].counted != all[first].counted)
				continue;
			fill_row(c, m, i, v);
			shown[i] = true;
		}
	}
}

/* Monday to Friday, and the days of the weekend on which something is open. */
static void fill_days(struct ctx *c, struct making *m, struct host_week *v)
{
	size_t n = 5;
	for (size_t i = 0; i < m->h->spaces.n; i++)
		for (size_t d = 5; d < DAYS; d++)
			if (m->hours[i * DAYS + d].n && d >= n)
				n = d + 1;
	v->days.items = new_array(c, struct week_day, n);
	for (size_t i = 0; i < n; i++) {
		day d = { v->week.v + (int64_t)i };
		v->days.items[v->days.n++] = (struct week_day){ d, d.v == m->h->today.v, d.v < m->h->today.v,
								d.v == m->picked.v };
	}
	v->last.v = v->week.v + (int64_t)n - 1;
	v->title = fmt_days(c, v->week, v->last);
}

static void fill_month(struct ctx *c, const struct host_place *h, struct host_week *v)
{
	v->month = month_start(v->week);
	v->month_name = fmt_month(c, v->month);
	day at = { v->month.v - weekday_of(v->month) }, end = month_add(v->month, 1);
	v->heads.items = new_array(c, struct month_day, DAYS);
	for (; v->heads.n < DAYS; v->heads.n++)
		v->heads.items[v->heads.n].on_day.v = at.v + (int64_t)v->heads.n;
	v->weeks.items = new_array(c, struct month_week, 6);
	for (; at.v < end.v; at.v += DAYS) {
		struct month_week *w = &v->weeks.items[v->weeks.n++];
		w->days.items = new_array(c, struct month_day, DAYS);
		for (w->days.n = 0; w->days.n < DAYS; w->days.n++) {
			day d = { at.v + (int64_t)w->days.n };
			w->days.items[w->days.n] = (struct month_day){ d, d.v >= v->month.v && d.v < end.v,
								       d.v >= v->week.v && d.v <= v->last.v,
								       d.v == h->today.v };
		}
	}
}

static void draw_shared(struct ctx *c, struct making *m, struct host_week *v)
{
	struct buf b, hours;
	host_shown_hours(m->hours, m->h->spaces.n * DAYS, &m->from, &m->to);
	int at[] = { m->from + 60, 13 * 60, m->to - 60 };
	buf_init(&b, c->mem, 256);
	week_patterns(&b);
	v->patterns.s = b.s;
	buf_init(&hours, c->mem, 256);
	week_hours(&hours, m->from, m->to, at, sizeof at / sizeof *at);
	v->hours.s = hours.s;
}

static void fill_asks(struct ctx *c, const struct making *m, struct host_week *v)
{
	v->asks.items = new_array(c, struct day_line, m->lines.n);
	for (size_t i = 0; i < m->lines.n; i++)
		if (m->lines.items[i].status == BOOKING_STATUS_REQUESTED)
			v->asks.items[v->asks.n++] = m->lines.items[i];
	for (size_t i = 0; i < m->lines.n; i++)
		v->bookings += day_line_holds(&m->lines.items[i]);
	v->bookings -= (int64_t)v->asks.n;
}

rc host_week_fill(struct ctx *c, const struct host_place *h, day in_week, day picked, struct host_week *v)
{
	struct making m = { .h = h };
	day d = is_none(in_week) ? is_none(picked) ? h->today : picked : in_week;
	int iso_year;
	v->place = h->card;
	v->week.v = d.v - weekday_of(d);
	v->week_number = iso_week(v->week, &iso_year);
	v->before.v = v->week.v - DAYS;
	v->after.v = v->week.v + DAYS;
	bool here = h->today.v >= v->week.v && h->today.v < v->after.v;
	m.picked = !is_none(picked) ? picked : here ? h->today : v->week;
	TRY(occupation_read(c, h->card.id, v->week, (day){ v->week.v + DAYS - 1 }, &m.taken));
	TRY(host_day_lines(c, h->card.id, v->week, (day){ v->week.v + DAYS - 1 }, &m.lines));
	if (host_workshops)
		TRY(host_workshops(c, h->card.id, v->week, (day){ v->week.v + DAYS - 1 }, &m.workshops));
	m.hours = new_array(c, struct spans, h->spaces.n * DAYS);
	for (size_t i = 0; i < h->spaces.n; i++)
		TRY(occupation_hours(c, &m.taken, &h->place, &h->spaces.items[i], v->week, DAYS,
				     &m.hours[i * DAYS]));
	fill_days(c, &m, v);
	draw_shared(c, &m, v);
	fill_rows(c, &m, v);
	fill_asks(c, &m, v);
	fill_month(c, h, v);
	return OK;
}
