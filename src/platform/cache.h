/* cache.h - public pages as they were answered, for visitors who are not
 * signed in. A page is keyed by path, query and language, and holds while
 * nothing was written and its minute is not over. Capped; least recently
 * used out. Thread-safe. */
#ifndef MAILLAGE_CACHE_H
#define MAILLAGE_CACHE_H

#include "platform/route.h"

struct cache;
struct cache *cache_new(size_t max_bytes);
void cache_free(struct cache *k);

/* Answer from the cache, if it can. */
bool cache_get(struct app *app, enum lang lang, const struct http_req *r, struct http_resp *p);

/* Keep what was answered from a snapshot of that generation. Turns p's body
 * into a shared one. */
void cache_put(struct ctx *c, const struct req *q, uint64_t generation, struct http_resp *p);

#endif
