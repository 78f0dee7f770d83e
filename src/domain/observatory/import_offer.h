/* import_offer.h - a file that a coordinator offers for her network: who is told
 * of it, and what binds the new places to it. Inside db_write. */
#ifndef MAILLAGE_IMPORT_OFFER_H
#define MAILLAGE_IMPORT_OFFER_H

#include "base/ctx.h"
#include "observatory/import_shape.h"
#include "observatory/mapping_shape.h"

/* To those who run the site: a file waits at `path`. For c->actor. */
rc offer_tell_waits(struct ctx *c, const char *label, const char *path);

/* Of a file that was offered: it is refused, for a reason that its sender reads.
 * Of any other the reason counts for nothing.
 *   E_INVALID  "offers.say_why" (field reason) */
rc offer_refusal_check(struct ctx *c, bool offered, const char *reason);
rc offer_refuse(struct ctx *c, const struct import_run *run, const char *reason);
/* The same of a table whose columns nobody has confirmed; it stays in her list as a run that was stopped. */
rc offer_sheet_refuse(struct ctx *c, const struct import_sheet_row *sheet, const char *reason);

/* To whoever offered it, and to nobody when nobody did: it could not be read, or
 * it is in the directory since `since`. */
rc offer_tell_unreadable(struct ctx *c, const struct import_run *run, const char *key);
rc offer_tell_done(struct ctx *c, const struct import_run *run, instant since);

#endif
