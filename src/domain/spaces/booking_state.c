/* booking_state.c - what becomes of a booking once it is made. */
#include "base/civil.h"
#include "platform/db.h"
#include "spaces/booking.h"
#include "spaces/booking_sql.h"
#include "spaces/booking_step.h"
#include "spaces/space_sql.h"

/* Given back, unless its person is late and her right counts that. */
static rc cancel_count(struct ctx *c, const struct booking_row *b, enum count *out)
{
	struct place_row place;
	struct cancel_terms t;
	*out = COUNT_GIVEN_BACK;
	if (b->status != BOOKING_STATUS_CONFIRMED || !b->person.v || b->person.v != c->actor.person.v)
		return OK;
	TRY(place_get(c, b->community, &place));
	TRY(booking_cancel_terms(c, &place, b, &t));
	if (t.counts && c->now.v >= t.until.v)
		*out = COUNT_USED;
	return OK;
}

rc booking_cancel(struct ctx *c, booking_id id)
{
	struct step s;
	TRY(step_open(c, id, IN(REQUESTED) | IN(CONFIRMED) | IN(WAITING), "booking.cancel", &s));
	TRY(cancel_count(c, &s.b, &s.count));
	s.b.status = s.told = BOOKING_STATUS_CANCELLED;
	return steps_run(c, &s, 1);
}

rc booking_accept(struct ctx *c, booking_id id)
{
	struct step s;
	TRY(step_open(c, id, IN(REQUESTED), "booking.accept", &s));
	if (!is_none(s.b.expires_at) && s.b.expires_at.v <= c->now.v)
		return fail(c, E_GONE, "booking.request_expired");
	s.b.status = BOOKING_STATUS_CONFIRMED;
	return steps_run(c, &s, 1);
}

rc booking_refuse(struct ctx *c, booking_id id)
{
	struct step s;
	TRY(step_open(c, id, IN(REQUESTED), "booking.refuse", &s));
	s.count = COUNT_GIVEN_BACK;
	s.b.status = s.told = BOOKING_STATUS_REFUSED;
	return steps_run(c, &s, 1);
}

/* At the door: is she still entitled? */
static rc check_right(struct ctx *c, const struct booking_row *b)
{
	struct space_row space;
	struct place_row place;
	TRY(space_by_id(c, b->space, &space));
	TRY(place_get(c, b->community, &place));
	struct stay s = { .space = &space,
			  .place = &place,
			  .community = b->community,
			  .person = b->person,
			  .on_day = b->on_day,
			  .from = b->from_minute,
			  .to = b->to_minute,
			  .starts_at = b->starts_at,
			  .ends_at = b->ends_at,
			  .units = b->units,
			  .public_price = b->public_price,
			  .booking = b->id };
	const struct right_source *source = right_source_of(b->right_kind);
	return source ? source->check(c, &s, b) : fail(c, E_DENIED, "right.not_yours");
}

static rc set_arrived(struct ctx *c, struct step *s)
{
	if (s->b.on_day.v > day_at(c->now, s->b.zone).v)
		return fail(c, E_CONFLICT, "booking.not_yet");
	TRY(check_right(c, &s->b));
	s->b.arrived_at = c->now.v < s->b.ends_at.v ? c->now : s->b.starts_at;
	s->b.status = s->told = BOOKING_STATUS_PRESENT;
	s->count = COUNT_USED;
	if (s->before == BOOKING_STATUS_NO_SHOW)
		s->undone = BOOKING_STATUS_NO_SHOW;
	return OK;
}

rc booking_arrive(struct ctx *c, booking_id id)
{
	struct step s;
	TRY(step_open(c, id, IN(CONFIRMED) | IN(UNRECORDED) | IN(NO_SHOW), "booking.arrive", &s));
	TRY(set_arrived(c, &s));
	return steps_run(c, &s, 1);
}

rc booking_leave(struct ctx *c, booking_id id)
{
	struct step s;
	TRY(step_open(c, id, IN(PRESENT), "booking.leave", &s));
	s.b.status = BOOKING_STATUS_DONE;
	s.b.left_at = c->now;
	return steps_run(c, &s, 1);
}

