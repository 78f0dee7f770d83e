/* zip_pack.c - the format is PKWARE's APPNOTE: each file behind a head, its sizes after
 * it, since they are not known before; then the list of all. Little-endian. */
#include "platform/zip_pack.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/civil.h"
#include "base/hash.h"

enum {
	HEAD = 0x04034b50,
	SIZES = 0x08074b50,
	ENTRY = 0x02014b50,
	END = 0x06054b50,
	VERSION = 20,
	MADE_BY = 3 << 8 | VERSION, /* Unix: the mode of a file stands beside it */
	FLAGS = 1 << 11 | 1 << 3,   /* names in UTF-8, sizes after the bytes */
	DEFLATED = 8,
	MOST_FILES = 64
};
#define MODE 0100644u

struct entry {
	const char *name;
	uint32_t crc;
	uint64_t size, packed, at;
};

struct zip_pack {
	struct buf *out;
	uint64_t at; /* bytes written */
	uint16_t time, date;
	struct entry entries[MOST_FILES];
	size_t n;
	z_stream z;
	struct hasher sum;
};

static void add(struct zip_pack *p, const void *bytes, size_t n)
{
	buf_add(p->out, bytes, n);
	p->at += n;
}

static void add_le(struct zip_pack *p, uint64_t v, size_t width)
{
	unsigned char b[4];
	for (size_t i = 0; i < width; i++)
		b[i] = (unsigned char)(v >> 8 * i);
	add(p, b, width);
}

/* What the head of a file and its line in the list have in common, up to the length of its name. */
static void add_facts(struct zip_pack *p, const struct entry *e)
{
	const struct {
		uint64_t v;
		size_t width;
	} facts[] = { { VERSION, 2 },	{ FLAGS, 2 },	{ DEFLATED, 2 },
		      { p->time, 2 },	{ p->date, 2 }, { e->crc, 4 },
		      { e->packed, 4 }, { e->size, 4 }, { strlen(e->name), 2 } };
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
		add_le(p, facts[i].v, facts[i].width);
}

static int end_stream(struct zip_pack *p)
{
	deflateEnd(&p->z);
	return 0;
}

struct zip_pack *zip_pack_new(struct ctx *c, struct buf *out)
{
	struct zip_pack *p = new_zero(c, struct zip_pack);
	day today;
	minute now;
	utc_to_local(c->now, NULL, &today, &now);
	struct ymd d = ymd_of(today);
	p->out = out;
	p->time = (uint16_t)(now.v / 60 << 11 | now.v % 60 << 5);
	p->date = (uint16_t)((d.year - 1980) << 9 | d.month << 5 | d.day);
	if (deflateInit2(&p->z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, MAX_MEM_LEVEL,
			 Z_DEFAULT_STRATEGY) != Z_OK)
		abort(); /* out of memory */
	talloc_set_destructor(p, end_stream);
	return p;
}

static void pack(struct zip_pack *p, const char *s, size_t n, int flush)
{
	unsigned char room[16384];
	struct entry *e = &p->entries[p->n];
	hash_add(&p->sum, s, n);
	e->crc = (uint32_t)crc32(e->crc, (const unsigned char *)s, (unsigned)n);
	e->size += n;
	p->z.next_in = (unsigned char *)(uintptr_t)s;
	p->z.avail_in = (unsigned)n;
	do {
		p->z.next_out = room;
		p->z.avail_out = sizeof room;
		deflate(&p->z, flush);
		add(p, room, sizeof room - p->z.avail_out);
		e->packed += sizeof room - p->z.avail_out;
	} while (p->z.avail_out == 0);
}

static bool take(struct buf *text, const char *s, size_t n)
{
	pack(text->taker, s, n, Z_NO_FLUSH);
	return true;
}

void zip_pack_open(struct ctx *c, struct zip_pack *p, const char *name, struct buf *text)
{
	struct entry *e = &p->entries[p->n];
	if (p->n == MOST_FILES)
		abort(); /* a bug: which files there are is in the code */
	*e = (struct entry){ .name = name, .at = p->at };
	add_le(p, HEAD, 4);
	add_facts(p, e);
	add_le(p, 0, 2);
	add(p, name, strlen(name));
	deflateReset(&p->z);
	hash_begin(&p->sum);
	buf_init(text, c->mem, 8192);
	text->take = take;
	text->taker = p;
}

void zip_pack_close(struct zip_pack *p, struct buf *text, hash *sha256)
{
	struct entry *e = &p->entries[p->n];
	pack(p, text->s, text->len, Z_FINISH);
	add_le(p, SIZES, 4);
	add_le(p, e->crc, 4);
	add_le(p, e->packed, 4);
	add_le(p, e->size, 4);
	*sha256 = hash_end(&p->sum);
	p->n++;
}

static void add_line(struct zip_pack *p, const struct entry *e)
{
	add_le(p, ENTRY, 4);
	add_le(p, MADE_BY, 2);
	add_facts(p, e);
	add_le(p, 0, 2); /* nothing extra, no comment, the one disk, bytes rather than text */
	add_le(p, 0, 2);
	add_le(p, 0, 2);
	add_le(p, 0, 2);
	add_le(p, (uint64_t)MODE << 16, 4);
	add_le(p, e->at, 4);
	add(p, e->name, strlen(e->name));
}

rc zip_pack_end(struct ctx *c, struct zip_pack *p)
{
	uint64_t list = p->at;
	bool fits = p->at <= UINT32_MAX;
	for (size_t i = 0; i < p->n; i++) {
		fits = fits && p->entries[i].size <= UINT32_MAX;
		add_line(p, &p->entries[i]);
	}
	uint64_t length = p->at - list;
	add_le(p, END, 4);
	add_le(p, 0, 4);
	add_le(p, p->n, 2);
	add_le(p, p->n, 2);
	add_le(p, length, 4);
	add_le(p, list, 4);
	add_le(p, 0, 2);
	return fits ? OK : fail(c, E_TOO_LARGE, "zip.failed");
}
