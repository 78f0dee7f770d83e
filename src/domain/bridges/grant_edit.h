/* grant_edit.h - the rights of a version that is still being written: as many as
 * its runner wants, in her order. They hold as long as their version, or between days of their own; the order
 * is that of the text which is signed. All inside db_write, each with its line
 * of the audit; each E_CONFLICT "convention.not_draft" once it is proposed. */
#ifndef MAILLAGE_GRANT_EDIT_H
#define MAILLAGE_GRANT_EDIT_H

#include "bridges/terms.h"

#define MAX_GRANTS 20

/* What was typed, into g, but for its dates. E_INVALID "convention.no_right": nobody, or nothing, is named. */
rc grant_fill(struct ctx *c, const struct grant_edit *f, struct grant_row *g);

/* The boxes of its statuses and kinds of space. */
void grant_tick(const struct grant_row *g, struct grant_fields *v);

/* Its days within those of the version; unset: the same.
 *   E_INVALID "convention.dates", "grant_edit.within" */
rc grant_dates(struct ctx *c, const struct convention_row *k, const struct version_row *v, day from, day to,
	       struct grant_row *g);

/* After the others. E_CONFLICT "grant_edit.many" */
rc grant_add(struct ctx *c, convention_id id, const struct grant_edit *f, pubid *out);
rc grant_set(struct ctx *c, const struct grant_row *g, const struct grant_edit *f);
/* E_CONFLICT "grant_edit.last": a convention that gives nothing is none. */
rc grant_remove(struct ctx *c, const struct grant_row *g);
/* Before the one above it; the first stays. */
rc grant_up(struct ctx *c, const struct grant_row *g);

#endif
