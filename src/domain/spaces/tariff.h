/* tariff.h - what a span costs by the tariffs of a place, in cents. A tariff
 * has prices by the hour, half day and day; a span costs the least that covers
 * it: whole days for what passes half a day, half days of five hours at most,
 * or started hours. Times the units held. */
#ifndef MAILLAGE_TARIFF_H
#define MAILLAGE_TARIFF_H

#include "spaces/right.h"

#define HALF_DAY_MINUTES 300

/* Read the tariffs of the stay's day once, for all that is asked of it. */
rc tariffs_read(struct ctx *c, struct stay *s);

/* E_NOT_FOUND never: *price is NONE when the place has no tariff for that audience. */
rc tariff_price(struct ctx *c, const struct stay *s, int audience, money *price, tariff_id *id);

/* What a booking's right is called for who reads: a tariff in her language, the
 * rest as it was frozen. */
const char *right_words(struct ctx *c, int kind, const char *label);

/* The public and the member tariff as rights. */
extern const struct right_source tariff_source_public, tariff_source_member;

#endif
