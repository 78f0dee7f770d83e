/* directory.h - the public list of communities. Inside a snapshot. */
#ifndef MAILLAGE_DIRECTORY_H
#define MAILLAGE_DIRECTORY_H

#include "base/ctx.h"
#include "observatory/directory_query_shape.h"
#include "observatory/search_view.h"
#include "observatory/search_where.h"

#define DIRECTORY_ALL 100000

/* What was asked for: at most `most` lines after the community q->after (its public
 * id; NULL: from the beginning), how many there are in all, and their facets, when
 * `panel` is not NULL.
 *   E_INVALID  field "is": see finder.h */
rc directory_find(struct ctx *c, const struct directory_query *q, size_t most, struct directory_row_list *out,
		  int64_t *total, struct search_panel *panel);

/* All of it, line by line; what a line is made of is given back after some of them. */
typedef void directory_line_fn(struct ctx *c, const struct directory_row *r, void *arg);
rc directory_each(struct ctx *c, const struct directory_query *q, directory_line_fn *each, void *arg);

/* Only who is found. */
rc directory_search(struct ctx *c, const struct directory_query *q, struct finding *out);
/* Where it is asked from. */
rc directory_where(struct ctx *c, const struct directory_query *q, struct where_found *out);

/* The map of the lines, numbered as they are. */
rc directory_map(struct ctx *c, const struct directory_query *q, const struct directory_row_list *l,
		 const struct where_found *where, html *out);

/* The question as an address: PATH?... without its filters. */
const char *directory_address(struct ctx *c, const char *path, const struct directory_query *q);

#endif
