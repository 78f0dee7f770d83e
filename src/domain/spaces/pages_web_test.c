/* The pages of places, bookings and hosts: who sees what, and what their forms do. */
#include "base/test.h"

#include "base/civil.h"
#include "browse.h"
#include "platform/cache.h"

#define DAY 20783 /* Thursday 26 November 2026 */

/* A place with two desks, its host, a person who may book, and a stranger who hosts elsewhere. */
struct cast {
	struct browse *b;
	community_id place, elsewhere;
	person_id ines, malo, awa;
	membership_id host, other_host;
	const char *place_pub, *desks;
};

static void make_place(struct world *w, community_id place)
{
	cast_run(
		w,
		"INSERT INTO place (community, zone, opening, holidays, holidays_off, cancel_day_before, cancel_minute, walk_in) "
		"SELECT %lld, 'Europe/Paris', 'Mo-Fr 09:00-19:00', 'metropole', is_place, is_place, 1080, is_place "
		"FROM community WHERE id = %lld",
		(long long)place.v, (long long)place.v);
	cast_run(
		w,
		"INSERT INTO space (pub, community, name, kind, capacity, counted, granule, shortest, longest, notice, horizon, "
		"needs_approval, rank) SELECT '0bcdefghjkmnpqrstvwxyz%04lld', id, 'Plateau', 'desks', 2, is_place, 30, 60, 720, 0, "
		"90, is_cae, 1 FROM community WHERE id = %lld",
		(long long)place.v, (long long)place.v);
	cast_run(
		w,
		"INSERT INTO tariff (community, space_kind, audience, unit, price, from_day) VALUES (%lld, 'desks', 'public', 'day', "
		"1400, 20000)",
		(long long)place.v);
}

static struct cast make(struct world *w)
{
	struct cast k = { .b = browse_new(w) };
	k.place = cast_community(w, "Les Usines", "place");
	k.elsewhere = cast_community(w, "Le Préau", "place");
	make_place(w, k.place);
	make_place(w, k.elsewhere);
	k.ines = cast_person(w, "Inès Canari", "ines@example.org");
	k.malo = cast_person(w, "Malo", "malo@example.org");
	k.awa = cast_person(w, "Awa", "awa@example.org");
	k.host = cast_member(w, k.malo, k.place, "facilitator", ROLE_HOST);
	k.other_host = cast_member(w, k.awa, k.elsewhere, "facilitator", ROLE_HOST);
	k.place_pub = cast_pub(w, "community", k.place.v);
	k.desks = cast_text(w, "SELECT pub FROM space WHERE community = %lld", (long long)k.place.v);
	return k;
}

static const char *path(struct world *w, const char *format, const char *id)
{
	return talloc_asprintf(w->c->mem, format, id);
}

/* Inès books Thursday; the public id of her booking. */
static const char *book(struct world *w, struct cast *k)
{
	browse_sign_in(k->b, k->ines);
	int status = browse_post(k->b, path(w, "/spaces/%s/book", k->desks),
				 "day=2026-11-26&from=09:00&to=19:00&units=1&right=public");
	assert_int_equal(status, 303);
	return cast_text(w, "SELECT pub FROM booking WHERE person = %lld ORDER BY id DESC LIMIT 1",
			 (long long)k->ines.v);
}

static void a_place_shows_its_spaces_to_everybody(void **state)
{
	struct world *w = *state;
	struct cast k = make(w);
	assert_int_equal(browse_get(k.b, path(w, "/places/%s", k.place_pub)), 200);
	assert_true(browse_has(k.b, "Plateau"));
	assert_true(browse_has(k.b, "14,00"));
	assert_int_equal(browse_get(k.b, "/places"), 200);
	assert_true(browse_has(k.b, "Les Usines"));
	assert_int_equal(browse_get(k.b, "/places?free=1&sort=price"), 200);
	assert_int_equal(browse_get(k.b, "/places/00000000000000000000000000"), 404);
	browse_free(k.b);
}

