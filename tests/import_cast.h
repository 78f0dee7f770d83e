/* import_cast.h - towns, files and runs for tests of imports. Include base/test.h first. */
#ifndef MAILLAGE_IMPORT_CAST_H
#define MAILLAGE_IMPORT_CAST_H

#include "browse.h"
#include "observatory/import_run.h"

/* Poitiers (86194), Ligugé (86133) and Lyon (69123, of several postal codes). */
void cast_towns(struct world *w);
/* The header and rows of the national schema, version 2: n places "Lieu 1" ... around Poitiers,
 * each with what most columns may hold. */
const char *cast_national(struct world *w, int n);
/* A file handed over by nobody in particular. */
pubid cast_run_of(struct world *w, const char *source, int format, const char *text);
/* A table of no known source, handed over; its columns wait to be confirmed. */
pubid cast_keep_sheet(struct world *w, const char *label, octets file);
/* The job once; until nothing is left to read or write. */
void import_work_once(struct world *w);
void import_work_all(struct world *w);
/* What the command does; OK, or the failure. */
rc cast_import(struct world *w, const char *source, int format, const char *text, struct import_told *told);
/* A file of open data, by its name; the profile of a community. In w->c's memory. */
const char *cast_export(struct world *w, const char *name);
const char *cast_profile(struct world *w, community_id id);
int64_t cast_state(struct world *w, pubid run); /* enum import_state */

#endif
