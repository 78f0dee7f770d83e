/* document.h - a printed text of any length: a cover, contents, chapters, lists,
 * tables and pictures, flowing over numbered pages. The caller gives words that
 * are translated and formatted; nothing here knows what they are about. Blocks are
 * added in the order of reading and live, as all strings, in c->mem. */
#ifndef MAILLAGE_DOCUMENT_H
#define MAILLAGE_DOCUMENT_H

#include "base/buf.h"
#include "base/ctx.h"

#define DOCUMENT_COLUMNS 8
#define DOCUMENT_BLOCKS	 4000
#define DOCUMENT_ROWS	 10000 /* of one table */
#define DOCUMENT_LINES	 4
#define DOCUMENT_WIDTH	 493 /* points between the margins */

enum document_kind {
	DOCUMENT_H1, /* a chapter; when the document has contents, begins a page unless half of one is left */
	DOCUMENT_H2,
	DOCUMENT_H3,
	DOCUMENT_LEAD,	/* the sentence that a chapter begins with */
	DOCUMENT_TEXT,	/* what the program says */
	DOCUMENT_VOICE, /* what people wrote */
	DOCUMENT_ITEM,	/* of a list */
	DOCUMENT_NOTE,	/* small: sources, captions */
	DOCUMENT_TABLE,
	DOCUMENT_PICTURE,
	DOCUMENT_BREAK, /* what follows begins a page */
	DOCUMENT_KINDS
};

struct document_column {
	const char *title;
	int width_pt; /* 0: a share of what is left */
	bool right;   /* numbers */
};

/* A cell that is NULL leaves its room to the cell on its left. */
struct document_row {
	const char *cells[DOCUMENT_COLUMNS];
	bool strong;
};

struct document_block {
	int kind;	  /* enum document_kind */
	const char *text; /* of a picture: its caption, or NULL */
	struct document_column columns[DOCUMENT_COLUMNS];
	size_t n_columns;
	const struct document_row *rows;
	size_t n_rows;
	const char *picture; /* as picture_json writes it */
	int width_pt;	     /* of the picture; 0: all there is */
};

struct document {
	const char *language; /* "fr" */
	instant created;      /* in the file's properties: the same input gives the same bytes */
	const char *brand;    /* name of the server or network */
	const char *kind;     /* small, above the title: "Fiche", "État des lieux" */
	const char *title, *subtitle;
	const char *lines[DOCUMENT_LINES]; /* of the cover: date, territory, sources */
	bool cover;			   /* the title has a page of its own */
	const char *contents;		   /* title of the contents, or NULL for none */
	const char *foot;		   /* left in the foot of every page: an address */
	const char *qr;			   /* in the foot of the last page, or NULL */
	const char *page;		   /* "Page {n} sur {total}" */
	struct document_block *blocks;
	size_t n_blocks;
};

/* One more block. */
void document_add(struct ctx *c, struct document *d, enum document_kind kind, const char *text);
/* What people wrote, in Markdown: headings from DOCUMENT_H3 down, lists, paragraphs as
 * DOCUMENT_VOICE; emphasis and links are left as their words. NULL adds nothing. */
void document_markdown(struct ctx *c, struct document *d, const char *text);
struct document_table {
	const struct document_column *columns;
	size_t n_columns;
	const struct document_row *rows;
	size_t n_rows;
};
void document_table(struct ctx *c, struct document *d, const struct document_table *t);
struct picture;
void document_picture(struct ctx *c, struct document *d, const struct picture *p, int width_pt,
		      const char *caption);

/* The PDF, appended to out. In the server it is made by a caged child (child.h) and
 * may take seconds: call it on a worker.
 *   E_TOO_LARGE  too many blocks or rows
 *   E_INVALID    the QR text is too long
 *   E_BUSY       the child took too long
 *   E_INTERNAL   it could not be drawn */
rc document_pdf(struct ctx *c, const struct document *d, struct buf *out);

/* For the way to the child and back. */
void document_json(const struct document *d, struct buf *out);
rc document_read(struct ctx *c, const char *json, size_t len, struct document *d);
rc document_draw(struct ctx *c, const struct document *d, struct buf *out);

#endif
