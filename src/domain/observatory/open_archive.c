#include "observatory/open_archive.h"

#include <unistd.h>

#include "base/hash.h"
#include "observatory/open_archive_sql.h"
#include "platform/db.h"
#include "platform/route.h"
#include "platform/zip_pack.h"

route_fn open_archive_get, open_archive_digest_get;

enum { PIECE = 256 << 10 };

struct making {
	struct zip_pack *pack;
	struct buf zip, sums; /* as sha256sum reads them */
	const struct open_file *file;
	const struct spool *spool;
	hash sha256;
};

static void add_sum(struct buf *b, hash h, const char *name)
{
	char hex[65];
	hash_hex(h, hex);
	buf_fmt(b, "%s  %s\n", hex, name);
}

/* The file m->file; none: the catalogue of all. */
static rc add_file(struct ctx *c, void *arg)
{
	struct making *m = arg;
	const char *name = m->file ? m->file->name : "catalog.jsonld";
	struct buf text;
	hash sum;
	zip_pack_open(c, m->pack, name, &text);
	TRY(m->file ? open_file_write(c, m->file, &text) : open_catalog_write(c, &text));
	zip_pack_close(m->pack, &text, &sum);
	add_sum(&m->sums, sum, name);
	return OK;
}

static rc collect(struct ctx *c, void *arg)
{
	struct making *m = arg;
	struct buf text;
	hash sum;
	spool_begin(c, &m->zip);
	m->pack = zip_pack_new(c, &m->zip);
	buf_init(&m->sums, c->mem, 2048);
	for (size_t i = 0; i <= n_open_files; i++) {
		m->file = i < n_open_files ? &open_files[i] : NULL;
		TRY(ctx_apart(c, add_file, m));
	}
	zip_pack_open(c, m->pack, "SHA256SUMS", &text);
	buf_add(&text, m->sums.s, m->sums.len);
	zip_pack_close(m->pack, &text, &sum);
	TRY(zip_pack_end(c, m->pack));
	return spool_end(c, &m->zip, &m->spool);
}

/* In `room`; of nothing behind the end, nothing. */
static rc piece_of(struct ctx *c, const struct making *m, int64_t rank, char room[PIECE], octets *out)
{
	ssize_t n = 0;
	if (m->spool) {
		n = pread(m->spool->fd, room, PIECE, rank * PIECE);
		*out = (octets){ room, n > 0 ? (size_t)n : 0 };
	} else {
		*out = rank ? (octets){ room, 0 } : (octets){ m->zip.s, m->zip.len };
	}
	return n < 0 ? fail(c, E_IO, "zip.failed") : OK;
}

static rc digest(struct ctx *c, struct making *m)
{
	char *room = new_array(c, char, PIECE);
	struct hasher h;
	octets piece = { NULL, 1 };
	hash_begin(&h);
	for (int64_t rank = 0; piece.n; rank++) {
		TRY(piece_of(c, m, rank, room, &piece));
		hash_add(&h, piece.s, piece.n);
	}
	m->sha256 = hash_end(&h);
	return OK;
}

static rc keep(struct ctx *c, void *arg)
{
	const struct making *m = arg;
	char *room = new_array(c, char, PIECE);
	octets piece = { NULL, 1 };
	row_id archive;
	TRY(open_archive_clear_pieces(c, NULL));
	TRY(open_archive_clear(c, NULL));
	size_t size = m->spool ? m->spool->len : m->zip.len;
	TRY(open_archive_insert(c, c->now, (int64_t)size, m->sha256, &archive));
	for (int64_t rank = 0; piece.n; rank++) {
		TRY(piece_of(c, m, rank, room, &piece));
		if (piece.n)
			TRY(open_archive_insert_piece(c, archive, rank, piece, NULL));
	}
	return OK;
}

rc open_archive_make(struct ctx *c)
{
	struct making m = { .pack = NULL };
	TRY(db_read(c, collect, &m));
	TRY(digest(c, &m));
	return db_write(c, keep, &m);
}

rc open_archive_told(struct ctx *c, struct data_archive *out)
{
	struct archive_file row;
	char hex[65] = "";
	bool found;
	TRY(open_archive_of(c, &row, &found));
	if (found)
		hash_hex(row.sha256, hex);
	*out = (struct data_archive){ .address = OPEN_ARCHIVE,
				      .made_at = found ? row.made_at : (instant){ NONE },
				      .size = found ? row.size : 0,
				      .sha256 = talloc_strdup(c->mem, hex) };
	return OK;
}

static rc last_made(struct ctx *c, struct archive_file *out)
{
	bool found;
	TRY(open_archive_of(c, out, &found));
	return found ? OK : fail(c, E_NOT_FOUND, "open_data.no_archive");
}

/* What is sent of it, so far. */
struct sending {
	struct archive_file of;
	struct buf *out;
	int64_t rank;
	bool last;
};

static rc send_piece(struct ctx *c, void *arg)
{
	struct sending *s = arg;
	struct archive_piece piece;
	bool found;
	TRY(open_archive_piece(c, s->of.id, s->rank++, &piece, &found));
	s->last = !found;
	if (found)
		buf_add(s->out, piece.bytes.s, piece.bytes.n);
	return OK;
}

rc open_archive_get(struct ctx *c, struct req *q)
{
	struct buf b;
	struct sending s = { .out = &b };
	TRY(last_made(c, &s.of));
	spool_begin(c, &b);
	while (!s.last)
		TRY(ctx_apart(c, send_piece, &s));
	return spooled(c, q, "application/zip", "maillage.zip", &b);
}

rc open_archive_digest_get(struct ctx *c, struct req *q)
{
	struct archive_file f;
	struct buf b;
	TRY(last_made(c, &f));
	buf_init(&b, c->mem, 100);
	add_sum(&b, f.sha256, "maillage.zip");
	return bytes(q, "text/plain; charset=utf-8", NULL, b.s, b.len);
}
