/* exchange.h - what happened between a host and a sender, and what is owed for
 * it. A fact keeps its natural quantity (thousandths of a day, half days of a
 * workshop); the entry it posts is in credits, converted by the terms of the
 * version it happened under, half up to a thousandth. A correction is a fact
 * and an entry that reverse the first; nothing is changed. The sender of a
 * presence owes the host; the host of a workshop owes the sender. */
#ifndef MAILLAGE_EXCHANGE_H
#define MAILLAGE_EXCHANGE_H

#include "bridges/exchange_shape.h"
#include "spaces/right.h"

/* Port of spaces: presences and no-shows on a grant become facts. */
extern const struct fact_sink exchange_sink;

/* A fact between two parties, and its entry when credits > 0. f->pub, at and
 * entry are filled. from_host: the host owes (a workshop). Inside db_write. */
rc exchange_post(struct ctx *c, struct exchange_fact_row *f, chain_id chain, quantity credits, bool from_host);

/* Take a fact back, once, on a day. */
rc exchange_reverse(struct ctx *c, const struct exchange_fact_row *f, day on);

/* The fact of a booking that stands, if any. */
rc exchange_of_booking(struct ctx *c, booking_id booking, struct exchange_fact_row *out, bool *found);

/* a * b / 1000, half up: days by credits a day. */
quantity quantity_times(quantity a, quantity b);

#endif
