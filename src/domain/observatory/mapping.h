/* mapping.h - a table of somebody's own becomes arrivals: which column is which
 * field. It is guessed, corrected on a page, remembered for the source, and
 * taken up again when the same heads come back. */
#ifndef MAILLAGE_MAPPING_H
#define MAILLAGE_MAPPING_H

#include "observatory/arrival.h"
#include "observatory/mapping_shape.h"
#include "people/community_shape.h"
#include "platform/spreadsheet.h"

/* What a column says: a word of enum arrival_field by its number, then those
 * of enum mapping_also. */
#define MAPPING_ALSO(also) (ARRIVAL_FIELD_COUNT + (also))
#define MAPPING_NOTHING	   (-1)
#define MAPPING_FIXED	   8
const char *mapping_target_word(int target); /* NULL: nothing */
int mapping_target_find(const char *word);   /* MAPPING_NOTHING: there is none */
const char *mapping_target_label(struct ctx *c, int target);

struct mapping_choice {
	const char *head; /* as the table writes it */
	int target, mark; /* enum list_mark */
	int reason;	  /* enum mapping_reason; -1: somebody chose it */
};
/* What every row says that has no column for it; ; between the items of a list. */
struct mapping_fixed {
	int field;
	const char *value;
};
/* Columns in the order of the table. */
struct mapping {
	size_t sheet, head; /* numbers from 0: the sheet, its row of heads */
	int kind;	    /* of what has no column for it: enum community_kind */
	struct mapping_choice *columns;
	size_t n;
	struct mapping_fixed fixed[MAPPING_FIXED];
	size_t n_fixed;
};
/* May a field be the same for a whole table? */
bool mapping_may_fix(int field);

const char *mapping_json(struct ctx *c, const struct mapping *m);
/* E_INVALID "mapping.bad_plan". */
rc mapping_read(struct ctx *c, const char *json, struct mapping *out);

/* Guess it all from the heads and the cells. Needs a snapshot, for the communes. */
rc mapping_guess(struct ctx *c, const struct spreadsheet *book, size_t sheet, size_t head, struct mapping *out);

/* What was remembered, on a new table: the columns whose heads came back say
 * what they said; the others say nothing yet. */
struct mapping_fitted {
	struct mapping mapping;
	bool *is_new;	     /* by column: no such head before */
	const char **gone;   /* heads that said something and did not come back */
	size_t n_gone;
};
void mapping_fit(struct ctx *c, const struct mapping *known, const struct spreadsheet *book,
		 struct mapping_fitted *out);

/* Rows as arrivals, `most` of them. */
rc mapping_apply(struct ctx *c, const struct mapping *m, const struct spreadsheet *book, size_t most,
		 struct arrivals *out);

/* ---- handing a table over ---- */

/* Keep it until its columns are confirmed, with the mapping of its source or a
 * guess; s->file is its cells as they are kept. Inside db_write. E_INVALID "import.bad_label" (field source). */
rc mapping_start(struct ctx *c, const struct import_start *s, const struct spreadsheet *book, pubid *out);
/* Its columns are right: remember that for the source and hand the rows over.
 * Inside db_write. E_INVALID "mapping.no_name" no column is the name. */
rc mapping_import(struct ctx *c, const struct import_sheet_row *sheet, const struct mapping *m, pubid *run);
/* The plan for a table of a source that is known, for a command. Needs a snapshot.
 *   E_NOT_FOUND  "mapping.unknown" nothing is remembered under that name
 *   E_CONFLICT   "mapping.heads_gone" heads that it needs are not there: {heads} */
rc mapping_plan_of(struct ctx *c, const char *label, const struct spreadsheet *book, const char **plan);

#endif
