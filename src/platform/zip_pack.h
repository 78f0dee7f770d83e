/* zip_pack.h - files packed into one archive, piece by piece: neither they nor
 * it are ever there whole, when the buf that it is written to is spooled. */
#ifndef MAILLAGE_ZIP_PACK_H
#define MAILLAGE_ZIP_PACK_H

#include "base/buf.h"
#include "base/ctx.h"

struct zip_pack;
/* An archive at the end of `out`. Ends with c->mem. */
struct zip_pack *zip_pack_new(struct ctx *c, struct buf *out);
/* The next file, dated c->now: what is written to *text, until it is closed. */
void zip_pack_open(struct ctx *c, struct zip_pack *p, const char *name, struct buf *text);
/* It is whole; *sha256 of it, before it was packed. */
void zip_pack_close(struct zip_pack *p, struct buf *text, hash *sha256);
/* All are in: the list of them.
 *   E_TOO_LARGE  "zip.failed" four gigabytes, which the format does not count */
rc zip_pack_end(struct ctx *c, struct zip_pack *p);

#endif
