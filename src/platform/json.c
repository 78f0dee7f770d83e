#include "platform/json.h"

#include <string.h>

#include "base/civil.h"
#include "base/hash.h"

/* Durations of days are kept as minutes too: "48:00". */
static void write_minute(struct buf *b, minute m)
{
	buf_fmt(b, "\"%02d:%02d\"", (int)(m.v / 60), (int)(m.v % 60));
}

static void write_instant(struct buf *b, instant t)
{
	char text[21];
	instant_iso(t, text);
	buf_json(b, text[0] ? text : NULL);
}

static void write_day(struct buf *b, day d)
{
	char text[21] = "";
	if (d.v < 4000000 && d.v > -4000000) /* beyond the years that are written */
		instant_iso((instant){ d.v * 86400 }, text);
	text[text[0] ? 10 : 0] = 0;
	buf_json(b, text[0] ? text : NULL);
}

/* Of nothing but zeros: none. */
static void write_hash(struct buf *b, const hash *h)
{
	static const hash none;
	char hex[65];
	hash_hex(*h, hex);
	buf_json(b, memcmp(h, &none, sizeof none) ? hex : NULL);
}

/* One that is kept as an int64. */
static void write_number(struct buf *b, enum field_type t, int64_t v)
{
	if (v == NONE)
		buf_str(b, "null");
	else if (t == F_INSTANT)
		write_instant(b, (instant){ v });
	else if (t == F_DAY)
		write_day(b, (day){ v });
	else if (t == F_MINUTE)
		write_minute(b, (minute){ v });
	else
		buf_int(b, v);
}

static void write_value(struct buf *b, const struct field *f, const char *p)
{
	switch (f->type) {
	case F_BOOL: buf_str(b, *(const bool *)p ? "true" : "false"); break;
	case F_TEXT: buf_json(b, *(const char *const *)p); break;
	case F_HTML: buf_json(b, ((const html *)p)->s); break;
	case F_PUBID: buf_json(b, *p ? p : NULL); break;
	case F_HASH: write_hash(b, (const hash *)p); break;
	case F_JSON:
		p = *(const char *const *)p;
		buf_str(b, p && *p ? p : "null");
		break;
	case F_ENUM:
		p = enum_word(f->words, *(const int *)p);
		buf_json(b, *p ? p : NULL);
		break;
	case F_SHAPE: json_write(b, f->shape, p); break;
	case F_LIST: json_write_list(b, f->shape, (const struct any_list *)p); break;
	default: write_number(b, f->type, *(const int64_t *)p);
	}
}

void json_write(struct buf *b, const struct shape *s, const void *obj)
{
	char before = '{';
	for (size_t i = 0; i < s->n; i++) {
		const struct field *f = &s->fields[i];
		if (f->type == F_ID || f->type == F_OCTETS || (f->flags & FF_PRIVATE))
			continue;
		buf_char(b, before);
		buf_char(b, '"');
		buf_str(b, f->name); /* lower-case letters, digits, underscores */
		buf_str(b, "\":");
		write_value(b, f, (const char *)obj + f->offset);
		before = ',';
	}
	if (before == '{')
		buf_char(b, '{');
	buf_char(b, '}');
}

void json_write_list(struct buf *b, const struct shape *s, const struct any_list *list)
{
	buf_char(b, '[');
	for (size_t i = 0; i < list->n; i++) {
		if (i)
			buf_char(b, ',');
		json_write(b, s, (const char *)list->items + i * s->size);
	}
	buf_char(b, ']');
}
