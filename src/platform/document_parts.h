/* document_parts.h - where the pieces of a document stand, and drawing them.
 * Lengths in points, from the top left corner of the page. */
#ifndef MAILLAGE_DOCUMENT_PARTS_H
#define MAILLAGE_DOCUMENT_PARTS_H

#include "platform/document.h"
#include "platform/pdf.h"
#include "platform/picture.h"

#define DOCUMENT_X	51.0
#define DOCUMENT_TOP	58.0
#define DOCUMENT_BOTTOM 778.0 /* of what may stand above the foot */

/* A block, or the part of one that stands on a page: bytes of its text, or rows. */
struct document_piece {
	size_t block, from, to;
	size_t page; /* from 0 */
	double y;
};

struct document_plan {
	const struct document *d;
	struct pdf *pdf;
	struct document_piece *pieces;
	size_t n, room;
	size_t page; /* where the next piece goes, and how far down */
	double y;
	struct picture *pictures; /* by block, read once */
	double **heights;	  /* by block: of the rows of a table */
};

/* Break everything into pieces; contents take the pages between the first and the
 * text. Sets plan->page to the last page. E_INVALID: a picture that is none. */
rc document_plan(struct ctx *c, const struct document *d, struct pdf *pdf, struct document_plan *plan);
/* The entries of the contents: pieces of H1 and H2. */
bool document_is_entry(const struct document_plan *plan, const struct document_piece *piece);
double document_contents_height(const struct document_plan *plan, const struct document_piece *piece);

/* The text of a block or of a part of it. */
struct pdf_text document_words(struct ctx *c, const struct document_block *b, size_t from, size_t to);
double document_indent(int kind);

/* Tables (document_table.c). */
double document_table_head(struct pdf *p, const struct document_block *b, double y, bool draw);
double document_table_row(struct pdf *p, const struct document_block *b, size_t row, double y, bool draw);

#endif
