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

enum { PAST_DAYS = 91, NEXT_DAYS = 21 };

struct plan {
	const struct guest *guest;
	int place;
	const struct space_row *space;
	day on;
	minute from, to;
	const char *purpose;
	const char *visitor; /* somebody without an account, for whom the host books */
	bool walk_in;
	booking_id booking; /* once it is made */
};

static instant minute_at(day d, int64_t m)
{
	return local_to_utc(d, (minute){ m }, NULL);
}

/* ---- what is done to a planned booking, when its time comes ---- */

static rc book(struct ctx *c, const struct demo *d, struct plan *p)
{
	struct membership_row_list memberships = { 0 };
	struct booking_wish w = { .walk_in = p->walk_in, .purpose = p->purpose, .guest = p->visitor };
	struct booking_row b;
	TRY(stay_make(c, p->space, &d->sites[p->place].place, p->on, p->from, p->to, 1, &w.span));
	if (!p->visitor) {
		TRY(memberships_on(c, p->guest->person, p->on, &memberships));
		w.span.person = p->guest->person;
	}
	w.span.memberships = &memberships;
	TRY(booking_create(c, &w, &b));
	p->booking = b.id;
	return OK;
}

static rc create(struct ctx *c, struct demo *d, void *plan)
{
	struct plan *p = plan;
	if (p->visitor || p->walk_in)
		demo_as_staff(c, d, p->place);
	else
		demo_as_guest(c, d, p->guest);
	return demo_unless_refused(book(c, d, p));
}

static rc cancel(struct ctx *c, struct demo *d, void *plan)
{
	const struct plan *p = plan;
	demo_as_guest(c, d, p->guest);
	return p->booking.v ? demo_unless_refused(booking_cancel(c, p->booking)) : OK;
}

static rc by_host(struct ctx *c, struct demo *d, const struct plan *p,
		  rc (*deed)(struct ctx *c, booking_id id))
{
	demo_as_staff(c, d, p->place);
	return p->booking.v ? demo_unless_refused(deed(c, p->booking)) : OK;
}

static rc accept_it(struct ctx *c, struct demo *d, void *plan)
{
	return by_host(c, d, plan, booking_accept);
}

static rc refuse(struct ctx *c, struct demo *d, void *plan)
{
	return by_host(c, d, plan, booking_refuse);
}

static rc arrive(struct ctx *c, struct demo *d, void *plan)
{
	return by_host(c, d, plan, booking_arrive);
}

static rc leave(struct ctx *c, struct demo *d, void *plan)
{
	return by_host(c, d, plan, booking_leave);
}

static rc no_show(struct ctx *c, struct demo *d, void *plan)
{
	return by_host(c, d, plan, booking_no_show);
}

static rc unrecorded(struct ctx *c, struct demo *d, void *plan)
{
	const struct plan *p = plan;
	(void)d;
	return p->booking.v ? demo_unrecorded(c, p->booking, NULL) : OK;
}

/* ---- the plan ---- */

static struct plan *plan_new(struct demo *d, struct plan p)
{
	struct plan *out = talloc(d->mem, struct plan);
	*out = p;
	return out;
}

/* What becomes of it: most people come; some cancel, some forget, some hosts do. */
static void add_fate(struct demo *d, struct plan *p)
{
	int64_t dice = demo_dice(d, 100), late = demo_dice(d, 25) - 5, stay = p->to.v - demo_dice(d, 30);
	int64_t arrives = p->from.v + late < p->to.v ? p->from.v + late : p->from.v;
	if (dice < 6) {
		demo_when(d, demo_at((day){ p->on.v - 1 }, 12, (int)demo_dice(d, 60)), cancel, p);
	} else if (dice < 10) {
		demo_when(d, demo_at(p->on, 20, 30), unrecorded, p);
		if (dice < 8)
			demo_when(d, demo_at((day){ p->on.v + 1 }, 9, 20), dice == 6 ? arrive : no_show, p);
		if (dice == 6)
			demo_when(d, demo_at((day){ p->on.v + 1 }, 9, 21), leave, p);
	} else if (dice < 14) {
		demo_when(d, demo_at(p->on, 19, 30), no_show, p);
	} else {
		demo_when(d, minute_at(p->on, arrives), arrive, p);
		demo_when(d, minute_at(p->on, stay > arrives ? stay : p->to.v), leave, p);
	}
}

