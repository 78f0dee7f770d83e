/* demo_bookings.c - three months of bookings and some weeks to come. All is
 * planned first, then played in order of time through the domain's own
 * functions, c->now moving along, so that chains and counters are right and
 * what lies after today has not happened yet. */
#include <stdlib.h>
#include <string.h>

#include "app/demo_bookings_sql.h"
#include "app/demo_parts.h"
#include "base/civil.h"
#include "people/people.h"
#include "platform/db.h"
#include "spaces/booking.h"

enum { PAST_DAYS = 91, NEXT_DAYS = 21, EVENTS_AT_ONCE = 500 };

enum deed { CREATE, CANCEL, ACCEPT, REFUSE, ARRIVE, LEAVE, UNRECORDED, NO_SHOW };

struct plan {
	const struct guest *guest;
	int place;
	const struct space_row *space;
	day on;
	minute from, to;
	booking_id booking; /* once it is made */
	bool walk_in;
};

struct event {
	int64_t at;
	size_t plan, rank;
	enum deed deed;
};

struct show {
	struct demo *d;
	struct plan *plans;
	struct event *events;
	size_t n_plans, n_events, next;
};

static void add_event(struct show *s, instant at, enum deed deed)
{
	if (at.v > s->d->now.v)
		return;
	if ((s->n_events & 1023) == 0)
		s->events = talloc_realloc(s->d->mem, s->events, struct event, (unsigned)s->n_events + 1024);
	s->events[s->n_events] = (struct event){ at.v, s->n_plans - 1, s->n_events, deed };
	s->n_events++;
}

static struct plan *add_plan(struct show *s, struct plan p)
{
	if ((s->n_plans & 1023) == 0)
		s->plans = talloc_realloc(s->d->mem, s->plans, struct plan, (unsigned)s->n_plans + 1024);
	s->plans[s->n_plans] = p;
	return &s->plans[s->n_plans++];
}

static instant minute_at(day d, int64_t m)
{
	return local_to_utc(d, (minute){ m }, NULL);
}

/* What becomes of it: most people come; some cancel, some forget, some hosts do. */
static void add_fate(struct show *s, const struct plan *p)
{
	struct demo *d = s->d;
	int64_t dice = demo_dice(d, 100), late = demo_dice(d, 25) - 5, stay = p->to.v - demo_dice(d, 30);
	int64_t arrives = p->from.v + late < p->to.v ? p->from.v + late : p->from.v;
	if (dice < 6) {
		add_event(s, demo_at((day){ p->on.v - 1 }, 12, (int)demo_dice(d, 60)), CANCEL);
	} else if (dice < 10) {
		add_event(s, demo_at(p->on, 20, 30), UNRECORDED);
		if (dice < 8)
			add_event(s, demo_at((day){ p->on.v + 1 }, 9, 20), dice == 6 ? ARRIVE : NO_SHOW);
		if (dice == 6)
			add_event(s, demo_at((day){ p->on.v + 1 }, 9, 21), LEAVE);
	} else if (dice < 14) {
		add_event(s, demo_at(p->on, 19, 30), NO_SHOW);
	} else {
		add_event(s, minute_at(p->on, arrives), ARRIVE);
		add_event(s, minute_at(p->on, stay > arrives ? stay : p->to.v), LEAVE);
	}
}

static void add_stay(struct show *s, const struct guest *g, int place, const struct space_row *space, day on,
		     int64_t from, int64_t to)
{
	struct demo *d = s->d;
	int64_t dice = demo_dice(d, 10), lead = 1 + (dice < 4	? 0
						     : dice < 8 ? demo_dice(d, 7)
								: demo_dice(d, NEXT_DAYS));
	day asked = { on.v - lead };
	if (asked.v > d->today.v)
		asked = d->today;
	instant at = demo_at(asked, asked.v == d->today.v ? 7 : 8 + (int)demo_dice(d, 12),
			     (int)demo_dice(d, 60));
	struct plan *p = add_plan(s, (struct plan){ g, place, space, on, { from }, { to }, { 0 }, false });
	add_event(s, at, CREATE);
	if (space->needs_approval) {
		bool refused = demo_dice(d, 5) == 0;
		int64_t answer = at.v + 3600 * (2 + demo_dice(d, 12)), start = minute_at(on, from).v;
		add_event(s, (instant){ answer < start ? answer : (at.v + start) / 2 },
			  refused ? REFUSE : ACCEPT);
		if (refused)
			return;
	}
	add_fate(s, p);
}

