#include "platform/ratelimit.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define WAYS 8 /* slots a key may be in */

/* full_at: when the key has its whole burst again. In the past, the slot says
 * nothing that an absent one does not. */
struct slot {
	uint64_t key;
	int64_t full_at;
};

struct ratelimit {
	pthread_mutex_t lock;
	unsigned char secret[crypto_shorthash_KEYBYTES]; /* nobody can choose keys that collide */
	int64_t burst, every_s;
	size_t n_sets;
	struct slot slots[];
};

struct ratelimit *ratelimit_new(size_t keys, int burst, int every_s)
{
	size_t n_sets = 1;
	struct ratelimit *r;

	while (n_sets * WAYS < keys)
		n_sets *= 2;
	r = calloc(1, sizeof(*r) + n_sets * WAYS * sizeof(struct slot));
	if (!r || sodium_init() < 0)
		abort();
	pthread_mutex_init(&r->lock, NULL);
	randombytes_buf(r->secret, sizeof(r->secret));
	r->burst = burst;
	r->every_s = every_s;
	r->n_sets = n_sets;
	for (size_t i = 0; i < n_sets * WAYS; i++)
		r->slots[i].full_at = INT64_MIN;
	return r;
}

void ratelimit_free(struct ratelimit *r)
{
	if (!r)
		return;
	pthread_mutex_destroy(&r->lock);
	free(r);
}

/* The slot of a key, or the one to give it. */
static struct slot *find(struct ratelimit *r, uint64_t key)
{
	struct slot *set = &r->slots[key % r->n_sets * WAYS], *least = set;

	for (int i = 0; i < WAYS; i++) {
		if (set[i].key == key)
			return &set[i];
		if (set[i].full_at < least->full_at)
			least = &set[i];
	}
	return least;
}

static uint64_t hash_of(const struct ratelimit *r, const char *key)
{
	unsigned char out[crypto_shorthash_BYTES];
	uint64_t v;

	crypto_shorthash(out, (const unsigned char *)key, strlen(key), r->secret);
	memcpy(&v, out, sizeof(v));
	return v;
}

/* When the key has its whole burst again, as of now; the lock is held. */
static int64_t full_at(const struct ratelimit *r, const struct slot *slot, uint64_t key, int64_t now_s)
{
	int64_t at = slot->key == key ? slot->full_at : now_s;

	if (at < now_s)
		at = now_s;
	/* A clock that went back must not shut anybody out for longer than an empty burst does. */
	if (at > now_s + r->burst * r->every_s)
		at = now_s + r->burst * r->every_s;
	return at;
}

static int64_t wait_of(const struct ratelimit *r, int64_t at, int64_t now_s)
{
	int64_t wait = at - now_s - (r->burst - 1) * r->every_s;

	return wait > 0 ? wait : 0;
}

bool ratelimit_take(struct ratelimit *r, const char *key, int64_t now_s)
{
	uint64_t hashed = hash_of(r, key);
	struct slot *slot;
	int64_t at;
	bool granted;

	pthread_mutex_lock(&r->lock);
	slot = find(r, hashed);
	at = full_at(r, slot, hashed, now_s);
	granted = wait_of(r, at, now_s) == 0;
	if (granted)
		*slot = (struct slot){ hashed, at + r->every_s };
	pthread_mutex_unlock(&r->lock);
	return granted;
}

int64_t ratelimit_wait(struct ratelimit *r, const char *key, int64_t now_s)
{
	uint64_t hashed = hash_of(r, key);
	int64_t wait;

	pthread_mutex_lock(&r->lock);
	wait = wait_of(r, full_at(r, find(r, hashed), hashed, now_s), now_s);
	pthread_mutex_unlock(&r->lock);
	return wait;
}

void ratelimit_forget(struct ratelimit *r, const char *key)
{
	uint64_t hashed = hash_of(r, key);
	struct slot *slot;

	pthread_mutex_lock(&r->lock);
	slot = find(r, hashed);
	if (slot->key == hashed)
		slot->full_at = INT64_MIN;
	pthread_mutex_unlock(&r->lock);
}
