/* attempts.h - how often somebody may try, per account and per address of the
 * network; in memory, one per process (app->attempts; NULL: no limit). */
#ifndef MAILLAGE_ATTEMPTS_H
#define MAILLAGE_ATTEMPTS_H

#include "base/ctx.h"

struct attempts;
struct attempts *attempts_new(void);
void attempts_free(struct attempts *a);

enum attempt {
	/* sign-in, or the old password asked again: 30 per address and 10 of them on one account, then one a minute;
	 * 30 on one account from anywhere, then four a minute: one address alone keeps nobody out */
	ATTEMPT_PASSWORD,
	ATTEMPT_LETTER,	  /* what sends a letter: 4 per account and 12 per address, then one in ten minutes */
	ATTEMPT_LINK	  /* a link's secret: 20 per address */
};

/* Take one. `account` is an address of mail or NULL; `peer` the network's.
 *   E_RATE  "account.too_many" with {minutes} to wait */
rc attempt_take(struct ctx *c, enum attempt kind, const char *account, const char *peer);

/* It was her: what was tried on the account no longer keeps her out, here; where others tried, it still does them. */
void attempt_forget(struct ctx *c, enum attempt kind, const char *account, const char *peer);

#endif
