#include "base/test.h"

#include <stdlib.h>

#include "base/civil.h"

static void days_known(void **state)
{
	(void)state;
	assert_int_equal(day_of(1970, 1, 1).v, 0);
	assert_int_equal(day_of(2000, 3, 1).v, 11017);
	assert_int_equal(day_of(1969, 12, 31).v, -1);
	assert_int_equal(day_of(1, 1, 1).v, -719162);
	assert_int_equal(weekday_of(day_of(2026, 11, 24)), 1);
	assert_int_equal(weekday_of(day_of(1789, 7, 14)), 1);
	assert_int_equal(weekday_of(day_of(1969, 12, 29)), 0);
}

/* Every day over 800 years, counted by hand against both directions. */
static void days_walk(void **state)
{
	(void)state;
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	int64_t n = day_of(1600, 1, 1).v;
	for (int y = 1600; y < 2400; y++)
		for (int m = 1; m <= 12; m++) {
			bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
			int last = lengths[m - 1] + (m == 2 && leap);
			for (int d = 1; d <= last; d++, n++) {
				struct ymd f = ymd_of((day){ n });
				assert_int_equal(day_of(y, m, d).v, n);
				assert_true(f.year == y && f.month == m && f.day == d);
			}
		}
}

static void days_far(void **state)
{
	(void)state;
	srand(7);
	for (int i = 0; i < 100000; i++) {
		day d = { (int64_t)rand() * 40 - (int64_t)rand() * 40 };
		struct ymd f = ymd_of(d);
		assert_int_equal(day_of(f.year, f.month, f.day).v, d.v);
	}
}

static void months(void **state)
{
	(void)state;
	assert_int_equal(month_start(day_of(2026, 11, 24)).v, day_of(2026, 11, 1).v);
	assert_int_equal(month_add(day_of(2026, 1, 31), 1).v, day_of(2026, 2, 28).v);
	assert_int_equal(month_add(day_of(2028, 1, 31), 1).v, day_of(2028, 2, 29).v);
	assert_int_equal(month_add(day_of(2026, 1, 15), -1).v, day_of(2025, 12, 15).v);
	assert_int_equal(month_add(day_of(2026, 3, 31), -25).v, day_of(2024, 2, 29).v);
	assert_int_equal(month_add(day_of(2026, 12, 1), 12).v, day_of(2027, 12, 1).v);
	assert_int_equal(month_add(day_of(2026, 11, 30), 13).v, day_of(2027, 12, 30).v);
}

static void weeks(void **state)
{
	(void)state;
	int year;
	assert_int_equal(iso_week(day_of(2026, 1, 1), &year), 1);
	assert_int_equal(year, 2026);
	assert_int_equal(iso_week(day_of(2027, 1, 3), &year), 53);
	assert_int_equal(year, 2026);
	assert_int_equal(iso_week(day_of(2024, 12, 30), &year), 1);
	assert_int_equal(year, 2025);
	assert_int_equal(iso_week(day_of(2026, 11, 24), NULL), 48);
}

static void parse_days(void **state)
{
	(void)state;
	static const char *const bad[] = { "",		 "2026-11-2",  "2026-11-244", "2026-02-29",
					   "2026-02-30", "2026-13-01", "2026-00-10",  "2026-10-00",
					   "26-10-10",	 "2026/10/10", " 2026-10-10", "2026-10-10 ",
					   "-026-10-10", "1900-02-29", "2026-04-31" };
	day d = { 5 };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(day_parse(bad[i], &d), E_INVALID);
	assert_int_equal(day_parse(NULL, &d), E_INVALID);
	assert_int_equal(d.v, 5);
	assert_int_equal(day_parse("2026-11-24", &d), OK);
	assert_int_equal(d.v, day_of(2026, 11, 24).v);
	assert_int_equal(day_parse("2000-02-29", &d), OK);
}

static void parse_minutes(void **state)
{
	(void)state;
	static const char *const bad[] = { "",	   "9",	  "9:3",    "09:60",  "25:00", "24:01",
					   "9h30", ":30", "009:30", "09:300", "-1:00", " 9:00" };
	minute m = { 5 };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(minute_parse(bad[i], &m), E_INVALID);
	assert_int_equal(minute_parse(NULL, &m), E_INVALID);
	assert_int_equal(m.v, 5);
	assert_int_equal(minute_parse("9:30", &m), OK);
	assert_int_equal(m.v, 570);
	assert_int_equal(minute_parse("09:30", &m), OK);
	assert_int_equal(m.v, 570);
	assert_int_equal(minute_parse("24:00", &m), OK);
	assert_int_equal(m.v, 1440);
	assert_int_equal(minute_parse("00:00", &m), OK);
	assert_int_equal(m.v, 0);
}

