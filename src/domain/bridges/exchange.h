/* exchange.h - what happened between a host and a sender, and what is owed for
 * it. A fact keeps its natural quantity (thousandths of a day, half days of a
 * workshop); the entry it posts is in credits, converted by the terms of the
 * version it happened under, half up to a thousandth. A correction is a fact
 * and an entry that reverse the first; nothing is changed. The sender of a
 * presence owes the host; the host of a workshop owes the sender. */
#ifndef MAILLAGE_EXCHANGE_H
#define MAILLAGE_EXCHANGE_H

#include "bridges/exchange_shape.h"
#include "bridges/exchange_sql.h"
#include "spaces/right.h"

/* Port of spaces: presences and no-shows on a grant become facts. */
extern const struct fact_sink exchange_sink;

/* A fact between two parties, and its entry when credits > 0. f->pub, at and
 * entry are filled. from_host: the host owes (a workshop). Inside db_write. */
rc exchange_post(struct ctx *c, struct exchange_fact_row *f, chain_id chain, quantity credits,
		 bool from_host);

/* Take a fact back, once, on a day. */
rc exchange_reverse(struct ctx *c, const struct exchange_fact_row *f, day on);

/* a * b / 1000, half up: days by credits a day. */
quantity quantity_times(quantity a, quantity b);

/* How near a debt is to the limit that was signed: from 80 % on it is said, at
 * the limit nothing new is booked. */
enum limit_state { LIMIT_FAR, LIMIT_NEAR, LIMIT_REACHED };
#define LIMIT_NEAR_PERCENT 80
enum limit_state limit_state_of(quantity debt, quantity limit);

/* ---- workshops given back (exchange_workshop.c) ---- */

/* Conventions under which the organiser, an active sender, may give a workshop
 * back at a place, an active host, that day. */
rc counterpart_choices_on(struct ctx *c, community_id organiser, community_id place, day on,
			  struct counterpart_choices_row_list *out);

/* The workshop is given back under the convention of that public id;
 * *room_free: so is its room. Inside db_write.
 *   E_INVALID  "exchange.no_convention" */
rc counterpart_attach(struct ctx *c, workshop_id workshop, community_id organiser, community_id place, day on,
		      const char *convention, bool *room_free);

/* Attendance is closed: the fact of each debtor and its entry. Nothing when the
 * workshop is no counterpart or was posted already. Inside db_write. */
rc counterpart_post(struct ctx *c, workshop_id workshop);

/* The closing is taken back: so is what it posted, dated today. */
rc counterpart_take_back(struct ctx *c, workshop_id workshop, day today);

/* Credits for so many half days (thousandths) and eligible attendees. Under the
 * minimum: 0. "5:2 10:4": at least five give 2 credits a half day, ten give 4. */
quantity workshop_worth(const struct workshop_terms *t, quantity half_days, int64_t attendees);

/* Share total by weights: each its part rounded down; the thousandths that are
 * left go one by one to the largest weights, the first of equals first. The
 * parts sum to the total exactly. Weights are > 0. */
void pro_rata(quantity total, const int64_t *weights, size_t n, quantity *parts);

/* ---- for `maillage verify` ---- */

/* Does every fact have the entry it should have, every entry its fact, and are
 * the sums that are kept those of the facts? `broken` names the first that does not agree, or is NULL. */
rc exchange_verify(struct ctx *c, int64_t *facts, const char **broken);

#endif
