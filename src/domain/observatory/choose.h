/* choose.h - a territory of any kind, as somebody types it: its name, its code,
 * or a commune of it. In a snapshot. */
#ifndef MAILLAGE_CHOOSE_H
#define MAILLAGE_CHOOSE_H

#include "base/ctx.h"
#include "observatory/choose_shape.h"

/* Best first: the whole name, its beginning, a word of it; then those of the
 * commune of that name. A label finds its territory alone. */
rc choose_find(struct ctx *c, const char *typed, struct territory_found_list *out);

/* Somebody typed a territory in the form of a page: *sent says that the answer
 * is another address, that of the page for it or of those to choose from. */
struct req;
rc choose_sent(struct ctx *c, struct req *q, const char *typed, int page, const struct scope *s, bool *sent);

#endif