static void the_quote_lists_rights_and_says_what_forbids(void **state)
{
	struct world *w = *state;
	struct cast k = make(w);
	assert_int_equal(browse_get(k.b, path(w, "/spaces/%s/book", k.desks)), 303);
	browse_sign_in(k.b, k.ines);
	assert_int_equal(
		browse_get(k.b, path(w, "/spaces/%s/book?day=2026-11-26&from=09:00&to=19:00", k.desks)), 200);
	assert_true(browse_has(k.b, "value=\"public\" checked"));
	assert_true(browse_has(k.b, "Confirmer"));
	assert_int_equal(
		browse_get(k.b, path(w, "/spaces/%s/book?day=2026-11-29&from=09:00&to=19:00", k.desks)), 200);
	assert_true(browse_has(k.b, "Le lieu est fermé"));
	assert_false(browse_has(k.b, "form=\"quote\""));
	browse_free(k.b);
}

static void a_booking_is_made_once_and_seen_by_its_person_and_host_only(void **state)
{
	struct world *w = *state;
	struct cast k = make(w);
	const char *sent =
		"_idempotency=aaaaaaaaaaaaaaaaaaaaaaaaaa&day=2026-11-26&from=09:00&to=19:00&units=1";
	browse_sign_in(k.b, k.ines);
	assert_int_equal(browse_post(k.b, path(w, "/spaces/%s/book", k.desks), sent), 303);
	assert_int_equal(browse_post(k.b, path(w, "/spaces/%s/book", k.desks), sent), 303);
	/* Gone back to and filled otherwise, it is told in words for people. */
	assert_int_equal(
		browse_post(
			k.b, path(w, "/spaces/%s/book", k.desks),
			"_idempotency=aaaaaaaaaaaaaaaaaaaaaaaaaa&day=2026-11-27&from=09:00&to=19:00&units=1"),
		422);
	assert_true(browse_has(k.b, "rempli autrement"));
	assert_int_equal(cast_number(w, "SELECT COUNT(*) FROM booking"), 1);
	const char *pub = cast_text(w, "SELECT pub FROM booking");
	/* The same key with something else is a mistake, not the same booking. */
	assert_int_equal(
		browse_post(
			k.b, path(w, "/spaces/%s/book", k.desks),
			"_idempotency=aaaaaaaaaaaaaaaaaaaaaaaaaa&day=2026-11-27&from=09:00&to=19:00&units=1"),
		422);
	assert_int_equal(browse_get(k.b, path(w, "/bookings/%s", pub)), 200);
	assert_int_equal(browse_get(k.b, "/bookings"), 200);
	assert_true(browse_has(k.b, pub));
	assert_int_equal(browse_get(k.b, path(w, "/bookings/%s/agenda.ics", pub)), 200);
	assert_true(browse_has(k.b, "DTSTART:20261126T080000Z"));
	browse_sign_in(k.b, k.awa);
	browse_act_as(k.b, k.other_host);
	assert_int_equal(browse_get(k.b, path(w, "/bookings/%s", pub)), 404);
	assert_int_equal(browse_post(k.b, path(w, "/bookings/%s/cancel", pub), ""), 404);
	browse_sign_in(k.b, k.malo);
	browse_act_as(k.b, k.host);
	assert_int_equal(browse_get(k.b, path(w, "/bookings/%s", pub)), 200);
	assert_true(browse_has(k.b, "Inès Canari"));
	/* Another's key is another key. */
	assert_int_equal(browse_post(k.b, path(w, "/spaces/%s/book", k.desks), sent), 303);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) FROM booking"), 2);
	browse_free(k.b);
}

static void what_is_full_is_refused_and_what_was_typed_stays(void **state)
{
	struct world *w = *state;
	struct cast k = make(w);
	browse_sign_in(k.b, k.ines);
	assert_int_equal(browse_post(k.b, path(w, "/spaces/%s/book", k.desks),
				     "day=2026-11-26&from=09:00&to=19:00&units=2"),
			 303);
	assert_int_equal(browse_post(k.b, path(w, "/spaces/%s/book", k.desks),
				     "day=2026-11-26&from=10:00&to=12:00&units=1"),
			 409);
	assert_true(browse_has(k.b, "value=\"10:00\""));
	assert_true(browse_has(k.b, "complet"));
	assert_int_equal(cast_number(w, "SELECT COUNT(*) FROM booking"), 1);
	browse_free(k.b);
}

