/* audit.h - who did what, as what, when, from what to what, for which request;
 * in the transaction of the change itself, chained per community. The chain
 * covers a salted commitment of the detail, so the detail can be erased. */
#ifndef MAILLAGE_AUDIT_H
#define MAILLAGE_AUDIT_H

#include "audit/chain.h"

struct audit_event {
	const char *chain;	 /* public id of the community concerned, or "server" */
	const char *action;	 /* "booking.cancel" */
	const char *object_kind; /* "booking" */
	pubid object;
	const char *before, *after; /* JSON, or NULL */
};

/* Write one event for c->actor at c->now. Inside db_write, after everything
 * else that locks. */
rc audit_note(struct ctx *c, const struct audit_event *e);

/* Walk every audit chain. `broken` names the first broken one ("audit of
 * SUBJECT, row 12") or is NULL; counts what was checked. */
rc audit_verify(struct ctx *c, int64_t *chains, int64_t *rows, const char **broken);

#endif
