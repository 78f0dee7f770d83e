/* mapping_web.h - a table handed over on the page of imports. */
#ifndef MAILLAGE_MAPPING_WEB_H
#define MAILLAGE_MAPPING_WEB_H

#include "observatory/arrival.h"
#include "platform/route.h"

/* Before the transaction: read it. Then keep it, and go on to its columns. */
rc sheet_prepare(struct ctx *c, struct req *q, octets file);
rc sheet_hand_over(struct ctx *c, struct req *q, const struct import_start *s, pubid *out);

#endif
