#include "base/test.h"

#include "audit/audit.h"
#include "base/civil.h"
#include "browse.h"
#include "workshops/workshop.h"
#include "world.h"

/* One place with one room, a cooperative whose Sophie announces, three who come. */
struct cast {
	struct world *w;
	community_id cae, place;
	person_id sophie, malo, people[3];
	struct browse *team, *host, *visitor[3];
	const char *place_pub, *space_pub, *workshop;
};

static struct browse *as(struct world *w, person_id p)
{
	struct browse *b = browse_new(w);
	browse_sign_in(b, p);
	return b;
}

static void people(struct cast *k)
{
	struct world *w = k->w;
	static const char *const names[] = { "Inès Vautrin", "Théo Lambrecht", "Yanis Berthomé" };
	k->sophie = cast_person(w, "Sophie Arnaudin", "sophie@example.org");
	k->malo = cast_person(w, "Malo Kerjean", "malo@example.org");
	cast_member(w, k->sophie, k->cae, "staff", ROLE_MANAGER);
	cast_member(w, k->malo, k->place, "staff", ROLE_HOST);
	for (int i = 0; i < 3; i++) {
		k->people[i] = cast_person(w, names[i], fmt(w->c, "p%d@example.org", i));
		cast_member(w, k->people[i], k->cae, "cape", ROLE_MEMBER);
		k->visitor[i] = as(w, k->people[i]);
	}
	k->team = as(w, k->sophie);
	k->host = as(w, k->malo);
}

static struct cast setting(struct world *w)
{
	struct cast k = { .w = w };
	k.cae = cast_community(w, "Cardamine Coopérative", "cae");
	k.place = cast_community(w, "Les Usines du Noyer", "place");
	cast_run(
		w,
		"INSERT INTO place (community, zone, opening, holidays, holidays_off, cancel_day_before, cancel_minute, walk_in) "
		"VALUES (%lld, 'Europe/Paris', 'Mo-Sa 09:00-19:00', 'metropole', TRUE, TRUE, 1080, TRUE)",
		(long long)k.place.v);
	cast_run(
		w,
		"INSERT INTO space (pub, community, name, kind, capacity, counted, granule, shortest, longest, notice, horizon, "
		"needs_approval, rank) VALUES ('00000000000000000000000001', %lld, 'Salle du Clain', 'room', 10, FALSE, 30, 30, 600, "
		"0, 90, FALSE, 0)",
		(long long)k.place.v);
	cast_run(
		w,
		"INSERT INTO tariff (community, space_kind, audience, unit, price, from_day) VALUES (%lld, 'room', 'public', 'hour', "
		"2200, 0)",
		(long long)k.place.v);
	k.place_pub = cast_pub(w, "community", k.place.v);
	k.space_pub = "00000000000000000000000001";
	people(&k);
	return k;
}

static void leave(struct cast *k)
{
	browse_free(k->team);
	browse_free(k->host);
	for (int i = 0; i < 3; i++)
		browse_free(k->visitor[i]);
}

/* Announce for Thursday 26 November 2026, 14:00 to 17:00. */
static int announce_at(struct cast *k, struct browse *b, int capacity, const char *from, const char *to)
{
	int status = browse_post(
		b, "/workshops/new",
		fmt(k->w->c,
		    "place=%s&space=%s&title=Fixer+ses+prix&trainer=Nora&trainer_kind=staff&day=2026-11-26&"
		    "from=%s&to=%s&capacity=%d&price=0&is_public=1",
		    k->place_pub, k->space_pub, from, to, capacity));
	if (status == 303)
		k->workshop = talloc_strdup(k->w->c, browse_location(b));
	return status;
}

static int announce(struct cast *k, struct browse *b, int capacity)
{
	return announce_at(k, b, capacity, "14:00", "17:00");
}

static int ask(struct cast *k, struct browse *b, const char *what)
{
	return browse_post(b, fmt(k->w->c, "%s/%s", k->workshop, what), "");
}

static int64_t noted(struct cast *k, const char *action)
{
	return cast_number(k->w, "SELECT COUNT(*) AS value FROM audit WHERE action = '%s'", action);
}

