/* right.h - ports of the spaces slice. Spaces know nothing of conventions:
 * whoever can give a right to use a space implements right_source, whoever
 * must know that a presence happened implements fact_sink, and app/wiring.c
 * plugs both in. All calls run in the caller's transaction. */
#ifndef MAILLAGE_RIGHT_H
#define MAILLAGE_RIGHT_H

#include "ledger/counter.h"
#include "people/people.h"
#include "spaces/right_shape.h"

/* A span somebody wants: one space, one civil day. */
struct stay {
	const struct space_row *space;
	const struct place_row *place;
	community_id community;	/* the place */
	person_id person;	/* none: a guest without an account */
	const struct membership_row_list *memberships; /* hers, on that day */
	day on_day;
	minute from, to;	/* to > from, at most 1440 */
	instant starts_at, ends_at;
	int64_t units;
	money public_price;	/* computed by spaces before sources are asked */
	booking_id booking;	/* when re-checked at use or changed; 0 at quote time */
	const struct tariffs_on_row_list *tariffs; /* of the place that day, once read (tariff.c) */
};

/* Until when its person may cancel for nothing, and whether it counts past that. */
struct cancel_terms {
	instant until;
	bool counts;
};

struct right_source {
	int kind; /* enum right_kind */

	/* Append every offer this source has for the span, those that do not
	 * apply included, with the reason. Reads only. */
	rc (*quote)(struct ctx *c, const struct stay *s, struct right_offer_list *out);

	/* Keep what the offer counts for this booking (counters via booking_hold).
	 *   E_QUOTA, E_DENIED (no longer entitled), E_CONFLICT (charter missing) */
	rc (*hold)(struct ctx *c, const struct stay *s, const struct right_offer *o, booking_id booking);

	/* Is she still entitled, at the door? OK or the reason. */
	rc (*check)(struct ctx *c, const struct stay *s, const struct booking_row *b);

	/* Does who did not come use what was held? NULL: yes. */
	rc (*no_show_counts)(struct ctx *c, const struct booking_row *b, bool *counts);
	/* What it says of who cancels too late; *out holds what is so where it says
	 * nothing: the deadline of the place, and a no-show. NULL: it says nothing. */
	rc (*late)(struct ctx *c, const struct booking_row *b, struct cancel_terms *out);

	/* Its person accepts the charter of an offer at the place itself, before the
	 * host. NULL: there is no charter. */
	rc (*accept_charter)(struct ctx *c, const struct stay *s, const struct right_offer *o);
	/* Its line of the audit, once nothing else is to be locked. */
	rc (*note_charter)(struct ctx *c, const struct stay *s, const struct right_offer *o);

	/* May what was given back of this booking count again (a correction)? Its own counters are
	 * asked after this. NULL: nothing else counts.
	 *   E_QUOTA right.quota_spent */
	rc (*again)(struct ctx *c, const struct booking_row *b);

	/* Does an offer of this source go on with the right of a booking, under
	 * whatever id? NULL: when its id is the same. */
	rc (*goes_on)(struct ctx *c, const struct booking_row *b, const struct right_offer *o, bool *same);
};

/* Told, in the same transaction, of what happened with a booking. `status` is
 * the new one: PRESENT or NO_SHOW when it counts, CANCELLED... when it was
 * given back, or with late_at set when it was too late for that; `undone` when a fact recorded before is taken back. */
struct fact_sink {
	rc (*happened)(struct ctx *c, const struct booking_row *b, int status, bool undone);
};

#define MAX_RIGHT_SOURCES 8
struct space_ports {
	const struct right_source *sources[MAX_RIGHT_SOURCES];
	size_t n_sources;
	const struct fact_sink *sinks[MAX_RIGHT_SOURCES];
	size_t n_sinks;
};

/* Set once, before any request (app/wiring.c). */
extern const struct space_ports *space_ports;

/* For sources: hold q on these counters and remember them with the booking. */
rc booking_hold(struct ctx *c, booking_id booking, const struct counter_key *keys, size_t n, quantity q);

/* Append to a list in the request's memory. */
struct right_offer *right_offer_add(struct ctx *c, struct right_offer_list *l);

#endif