static void several_days_are_booked_together_without_the_closed_ones(void **state)
{
	struct world *w = *state;
	struct cast k = make(w);
	browse_sign_in(k.b, k.ines);
	assert_int_equal(browse_post(k.b, path(w, "/spaces/%s/book", k.desks),
				     "day=2026-11-26&until=2026-11-30&from=09:00&to=19:00&units=1"),
			 303);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) FROM booking"), 3); /* Thursday, Friday, Monday */
	assert_int_equal(cast_number(w, "SELECT COUNT(DISTINCT batch) FROM booking"), 1);
	browse_free(k.b);
}

static void cancelling_late_is_said_before(void **state)
{
	struct world *w = *state;
	struct cast k = make(w);
	const char *pub = book(w, &k);
	assert_int_equal(browse_get(k.b, path(w, "/bookings/%s/cancel", pub)), 200);
	assert_true(browse_has(k.b, "Tout vous est rendu"));
	w->c->now.v = local_to_utc((day){ DAY - 1 }, (minute){ 20 * 60 }, NULL).v;
	assert_int_equal(browse_get(k.b, path(w, "/bookings/%s/cancel", pub)), 200);
	assert_true(browse_has(k.b, "Le délai est passé"));
	assert_int_equal(browse_post(k.b, path(w, "/bookings/%s/cancel", pub), ""), 303);
	assert_string_equal(cast_text(w, "SELECT status FROM booking"), "cancelled");
	browse_free(k.b);
}

static void only_the_host_of_the_place_sees_its_day(void **state)
{
	struct world *w = *state;
	struct cast k = make(w);
	book(w, &k);
	assert_int_equal(browse_get(k.b, "/host/day?day=2026-11-26"), 403);
	browse_sign_in(k.b, k.malo);
	browse_act_as(k.b, k.host);
	assert_int_equal(browse_get(k.b, "/host/day?day=2026-11-26"), 200);
	assert_true(browse_has(k.b, "Inès Canari"));
	assert_int_equal(browse_get(k.b, "/host/calendar?week=2026-11-26"), 200);
	browse_sign_in(k.b, k.awa);
	browse_act_as(k.b, k.other_host);
	assert_int_equal(browse_get(k.b, "/host/day?day=2026-11-26"), 200);
	assert_false(browse_has(k.b, "Canari"));
	assert_int_equal(browse_get(k.b, path(w, "/places/%s", k.place_pub)), 200);
	assert_false(browse_has(k.b, "Canari"));
	browse_free(k.b);
}

static void an_arrival_is_one_tap_and_can_be_taken_back(void **state)
{
	struct world *w = *state;
	struct cast k = make(w);
	const char *pub = book(w, &k);
	w->c->now.v = local_to_utc((day){ DAY }, (minute){ 9 * 60 + 40 }, NULL).v;
	browse_sign_in(k.b, k.awa);
	browse_act_as(k.b, k.other_host);
	assert_int_equal(browse_post(k.b, path(w, "/bookings/%s/arrive", pub), ""), 404);
	browse_sign_in(k.b, k.malo);
	browse_act_as(k.b, k.host);
	assert_int_equal(browse_get(k.b, "/host/day"), 200);
	assert_true(browse_has(k.b, "40 min"));
	assert_int_equal(browse_post(k.b, path(w, "/bookings/%s/arrive", pub), ""), 303);
	assert_string_equal(cast_text(w, "SELECT status FROM booking"), "present");
	browse_sign_in(k.b, k.ines);
	assert_int_equal(browse_get(k.b, "/bookings"), 200);
	assert_true(browse_has(k.b, "Présence enregistrée"));
	assert_true(browse_has(k.b, path(w, "/bookings/%s/contest\"", pub)));
	browse_sign_in(k.b, k.malo);
	browse_act_as(k.b, k.host);
	assert_int_equal(browse_post(k.b, path(w, "/bookings/%s/undo-arrive", pub), ""), 303);
	assert_string_equal(cast_text(w, "SELECT status FROM booking"), "confirmed");
	browse_free(k.b);
}

