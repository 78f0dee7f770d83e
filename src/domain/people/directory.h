/* directory.h - the public list of communities. Inside a snapshot. */
#ifndef MAILLAGE_DIRECTORY_H
#define MAILLAGE_DIRECTORY_H

#include "base/ctx.h"
#include "people/directory_query_shape.h"

#define DIRECTORY_ALL 100000

/* What was asked for, at most `most`, after the community q->after (its public
 * id; NULL: from the beginning). */
rc directory_find(struct ctx *c, const struct directory_query *q, int64_t most, struct directory_row_list *out);
rc directory_total(struct ctx *c, const struct directory_query *q, int64_t *out);

/* The kinds of a community as a list, in the order of the enumeration. */
struct kind_word_list kinds_of(struct ctx *c, const bool is[COMMUNITY_KIND_COUNT]);
/* Their labels with commas between. */
const char *kinds_text(struct ctx *c, const struct kind_word_list *kinds);

#endif
