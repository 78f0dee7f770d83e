/* decimal.h - amounts as people type them, read exactly into whole numbers. */
#ifndef MAILLAGE_DECIMAL_H
#define MAILLAGE_DECIMAL_H

#include <stdint.h>

#include "base/rc.h"

/* The largest whole number that JavaScript reads exactly, 2^53 - 1: no
 * number from outside is larger. */
#define DECIMAL_MAX INT64_C(9007199254740991)

/* Read "12", "12,5" or "12.50" as a count of 10^-places: 1250 for two places.
 * Blanks (no-break and narrow ones too) may stand between digits, a minus or
 * the typographic one in front, an euro sign behind when places is 2.
 * E_INVALID for anything else, for more decimals than places, and beyond
 * DECIMAL_MAX; *out is then left alone. */
rc decimal_parse(const char *s, int places, int64_t *out);

#endif
