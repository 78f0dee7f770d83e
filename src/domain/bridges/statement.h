/* statement.h - the exchanges of a convention as lines that add up: opening
 * balance, lines, totals, closing balance, all sums of entries. Whoever reads a
 * statement, it names nobody: uses stand as one line a month and pair, so its
 * dates are those of whole months. Only the list of exchanges shows a host its
 * own presences one by one. */
#ifndef MAILLAGE_STATEMENT_H
#define MAILLAGE_STATEMENT_H

#include "base/buf.h"
#include "bridges/exchange_seen.h"
#include "bridges/statement_shape.h"

/* Which lines: ends that are none mean any. */
struct statement_wish {
	community_id place, sender;
	day from, to; /* included */
	bool named;   /* one line a fact, with names where the reader may know them */
};

struct statement {
	quantity opening, used, due, given, closing; /* balances are the reader's: negative when it owes */
	int64_t first, last;			     /* numbers of entries, 0: none */
	struct statement_row_list rows;		     /* oldest first */
};

/* Read what a wish needs into the book; then make it. */
rc statement_read(struct ctx *c, struct exchange_book *b, const struct statement_wish *w);
void statement_make(struct ctx *c, const struct exchange_book *b, const struct statement_wish *w,
		    struct statement *out);

/* The presences in the wish that people let the reader see, one by one; wants the names. */
rc statement_shared(struct ctx *c, struct exchange_book *b, const struct statement_wish *w,
		      struct statement_row_list *out);

/* Read a query into a wish. Without dates: the quarter before (statements) or
 * the convention's time (list); days become whole months unless `named`.
 *   E_NOT_FOUND  a party that is none of this convention */
rc statement_ask(struct ctx *c, const struct exchange_book *b, const struct exchange_query *f,
		 struct statement_wish *w);

/* The whole page, for HTML, JSON, CSV and PDF alike. */
rc statement_fill(struct ctx *c, struct exchange_book *b, const struct exchange_query *f,
		  struct statement_page *v);

rc statement_csv_bytes(struct ctx *c, const struct statement_page *v, struct buf *out);
void exchanges_csv_bytes(struct ctx *c, const struct exchanges_page *v, struct buf *out);
rc statement_pdf_bytes(struct ctx *c, const struct statement_page *v, struct buf *out);

/* Loader of :entry, an entry printed on a statement; anybody may know of it. */
rc entry_loader(struct ctx *c, pubid pub, struct loaded *out);

#endif
