/* zoning.h - divisions of the country that an operator loads from INSEE's own
 * tables: employment zones, say. A zoning has a name ("ze2020") and gives each
 * commune at most one zone. */
#ifndef MAILLAGE_ZONING_H
#define MAILLAGE_ZONING_H

#include "base/ctx.h"

/* Why a row cannot be taken. */
struct zoning_problem {
	size_t line;	    /* of the file, from 1 */
	const char *column; /* its name in the header */
	const char *value;  /* what stands there */
	const char *key;    /* message, with {value} */
};

struct zoning_report {
	int64_t rows, communes, zones;
	int64_t zonings; /* written; 0: the file was here already */
	int64_t older;	 /* rows of a commune of before, beside the row of today's */
	const char *names; /* of the zonings, with commas */
	size_t n_problems;
	const struct zoning_problem *problems;
};

/* Read a table with the columns insee, zoning, code, label, and put each of its
 * zonings, whole, in the place of what was there under that name; or nothing. A
 * commune's older code stands for the commune of today, unless that one has a
 * row itself. Inside db_write; communes must be loaded.
 *   E_INVALID  "import.bad_rows" and the problems, by line; or a failure of csv_read */
rc zoning_import(struct ctx *c, const char *text, size_t len, struct zoning_report *out);

#endif
