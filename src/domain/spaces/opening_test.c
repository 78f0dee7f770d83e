#include "base/test.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/civil.h"
#include "base/test_ctx.h"
#include "spaces/opening.h"

static struct ctx c;
static const struct opening_calendar metropole = { .territory = HOLIDAY_TERRITORY_METROPOLE };
TEST_CTX(c)

static const struct opening *hours(const char *text)
{
	struct opening *o = NULL;
	size_t at = 0;
	if (opening_parse(&c, text, &o, &at) != OK)
		print_error("%s: %s at %zu\n", text, c.failure.key, at);
	assert_non_null(o);
	return o;
}

/* "09:00-12:00 14:00-18:00", or "" when closed. */
static const char *on(const struct opening *o, const struct opening_calendar *cal, const char *date)
{
	day d = { 0 };
	struct spans s;
	struct buf b;
	assert_int_equal(day_parse(date, &d), OK);
	opening_day(o, cal, d, &s);
	buf_init(&b, c.mem, 64);
	for (size_t i = 0; i < s.n; i++)
		buf_fmt(&b, "%s%02d:%02d-%02d:%02d", i ? " " : "", (int)(s.at[i].from.v / 60),
			(int)(s.at[i].from.v % 60), (int)(s.at[i].to.v / 60), (int)(s.at[i].to.v % 60));
	return b.s;
}

struct row {
	const char *text, *date, *spans;
};

