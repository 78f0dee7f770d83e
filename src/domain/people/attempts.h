/* attempts.h - how often somebody may try, per account and per address of the
 * network; in memory, one per process (app->attempts; NULL: no limit). */
#ifndef MAILLAGE_ATTEMPTS_H
#define MAILLAGE_ATTEMPTS_H

#include "base/ctx.h"

struct attempts;
struct attempts *attempts_new(void);
void attempts_free(struct attempts *a);

enum attempt {
	ATTEMPT_PASSWORD, /* sign-in, or the old password asked again: 10 per account, 30 per address, then one a minute */
	ATTEMPT_LETTER,	  /* what sends a letter: 4 per account and 12 per address, then one in ten minutes */
	ATTEMPT_LINK	  /* a link's secret: 20 per address */
};

/* Take one. `account` is an address of mail or NULL; `peer` the network's.
 *   E_RATE  "account.too_many" with {minutes} to wait */
rc attempt_take(struct ctx *c, enum attempt kind, const char *account, const char *peer);

/* It was her: what others tried on the account no longer keeps her out. */
void attempt_forget(struct ctx *c, enum attempt kind, const char *account);

#endif