static void parse_instants(void **state)
{
	(void)state;
	static const char *const bad[] = { "",
					   "2026-11-24",
					   "2026-11-24T09:30:00",
					   "2026-11-24 09:30:00Z",
					   "2026-11-24T24:00:00Z",
					   "2026-11-24T09:30:60Z",
					   "2026-11-24T09:30:00+1:00",
					   "2026-11-24T09:30:00+01:00x",
					   "2026-11-24T09:30:00z",
					   "2026-11-24T09:30Z" };
	instant t = { 5 };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(instant_parse(bad[i], &t), E_INVALID);
	assert_int_equal(instant_parse(NULL, &t), E_INVALID);
	assert_int_equal(t.v, 5);
	assert_int_equal(instant_parse("2026-11-24T08:30:00Z", &t), OK);
	assert_int_equal(t.v, 1795509000);
	assert_int_equal(instant_parse("2026-11-24T09:30:00+01:00", &t), OK);
	assert_int_equal(t.v, 1795509000);
	assert_int_equal(instant_parse("2026-11-24T04:30:00-04:00", &t), OK);
	assert_int_equal(t.v, 1795509000);
	char iso[21];
	instant_iso(t, iso);
	assert_string_equal(iso, "2026-11-24T08:30:00Z");
	instant_iso((instant){ -1 }, iso);
	assert_string_equal(iso, "1969-12-31T23:59:59Z");
	instant_iso((instant){ NONE }, iso);
	assert_string_equal(iso, "");
	for (int64_t v = -100000000; v < 4000000000; v += 7654321) {
		instant_iso((instant){ v }, iso);
		assert_int_equal(instant_parse(iso, &t), OK);
		assert_int_equal(t.v, v);
	}
}

static int64_t utc(const char *iso)
{
	instant t = { 0 };
	assert_int_equal(instant_parse(iso, &t), OK);
	return t.v;
}

struct edge {
	const char *day, *time, *zone, *utc;
};

static void zone_edges(void **state)
{
	(void)state;
	static const struct edge edges[] = {
		{ "2026-11-24", "09:30", NULL, "2026-11-24T08:30:00Z" },
		{ "2026-07-14", "09:30", "Europe/Paris", "2026-07-14T07:30:00Z" },
		/* spring 2026: 02:00 to 03:00 do not exist */
		{ "2026-03-29", "01:59", "Europe/Paris", "2026-03-29T00:59:00Z" },
		{ "2026-03-29", "02:00", "Europe/Paris", "2026-03-29T01:00:00Z" },
		{ "2026-03-29", "02:30", "Europe/Paris", "2026-03-29T01:00:00Z" },
		{ "2026-03-29", "02:59", "Europe/Paris", "2026-03-29T01:00:00Z" },
		{ "2026-03-29", "03:00", "Europe/Paris", "2026-03-29T01:00:00Z" },
		{ "2026-03-29", "03:01", "Europe/Paris", "2026-03-29T01:01:00Z" },
		/* autumn 2026: 02:00 to 03:00 exist twice */
		{ "2026-10-25", "01:59", "Europe/Paris", "2026-10-24T23:59:00Z" },
		{ "2026-10-25", "02:00", "Europe/Paris", "2026-10-25T00:00:00Z" },
		{ "2026-10-25", "02:59", "Europe/Paris", "2026-10-25T00:59:00Z" },
		{ "2026-10-25", "03:00", "Europe/Paris", "2026-10-25T02:00:00Z" },
		{ "2026-10-25", "24:00", "Europe/Paris", "2026-10-25T23:00:00Z" },
		{ "2026-03-29", "02:30", "America/Guadeloupe", "2026-03-29T06:30:00Z" },
		{ "2026-10-25", "02:30", "Indian/Reunion", "2026-10-24T22:30:00Z" },
		{ "2026-10-25", "02:30", "Pacific/Noumea", "2026-10-24T15:30:00Z" },
		{ "2026-01-01", "00:00", "Pacific/Noumea", "2025-12-31T13:00:00Z" },
		{ "2045-07-14", "12:00", "Europe/Paris", "2045-07-14T10:00:00Z" },
		{ "2026-07-14", "12:00", "Europe/Nowhere", "2026-07-14T12:00:00Z" },
		/* a day that was skipped whole */
		{ "2011-12-30", "12:00", "Pacific/Apia", "2011-12-30T10:00:00Z" },
	};
	for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
		day d;
		minute m;
		char iso[21];
		assert_int_equal(day_parse(edges[i].day, &d), OK);
		assert_int_equal(minute_parse(edges[i].time, &m), OK);
		instant_iso(local_to_utc(d, m, edges[i].zone), iso);
		assert_string_equal(iso, edges[i].utc);
	}
}

