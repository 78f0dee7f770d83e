/* zip_pack.h - files packed into one archive, in memory: each is let go of as
 * soon as it is packed, so that only the largest is ever there whole. */
#ifndef MAILLAGE_ZIP_PACK_H
#define MAILLAGE_ZIP_PACK_H

#include "base/ctx.h"

struct zip_pack;
/* E_INTERNAL "zip.failed", as all of them. Ends with c->mem. */
rc zip_pack_new(struct ctx *c, struct zip_pack **out);
/* The bytes may go when it returns. Dated c->now. */
rc zip_pack_add(struct ctx *c, struct zip_pack *p, const char *name, const void *bytes, size_t n);
/* The archive, in c->mem. */
rc zip_pack_end(struct ctx *c, struct zip_pack *p, octets *out);

#endif
