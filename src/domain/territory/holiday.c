#include "territory/holiday.h"

#include <string.h>

#include "base/civil.h"
#include "base/ctx.h"

enum kind { FIXED, EASTER };

#define ONLY(territory)	 (1u << HOLIDAY_TERRITORY_##territory)
#define EVERYWHERE	 (~0u)
#define ALSACE_MOSELLE	 ONLY(ALSACE_MOSELLE)
#define GOOD_FRIDAY	 ONLY(ALSACE_MOSELLE_GOOD_FRIDAY)
#define GUADELOUPE	 ONLY(GUADELOUPE)
#define MARTINIQUE	 ONLY(MARTINIQUE)
#define GUYANE		 ONLY(GUYANE)
#define REUNION		 ONLY(REUNION)
#define MAYOTTE		 ONLY(MAYOTTE)
#define SAINT_BARTHELEMY ONLY(SAINT_BARTHELEMY)
#define SAINT_MARTIN	 ONLY(SAINT_MARTIN)
#define FOREVER		 99991231

static const struct rule {
	const char *key;
	enum kind kind;
	int a, b;
	int from, to; /* YYYYMMDD */
	unsigned where;
} rules[] = {
#define HOLIDAY(key, kind, a, b, from, to, where) { key, kind, a, b, from, to, where },
#include "territory/holiday.def"
#undef HOLIDAY
};

/* The Sunday after the paschal full moon. The moon's age goes by a cycle of 19
 * years, moved by the leap days left out (`solar`) and by the eighth of a day
 * that the cycle loses in a century (`lunar`). */
day easter_of(int year)
{
	int century = year / 100, golden = year % 19;
	int solar = century - century / 4;
	int lunar = (8 * century + 13) / 25;
	int moon = (19 * golden + solar - lunar + 15) % 30; /* days from 21 March */
	if (moon == 29 || (moon == 28 && golden > 10))
		moon--;
	day full = { day_of(year, 3, 21).v + moon };
	return (day){ full.v + 7 - (weekday_of(full) + 1) % 7 };
}

static bool holds(const struct rule *r, struct ymd f, day d, day easter)
{
	int date = f.year * 10000 + f.month * 100 + f.day;
	if (date < r->from || date > r->to)
		return false;
	return r->kind == FIXED ? r->a == f.month && r->b == f.day : d.v == easter.v + r->a;
}

size_t holidays_on(day d, enum holiday_territory t, const char *keys[HOLIDAYS_A_DAY])
{
	struct ymd f = ymd_of(d);
	day easter = easter_of(f.year);
	size_t n = 0;
	for (size_t i = 0; i < sizeof rules / sizeof *rules && n < HOLIDAYS_A_DAY; i++)
		if ((rules[i].where & 1u << t) && holds(&rules[i], f, d, easter))
			keys[n++] = rules[i].key;
	return n;
}

bool holiday_is(day d, enum holiday_territory t, const char **name_key)
{
	const char *keys[HOLIDAYS_A_DAY];
	size_t n = holidays_on(d, t, keys);
	if (n && name_key)
		*name_key = keys[0];
	return n > 0;
}

enum holiday_territory holiday_territory_of_commune(const char *insee)
{
	static const struct {
		const char *departement;
		enum holiday_territory t;
	} table[] = {
		{ "57", HOLIDAY_TERRITORY_ALSACE_MOSELLE },    { "67", HOLIDAY_TERRITORY_ALSACE_MOSELLE },
		{ "68", HOLIDAY_TERRITORY_ALSACE_MOSELLE },    { "971", HOLIDAY_TERRITORY_GUADELOUPE },
		{ "972", HOLIDAY_TERRITORY_MARTINIQUE },       { "973", HOLIDAY_TERRITORY_GUYANE },
		{ "974", HOLIDAY_TERRITORY_REUNION },	       { "976", HOLIDAY_TERRITORY_MAYOTTE },
		{ "977", HOLIDAY_TERRITORY_SAINT_BARTHELEMY }, { "978", HOLIDAY_TERRITORY_SAINT_MARTIN },
	};
	for (size_t i = 0; insee && i < sizeof table / sizeof *table; i++)
		if (strncmp(insee, table[i].departement, strlen(table[i].departement)) == 0)
			return table[i].t;
	return HOLIDAY_TERRITORY_METROPOLE;
}
