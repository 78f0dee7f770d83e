#include "platform/parcel.h"

#include <jansson.h>
#include <string.h>

/* ---- writing ---- */

static void write_object(struct buf *out, const struct parcel_layout *layout, const char *base);

static void write_list(struct buf *out, const struct parcel_member *m, const char *base)
{
	size_t n;
	memcpy(&n, base + m->count_at, sizeof n);
	const char *items = base + m->at;
	if (m->kind == PARCEL_ROWS)
		memcpy(&items, base + m->at, sizeof items);
	buf_char(out, '[');
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_char(out, ',');
		write_object(out, m->of, items + i * m->of->size);
	}
	buf_char(out, ']');
}

static void write_texts(struct buf *out, const struct parcel_member *m, const char *base)
{
	const char *s;
	buf_char(out, '[');
	for (size_t i = 0; i < m->max; i++) {
		if (i)
			buf_char(out, ',');
		memcpy(&s, base + m->at + i * sizeof s, sizeof s);
		buf_json(out, s);
	}
	buf_char(out, ']');
}

static void write_member(struct buf *out, const struct parcel_member *m, const char *base)
{
	const char *s;
	int number;
	instant t;
	switch (m->kind) {
	case PARCEL_TEXT:
		memcpy(&s, base + m->at, sizeof s);
		buf_json(out, s);
		break;
	case PARCEL_TEXTS: write_texts(out, m, base); break;
	case PARCEL_FLAG: buf_str(out, *(const bool *)(base + m->at) ? "true" : "false"); break;
	case PARCEL_NUMBER:
		memcpy(&number, base + m->at, sizeof number);
		buf_int(out, number);
		break;
	case PARCEL_INSTANT:
		memcpy(&t, base + m->at, sizeof t);
		buf_int(out, t.v);
		break;
	case PARCEL_LIST:
	case PARCEL_ROWS: write_list(out, m, base); break;
	}
}

static void write_object(struct buf *out, const struct parcel_layout *layout, const char *base)
{
	buf_char(out, '{');
	for (size_t i = 0; i < layout->n; i++) {
		if (i)
			buf_char(out, ',');
		buf_json(out, layout->members[i].name);
		buf_char(out, ':');
		write_member(out, &layout->members[i], base);
	}
	buf_char(out, '}');
}

void parcel_write(struct buf *out, const struct parcel_layout *layout, const void *value)
{
	write_object(out, layout, value);
}

/* ---- reading ---- */

static rc read_object(struct ctx *c, const struct parcel_layout *layout, json_t *v, char *base);

static rc refused(struct ctx *c)
{
	return fail(c, E_INVALID, "paper.not_drawn");
}

static rc read_text(struct ctx *c, json_t *v, char *to)
{
	const char *s = NULL;
	if (json_is_string(v))
		s = fmt(c, "%s", json_string_value(v));
	else if (!json_is_null(v))
		return refused(c);
	memcpy(to, &s, sizeof s);
	return OK;
}

static rc read_list(struct ctx *c, const struct parcel_member *m, json_t *v, char *base)
{
	size_t n = json_array_size(v);
	if (!json_is_array(v) || n > m->max)
		return refused(c);
	char *items = base + m->at;
	if (m->kind == PARCEL_ROWS) {
		items = mem_array(c->mem, m->of->size, n, "rows");
		memcpy(base + m->at, &items, sizeof items);
	}
	memcpy(base + m->count_at, &n, sizeof n);
	for (size_t i = 0; i < n; i++)
		TRY(read_object(c, m->of, json_array_get(v, i), items + i * m->of->size));
	return OK;
}

static rc read_texts(struct ctx *c, const struct parcel_member *m, json_t *v, char *base)
{
	if (json_array_size(v) != m->max)
		return refused(c);
	for (size_t i = 0; i < m->max; i++)
		TRY(read_text(c, json_array_get(v, i), base + m->at + i * sizeof(char *)));
	return OK;
}

static rc read_member(struct ctx *c, const struct parcel_member *m, json_t *v, char *base)
{
	int number = (int)json_integer_value(v);
	instant t = { json_integer_value(v) };
	switch (m->kind) {
	case PARCEL_TEXT: return read_text(c, v, base + m->at);
	case PARCEL_TEXTS: return read_texts(c, m, v, base);
	case PARCEL_FLAG:
		*(bool *)(base + m->at) = json_is_true(v);
		return json_is_boolean(v) ? OK : refused(c);
	case PARCEL_NUMBER:
		memcpy(base + m->at, &number, sizeof number);
		return json_is_integer(v) ? OK : refused(c);
	case PARCEL_INSTANT: memcpy(base + m->at, &t, sizeof t); return json_is_integer(v) ? OK : refused(c);
	case PARCEL_LIST:
	case PARCEL_ROWS: return read_list(c, m, v, base);
	}
	return refused(c);
}

static rc read_object(struct ctx *c, const struct parcel_layout *layout, json_t *v, char *base)
{
	if (json_object_size(v) != layout->n)
		return refused(c);
	for (size_t i = 0; i < layout->n; i++)
		TRY(read_member(c, &layout->members[i], json_object_get(v, layout->members[i].name), base));
	return OK;
}

rc parcel_read(struct ctx *c, const struct parcel_layout *layout, const char *json, size_t len, void *value)
{
	json_t *v = json_loadb(json, len, JSON_REJECT_DUPLICATES, NULL);
	rc result = v ? read_object(c, layout, v, value) : refused(c);
	json_decref(v);
	return result;
}
