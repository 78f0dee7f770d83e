/* spreadsheet_book.c - a book grows cell by cell, within bounds. */
#include <string.h>

#include "platform/spreadsheet_parts.h"

#define BLOCK 65536

const char *book_text(struct book *b, const char *s, size_t n)
{
	if (b->wrong)
		return NULL;
	if (n > SPREADSHEET_CELL)
		b->wrong = K("spreadsheet.cell");
	else if ((b->text += n + 1) > SPREADSHEET_TEXT)
		b->wrong = K("spreadsheet.too_large");
	if (b->wrong)
		return NULL;
	if (n + 1 > b->left) {
		b->left = n + 1 > BLOCK ? n + 1 : BLOCK;
		b->block = mem_array(b->c->mem, 1, b->left, "spreadsheet");
	}
	char *out = b->block;
	memcpy(out, s, n);
	out[n] = 0;
	b->block += n + 1;
	b->left -= n + 1;
	return out;
}

void book_sheet(struct book *b, const char *name)
{
	if (b->out->n == SPREADSHEET_SHEETS)
		b->wrong = K("spreadsheet.too_large");
	if (b->wrong)
		return;
	if (!b->out->sheets)
		b->out->sheets = new_array(b->c, struct spreadsheet_sheet, SPREADSHEET_SHEETS);
	b->out->sheets[b->out->n++] = (struct spreadsheet_sheet){ .name = name };
	b->room = 0;
	b->width = 0;
}

void book_cell(struct book *b, size_t column, const char *kept)
{
	if (b->wrong || !kept || !kept[strspn(kept, " \t\r\n")])
		return;
	if (column >= SPREADSHEET_COLUMNS) {
		b->wrong = K("spreadsheet.columns");
		return;
	}
	for (; b->width <= column; b->width++)
		b->row[b->width] = "";
	b->row[column] = kept;
}

void book_row(struct book *b, size_t line)
{
	size_t n = b->width;
	b->width = 0;
	if (b->wrong || !n || !b->out->n)
		return;
	struct spreadsheet_sheet *s = &b->out->sheets[b->out->n - 1];
	if (s->n == SPREADSHEET_ROWS)
		b->wrong = K("spreadsheet.rows");
	else if ((b->cells += n) > SPREADSHEET_CELLS)
		b->wrong = K("spreadsheet.too_large");
	if (b->wrong)
		return;
	if (s->n == b->room) {
		b->room = b->room ? b->room * 2 : 64;
		s->rows = talloc_realloc(b->c->mem, s->rows, struct csv_row, (unsigned)b->room);
	}
	struct csv_row *r = &s->rows[s->n++];
	*r = (struct csv_row){ .line = line, .n = n, .cells = new_array(b->c, const char *, n) };
	memcpy(r->cells, b->row, n * sizeof *b->row);
}

/* Put a text into a row that may be shorter. */
static void put(struct book *b, struct csv_row *r, size_t column, const char *text)
{
	if (column >= r->n) {
		const char **cells = new_array(b->c, const char *, column + 1);
		memcpy(cells, r->cells, r->n * sizeof *cells);
		for (size_t i = r->n; i <= column; i++)
			cells[i] = "";
		b->cells += column + 1;
		r->cells = cells;
		r->n = column + 1;
	}
	if (!*r->cells[column])
		r->cells[column] = text;
}

void book_fill_down(struct book *b, size_t column, size_t first, size_t last)
{
	if (!b->out->n || column >= SPREADSHEET_COLUMNS)
		return;
	struct spreadsheet_sheet *s = &b->out->sheets[b->out->n - 1];
	const char *text = NULL;
	for (size_t i = 0; i < s->n && s->rows[i].line <= last && !b->wrong; i++) {
		if (s->rows[i].line == first)
			text = csv_cell(&s->rows[i], (int)column);
		else if (text && *text && s->rows[i].line > first)
			put(b, &s->rows[i], column, text);
		if (b->cells > SPREADSHEET_CELLS)
			b->wrong = K("spreadsheet.too_large");
	}
}

rc book_end(struct book *b)
{
	if (b->wrong)
		return spreadsheet_fail(b->c, b->wrong);
	size_t n = 0;
	for (size_t i = 0; i < b->out->n; i++)
		if (b->out->sheets[i].n)
			b->out->sheets[n++] = b->out->sheets[i];
	b->out->n = n;
	return n ? OK : spreadsheet_fail(b->c, K("spreadsheet.empty"));
}
