#include "base/hash.h"

#include <sodium.h>
#include <string.h>

hash hash_sha256(const void *data, size_t len)
{
	hash h;
	crypto_hash_sha256(h.b, data, len);
	return h;
}

void hash_begin(struct hasher *h)
{
	crypto_hash_sha256_init(&h->state);
}

void hash_add(struct hasher *h, const void *data, size_t len)
{
	crypto_hash_sha256_update(&h->state, data, len);
}

hash hash_end(struct hasher *h)
{
	hash out;
	crypto_hash_sha256_final(&h->state, out.b);
	return out;
}

void hash_hex(hash h, char out[65])
{
	sodium_bin2hex(out, 65, h.b, sizeof h.b);
}

rc hash_parse(const char *s, hash *out)
{
	hash h;
	if (!s || strnlen(s, 65) != 64 || strspn(s, "0123456789abcdef") != 64)
		return E_INVALID;
	if (sodium_hex2bin(h.b, sizeof h.b, s, 64, NULL, NULL, NULL) != 0)
		return E_INVALID;
	*out = h;
	return OK;
}

bool hash_eq(hash a, hash b)
{
	return sodium_memcmp(a.b, b.b, sizeof a.b) == 0;
}
