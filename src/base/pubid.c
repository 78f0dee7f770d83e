#include "base/pubid.h"

#include <string.h>

#include "base/base32.h"
#include "base/hash.h"
#include "base/secret.h"

#define PUBID_BYTES 16

void pubid_new(pubid *out)
{
	unsigned char bytes[PUBID_BYTES];
	secret_bytes(bytes, sizeof bytes);
	base32_encode(bytes, sizeof bytes, out->s);
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
