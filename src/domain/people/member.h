/* member.h - the people of a community, as its managers and advisors keep
 * them. Roles are granted inside one community and mean nothing in another;
 * a community always keeps a manager; each status and set of roles that
 * somebody has had is kept. Writing is inside db_write. */
#ifndef MAILLAGE_MEMBER_H
#define MAILLAGE_MEMBER_H

#include "base/ctx.h"
#include "people/member_shape.h"

/* Those who answer the query, sorted: all of them, without regard to paging. */
rc members_find(struct ctx *c, community_id community, const struct people_query *q, struct member_row_list *out);

/* "animation, gestion": the labels of the roles beyond being a member. */
const char *roles_text(struct ctx *c, int64_t roles);
unsigned roles_of_form(const struct member_roles *f);

/* For a membership of c->actor's community.
 *   E_CONFLICT  "member.over" when it has ended; "member.last_manager" */
rc member_change_status(struct ctx *c, const struct member_row *m, int status);
rc member_grant(struct ctx *c, const struct member_row *m, unsigned roles);
/* Yesterday was the last day: rights end at once. */
rc member_finish(struct ctx *c, const struct member_row *m);

/* Somebody comes in, today. */
rc member_add(struct ctx *c, person_id person, community_id community, pubid community_pub, int status, unsigned roles);

#endif
