/* csv.h - tables as people's spreadsheets write them, read whole and strictly:
 * UTF-8 (with or without its mark) or, failing that, Windows-1252; comma,
 * semicolon, tab or |, whichever the first line holds most of; quotes by RFC
 * 4180; any line ends. Blank lines are skipped, blanks around unquoted cells
 * are dropped. And written, for people and for programs. */
#ifndef MAILLAGE_CSV_H
#define MAILLAGE_CSV_H

#include "base/buf.h"
#include "base/ctx.h"

struct csv_row {
	size_t line; /* of the file, from 1: where the row begins */
	size_t n;
	const char **cells;
};

struct csv {
	char separator;
	bool converted; /* it was not UTF-8 */
	struct csv_row header;
	size_t n;
	struct csv_row *rows; /* without the header; each may be shorter or longer than it */
};

struct csv_limits {
	size_t bytes, rows, columns, cell; /* the header counts as a row; a cell in bytes */
};
extern const struct csv_limits csv_usual_limits; /* 5 MB, 50,000, 100, 10,000 */

/* Read `len` bytes into c->mem. limits NULL: the usual ones.
 *   E_TOO_LARGE  csv.too_large
 *   E_INVALID    csv.empty, csv.encoding; with line: csv.rows, csv.columns,
 *                csv.cell, csv.quote (a quote inside a cell, or never closed) */
rc csv_read(struct ctx *c, const char *text, size_t len, const struct csv_limits *limits, struct csv **out);

/* The number of the column of that name, without regard to case; -1: none. */
int csv_column(const struct csv *t, const char *name);
/* The cell, "" when the row is too short or the column is -1. */
const char *csv_cell(const struct csv_row *row, int column);

/* ---- writing ---- */

struct csv_writer {
	struct buf *out;
	char separator;
	bool in_row, after_first;
};

/* mark: begin with the byte order mark, without which Excel does not see UTF-8. */
void csv_begin(struct csv_writer *w, struct buf *out, char separator, bool mark);
/* A cell as it is: codes, dates, numbers written by the program. NULL: empty. */
void csv_put(struct csv_writer *w, const char *s);
void csv_put_int(struct csv_writer *w, int64_t v); /* NONE: empty */
/* A cell that somebody typed. What a spreadsheet would take for a formula (it
 * begins with = + - @ or a control character) gets an apostrophe in front;
 * machines that want the very text read the JSON. */
void csv_put_typed(struct csv_writer *w, const char *s);
void csv_end_row(struct csv_writer *w); /* CR LF */

#endif
