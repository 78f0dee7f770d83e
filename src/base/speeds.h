/* speeds.h - how far one gets in so many minutes, as somebody declares it:
 * "15:30 45:50 240:70" is 30 km/h during the first quarter of an hour, 50 until
 * the 45th minute, 70 until the 240th. An estimate for want of roads. */
#ifndef MAILLAGE_SPEEDS_H
#define MAILLAGE_SPEEDS_H

#include <stdint.h>

#include "base/rc.h"

#define SPEED_STEPS 8

struct speed_step {
	int64_t until; /* minutes since leaving */
	int64_t kmh;
};
struct speeds {
	struct speed_step step[SPEED_STEPS];
	int n;
};

/* E_INVALID: not steps "minutes:km/h" whose minutes rise, up to 8 of them, of
 * 1 to 600 minutes and 1 to 130 km/h. */
rc speeds_parse(const char *text, struct speeds *out);

/* Metres on the road after `minutes`; past the last step, at its speed. */
int64_t speeds_metres(const struct speeds *s, int64_t minutes);

#endif
