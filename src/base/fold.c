#include "base/fold.h"

#include <string.h>
#include <utf8proc.h>

#include "base/buf.h"

/* Letters that Unicode does not take apart. */
static const char *spelled(utf8proc_int32_t ch)
{
	switch (ch) {
	case 0x153: return "oe";
	case 0xe6: return "ae";
	case 0xf8: return "o";
	case 0x142: return "l";
	case 0x111: return "d";
	case 0x131: return "i";
	default: return NULL;
	}
}

static bool is_wordly(utf8proc_int32_t ch)
{
	switch (utf8proc_category(ch)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NL:
	case UTF8PROC_CATEGORY_NO: return true;
	default: return false;
	}
}

/* A space is written late, when a letter follows. */
static void add_point(struct buf *b, utf8proc_int32_t ch, bool *gap)
{
	if (!is_wordly(ch)) {
		*gap = true;
		return;
	}
	if (*gap && b->len)
		buf_char(b, ' ');
	*gap = false;
	const char *s = spelled(ch);
	if (s) {
		buf_str(b, s);
		return;
	}
	utf8proc_uint8_t bytes[4];
	buf_add(b, bytes, (size_t)utf8proc_encode_char(ch, bytes));
}

static void add_unicode(struct buf *b, utf8proc_int32_t ch, bool *gap)
{
	utf8proc_int32_t parts[32];
	int class = 0;
	utf8proc_ssize_t n = utf8proc_decompose_char(ch, parts, 32,
						     UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT |
							     UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD |
							     UTF8PROC_IGNORE,
						     &class);
	for (utf8proc_ssize_t i = 0; i < n && i < 32; i++)
		add_point(b, parts[i], gap);
}

const char *fold(struct ctx *c, const char *s)
{
	struct buf b;
	bool gap = false;
	size_t len = strlen(s);
	buf_init(&b, c->mem, len + 8);
	for (size_t i = 0; i < len;) {
		utf8proc_int32_t ch;
		utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)s + i,
						      (utf8proc_ssize_t)(len - i), &ch);
		if (n <= 0)
			gap = true;
		else
			add_unicode(&b, ch, &gap);
		i += n > 0 ? (size_t)n : 1;
	}
	return b.s;
}

const char *fold_place(struct ctx *c, const char *s)
{
	static const char *const words[][2] = {
		{ "st", "saint" }, { "ste", "sainte" }, { "sts", "saints" }, { "stes", "saintes" }
	};
	struct buf b;
	const char *folded = fold(c, s);
	buf_init(&b, c->mem, strlen(folded) + 16);
	for (const char *p = folded; *p;) {
		size_t len = strcspn(p, " ");
		size_t k = 0;
		while (k < 4 && (strlen(words[k][0]) != len || memcmp(p, words[k][0], len) != 0))
			k++;
		if (b.len)
			buf_char(&b, ' ');
		if (k < 4)
			buf_str(&b, words[k][1]);
		else
			buf_add(&b, p, len);
		p += len + (p[len] == ' ');
	}
	return b.s;
}