/* 2026-11-23 is a Monday; 2026-12-25, 2026-05-25 and 2026-05-14 are holidays. */
static const struct row table[] = {
	{ "24/7", "2026-11-24", "00:00-24:00" },
	{ "09:00-19:00", "2026-11-29", "09:00-19:00" },
	{ "9:00 - 19:00", "2026-11-29", "09:00-19:00" },
	{ "Mo-Fr 09:00-19:00; Sa 09:00-13:00", "2026-11-23", "09:00-19:00" },
	{ "Mo-Fr 09:00-19:00; Sa 09:00-13:00", "2026-11-28", "09:00-13:00" },
	{ "Mo-Fr 09:00-19:00; Sa 09:00-13:00;", "2026-11-29", "" },
	{ "mo–fr 09:00–19:00", "2026-11-27", "09:00-19:00" },
	{ "Mo,We 09:00-12:00,14:00-18:00", "2026-11-25", "09:00-12:00 14:00-18:00" },
	{ "Mo,We 14:00-18:00, 09:00-12:00", "2026-11-25", "09:00-12:00 14:00-18:00" },
	{ "Mo 09:00-12:00,12:00-14:00,13:00-15:00", "2026-11-23", "09:00-15:00" },
	{ "Mo,We 09:00-12:00", "2026-11-24", "" },
	{ "Fr-Mo 10:00-11:00", "2026-11-29", "10:00-11:00" },
	{ "Fr-Mo 10:00-11:00", "2026-11-24", "" },
	/* the last rule that fits decides the day whole */
	{ "Mo-Su 09:00-19:00; We 14:00-16:00", "2026-11-25", "14:00-16:00" },
	{ "Mo-Su 09:00-19:00; We off", "2026-11-25", "" },
	{ "We closed; Mo-Su 09:00-19:00", "2026-11-25", "09:00-19:00" },
	/* months and dates */
	{ "Jul-Aug 10:00-12:00", "2026-07-01", "10:00-12:00" },
	{ "Jul-Aug 10:00-12:00", "2026-08-31", "10:00-12:00" },
	{ "Jul-Aug 10:00-12:00", "2026-09-01", "" },
	{ "Nov-Feb 10:00-12:00", "2026-01-15", "10:00-12:00" },
	{ "Nov-Feb 10:00-12:00", "2026-03-01", "" },
	{ "Feb 10:00-12:00", "2028-02-29", "10:00-12:00" },
	{ "09:00-18:00; Dec 24 off", "2026-12-24", "" },
	{ "09:00-18:00; Dec 24 off", "2026-12-25", "09:00-18:00" },
	{ "09:00-18:00; Dec 24-26 off", "2026-12-26", "" },
	{ "09:00-18:00; Dec 24-Jan 02 off", "2027-01-02", "" },
	{ "09:00-18:00; Dec 24-Jan 02 off", "2027-01-03", "09:00-18:00" },
	{ "09:00-18:00; Dec 24-Jan 02 off", "2026-12-23", "09:00-18:00" },
	{ "Mo-Fr 09:00-18:00; Jul-Aug,Dec 24 Mo-Fr 10:00-12:00", "2026-07-06", "10:00-12:00" },
	{ "Mo-Fr 09:00-18:00; Jul-Aug,Dec 24 Mo-Fr 10:00-12:00", "2026-12-24", "10:00-12:00" },
	{ "Mo-Fr 09:00-18:00; Jul-Aug Mo-Fr 10:00-12:00", "2026-07-05", "" },
	{ "Jul 9:00-10:00", "2026-07-09", "09:00-10:00" },
	/* weeks: 2026-11-23 is in week 48 */
	{ "week 1-47 09:00-18:00", "2026-11-23", "" },
	{ "week 40,48-50 Mo 09:00-18:00", "2026-11-23", "09:00-18:00" },
	{ "week 50-2 09:00-18:00", "2027-01-04", "09:00-18:00" },
	{ "week 53 09:00-18:00", "2027-01-03", "09:00-18:00" },
	/* public holidays */
	{ "Mo-Fr 09:00-18:00", "2026-12-25", "09:00-18:00" },
	{ "Mo-Fr 09:00-18:00; PH off", "2026-12-25", "" },
	{ "Mo-Fr 09:00-18:00; PH 10:00-12:00", "2026-05-25", "10:00-12:00" },
	{ "Mo-Fr 09:00-18:00; PH 10:00-12:00", "2026-05-26", "09:00-18:00" },
	{ "Su,PH 10:00-12:00", "2026-05-14", "10:00-12:00" },
	{ "Su,PH 10:00-12:00", "2026-11-29", "10:00-12:00" },
	{ "Su,PH 10:00-12:00", "2026-11-30", "" },
	/* past midnight */
	{ "Fr 22:00-02:00", "2026-11-27", "22:00-24:00" },
	{ "Fr 22:00-02:00", "2026-11-28", "00:00-02:00" },
	{ "Fr 22:00-02:00; Sa off", "2026-11-28", "00:00-02:00" },
	{ "Fr 22:00-02:00; Sa 01:00-05:00,22:00-03:00", "2026-11-28", "00:00-05:00 22:00-24:00" },
	{ "Fr 22:00-00:00", "2026-11-27", "22:00-24:00" },
	{ "Fr 22:00-00:00", "2026-11-28", "" },
	{ "20:00-04:00", "2026-11-28", "00:00-04:00 20:00-24:00" },
	{ "PH 22:00-02:00", "2026-12-26", "00:00-02:00" },
};

static void days(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		const char *spans = on(hours(table[i].text), &metropole, table[i].date);
		if (strcmp(spans, table[i].spans) != 0)
			print_error("%s on %s\n", table[i].text, table[i].date);
		assert_string_equal(spans, table[i].spans);
	}
}

static void calendars(void **state)
{
	(void)state;
	static const struct closed_days august[] = { { { 20666 }, { 20686 } } }; /* 2026-08-01 to 21 */
	struct opening_calendar cal = { .territory = HOLIDAY_TERRITORY_REUNION,
					.closed = august,
					.n_closed = 1 };
	const struct opening *o = hours("Mo-Fr 09:00-18:00; PH 10:00-12:00; Fr,Sa 20:00-01:00");
	assert_string_equal(on(o, &cal, "2026-07-31"), "20:00-24:00");
	assert_string_equal(on(o, &cal, "2026-08-01"), "00:00-01:00"); /* the evening before runs on */
	assert_string_equal(on(o, &cal, "2026-08-03"), "");
	assert_string_equal(on(o, &cal, "2026-08-21"), "");
	assert_string_equal(on(o, &cal, "2026-08-22"), "20:00-24:00");
	assert_string_equal(on(o, &cal, "2027-12-20"), "10:00-12:00");
	assert_string_equal(on(o, &metropole, "2027-12-20"), "09:00-18:00");
	o = hours("Mo-Sa 09:00-18:00");
	cal.holidays_off = true;
	assert_string_equal(on(o, &cal, "2027-12-20"), "");
	assert_string_equal(on(o, &cal, "2027-12-21"), "09:00-18:00");
	o = hours("Mo-Sa 09:00-18:00; PH 10:00-11:00");
	assert_string_equal(on(o, &cal, "2027-12-20"), "10:00-11:00");
}

