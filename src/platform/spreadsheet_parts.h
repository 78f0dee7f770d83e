/* spreadsheet_parts.h - what the readers of XLSX and ODS share: the packed
 * file, its XML, and the book that is made of them. */
#ifndef MAILLAGE_SPREADSHEET_PARTS_H
#define MAILLAGE_SPREADSHEET_PARTS_H

#include <zip.h>

#include "platform/spreadsheet.h"
#include "platform/xml.h"

/* ---- the book that grows ---- */

struct book {
	struct ctx *c;
	struct spreadsheet *out;
	const char *wrong;	/* message; nothing is added any more */
	char *block;		/* where texts are kept */
	size_t left, text, cells, room;
	const char *row[SPREADSHEET_COLUMNS]; /* the row that is being filled */
	size_t width;
};

/* Keep a text as long as the book. NULL: too much. */
const char *book_text(struct book *b, const char *s, size_t n);
void book_sheet(struct book *b, const char *name);
/* A cell of the row, from 0. Blanks say nothing. The text is kept already. */
void book_cell(struct book *b, size_t column, const char *kept);
/* The row is over; it is of that line. A blank one is passed over. */
void book_row(struct book *b, size_t line);
/* What stands in the first line of a column also stands in those below, to `last`. */
void book_fill_down(struct book *b, size_t column, size_t first, size_t last);
/* Its failure, when something was wrong. */
rc book_end(struct book *b);

/* ---- the packed file ---- */

struct package {
	struct ctx *c;
	zip_t *zip;
	size_t unpacked;
};
/* E_INVALID spreadsheet.broken, .encrypted */
rc package_open(struct ctx *c, octets file, struct package *out);
void package_close(struct package *p);
bool package_has(const struct package *p, const char *name);

rc package_xml(struct package *p, const char *name, struct xml *x);
/* The failure of a key that these files use. */
rc spreadsheet_fail(struct ctx *c, const char *key);

rc spreadsheet_xlsx(struct package *p, struct book *b);
rc spreadsheet_ods(struct package *p, struct book *b);

#endif
