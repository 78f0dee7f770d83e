/* exchange_sum.h - what pairs exchanged, summed by day and by month in the
 * transaction that posts it (exchange.h): pages read these rows, not every
 * fact. Never a second truth: `maillage verify` sums the facts again. */
#ifndef MAILLAGE_EXCHANGE_SUM_H
#define MAILLAGE_EXCHANGE_SUM_H

#include "base/ctx.h"
#include "bridges/exchange_sum_shape.h"

/* Count a fact that was just written, once. Inside db_write. */
rc exchange_sum_fact(struct ctx *c, row_id fact, day on);

/* Sums up to today, oldest first, of the convention or of one party (me): by
 * month, but this month and that of `cut` by day, so that days up to the cut
 * can be told from those after it. */
rc exchange_sums(struct ctx *c, convention_id convention, community_id me, day today, day cut,
		 struct exchange_part_list *out);

/* `broken` names a sum that is not that of its facts, or is NULL. */
rc exchange_sums_verify(struct ctx *c, const char **broken);

#endif