static void somebody_unknown_is_welcomed_without_an_account(void **state)
{
	struct world *w = *state;
	struct cast k = make(w);
	w->c->now.v = local_to_utc((day){ DAY }, (minute){ 10 * 60 + 5 }, NULL).v;
	browse_sign_in(k.b, k.malo);
	browse_act_as(k.b, k.host);
	assert_int_equal(browse_get(k.b, "/host/day?who=Passante&guest=1"), 200);
	assert_true(browse_has(k.b, "Enregistrer"));
	assert_int_equal(
		browse_post(k.b, "/host/walk-ins",
			    path(w, "who=Passante&guest=1&space=%s&until=19:00&right=public", k.desks)),
		303);
	assert_string_equal(cast_text(w, "SELECT guest FROM booking WHERE status = 'present'"), "Passante");
	browse_free(k.b);
}

static void days_are_sold_to_a_community_for_its_people(void **state)
{
	struct world *w = *state;
	struct cast k = make(w);
	community_id cae = cast_community(w, "Cardamine", "cae");
	const char *pack =
		"community=%s&email=%s&name=Dix+jours&kind=desks&units=10&price=80&from=2026-11-01&to=2027-03-31";
	cast_member(w, k.ines, cae, "cape", ROLE_MEMBER);
	browse_sign_in(k.b, k.malo);
	browse_act_as(k.b, k.host);
	assert_int_equal(browse_get(k.b, "/host/packs/other"), 200);
	assert_true(browse_has(k.b, "Cardamine"));
	assert_int_equal(browse_post(k.b, "/host/packs", fmt(w->c, pack, "", "")), 422);
	const char *pub = cast_pub(w, "community", cae.v);
	assert_int_equal(browse_post(k.b, "/host/packs", fmt(w->c, pack, pub, "ines@example.org")), 422);
	assert_int_equal(browse_post(k.b, "/host/packs", fmt(w->c, pack, pub, "")), 303);
	browse_sign_in(k.b, k.ines);
	assert_int_equal(
		browse_get(k.b, path(w, "/spaces/%s/book?day=2026-11-26&from=09:00&to=19:00", k.desks)), 200);
	assert_true(browse_has(k.b, "Dix jours"));
	/* On the day of the place stands what is left of them, drawn and in words. */
	assert_int_equal(browse_post(k.b, path(w, "/spaces/%s/book", k.desks),
				     "day=2026-11-26&from=09:00&to=19:00&units=1"),
			 303);
	browse_sign_in(k.b, k.malo);
	browse_act_as(k.b, k.host);
	assert_int_equal(browse_get(k.b, "/host/day?day=2026-11-26"), 200);
	assert_true(browse_has(k.b, "class=\"stitches\""));
	assert_true(browse_has(k.b, "Dix jours, reste 9"));
	browse_free(k.b);
}

static void what_is_over_still_fills_the_past(void **state)
{
	static const char *const over[] = { "present", "done", "no_show", "unrecorded" };
	struct world *w = *state;
	struct cast k = make(w);
	book(w, &k);
	w->c->now.v = local_to_utc((day){ DAY + 1 }, (minute){ 10 * 60 }, NULL).v;
	browse_sign_in(k.b, k.malo);
	browse_act_as(k.b, k.host);
	for (size_t i = 0; i < sizeof over / sizeof *over; i++) {
		cast_run(w, "UPDATE booking SET status = '%s'", over[i]);
		assert_int_equal(browse_get(k.b, "/host/calendar?week=2026-11-26"), 200);
		assert_true(browse_has(k.b, "<b>1</b> libre toute la journée"));
	}
	/* Who left before the hour gives the seat back until then. */
	w->c->now.v = local_to_utc((day){ DAY }, (minute){ 15 * 60 }, NULL).v;
	cast_run(w, "UPDATE booking SET status = 'done'");
	assert_int_equal(browse_get(k.b, "/host/calendar?week=2026-11-26"), 200);
	assert_false(browse_has(k.b, "<b>1</b> libre toute la journée"));
	browse_free(k.b);
}

