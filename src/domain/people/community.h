/* community.h - communities as their stewards keep them: names, kinds, figures.
 * Everything that changes is told to the audit log of the community. */
#ifndef MAILLAGE_COMMUNITY_H
#define MAILLAGE_COMMUNITY_H

#include "base/ctx.h"
#include "people/community_shape.h"

/* One or two letters for an emblem: of the first two words that say something
 * ("Les Usines du Noyer": UN), of a single word its first two. */
const char *community_initials(struct ctx *c, const char *name);

/* One event in the audit log of a community. Inside db_write, after all else that locks. */
rc community_note(struct ctx *c, pubid community, const char *action, const char *object_kind, pubid object,
		  const char *before, const char *after);

#endif