static void zone_names(void **state)
{
	(void)state;
	static const char *const bad[] = { "",
					   "Europe/Nowhere",
					   "CET-1CEST",
					   "+01:00",
					   "Z",
					   "../../etc/passwd",
					   "/usr/share/zoneinfo/UTC",
					   "Europe/../Europe/Paris",
					   "europe/paris",
					   "right/Europe/Paris",
					   "Europe" };
	assert_false(zone_exists(NULL));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(zone_exists(bad[i]));
	assert_true(zone_exists("Europe/Paris"));
	assert_true(zone_exists("UTC"));
	assert_true(zone_exists("America/Argentina/Buenos_Aires"));
	assert_true(zone_exists("Etc/GMT+5"));
}

static const char *const some_zones[] = {
	"Europe/Paris",	  "America/Guadeloupe", "America/Martinique", "America/Cayenne",  "Indian/Reunion",
	"Indian/Mayotte", "Pacific/Noumea",	"Pacific/Tahiti",     "America/Miquelon", "UTC"
};

/* Each instant on the minute comes back, save in the second of the twice-lived
 * hours, which comes back as the first. */
static void zone_round_trips(void **state)
{
	(void)state;
	int64_t from = utc("2020-01-01T00:00:00Z"), to = utc("2037-12-01T00:00:00Z");
	for (size_t z = 0; z < sizeof some_zones / sizeof *some_zones; z++)
		for (int64_t t = from; t < to; t += 60 * 17) {
			day d;
			minute m;
			utc_to_local((instant){ t }, some_zones[z], &d, &m);
			assert_in_range(m.v, 0, 1439);
			int64_t back = local_to_utc(d, m, some_zones[z]).v;
			if (back != t) {
				day again_d;
				minute again_m;
				assert_int_equal(back, t - 3600);
				utc_to_local((instant){ back }, some_zones[z], &again_d, &again_m);
				assert_true(again_d.v == d.v && again_m.v == m.v);
			}
		}
}

/* Later local times are never earlier instants. */
static void zone_order(void **state)
{
	(void)state;
	for (int64_t d = day_of(2026, 1, 1).v; d < day_of(2027, 1, 1).v; d++) {
		int64_t last = INT64_MIN;
		for (int64_t m = 0; m <= 1440; m += 5) {
			int64_t t = local_to_utc((day){ d }, (minute){ m }, "Europe/Paris").v;
			if (d != day_of(2026, 10, 25).v || m < 120 || m > 180)
				assert_true(t >= last);
			last = t;
		}
	}
}

static void test_home(void **state)
{
	(void)state;
	const instant t = { 1795555800 }; /* 2026-11-24T21:30:00Z */
	assert_int_equal(day_at(t, NULL).v, day_at(t, "Europe/Paris").v);
	zone_home("Indian/Reunion");
	assert_int_equal(day_at(t, NULL).v, day_at(t, "Indian/Reunion").v);
	assert_int_equal(day_at(t, NULL).v, day_at(t, "Europe/Paris").v + 1);
	zone_home("Europe/Paris");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_known),
		cmocka_unit_test(days_walk),
		cmocka_unit_test(days_far),
		cmocka_unit_test(months),
		cmocka_unit_test(weeks),
		cmocka_unit_test(parse_days),
		cmocka_unit_test(parse_minutes),
		cmocka_unit_test(parse_instants),
		cmocka_unit_test(zone_edges),
		cmocka_unit_test(zone_names),
		cmocka_unit_test(zone_round_trips),
		cmocka_unit_test(zone_order),
		cmocka_unit_test(test_home),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
