/* kept.h - pages of who is signed in, as they were answered to her, for when she comes
 * back to them. A page is kept in two layers: its bytes, and what must be another one
 * each time, the keys of its forms, which are put in anew. It is given again only when
 * making it anew would give the same:
 *   - to the same request: cookies, wished language, address, query, byte for byte;
 *   - while nobody has written, in this process or another (db_mark). The mark is read
 *     before the snapshot the page is made from, and again after the request came;
 *   - within its minute: what a row marked R_KEPT answers knows no shorter time (route.h),
 *     and not past req.session_until.
 * Capped; least recently used out; all go with the first that is made after a write.
 * Any thread. */
#ifndef MAILLAGE_KEPT_H
#define MAILLAGE_KEPT_H

#include "platform/route.h"

struct kept;
struct kept *kept_new(size_t max_bytes);
void kept_free(struct kept *k);

/* Is there one that might be given? */
bool kept_may(struct app *app, const struct http_req *r);
/* Answer as before, if that is still right. May ask the database. */
bool kept_get(struct app *app, const struct http_req *r, struct http_resp *p);

/* Before the snapshot of a page is opened: its mark, or 0 when it will not be kept. */
uint64_t kept_mark(struct ctx *c, const struct req *q);
/* Keep what was answered. */
void kept_put(struct ctx *c, const struct req *q, uint64_t mark, const struct http_resp *p);

#endif