static void the_page_of_a_booking_records_the_arrival_for_hosts_on_its_day(void **state)
{
	struct world *w = *state;
	struct cast k = make(w);
	const char *pub = book(w, &k), *page = path(w, "/bookings/%s", pub);
	const char *arrive = path(w, "/bookings/%s/arrive\"", pub);
	browse_sign_in(k.b, k.malo);
	browse_act_as(k.b, k.host);
	assert_int_equal(browse_get(k.b, page), 200);
	assert_false(browse_has(k.b, arrive)); /* its day has not come */
	w->c->now.v = local_to_utc((day){ DAY }, (minute){ 9 * 60 }, NULL).v;
	assert_int_equal(browse_get(k.b, page), 200);
	assert_true(browse_has(k.b, arrive));
	browse_sign_in(k.b, k.ines);
	assert_int_equal(browse_get(k.b, page), 200);
	assert_false(browse_has(k.b, arrive));
	browse_sign_in(k.b, k.malo);
	browse_act_as(k.b, k.host);
	assert_int_equal(browse_post(k.b, path(w, "/bookings/%s/arrive", pub), ""), 303);
	assert_int_equal(browse_get(k.b, page), 200);
	assert_false(browse_has(k.b, arrive));
	browse_free(k.b);
}

static void a_short_code_that_finds_nobody_says_what_to_do(void **state)
{
	struct world *w = *state;
	struct cast k = make(w);
	browse_sign_in(k.b, k.malo);
	browse_act_as(k.b, k.host);
	assert_int_equal(browse_get(k.b, "/host/pass?code=abcdefgh"), 200);
	assert_true(browse_has(k.b, "scannez le code QR de son passe"));
	assert_int_equal(browse_get(k.b, "/host/pass?code=ab"), 200);
	assert_false(browse_has(k.b, "scannez le code QR de son passe"));
	assert_true(browse_has(k.b, "plus valable"));
	browse_free(k.b);
}

static void a_free_room_is_booked_from_the_week(void **state)
{
	struct world *w = *state;
	struct cast k = make(w);
	cast_run(w, "UPDATE space SET counted = FALSE, kind = 'room' WHERE pub = '%s'", k.desks);
	const char *link = path(w, "/spaces/%s/book?day=2026-11-26", k.desks);
	browse_sign_in(k.b, k.malo);
	browse_act_as(k.b, k.host);
	assert_int_equal(browse_get(k.b, "/host/calendar?week=2026-11-26"), 200);
	assert_true(browse_has(k.b, link));
	assert_true(browse_has(k.b, "salle, en créneaux"));
	assert_int_equal(browse_get(k.b, link), 200);
	/* After the place has closed, the day is over. */
	w->c->now.v = local_to_utc((day){ DAY }, (minute){ 18 * 60 + 50 }, NULL).v;
	assert_int_equal(browse_get(k.b, "/host/calendar?week=2026-11-26"), 200);
	assert_true(browse_has(k.b, link));
	w->c->now.v = local_to_utc((day){ DAY }, (minute){ 19 * 60 + 10 }, NULL).v;
	assert_int_equal(browse_get(k.b, "/host/calendar?week=2026-11-26"), 200);
	assert_false(browse_has(k.b, link));
	w->c->now.v = local_to_utc((day){ DAY + 1 }, (minute){ 10 * 60 }, NULL).v;
	assert_int_equal(browse_get(k.b, "/host/calendar?week=2026-11-26"), 200);
	assert_false(browse_has(k.b, link));
	browse_free(k.b);
}

/* Two rooms and a pool between them: one head a kind, whatever the order. */
static void the_week_groups_spaces_by_kind(void **state)
{
	struct world *w = *state;
	struct cast k = make(w);
	for (int i = 1; i <= 3; i++)
		cast_run(
			w,
			"INSERT INTO space (pub, community, name, kind, capacity, counted, granule, shortest, longest, "
			"notice, horizon, needs_approval, rank) SELECT '000000000000000000000000%02d', community, 'Salle', "
			"'%s', 4, FALSE, 30, 30, 600, 0, 90, FALSE, %d FROM space WHERE pub = '%s'",
			i + 70, i == 2 ? "machine" : "room", i, k.desks);
	browse_sign_in(k.b, k.malo);
	browse_act_as(k.b, k.host);
	assert_int_equal(browse_get(k.b, "/host/calendar?week=2026-11-30"), 200);
	assert_true(browse_has(k.b, "<h1>30 novembre – 4 décembre</h1>") ||
		    browse_has(k.b, "<h1>30 novembre – 5 décembre</h1>"));
	int heads = 0;
	for (const char *s = k.b->body; (s = strstr(s, "scope=\"rowgroup\"")); s++)
		heads++;
	assert_int_equal(heads, 3); /* desks, rooms, machines */
	browse_free(k.b);
}