static int64_t with_status(struct cast *k, const char *status)
{
	return cast_number(k->w, "SELECT COUNT(*) AS value FROM enrolment WHERE status = '%s'", status);
}

static void test_announce_books_the_room(void **state)
{
	struct cast k = setting(*state);
	assert_int_equal(announce(&k, k.visitor[0], 2), 403); /* not of the team */
	assert_int_equal(announce(&k, k.team, 2), 303);
	assert_int_equal(
		cast_number(
			k.w,
			"SELECT COUNT(*) AS value FROM booking WHERE purpose = 'Fixer ses prix' AND status = 'confirmed'"),
		1);
	assert_int_equal(announce(&k, k.team, 3), 409); /* the room is taken */
	assert_int_equal(cast_number(k.w, "SELECT COUNT(*) AS value FROM workshop"), 1);
	assert_int_equal(browse_get(k.visitor[0], "/agenda"), 200);
	assert_true(browse_has(k.visitor[0], "Fixer ses prix"));
	assert_int_equal(browse_get(k.visitor[0], k.workshop), 200);
	assert_int_equal(browse_get(k.team, "/agenda.csv"), 200);
	assert_true(browse_has(k.team, "2026-11-26;14:00;17:00;Fixer ses prix"));
	assert_int_equal(browse_get(k.team, "/agenda.ics"), 200);
	assert_true(browse_has(k.team, "DTSTART:20261126T130000Z"));
	leave(&k);
}

/* The home page announces the week, and no more than the week. */
static void test_home_announces_the_week(void **state)
{
	struct cast k = setting(*state);
	assert_int_equal(browse_get(k.visitor[0], "/"), 200);
	assert_false(browse_has(k.visitor[0], "Cette semaine dans les lieux"));
	assert_int_equal(announce(&k, k.team, 2), 303);
	assert_int_equal(browse_get(k.visitor[0], "/"), 200);
	assert_true(browse_has(k.visitor[0], "Cette semaine dans les lieux"));
	assert_true(browse_has(k.visitor[0], "Fixer ses prix"));
	assert_int_equal(browse_get(k.visitor[0], "/places"), 200);
	assert_false(browse_has(k.visitor[0], "Fixer ses prix"));
	k.w->c->now.v -= 6 * 86400; /* a Wednesday, eight days before */
	assert_int_equal(browse_get(k.visitor[0], "/"), 200);
	assert_false(browse_has(k.visitor[0], "Fixer ses prix"));
	leave(&k);
}

static void test_waiting_list_moves(void **state)
{
	struct cast k = setting(*state);
	assert_int_equal(announce(&k, k.team, 1), 303);
	for (int i = 0; i < 3; i++)
		assert_int_equal(ask(&k, k.visitor[i], "enrol"), 303);
	assert_int_equal(with_status(&k, "enrolled"), 1);
	assert_int_equal(with_status(&k, "waiting"), 2);
	assert_int_equal(ask(&k, k.visitor[0], "enrol"), 409);
	assert_int_equal(ask(&k, k.visitor[0], "withdraw"), 303);
	assert_int_equal(cast_number(k.w, "SELECT person AS value FROM enrolment WHERE status = 'enrolled'"),
			 k.people[1].v);
	assert_int_equal(
		cast_number(
			k.w,
			"SELECT COUNT(*) AS value FROM mail WHERE kind = 'workshop.promoted' AND to_address = 'p1@example.org'"),
		1);
	/* Two seats: the next one comes in; fewer than are enrolled is refused. */
	const char *edit = "title=Fixer+ses+prix&trainer=Nora&capacity=%d";
	assert_int_equal(browse_post(k.team, fmt(k.w->c, "%s/edit", k.workshop), fmt(k.w->c, edit, 2)), 303);
	assert_int_equal(with_status(&k, "enrolled"), 2);
	assert_int_equal(browse_post(k.team, fmt(k.w->c, "%s/edit", k.workshop), fmt(k.w->c, edit, 1)), 422);
	/* Who left may come back, last. */
	assert_int_equal(ask(&k, k.visitor[0], "enrol"), 303);
	assert_int_equal(with_status(&k, "waiting"), 1);
	assert_int_equal(
		cast_number(k.w, "SELECT COUNT(*) AS value FROM mail WHERE to_address = 'p0@example.org'"),
		2);
	assert_int_equal(noted(&k, "enrolment.enrol"), 4);
	assert_int_equal(noted(&k, "enrolment.withdraw"), 1);
	assert_int_equal(noted(&k, "enrolment.let_in"), 2);
	leave(&k);
}

