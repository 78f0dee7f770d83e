/* right_cast.h - for tests: somebody who has a right of exchange_cast, and books on
 * it. Include base/test.h first. */
#ifndef MAILLAGE_RIGHT_CAST_H
#define MAILLAGE_RIGHT_CAST_H

#include "exchange_cast.h"
#include "spaces/booking.h"

#define RIGHT_TODAY   (WORLD_NOW / 86400) /* a Tuesday, 10:00 */
#define RIGHT_CREDITS 1500		  /* owed for a day */

struct right_cast {
	struct world *w;
	struct exchange_cast x;
	person_id yanis, host;
	membership_id member;
};

/* Yanis acts. Places say: until 18:00 of the day before. late, hours: SQL of what the
 * convention says. */
struct right_cast *cast_right(struct world *w, const char *late, const char *hours);

/* A second version, signed by all, from the day after tomorrow on, counting in other
 * periods up to `cap` a person; he accepts its charter. */
void cast_amend(struct right_cast *s, const char *period, int64_t cap);

/* Of Yanis, at one of the places, so many days ahead; inside db_write. */
struct right_wish {
	const struct right_cast *s;
	int place, days, from, to;
	struct booking_row out;
};
rc cast_right_book(struct ctx *c, void *arg);

#endif