/* The way back in the browser, then the same button: she is told before she pays twice. */
static void a_second_booking_of_the_same_hours_is_told(void **state)
{
	struct world *w = *state;
	struct cast k = make(w);
	const char *pub = book(w, &k), *page = path(w, "/spaces/%s/book", k.desks);
	const char *link = fmt(w->c, "href=\"/bookings/%s\"", pub);
	assert_int_equal(browse_get(k.b, fmt(w->c, "%s?day=2026-11-26&from=09:00&to=10:00", page)), 200);
	assert_true(browse_has(k.b, link));
	assert_int_equal(browse_get(k.b, fmt(w->c, "%s?day=2026-11-27&from=09:00&to=10:00", page)), 200);
	assert_false(browse_has(k.b, link));
	cast_run(w, "UPDATE booking SET status = 'cancelled'");
	assert_int_equal(browse_get(k.b, fmt(w->c, "%s?day=2026-11-26&from=09:00&to=10:00", page)), 200);
	assert_false(browse_has(k.b, link));
	browse_free(k.b);
}

static void a_closure_is_of_days_to_come(void **state)
{
	struct world *w = *state;
	struct cast k = make(w);
	browse_sign_in(k.b, k.malo);
	browse_act_as(k.b, k.host);
	assert_int_equal(browse_post(k.b, "/host/closures", "from=2020-01-01&to=2020-01-02&reason=Travaux"),
			 422);
	assert_true(browse_has(k.b, "Ces jours sont passés"));
	assert_int_equal(browse_post(k.b, "/host/closures", "from=2027-01-02&to=2027-01-01&reason=Travaux"),
			 422);
	assert_true(browse_has(k.b, "id=\"f-to-error\""));
	assert_int_equal(browse_post(k.b, "/host/closures", "from=2026-11-01&to=2026-12-31&reason=Travaux"),
			 303);
	browse_free(k.b);
}

static void the_month_counts_each_day(void **state)
{
	struct world *w = *state;
	struct cast k = make(w);
	book(w, &k);
	browse_sign_in(k.b, k.malo);
	browse_act_as(k.b, k.host);
	assert_int_equal(browse_get(k.b, "/host/calendar/month?month=2026-11-26"), 200);
	assert_true(browse_has(k.b, "novembre 2026"));
	assert_true(browse_has(k.b, "1 réservation"));
	assert_int_equal(browse_get(k.b, "/host/calendar/month?month=2026-12-26"), 200);
	assert_false(browse_has(k.b, "1 réservation"));
	browse_sign_in(k.b, k.ines);
	assert_int_equal(browse_get(k.b, "/host/calendar/month"), 403);
	browse_free(k.b);
}

/* Hours, spaces, prices and closures: the history says what each was before, and nothing when nothing changed. */
static void settings_are_told_before_and_after(void **state)
{
	struct world *w = *state;
	struct cast k = make(w);
	const char *history = path(w, "/communities/%s/audit.csv", k.place_pub);
	cast_run(w, "UPDATE membership SET roles = %d WHERE id = %lld", ROLE_HOST | ROLE_MANAGER,
		 (long long)k.host.v);
	browse_sign_in(k.b, k.malo);
	browse_act_as(k.b, k.host);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(
			browse_post(k.b, "/host/settings",
				    "opening=Mo-Sa+08:00-20:00&holidays=alsace_moselle&cancel_day_before=1"
				    "&cancel_at=18:00&walk_in=1"),
			303);
		assert_int_equal(
			browse_post(
				k.b, "/host/spaces",
				fmt(w->c,
				    "space=%s&name=Plateau&kind=desks&capacity=7&counted=1&granule=30&shortest=60"
				    "&longest=720&notice=0&horizon=90",
				    k.desks)),
			303);
		assert_int_equal(browse_post(k.b, "/host/tariffs",
					     "kind=desks&audience=public&unit=day&price=16&from=2026-12-01"),
				 303);
	}
	assert_int_equal(browse_post(k.b, "/host/closures", "from=2026-12-24&to=2026-12-31&reason=Congés"),
			 303);
	assert_int_equal(browse_get(k.b, history), 200);
	assert_true(browse_has(k.b, ";Horaires;Mo-Fr 09:00-19:00;Mo-Sa 08:00-20:00"));
	assert_true(browse_has(k.b, ";Jours fériés;Jours fériés nationaux;"));
	assert_true(browse_has(k.b, ";Nom;;Plateau"));
	assert_true(browse_has(k.b, ";Capacité;2;7"));
	assert_true(browse_has(k.b, ";Prix;\"14,00"));
	assert_true(browse_has(k.b, ";Du;;24 déc. 2026"));
	assert_true(browse_has(k.b, ";Malo;\"Les Usines, "));
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM audit WHERE action IN ('place.save', "
					"'space.edit', 'tariff.set', 'closure.add')"),
			 4);
	browse_free(k.b);
}

