/* my_membership.h - what a person decides of her own memberships: who may see
 * them, whether the community may see where and when she works, leaving. */
#ifndef MAILLAGE_MY_MEMBERSHIP_H
#define MAILLAGE_MY_MEMBERSHIP_H

#include "base/ctx.h"
#include "people/membership_shape.h"

/* All that she ever had, oldest first; is it current on that day? */
rc memberships_ever(struct ctx *c, person_id person, struct membership_row_list *out);
bool membership_holds(const struct membership_row *m, day on);

/* Would the community have no manager if she were gone? The community is held
 * until the end of the transaction: of two who leave at once, the second is
 * told of the first. Inside db_write. */
rc only_manager_of(struct ctx *c, const struct membership_row *m, bool *out);

/* Leave; yesterday was her last day. Inside db_write.
 *   E_CONFLICT  "memberships.only_manager" of {name} */
rc membership_leave(struct ctx *c, const struct membership_row *m);

/* Who sees it, and whether the community may see where else she works; inside db_write. */
rc membership_choose(struct ctx *c, const struct membership_row *m, int visibility, bool shares_use);

#endif
