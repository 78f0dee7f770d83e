#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "platform/app.h"
#include "platform/cache.h"

#define SLOTS	     1024
#define PAGE_SECONDS 60 /* pages say "open now": they age by the minute */

struct entry {
	struct http_blob blob; /* first: released through it */
	char *key;
	uint64_t generation;
	int64_t made, used;
	const char *type;
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

static void entry_release(struct http_blob *b)
{
	if (__atomic_sub_fetch(&b->refs, 1, __ATOMIC_ACQ_REL) == 0)
		talloc_free(b);
}

static void drop(struct cache *k, size_t i)
{
	k->bytes -= k->slots[i]->blob.len;
	entry_release(&k->slots[i]->blob);
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

static char *key_of(struct ctx *c, const struct req *q)
{
	return fmt(c, "%d %s?%s", (int)c->lang, q->http->path, q->http->query);
}

static size_t slot_of(const char *key)
{
	uint64_t h = 1469598103934665603u;
	for (; *key; key++)
		h = (h ^ (unsigned char)*key) * 1099511628211u;
	return h % SLOTS;
}

bool cache_get(struct ctx *c, const struct req *q, struct http_resp *p)
{
	struct cache *k = c->app->cache;
	char *key = key_of(c, q);
	uint64_t now = db_generation(c->app->db);
	pthread_mutex_lock(&k->lock);
	struct entry *e = k->slots[slot_of(key)];
	/* A clock set back does not make a page last: its age has no sign. */
	bool fits = e && strcmp(e->key, key) == 0 && e->generation == now &&
		    llabs(c->now.v - e->made) < PAGE_SECONDS;
	if (fits) {
		__atomic_add_fetch(&e->blob.refs, 1, __ATOMIC_ACQ_REL);
		e->used = ++k->tick;
	}
	pthread_mutex_unlock(&k->lock);
	if (!fits)
		return false;
	p->status = 200;
	p->blob = &e->blob;
	for (int i = 0; i < e->n_headers; i++) /* the blob's reference keeps them alive */
		http_set(p, e->headers[i].name, e->headers[i].value);
	return true;
}

static struct entry *entry_new(const char *key, uint64_t generation, int64_t now, const struct http_resp *p)
{
	struct entry *e = talloc_zero(NULL, struct entry);
	e->key = talloc_strdup(e, key);
	e->generation = generation;
	e->made = now;
	e->blob = (struct http_blob){ talloc_memdup(e, p->body, p->len), p->len, entry_release, 1 };
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
	char *key = key_of(c, q);
	struct entry *e = entry_new(key, generation, c->now.v, p);
	size_t i = slot_of(key);
	pthread_mutex_lock(&k->lock);
	if (k->slots[i])
		drop(k, i);
	make_room(k, p->len);
	e->used = ++k->tick;
	k->slots[i] = e;
	k->bytes += p->len;
	pthread_mutex_unlock(&k->lock);
}
