/* import_run.h - a file of places from hand to directory: read in batches,
 * looked at, decided row by row, written in one transaction.
 *
 *   waiting → reading → ready → applying → done (→ applying → done, for rows
 *   decided later); stopped from any of these but done; failed when the file
 *   cannot be read. Until it is written nothing of it is in the directory, and
 *   what is stopped or fails leaves nothing. */
#ifndef MAILLAGE_IMPORT_RUN_H
#define MAILLAGE_IMPORT_RUN_H

#include "observatory/arrival.h"
#include "observatory/import_shape.h"

/* How the keys begin that rows without one are given. */
#define IMPORT_OWN_KEY "≈ "

/* Job: a batch of the oldest, or its writing. */
rc imports_work(struct ctx *c);

/* A run that is read in pieces. `run` as it was found; lives in `mem`. */
struct import_reading;
/* Read the file and who is here. In a snapshot or transaction.
 *   E_INVALID  the file is not of its format */
rc import_reading_new(struct ctx *c, const struct import_run *run, TALLOC_CTX *mem, struct import_reading **out);
size_t import_reading_total(const struct import_reading *r);
/* Look at up to `most` arrivals from number `from` on, in a snapshot or
 * transaction; then put them down. Inside db_write the second.
 *   E_CONFLICT  "import.was_stopped" somebody stopped it meanwhile */
rc import_batch_look(struct ctx *c, struct import_reading *r, size_t from, size_t most);
rc import_batch_put(struct ctx *c, struct import_reading *r);
rc import_reading_over(struct ctx *c, struct import_reading *r); /* it is ready; inside db_write */

/* How many of each outcome, by enum import_outcome. */
rc import_counts_of(struct ctx *c, row_id run, struct import_count out[IMPORT_OUTCOME_COUNT]);

/* Write all that is decided and not written yet. Inside db_write; what fails
 * undoes the whole. `run` is applying. */
rc import_apply(struct ctx *c, const struct import_run *run);

/* Whoever stops a run says so first, outside of a transaction: what is being
 * written at that moment looks, and undoes itself. */
void import_stop_say(pubid run);
/* `reason`: for whoever offered it, else NULL. Inside db_write.
 *   E_CONFLICT  "import.over" when it was done or stopped already
 *   E_INVALID   "offers.say_why" (field reason) */
rc import_stop(struct ctx *c, const struct import_run *run, const char *reason);

/* E_CONFLICT "import.not_ready"; E_INVALID "import.nothing_to_do". Inside db_write. */
rc import_ask_apply(struct ctx *c, const struct import_run *run);

/* Decide one row; `taken`: words of the fields that replace a steward's, blanks between.
 *   E_CONFLICT  "import.written" already; E_INVALID "import.no_other" nothing to merge with */
rc import_decide(struct ctx *c, const struct import_arrival *a, int decision, const char *taken);

/* A whole file in one transaction, for a command: read, looked at, and what
 * needs no decision written; possible duplicates wait. A file that changes
 * nothing leaves no trace. Inside db_write.
 *   E_INVALID   "import.bad_rows" and the problems; or a failure of the reader
 *   E_CONFLICT  "import.dry_run" all went well and nothing is kept, for a dry
 *               run; "import.no_change" likewise when there was nothing to do */
struct import_told {
	struct import_count counts[IMPORT_OUTCOME_COUNT];
	int64_t rows;
	struct arrival_problem *problems;
	size_t n_problems;
};
rc import_whole(struct ctx *c, const struct import_start *s, bool dry, struct import_told *out);

#endif