/* Desks most of the time; a room, a bench, a machine now and then. */
static const struct space_row *pick_space(struct demo *d, int place)
{
	const struct space_row_list *l = &d->sites[place].spaces;
	const struct space_row *space = &l->items[demo_dice(d, 3) ? 0 : (size_t)demo_dice(d, (int64_t)l->n)];
	return space->qualification ? &l->items[0] : space;
}

static void plan_day(struct show *s, const struct guest *g, day on)
{
	static const int64_t spans[][2] = { { 540, 1020 }, { 540, 1140 }, { 570, 1050 }, { 540, 750 },
					    { 840, 1080 }, { 600, 960 },  { 780, 1140 }, { 540, 720 } };
	struct demo *d = s->d;
	if (demo_dice(d, 1000) >= g->rate)
		return;
	int place = g->places[demo_dice(d, 5) == 0];
	const struct space_row *space = pick_space(d, place);
	size_t which = (size_t)demo_dice(d, sizeof spans / sizeof *spans);
	if (space->kind != SPACE_KIND_DESKS)
		which = 3 + which % 2;
	if (weekday_of(on) == 5)
		which = 7;
	add_stay(s, g, place, space, on, spans[which][0], spans[which][1]);
}

static int event_order(const void *a, const void *b)
{
	const struct event *x = a, *y = b;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->rank < y->rank ? -1 : x->rank > y->rank;
}

/* ---- playing ---- */

static void act_as(struct ctx *c, const struct demo *d, person_id person, membership_id membership,
		   int community)
{
	c->actor = (struct actor){ .person = person,
				   .membership = membership,
				   .community = d->communities[community] };
}

/* Nobody's fault: full, closed that day, no day left, no right. */
static rc unless_refused(rc code)
{
	return code == E_CONFLICT || code == E_INVALID || code == E_QUOTA || code == E_DENIED ? OK : code;
}

static rc create(struct ctx *c, const struct demo *d, struct plan *p)
{
	struct membership_row_list memberships;
	struct booking_wish w = { .walk_in = p->walk_in };
	struct booking_row b;
	act_as(c, d, p->guest->person, p->guest->membership, p->guest->community);
	rc code = stay_make(c, p->space, &d->sites[p->place].place, p->on, p->from, p->to, 1, &w.span);
	if (code != OK)
		return unless_refused(code);
	TRY(memberships_on(c, p->guest->person, p->on, &memberships));
	w.span.person = p->guest->person;
	w.span.memberships = &memberships;
	code = booking_create(c, &w, &b);
	if (code == OK)
		p->booking = b.id;
	return unless_refused(code);
}

static rc play(struct ctx *c, const struct demo *d, struct plan *p, enum deed deed)
{
	if (deed == CREATE)
		return create(c, d, p);
	if (!p->booking.v)
		return OK;
	if (deed != CANCEL)
		act_as(c, d, d->staff[p->place], d->staff_membership[p->place], p->place);
	else
		act_as(c, d, p->guest->person, p->guest->membership, p->guest->community);
	switch (deed) {
	case CANCEL: return unless_refused(booking_cancel(c, p->booking));
	case ACCEPT: return unless_refused(booking_accept(c, p->booking));
	case REFUSE: return unless_refused(booking_refuse(c, p->booking));
	case ARRIVE: return unless_refused(booking_arrive(c, p->booking));
	case LEAVE: return unless_refused(booking_leave(c, p->booking));
	case NO_SHOW: return unless_refused(booking_no_show(c, p->booking));
	default: return demo_unrecorded(c, p->booking, NULL);
	}
}

static rc play_some(struct ctx *c, void *arg)
{
	struct show *s = arg;
	for (size_t n = 0; n < EVENTS_AT_ONCE && s->next < s->n_events; n++, s->next++) {
		const struct event *e = &s->events[s->next];
		c->now.v = e->at;
		TRY(play(c, s->d, &s->plans[e->plan], e->deed));
	}
	return OK;
}

static rc play_all(struct ctx *c, struct show *s)
{
	TALLOC_CTX *mem = c->mem;
	struct actor before = c->actor;
	rc code = OK;
	qsort(s->events, s->n_events, sizeof *s->events, event_order);
	while (s->next < s->n_events && code == OK) {
		c->mem = talloc_named_const(mem, 0, "some events");
		code = db_write(c, play_some, s);
		talloc_free(c->mem);
	}
	c->mem = mem;
	c->now = s->d->now;
	c->actor = before;
	return code;
}

rc demo_bookings(struct ctx *c, struct demo *d)
{
	struct show s = { .d = d };
	for (int64_t i = d->today.v - PAST_DAYS; i <= d->today.v + NEXT_DAYS; i++)
		for (size_t g = 0; g < d->n_guests; g++)
			plan_day(&s, &d->guests[g], (day){ i });
	return play_all(c, &s);
}
