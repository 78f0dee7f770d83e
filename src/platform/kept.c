#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/pubid.h"
#include "platform/app.h"
#include "platform/kept.h"
#include "platform/metrics.h"
#include "platform/out.h"

#define PAGES	       64
#define MINUTE_SECONDS 60
#define KEY_LENGTH     (sizeof((pubid *)NULL)->s - 1)

struct kept_page {
	struct http_blob blob; /* first: released through it */
	hash key;
	int64_t from, until; /* of the clock */
	int64_t used;
	size_t *holes, n_holes; /* where the keys of forms stand */
	struct http_header headers[HTTP_MAX_HEADERS];
	int n_headers;
};

struct kept {
	pthread_mutex_t lock;
	struct kept_page *pages[PAGES]; /* all of one mark */
	uint64_t mark;
	size_t bytes, max_bytes;
	int64_t tick;
};

struct kept *kept_new(size_t max_bytes)
{
	struct kept *k = calloc(1, sizeof *k);
	if (!k)
		abort();
	pthread_mutex_init(&k->lock, NULL);
	k->max_bytes = max_bytes;
	return k;
}

static void page_free(struct http_blob *b)
{
	talloc_free(b);
}

static void drop(struct kept *k, size_t i)
{
	if (i == PAGES || !k->pages[i])
		return;
	k->bytes -= k->pages[i]->blob.len;
	http_blob_drop(&k->pages[i]->blob);
	k->pages[i] = NULL;
}

static void drop_all(struct kept *k)
{
	for (size_t i = 0; i < PAGES; i++)
		drop(k, i);
}

void kept_free(struct kept *k)
{
	if (!k)
		return;
	drop_all(k);
	pthread_mutex_destroy(&k->lock);
	free(k);
}

/* All of a request that a page may depend on; the path last, as it alone may hold a line's end. */
static bool key_of(const struct http_req *r, hash *out)
{
	const char *cookies = http_header(r, "Cookie"), *wish = http_header(r, "Accept-Language");
	struct hasher h;
	if (r->method != HTTP_GET || !cookies || http_header(r, "Authorization"))
		return false;
	const char *const parts[] = { cookies, wish ? wish : "", wish ? "1" : "", r->query, r->path };
	hash_begin(&h);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		hash_add(&h, parts[i], strlen(parts[i]));
		hash_add(&h, "\n", 1);
	}
	*out = hash_end(&h);
	return true;
}

/* Under the lock. */
static size_t place_of(const struct kept *k, const hash *key)
{
	size_t i = 0;
	while (i < PAGES && (!k->pages[i] || memcmp(k->pages[i]->key.b, key->b, sizeof key->b) != 0))
		i++;
	return i;
}

/* With a reference to it. */
static struct kept_page *find(struct kept *k, const hash *key, int64_t now, uint64_t *mark)
{
	pthread_mutex_lock(&k->lock);
	size_t i = place_of(k, key);
	struct kept_page *e = i < PAGES ? k->pages[i] : NULL;
	if (e && (now < e->from || now >= e->until))
		e = NULL;
	if (e) {
		http_blob_take(&e->blob);
		e->used = ++k->tick;
	}
	*mark = k->mark;
	pthread_mutex_unlock(&k->lock);
	return e;
}

/* Its bytes, and between them for each form a key that nobody was given. Takes the reference. */
static void give(struct kept_page *e, const struct http_req *r, struct http_resp *p)
{
	const char *bytes = e->blob.data;
	struct http_part *part = mem_array(r->mem, sizeof *part, 2 * e->n_holes + 1, "parts");
	pubid *keys = mem_array(r->mem, sizeof *keys, e->n_holes, "keys");
	size_t at = 0;
	p->parts = part;
	for (size_t i = 0; i < e->n_holes; i++) {
		pubid_new(&keys[i]);
		*part++ = (struct http_part){ bytes + at, e->holes[i] - at };
		*part++ = (struct http_part){ keys[i].s, KEY_LENGTH };
		at = e->holes[i] + KEY_LENGTH;
	}
	*part++ = (struct http_part){ bytes + at, e->blob.len - at };
	p->n_parts = (int)(part - p->parts);
	p->status = 200;
	p->blob = &e->blob;
	memcpy(p->headers, e->headers, (size_t)e->n_headers * sizeof *e->headers);
	p->n_headers = e->n_headers;
}

