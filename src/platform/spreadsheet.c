/* spreadsheet.c - what kind of file it is, and the plain form of a book. */
#include "platform/spreadsheet.h"

#include <glib.h>
#include <string.h>

#include "base/fold.h"
#include "platform/child.h"
#include "platform/spreadsheet_parts.h"

/* What is too much; the rest is wrong. */
static const char *const too_large[] = { K("spreadsheet.too_large"), K("spreadsheet.rows"),
					 K("spreadsheet.columns"), K("spreadsheet.cell") };
static const char *const invalid[] = { K("spreadsheet.encrypted"), K("spreadsheet.unknown"),
				       K("spreadsheet.empty") };

rc spreadsheet_fail(struct ctx *c, const char *key)
{
	for (size_t i = 0; i < sizeof too_large / sizeof *too_large; i++)
		if (strcmp(key, too_large[i]) == 0)
			return fail(c, E_TOO_LARGE, too_large[i]);
	for (size_t i = 0; i < sizeof invalid / sizeof *invalid; i++)
		if (strcmp(key, invalid[i]) == 0)
			return fail(c, E_INVALID, invalid[i]);
	return fail(c, E_INVALID, "spreadsheet.broken");
}

/* ---- which kind ---- */

static bool begins(octets f, const char *with, size_t n)
{
	return f.n >= n && memcmp(f.s, with, n) == 0;
}

/* What has to be unpacked; other files are read here, as every CSV is. */
static bool is_packed(octets f)
{
	return begins(f, "PK\3\4", 4);
}

