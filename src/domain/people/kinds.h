/* kinds.h - the kinds of a community, a set, as lists and words. */
#ifndef MAILLAGE_KINDS_H
#define MAILLAGE_KINDS_H

#include "base/ctx.h"
#include "people/community_shape.h"

/* The kinds of a community as a list, in the order of the enumeration. */
struct kind_word_list kinds_of(struct ctx *c, const bool is[COMMUNITY_KIND_COUNT]);
/* Their labels with commas between. */
const char *kinds_text(struct ctx *c, const struct kind_word_list *kinds);

#endif
