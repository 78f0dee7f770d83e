/* spreadsheet.h - tables as people keep them, whatever program wrote them: CSV
 * (base/csv.h), XLSX, ODS. Every cell becomes text: numbers without what their
 * format adds, days as 2026-11-28, noughts in front kept where the file shows
 * them. Blank rows and hidden sheets are passed over; what is merged over
 * several rows stands in each of them.
 *
 * What is packed comes from outside and is unpacked and parsed in a caged child
 * where there is one (platform/child.h), within bounds. */
#ifndef MAILLAGE_SPREADSHEET_H
#define MAILLAGE_SPREADSHEET_H

#include "base/csv.h"

#define SPREADSHEET_BYTES    5000000		 /* of the file */
#define SPREADSHEET_UNPACKED ((size_t)200 << 20) /* of what is read of it */
#define SPREADSHEET_TEXT     ((size_t)32 << 20)	 /* of all cells */
#define SPREADSHEET_CELLS    2000000
#define SPREADSHEET_ROWS     50000 /* of a sheet */
#define SPREADSHEET_COLUMNS  256
#define SPREADSHEET_CELL     32767
#define SPREADSHEET_SHEETS   50

/* Rows as csv_cell() reads them; none is a header. */
struct spreadsheet_sheet {
	const char *name; /* "" in a CSV */
	size_t n;
	struct csv_row *rows;
};
struct spreadsheet {
	size_t n; /* one at least */
	struct spreadsheet_sheet *sheets;
};

/* Read a file; may wait, for a child. `kept` (or NULL) gets the same in a plain
 * form that spreadsheet_open takes.
 *   E_TOO_LARGE  spreadsheet.too_large, .rows, .columns, .cell
 *   E_INVALID    spreadsheet.old (.xls), .encrypted, .broken, .unknown, .empty;
 *                or a failure of csv_read
 *   E_BUSY       paper.too_slow */
rc spreadsheet_read(struct ctx *c, octets file, struct spreadsheet *out, octets *kept);
/* Cells point into `kept`. E_INVALID "spreadsheet.broken". */
rc spreadsheet_open(struct ctx *c, octets kept, struct spreadsheet *out);

/* The same in this process: what the child does, and tests. */
rc spreadsheet_parse(struct ctx *c, octets file, struct spreadsheet *out);
void spreadsheet_keep(struct buf *out, const struct spreadsheet *s);
/* Job of a child: what is kept, or why not. */
rc spreadsheet_job(struct ctx *c, const char *in, size_t len, struct buf *out);

/* The number, from 0, of the row that looks like the heads: titles and notes
 * stand alone above them. */
size_t spreadsheet_head(const struct spreadsheet_sheet *s);
/* The column, from 0, whose head is one of these names, folded and with |
 * between; the first name of them that is found counts. -1: none. */
int spreadsheet_column(struct ctx *c, const struct csv_row *heads, const char *names);
/* How many columns hold something. */
size_t spreadsheet_width(const struct spreadsheet_sheet *s);

#endif