static void add_stay(struct demo *d, const struct guest *g, int place, const struct space_row *space, day on,
		     int64_t from, int64_t to)
{
	int64_t dice = demo_dice(d, 10), lead = 1 + (dice < 4	? 0
						     : dice < 8 ? demo_dice(d, 7)
								: demo_dice(d, NEXT_DAYS));
	day asked = { on.v - lead };
	if (asked.v > d->today.v)
		asked = d->today;
	instant at = demo_at(asked, asked.v == d->today.v ? 7 : 8 + (int)demo_dice(d, 12),
			     (int)demo_dice(d, 60));
	struct plan *p = plan_new(d, (struct plan){ .guest = g,
						    .place = place,
						    .space = space,
						    .on = on,
						    .from = { from },
						    .to = { to } });
	demo_when(d, at, create, p);
	if (space->needs_approval) {
		bool refused = demo_dice(d, 5) == 0;
		int64_t answer = at.v + 3600 * (2 + demo_dice(d, 12)), start = minute_at(on, from).v;
		demo_when(d, (instant){ answer < start ? answer : (at.v + start) / 2 },
			  refused ? refuse : accept_it, p);
		if (refused)
			return;
	}
	add_fate(d, p);
}

/* Desks most of the time; a room, a bench, a machine now and then. */
static const struct space_row *pick_space(struct demo *d, int place)
{
	const struct space_row_list *l = &d->sites[place].spaces;
	const struct space_row *space = &l->items[demo_dice(d, 3) ? 0 : (size_t)demo_dice(d, (int64_t)l->n)];
	return space->qualification ? &l->items[0] : space;
}

static void plan_day(struct demo *d, const struct guest *g, day on)
{
	static const int64_t spans[][2] = { { 540, 1020 }, { 540, 1140 }, { 570, 1050 }, { 540, 750 },
					    { 840, 1080 }, { 600, 960 },  { 780, 1140 }, { 540, 720 } };
	if (demo_dice(d, 1000) >= g->rate)
		return;
	int place = g->places[demo_dice(d, 5) == 0];
	const struct space_row *space = pick_space(d, place);
	size_t which = (size_t)demo_dice(d, sizeof spans / sizeof *spans);
	if (space->kind != SPACE_KIND_DESKS)
		which = 3 + which % 2;
	if (weekday_of(on) == 5)
		which = 7;
	add_stay(d, g, place, space, on, spans[which][0], spans[which][1]);
}

/* A day that the host has under her eyes: TODAY(person, space, from, to, what). */
static const struct {
	int person, space, from, to;
	const char *what;
} today_at_noyer[] = {
	{ P_INES, 0, 540, 1020, "here" },	{ P_THEO, 0, 540, 1080, "here" },
	{ P_LINA, 0, 570, 1050, "here" },	{ P_KARIM, 0, 540, 1140, "here" },
	{ P_HELENE, 0, 600, 1020, "late" },	{ P_YANIS, 0, 840, 1140, "later" },
	{ P_SAMIRA, 0, 540, 720, "gone" },	{ P_SIMON, 1, 630, 720, "here" },
	{ P_NADIA, 2, 840, 1080, "later" },	{ P_KARIM, 3, 840, 960, "later" },
	{ P_BASTIEN, 0, 600, 1140, "walk-in" }, { P_INES, 4, 900, 1020, "asked" },
	{ P_LINA, 1, 840, 960, "later" },	{ P_NADIA, 0, 540, 720, "cancelled" },
	{ P_YANIS, 0, 540, 720, "yesterday" },	{ P_BASTIEN, 0, 780, 1140, "yesterday" },
};

