/* space_settings.h - what a host decides: how the place receives, its spaces,
 * prices and closures. Callers have checked that the actor may. All inside
 * db_write, each noted in the place's audit. */
#ifndef MAILLAGE_SPACE_SETTINGS_H
#define MAILLAGE_SPACE_SETTINGS_H

#include "spaces/space.h"
#include "spaces/space_settings_shape.h"

/* E_INVALID opening.* with {position}, place.zone, place.cancel. */
rc place_save(struct ctx *c, const struct place_row *p);

/* s->pub is filled when s->id is 0. Rules: 5 <= granule <= 720, shortest and
 * longest multiples of it up to 1440. E_INVALID space.*, opening.* */
rc space_add(struct ctx *c, struct space_row *s);
/* A smaller capacity leaves what is booked as it is: nothing more fits. */
rc space_edit(struct ctx *c, const struct space_row *s);
/* Gone from every page but its host's. E_CONFLICT space.booked: bookings are to come. */
rc space_archive(struct ctx *c, space_id space);
/* Those of a place, the last first; one of them offered again, as it was. E_NOT_FOUND */
rc spaces_gone(struct ctx *c, community_id place, struct space_row_list *out);
rc space_reopen(struct ctx *c, community_id place, pubid space);

/* A price from a day on; the one before it ends the day before. The same day
 * again replaces it; what was booked keeps its price. NONE: no more price for
 * that unit from that day on. E_INVALID tariff.past, tariff.price */
rc tariff_set(struct ctx *c, community_id place, int kind, int audience, int unit, money price, day from);
/* Prices that hold on a day or later. */
rc tariffs_of_place(struct ctx *c, community_id place, day on, struct tariff_line_list *out);

/* space 0: the whole place. *touched: live bookings within, which stay: the
 * host cancels those herself. E_INVALID closure.dates, closure.past; closure.there: the same days of the same
 * space are closed already, for whatever reason */
rc closure_add(struct ctx *c, community_id place, space_id space, day from, day to, const char *reason, int64_t *touched);
rc closure_there(struct ctx *c, community_id place, space_id space, day from, day to, bool *out);
rc closure_remove(struct ctx *c, community_id place, pubid closure);
rc closures_of_place(struct ctx *c, community_id place, day from, struct closure_line_list *out);

#endif
