/* limit.h - a debt near the limit that was signed is told to who manages the
 * debtor, while there is time to give a workshop back. */
#ifndef MAILLAGE_LIMIT_H
#define MAILLAGE_LIMIT_H

#include "base/ctx.h"

/* Job: one letter a month, a convention and a sender, to its managers; it names
 * the places that are near or at the limit. */
rc limits_tell(struct ctx *c);

#endif
