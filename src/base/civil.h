/* civil.h - dates and hours as people of a place live them. Zones are IANA
 * names; conversions are thread-safe and need no environment variable. */
#ifndef MAILLAGE_CIVIL_H
#define MAILLAGE_CIVIL_H

#include "base/rc.h"
#include "base/types.h"

struct ymd {
	int year, month, day; /* 2026, 11, 24 */
};

day day_of(int year, int month, int d); /* proleptic Gregorian; no check */
struct ymd ymd_of(day d);
int weekday_of(day d); /* 0 Monday .. 6 Sunday */
day month_start(day d);
day month_add(day d, int months); /* clamps to the month's last day */
int iso_week(day d, int *iso_year);

/* "2026-11-24"; E_INVALID for anything else, including 2026-02-30. */
rc day_parse(const char *s, day *out);
/* "09:30" or "9:30", up to "24:00". */
rc minute_parse(const char *s, minute *out);
/* "2026-11-24T09:30:00Z" or with +01:00. */
rc instant_parse(const char *s, instant *out);
/* 21 bytes: "2026-11-24T08:30:00Z" and NUL; "" outside the years 0000 to 9999. */
void instant_iso(instant t, char out[21]);

/* Local to UTC. In the hour that does not exist (spring), the instant after
 * the jump; in the hour that exists twice (autumn), the first. Unknown zone:
 * UTC. zone NULL: the home zone. */
instant local_to_utc(day d, minute m, const char *zone);
void utc_to_local(instant t, const char *zone, day *d, minute *m);
/* The civil day alone: day_at(c->now, NULL) is today, for what is dated without a place. */
day day_at(instant t, const char *zone);
bool zone_exists(const char *zone);
/* The zone of what is dated without one, Europe/Paris at first. Before threads start; the text is kept. */
void zone_home(const char *zone);

#endif
