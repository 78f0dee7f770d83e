#include "platform/db_value.h"

#include <stdio.h>
#include <string.h>

enum value_kind value_kind_of(enum field_type type)
{
	switch (type) {
	case F_INT:
	case F_INSTANT:
	case F_DAY:
	case F_MINUTE:
	case F_MONEY:
	case F_QUANTITY:
	case F_ID: return V_INT;
	case F_BOOL: return V_BOOL;
	case F_TEXT:
	case F_HTML:
	case F_PUBID:
	case F_JSON:
	case F_ENUM: return V_TEXT;
	case F_HASH:
	case F_OCTETS: return V_BLOB;
	case F_SHAPE:
	case F_LIST: return V_NULL;
	}
	return V_NULL;
}

static struct value text_value(const char *s)
{
	if (!s)
		return (struct value){ .kind = V_NULL };
	return (struct value){ .kind = V_TEXT, .s = s, .n = strlen(s) };
}

static bool is_zero(const hash *h)
{
	static const hash zero;
	return memcmp(h->b, zero.b, sizeof zero.b) == 0;
}

static struct value octets_value(const octets *o)
{
	return (struct value){ .kind = o->s ? V_BLOB : V_NULL, .s = o->s, .n = o->n };
}

/* ids: none is 0; all other numbers: NONE. */
static struct value int_value(int64_t i, int64_t none)
{
	return (struct value){ .kind = i == none ? V_NULL : V_INT, .i = i };
}

bool value_load(const struct field *f, const void *src, struct value *out)
{
	int word;
	switch (f->type) {
	case F_INT:
	case F_INSTANT:
	case F_DAY:
	case F_MINUTE:
	case F_MONEY:
	case F_QUANTITY: *out = int_value(*(const int64_t *)src, NONE); return true;
	case F_ID: *out = int_value(*(const int64_t *)src, 0); return true;
	case F_BOOL: *out = (struct value){ .kind = V_BOOL, .i = *(const bool *)src }; return true;
	case F_TEXT:
	case F_HTML:
	case F_JSON: *out = text_value(*(const char *const *)src); return true;
	case F_PUBID: *out = text_value(*(const char *)src ? src : NULL); return true;
	case F_ENUM:
		word = *(const int *)src;
		*out = text_value(word == -1 ? NULL : enum_word(f->words, word));
		return word == -1 || *enum_word(f->words, word);
	case F_OCTETS: *out = octets_value(src); return true;
	case F_HASH:
		*out = (struct value){ .kind = V_BLOB, .s = src, .n = sizeof(hash) };
		if ((f->flags & FF_NULL) && is_zero(src))
			out->kind = V_NULL;
		return true;
	case F_SHAPE:
	case F_LIST: return false;
	}
	return false;
}

static void store_null(const struct field *f, void *dst)
{
	switch (f->type) {
	case F_INT:
	case F_INSTANT:
	case F_DAY:
	case F_MINUTE:
	case F_MONEY:
	case F_QUANTITY: *(int64_t *)dst = NONE; return;
	case F_ID: *(int64_t *)dst = 0; return;
	case F_BOOL: *(bool *)dst = false; return;
	case F_TEXT:
	case F_HTML:
	case F_JSON: *(const char **)dst = NULL; return;
	case F_PUBID: memset(dst, 0, sizeof(pubid)); return;
	case F_ENUM: *(int *)dst = -1; return;
	case F_HASH: memset(dst, 0, sizeof(hash)); return;
	case F_OCTETS: memset(dst, 0, sizeof(octets)); return;
	case F_SHAPE:
	case F_LIST: return;
	}
}

static bool store_text(TALLOC_CTX *mem, const struct value *v, const char **dst)
{
	*dst = mem_text(mem, v->s, v->n);
	return true;
}

static bool store_word(const struct field *f, const struct value *v, int *dst)
{
	char word[64];
	if (v->n >= sizeof word)
		return false;
	memcpy(word, v->s, v->n);
	word[v->n] = '\0';
	*dst = enum_find(f->words, word);
	return *dst >= 0;
}

static bool store_bytes(TALLOC_CTX *mem, const struct field *f, const struct value *v, void *dst)
{
	if (f->type == F_OCTETS) {
		*(octets *)dst = (octets){ mem_text(mem, v->s, v->n), v->n };
		return true;
	}
	memcpy(dst, v->s, v->n == sizeof(hash) ? v->n : 0);
	return v->n == sizeof(hash);
}

bool value_store(TALLOC_CTX *mem, const struct field *f, const struct value *v, void *dst)
{
	if (v->kind == V_NULL) {
		store_null(f, dst);
		return f->flags & FF_NULL;
	}
	if (v->kind != value_kind_of(f->type))
		return false;
	switch (v->kind) {
	case V_INT: *(int64_t *)dst = v->i; return true;
	case V_BOOL: *(bool *)dst = v->i != 0; return v->i == 0 || v->i == 1;
	case V_BLOB: return store_bytes(mem, f, v, dst);
	case V_TEXT:
		if (f->type == F_ENUM)
			return store_word(f, v, dst);
		if (f->type != F_PUBID)
			return store_text(mem, v, dst);
		memset(dst, 0, sizeof(pubid));
		memcpy(dst, v->s, v->n < sizeof(pubid) ? v->n : 0);
		return v->n < sizeof(pubid);
	case V_NULL: break;
	}
	return false;
}

size_t row_columns(const struct shape *s)
{
	size_t n = 0;
	for (size_t i = 0; i < s->n; i++) {
		if (s->fields[i].type == F_SHAPE)
			n += row_columns(s->fields[i].shape);
		else if (s->fields[i].type != F_LIST)
			n++;
	}
	return n;
}

const struct field *row_column(const struct shape *s, size_t column, char *name, size_t size)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct field *f = &s->fields[i];
		if (f->type == F_LIST)
			continue;
		size_t n = f->type == F_SHAPE ? row_columns(f->shape) : 1;
		if (column >= n) {
			column -= n;
			continue;
		}
		int used = snprintf(name, size, "%s%s", f->name, f->type == F_SHAPE ? "_" : "");
		if (f->type != F_SHAPE || used < 0 || (size_t)used >= size)
			return f;
		return row_column(f->shape, column, name + used, size - (size_t)used);
	}
	return NULL;
}
