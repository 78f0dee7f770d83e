/* merge.h - two pages that were made one, and making them two again. What went
 * to the kept page and was not changed since comes back to the page that went,
 * with its address; what was changed or added since is the kept page's. */
#ifndef MAILLAGE_MERGE_H
#define MAILLAGE_MERGE_H

#include "base/ctx.h"
#include "observatory/import_record.h"
#include "observatory/merge_shape.h"
#include "people/community_shape.h"

/* While double_merge goes on, inside db_write. Before anything moves: */
rc merge_begin(struct ctx *c, const struct community_row *gone, const struct community_row *kept,
	       const struct import_changes *added, row_id *merge);
/* ... and before what did not move goes with the page. */
rc merge_rest(struct ctx *c, row_id merge, community_id gone);

/* Make them two again. Inside db_write.
 *   E_CONFLICT  "merges.was_undone" already; "merges.later" the kept page went into another meanwhile, which is
 *               to be undone first */
rc merge_undo(struct ctx *c, const struct merge_row *m);

/* What it would do: fields that leave the kept page and those that stay. */
rc merge_preview(struct ctx *c, const struct merge_row *m, struct merge_page *out);

/* Merges made, `most` of them from number `from` on, and how many there are. */
rc merges_find(struct ctx *c, const struct merges_query *f, int64_t from, int64_t most, struct merge_row_list *out,
	       int64_t *n);

#endif
