/* What a place decides of a booking is told to its person; a closure may cancel what is booked. */
#include "base/test.h"

#include "space_cast.h"

static struct booking_row booked(struct world *w, struct space_cast *k, int64_t days, const char *choice)
{
	struct booking_row b;
	struct stay s;
	assert_int_equal(cast_stay(w->c, k, &k->desks, days, 660, 1080, 1, &s), OK);
	assert_int_equal(cast_book(w, k, &s, choice, &b), OK);
	return b;
}

static const char *pack_key(struct world *w, const struct space_cast *k)
{
	return fmt(w->c, "pack-%s", cast_pub(w, "pack", k->pack.v));
}

static int64_t told(struct world *w, const char *subject)
{
	return cast_number(
		w, "SELECT COUNT(*) AS value FROM mail WHERE kind = 'booking.news' AND subject LIKE '%s%%'",
		subject);
}

static void act_as_host(struct world *w, const struct space_cast *k)
{
	w->c->actor = (struct actor){ .person = k->host, .community = k->place, .roles = ROLE_HOST };
}

static void requests_are_answered_by_mail(void **state)
{
	struct world *w = *state;
	struct space_cast *k = space_cast(w);
	k->desks.needs_approval = true;
	struct booking_row one = booked(w, k, 1, "public"), two = booked(w, k, 2, "public"),
			   three = booked(w, k, 30, "public");
	assert_int_equal(one.status, BOOKING_STATUS_REQUESTED);
	act_as_host(w, k);
	assert_int_equal(cast_do(w, booking_accept, one.id), OK);
	assert_int_equal(told(w, "Demande acceptée"), 1);
	assert_int_equal(cast_do(w, booking_refuse, two.id), OK);
	assert_int_equal(told(w, "Demande refusée"), 1);
	w->c->actor = (struct actor){ 0 };
	w->c->now.v += REQUEST_SECONDS + 1;
	assert_int_equal(bookings_expire(w->c), OK);
	assert_int_equal(told(w, "Demande restée sans réponse"), 1);
	(void)three;
}

/* She who receives reads a request as hers to answer, she who asked as one that waits. */
static void the_page_of_a_request_suits_who_reads_it(void **state)
{
	struct world *w = *state;
	struct space_cast *k = space_cast(w);
	k->desks.needs_approval = true;
	struct booking_row one = booked(w, k, 1, "public");
	const char *page = fmt(w->c, "/bookings/%s", one.pub.s);
	struct browse *b = cast_host(w, k), *hers = browse_new(w);
	assert_int_equal(browse_get(b, page), 200);
	assert_true(browse_has(b, fmt(w->c, "action=\"%s/accept\"", page)));
	assert_true(browse_has(b, "Acceptez ou refusez"));
	assert_false(browse_has(b, "Vous recevrez un message"));
	browse_sign_in(hers, k->ines);
	assert_int_equal(browse_get(hers, page), 200);
	assert_false(browse_has(hers, "/accept\""));
	assert_true(browse_has(hers, "Vous recevrez un message"));
	assert_int_equal(browse_post(b, fmt(w->c, "%s/accept", page), ""), 303);
	assert_int_equal(browse_get(b, page), 200);
	assert_false(browse_has(b, "/accept\""));
	assert_false(browse_has(b, "Votre place est retenue"));
	browse_free(b);
	browse_free(hers);
}

static void only_others_are_told(void **state)
{
	struct world *w = *state;
	struct space_cast *k = space_cast(w);
	struct booking_row hers = booked(w, k, 1, "public"), theirs = booked(w, k, 2, "public");
	assert_int_equal(cast_do(w, booking_cancel, hers.id), OK);
	assert_int_equal(told(w, ""), 0);
	act_as_host(w, k);
	assert_int_equal(cast_do(w, booking_cancel, theirs.id), OK);
	assert_int_equal(told(w, "Réservation annulée par le lieu"), 1);
}

