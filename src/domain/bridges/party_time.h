/* party_time.h - a party leaves, stays after all, is gone, comes back. It comes
 * back by signing, on the day of the signature: rights, quotas and what is owed
 * go on from there under the version it signs then, and what it signed before
 * holds for the days before alone (the view standing_signature). Counters are
 * those of the period, so what its people took of it is taken; the ledger is not
 * touched, a balance is still a balance. party_return keeps each time before. */
#ifndef MAILLAGE_PARTY_TIME_H
#define MAILLAGE_PARTY_TIME_H

#include "base/ctx.h"
#include "bridges/terms_shape.h"

/* No new bookings past that day, or past another one said later; what becomes of confirmed
 * ones is for the version to say (lapse.h). E_CONFLICT "party.cannot_leave" */
rc party_leave_on(struct ctx *c, convention_id id, day on);

/* By the runner: no new use while it lasts, and back; all parties are told, the one that it is about also why.
 * It may leave meanwhile, or had said so: its last day stands. E_CONFLICT "party.cannot_suspend" */
rc party_suspend(struct ctx *c, const struct party_row *p, const char *why);
rc party_resume(struct ctx *c, const struct party_row *p);

/* The leaving is taken back before its day is over. E_CONFLICT "party.cannot_stay" */
rc party_stay_now(struct ctx *c, convention_id id);

/* By the runner: one that left or refused may sign again. E_CONFLICT "party.cannot_ask" */
rc party_ask_back(struct ctx *c, const struct party_row *p);

/* Its last day is over. */
bool party_is_gone(const struct ctx *c, const struct party_row *p);

/* Does the convention, which is open, wait for its signature? Who left or refused signs where
 * others join by signing, or when asked; who left while it was suspended, when asked alone. */
bool party_may_sign(const struct ctx *c, const struct convention_row *k, const struct party_row *p);

/* The time before is over and kept; what is left is to sign. Inside the signing. */
rc party_come_back(struct ctx *c, struct party_row *p);

/* Job: whose last day is over is gone. */
rc parties_end(struct ctx *c);

#endif
