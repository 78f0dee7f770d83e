/* booking.h - holding a space for a while. Live bookings of a space never
 * exceed its capacity at any instant; spans are half-open. One booking lies in
 * one civil day of its place; a longer stay is several bookings of one batch.
 * Strings live in the request's memory.
 *
 * requested -> confirmed -> present -> done; waiting, cancelled, refused,
 * expired, unrecorded, no_show. Only the host, closing the day, makes an
 * unrecorded booking present or no_show; unrecorded posts nothing. */
#ifndef MAILLAGE_BOOKING_H
#define MAILLAGE_BOOKING_H

#include "spaces/right.h"
#include "spaces/space.h"

#define REQUEST_SECONDS (3 * 86400) /* a request nobody answers expires, at the latest when it would start */

/* Check a wanted span against the space's rules and fill s. `now` is c->now.
 *   E_INVALID  booking.past, booking.closed[_hours|_for], booking.granule, booking.too_short,
 *              booking.too_long, booking.notice, booking.horizon, booking.units */
rc stay_make(struct ctx *c, const struct space_row *space, const struct place_row *place, day d, minute from, minute to,
	     int64_t units, struct stay *s);

/* The least that is free at any instant of the span, `except` left out. */
rc stay_free(struct ctx *c, const struct stay *s, booking_id except, int64_t *units);

/* Every way to have the span: cheapest first, the chosen one marked. Offers
 * that do not apply come last with the reason. s->person and s->memberships
 * must be set. `choice` is an offer's key, or NULL for the best. */
rc stay_quote(struct ctx *c, struct stay *s, const char *choice, struct right_offer_list *out);

/* Hold the span on the chosen right. Inside db_write.
 *   E_CONFLICT booking.full, booking.charter_first
 *   E_QUOTA    right.quota_spent
 *   E_DENIED   right.not_yours, booking.not_qualified */
struct booking_wish {
	struct stay span;
	const char *choice;	/* an offer's key, or NULL */
	const char *guest;	/* instead of a person */
	const char *purpose;
	const char *batch;	/* or NULL */
	bool walk_in;		/* arrives now: present at once */
	bool approved;		/* by the host: no request, whatever the space asks */
};
rc booking_create(struct ctx *c, const struct booking_wish *w, struct booking_row *out);

/* A longer stay: n wishes, one a day, made together under one batch (theirs, or
 * a new one), each at its own day's price; all of them or none. out has room for n. */
rc booking_create_all(struct ctx *c, const struct booking_wish *w, size_t n, struct booking_row *out);

/* Somebody is at the door: from the last granule on, until `until` of today (NONE: as
 * long as the space allows, at most to closing). Notice and opening do not matter;
 * capacity and rights do. She is present at once. s is filled for a quote. */
rc stay_now(struct ctx *c, const struct space_row *space, const struct place_row *place, minute until, int64_t units,
	    struct stay *s);

/* Until when its person may cancel and have everything back: as her right says,
 * else as the place does. Past it she still may, but what it counted stays used
 * (late_at says so, she is told and can contest it), unless her right says that
 * it is free. The host, cancelling, always gives everything back. */
rc booking_cancel_terms(struct ctx *c, const struct place_row *place, const struct booking_row *b,
			struct cancel_terms *out);
/* What the place alone says. */
instant booking_cancel_until(const struct place_row *place, const struct booking_row *b);

/* The same booking at another span (s by stay_make, person and memberships
 * set; the same place), on the same right, quoted again. Asks again where the
 * space asks for approval.
 *   E_CONFLICT booking.full, booking.wrong_state, booking.too_late (for its
 *              person, once cancelling counts: moving would be a way around it)
 *   E_DENIED   right.not_yours   E_QUOTA right.quota_spent
 * On any failure the old one stays as it was. Inside db_write. */
rc booking_change(struct ctx *c, booking_id id, const struct stay *s, struct booking_row *out);

/* Changes of state. Each checks the state it finds under a lock:
 * E_CONFLICT booking.wrong_state. Inside db_write. */
rc booking_cancel(struct ctx *c, booking_id id);	 /* by its person, or the host */
rc booking_accept(struct ctx *c, booking_id id);
rc booking_refuse(struct ctx *c, booking_id id);
/* Confirmed, unrecorded or no_show -> present: the counters are used, the fact
 * told. E_CONFLICT booking.not_yet before its day; E_DENIED when she lost the right. */
rc booking_arrive(struct ctx *c, booking_id id);
rc booking_leave(struct ctx *c, booking_id id);		 /* present -> done */
rc booking_no_show(struct ctx *c, booking_id id);	 /* confirmed or unrecorded, begun -> no_show */
/* Taken back: the fact too. */
rc booking_undo_arrive(struct ctx *c, booking_id id);	 /* present -> confirmed; past: unrecorded; a walk-in: cancelled */
rc booking_undo_leave(struct ctx *c, booking_id id);	 /* done -> present, on its day */
rc booking_undo_no_show(struct ctx *c, booking_id id);	 /* no_show -> confirmed or unrecorded */

/* Closing a day: the host says of each booking whether she came. Who is still
 * present has left; what ended and nobody spoke of is unrecorded and owes
 * nothing. May be done again. E_NOT_FOUND for a booking of another place or day. */
struct day_decision {
	booking_id booking;
	bool came;
};
rc day_close(struct ctx *c, community_id place, day d, const struct day_decision *l, size_t n);

/* The place closes: what is booked of it, or of one space, on those days and is
 * to come is cancelled, everything given back, each told. Inside db_write. */
rc bookings_cancel_within(struct ctx *c, community_id place, space_id space, day from, day to, int64_t *n);

/* Jobs: requests nobody answered expire; ended and never recorded is unrecorded. */
rc bookings_expire(struct ctx *c);
rc bookings_unrecorded(struct ctx *c);

#endif
