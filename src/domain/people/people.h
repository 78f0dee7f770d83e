/* people.h - what other slices ask of persons and communities. Rows come as
 * the whole server sees them; what an audience may see is the page's business
 * (domain.md, "Who sees what"). */
#ifndef MAILLAGE_PEOPLE_H
#define MAILLAGE_PEOPLE_H

#include "base/ctx.h"
#include "people/community_shape.h"
#include "people/membership_shape.h"

/* E_NOT_FOUND "db.not_found". */
rc community_get(struct ctx *c, community_id id, struct community_row *out);
rc community_card_get(struct ctx *c, community_id id, struct community_card *out);

/* A person's memberships that hold on a day, oldest first. */
rc memberships_on(struct ctx *c, person_id person, day on, struct membership_row_list *out);

/* Does the person hold one of these roles there today? */
rc has_role(struct ctx *c, person_id person, community_id community, unsigned roles, bool *out);

/* From here on she does it for herself, as nobody's member: the log of one community
 * never tells as whom she acts elsewhere. Returns who acted before, to put back in c->actor. */
struct actor actor_herself(struct ctx *c);

/* The name to show; "" for an erased person. */
rc person_name(struct ctx *c, person_id person, const char **out);

/* The persons who hold one of these roles in a community: for mail. */
struct recipient { person_id person; const char *email, *name; enum lang lang; };
struct recipients { struct recipient *items; size_t n; };
rc people_with_role(struct ctx *c, community_id community, unsigned roles, struct recipients *out);
rc person_recipient(struct ctx *c, person_id person, struct recipient *out);
rc operator_recipients(struct ctx *c, struct recipients *out); /* who runs the site */

/* Loaders of :community and :place; the object is a struct community_row. */
struct loaded;
rc community_loader(struct ctx *c, pubid pub, struct loaded *out);
rc place_loader(struct ctx *c, pubid pub, struct loaded *out);

#endif