struct bad {
	const char *text;
	size_t at;
	const char *key;
};

static const struct bad bads[] = {
	{ "", 1, "opening.expect_hours" },
	{ " ; ", 4, "opening.expect_hours" },
	{ "Mo-Fr", 6, "opening.expect_hours" },
	{ "Mo-Fr 9h-19h", 7, "opening.expect_time" },
	{ "lundi 09:00-19:00", 1, "opening.expect_hours" },
	{ "Mo-Fr 09:00", 12, "opening.expect_until" },
	{ "Mo-Fr 09:00-", 13, "opening.expect_time" },
	{ "Mo-Fr 09:00-19", 13, "opening.expect_time" },
	{ "Mo-Fr 09:00-25:00", 13, "opening.expect_time" },
	{ "Mo-Fr 09:00-24:01", 13, "opening.expect_time" },
	{ "Mo-Fr 09:60-19:00", 7, "opening.expect_time" },
	{ "Mo-Fr 09:000-19:00", 7, "opening.expect_time" },
	{ "24:00-02:00", 1, "opening.expect_time" },
	{ "Mo-Fr 09:00-09:00", 13, "opening.expect_later" },
	{ "Mo-Xx 09:00-19:00", 4, "opening.expect_weekday" },
	{ "Mo, 09:00-19:00", 5, "opening.expect_weekday" },
	{ "Mo-PH 09:00-19:00", 4, "opening.expect_weekday" },
	{ "Mon 09:00-19:00", 1, "opening.expect_hours" },
	{ "Mo 09:00-12:00,", 16, "opening.expect_time" },
	{ "Mo 09:00-12:00 Tu 09:00-12:00", 16, "opening.expect_end" },
	{ "Mo 09:00-12:00; Tu", 19, "opening.expect_hours" },
	{ "Mo off 09:00-12:00", 8, "opening.expect_end" },
	{ "Feb 30 off", 5, "opening.expect_month_day" },
	{ "Feb 0 off", 5, "opening.expect_month_day" },
	{ "Dec 24-Jan off", 12, "opening.expect_month_day" },
	{ "Dec 24-off", 8, "opening.expect_month_day" },
	{ "Jul-off", 5, "opening.expect_month" },
	{ "Jul,Mo off", 5, "opening.expect_month" },
	{ "week 54 off", 6, "opening.expect_week" },
	{ "week off", 6, "opening.expect_week" },
	{ "week 3- off", 9, "opening.expect_week" },
	{ "24/7 off", 6, "opening.expect_end" },
	{ "é", 1, "opening.expect_hours" },
	{ "Mo–Fr 09:00–19:00 é", 19, "opening.expect_end" },
	{ "Mo-Fr \xff", 1, "opening.expect_hours" },
	{ "00:00-01:00,02:00-03:00,04:00-05:00,06:00-07:00,08:00-09:00,10:00-11:00,12:00-13:00,14:00-15:00,"
	  "16:00-17:00",
	  97, "opening.too_many" },
};

static void refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof bads / sizeof *bads; i++) {
		struct opening *o = NULL;
		size_t at = 0;
		rc code = opening_parse(&c, bads[i].text, &o, &at);
		if (code != E_INVALID || at != bads[i].at || strcmp(c.failure.key, bads[i].key) != 0)
			print_error("%s: %d at %zu: %s\n", bads[i].text, code, at, c.failure.key);
		assert_int_equal(code, E_INVALID);
		assert_null(o);
		assert_int_equal(at, bads[i].at);
		assert_string_equal(c.failure.key, bads[i].key);
		assert_string_equal(c.failure.args[0].name, "position");
		assert_int_equal(atoi(c.failure.args[0].value), at);
		assert_int_equal(opening_parse(&c, bads[i].text, &o, NULL), E_INVALID);
	}
	char text[700] = "";
	struct opening *o;
	for (int i = 0; i < 40; i++)
		strcat(text, "Mo off;");
	assert_int_equal(opening_parse(&c, text, &o, NULL), E_INVALID);
	assert_string_equal(c.failure.key, "opening.too_many");
	memset(text, ' ', 501);
	text[501] = 0;
	assert_int_equal(opening_parse(&c, text, &o, NULL), E_INVALID);
	assert_string_equal(c.failure.key, "opening.too_long");
}

