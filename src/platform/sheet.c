#include "platform/sheet.h"

#include <jansson.h>
#include <string.h>

#include "platform/child.h"

/* The way to the child and back is JSON, written and read from one table. */

enum kind { TEXT, TEXTS, FLAG, NUMBER, INSTANT, LIST, ROWS };

struct member {
	const char *name;
	enum kind kind;
	size_t at;
	size_t max;		 /* TEXTS, LIST, ROWS */
	const struct layout *of; /* LIST, ROWS */
	size_t count_at;	 /* LIST, ROWS: where the size_t lies */
};

struct layout {
	size_t size, n;
	const struct member *members;
};

#define LAYOUT(name_, type)                                                                                  \
	static const struct layout name_ = { sizeof(type), sizeof name_##_members / sizeof *name_##_members, \
					     name_##_members }
/* clang-format off */
#define M(kind_, type, field) \
	{ #field, kind_, offsetof(type, field), 0, NULL, 0 }
#define MANY(type, field, max_) \
	{ #field, TEXTS, offsetof(type, field), max_, NULL, 0 }
#define OF(kind_, type, field, max_, layout_) \
	{ #field, kind_, offsetof(type, field), max_, &layout_, offsetof(type, n_##field) }
/* clang-format on */

static const struct member column_members[] = {
	M(TEXT, struct sheet_column, title),   M(NUMBER, struct sheet_column, width_pt),
	M(NUMBER, struct sheet_column, align), M(FLAG, struct sheet_column, quiet),
	M(FLAG, struct sheet_column, strong),
};
LAYOUT(column, struct sheet_column);

static const struct member row_members[] = {
	MANY(struct sheet_row, cells, SHEET_COLUMNS),
	MANY(struct sheet_row, minor, SHEET_COLUMNS),
	M(FLAG, struct sheet_row, strong),
	M(FLAG, struct sheet_row, shaded),
};
LAYOUT(row, struct sheet_row);

static const struct member party_members[] = {
	M(TEXT, struct sheet_party, name),
	M(TEXT, struct sheet_party, line),
	M(NUMBER, struct sheet_party, kind),
	M(TEXT, struct sheet_party, initials),
};
LAYOUT(party, struct sheet_party);

static const struct member pair_members[] = {
	M(TEXT, struct sheet_pair, key),
	M(TEXT, struct sheet_pair, value),
	M(FLAG, struct sheet_pair, total),
};
LAYOUT(pair, struct sheet_pair);

static const struct member box_members[] = {
	M(TEXT, struct sheet_box, title),
	M(TEXT, struct sheet_box, text),
	M(TEXT, struct sheet_box, state),
	M(TEXT, struct sheet_box, state_text),
	OF(LIST, struct sheet_box, pairs, SHEET_PAIRS, pair),
};
LAYOUT(box, struct sheet_box);

static const struct member note_members[] = {
	M(TEXT, struct sheet_note, text),
	M(TEXT, struct sheet_note, strong),
};
LAYOUT(note, struct sheet_note);

static const struct member sheet_members[] = {
	M(TEXT, struct sheet, language),
	M(INSTANT, struct sheet, created),
	M(TEXT, struct sheet, brand),
	MANY(struct sheet, head_right, 2),
	M(TEXT, struct sheet, title),
	M(TEXT, struct sheet, subtitle),
	OF(LIST, struct sheet, parties, SHEET_PARTIES, party),
	OF(LIST, struct sheet, columns, SHEET_COLUMNS, column),
	OF(ROWS, struct sheet, rows, SHEET_ROWS, row),
	M(TEXT, struct sheet, empty),
	OF(LIST, struct sheet, boxes, SHEET_BOXES, box),
	OF(LIST, struct sheet, notes, SHEET_NOTES, note),
	M(TEXT, struct sheet, qr),
	M(TEXT, struct sheet, page),
	M(TEXT, struct sheet, continued),
};
LAYOUT(sheet, struct sheet);

/* ---- writing ---- */

static void write_object(struct buf *out, const struct layout *layout, const char *base);

static void write_list(struct buf *out, const struct member *m, const char *base)
{
	size_t n;
	memcpy(&n, base + m->count_at, sizeof n);
	const char *items = base + m->at;
	if (m->kind == ROWS)
		memcpy(&items, base + m->at, sizeof items);
	buf_char(out, '[');
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_char(out, ',');
		write_object(out, m->of, items + i * m->of->size);
	}
	buf_char(out, ']');
}

static void write_texts(struct buf *out, const struct member *m, const char *base)
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

static void write_member(struct buf *out, const struct member *m, const char *base)
{
	const char *s;
	int number;
	instant t;
	switch (m->kind) {
	case TEXT:
		memcpy(&s, base + m->at, sizeof s);
		buf_json(out, s);
		break;
	case TEXTS: write_texts(out, m, base); break;
	case FLAG: buf_str(out, *(const bool *)(base + m->at) ? "true" : "false"); break;
	case NUMBER:
		memcpy(&number, base + m->at, sizeof number);
		buf_int(out, number);
		break;
	case INSTANT:
		memcpy(&t, base + m->at, sizeof t);
		buf_int(out, t.v);
		break;
	case LIST:
	case ROWS: write_list(out, m, base); break;
	}
}

static void write_object(struct buf *out, const struct layout *layout, const char *base)
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

void sheet_json(const struct sheet *s, struct buf *out)
{
	write_object(out, &sheet, (const char *)s);
}

/* ---- reading ---- */

static rc read_object(struct ctx *c, const struct layout *layout, json_t *v, char *base);

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

static rc read_list(struct ctx *c, const struct member *m, json_t *v, char *base)
{
	size_t n = json_array_size(v);
	if (!json_is_array(v) || n > m->max)
		return refused(c);
	char *items = base + m->at;
	if (m->kind == ROWS) {
		items = mem_array(c->mem, m->of->size, n, "rows");
		memcpy(base + m->at, &items, sizeof items);
	}
	memcpy(base + m->count_at, &n, sizeof n);
	for (size_t i = 0; i < n; i++)
		TRY(read_object(c, m->of, json_array_get(v, i), items + i * m->of->size));
	return OK;
}

static rc read_texts(struct ctx *c, const struct member *m, json_t *v, char *base)
{
	if (json_array_size(v) != m->max)
		return refused(c);
	for (size_t i = 0; i < m->max; i++)
		TRY(read_text(c, json_array_get(v, i), base + m->at + i * sizeof(char *)));
	return OK;
}

static rc read_member(struct ctx *c, const struct member *m, json_t *v, char *base)
{
	int number = (int)json_integer_value(v);
	instant t = { json_integer_value(v) };
	switch (m->kind) {
	case TEXT: return read_text(c, v, base + m->at);
	case TEXTS: return read_texts(c, m, v, base);
	case FLAG: *(bool *)(base + m->at) = json_is_true(v); return json_is_boolean(v) ? OK : refused(c);
	case NUMBER:
		memcpy(base + m->at, &number, sizeof number);
		return json_is_integer(v) ? OK : refused(c);
	case INSTANT: memcpy(base + m->at, &t, sizeof t); return json_is_integer(v) ? OK : refused(c);
	case LIST:
	case ROWS: return read_list(c, m, v, base);
	}
	return refused(c);
}

static rc read_object(struct ctx *c, const struct layout *layout, json_t *v, char *base)
{
	if (json_object_size(v) != layout->n)
		return refused(c);
	for (size_t i = 0; i < layout->n; i++)
		TRY(read_member(c, &layout->members[i], json_object_get(v, layout->members[i].name), base));
	return OK;
}

rc sheet_read(struct ctx *c, const char *json, size_t len, struct sheet *s)
{
	*s = (struct sheet){ 0 };
	json_t *v = json_loadb(json, len, JSON_REJECT_DUPLICATES, NULL);
	rc result = v ? read_object(c, &sheet, v, (char *)s) : refused(c);
	json_decref(v);
	return result;
}

rc sheet_pdf(struct ctx *c, const struct sheet *s, struct buf *out)
{
	if (s->n_rows > SHEET_ROWS)
		return fail(c, E_TOO_LARGE, "paper.too_many_rows");
	if (!child_enabled())
		return sheet_draw(c, s, out);
	struct buf json;
	buf_init(&json, c->mem, 4096 + s->n_rows * 256);
	sheet_json(s, &json);
	return child_run(c, "pdf", json.s, json.len, out);
}
