/* correction.h - anybody may say that something on a page is wrong. Its stewards
 * are told by mail, or the operators when it has none; they answer, and whoever
 * left an address gets the answer. The address is forgotten with that. Inside
 * db_write but what only reads. */
#ifndef MAILLAGE_CORRECTION_H
#define MAILLAGE_CORRECTION_H

#include "base/ctx.h"
#include "people/correction_shape.h"

/* Keep a report and tell who looks after the page. A filled trap is taken for
 * granted and forgotten. */
rc correction_report(struct ctx *c, const struct community_row *row, const struct correction_new *f);

/* Done, or dismissed with a reason.
 *   E_INVALID   "page_report.say_why", blaming answer
 *   E_CONFLICT  "page_report.answered" somebody has already */
rc correction_close_with(struct ctx *c, const struct correction_row *r, const struct correction_answer *f);

/* Does nobody look after this page? */
rc page_has_no_steward(struct ctx *c, community_id community, bool *out);

#endif
