/* siting_ask.h - asking how far a choice of sites is from the best possible:
 * a row that waits, a job that works on it a bit at a time (mail and other jobs
 * go between), a result that is kept a month for whoever asks the same. */
#ifndef MAILLAGE_SITING_ASK_H
#define MAILLAGE_SITING_ASK_H

#include "observatory/siting_ask_shape.h"
#include "observatory/siting_find.h"

/* Ask, unless it was asked already. Inside db_write. `asker` is who may cancel.
 *   E_QUOTA "siting.too_many" two of hers are waiting, or twenty of everybody's */
rc bound_ask(struct ctx *c, const struct siting_case *k, hash asker);

/* E_NOT_FOUND: none that she may cancel is being worked on. Inside db_write. */
rc bound_cancel_now(struct ctx *c, pubid pub, hash asker);

/* Job: work on the oldest for a while; wakes the jobs again while there is more. */
rc bounds_work(struct ctx *c);

#endif
