/* buf.h - a growing string in somebody's memory. Out of memory ends the program. */
#ifndef MAILLAGE_BUF_H
#define MAILLAGE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <talloc.h>

struct buf {
	TALLOC_CTX *mem;
	char *s; /* always ends in NUL, not counted in len */
	size_t len, cap;
	/* Takes away what a long text begins with, when some hundred kilobytes are there: all but
	 * the last byte, which who goes on may look at or take back. False: it stays, and grows. */
	bool (*take)(struct buf *b, const char *s, size_t n);
	void *taker; /* take's own */
};

void buf_init(struct buf *b, TALLOC_CTX *mem, size_t hint);
void buf_add(struct buf *b, const void *data, size_t len);
void buf_insert(struct buf *b, size_t at, const char *s); /* at <= len */
void buf_str(struct buf *b, const char *s);
void buf_char(struct buf *b, char ch);
void buf_int(struct buf *b, int64_t v);
/* The last `width` digits of v, zeros before them: 5, 2 is "05". At most 20. */
void buf_digits(struct buf *b, uint64_t v, size_t width);
void buf_fmt(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Text for HTML text and double-quoted attributes: & < > " ' are written as entities. */
void buf_html(struct buf *b, const char *s);
void buf_html_n(struct buf *b, const char *s, size_t len);
/* A path or query part, percent-encoded: unreserved characters pass. */
void buf_url(struct buf *b, const char *s);
/* "name=value" behind an address, after its "?" or with "&" before; nothing when there is no value. */
void buf_param(struct buf *b, const char *name, const char *value);
/* A JSON string with its quotes; NULL is null. */
void buf_json(struct buf *b, const char *s);

#endif
