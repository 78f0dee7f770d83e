#include "base/buf.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PIECE (128u << 10)

static void pass_on(struct buf *b)
{
	if (!b->take || b->len < PIECE || !b->take(b, b->s, b->len - 1))
		return;
	b->s[0] = b->s[b->len - 1];
	b->s[b->len = 1] = 0;
}

static void grow(struct buf *b, size_t more)
{
	size_t need, cap = b->cap ? b->cap : 64;
	pass_on(b);
	if (__builtin_add_overflow(b->len, more, &need) || need >= SIZE_MAX / 4)
		abort();
	while (cap < need + 1)
		cap *= 2;
	char *s = talloc_realloc_size(b->mem, b->s, cap);
	if (!s) {
		fputs("maillage: out of memory\n", stderr);
		abort();
	}
	b->s = s;
	b->cap = cap;
}

static inline void room(struct buf *b, size_t more)
{
	if (more >= b->cap - b->len)
		grow(b, more);
}

void buf_init(struct buf *b, TALLOC_CTX *mem, size_t hint)
{
	*b = (struct buf){ .mem = mem };
	grow(b, hint);
	b->s[0] = 0;
}

void buf_add(struct buf *b, const void *data, size_t len)
{
	if (len == 0)
		return;
	room(b, len);
	memcpy(b->s + b->len, data, len);
	b->len += len;
	b->s[b->len] = 0;
}

void buf_insert(struct buf *b, size_t at, const char *s)
{
	size_t len = strlen(s), rest = b->len - at;
	room(b, len);
	memmove(b->s + at + len, b->s + at, rest + 1);
	memcpy(b->s + at, s, len);
	b->len += len;
}

void buf_str(struct buf *b, const char *s)
{
	if (s)
		buf_add(b, s, strlen(s));
}

void buf_char(struct buf *b, char ch)
{
	room(b, 1);
	b->s[b->len++] = ch;
	b->s[b->len] = 0;
}

void buf_int(struct buf *b, int64_t v)
{
	char digits[20], *p = digits + sizeof(digits);
	uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
	do
		*--p = (char)('0' + u % 10);
	while (u /= 10);
	if (v < 0)
		*--p = '-';
	buf_add(b, p, (size_t)(digits + sizeof(digits) - p));
}

void buf_digits(struct buf *b, uint64_t v, size_t width)
{
	char digits[20];
	for (size_t i = width; i-- > 0; v /= 10)
		digits[i] = (char)('0' + v % 10);
	buf_add(b, digits, width);
}

void buf_fmt(struct buf *b, const char *format, ...)
{
	va_list ap, again;
	va_start(ap, format);
	va_copy(again, ap);
	int n = vsnprintf(b->s + b->len, b->cap - b->len, format, ap);
	va_end(ap);
	if (n < 0)
		abort(); /* a bad format or more than INT_MAX bytes */
	if ((size_t)n >= b->cap - b->len) {
		grow(b, (size_t)n);
		vsnprintf(b->s + b->len, b->cap - b->len, format, again);
	}
	va_end(again);
	b->len += (size_t)n;
}

static const char *const html_entity[256] = {
	['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;",
};

void buf_html_n(struct buf *b, const char *s, size_t len)
{
	for (const char *end = s + len, *run = s;; s++) {
		const char *entity = s < end ? html_entity[(unsigned char)*s] : NULL;
		if (s < end && !entity)
			continue;
		buf_add(b, run, (size_t)(s - run));
		if (s == end)
			return;
		buf_str(b, entity);
		run = s + 1;
	}
}

void buf_html(struct buf *b, const char *s)
{
	if (s)
		buf_html_n(b, s, strlen(s));
}

static bool unreserved(unsigned char ch)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') ||
	       ch == '-' || ch == '_' || ch == '.' || ch == '~';
}

void buf_url(struct buf *b, const char *s)
{
	static const char hex[] = "0123456789ABCDEF";
	if (!s)
		return;
	while (*s) {
		const char *start = s;
		while (unreserved((unsigned char)*s))
			s++;
		buf_add(b, start, (size_t)(s - start));
		if (*s) {
			unsigned char ch = (unsigned char)*s++;
			buf_add(b, (char[]){ '%', hex[ch >> 4], hex[ch & 15] }, 3);
		}
	}
}

void buf_param(struct buf *b, const char *name, const char *value)
{
	if (!value || !*value)
		return;
	buf_fmt(b, "%s%s=", b->len && b->s[b->len - 1] == '?' ? "" : "&", name);
	buf_url(b, value);
}

static void json_escape(struct buf *b, unsigned char ch)
{
	switch (ch) {
	case '"': buf_str(b, "\\\""); break;
	case '\\': buf_str(b, "\\\\"); break;
	case '\n': buf_str(b, "\\n"); break;
	case '\r': buf_str(b, "\\r"); break;
	case '\t': buf_str(b, "\\t"); break;
	default: buf_fmt(b, "\\u%04x", ch);
	}
}

void buf_json(struct buf *b, const char *s)
{
	if (!s) {
		buf_str(b, "null");
		return;
	}
	buf_char(b, '"');
	while (*s) {
		const char *start = s;
		while ((unsigned char)*s >= ' ' && *s != '"' && *s != '\\')
			s++;
		buf_add(b, start, (size_t)(s - start));
		if (*s)
			json_escape(b, (unsigned char)*s++);
	}
	buf_char(b, '"');
}
