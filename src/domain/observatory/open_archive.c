#include "observatory/open_archive.h"

#include "base/hash.h"
#include "observatory/open_archive_sql.h"
#include "platform/db.h"
#include "platform/route.h"
#include "platform/zip_pack.h"

route_fn open_archive_get, open_archive_digest_get;

struct making {
	struct zip_pack *pack;
	struct buf sums; /* as sha256sum reads them */
	octets zip;
};

static void add_sum(struct buf *b, const void *bytes, size_t n, const char *name)
{
	char hex[65];
	hash_hex(hash_sha256(bytes, n), hex);
	buf_fmt(b, "%s  %s\n", hex, name);
}

static rc write_one(struct ctx *c, const struct open_file *f, struct making *m)
{
	struct buf b;
	buf_init(&b, c->mem, 1 << 16);
	TRY(open_file_write(c, f, &b));
	add_sum(&m->sums, b.s, b.len, f->name);
	return zip_pack_add(c, m->pack, f->name, b.s, b.len);
}

/* The largest file decides how much memory it takes. */
static rc add_file(struct ctx *c, const struct open_file *f, struct making *m)
{
	TALLOC_CTX *whole = c->mem;
	c->mem = talloc_new(whole);
	rc code = write_one(c, f, m);
	if (code == OK)
		talloc_free(c->mem); /* else it holds why */
	c->mem = whole;
	return code;
}

static rc collect(struct ctx *c, void *arg)
{
	struct making *m = arg;
	struct buf catalog;
	TRY(zip_pack_new(c, &m->pack));
	buf_init(&m->sums, c->mem, 2048);
	buf_init(&catalog, c->mem, 1 << 14);
	for (size_t i = 0; i < n_open_files; i++)
		TRY(add_file(c, &open_files[i], m));
	TRY(open_catalog_write(c, &catalog));
	add_sum(&m->sums, catalog.s, catalog.len, "catalog.jsonld");
	TRY(zip_pack_add(c, m->pack, "catalog.jsonld", catalog.s, catalog.len));
	TRY(zip_pack_add(c, m->pack, "SHA256SUMS", m->sums.s, m->sums.len));
	return zip_pack_end(c, m->pack, &m->zip);
}

static rc keep(struct ctx *c, void *arg)
{
	const struct making *m = arg;
	TRY(open_archive_clear(c, NULL));
	return open_archive_insert(c, c->now, (int64_t)m->zip.n, hash_sha256(m->zip.s, m->zip.n), m->zip,
				   NULL);
}

rc open_archive_make(struct ctx *c)
{
	struct making m = { .pack = NULL };
	TRY(db_read(c, collect, &m));
	return db_write(c, keep, &m);
}

rc open_archive_told(struct ctx *c, struct data_archive *out)
{
	struct open_archive_of_row row;
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
	TRY(open_archive_bytes(c, out, &found));
	return found ? OK : fail(c, E_NOT_FOUND, "open_data.no_archive");
}

rc open_archive_get(struct ctx *c, struct req *q)
{
	struct archive_file f;
	TRY(last_made(c, &f));
	return bytes(q, "application/zip", "maillage.zip", f.bytes.s, f.bytes.n);
}

rc open_archive_digest_get(struct ctx *c, struct req *q)
{
	struct archive_file f;
	struct buf b;
	char hex[65];
	TRY(last_made(c, &f));
	hash_hex(f.sha256, hex);
	buf_init(&b, c->mem, 100);
	buf_fmt(&b, "%s  maillage.zip\n", hex);
	return bytes(q, "text/plain; charset=utf-8", NULL, b.s, b.len);
}