static rc set_no_show(struct ctx *c, struct step *s)
{
	if (s->b.starts_at.v > c->now.v)
		return fail(c, E_CONFLICT, "booking.not_yet");
	TRY(no_show_count(c, &s->b, &s->count));
	s->b.arrived_at.v = s->b.left_at.v = NONE;
	s->b.settled_at = c->now;
	s->b.status = s->told = BOOKING_STATUS_NO_SHOW;
	return OK;
}

rc booking_no_show(struct ctx *c, booking_id id)
{
	struct step s;
	TRY(step_open(c, id, IN(CONFIRMED) | IN(UNRECORDED), "booking.no_show", &s));
	TRY(set_no_show(c, &s));
	return steps_run(c, &s, 1);
}

static int waiting_status(struct ctx *c, const struct booking_row *b)
{
	return b->ends_at.v <= c->now.v ? BOOKING_STATUS_UNRECORDED : BOOKING_STATUS_CONFIRMED;
}

rc booking_undo_arrive(struct ctx *c, booking_id id)
{
	struct step s;
	TRY(step_open(c, id, IN(PRESENT), "booking.undo_arrive", &s));
	s.undone = BOOKING_STATUS_PRESENT;
	s.b.arrived_at.v = NONE;
	s.b.status = s.b.walk_in ? BOOKING_STATUS_CANCELLED : waiting_status(c, &s.b);
	s.count = s.b.walk_in ? COUNT_GIVEN_BACK : COUNT_HELD;
	return steps_run(c, &s, 1);
}

rc booking_undo_leave(struct ctx *c, booking_id id)
{
	struct step s;
	TRY(step_open(c, id, IN(DONE), "booking.undo_leave", &s));
	if (s.b.on_day.v != day_at(c->now, s.b.zone).v)
		return fail(c, E_CONFLICT, "booking.day_is_over");
	s.b.status = BOOKING_STATUS_PRESENT;
	s.b.left_at.v = NONE;
	return steps_run(c, &s, 1);
}

rc booking_undo_no_show(struct ctx *c, booking_id id)
{
	struct step s;
	TRY(step_open(c, id, IN(NO_SHOW), "booking.undo_no_show", &s));
	s.undone = BOOKING_STATUS_NO_SHOW;
	s.b.settled_at.v = NONE;
	s.b.status = waiting_status(c, &s.b);
	s.count = COUNT_HELD;
	return steps_run(c, &s, 1);
}

/* ---- the end of a day ---- */

static rc set_came(struct ctx *c, struct step *s)
{
	if (s->before == BOOKING_STATUS_REQUESTED)
		return fail(c, E_CONFLICT, "booking.wrong_state");
	TRY(set_arrived(c, s));
	if (s->b.ends_at.v <= c->now.v) {
		s->b.status = BOOKING_STATUS_DONE;
		s->b.left_at = s->b.ends_at;
	}
	return OK;
}

static rc decide(struct ctx *c, struct step *s, bool came)
{
	bool there = s->before == BOOKING_STATUS_PRESENT || s->before == BOOKING_STATUS_DONE;
	if (came && !there)
		return set_came(c, s);
	if (came || s->before == BOOKING_STATUS_NO_SHOW)
		return OK;
	if (s->before == BOOKING_STATUS_REQUESTED)
		return fail(c, E_CONFLICT, "booking.wrong_state");
	if (there)
		s->undone = s->before;
	return set_no_show(c, s);
}

/* Nobody spoke of it: nothing is owed. */
static void let_go(struct ctx *c, struct step *s)
{
	if (s->b.status == BOOKING_STATUS_REQUESTED && s->b.starts_at.v <= c->now.v) {
		s->b.status = s->told = BOOKING_STATUS_EXPIRED;
		s->count = COUNT_GIVEN_BACK;
	}
	if (s->b.ends_at.v > c->now.v)
		return;
	if (s->b.status == BOOKING_STATUS_CONFIRMED)
		s->b.status = BOOKING_STATUS_UNRECORDED;
	if (s->b.status == BOOKING_STATUS_PRESENT) {
		s->b.status = BOOKING_STATUS_DONE;
		s->b.left_at = s->b.ends_at;
	}
}

#define OF_THE_DAY (IN(REQUESTED) | IN(CONFIRMED) | IN(PRESENT) | IN(DONE) | IN(UNRECORDED) | IN(NO_SHOW))

