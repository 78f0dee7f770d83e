#include <ctype.h>
#include <string.h>

#include "base/civil.h"
#include "base/fold.h"
#include "platform/i18n.h"
#include "spaces/contest_sql.h"
#include "spaces/host.h"
#include "spaces/host_day_sql.h"
#include "spaces/marks.h"
#include "spaces/space_sql.h"
#include "spaces/tariff.h"

host_workshops_fn *host_workshops;

#define LATE_MINUTES 15
#define NOON	     (13 * 60)
#define HERE_MOST    8 /* a longer list of who is here shows the first, and leads to the others */
#define HERE_SHOWN   6

rc host_place_open(struct ctx *c, struct host_place *out)
{
	struct community_row row;
	if (!c->actor.community.v || !(c->actor.roles & (ROLE_HOST | ROLE_MANAGER)))
		return fail(c, E_DENIED, "actor.role_missing");
	TRY(community_get(c, c->actor.community, &row));
	if (!row.is_place)
		return fail(c, E_DENIED, "actor.role_missing");
	TRY(community_card_get(c, c->actor.community, &out->card));
	TRY(place_get(c, c->actor.community, &out->place));
	TRY(spaces_of_place(c, c->actor.community, &out->spaces));
	utc_to_local(c->now, out->place.zone, &out->today, &out->now);
	return OK;
}

static void add(struct ctx *c, struct host_line_list *l, size_t most, const struct host_line *line)
{
	if (!l->items)
		l->items = new_array(c, struct host_line, most);
	l->items[l->n++] = *line;
}

static const char *initial_of(struct ctx *c, const char *name)
{
	size_t n = name[0] != 0;
	while (((unsigned char)name[n] & 0xc0) == 0x80)
		n++;
	return talloc_strndup(c->mem, name, n);
}

/* Does the search, folded, find this line? Case and accents do not count. */
static bool matches(struct ctx *c, const struct day_line *k, const char *q)
{
	const char *const all[] = { k->name, k->sender, k->purpose, k->space_name };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (!*q || (all[i] && strstr(fold(c, all[i]), q)))
			return true;
	return false;
}

static void place_line(struct ctx *c, struct host_day *v, size_t most, const struct host_line *line)
{
	const struct day_line *k = &line->who;
	bool over = k->ends_at.v <= c->now.v;
	switch (k->status) {
	case BOOKING_STATUS_REQUESTED: add(c, &v->asks, most, line); break;
	case BOOKING_STATUS_PRESENT: add(c, &v->here, most, line); break;
	case BOOKING_STATUS_CONFIRMED:
	case BOOKING_STATUS_UNRECORDED:
		if (over)
			add(c, &v->unsettled, most, line);
		else if (k->from_minute.v < NOON || k->starts_at.v <= c->now.v + 1800)
			add(c, &v->now, most, line);
		else
			add(c, &v->afternoon, most, line);
		break;
	default: add(c, &v->gone, most, line);
	}
}

static void count(struct host_day *v, const struct host_line *line, bool over)
{
	const struct day_line *k = &line->who;
	if (k->status == BOOKING_STATUS_PRESENT)
		v->present += k->units;
	if (k->status == BOOKING_STATUS_CONFIRMED && !over)
		v->expected += k->units;
	v->late += line->late > 0;
	if (k->status == BOOKING_STATUS_CONFIRMED || k->status == BOOKING_STATUS_PRESENT)
		v->to_cash.v += k->price.v;
}

const struct host_workshop *workshop_of_room(const struct host_workshop_list *workshops,
					     const struct day_line *k)
{
	for (size_t i = 0; i < workshops->n; i++)
		if (strcmp(workshops->items[i].booking.s, k->pub.s) == 0)
			return &workshops->items[i];
	return NULL;
}

static void fill_lines(struct ctx *c, const struct host_place *h, const struct day_line_list *l,
		       struct host_day *v)
{
	const char *wanted = fold(c, v->q ? v->q : "");
	for (size_t i = 0; i < l->n; i++) {
		if (workshop_of_room(&v->workshops, &l->items[i]))
			continue;
		struct host_line line = { .who = l->items[i],
					  .initial = initial_of(c, l->items[i].name),
					  .may_arrive = v->on_day.v <= h->today.v };
		line.who.right_label = right_words(c, line.who.right_kind, line.who.right_label);
		int64_t late = (c->now.v - line.who.starts_at.v) / 60;
		bool over = line.who.ends_at.v <= c->now.v;
		if (line.who.status == BOOKING_STATUS_CONFIRMED && late >= LATE_MINUTES && !over)
			line.late = late;
		if (!is_none(line.who.arrived_at)) {
			day d;
			minute m;
			utc_to_local(line.who.arrived_at, h->place.zone, &d, &m);
			line.since = fmt_minute(c, m);
		}
		count(v, &line, over);
		if (matches(c, &line.who, wanted))
			place_line(c, v, l->n, &line);
	}
}

static void count_free(struct ctx *c, const struct host_place *h, const struct occupation *o,
		       struct host_day *v)
{
	minute at = v->is_today ? h->now : (minute){ 12 * 60 };
	for (size_t i = 0; i < h->spaces.n; i++) {
		const struct space_row *s = &h->spaces.items[i];
		if (s->kind != SPACE_KIND_DESKS)
			continue;
		v->capacity += s->capacity;
		v->free += occupation_free(c, o, s, v->on_day, at, (minute){ at.v + 1 });
	}
}

rc host_day_fill(struct ctx *c, const struct host_place *h, const struct host_query *ask, struct host_day *v)
{
	struct occupation taken;
	struct requests_elsewhere_row elsewhere;
	struct day_line_list lines;
	struct spans hours;
	*v = (struct host_day){ .place = h->card,
				.on_day = is_none(ask->day) ? h->today : ask->day,
				.q = ask->q,
				.no_space = h->spaces.n == 0 };
	v->before.v = v->on_day.v - 1;
	v->after.v = v->on_day.v + 1;
	v->is_today = v->on_day.v == h->today.v;
	v->is_past = v->on_day.v < h->today.v;
	TRY(occupation_read(c, h->card.id, v->on_day, v->on_day, &taken));
	TRY(occupation_hours(c, &taken, &h->place, NULL, v->on_day, 1, &hours));
	TRY(host_day_lines(c, h->card.id, v->on_day, v->on_day, &lines));
	v->hours = spans_words(c, &hours);
	if (host_workshops)
		TRY(host_workshops(c, h->card.id, v->on_day, v->on_day, &v->workshops));
	fill_lines(c, h, &lines, v);
	v->shown = (int64_t)v->here.n;
	if (v->here.n > HERE_MOST && !ask->all && !(v->q && *v->q))
		v->shown = HERE_SHOWN;
	v->beyond = (int64_t)v->here.n - v->shown;
	count_free(c, h, &taken, v);
	v->timeline = host_timeline(c, h, &taken, &lines, &v->workshops, v->on_day);
	TRY(requests_elsewhere(c, h->card.id, v->on_day, c->now, &elsewhere));
	TRY(contests_waiting(c, h->card.id, &v->contests));
	v->requests = elsewhere.n;
	v->first_request = elsewhere.first;
	TRY(chores_of_day(c, h->card.id, v->on_day, &v->chores));
	return walk_in_fill(c, h, ask, v);
}
