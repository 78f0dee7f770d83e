/* idempotency.h - the same creation sent twice is done once. The key comes in
 * the header Idempotency-Key, or in a form's hidden field `_idempotency`;
 * it is scoped to actor and route, and kept 48 hours. */
#ifndef MAILLAGE_IDEMPOTENCY_H
#define MAILLAGE_IDEMPOTENCY_H

#include "platform/route.h"

/* Before the handler, in a snapshot: was it done already? Then q->reply is
 * what was answered.
 *   E_INVALID   "http.key_reused" same key, another body; "http.form_reused" when it
 *               came with a page that was sent, gone back to and filled otherwise */
rc idempotency_find(struct ctx *c, struct req *q, bool *replayed);

/* After the handler, in its transaction: keep what is answered. A second
 * request in flight meets the primary key: E_CONFLICT, nothing is done. */
rc idempotency_keep(struct ctx *c, struct req *q);

/* Forget keys older than 48 hours. */
rc idempotency_sweep(struct ctx *c);

#endif
