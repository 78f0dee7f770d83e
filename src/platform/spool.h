/* spool.h - a long text written piece by piece: what is more than a piece or two goes on
 * into a file that has no name, so that an export of any length takes the memory of one.
 * The file ends with the memory that it was begun in, whatever becomes of who asked.
 *
 * Written to as any buf is, but at its end alone. */
#ifndef MAILLAGE_SPOOL_H
#define MAILLAGE_SPOOL_H

#include "base/buf.h"
#include "base/ctx.h"

struct spool {
	int fd;		/* of the file, read from its beginning with an offset of one's own */
	size_t len;
	uint64_t tag;	/* of what was written: spool_tag from SPOOL_TAG on */
	bool failed;
};

#define SPOOL_TAG 14695981039346656037u
/* FNV-1a: of what came before, and these bytes. */
uint64_t spool_tag(uint64_t before, const void *bytes, size_t n);

/* An empty buf in c->mem. Where no file can be had it stays in memory, all of it. */
void spool_begin(struct ctx *c, struct buf *b);
/* All is written. NULL: it is short, and stands in the buf; else nothing does.
 *   E_DB  "db.full" the file took no more */
rc spool_end(struct ctx *c, struct buf *b, const struct spool **out);

#endif
