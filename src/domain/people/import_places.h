/* import_places.h - the study's inventory of cooperative third places (the
 * format of data/places.csv) as communities with their figures and declared
 * links. What the table prints is kept beside what it was corrected to. */
#ifndef MAILLAGE_IMPORT_PLACES_H
#define MAILLAGE_IMPORT_PLACES_H

#include "base/ctx.h"

/* Why a row cannot be taken. */
struct import_problem {
	size_t line;	    /* of the file, from 1 */
	const char *column; /* its name in the header */
	const char *value;  /* what stands there */
	const char *key;    /* message, with {value} */
};

struct import_report {
	int64_t rows;
	int64_t places, caes, links; /* written; all 0: the file was here already */
	size_t n_problems;
	const struct import_problem *problems;
};

/* Read and write all rows, or none. A community that an earlier run has written
 * is left as its stewards keep it. Inside db_write; communes must be loaded.
 *   E_INVALID  "import.bad_rows" and the problems, by line; or a failure of csv_read */
rc import_places(struct ctx *c, const char *text, size_t len, struct import_report *out);

/* The same with the file that ships with the program. */
rc import_places_shipped(struct ctx *c, struct import_report *out);

#endif
