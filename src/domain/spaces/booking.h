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
 *   E_INVALID  booking.past, booking.closed, booking.granule, booking.too_short,
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

/* Until when its person may cancel and have everything back. */
instant booking_cancel_until(const struct place_row *place, const struct booking_row *b);

/* Changes of state. Each checks the state it finds under a lock:
 * E_CONFLICT booking.wrong_state. Inside db_write. */
rc booking_cancel(struct ctx *c, booking_id id);	 /* by its person, or the host */
rc booking_accept(struct ctx *c, booking_id id);
rc booking_refuse(struct ctx *c, booking_id id);
rc booking_arrive(struct ctx *c, booking_id id);	 /* confirmed, unrecorded or no_show -> present; the counters are used, the fact told */
rc booking_leave(struct ctx *c, booking_id id);		 /* present -> done */
rc booking_no_show(struct ctx *c, booking_id id);	 /* confirmed or unrecorded -> no_show */
rc booking_undo_arrive(struct ctx *c, booking_id id);	 /* present -> confirmed: the fact is taken back */

#endif
