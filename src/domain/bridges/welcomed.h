/* welcomed.h - who is welcome where by a convention: what searches show. */
#ifndef MAILLAGE_WELCOMED_H
#define MAILLAGE_WELCOMED_H

#include "base/ctx.h"
#include "bridges/welcomed_shape.h"

/* For each place, how many CAEs have people with a right there by a convention
 * in force today; places without are left out. By place. */
rc welcomed_caes(struct ctx *c, struct caes_welcomed_list *out);

/* Where a person has a right on a day through one of her memberships, and in which
 * kinds of space for how long a stay, as a quote would say: by the right's and
 * the convention's dates, what is left of it and of her cooperative's debt, insurance where
 * there are machines. By place, a line for each right. Hours and bookings are the place's to tell. */
rc places_welcoming(struct ctx *c, person_id person, day on, struct welcoming_list *out);

#endif