static void test_attendance_is_the_hosts(void **state)
{
	struct cast k = setting(*state);
	assert_int_equal(announce(&k, k.team, 5), 303);
	for (int i = 0; i < 3; i++)
		assert_int_equal(ask(&k, k.visitor[i], "enrol"), 303);
	assert_int_equal(ask(&k, k.host, "close"), 409); /* it has not begun */
	k.w->c->now = local_to_utc(day_of(2026, 11, 26), (minute){ 14 * 60 + 30 }, NULL);
	assert_int_equal(ask(&k, k.team, "enrol"), 409); /* now it has */
	assert_int_equal(ask(&k, k.visitor[1], "withdraw"), 409);
	const char *pub = cast_text(k.w, "SELECT pub AS value FROM enrolment WHERE person = %lld",
				    (long long)k.people[0].v);
	const char *mark = fmt(k.w->c, "/enrolments/%s/mark", pub);
	assert_int_equal(browse_post(k.team, mark, "status=present"), 404);
	assert_int_equal(browse_post(k.host, mark, "status=waiting"), 422);
	assert_int_equal(browse_post(k.host, mark, "status=present"), 303);
	assert_int_equal(ask(&k, k.team, "close"), 403);
	assert_int_equal(ask(&k, k.host, "close"), 303);
	assert_int_equal(with_status(&k, "present"), 1);
	assert_int_equal(with_status(&k, "absent"), 2);
	assert_int_equal(ask(&k, k.host, "close"), 409);
	assert_int_equal(browse_post(k.host, mark, "status=absent"), 409);
	assert_int_equal(ask(&k, k.host, "reopen"), 303);
	assert_int_equal(browse_post(k.host, mark, "status=absent"), 303);
	assert_int_equal(noted(&k, "enrolment.mark"), 2);
	leave(&k);
}

static void test_the_day_of_the_place_shows_its_workshops(void **state)
{
	struct cast k = setting(*state);
	assert_int_equal(announce(&k, k.team, 2), 303);
	for (int i = 0; i < 3; i++)
		assert_int_equal(ask(&k, k.visitor[i], "enrol"), 303);
	assert_int_equal(browse_get(k.host, "/host/day?day=2026-11-26"), 200);
	assert_true(browse_has(k.host, "2 inscrits"));
	assert_true(browse_has(k.host, "1 en liste d’attente"));
	assert_true(browse_has(k.host, "block--workshop"));
	assert_true(browse_has(k.host, "key--workshop"));
	assert_int_equal(browse_get(k.host, "/host/day?day=2026-11-25"), 200);
	assert_false(browse_has(k.host, "2 inscrits"));
	assert_false(browse_has(k.host, "key--workshop"));
	assert_int_equal(browse_get(k.host, "/host/calendar?week=2026-11-26"), 200);
	assert_true(browse_has(k.host, "slot--workshop"));
	assert_true(browse_has(k.host, "2 inscriptions"));
	const char *link = fmt(k.w->c, "slot--workshop\" href=\"/workshops/%s\"",
			       cast_text(k.w, "SELECT pub FROM workshop"));
	assert_true(browse_has(k.host, link));
	assert_int_equal(browse_get(k.host, "/host/calendar/month?month=2026-11-02"), 200);
	assert_true(browse_has(k.host, link));
	assert_true(browse_has(k.host, "1 atelier"));
	leave(&k);
}

