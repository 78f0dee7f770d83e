/* space_cast.h - a place with spaces, prices and a pack: what a test of
 * bookings starts from. Include base/test.h first. */
#ifndef MAILLAGE_SPACE_CAST_H
#define MAILLAGE_SPACE_CAST_H

#include "browse.h"
#include "spaces/booking.h"
#include "spaces/pack.h"
#include "spaces/tariff.h"

#define CAST_TODAY (WORLD_NOW / 86400) /* a Tuesday; it is 10:00 at the place */

struct space_cast {
	community_id place, cae;
	person_id ines, host;
	membership_id member;	/* of Inès in the cooperative */
	struct place_row row;	/* open 9 to 19 but on Sundays, cancel until 18:00 the day before */
	struct space_row desks, annex, room; /* pools of 4 and of 3, and a room for 8 taken whole */
	pack_id pack;		/* of the cooperative: 5 days, desks, this year and the next */
};

/* Public prices: desks 3 € an hour, 9 € half a day, 14 € a day; room 10 € an
 * hour. c acts as Inès; the ports are the tariffs and packs. */
struct space_cast *space_cast(struct world *w);

/* The span with Inès as its person. */
rc cast_stay(struct ctx *c, const struct space_cast *k, const struct space_row *space, int64_t days_ahead, int from,
	     int to, int64_t units, struct stay *s);
/* Book it; choice NULL: the best right. */
rc cast_book(struct world *w, const struct space_cast *k, const struct stay *s, const char *choice,
	     struct booking_row *out);
/* One of the changes of state, in a transaction of its own. */
rc cast_do(struct world *w, rc (*f)(struct ctx *c, booking_id id), booking_id id);

/* A browser of the host, who is made a member of the place when she is none. */
struct browse *cast_host(struct world *w, const struct space_cast *k);

/* How many stored facts break an invariant: capacity at each start, counters
 * against bookings, packs against what was sold. Straight SQL. */
int64_t cast_broken(struct world *w);

#endif
