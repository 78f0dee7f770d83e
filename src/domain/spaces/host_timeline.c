/* host_timeline.c - the spaces of a place over one day, as a picture. */
#include <stdlib.h>

#include "platform/chart.h"
#include "platform/i18n.h"
#include "spaces/host.h"

static int by_value(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

/* Where the number taken may change while the space is open. */
static size_t cuts_of(struct ctx *c, const struct occupation *o, const struct space_row *s, day on,
		      const struct span *open, int64_t **out)
{
	int64_t *cuts = new_array(c, int64_t, 2 * o->taken.n + 2);
	size_t n = 0;
	cuts[n++] = open->from.v;
	for (size_t i = 0; i < o->taken.n; i++) {
		const struct taken *t = &o->taken.items[i];
		if (t->space.v != s->id.v || t->on_day.v != on.v)
			continue;
		if (t->from_minute.v > open->from.v && t->from_minute.v < open->to.v)
			cuts[n++] = t->from_minute.v;
		if (t->to_minute.v > open->from.v && t->to_minute.v < open->to.v)
			cuts[n++] = t->to_minute.v;
	}
	cuts[n++] = open->to.v;
	qsort(cuts, n, sizeof *cuts, by_value);
	*out = cuts;
	return n;
}

void host_pool_steps(struct ctx *c, const struct occupation *o, const struct space_row *s, day on,
		     const struct spans *hours, struct day_row *row)
{
	struct day_step *steps = new_array(c, struct day_step, (2 * o->taken.n + 2) * (hours->n + 1));
	for (size_t h = 0; h < hours->n; h++) {
		int64_t *cuts;
		size_t n = cuts_of(c, o, s, on, &hours->at[h], &cuts);
		for (size_t i = 0; i + 1 < n; i++) {
			if (cuts[i] == cuts[i + 1])
				continue;
			int64_t left = occupation_free(c, o, s, on, (minute){ cuts[i] },
						       (minute){ cuts[i + 1] });
			struct day_step *before = row->n_steps ? &steps[row->n_steps - 1] : NULL;
			if (before && before->to == (int)cuts[i] && before->free == left)
				before->to = (int)cuts[i + 1];
			else
				steps[row->n_steps++] = (struct day_step){ (int)cuts[i], (int)cuts[i + 1],
									   s->capacity - left, left,
									   left <= s->capacity / 4 };
		}
	}
	row->steps = steps;
	row->capacity = s->capacity;
}

bool day_line_holds(const struct day_line *k)
{
	return k->status != BOOKING_STATUS_NO_SHOW && k->status != BOOKING_STATUS_LATE_CANCELLATION;
}

void host_room_blocks(struct ctx *c, const struct space_row *s, const struct day_line_list *lines,
		      const struct host_workshop_list *workshops, day on, struct day_row *row)
{
	struct day_block *blocks = new_array(c, struct day_block, lines->n + 1);
	for (size_t i = 0; i < lines->n; i++) {
		const struct day_line *k = &lines->items[i];
		if (k->space.v != s->id.v || k->on_day.v != on.v || !day_line_holds(k))
			continue;
		enum day_tone tone = k->status == BOOKING_STATUS_REQUESTED ? DAY_ASKED
				     : workshop_of_room(workshops, k)	   ? DAY_WORKSHOP
				     : k->status == BOOKING_STATUS_PRESENT ? DAY_HERE
									   : DAY_BOOKED;
		blocks[row->n_blocks++] = (struct day_block){
			(int)k->from_minute.v, (int)k->to_minute.v, tone,
			k->purpose && *k->purpose ? k->purpose : k->name,
			k->purpose && *k->purpose ? k->name : k->sender
		};
	}
	row->blocks = blocks;
}

/* What of [from, to) is not open. */
static void closed_spans(struct ctx *c, const struct spans *hours, int from, int to, struct day_row *row)
{
	struct day_span *closed = new_array(c, struct day_span, hours->n + 1);
	int at = from;
	for (size_t i = 0; i < hours->n; i++) {
		if (hours->at[i].from.v > at)
			closed[row->n_closed++] = (struct day_span){ at, (int)hours->at[i].from.v };
		at = (int)hours->at[i].to.v;
	}
	if (at < to)
		closed[row->n_closed++] = (struct day_span){ at, to };
	row->closed = closed;
}

const char *host_row_note(struct ctx *c, const struct space_row *s)
{
	if (s->qualification && *s->qualification)
		return T(c, "host.qualified");
	return T_N(c, s->kind == SPACE_KIND_DESKS ? K("host.n_desks") : K("host.n_places"), s->capacity);
}

void host_shown_hours(const struct spans *hours, size_t n, int *from, int *to)
{
	*from = 24 * 60;
	*to = 0;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < hours[i].n; k++) {
			*from = hours[i].at[k].from.v < *from ? (int)hours[i].at[k].from.v : *from;
			*to = hours[i].at[k].to.v > *to ? (int)hours[i].at[k].to.v : *to;
		}
	if (*from >= *to) {
		*from = 9 * 60;
		*to = 18 * 60;
	}
	*from = *from / 60 * 60 - (*from >= 60 ? 60 : 0);
	*to = (*to + 59) / 60 * 60 + (*to <= 23 * 60 ? 60 : 0);
}

html host_timeline(struct ctx *c, const struct host_place *h, const struct occupation *o,
		   const struct day_line_list *lines, const struct host_workshop_list *workshops, day on)
{
	struct day_row *rows = new_array(c, struct day_row, h->spaces.n);
	struct spans *hours = new_array(c, struct spans, h->spaces.n);
	struct day_timeline d = { .title = T(c, "host.timeline"),
				  .scroll_title = T(c, "host.timeline"),
				  .rows = rows,
				  .n_rows = h->spaces.n,
				  .now = on.v == h->today.v ? (int)h->now.v : -1,
				  .now_label = fmt_minute(c, h->now),
				  .now_desc = fmt_minute(c, h->now),
				  .free_word = T(c, "place.free_one"),
				  .key_taken = T(c, "host.key_taken"),
				  .key_free = T(c, "host.key_free"),
				  .key_few = T(c, "host.key_few"),
				  .key_here = T(c, "host.key_here"),
				  .key_workshop = workshops->n ? T(c, "host.key_workshop") : NULL,
				  .key_closed = T(c, "host.legend_closed") };
	struct buf b;
	for (size_t i = 0; i < h->spaces.n; i++)
		if (occupation_hours(c, o, &h->place, &h->spaces.items[i], on, 1, &hours[i]) != OK)
			return (html){ NULL };
	host_shown_hours(hours, h->spaces.n, &d.from, &d.to);
	for (size_t i = 0; i < h->spaces.n; i++) {
		const struct space_row *s = &h->spaces.items[i];
		rows[i] = (struct day_row){ .name = s->name, .note = host_row_note(c, s), .desc = s->name };
		if (s->counted)
			host_pool_steps(c, o, s, on, &hours[i], &rows[i]);
		else
			host_room_blocks(c, s, lines, workshops, on, &rows[i]);
		closed_spans(c, &hours[i], d.from, d.to, &rows[i]);
	}
	buf_init(&b, c->mem, 8192);
	day_timeline(c, &b, &d);
	return (html){ b.s };
}
