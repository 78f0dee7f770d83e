/* national_columns.h - the columns of the national schema and their names in its
 * two versions, for what reads it and what writes it. */
#ifndef MAILLAGE_NATIONAL_COLUMNS_H
#define MAILLAGE_NATIONAL_COLUMNS_H

enum column {
#define COLUMN(name, second, first) name,
#include "observatory/national_columns.def"
#undef COLUMN
	COLUMNS
};
enum { FIRST, SECOND, VERSIONS };

/* NULL: the version has no such column. */
extern const char *const national_names[COLUMNS][VERSIONS];

/* Its short text has 280 characters at most. */
enum { RESUME_MOST = 280 };

#endif
