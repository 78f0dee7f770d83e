/* sheet.h - a printed statement: head, parties, one long table, boxes, and a
 * foot that can be verified. The caller gives words that are translated and
 * formatted; nothing here knows what a convention is. Strings are borrowed.
 * "3{e}" and "1{er}" raise the ordinal, in every string. */
#ifndef MAILLAGE_SHEET_H
#define MAILLAGE_SHEET_H

#include "base/buf.h"
#include "base/ctx.h"

#define SHEET_COLUMNS 8
#define SHEET_PARTIES 2
#define SHEET_BOXES   3
#define SHEET_PAIRS   8
#define SHEET_NOTES   3
#define SHEET_ROWS    10000

enum sheet_align { SHEET_LEFT, SHEET_RIGHT };

struct sheet_column {
	const char *title; /* "\n" breaks it */
	int width_pt;	   /* 0: a share of what is left of 493 points */
	enum sheet_align align;
	bool quiet;  /* lighter: numbers of entries */
	bool strong; /* the balance */
};

/* A cell that is NULL leaves its room to the cell on its left. */
struct sheet_row {
	const char *cells[SHEET_COLUMNS];
	const char *minor[SHEET_COLUMNS]; /* lighter, after the cell */
	bool strong;			  /* opening balance; the last rows that are strong are the totals */
	bool shaded;
};

/* The shape of the emblem says which kind of community it is. */
enum sheet_kind { SHEET_CAE, SHEET_PLACE, SHEET_COLLECTIVE, SHEET_NETWORK, SHEET_KINDS };

struct sheet_party {
	const char *name, *line;
	enum sheet_kind kind;
	const char *initials;
};

struct sheet_pair {
	const char *key, *value;
	bool total; /* ruled off, larger */
};

/* Any part may be absent, but the title. */
struct sheet_box {
	const char *title;
	const char *text;
	const char *state, *state_text; /* framed: "Accepté", when and by whom */
	struct sheet_pair pairs[SHEET_PAIRS];
	size_t n_pairs;
};

struct sheet_note {
	const char *text;
	const char *strong; /* after text, in bold: an address to type */
};

struct sheet {
	const char *language;	   /* "fr" */
	instant created;	   /* in the file's properties: the same input gives the same bytes */
	const char *brand;	   /* name of the server or network */
	const char *head_right[2]; /* programme; number and date */
	const char *title, *subtitle;
	struct sheet_party parties[SHEET_PARTIES];
	size_t n_parties;
	struct sheet_column columns[SHEET_COLUMNS];
	size_t n_columns;
	const struct sheet_row *rows;
	size_t n_rows;	   /* at most SHEET_ROWS */
	const char *empty; /* stands in the table when there is no row */
	struct sheet_box boxes[SHEET_BOXES];
	size_t n_boxes;
	struct sheet_note notes[SHEET_NOTES]; /* foot of every page */
	size_t n_notes;
	const char *qr;	       /* or NULL */
	const char *page;      /* "Page {n} sur {total}" */
	const char *continued; /* "suite": after the title on the pages that follow */
};

/* The PDF, appended to out. In the server it is made by a sandboxed child
 * (child.h) and may take seconds: call it on a worker.
 *   E_TOO_LARGE  too many rows
 *   E_INVALID    the QR text is too long
 *   E_BUSY       the child took too long
 *   E_INTERNAL   it could not be drawn */
rc sheet_pdf(struct ctx *c, const struct sheet *s, struct buf *out);

/* As JSON and back, for the way to the child. What is read lives in c->mem;
 * E_INVALID when it is not what sheet_json writes. */
void sheet_json(const struct sheet *s, struct buf *out);
rc sheet_read(struct ctx *c, const char *json, size_t len, struct sheet *s);

/* Draw it in this process. */
rc sheet_draw(struct ctx *c, const struct sheet *s, struct buf *out);

#endif
