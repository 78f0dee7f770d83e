/* mapping_values.h - cells as people write them, brought into the way a field is written. */
#ifndef MAILLAGE_MAPPING_VALUES_H
#define MAILLAGE_MAPPING_VALUES_H

#include "observatory/mapping.h"

/* Several columns may say it together: lists, addresses, texts. */
bool mapping_joins(int target);
bool mapping_is_list(int target);

/* What a cell says of a field: items of a list apart by |, noughts that a
 * spreadsheet ate put back, https:// before www., the words of our lists for
 * their labels. */
const char *mapping_value(struct ctx *c, const struct mapping_choice *k, const char *cell);

/* As pages show it: words by their labels, items apart by commas. */
const char *mapping_shown(struct ctx *c, int field, const char *value);

const char *mapping_digits(struct ctx *c, const char *s); /* without blanks, points, dashes */
const char *mapping_url(struct ctx *c, const char *s);
bool mapping_number(const char *s, double *out); /* 652469,02 or 652 469.02 */
/* "46.58, 1.23", "[1.23, 46.58]", "POINT (1.23 46.58)", "46,58 ; 1,23". */
bool mapping_pair(struct ctx *c, const char *s, double *first, double *second);

#endif
