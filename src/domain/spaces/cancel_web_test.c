/* What a person reads of a booking that she cancelled, in time or too late. */
#include "base/test.h"

#include "space_cast.h"

/* Hers of today, whose time to cancel has passed. */
static struct booking_row booked_today(struct world *w, struct space_cast *k, const char *choice)
{
	struct booking_row b;
	struct stay s;
	assert_int_equal(cast_stay(w->c, k, &k->desks, 0, 660, 1080, 1, &s), OK);
	assert_int_equal(cast_book(w, k, &s, choice, &b), OK);
	return b;
}

static const char *pack_key(struct world *w, const struct space_cast *k)
{
	return fmt(w->c, "pack-%s", cast_pub(w, "pack", k->pack.v));
}

static struct browse *signed_in(struct world *w, person_id person)
{
	struct browse *b = browse_new(w);
	browse_sign_in(b, person);
	return b;
}

static void assert_says_late(struct world *w, struct browse *b, const struct booking_row *k)
{
	assert_int_equal(browse_get(b, "/bookings"), 200);
	assert_true(browse_has(b, "Annulation tardive"));
	assert_int_equal(browse_get(b, "/bookings.csv"), 200);
	assert_true(browse_has(b, ";late_cancellation;"));
	assert_int_equal(browse_api(b, HTTP_GET, "/bookings", NULL), 200);
	assert_true(browse_has(b, "\"status\":\"late_cancellation\""));
	assert_int_equal(browse_api(b, HTTP_GET, fmt(w->c, "/bookings/%s", k->pub.s), NULL), 200);
	assert_true(browse_has(b, "\"status\":\"late_cancellation\""));
	assert_int_equal(browse_get(b, fmt(w->c, "/bookings/%s", k->pub.s)), 200);
	assert_true(browse_has(b, "Annulation tardive"));
}

static void late_is_a_word_of_its_own(void **state)
{
	struct world *w = *state;
	struct space_cast *k = space_cast(w);
	struct booking_row row = booked_today(w, k, pack_key(w, k));
	struct browse *b = signed_in(w, k->ines);
	assert_int_equal(browse_get(b, fmt(w->c, "/bookings/%s/cancel", row.pub.s)), 200);
	assert_true(browse_has(b, "ce qui a été décompté le reste"));
	assert_int_equal(browse_post(b, fmt(w->c, "/bookings/%s/cancel", row.pub.s), ""), 303);
	assert_says_late(w, b, &row);
	browse_free(b);
}

/* Nothing is counted on a tariff: what is late is its price. */
static void late_on_a_tariff_is_told_too(void **state)
{
	struct world *w = *state;
	struct space_cast *k = space_cast(w);
	struct booking_row row = booked_today(w, k, "public");
	struct browse *b = signed_in(w, k->ines);
	assert_int_equal(browse_get(b, fmt(w->c, "/bookings/%s/cancel", row.pub.s)), 200);
	assert_true(browse_has(b, "le lieu peut vous en demander le prix"));
	assert_false(browse_has(b, "décompté"));
	assert_int_equal(browse_post(b, fmt(w->c, "/bookings/%s/cancel", row.pub.s), ""), 303);
	assert_says_late(w, b, &row);
	assert_int_equal(
		cast_number(
			w,
			"SELECT COUNT(*) AS value FROM mail WHERE body_text LIKE '%%en demander le prix%%'"),
		1);
	browse_free(b);
}

/* In her list and in the register of the place, by its own word. */
static void late_is_filtered(void **state)
{
	struct world *w = *state;
	struct space_cast *k = space_cast(w);
	struct booking_row late = booked_today(w, k, "public"), kept = booked_today(w, k, "public");
	membership_id host = cast_member(w, k->host, k->place, "facilitator", ROLE_HOST);
	struct browse *b = signed_in(w, k->ines);
	assert_int_equal(cast_do(w, booking_cancel, late.id), OK);
	assert_int_equal(browse_get(b, "/bookings?status=late_cancellation"), 200);
	assert_true(browse_has(b, late.pub.s) && !browse_has(b, kept.pub.s));
	assert_int_equal(browse_get(b, "/bookings?status=cancelled"), 200);
	assert_false(browse_has(b, late.pub.s));
	browse_sign_in(b, k->host);
	browse_act_as(b, host);
	assert_int_equal(browse_get(b, "/host/bookings?status=late_cancellation&q=INES"), 200);
	assert_true(browse_has(b, late.pub.s) && !browse_has(b, kept.pub.s));
	assert_int_equal(browse_get(b, "/host/bookings.csv?from=2026-11-24&to=2026-11-24&sort=oldest"), 200);
	assert_true(browse_has(b, "2026-11-24;11:00;18:00;Bureaux;Inès;;1;late_cancellation;"));
	assert_true(browse_has(b, ";confirmed;"));
	assert_int_equal(browse_get(b, "/host/bookings?from=2026-11-25&to=2026-11-30"), 200);
	assert_true(browse_has(b, "Aucune réservation"));
	browse_free(b);
}

static void the_host_sees_who_cancelled_late(void **state)
{
	struct world *w = *state;
	struct space_cast *k = space_cast(w);
	struct booking_row row = booked_today(w, k, "public");
	membership_id host = cast_member(w, k->host, k->place, "facilitator", ROLE_HOST);
	struct browse *b = signed_in(w, k->host);
	browse_act_as(b, host);
	assert_int_equal(cast_do(w, booking_cancel, row.id), OK);
	assert_int_equal(browse_get(b, "/host/day"), 200);
	assert_true(browse_has(b, "Annulation tardive"));
	assert_int_equal(browse_get(b, "/host/calendar"), 200);
	assert_true(browse_has(b, "0 réservation"));
	browse_free(b);
}

static void what_is_cancelled_is_not_asked_again(void **state)
{
	struct world *w = *state;
	struct space_cast *k = space_cast(w);
	struct booking_row row = booked_today(w, k, "public");
	struct browse *b = signed_in(w, k->ines);
	assert_int_equal(cast_do(w, booking_cancel, row.id), OK);
	static const char *const pages[] = { "cancel", "change" };
	for (size_t i = 0; i < 2; i++) {
		const char *path = fmt(w->c, "/bookings/%s/%s", row.pub.s, pages[i]);
		assert_int_equal(browse_get(b, path), 200);
		assert_true(browse_has(b, "Cette réservation est déjà annulée"));
		assert_false(browse_has(b, "Annuler le"));
		assert_false(browse_has(b, "method=\"post\" action=\"/bookings"));
	}
	browse_free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(late_is_a_word_of_its_own),
		BOTH(late_on_a_tariff_is_told_too),
		BOTH(late_is_filtered),
		BOTH(the_host_sees_who_cancelled_late),
		BOTH(what_is_cancelled_is_not_asked_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
