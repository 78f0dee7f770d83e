/* Bookings on the days that clocks change, and across midnight. */
#include "base/test.h"

#include "base/civil.h"
#include "space_cast.h"

/* Open at any hour; `now` is noon of a day. */
static struct space_cast *night_and_day(struct world *w, day today)
{
	struct space_cast *k = space_cast(w);
	cast_run(w, "UPDATE place SET opening = 'Mo-Su 00:00-24:00', holidays_off = FALSE");
	k->row.opening = "Mo-Su 00:00-24:00";
	k->row.holidays_off = false;
	w->c->now = local_to_utc(today, (minute){ 12 * 60 }, "Europe/Paris");
	return k;
}

static rc stay(struct world *w, struct space_cast *k, day on, int from, int to, struct stay *s)
{
	return cast_stay(w->c, k, &k->desks, on.v - CAST_TODAY, from, to, 1, s);
}

static void the_hour_that_is_not_there(void **state)
{
	struct world *w = *state;
	day on = day_of(2027, 3, 28);
	struct space_cast *k = night_and_day(w, day_of(2027, 3, 20));
	struct booking_row b;
	struct stay s;
	assert_int_equal(stay(w, k, on, 0, 1440, &s), OK);
	assert_int_equal(s.ends_at.v - s.starts_at.v, 23 * 3600);
	assert_int_equal(cast_book(w, k, &s, "public", &b), OK);
	assert_int_equal(stay(w, k, on, 120, 180, &s), E_INVALID);
	assert_string_equal(world_key(w->c), "booking.empty_span");
	assert_int_equal(stay(w, k, on, 60, 240, &s), OK);
	assert_int_equal(s.ends_at.v - s.starts_at.v, 2 * 3600);
	assert_int_equal(cast_book(w, k, &s, "public", &b), OK);
	assert_int_equal(cast_broken(w), 0);
}

/* Between two and three o'clock there are two hours: four desks hold four people, not eight. */
static void the_hour_that_is_there_twice(void **state)
{
	struct world *w = *state;
	day on = day_of(2027, 10, 31);
	struct space_cast *k = night_and_day(w, day_of(2027, 10, 20));
	struct booking_row b;
	struct stay s;
	assert_int_equal(stay(w, k, on, 120, 180, &s), OK);
	assert_int_equal(s.ends_at.v - s.starts_at.v, 2 * 3600);
	for (int i = 0; i < 4; i++)
		assert_int_equal(cast_book(w, k, &s, "public", &b), OK);
	assert_int_equal(cast_book(w, k, &s, "public", &b), E_CONFLICT);
	assert_int_equal(stay(w, k, on, 180, 240, &s), OK);
	assert_int_equal(cast_book(w, k, &s, "public", &b), OK);
	assert_int_equal(stay(w, k, on, 0, 1440, &s), OK);
	assert_int_equal(s.ends_at.v - s.starts_at.v, 25 * 3600);
	assert_int_equal(cast_book(w, k, &s, "public", &b), E_CONFLICT);
	assert_int_equal(cast_broken(w), 0);
}

/* What ended at midnight is of the day before: it is closed there, and nothing of it is of today. */
static void what_ends_at_midnight(void **state)
{
	struct world *w = *state;
	day on = { CAST_TODAY };
	struct space_cast *k = night_and_day(w, on);
	struct booking_row b, next;
	struct browse *page = browse_new(w);
	membership_id host = cast_member(w, k->host, k->place, "facilitator", ROLE_HOST);
	struct stay s;
	assert_int_equal(stay(w, k, on, 22 * 60, 1440, &s), OK);
	assert_int_equal(cast_book(w, k, &s, "public", &b), OK);
	assert_int_equal(stay(w, k, (day){ on.v + 1 }, 0, 60, &s), OK);
	assert_int_equal(s.starts_at.v, b.ends_at.v);
	assert_int_equal(cast_book(w, k, &s, "public", &next), OK);
	w->c->now.v = b.ends_at.v + 60;
	browse_sign_in(page, k->host);
	browse_act_as(page, host);
	assert_int_equal(browse_get(page, "/host/day"), 200);
	assert_true(browse_has(page, next.pub.s) && !browse_has(page, b.pub.s));
	assert_int_equal(browse_get(page, "/host/day?day=2026-11-24"), 200);
	assert_true(browse_has(page, b.pub.s) && !browse_has(page, next.pub.s));
	assert_int_equal(browse_post(page, "/host/close-day", "day=2026-11-24"), 303);
	assert_string_equal(
		cast_text(w, "SELECT status AS value FROM booking WHERE id = %lld", (long long)b.id.v),
		"unrecorded");
	assert_int_equal(cast_do(w, booking_arrive, b.id), OK);
	browse_free(page);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(the_hour_that_is_not_there),
		BOTH(the_hour_that_is_there_twice),
		BOTH(what_ends_at_midnight),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
