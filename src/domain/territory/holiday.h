/* holiday.h - public holidays by territory. The law's dates are the dated rows
 * of holiday.def, with their sources; Easter is arithmetic. Days are civil. */
#ifndef MAILLAGE_HOLIDAY_H
#define MAILLAGE_HOLIDAY_H

#include "base/types.h"
#include "territory/holiday_shape.h"

/* Is it one? name_key (may be NULL) gets its message key, "holiday.easter_monday";
 * of two on one day (1 May 2008: Ascension too) the first of holiday.def. */
bool holiday_is(day d, enum holiday_territory t, const char **name_key);

/* All of them on that day: how many, and their keys. */
#define HOLIDAYS_A_DAY 4
size_t holidays_on(day d, enum holiday_territory t, const char *keys[HOLIDAYS_A_DAY]);

/* By INSEE code (or any beginning of two characters, three overseas). Overseas
 * collectivities without rows of their own: the national days. Good Friday in
 * Alsace-Moselle depends on the commune's churches, which no code tells: the
 * place says so itself by choosing alsace_moselle_good_friday. */
enum holiday_territory holiday_territory_of_commune(const char *insee);

/* Easter Sunday of a Gregorian year. */
day easter_of(int year);

#endif
