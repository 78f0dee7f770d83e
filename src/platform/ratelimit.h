/* ratelimit.h - how many attempts a key (an account, an address) has left. A
 * fixed number of slots in memory, so that no flood of keys makes it grow:
 * when a set of slots is full, the key nearest to a full allowance is
 * forgotten, which keeps those that are out of attempts. Thread-safe. Lost at
 * a restart. */
#ifndef MAILLAGE_RATELIMIT_H
#define MAILLAGE_RATELIMIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ratelimit;

/* `burst` attempts at once, one more each `every_s` seconds; at least `keys`
 * keys are kept (16 bytes each). Out of memory ends the program. */
struct ratelimit *ratelimit_new(size_t keys, int burst, int every_s);
void ratelimit_free(struct ratelimit *r);

/* Take one attempt. false: none is left, nothing is taken. */
bool ratelimit_take(struct ratelimit *r, const char *key, int64_t now_s);
/* Give back all that was taken. */
void ratelimit_forget(struct ratelimit *r, const char *key);
/* Seconds until ratelimit_take would grant one; 0 when it would now. */
int64_t ratelimit_wait(struct ratelimit *r, const char *key, int64_t now_s);

#endif
