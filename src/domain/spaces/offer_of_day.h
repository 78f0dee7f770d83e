/* offer_of_day.h - what a place has left on a day: for lists of places. */
#ifndef MAILLAGE_OFFER_OF_DAY_H
#define MAILLAGE_OFFER_OF_DAY_H

#include "base/ctx.h"

struct day_offer {
	bool open;    /* that day, some of its spaces */
	int64_t free; /* of all counted spaces (desks), the least at any time; NONE: it has no space to book */
};
/* Of one that has not said how it receives: nothing. */
rc offer_of_day(struct ctx *c, community_id place, day on, struct day_offer *out);

#endif