/* A compound file: Excel 97, or a newer one behind a password. */
static rc compound(struct ctx *c, octets f)
{
	static const char word[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
	return memmem(f.s, f.n, word, sizeof word - 1) ? fail(c, E_INVALID, "spreadsheet.encrypted")
						       : fail(c, E_INVALID, "spreadsheet.old");
}

/* Excel's "Unicode text" is UTF-16 with a mark. */
static rc from_utf16(struct ctx *c, octets *f)
{
	gsize n;
	const char *from = f->s[0] == '\xff' ? "UTF-16LE" : "UTF-16BE";
	char *text = g_convert(f->s + 2, (gssize)f->n - 2, "UTF-8", from, NULL, &n, NULL);
	if (!text)
		return fail(c, E_INVALID, "csv.encoding");
	*f = (octets){ mem_text(c->mem, text, n), n };
	g_free(text);
	return OK;
}

static rc read_csv(struct ctx *c, octets f, struct spreadsheet *out)
{
	static const struct csv_limits limits = { SPREADSHEET_BYTES * 2, SPREADSHEET_ROWS,
						  SPREADSHEET_COLUMNS, SPREADSHEET_CELL };
	struct csv *t;
	if (begins(f, "\xff\xfe", 2) || begins(f, "\xfe\xff", 2))
		TRY(from_utf16(c, &f));
	TRY(csv_read(c, f.s, f.n, &limits, &t));
	struct spreadsheet_sheet *s = new_zero(c, struct spreadsheet_sheet);
	s->name = "";
	s->rows = new_array(c, struct csv_row, t->n + 1);
	s->rows[s->n++] = t->header;
	for (size_t i = 0; i < t->n; i++)
		s->rows[s->n++] = t->rows[i];
	*out = (struct spreadsheet){ 1, s };
	return OK;
}

static rc read_packed(struct ctx *c, octets f, struct spreadsheet *out)
{
	struct package p;
	struct book *b = new_zero(c, struct book);
	b->c = c;
	b->out = out;
	TRY(package_open(c, f, &p));
	rc code = package_has(&p, "content.xml")   ? spreadsheet_ods(&p, b)
		  : package_has(&p, "_rels/.rels") ? spreadsheet_xlsx(&p, b)
						   : spreadsheet_fail(c, K("spreadsheet.unknown"));
	package_close(&p);
	return code == OK ? book_end(b) : code;
}

rc spreadsheet_parse(struct ctx *c, octets f, struct spreadsheet *out)
{
	*out = (struct spreadsheet){ 0 };
	if (f.n > SPREADSHEET_BYTES)
		return fail(c, E_TOO_LARGE, "spreadsheet.too_large");
	if (is_packed(f))
		return read_packed(c, f, out);
	if (begins(f, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8))
		return compound(c, f);
	if (begins(f, "PK", 2) || begins(f, "%PDF", 4) || begins(f, "\x1f\x8b", 2))
		return fail(c, E_INVALID, "spreadsheet.unknown");
	return read_csv(c, f, out);
}

/* ---- the plain form: numbers of 32 bits, texts with their NUL ---- */

static const char magic[8] = "sheets1";

static void put_number(struct buf *b, size_t v)
{
	uint32_t n = GUINT32_TO_LE((uint32_t)v);
	buf_add(b, &n, sizeof n);
}

void spreadsheet_keep(struct buf *out, const struct spreadsheet *s)
{
	buf_add(out, magic, sizeof magic);
	put_number(out, s->n);
	for (size_t i = 0; i < s->n; i++) {
		const struct spreadsheet_sheet *t = &s->sheets[i];
		buf_add(out, t->name, strlen(t->name) + 1);
		put_number(out, t->n);
		for (size_t k = 0; k < t->n; k++) {
			const struct csv_row *r = &t->rows[k];
			put_number(out, r->line);
			put_number(out, r->n);
			for (size_t j = 0; j < r->n; j++)
				buf_add(out, r->cells[j], strlen(r->cells[j]) + 1);
		}
	}
}

struct kept {
	const char *s, *end;
	bool bad;
};

static size_t take_number(struct kept *k, size_t most)
{
	uint32_t n = 0;
	if (k->end - k->s < (ptrdiff_t)sizeof n) {
		k->bad = true;
		return 0;
	}
	memcpy(&n, k->s, sizeof n);
	k->s += sizeof n;
	n = GUINT32_FROM_LE(n);
	k->bad = k->bad || n > most;
	return k->bad ? 0 : n;
}

static const char *take_text(struct kept *k)
{
	const char *s = k->s, *nul = k->bad ? NULL : memchr(s, 0, (size_t)(k->end - s));
	k->bad = k->bad || !nul || !g_utf8_validate(s, nul - s, NULL);
	if (k->bad)
		return "";
	k->s = nul + 1;
	return s;
}

/* Each row takes eight bytes at least, each cell one: no number can ask for more room than that. */
static void take_sheet(struct ctx *c, struct kept *k, struct spreadsheet_sheet *t)
{
	t->name = take_text(k);
	size_t n = take_number(k, (size_t)(k->end - k->s) / 8);
	t->rows = new_array(c, struct csv_row, n + 1);
	for (; t->n < n && !k->bad; t->n++) {
		struct csv_row *r = &t->rows[t->n];
		r->line = take_number(k, UINT32_MAX);
		r->n = take_number(k, SPREADSHEET_COLUMNS);
		r->cells = new_array(c, const char *, r->n + 1);
		for (size_t i = 0; i < r->n; i++)
			r->cells[i] = take_text(k);
	}
}

rc spreadsheet_open(struct ctx *c, octets kept, struct spreadsheet *out)
{
	struct kept k = { kept.s, kept.s + kept.n, kept.n < sizeof magic };
	*out = (struct spreadsheet){ 0 };
	if (k.bad || memcmp(k.s, magic, sizeof magic) != 0)
		return fail(c, E_INVALID, "spreadsheet.broken");
	k.s += sizeof magic;
	size_t n = take_number(&k, SPREADSHEET_SHEETS);
	out->sheets = new_array(c, struct spreadsheet_sheet, n + 1);
	memset(out->sheets, 0, (n + 1) * sizeof *out->sheets);
	for (; out->n < n && !k.bad; out->n++)
		take_sheet(c, &k, &out->sheets[out->n]);
	return k.bad || !n || k.s != k.end ? fail(c, E_INVALID, "spreadsheet.broken") : OK;
}

/* ---- by a child ---- */

rc spreadsheet_job(struct ctx *c, const char *in, size_t len, struct buf *out)
{
	struct spreadsheet s;
	if (spreadsheet_parse(c, (octets){ in, len }, &s) == OK)
		spreadsheet_keep(out, &s);
	else
		buf_str(out, c->failure.key);
	return OK;
}

rc spreadsheet_read(struct ctx *c, octets file, struct spreadsheet *out, octets *kept)
{
	struct buf b;
	if (file.n > SPREADSHEET_BYTES)
		return fail(c, E_TOO_LARGE, "spreadsheet.too_large");
	buf_init(&b, c->mem, 1 << 16);
	if (child_enabled() && is_packed(file)) {
		TRY(child_run(c, "spreadsheet", file.s, file.n, &b));
		if (b.len < sizeof magic || memcmp(b.s, magic, sizeof magic) != 0)
			return spreadsheet_fail(c, b.s);
	} else {
		TRY(spreadsheet_parse(c, file, out));
		spreadsheet_keep(&b, out);
	}
	octets plain = { b.s, b.len };
	if (kept)
		*kept = plain;
	return spreadsheet_open(c, plain, out);
}

/* ---- heads ---- */

static size_t filled(const struct csv_row *r)
{
	size_t n = 0;
	for (size_t i = 0; i < r->n; i++)
		n += *r->cells[i] != 0;
	return n;
}

#define LOOKED_AT 20

size_t spreadsheet_head(const struct spreadsheet_sheet *s)
{
	size_t most = 0, n = s->n < LOOKED_AT ? s->n : LOOKED_AT;
	for (size_t i = 0; i < n; i++)
		most = MAX(most, filled(&s->rows[i]));
	for (size_t i = 0; i < n; i++)
		if (filled(&s->rows[i]) * 2 > most)
			return i;
	return 0;
}

int spreadsheet_column(struct ctx *c, const struct csv_row *heads, const char *names)
{
	while (*names) {
		size_t n = strcspn(names, "|");
		for (size_t i = 0; i < heads->n; i++) {
			const char *head = fold(c, heads->cells[i]);
			if (strlen(head) == n && strncmp(head, names, n) == 0)
				return (int)i;
		}
		names += n + (names[n] != 0);
	}
	return -1;
}

size_t spreadsheet_width(const struct spreadsheet_sheet *s)
{
	size_t n = 0;
	for (size_t i = 0; i < s->n; i++)
		n = MAX(n, s->rows[i].n);
	return n;
}