static void printed(void **state)
{
	(void)state;
	static const char *const pairs[][2] = {
		{ "24/7", "24/7" },
		{ "00:00-24:00", "24/7" },
		{ "mo,tu,we,th,fr 9:00-19:00;sa 9:00-13:00;", "Mo-Fr 09:00-19:00; Sa 09:00-13:00" },
		{ "Mo,Tu,Fr-Su 09:00-12:00 , 14:00-18:00", "Mo,Tu,Fr-Su 09:00-12:00,14:00-18:00" },
		{ "Fr-Mo closed", "Mo,Fr-Su off" },
		{ "PH,Su 22:00-02:00", "Su,PH 22:00-02:00" },
		{ "jul-aug,dec 24-jan 2,may 1 week 1-9,12 MO off",
		  "Jul-Aug,Dec 24-Jan 02,May 01 week 01-09,12 Mo off" },
		{ "Dec 24-26 off", "Dec 24-Dec 26 off" },
		{ "22:00-00:00", "22:00-24:00" },
	};
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		assert_string_equal(opening_print(&c, hours(pairs[i][0])), pairs[i][1]);
		assert_string_equal(opening_print(&c, hours(pairs[i][1])), pairs[i][1]);
	}
}

/* ---- properties ---- */

static const char *const weekdays[] = { "Mo", "Tu", "We", "Th", "Fr", "Sa", "Su" };
static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
				      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

static void random_rule(struct buf *b)
{
	if (rand() % 3 == 0) {
		buf_str(b, months[rand() % 12]);
		if (rand() % 2)
			buf_fmt(b, " %d-%s %d", 1 + rand() % 28, months[rand() % 12], 1 + rand() % 28);
		else if (rand() % 2)
			buf_fmt(b, "-%s", months[rand() % 12]);
		buf_char(b, ' ');
	}
	if (rand() % 6 == 0)
		buf_fmt(b, "week %d-%d ", 1 + rand() % 53, 1 + rand() % 53);
	if (rand() % 4) {
		int n = 1 + rand() % 3;
		for (int i = 0; i < n; i++) {
			buf_str(b, i ? "," : "");
			if (rand() % 7 == 0)
				buf_str(b, "PH");
			else if (rand() % 2)
				buf_str(b, weekdays[rand() % 7]);
			else
				buf_fmt(b, "%s-%s", weekdays[rand() % 7], weekdays[rand() % 7]);
		}
		buf_char(b, ' ');
	}
	if (rand() % 5 == 0) {
		buf_str(b, "off");
		return;
	}
	for (int i = 0, n = 1 + rand() % 3; i < n; i++) {
		int from = rand() % 24;
		buf_fmt(b, "%s%d:%02d-%02d:30", i ? "," : "", from, rand() % 30, (from + rand() % 23) % 24);
	}
}

static const struct opening *random_hours(const char **text)
{
	struct buf b;
	buf_init(&b, c.mem, 100);
	for (int i = 0, n = 1 + rand() % 4; i < n; i++) {
		buf_str(&b, i ? "; " : "");
		random_rule(&b);
	}
	*text = b.s;
	return hours(b.s);
}

/* What is printed and parsed again opens at the same minutes, for a year. */
static void print_parse(void **state)
{
	(void)state;
	const char *text;
	srand(3);
	for (int turn = 0; turn < 300; turn++) {
		const struct opening *o = random_hours(&text);
		const struct opening *back = hours(opening_print(&c, o));
		for (int64_t d = day_of(2026, 1, 1).v; d < day_of(2027, 1, 8).v; d++) {
			struct spans a, b;
			opening_day(o, &metropole, (day){ d }, &a);
			opening_day(back, &metropole, (day){ d }, &b);
			assert_int_equal(a.n, b.n);
			assert_memory_equal(a.at, b.at, a.n * sizeof *a.at);
		}
		talloc_free_children(c.mem);
	}
}

