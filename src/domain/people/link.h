/* link.h - dated, typed relations between two communities. Whoever proposes
 * one has said yes for its side; the other side confirms. Until both have, a
 * link is shown as declared. Writing is inside db_write. */
#ifndef MAILLAGE_LINK_H
#define MAILLAGE_LINK_H

#include "base/ctx.h"
#include "people/link_shape.h"

/* As one of its ends sees them; with the ended ones, or without. */
rc links_all(struct ctx *c, community_id community, struct link_row_list *out);
rc links_now(struct ctx *c, community_id community, struct link_row_list *out);

/* For c->actor's community `row`. The managers of the other side get a letter.
 *   E_INVALID   name: link.no_community, link.which_community (several of that
 *               name: link_candidates), link.itself
 *   E_CONFLICT  link.there_already */
rc link_propose(struct ctx *c, const struct community_row *row, const struct link_propose *f, pubid *out);
rc link_candidates(struct ctx *c, const struct community_row *row, const char *name, struct community_card_list *out);

/* Say yes for, or end on the side of, the community that one acts for.
 *   E_CONFLICT  link.over when it has ended */
rc link_confirm(struct ctx *c, const struct link_row *link);
rc link_finish(struct ctx *c, const struct link_row *link);

#endif
