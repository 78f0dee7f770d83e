#include "platform/sheet.h"

#include "platform/child.h"
#include "platform/parcel.h"

static const struct parcel_member column_members[] = {
	PARCEL(TEXT, struct sheet_column, title),   PARCEL(NUMBER, struct sheet_column, width_pt),
	PARCEL(NUMBER, struct sheet_column, align), PARCEL(FLAG, struct sheet_column, quiet),
	PARCEL(FLAG, struct sheet_column, strong),
};
PARCEL_LAYOUT(column, struct sheet_column);

static const struct parcel_member row_members[] = {
	PARCEL_MANY(struct sheet_row, cells, SHEET_COLUMNS),
	PARCEL_MANY(struct sheet_row, minor, SHEET_COLUMNS),
	PARCEL(FLAG, struct sheet_row, strong),
	PARCEL(FLAG, struct sheet_row, shaded),
};
PARCEL_LAYOUT(row, struct sheet_row);

static const struct parcel_member party_members[] = {
	PARCEL(TEXT, struct sheet_party, name),
	PARCEL(TEXT, struct sheet_party, line),
	PARCEL(NUMBER, struct sheet_party, kind),
	PARCEL(TEXT, struct sheet_party, initials),
};
PARCEL_LAYOUT(party, struct sheet_party);

static const struct parcel_member pair_members[] = {
	PARCEL(TEXT, struct sheet_pair, key),
	PARCEL(TEXT, struct sheet_pair, value),
	PARCEL(FLAG, struct sheet_pair, total),
};
PARCEL_LAYOUT(pair, struct sheet_pair);

static const struct parcel_member box_members[] = {
	PARCEL(TEXT, struct sheet_box, title),
	PARCEL(TEXT, struct sheet_box, text),
	PARCEL(TEXT, struct sheet_box, state),
	PARCEL(TEXT, struct sheet_box, state_text),
	PARCEL_OF(LIST, struct sheet_box, pairs, SHEET_PAIRS, pair),
};
PARCEL_LAYOUT(box, struct sheet_box);

static const struct parcel_member note_members[] = {
	PARCEL(TEXT, struct sheet_note, text),
	PARCEL(TEXT, struct sheet_note, strong),
};
PARCEL_LAYOUT(note, struct sheet_note);

static const struct parcel_member sheet_members[] = {
	PARCEL(TEXT, struct sheet, language),
	PARCEL(INSTANT, struct sheet, created),
	PARCEL(TEXT, struct sheet, brand),
	PARCEL_MANY(struct sheet, head_right, 2),
	PARCEL(TEXT, struct sheet, title),
	PARCEL(TEXT, struct sheet, subtitle),
	PARCEL_OF(LIST, struct sheet, parties, SHEET_PARTIES, party),
	PARCEL_OF(LIST, struct sheet, columns, SHEET_COLUMNS, column),
	PARCEL_OF(ROWS, struct sheet, rows, SHEET_ROWS, row),
	PARCEL(TEXT, struct sheet, empty),
	PARCEL_OF(LIST, struct sheet, boxes, SHEET_BOXES, box),
	PARCEL_OF(LIST, struct sheet, notes, SHEET_NOTES, note),
	PARCEL(TEXT, struct sheet, qr),
	PARCEL(TEXT, struct sheet, page),
	PARCEL(TEXT, struct sheet, continued),
};
PARCEL_LAYOUT(sheet, struct sheet);

void sheet_json(const struct sheet *s, struct buf *out)
{
	parcel_write(out, &sheet, s);
}

rc sheet_read(struct ctx *c, const char *json, size_t len, struct sheet *s)
{
	*s = (struct sheet){ 0 };
	return parcel_read(c, &sheet, json, len, s);
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