static struct kept_page *page_for(struct app *app, const struct http_req *r, uint64_t *mark)
{
	hash key;
	return app->kept && key_of(r, &key) ? find(app->kept, &key, app->clock(app).v, mark) : NULL;
}

bool kept_may(struct app *app, const struct http_req *r)
{
	uint64_t mark;
	struct kept_page *e = page_for(app, r, &mark);
	if (e)
		http_blob_drop(&e->blob);
	return e;
}

bool kept_get(struct app *app, const struct http_req *r, struct http_resp *p)
{
	uint64_t mark, now;
	struct kept_page *e = page_for(app, r, &mark);
	if (!e)
		return false;
	bool same = db_mark(app->db, r->received_us, &now) && now == mark;
	if (!same) {
		http_blob_drop(&e->blob);
		return false;
	}
	give(e, r, p);
	metric_add(METRIC_KEPT, 1);
	return true;
}

/* ---- keeping ---- */

uint64_t kept_mark(struct ctx *c, const struct req *q)
{
	uint64_t mark;
	if (!c->app->kept || !(q->route->flags & R_KEPT) || q->api || q->toast || !q->session_token)
		return 0;
	return db_mark(c->app->db, q->http->received_us, &mark) ? mark : 0;
}

/* false: one stands there that is not what out_csrf writes. */
static bool find_holes(struct kept_page *e)
{
	static const char head[] = OUT_KEY_HEAD;
	const char *s = e->blob.data, *end = s + e->blob.len;
	for (const char *at = s; (at = memmem(at, (size_t)(end - at), head, sizeof head - 1));) {
		char text[KEY_LENGTH + 1] = "";
		pubid key;
		at += sizeof head - 1;
		if ((size_t)(end - at) <= KEY_LENGTH || at[KEY_LENGTH] != '"')
			return false;
		memcpy(text, at, KEY_LENGTH);
		if (pubid_parse(text, &key) != OK)
			return false;
		e->holes = talloc_realloc(e, e->holes, size_t, e->n_holes + 1);
		e->holes[e->n_holes++] = (size_t)(at - s);
	}
	return true;
}

static struct kept_page *page_new(const struct http_resp *p)
{
	struct kept_page *e = talloc_zero(NULL, struct kept_page);
	e->blob = (struct http_blob){ talloc_memdup(e, p->body, p->len), p->len, page_free, 1, NULL };
	for (int i = 0; i < p->n_headers; i++)
		e->headers[i] = (struct http_header){ talloc_strdup(e, p->headers[i].name),
						      talloc_strdup(e, p->headers[i].value) };
	e->n_headers = p->n_headers;
	return e;
}

/* Where the page may stand: in place of its like, else a free place, else of the least recently used. */
static size_t make_room(struct kept *k, const hash *key, size_t len)
{
	drop(k, place_of(k, key));
	for (;;) {
		size_t room = PAGES, oldest = PAGES;
		for (size_t i = 0; i < PAGES; i++)
			if (!k->pages[i])
				room = i;
			else if (oldest == PAGES || k->pages[i]->used < k->pages[oldest]->used)
				oldest = i;
		if (room < PAGES && k->bytes + len <= k->max_bytes)
			return room;
		drop(k, oldest);
	}
}

/* Pages of before a write are nobody's any more, and one that comes late is not kept. */
static void place(struct kept *k, struct kept_page *e, uint64_t mark)
{
	pthread_mutex_lock(&k->lock);
	if (mark > k->mark) {
		drop_all(k);
		k->mark = mark;
	}
	if (mark == k->mark) {
		size_t i = make_room(k, &e->key, e->blob.len);
		e->used = ++k->tick;
		k->pages[i] = e;
		k->bytes += e->blob.len;
		e = NULL;
	}
	pthread_mutex_unlock(&k->lock);
	if (e)
		talloc_free(e);
}

void kept_put(struct ctx *c, const struct req *q, uint64_t mark, const struct http_resp *p)
{
	struct kept *k = c->app->kept;
	hash key;
	bool fits = mark && p->status == 200 && p->body && p->len <= k->max_bytes / 4;
	if (!fits || !c->actor.person.v || q->by_token || q->reply.n_cookies || !key_of(q->http, &key))
		return;
	struct kept_page *e = page_new(p);
	e->key = key;
	e->from = c->now.v;
	e->until = c->now.v + MINUTE_SECONDS;
	if (q->session_until.v < e->until)
		e->until = q->session_until.v;
	if (find_holes(e))
		place(k, e, mark);
	else
		talloc_free(e);
}
