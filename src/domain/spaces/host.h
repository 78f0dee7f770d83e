/* host.h - what a host's pages have in common: of which place, on which day. */
#ifndef MAILLAGE_HOST_H
#define MAILLAGE_HOST_H

#include "people/people.h"
#include "spaces/host_day_shape.h"
#include "platform/chart.h"
#include "spaces/host_month_shape.h"
#include "spaces/host_week_shape.h"
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

/* Port: the workshops of a place on some days, both included, in their order. Set by app/wiring.c. */
typedef rc host_workshops_fn(struct ctx *c, community_id place, day from, day to, struct host_workshop_list *out);
extern host_workshops_fn *host_workshops;

/* Fill the page of one day. */
rc host_day_fill(struct ctx *c, const struct host_place *h, const struct host_query *ask, struct host_day *v);

/* The walk-in card of that page: who, where, until when, and with which right. */
rc walk_in_fill(struct ctx *c, const struct host_place *h, const struct host_query *ask, struct host_day *v);
/* Record the arrival. Inside db_write. */
rc walk_in_make(struct ctx *c, const struct host_place *h, const struct walk_in *ask, struct booking_row *out);

/* The picture of the day. */
html host_timeline(struct ctx *c, const struct host_place *h, const struct occupation *o,
		   const struct day_line_list *lines, const struct host_workshop_list *workshops, day on);

/* Its parts, which the week draws too: a pool as steps, a room as blocks, the
 * hours that some spaces share, what stands under a space's name. */
void host_pool_steps(struct ctx *c, const struct occupation *o, const struct space_row *s, day on,
		     const struct spans *hours, struct day_row *row);
void host_room_blocks(struct ctx *c, const struct space_row *s, const struct day_line_list *lines,
		      const struct host_workshop_list *workshops, day on, struct day_row *row);
void host_shown_hours(const struct spans *hours, size_t n, int *from, int *to);
const char *host_row_note(struct ctx *c, const struct space_row *s);

/* Does it hold its space? Who did not come, or said so too late, does not. */
bool day_line_holds(const struct day_line *k);

/* The workshop whose room this booking is, or NULL. */
const struct host_workshop *workshop_of_room(const struct host_workshop_list *workshops, const struct day_line *k);
/* Fill the page of the month that holds a day (NONE: today). */
rc host_month_fill(struct ctx *c, const struct host_place *h, day in_month, struct host_month *v);
/* Fill the page of the week that holds a day (NONE: today). */
rc host_week_fill(struct ctx *c, const struct host_place *h, day in_week, day picked, struct host_week *v);

#endif
