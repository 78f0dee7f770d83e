/* board.h - the board of a programme for the network that runs it: places by
 * cooperatives, days used on each bridge, what is wrong with some of them, and
 * what is to be done next. Totals only: of people there are counts, never of
 * fewer than five, and those of whole weeks, so that two looks at the board
 * tell nobody's first day. A bridge is a pair that has exchanged something.
 * All is read by a few statements, however many pairs there are. */
#ifndef MAILLAGE_BOARD_H
#define MAILLAGE_BOARD_H

#include "bridges/board_shape.h"
#include "bridges/exchange_seen.h"

#define BOARD_DAYS    90 /* looked back: a bridge without a use for so long is silent */
#define UNEVEN_DAYS   7	 /* days' worth of credits that one side may owe before it shows */
#define EXPIRING_DAYS 30
#define BEFORE_DAYS   30 /* trends compare with so long ago */

struct board {
	const struct convention_seen *convention;
	day today, monday;
	struct exchange_rules rules;
	struct board_party_list parties;
	struct board_sum_list sums;
	struct exchange_contest_count_list contests;
};

/* Read it for the network that runs the convention.
 *   E_NOT_FOUND  the reader is a party of it */
rc board_open(struct ctx *c, const struct convention_seen *v, struct board *b);

/* Fill the page; show: a word of board_state, NONE for all. */
rc board_fill(struct ctx *c, const struct board *b, int64_t show, struct board_page *v);

/* What the runner may do next; wants the pairs. */
rc board_todo_fill(struct ctx *c, const struct board *b, struct board_page *v);

void board_csv_bytes(struct ctx *c, const struct board_page *v, struct buf *out);

/* For templates. */
void board_icon(struct out *o, const char *name);

#endif
