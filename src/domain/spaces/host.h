/* host.h - what a host's pages have in common: of which place, on which day. */
#ifndef MAILLAGE_HOST_H
#define MAILLAGE_HOST_H

#include "people/people.h"
#include "spaces/host_day_shape.h"
#include "spaces/occupation.h"

struct host_place {
	struct community_card card;
	struct place_row place;
	struct space_row_list spaces;
	day today;
	minute now;
};

/* The place that the actor acts for as a host or manager.
 *   E_DENIED  actor.role_missing */
rc host_place_open(struct ctx *c, struct host_place *out);

/* Fill the page of one day. */
rc host_day_fill(struct ctx *c, const struct host_place *h, const struct host_query *ask, struct host_day *v);

/* The walk-in card of that page: who, where, until when, and with which right. */
rc walk_in_fill(struct ctx *c, const struct host_place *h, const struct host_query *ask, struct host_day *v);
/* Record the arrival. Inside db_write. */
rc walk_in_make(struct ctx *c, const struct host_place *h, const struct walk_in *ask, struct booking_row *out);

/* The picture of the day. */
html host_timeline(struct ctx *c, const struct host_place *h, const struct occupation *o,
		   const struct day_line_list *lines, day on);

#endif