/* Ten days minute by minute, against covers and state. */
static void minutes(const struct opening *o, day start)
{
	enum { DAYS = 10 };
	static bool open[DAYS * 1440];
	memset(open, 0, sizeof open);
	for (int i = 0; i < DAYS; i++) {
		struct spans s;
		opening_day(o, &metropole, (day){ start.v + i }, &s);
		for (size_t k = 0; k < s.n; k++) {
			assert_true(s.at[k].from.v < s.at[k].to.v && s.at[k].to.v <= 1440);
			assert_true(!k || s.at[k - 1].to.v < s.at[k].from.v);
			for (int64_t m = s.at[k].from.v; m < s.at[k].to.v; m++)
				open[i * 1440 + m] = true;
		}
	}
	for (int turn = 0; turn < 60; turn++) {
		int from = rand() % (3 * 1440), to = from + 1 + rand() % (rand() % 2 ? 300 : 4000), m = from;
		while (m < to && open[m])
			m++;
		assert_int_equal(opening_covers(o, &metropole, start, (minute){ from }, (minute){ to }),
				 m == to);
		struct opening_state now;
		opening_state(o, &metropole, (day){ start.v + from / 1440 }, (minute){ from % 1440 }, &now);
		assert_int_equal(now.open, open[from]);
		for (m = from; m < DAYS * 1440 && open[m] == open[from];)
			m++;
		if (m < DAYS * 1440) {
			assert_true(now.changes);
			assert_int_equal((now.on.v - start.v) * 1440 + now.at.v, m);
		} else if (now.changes) {
			assert_true((now.on.v - start.v) * 1440 + now.at.v >= m);
		}
	}
}

static void covers_and_state(void **state)
{
	(void)state;
	const char *text;
	srand(5);
	for (int turn = 0; turn < 300; turn++) {
		minutes(random_hours(&text), day_of(2026, 1 + rand() % 12, 1 + rand() % 28));
		talloc_free_children(c.mem);
	}
	const struct opening *o = hours("Mo 09:00-19:00");
	day monday = day_of(2026, 11, 23);
	assert_true(opening_covers(o, &metropole, monday, (minute){ 540 }, (minute){ 1140 }));
	assert_false(opening_covers(o, &metropole, monday, (minute){ 540 }, (minute){ 540 }));
	assert_false(opening_covers(o, &metropole, monday, (minute){ 539 }, (minute){ 600 }));
	assert_false(opening_covers(o, &metropole, monday, (minute){ 540 }, (minute){ 1141 }));
	assert_false(opening_covers(o, &metropole, monday, (minute){ -10 }, (minute){ 600 }));
}

static void states(void **state)
{
	(void)state;
	struct opening_state s;
	day tuesday = day_of(2026, 11, 24);
	opening_state(hours("24/7"), &metropole, tuesday, (minute){ 600 }, &s);
	assert_true(s.open && !s.changes);
	opening_state(hours("off"), &metropole, tuesday, (minute){ 600 }, &s);
	assert_true(!s.open && !s.changes);
	opening_state(hours("Mo-Fr 09:00-24:00"), &metropole, tuesday, (minute){ 600 }, &s);
	assert_true(s.open && s.changes && s.on.v == tuesday.v && s.at.v == 1440);
	opening_state(hours("Mo-Fr 09:00-02:00"), &metropole, tuesday, (minute){ 600 }, &s);
	assert_true(s.open && s.changes && s.on.v == tuesday.v + 1 && s.at.v == 120);
	opening_state(hours("Jul 14 10:00-12:00"), &metropole, tuesday, (minute){ 600 }, &s);
	assert_true(!s.open && s.changes && s.on.v == day_of(2027, 7, 14).v && s.at.v == 600);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(days),	   CASE(calendars),	   CASE(refused), CASE(printed),
		CASE(print_parse), CASE(covers_and_state), CASE(states),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
