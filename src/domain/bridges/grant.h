/* grant.h - what hosts offer to the people of senders, as a right to use their
 * spaces. Eligibility is asked at booking and again at use. Measures, in
 * thousandths of a day:
 *   day       a civil date at one place: 1, however many bookings
 *   half_day  started half days of HALF_DAY_MINUTES: 0.5 or 1
 *   duration  minutes of a day of GRANT_DAY_MINUTES, rounded up to thousandths
 * Caps hold per person, per sender and per place in each period of the grant;
 * the period is that of the civil date used. An amended grant counts on with
 * the one it was: one line has one set of counters, whatever its versions. */
#ifndef MAILLAGE_GRANT_H
#define MAILLAGE_GRANT_H

#include "bridges/convention_shape.h"
#include "spaces/right.h"

#define GRANT_DAY_MINUTES 480

/* "2026", "2026-T4", "2026-11", or "" for the whole validity; in c->mem. */
const char *grant_period_of(struct ctx *c, int period, day d);

/* What is held and used on a key of a grant whose period is that of day d, with
 * what an earlier version counted in periods of another length. */
rc grant_taken(struct ctx *c, const struct counter_key *k, int period, day d, quantity *held, quantity *used);

/* Where there are machines, the sender's insurance must hold that day. */
bool space_needs_insurance(int kind);

/* Port of spaces: kind RIGHT_KIND_GRANT. */
extern const struct right_source grant_source;

#endif
