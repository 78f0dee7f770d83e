#include "base/test.h"

#include "base/civil.h"
#include "territory/holiday.h"

static void easters(void **state)
{
	(void)state;
	/* The earliest and latest dates there are, the corrected moons (1954, 1981,
	 * 2049, 2076), and years that everybody remembers. */
	static const int known[][3] = {
		{ 1818, 3, 22 }, { 1886, 4, 25 }, { 1943, 4, 25 }, { 1954, 4, 18 }, { 1961, 4, 2 },
		{ 1981, 4, 19 }, { 2000, 4, 23 }, { 2008, 3, 23 }, { 2011, 4, 24 }, { 2016, 3, 27 },
		{ 2019, 4, 21 }, { 2020, 4, 12 }, { 2024, 3, 31 }, { 2025, 4, 20 }, { 2026, 4, 5 },
		{ 2027, 3, 28 }, { 2030, 4, 21 }, { 2038, 4, 25 }, { 2049, 4, 18 }, { 2076, 4, 19 },
		{ 2100, 3, 28 }, { 2285, 3, 22 },
	};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		assert_int_equal(easter_of(known[i][0]).v, day_of(known[i][0], known[i][1], known[i][2]).v);
	for (int year = 1583; year < 4000; year++) {
		day e = easter_of(year);
		assert_int_equal(weekday_of(e), 6);
		assert_in_range(e.v, day_of(year, 3, 22).v, day_of(year, 4, 25).v);
	}
}

static size_t in_year(int year, enum holiday_territory t)
{
	size_t n = 0;
	for (int64_t d = day_of(year, 1, 1).v; d < day_of(year + 1, 1, 1).v; d++) {
		const char *keys[HOLIDAYS_A_DAY];
		n += holidays_on((day){ d }, t, keys);
	}
	return n;
}

static void counts(void **state)
{
	(void)state;
	for (int year = 2000; year < 2100; year++) {
		assert_int_equal(in_year(year, HOLIDAY_TERRITORY_METROPOLE), 11);
		assert_int_equal(in_year(year, HOLIDAY_TERRITORY_ALSACE_MOSELLE), 12);
		assert_int_equal(in_year(year, HOLIDAY_TERRITORY_ALSACE_MOSELLE_GOOD_FRIDAY), 13);
		assert_int_equal(in_year(year, HOLIDAY_TERRITORY_REUNION), 12);
		assert_int_equal(in_year(year, HOLIDAY_TERRITORY_SAINT_MARTIN), 12);
		assert_int_equal(in_year(year, HOLIDAY_TERRITORY_SAINT_BARTHELEMY), year < 2012 ? 11 : 12);
	}
}

static void is(int year, int month, int d, enum holiday_territory t, const char *key)
{
	const char *found = "";
	assert_true(holiday_is(day_of(year, month, d), t, &found));
	assert_string_equal(found, key);
	assert_true(holiday_is(day_of(year, month, d), t, NULL));
}

static void is_not(int year, int month, int d, enum holiday_territory t)
{
	const char *found = "untouched";
	assert_false(holiday_is(day_of(year, month, d), t, &found));
	assert_string_equal(found, "untouched");
}

static void dates(void **state)
{
	(void)state;
	is(2026, 1, 1, HOLIDAY_TERRITORY_METROPOLE, "holiday.new_year");
	is(2026, 4, 6, HOLIDAY_TERRITORY_METROPOLE, "holiday.easter_monday");
	is(2026, 5, 1, HOLIDAY_TERRITORY_GUYANE, "holiday.labour_day");
	is(2026, 5, 8, HOLIDAY_TERRITORY_METROPOLE, "holiday.victory");
	is(2026, 5, 14, HOLIDAY_TERRITORY_METROPOLE, "holiday.ascension");
	is(2026, 5, 25, HOLIDAY_TERRITORY_METROPOLE, "holiday.whit_monday");
	is(2026, 7, 14, HOLIDAY_TERRITORY_METROPOLE, "holiday.bastille_day");
	is(2026, 8, 15, HOLIDAY_TERRITORY_METROPOLE, "holiday.assumption");
	is(2026, 11, 1, HOLIDAY_TERRITORY_METROPOLE, "holiday.all_saints");
	is(2026, 11, 11, HOLIDAY_TERRITORY_METROPOLE, "holiday.armistice");
	is(2026, 12, 25, HOLIDAY_TERRITORY_METROPOLE, "holiday.christmas");
	is(2025, 4, 21, HOLIDAY_TERRITORY_METROPOLE, "holiday.easter_monday");
	is_not(2026, 4, 3, HOLIDAY_TERRITORY_METROPOLE);
	is_not(2026, 4, 3, HOLIDAY_TERRITORY_ALSACE_MOSELLE);
	is(2026, 4, 3, HOLIDAY_TERRITORY_ALSACE_MOSELLE_GOOD_FRIDAY, "holiday.good_friday");
	is_not(2026, 12, 26, HOLIDAY_TERRITORY_METROPOLE);
	is(2026, 12, 26, HOLIDAY_TERRITORY_ALSACE_MOSELLE, "holiday.saint_stephen");
	is(2026, 12, 26, HOLIDAY_TERRITORY_ALSACE_MOSELLE_GOOD_FRIDAY, "holiday.saint_stephen");
	is_not(2026, 11, 24, HOLIDAY_TERRITORY_METROPOLE);
	is_not(1981, 5, 8, HOLIDAY_TERRITORY_METROPOLE);
}

