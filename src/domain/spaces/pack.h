/* pack.h - prepaid days, sold by a place to a person or to a community for its
 * people, good for one kind of space there between two dates. A booking of more
 * than HALF_DAY_MINUTES counts a day, any other half a day, times the units. */
#ifndef MAILLAGE_PACK_H
#define MAILLAGE_PACK_H

#include "spaces/pack_shape.h"
#include "spaces/right.h"

/* Port: kind RIGHT_KIND_PACK. */
extern const struct right_source pack_source;

/* Sell: p->pub and sold_at are filled. To one person or one community, not both.
 *   E_INVALID pack.no_owner, pack.units, pack.dates. Inside db_write. */
rc pack_sell(struct ctx *c, struct pack_row *p, pack_id *out);

/* What a place sells to anybody, and one of it.
 *   E_INVALID pack.not_on_sale, blaming "offer" */
rc pack_offers_of(struct ctx *c, community_id place, struct pack_offer_list *out);
/* With those that were withdrawn. */
rc pack_offers_ever(struct ctx *c, community_id place, struct pack_offer_list *out);
rc pack_offer_find(struct ctx *c, community_id place, pubid offer, struct pack_offer *out);
/* Put one on sale, o->pub is filled; take one away: what was sold stays.
 *   E_INVALID pack.units; E_NOT_FOUND. Inside db_write. */
rc pack_offer_add(struct ctx *c, community_id place, struct pack_offer *o);
rc pack_offer_withdraw(struct ctx *c, community_id place, pubid offer);

/* What a place sold that is not over on a day, the newest first. */
rc packs_of_place(struct ctx *c, community_id place, day on, struct pack_line_list *out);
/* Hers and her communities', good on a day. */
rc packs_of_person(struct ctx *c, person_id person, day on, struct pack_line_list *out);

#endif
