/* password.h - argon2id costs 20 ms of a core and 19 MiB, so one at a time in
 * the whole process, on a thread of its own, never in a transaction: call
 * these from the `prepare` step of a route or from a command.
 *   E_BUSY  too many wait already */
#ifndef MAILLAGE_PASSWORD_H
#define MAILLAGE_PASSWORD_H

#include "base/ctx.h"

#define PASSWORD_LEAST 12 /* characters: CNIL 2022-100, with attempts limited */

/* May it be a password? Fails E_INVALID on `field`: too short, the address or
 * the name itself, one of the commonest, one letter over and over. */
rc password_allowed(struct ctx *c, const char *field, const char *password, const char *email, const char *name);

/* What to store, in c->mem. */
rc password_make(struct ctx *c, const char *password, const char **out);

/* Is it this one? stored NULL (no account, none set): no, after the same time.
 * *renewed is what to store instead when today's costs are others, else NULL. */
rc password_check(struct ctx *c, const char *stored, const char *password, bool *good, const char **renewed);

#endif
