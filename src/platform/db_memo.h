/* db_memo.h - what is worked out from tables and kept in memory between requests:
 * an index of names, a grid of places. The database stays the truth: a memo has
 * a version, one number that the database knows; when it has moved on, the next
 * who asks works it out again. Readers of an older one keep theirs until their
 * memory dies. Any thread. */
#ifndef MAILLAGE_DB_MEMO_H
#define MAILLAGE_DB_MEMO_H

#include "base/ctx.h"

/* Static, one for each kind of memo: known by its address. */
struct memo_kind {
	const char *name;
	/* Cheap: one row. Never goes back. */
	rc (*version)(struct ctx *c, int64_t *out);
	/* Everything in `owner`; c->mem is for what is needed meanwhile. */
	rc (*build)(struct ctx *c, TALLOC_CTX *owner, void **out);
};

/* Inside a snapshot or a transaction: the memo at least as new as that,
 * to read, never to change; it lasts as long as c->mem. */
rc memo_get(struct ctx *c, const struct memo_kind *kind, const void **out);

struct memos;
struct memos *memos_new(void);
void memos_free(struct memos *m); /* nobody reads any more */

#endif