static const struct guest *guest_of(const struct demo *d, person_id person)
{
	for (size_t i = 0; i < d->n_guests; i++)
		if (d->guests[i].person.v == person.v)
			return &d->guests[i];
	return &d->guests[0];
}

static void plan_today_row(struct demo *d, const struct plan *row, const char *what)
{
	bool yesterday = strcmp(what, "yesterday") == 0, walk_in = strcmp(what, "walk-in") == 0;
	struct plan *p = plan_new(d, *row);
	instant asked = demo_at((day){ p->on.v - 2 }, 10 + (int)demo_dice(d, 8), (int)demo_dice(d, 60));
	p->walk_in = walk_in;
	if (p->space->kind == SPACE_KIND_ROOM)
		p->purpose = "Réunion";
	if (walk_in) {
		demo_when(d, demo_at(p->on, 10, 12), create, p);
		return;
	}
	demo_when(d, strcmp(what, "asked") == 0 ? demo_at(p->on, 8, 20) : asked, create, p);
	if (yesterday)
		demo_when(d, demo_at(p->on, 20, 30), unrecorded, p);
	else if (strcmp(what, "cancelled") == 0)
		demo_when(d, demo_at((day){ p->on.v - 1 }, 16, 5), cancel, p);
	else if (strcmp(what, "here") == 0 || strcmp(what, "gone") == 0)
		demo_when(d, minute_at(p->on, p->from.v + demo_dice(d, 9)), arrive, p);
	if (strcmp(what, "gone") == 0)
		demo_when(d, demo_at(p->on, 10, 31), leave, p);
}

/* The last day that offices work before this one. */
static day day_before(day on)
{
	const char *keys[HOLIDAYS_A_DAY];
	do
		on.v--;
	while (weekday_of(on) > 4 || holidays_on(on, HOLIDAY_TERRITORY_METROPOLE, keys));
	return on;
}

static void plan_today(struct demo *d)
{
	for (size_t i = 0; i < sizeof today_at_noyer / sizeof *today_at_noyer; i++) {
		bool yesterday = strcmp(today_at_noyer[i].what, "yesterday") == 0;
		struct plan p = {
			.guest = guest_of(d, d->persons[today_at_noyer[i].person]),
			.place = C_NOYER,
			.space = &d->sites[C_NOYER].spaces.items[today_at_noyer[i].space],
			.on = yesterday ? day_before(d->today) : d->today,
			.from = { today_at_noyer[i].from },
			.to = { today_at_noyer[i].to },
		};
		plan_today_row(d, &p, today_at_noyer[i].what);
	}
	struct plan *visitor = plan_new(d, (struct plan){ .guest = guest_of(d, d->persons[P_LINA]),
							  .place = C_NOYER,
							  .space = &d->sites[C_NOYER].spaces.items[0],
							  .on = d->today,
							  .from = { 600 },
							  .to = { 720 },
							  .walk_in = true,
							  .visitor = "Maud, amie de Lina" });
	demo_when(d, demo_at(d->today, 10, 20), create, visitor);
}

/* Months ago some tried another place, once: bridges that sleep since. */
static void plan_first_tries(struct demo *d)
{
	for (size_t i = 0; i < d->n_guests; i += 5) {
		const struct guest *g = &d->guests[i];
		day on = { d->today.v - PAST_DAYS - 5 - demo_dice(d, 40) };
		while (weekday_of(on) > 4)
			on.v--;
		if (d->kinds[g->community] == COMMUNITY_KIND_CAE)
			add_stay(d, g, g->places[1], &d->sites[g->places[1]].spaces.items[0], on, 540, 1020);
	}
}

void demo_plan_bookings(struct demo *d)
{
	plan_today(d);
	plan_first_tries(d);
	for (int64_t i = d->today.v - PAST_DAYS; i <= d->today.v + NEXT_DAYS; i++)
		for (size_t g = 0; g < d->n_guests; g++)
			plan_day(d, &d->guests[g], (day){ i });
}
