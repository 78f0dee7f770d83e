/* directory.h - the public list of communities. Inside a snapshot. */
#ifndef MAILLAGE_DIRECTORY_H
#define MAILLAGE_DIRECTORY_H

#include "base/ctx.h"
#include "observatory/directory_query_shape.h"

#define DIRECTORY_ALL 100000

/* What was asked for, at most `most`, after the community q->after (its public
 * id; NULL: from the beginning). */
rc directory_find(struct ctx *c, const struct directory_query *q, int64_t most, struct directory_row_list *out);
rc directory_total(struct ctx *c, const struct directory_query *q, int64_t *out);

#endif
