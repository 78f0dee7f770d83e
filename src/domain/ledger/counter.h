/* counter.h - quotas: how much of a grant or pack is held and used by one
 * person, one sender, at one place, or in all, in a period. The database
 * refuses held + used > cap; several counters of one booking are always taken
 * in the order of their key, so two bookings never wait for each other. */
#ifndef MAILLAGE_COUNTER_H
#define MAILLAGE_COUNTER_H

#include "base/ctx.h"
#include "ledger/ledger_shape.h"

struct counter_key {
	int owner_kind;		/* enum counter_owner */
	int64_t owner;
	int scope;		/* enum counter_scope */
	int64_t scope_id;
	const char *period;	/* "2026", "2026-11", "" */
	quantity cap;
};

/* What is held and used now; zero when nobody used it yet. Reads only. */
rc counter_read(struct ctx *c, const struct counter_key *k, quantity *held, quantity *used);

/* Hold q more on every one of the n keys, or on none. The cap is the key's: one
 * that was lowered under what is held and used lets nothing more through.
 *   E_QUOTA "right.quota_spent" */
rc counter_hold(struct ctx *c, const struct counter_key *keys, size_t n, quantity q, counter_id *out);

/* Held becomes used; held is given back; used is given back (a reversal). */
rc counter_use(struct ctx *c, counter_id id, quantity q);
rc counter_release(struct ctx *c, counter_id id, quantity q);
rc counter_unuse(struct ctx *c, counter_id id, quantity q);

/* Used is held again (a use taken back); what was given back is held again, if
 * it is still there: E_QUOTA "right.quota_spent". */
rc counter_rehold(struct ctx *c, counter_id id, quantity q);
rc counter_retake(struct ctx *c, counter_id id, quantity q);

#endif
