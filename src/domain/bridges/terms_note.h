/* terms_note.h - what changed in a draft, for the audit log of who runs it. */
#ifndef MAILLAGE_TERMS_NOTE_H
#define MAILLAGE_TERMS_NOTE_H

#include "base/ctx.h"
#include "bridges/terms_shape.h"

/* What a draft says now, in c->mem. */
rc terms_facts_of(struct ctx *c, const struct convention_row *k, const struct version_row *v, struct terms_facts *out);

/* The terms that differ, before and after; nothing when none does. */
rc terms_note(struct ctx *c, const struct convention_row *k, const struct terms_facts *was,
	      const struct terms_facts *is);

/* A right that is new (was NULL), changed, or no more (is NULL). */
rc grant_note(struct ctx *c, const struct convention_row *k, const struct grant_row *was, const struct grant_row *is);

/* Rights in another order. */
rc grant_order_note(struct ctx *c, const struct convention_row *k, const struct grant_row_list *was,
		    const struct grant_row_list *is);

#endif
