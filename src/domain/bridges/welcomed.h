/* welcomed.h - who is welcome where by a convention: what searches show. */
#ifndef MAILLAGE_WELCOMED_H
#define MAILLAGE_WELCOMED_H

#include "base/ctx.h"
#include "bridges/welcomed_shape.h"

/* For each place, how many CAEs have people with a right there by a convention
 * in force today; places without are left out. By place. */
rc welcomed_caes(struct ctx *c, struct caes_welcomed_list *out);

/* Where a person has a right on a day through one of her memberships, by place.
 * Quotas, insurance and the place's hours are for the quote to say. */
rc places_welcoming(struct ctx *c, person_id person, day on, struct welcoming_list *out);

#endif
