/* statement_fold.h - a statement that is too long for paper, in sums. */
#ifndef MAILLAGE_STATEMENT_FOLD_H
#define MAILLAGE_STATEMENT_FOLD_H

#include "base/ctx.h"
#include "bridges/statement_shape.h"

#define PAPER_ROWS  2000 /* some fifty pages; more than that is summed */
#define PAPER_PAIRS 1000

struct statement_folded {
	struct statement_row_list months; /* by month and kind; balances as they stand after it */
	struct statement_row_list pairs;  /* none on a statement of one pair; balance: what it changed */
};

/* All rows of the page are in the months, and in the pairs; at most so many
 * pairs, the last line for all that are left. */
void statement_fold(struct ctx *c, const struct statement_page *v, size_t most_pairs,
		    struct statement_folded *out);

#endif
