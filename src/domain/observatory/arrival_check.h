/* arrival_check.h - what arrives, checked field by field and brought into one
 * way of writing, so that two records can be compared as texts. */
#ifndef MAILLAGE_ARRIVAL_CHECK_H
#define MAILLAGE_ARRIVAL_CHECK_H

#include "observatory/arrival.h"

/* By enum arrival_field; NULL: nothing is said. Degrees have five decimals,
 * lists | between, an INSEE code is of today; a town that its code names is
 * not said again, nor a postal code that is the only one of its town. */
struct record {
	const char *is[ARRIVAL_FIELD_COUNT];
};

/* Check one. What cannot be taken is told to l->problems. `strict` (the
 * national schema): any of it refuses the row; else only a missing name does,
 * and the rest is left out and told (problem.left_out). `bad`: refused.
 * Needs an open snapshot or transaction, for the communes. */
rc arrival_check(struct arrivals *l, const struct arrival *a, bool strict, struct record *out, bool *bad);

/* The part of it that asks no database: every field, as it is alone. */
void arrival_check_fields(struct arrivals *l, const struct arrival *a, bool strict, struct record *out, bool *bad);

/* "46,580124" is 4658012. */
bool degrees_read(const char *s, int64_t most, int64_t *e5);
const char *degrees_write(struct ctx *c, int64_t e5);

/* The items of a list, without the blanks around; | and ; may stand between. */
struct text_items { const char **items; size_t n; };
struct text_items list_items(struct ctx *c, const char *list);

#endif
