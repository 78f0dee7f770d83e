#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "platform/app.h"
#include "platform/cache.h"

#define SLOTS	     1024
#define PAGE_SECONDS 60 /* pages say "open now": they age by the minute */

struct entry {
	struct http_blob blob; /* first: released through it */
	enum lang lang;	       /* the key, with ... */
	char *path, *query;
	uint64_t generation;
	int64_t made, used;
	struct http_header headers[HTTP_MAX_HEADERS];
	int n_headers;
};

struct cache {
	pthread_mutex_t lock;
	struct entry *slots[SLOTS];
	size_t bytes, max_bytes;
	int64_t tick;
};

struct cache *cache_new(size_t max_bytes)
{
	struct cache *k = calloc(1, sizeof *k);
	if (!k)
		abort();
	pthread_mutex_init(&k->lock, NULL);
	k->max_bytes = max_bytes;
	return k;
}

static void entry_free(struct http_blob *b)
{
	talloc_free(b);
}

static void drop(struct cache *k, size_t i)
{
	k->bytes -= k->slots[i]->blob.len;
	http_blob_drop(&k->slots[i]->blob);
	k->slots[i] = NULL;
}

void cache_free(struct cache *k)
{
	for (size_t i = 0; i < SLOTS; i++)
		if (k->slots[i])
			drop(k, i);
	pthread_mutex_destroy(&k->lock);
	free(k);
}

static uint64_t stir(uint64_t h, const char *s)
{
	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * 1099511628211u;
	return h;
}

static size_t slot_of(enum lang lang, const struct http_req *r)
{
	uint64_t h = stir(stir(1469598103934665603u + (unsigned)lang, r->path) * 31, r->query);
	return (h ^ h >> 32) % SLOTS;
}

static bool is_of(const struct entry *e, enum lang lang, const struct http_req *r)
{
	return e->lang == lang && strcmp(e->path, r->path) == 0 && strcmp(e->query, r->query) == 0;
}

bool cache_get(struct app *app, enum lang lang, const struct http_req *r, struct http_resp *p)
{
	struct cache *k = app->cache;
	uint64_t generation = db_generation(app->db);
	int64_t now = app->clock(app).v;
	size_t slot = slot_of(lang, r);
	pthread_mutex_lock(&k->lock);
	struct entry *e = k->slots[slot];
	/* A clock set back does not make a page last: its age has no sign. */
	bool fits = e && is_of(e, lang, r) && e->generation == generation &&
		    llabs(now - e->made) < PAGE_SECONDS;
	if (fits) {
		http_blob_take(&e->blob);
		e->used = ++k->tick;
	}
	pthread_mutex_unlock(&k->lock);
	if (!fits)
		return false;
	p->status = 200;
	p->blob = &e->blob;
	/* The blob's reference keeps them alive. */
	memcpy(p->headers, e->headers, (size_t)e->n_headers * sizeof *e->headers);
	p->n_headers = e->n_headers;
	return true;
}

static struct entry *entry_new(struct ctx *c, const struct http_req *r, uint64_t generation,
			       const struct http_resp *p)
{
	struct entry *e = talloc_zero(NULL, struct entry);
	e->lang = c->lang;
	e->path = talloc_strdup(e, r->path);
	e->query = talloc_strdup(e, r->query);
	e->generation = generation;
	e->made = c->now.v;
	e->blob = (struct http_blob){ talloc_memdup(e, p->body, p->len), p->len, entry_free, 1, NULL };
	for (int i = 0; i < p->n_headers; i++)
		e->headers[i] = (struct http_header){ talloc_strdup(e, p->headers[i].name),
						      talloc_strdup(e, p->headers[i].value) };
	e->n_headers = p->n_headers;
	return e;
}

/* Room for `len` more: the least recently used go. */
static void make_room(struct cache *k, size_t len)
{
	while (k->bytes + len > k->max_bytes) {
		size_t oldest = SLOTS;
		for (size_t i = 0; i < SLOTS; i++)
			if (k->slots[i] && (oldest == SLOTS || k->slots[i]->used < k->slots[oldest]->used))
				oldest = i;
		if (oldest == SLOTS)
			return;
		drop(k, oldest);
	}
}

void cache_put(struct ctx *c, const struct req *q, uint64_t generation, struct http_resp *p)
{
	struct cache *k = c->app->cache;
	if (p->status != 200 || !p->body || p->len > k->max_bytes / 4 || q->reply.n_cookies)
		return;
	struct entry *e = entry_new(c, q->http, generation, p);
	size_t i = slot_of(c->lang, q->http);
	pthread_mutex_lock(&k->lock);
	if (k->slots[i])
		drop(k, i);
	make_room(k, p->len);
	e->used = ++k->tick;
	k->slots[i] = e;
	k->bytes += p->len;
	pthread_mutex_unlock(&k->lock);
}
