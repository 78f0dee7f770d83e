/* notice.h - letters about workshops, in each person's language, queued in the
 * transaction of their cause. */
#ifndef MAILLAGE_NOTICE_H
#define MAILLAGE_NOTICE_H

#include "workshops/workshop.h"

rc notice_enrolled(struct ctx *c, const struct workshop_row *w, person_id person, int status);
rc notice_promoted(struct ctx *c, const struct workshop_row *w, person_id person);
rc notice_cancelled(struct ctx *c, const struct workshop_row *w, person_id person);

#endif
