#include "base/secret.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

/* The least that OWASP advises; libsodium's "interactive" takes 64 MiB. */
#define PASSWORD_PASSES 2
#define PASSWORD_MEMORY (19 << 20)

_Static_assert(PASSWORD_HASH_SIZE == crypto_pwhash_STRBYTES, "libsodium's texts fit");

/* Chooses libsodium's code for this processor, once; ends the program when the
 * system gives no random bytes. */
static void ready(void)
{
	if (sodium_init() < 0)
		abort();
}

void secret_bytes(void *out, size_t len)
{
	ready();
	randombytes_buf(out, len);
}

void secret_new(char out[SECRET_SIZE])
{
	unsigned char bytes[32];
	secret_bytes(bytes, sizeof bytes);
	base32_encode(bytes, sizeof bytes, out);
	sodium_memzero(bytes, sizeof bytes);
}

hash secret_hash(const char *token)
{
	return hash_sha256(token, strlen(token));
}

rc password_hash(const char *password, char out[PASSWORD_HASH_SIZE])
{
	ready();
	if (crypto_pwhash_str_alg(out, password, strlen(password), PASSWORD_PASSES, PASSWORD_MEMORY,
				  crypto_pwhash_ALG_ARGON2ID13) != 0)
		return E_BUSY;
	return OK;
}

bool password_verify(const char *stored, const char *password)
{
	/* A hash of today's costs whose password nobody knows. */
	static const char nobody[] = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGtub3dzIGl0IQ$"
				     "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
	ready();
	bool same = crypto_pwhash_str_verify(stored ? stored : nobody, password, strlen(password)) == 0;
	return same && stored;
}

bool password_needs_rehash(const char *stored)
{
	ready();
	return crypto_pwhash_str_needs_rehash(stored, PASSWORD_PASSES, PASSWORD_MEMORY) != 0;
}
