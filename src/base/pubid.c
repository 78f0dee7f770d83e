#include "base/pubid.h"

#include <stdatomic.h>
#include <string.h>

#include "base/base32.h"
#include "base/hash.h"
#include "base/secret.h"

#define PUBID_BYTES 16

static atomic_uint source;

void pubid_source_changed(void)
{
	atomic_fetch_add(&source, 1);
}

/* A page has one for each of its forms: asked of the system in lots. */
void pubid_new(pubid *out)
{
	static _Thread_local unsigned char lot[32][PUBID_BYTES];
	static _Thread_local size_t left;
	static _Thread_local unsigned from;
	unsigned now = atomic_load_explicit(&source, memory_order_relaxed);
	if (!left || from != now) {
		from = now;
		left = sizeof lot / sizeof *lot;
		secret_bytes(lot, sizeof lot);
	}
	left--;
	base32_encode(lot[left], PUBID_BYTES, out->s);
	memset(lot[left], 0, PUBID_BYTES);
}

void pubid_new_near(pubid *out)
{
	enum { SHARED = 4, LOT = 64 };
	static _Thread_local char first[SHARED];
	static _Thread_local int left;
	static _Thread_local unsigned from;
	unsigned now = atomic_load_explicit(&source, memory_order_relaxed);
	pubid_new(out);
	if (left && from == now) {
		memcpy(out->s, first, SHARED);
		left--;
		return;
	}
	memcpy(first, out->s, SHARED);
	left = LOT - 1;
	from = now;
}

void pubid_from_seed(uint64_t seed, uint64_t n, pubid *out)
{
	unsigned char in[16];
	for (int i = 0; i < 8; i++) {
		in[i] = (unsigned char)(seed >> (8 * i));
		in[8 + i] = (unsigned char)(n >> (8 * i));
	}
	hash h = hash_sha256(in, sizeof in);
	base32_encode(h.b, PUBID_BYTES, out->s);
}

rc pubid_parse(const char *s, pubid *out)
{
	size_t len = BASE32_LEN(PUBID_BYTES);
	/* 26 characters hold 130 bits: the first one is below 8. */
	if (!s || strnlen(s, len + 1) != len || base32_value(s[0]) > 7)
		return E_INVALID;
	for (size_t i = 0; i < len; i++)
		if (base32_value(s[i]) < 0)
			return E_INVALID;
	memcpy(out->s, s, len + 1);
	return OK;
}

bool pubid_eq(pubid a, pubid b)
{
	return strcmp(a.s, b.s) == 0;
}

bool pubid_is_none(pubid p)
{
	return p.s[0] == 0;
}
