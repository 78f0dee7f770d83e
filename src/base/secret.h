/* secret.h - what only its holder may know: random tokens, passwords. */
#ifndef MAILLAGE_SECRET_H
#define MAILLAGE_SECRET_H

#include <stddef.h>

#include "base/base32.h"
#include "base/rc.h"
#include "base/types.h"

/* Unpredictable bytes. */
void secret_bytes(void *out, size_t len);

/* A token of 256 bits for sessions, links in mails and the API: 52 characters
 * of base 32 and NUL. Only its hash is stored; SHA-256 is enough for that,
 * nobody can try 2^256 of them. */
#define SECRET_SIZE (BASE32_LEN(32) + 1)
void secret_new(char out[SECRET_SIZE]);
hash secret_hash(const char *token);

/* argon2id, 19 MiB, two passes, one lane: about 20 ms of a core, so never on
 * an epoll thread nor in a transaction. `out` is an ASCII text to store.
 *   E_BUSY  no memory for it now */
#define PASSWORD_HASH_SIZE 128
rc password_hash(const char *password, char out[PASSWORD_HASH_SIZE]);
/* stored NULL (no such account): takes the same time and is false. */
bool password_verify(const char *stored, const char *password);
/* Was it made with other costs than today's? */
bool password_needs_rehash(const char *stored);

#endif
