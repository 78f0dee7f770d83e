/* exchange_cast.h - for tests: a convention between a cooperative and places,
 * signed, with its people, made by SQL that suits both databases. */
#ifndef MAILLAGE_EXCHANGE_CAST_H
#define MAILLAGE_EXCHANGE_CAST_H

#include "bridges/exchange.h"
#include "browse.h"

#define CAST_PLACES 3

struct exchange_cast {
	community_id runner, cae, places[CAST_PLACES];
	person_id owner; /* signs for everybody */
	convention_id convention;
	version_id version;
	chain_id chain;
	grant_id grant;
	space_id spaces[CAST_PLACES];
};

/* credits: thousandths owed for a day; no_show: word of the rule. */
void cast_exchange(struct world *w, struct exchange_cast *x, int64_t credits, const char *no_show);
/* A booking on the grant, that day, of so many thousandths of a day. */
booking_id cast_booking(struct world *w, const struct exchange_cast *x, int place, person_id person,
			membership_id m, day on, int64_t measure);
workshop_id cast_workshop(struct world *w, const struct exchange_cast *x, int place, int hours);
/* So many people enrol under a community, in that status. */
void cast_attend(struct world *w, workshop_id k, community_id as, int n, const char *status);
/* A public id, as text. */
const char *cast_new_pub(struct world *w);
int64_t cast_last(struct world *w, const char *table); /* the newest row */

#endif
