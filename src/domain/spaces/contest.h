/* contest.h - a person says that a recorded presence, no-show or late
 * cancellation is not right; the host answers. Accepting takes the fact back:
 * the booking is unrecorded, or was cancelled in time, what it used is given back, what was owed is reversed. */
#ifndef MAILLAGE_CONTEST_H
#define MAILLAGE_CONTEST_H

#include "spaces/booking.h"
#include "spaces/contest_shape.h"

#define CONTEST_DAYS 30 /* after the booking's day */

/* By its person. E_CONFLICT contest.nothing_recorded, contest.open_already,
 * contest.too_late; E_NOT_FOUND when it is not hers. Inside db_write. */
rc contest_make(struct ctx *c, booking_id booking, const char *reason);

/* By the host, who must act for its place. E_CONFLICT contest.answered. Inside db_write. */
rc contest_answer(struct ctx *c, pubid contest, community_id place, bool accept, const char *answer);

/* Of one booking, newest first; those of a place that wait. */
rc contests_of(struct ctx *c, booking_id booking, struct contest_line_list *out);
rc contests_open(struct ctx *c, community_id place, struct contest_line_list *out);

/* Of a place, in a state, `most` of them after so many; answered ones for the time that a host
 * keeps them at hand. */
rc contests_find(struct ctx *c, community_id place, int state, bool newest, int64_t most, int64_t after,
		 struct contest_line_list *out);

#endif