/* What is kept for anybody is as new as the last change, in the reader's language, and not for who is known. */
static void kept_pages_are_of_now_and_of_nobody(void **state)
{
	struct world *w = *state;
	struct cast k = make(w);
	struct browse *b = browse_new(w);
	w->app.cache = cache_new(1 << 20);
	assert_int_equal(browse_get(k.b, "/communities"), 200);
	assert_true(browse_has(k.b, "Les Usines"));
	cast_run(w, "UPDATE community SET name = 'La Filature' WHERE id = %lld", (long long)k.place.v);
	assert_int_equal(browse_get(k.b, "/communities"), 200);
	assert_true(browse_has(k.b, "La Filature"));
	assert_int_equal(browse_get(b, "/language?to=en&back=/communities"), 303);
	assert_int_equal(browse_get(b, "/communities"), 200);
	assert_true(browse_has(b, "<html lang=\"en\""));
	browse_sign_in(k.b, k.ines);
	assert_int_equal(browse_get(k.b, "/communities"), 200);
	assert_true(browse_has(k.b, "Inès"));
	browse_free(b);
	b = browse_new(w);
	assert_int_equal(browse_get(b, "/communities"), 200);
	assert_true(browse_has(b, "<html lang=\"fr\""));
	assert_false(browse_has(b, "Inès"));
	/* What is told once is told over a kept page, and kept for nobody. */
	const char *const at[] = { "/communities", "/communities?sort=name" };
	for (size_t i = 0; i < 2; i++) {
		struct browse *told = browse_new(w);
		told->cookies[told->n_cookies++] = (struct http_header){ "__Host-toast", "Tenu" };
		assert_int_equal(browse_get(told, at[i]), 200);
		assert_true(browse_has(told, "Tenu"));
		browse_free(told);
		assert_int_equal(browse_get(b, at[i]), 200);
		assert_false(browse_has(b, "Tenu"));
		assert_null(browse_header(b, "Set-Cookie"));
	}
	browse_free(b);
	browse_free(k.b);
	cache_free(w->app.cache);
	w->app.cache = NULL;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(a_place_shows_its_spaces_to_everybody),
		BOTH(the_quote_lists_rights_and_says_what_forbids),
		BOTH(a_booking_is_made_once_and_seen_by_its_person_and_host_only),
		BOTH(what_is_full_is_refused_and_what_was_typed_stays),
		BOTH(several_days_are_booked_together_without_the_closed_ones),
		BOTH(cancelling_late_is_said_before),
		BOTH(only_the_host_of_the_place_sees_its_day),
		BOTH(an_arrival_is_one_tap_and_can_be_taken_back),
		BOTH(somebody_unknown_is_welcomed_without_an_account),
		BOTH(days_are_sold_to_a_community_for_its_people),
		BOTH(what_is_over_still_fills_the_past),
		BOTH(the_page_of_a_booking_records_the_arrival_for_hosts_on_its_day),
		BOTH(a_short_code_that_finds_nobody_says_what_to_do),
		BOTH(a_free_room_is_booked_from_the_week),
		BOTH(the_week_groups_spaces_by_kind),
		BOTH(a_second_booking_of_the_same_hours_is_told),
		BOTH(a_closure_is_of_days_to_come),
		BOTH(the_month_counts_each_day),
		BOTH(settings_are_told_before_and_after),
		BOTH(kept_pages_are_of_now_and_of_nobody),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
