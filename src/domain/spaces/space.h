/* space.h - places and what can be used in them. */
#ifndef MAILLAGE_SPACE_H
#define MAILLAGE_SPACE_H

#include "base/ctx.h"
#include "spaces/opening.h"
#include "spaces/space_shape.h"

/* How a place receives; one that has not said yet gets careful defaults, at the hour and with the
 * holidays of where it is. */
rc place_get(struct ctx *c, community_id community, struct place_row *out);

/* The hours of a space on a civil day: its own or its place's, less holidays
 * and closures. No span: closed; *reason then says why (a closure's words), or NULL. */
rc space_hours(struct ctx *c, const struct place_row *place, const struct space_row *space, day d, struct spans *out,
	       const char **reason);

/* Hold the row until the transaction ends: who changes bookings of a space
 * comes one after the other. First lock of all. An archived space has capacity 0. */
rc space_hold(struct ctx *c, space_id space, int64_t *capacity);

/* May this person use a space that asks for a qualification? True when it asks none. */
rc is_qualified(struct ctx *c, person_id person, const struct space_row *space, day on, bool *out);

#endif
