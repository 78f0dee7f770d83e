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

/* The question that a row answers. */
struct siting_query bound_question(const struct bound_row *row);

/* What was asked; *stopped is false when it was over before. Inside db_write.
 *   E_NOT_FOUND  somebody else's is being worked on, or nobody has asked */
rc bound_cancel_now(struct ctx *c, pubid pub, hash asker, struct bound_row *out, bool *stopped);

/* Job: work on the oldest for a while; wakes the jobs again while there is more. */
rc bounds_work(struct ctx *c);

#endif
