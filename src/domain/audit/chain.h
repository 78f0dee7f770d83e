/* chain.h - rows numbered without gaps, each hashed with the one before it.
 * The head row is locked by chain_next: call it last in a transaction, after
 * spaces, counters and entries (the order of locks: space, counter, ledger,
 * audit). A chain proves alteration, not truncation: heads are printed on
 * statements and checked by `maillage verify --heads`. */
#ifndef MAILLAGE_CHAIN_H
#define MAILLAGE_CHAIN_H

#include "audit/chain_shape.h"
#include "base/ctx.h"
#include "base/hash.h"

/* The chain of that kind (enum chain_kind) and subject, made when new. */
rc chain_of(struct ctx *c, int kind, const char *subject, chain_id *out);

/* Both: the chain, made when new, and its head locked. */
rc chain_begin(struct ctx *c, int kind, const char *subject, chain_id *chain, int64_t *seq, hash *prev);

/* Lock the head: the number and previous hash of the row to write. */
rc chain_next(struct ctx *c, chain_id chain, int64_t *seq, hash *prev);

/* The row is written: it is the head now. */
rc chain_advance(struct ctx *c, chain_id chain, int64_t seq, hash head);

#endif