static void a_closure_may_cancel_what_is_booked(void **state)
{
	struct world *w = *state;
	struct space_cast *k = space_cast(w);
	booked(w, k, 1, pack_key(w, k));
	booked(w, k, 2, pack_key(w, k));
	booked(w, k, 3, pack_key(w, k));
	struct browse *b = cast_host(w, k);
	const char *form = "from=2026-11-25&to=2026-11-26&reason=Chauffage%s";
	assert_int_equal(browse_post(b, "/host/closures", fmt(w->c, form, "")), 303);
	assert_int_equal(told(w, ""), 0);
	assert_int_equal(browse_get(b, "/host/closures"), 200);
	assert_true(browse_has(b, "2 réservations restent"));
	assert_int_equal(browse_post(b, "/host/closures", fmt(w->c, form, "&cancel=1")), 303);
	assert_int_equal(told(w, "Réservation annulée par le lieu"), 2);
	assert_int_equal(
		cast_number(w, "SELECT COUNT(*) AS value FROM mail WHERE body_text LIKE '%%Chauffage%%'"), 2);
	assert_int_equal(cast_number(w, "SELECT held + used AS value FROM counter"), 1000);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM booking WHERE status = 'confirmed'"),
			 1);
	assert_int_equal(cast_broken(w), 0);
	browse_free(b);
}

/* Closed after it was booked: its person reads so. */
static void her_booking_says_that_the_place_closes(void **state)
{
	struct world *w = *state;
	struct space_cast *k = space_cast(w);
	struct booking_row row = booked(w, k, 1, "public");
	struct browse *b = cast_host(w, k);
	assert_int_equal(browse_post(b, "/host/closures", "from=2026-11-25&to=2026-11-25&reason=Travaux"),
			 303);
	browse_sign_in(b, k->ines);
	assert_int_equal(browse_get(b, fmt(w->c, "/bookings/%s", row.pub.s)), 200);
	assert_true(browse_has(b, "fermé ce jour-là\u00a0: Travaux"));
	browse_free(b);
}

/* Asked for another day: the host's day leads to it. */
static void the_day_leads_to_requests_of_other_days(void **state)
{
	struct world *w = *state;
	struct space_cast *k = space_cast(w);
	k->desks.needs_approval = true;
	booked(w, k, 9, "public");
	struct browse *b = cast_host(w, k);
	assert_int_equal(browse_get(b, "/host/day"), 200);
	assert_true(browse_has(b, "/host/calendar?week=2026-12-03"));
	assert_int_equal(browse_get(b, "/host/calendar?week=2026-12-03"), 200);
	assert_true(browse_has(b, "Accepter"));
	browse_free(b);
}

/* Her contest is answered by mail, with what the host wrote. */
static void a_contest_is_answered_by_mail(void **state)
{
	struct world *w = *state;
	struct space_cast *k = space_cast(w);
	struct booking_row row = booked(w, k, 0, "public");
	struct browse *b = cast_host(w, k);
	assert_int_equal(cast_do(w, booking_arrive, row.id), OK);
	browse_sign_in(b, k->ines);
	assert_int_equal(browse_post(b, fmt(w->c, "/bookings/%s/contest", row.pub.s), "reason=Absente"), 303);
	browse_free(b);
	b = cast_host(w, k);
	assert_int_equal(browse_get(b, "/host/day"), 200);
	assert_true(browse_has(b, "<span class=\"count\">1</span>"));
	const char *contest = cast_text(w, "SELECT pub AS value FROM contest");
	assert_int_equal(browse_post(b, "/host/contests",
				     fmt(w->c, "contest=%s&accept=0&answer=Vue+par+Awa", contest)),
			 303);
	assert_int_equal(cast_number(w,
				     "SELECT COUNT(*) AS value FROM mail WHERE kind = 'contest.answer' AND "
				     "body_text LIKE '%%Vue par Awa%%'"),
			 1);
	/* It waits no more, and is read again among those that were kept up; for a while. */
	assert_int_equal(browse_get(b, "/host/contests"), 200);
	assert_false(browse_has(b, "Absente"));
	assert_int_equal(browse_get(b, "/host/contests?state=rejected&sort=newest"), 200);
	assert_true(browse_has(b, "Vue par Awa"));
	assert_int_equal(browse_get(b, "/host/contests.csv?state=rejected"), 200);
	assert_true(browse_has(b, "Absente"));
	assert_int_equal(browse_get(b, "/host/contests.csv?state=accepted"), 200);
	assert_false(browse_has(b, "Absente"));
	cast_run(w, "UPDATE contest SET answered_at = answered_at - 100 * 86400");
	assert_int_equal(browse_get(b, "/host/contests?state=rejected"), 200);
	assert_false(browse_has(b, "Absente"));
	browse_free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(requests_are_answered_by_mail),
		BOTH(the_page_of_a_request_suits_who_reads_it),
		BOTH(only_others_are_told),
		BOTH(a_closure_may_cancel_what_is_booked),
		BOTH(her_booking_says_that_the_place_closes),
		BOTH(the_day_leads_to_requests_of_other_days),
		BOTH(a_contest_is_answered_by_mail),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
