#include "platform/db_memo.h"

#include <malloc.h>
#include <pthread.h>
#include <stdatomic.h>

#include "platform/db_internal.h"

#define MOST 8 /* kinds of memo */

/* A value, in its own memory; whoever lets go last frees it. */
struct held {
	atomic_int holders;
	int64_t version;
	uint64_t generation; /* of the database when the version was last seen; under the lock */
	void *value;
};

struct memos {
	pthread_mutex_t lock;
	struct {
		const struct memo_kind *kind;
		struct held *held;
	} of[MOST];
};

struct memos *memos_new(void)
{
	struct memos *m = talloc_zero(NULL, struct memos);
	pthread_mutex_init(&m->lock, NULL);
	return m;
}

static void let_go(struct held *h)
{
	if (h && atomic_fetch_sub(&h->holders, 1) == 1)
		talloc_free(h);
}

void memos_free(struct memos *m)
{
	if (!m)
		return;
	for (int i = 0; i < MOST; i++)
		let_go(m->of[i].held);
	pthread_mutex_destroy(&m->lock);
	talloc_free(m);
}

struct grip {
	struct held *held;
};

static int grip_free(struct grip *g)
{
	let_go(g->held);
	return 0;
}

static const void *grip(struct ctx *c, struct held *h)
{
	struct grip *g = talloc(c->mem, struct grip);
	g->held = h;
	talloc_set_destructor(g, grip_free);
	return h->value;
}

/* The one that is kept, held for the caller; NULL: none. */
static struct held *kept(struct memos *m, const struct memo_kind *kind)
{
	struct held *h = NULL;
	pthread_mutex_lock(&m->lock);
	for (int i = 0; i < MOST && m->of[i].kind; i++)
		if (m->of[i].kind == kind)
			h = m->of[i].held;
	if (h)
		atomic_fetch_add(&h->holders, 1);
	pthread_mutex_unlock(&m->lock);
	return h;
}

/* In place of an older one. */
static void keep(struct memos *m, const struct memo_kind *kind, struct held *h)
{
	struct held *old = NULL;
	int i = 0;
	pthread_mutex_lock(&m->lock);
	while (i < MOST && m->of[i].kind && m->of[i].kind != kind)
		i++;
	if (i < MOST && (!m->of[i].held || m->of[i].held->version < h->version)) {
		old = m->of[i].held;
		m->of[i].kind = kind;
		m->of[i].held = h;
		atomic_fetch_add(&h->holders, 1);
	}
	pthread_mutex_unlock(&m->lock);
	let_go(old);
}

static void seen(struct memos *m, struct held *h, uint64_t generation)
{
	pthread_mutex_lock(&m->lock);
	h->generation = h->generation < generation ? generation : h->generation;
	pthread_mutex_unlock(&m->lock);
}

static bool is_seen(struct memos *m, const struct held *h, uint64_t generation)
{
	pthread_mutex_lock(&m->lock);
	bool yes = h->generation >= generation;
	pthread_mutex_unlock(&m->lock);
	return yes;
}

static rc build(struct ctx *c, const struct memo_kind *kind, int64_t version, struct held **out)
{
	struct held *h = talloc_zero(NULL, struct held);
	TALLOC_CTX *mem = c->mem;
	atomic_init(&h->holders, 1);
	h->version = version;
	talloc_set_name_const(h, kind->name);
	c->mem = talloc_new(mem);
	rc code = kind->build(c, h, &h->value);
	TALLOC_CTX *meanwhile = c->mem;
	c->mem = mem;
	if (code != OK) {
		talloc_free(h); /* but not what the failure says */
		return code;
	}
	talloc_free(meanwhile);
	malloc_trim(0); /* it took several times what it keeps */
	*out = h;
	return OK;
}

/* For a transaction that comes first: that of what is committed, made in a
 * snapshot beside it and kept for all, so that it is not made again for each
 * call. NULL: there is none of that version. */
static struct held *made_beside(struct ctx *c, const struct memo_kind *kind, int64_t version)
{
	struct memos *m = c->conn->db->memos;
	struct ctx beside = *c;
	const void *value;
	beside.conn = NULL;
	beside.in_write = false;
	beside.mem = talloc_new(c->mem);
	if (db_snapshot(&beside) == OK) {
		rc code = memo_get(&beside, kind, &value);
		db_snapshot_end(&beside);
		(void)code; /* then there is none */
	}
	talloc_free(beside.mem);
	struct held *h = kept(m, kind);
	if (!h || h->version == version)
		return h;
	let_go(h);
	return NULL;
}

static rc make(struct ctx *c, const struct memo_kind *kind, int64_t version, struct held **out)
{
	*out = c->in_write ? made_beside(c, kind, version) : NULL;
	if (*out)
		return OK;
	TRY(build(c, kind, version, out));
	if (!c->in_write)
		keep(c->conn->db->memos, kind, *out);
	return OK;
}

rc memo_get(struct ctx *c, const struct memo_kind *kind, const void **out)
{
	struct memos *m = c->conn->db->memos;
	uint64_t generation = c->in_write ? UINT64_MAX : db_snapshot_generation(c);
	struct held *h = kept(m, kind);
	int64_t version;
	if (h && is_seen(m, h, generation)) {
		*out = grip(c, h);
		return OK;
	}
	rc code = kind->version(c, &version);
	/* What a transaction has not committed may be taken back: nobody else sees it. */
	bool good = h && code == OK && (c->in_write ? h->version == version : h->version >= version);
	if (!good) {
		let_go(h);
		if (code == OK)
			code = make(c, kind, version, &h);
		if (code != OK)
			return code;
	}
	if (!c->in_write)
		seen(m, h, generation);
	*out = grip(c, h);
	return OK;
}