static void test_names_stay_with_team_and_host(void **state)
{
	struct cast k = setting(*state);
	struct browse *stranger = browse_new(k.w);
	assert_int_equal(announce(&k, k.team, 5), 303);
	assert_int_equal(ask(&k, k.visitor[0], "enrol"), 303);
	const char *list = fmt(k.w->c, "%s/list", k.workshop),
		   *sheet = fmt(k.w->c, "%s/attendance", k.workshop);
	assert_int_equal(browse_get(k.team, list), 200);
	assert_true(browse_has(k.team, "Vautrin"));
	assert_int_equal(browse_get(k.host, sheet), 200);
	assert_true(browse_has(k.host, "Vautrin"));
	assert_int_equal(browse_get(k.visitor[1], list), 403);
	assert_int_equal(browse_get(k.visitor[1], sheet), 403);
	assert_int_equal(browse_get(k.visitor[1], k.workshop), 200);
	assert_false(browse_has(k.visitor[1], "Vautrin"));
	assert_int_equal(browse_get(stranger, k.workshop), 200);
	assert_false(browse_has(stranger, "Vautrin"));
	assert_int_equal(browse_get(stranger, list), 303); /* to the sign-in */
	browse_free(stranger);
	leave(&k);
}

static void test_cancel_tells_and_frees(void **state)
{
	struct cast k = setting(*state);
	int64_t chains, rows;
	const char *broken;
	assert_int_equal(announce(&k, k.team, 5), 303);
	assert_int_equal(ask(&k, k.visitor[0], "enrol"), 303);
	assert_int_equal(ask(&k, k.visitor[0], "cancel"), 403);
	assert_int_equal(ask(&k, k.team, "cancel"), 303);
	assert_int_equal(
		cast_number(k.w, "SELECT COUNT(*) AS value FROM mail WHERE kind = 'workshop.cancelled'"), 1);
	assert_int_equal(cast_number(k.w, "SELECT COUNT(*) AS value FROM booking WHERE status = 'cancelled'"),
			 1);
	assert_int_equal(ask(&k, k.visitor[1], "enrol"), 409);
	assert_int_equal(announce(&k, k.team, 6), 303); /* the room is free again */
	assert_int_equal(db_snapshot(k.w->c), OK);
	assert_int_equal(audit_verify(k.w->c, &chains, &rows, &broken), OK);
	assert_null(broken);
	assert_true(rows >= 4);
	db_snapshot_end(k.w->c);
	leave(&k);
}

/* The hour comes: it is held, and that is written once, of several in the order of their beginning. */
static void test_begins_and_is_noted(void **state)
{
	struct cast k = setting(*state);
	assert_int_equal(announce_at(&k, k.team, 2, "14:00", "17:00"), 303);
	const char *second = strrchr(k.workshop, '/') + 1;
	assert_int_equal(announce_at(&k, k.team, 2, "10:00", "12:00"), 303);
	const char *first = strrchr(k.workshop, '/') + 1;
	assert_int_equal(workshops_hold(k.w->c), OK);
	assert_int_equal(noted(&k, "workshop.hold"), 0);
	k.w->c->now = local_to_utc(day_of(2026, 11, 26), (minute){ 14 * 60 }, NULL);
	assert_int_equal(workshops_hold(k.w->c), OK);
	assert_int_equal(workshops_hold(k.w->c), OK);
	assert_int_equal(cast_number(k.w, "SELECT COUNT(*) AS value FROM workshop WHERE status = 'held'"), 2);
	assert_int_equal(noted(&k, "workshop.hold"), 2);
	static const char told[] =
		"SELECT object_pub AS value FROM audit WHERE action = 'workshop.hold' ORDER BY id";
	assert_string_equal(cast_text(k.w, "%s LIMIT 1", told), first);
	assert_string_equal(cast_text(k.w, "%s LIMIT 1 OFFSET 1", told), second);
	leave(&k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_announce_books_the_room),
		BOTH(test_home_announces_the_week),
		BOTH(test_waiting_list_moves),
		BOTH(test_attendance_is_the_hosts),
		BOTH(test_the_day_of_the_place_shows_its_workshops),
		BOTH(test_names_stay_with_team_and_host),
		BOTH(test_cancel_tells_and_frees),
		BOTH(test_begins_and_is_noted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
