/* hash.h - SHA-256: chains, stored tokens, what is signed. */
#ifndef MAILLAGE_HASH_H
#define MAILLAGE_HASH_H

#include <sodium/crypto_hash_sha256.h>

#include "base/rc.h"
#include "base/types.h"

hash hash_sha256(const void *data, size_t len);

/* The same, piece by piece; hash_end may be called once. */
struct hasher {
	crypto_hash_sha256_state state;
};
void hash_begin(struct hasher *h);
void hash_add(struct hasher *h, const void *data, size_t len);
hash hash_end(struct hasher *h);

/* 64 lower-case hexadecimal digits and NUL. */
void hash_hex(hash h, char out[65]);
/* Reads them back, exactly; else E_INVALID and *out is left alone. */
rc hash_parse(const char *s, hash *out);
/* In the same time wherever they differ. */
bool hash_eq(hash a, hash b);

#endif