static void overseas(void **state)
{
	(void)state;
	static const struct {
		int month, day;
		enum holiday_territory t;
	} own[] = {
		{ 4, 27, HOLIDAY_TERRITORY_MAYOTTE },	 { 5, 22, HOLIDAY_TERRITORY_MARTINIQUE },
		{ 5, 27, HOLIDAY_TERRITORY_GUADELOUPE }, { 5, 28, HOLIDAY_TERRITORY_SAINT_MARTIN },
		{ 6, 10, HOLIDAY_TERRITORY_GUYANE },	 { 10, 9, HOLIDAY_TERRITORY_SAINT_BARTHELEMY },
		{ 12, 20, HOLIDAY_TERRITORY_REUNION },
	};
	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		for (int t = 0; t < HOLIDAY_TERRITORY_COUNT; t++) {
			if (own[i].t == (enum holiday_territory)t)
				is(2026, own[i].month, own[i].day, own[i].t, "holiday.abolition");
			else
				is_not(2026, own[i].month, own[i].day, (enum holiday_territory)t);
		}
	is(2017, 5, 27, HOLIDAY_TERRITORY_SAINT_MARTIN, "holiday.abolition");
	is_not(2017, 5, 28, HOLIDAY_TERRITORY_SAINT_MARTIN);
	is_not(2018, 5, 27, HOLIDAY_TERRITORY_SAINT_MARTIN);
}

static void coinciding(void **state)
{
	(void)state;
	const char *keys[HOLIDAYS_A_DAY];
	assert_int_equal(holidays_on(day_of(2008, 5, 1), HOLIDAY_TERRITORY_METROPOLE, keys), 2);
	assert_string_equal(keys[0], "holiday.labour_day");
	assert_string_equal(keys[1], "holiday.ascension");
	is(2008, 5, 1, HOLIDAY_TERRITORY_METROPOLE, "holiday.labour_day");
	assert_int_equal(holidays_on(day_of(2009, 5, 1), HOLIDAY_TERRITORY_METROPOLE, keys), 1);
}

static void communes(void **state)
{
	(void)state;
	assert_int_equal(holiday_territory_of_commune("67482"), HOLIDAY_TERRITORY_ALSACE_MOSELLE);
	assert_int_equal(holiday_territory_of_commune("57463"), HOLIDAY_TERRITORY_ALSACE_MOSELLE);
	assert_int_equal(holiday_territory_of_commune("68066"), HOLIDAY_TERRITORY_ALSACE_MOSELLE);
	assert_int_equal(holiday_territory_of_commune("97105"), HOLIDAY_TERRITORY_GUADELOUPE);
	assert_int_equal(holiday_territory_of_commune("97209"), HOLIDAY_TERRITORY_MARTINIQUE);
	assert_int_equal(holiday_territory_of_commune("97302"), HOLIDAY_TERRITORY_GUYANE);
	assert_int_equal(holiday_territory_of_commune("97411"), HOLIDAY_TERRITORY_REUNION);
	assert_int_equal(holiday_territory_of_commune("97611"), HOLIDAY_TERRITORY_MAYOTTE);
	assert_int_equal(holiday_territory_of_commune("97701"), HOLIDAY_TERRITORY_SAINT_BARTHELEMY);
	assert_int_equal(holiday_territory_of_commune("97801"), HOLIDAY_TERRITORY_SAINT_MARTIN);
	assert_int_equal(holiday_territory_of_commune("97502"), HOLIDAY_TERRITORY_METROPOLE);
	assert_int_equal(holiday_territory_of_commune("2A004"), HOLIDAY_TERRITORY_METROPOLE);
	assert_int_equal(holiday_territory_of_commune(NULL), HOLIDAY_TERRITORY_METROPOLE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(easters),  cmocka_unit_test(counts),	  cmocka_unit_test(dates),
		cmocka_unit_test(overseas), cmocka_unit_test(coinciding), cmocka_unit_test(communes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
