/* offer_of_day.h - what places offer now and on one day, as lists and searches
 * show it: five queries, however many places. What is free is what a booking
 * would find: by the hours, what is taken, the shortest stay, how long before
 * one must and may book, and what the actor has learned. */
#ifndef MAILLAGE_OFFER_OF_DAY_H
#define MAILLAGE_OFFER_OF_DAY_H

#include "base/ctx.h"
#include "spaces/offer_of_day_shape.h"

/* list: the ids of communities, a JSON array of texts. Those that have not said
 * how they receive are left out; by community. Inside a snapshot. */
rc offers_of_day(struct ctx *c, const char *list, day on, struct day_offer_list *out);

/* NULL: it is not among them. */
const struct day_offer *offer_at(const struct day_offer_list *l, community_id place);

#endif