static rc hold_all(struct ctx *c, const struct bookings_of_day_row_list *l)
{
	int64_t capacity;
	for (size_t i = 0; i < l->n; i++)
		if (!i || l->items[i].space.v != l->items[i - 1].space.v)
			TRY(space_hold(c, l->items[i].space, &capacity));
	return OK;
}

rc day_close(struct ctx *c, community_id place, day d, const struct day_decision *decisions, size_t n)
{
	struct bookings_of_day_row_list l;
	size_t known = 0, n_steps = 0;
	TRY(bookings_of_day(c, place, d, &l));
	TRY(hold_all(c, &l));
	struct step *steps = new_array(c, struct step, l.n);
	for (size_t i = 0; i < l.n; i++) {
		struct step *s = &steps[n_steps];
		TRY(step_open(c, l.items[i].id, ~0u, "booking.close", s));
		if (!(OF_THE_DAY & (1u << s->before)))
			continue;
		for (size_t k = 0; k < n; k++)
			if (decisions[k].booking.v == s->b.id.v) {
				known++;
				TRY(decide(c, s, decisions[k].came));
			}
		let_go(c, s);
		if (s->b.status == s->before)
			continue;
		s->b.settled_at = c->now;
		n_steps++;
	}
	if (known != n)
		return fail(c, E_NOT_FOUND, "db.not_found");
	return steps_run(c, steps, n_steps);
}

rc bookings_cancel_within(struct ctx *c, community_id place, space_id space, day from, day to, int64_t *n)
{
	struct bookings_to_cancel_row_list l;
	int64_t capacity;
	TRY(bookings_to_cancel(c, place, space, from, to, c->now, &l));
	struct step *steps = new_array(c, struct step, l.n + 1);
	for (size_t i = 0; i < l.n; i++)
		if (!i || l.items[i].space.v != l.items[i - 1].space.v)
			TRY(space_hold(c, l.items[i].space, &capacity));
	for (size_t i = 0; i < l.n; i++) {
		TRY(step_open(c, l.items[i].id, IN(REQUESTED) | IN(CONFIRMED) | IN(WAITING), "booking.cancel",
			      &steps[i]));
		steps[i].count = COUNT_GIVEN_BACK;
		steps[i].b.status = steps[i].told = BOOKING_STATUS_CANCELLED;
	}
	*n = (int64_t)l.n;
	return steps_run(c, steps, l.n);
}

/* ---- jobs: one transaction each, so that nothing waits for a long one ---- */

static rc expire(struct ctx *c, void *arg)
{
	struct step s;
	TRY(step_open(c, *(const booking_id *)arg, IN(REQUESTED), "booking.expire", &s));
	if (s.b.starts_at.v > c->now.v && (is_none(s.b.expires_at) || s.b.expires_at.v > c->now.v))
		return OK; /* moved to another day since it was listed */
	s.b.status = s.told = BOOKING_STATUS_EXPIRED;
	s.count = COUNT_GIVEN_BACK;
	return steps_run(c, &s, 1);
}

static rc settle(struct ctx *c, void *arg)
{
	struct step s;
	TRY(step_open(c, *(const booking_id *)arg, IN(CONFIRMED) | IN(PRESENT), "booking.settle", &s));
	if (s.b.ends_at.v > c->now.v)
		return OK; /* made longer since */
	let_go(c, &s);
	return steps_run(c, &s, 1);
}

static rc read_expired(struct ctx *c, void *arg)
{
	return bookings_to_expire(c, c->now, arg);
}

static rc read_ended(struct ctx *c, void *arg)
{
	return bookings_to_settle(c, c->now, (instant){ c->now.v - 12 * 3600 }, arg);
}

/* Somebody was quicker: it is no longer in that state. */
static rc unless_moved(rc code)
{
	return code == E_CONFLICT ? OK : code;
}

rc bookings_expire(struct ctx *c)
{
	struct bookings_to_expire_row_list l;
	TRY(db_read(c, read_expired, &l));
	for (size_t i = 0; i < l.n; i++)
		TRY(unless_moved(db_write(c, expire, &l.items[i].id)));
	return OK;
}

rc bookings_unrecorded(struct ctx *c)
{
	struct bookings_to_settle_row_list l;
	TRY(db_read(c, read_ended, &l));
	for (size_t i = 0; i < l.n; i++)
		TRY(unless_moved(db_write(c, settle, &l.items[i].id)));
	return OK;
}
