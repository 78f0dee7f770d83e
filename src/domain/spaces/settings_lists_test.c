/* The lists of a place's settings: looked through, as files, and a space that comes back. */
#include "base/test.h"

#include <string.h>

#include "space_cast.h"

static void closures_are_looked_through_and_exported(void **state)
{
	struct world *w = *state;
	struct space_cast *k = space_cast(w);
	struct browse *b = cast_host(w, k);
	cast_run(
		w,
		"INSERT INTO closure (pub, community, from_day, to_day, reason) VALUES ('%026d', %lld, %lld, %lld, "
		"'Toiture')",
		1, (long long)k->place.v, (long long)CAST_TODAY - 40, (long long)CAST_TODAY - 30);
	assert_int_equal(browse_post(b, "/host/closures", "from=2026-12-24&to=2026-12-31&reason=Cong%C3%A9s"),
			 303);
	const char *room = fmt(w->c, "space=%s&from=2026-12-01&to=2026-12-01&reason=%%3DPeinture",
			       k->room.pub.s);
	assert_int_equal(browse_post(b, "/host/closures", room), 303);
	assert_int_equal(browse_get(b, "/host/closures"), 200);
	assert_true(browse_has(b, "Congés"));
	assert_false(browse_has(b, "Toiture"));
	assert_int_equal(browse_get(b, "/host/closures?state=over"), 200);
	assert_true(browse_has(b, "Toiture"));
	assert_false(browse_has(b, "Congés"));
	/* What closes the whole place closes each space of it. */
	assert_int_equal(browse_get(b, fmt(w->c, "/host/closures?space=%s", k->desks.pub.s)), 200);
	assert_true(browse_has(b, "Congés"));
	assert_false(browse_has(b, "=Peinture"));
	assert_int_equal(browse_get(b, "/host/closures?q=xyz"), 200);
	assert_true(browse_has(b, "Rien de cette sorte"));
	assert_int_equal(browse_get(b, "/host/closures.csv?state=any&sort=last"), 200);
	const char *last = strstr(b->body, "2026-12-24;2026-12-31;Tout le lieu;Congés;0"),
		   *first = strstr(b->body, ";Toiture;0");
	assert_true(last && first && last < first);
	assert_true(browse_has(b, "2026-12-01;2026-12-01;Salle;\"'=Peinture\";0"));
	assert_int_equal(browse_api(b, HTTP_GET, "/host/closures?q=cong", NULL), 200);
	assert_true(browse_has(b, "Congés"));
	/* The page of a form that was refused is the whole list, with what was typed. */
	assert_int_equal(browse_post(b, "/host/closures", "from=2026-12-24&to=2026-12-01&reason=Inventaire"),
			 422);
	assert_true(browse_has(b, "Congés"));
	assert_true(browse_has(b, "Inventaire"));
	browse_free(b);
}

static void prices_of_the_past_are_found_when_asked_for(void **state)
{
	struct world *w = *state;
	struct space_cast *k = space_cast(w);
	struct browse *b = cast_host(w, k);
	cast_run(
		w,
		"INSERT INTO tariff (community, space_kind, audience, unit, price, from_day, to_day) VALUES (%lld, "
		"'desks', 'public', 'day', 1234, 20000, %lld)",
		(long long)k->place.v, (long long)CAST_TODAY - 1);
	assert_int_equal(browse_get(b, "/host/tariffs"), 200);
	assert_true(browse_has(b, "14,00"));
	assert_false(browse_has(b, "12,34"));
	assert_int_equal(browse_get(b, "/host/tariffs.csv?state=over"), 200);
	assert_true(browse_has(b, ";\"12,34\";2024-10-04;2026-11-23"));
	assert_false(browse_has(b, ";\"14,00\";"));
	assert_int_equal(browse_get(b, "/host/tariffs.csv?kind=room&audience=public&sort=price"), 200);
	assert_true(browse_has(b, ";\"10,00\";2026-11-24;"));
	assert_false(browse_has(b, ";\"14,00\";"));
	browse_free(b);
}

/* No longer offered, it is found again and offered as it was; another place's is nobody's. */
static void a_space_comes_back(void **state)
{
	struct world *w = *state;
	struct space_cast *k = space_cast(w);
	struct browse *b = cast_host(w, k);
	const char *annex = fmt(w->c, "space=%s", k->annex.pub.s);
	assert_int_equal(browse_post(b, "/host/spaces/reopen", annex), 404);
	assert_int_equal(browse_post(b, "/host/spaces/archive", annex), 303);
	assert_int_equal(browse_get(b, "/host/spaces.csv"), 200);
	assert_true(browse_has(b, "Bureaux;"));
	assert_false(browse_has(b, "Annexe;"));
	assert_int_equal(browse_get(b, "/host/spaces?state=archived"), 200);
	assert_true(browse_has(b, "Annexe"));
	assert_true(browse_has(b, "Proposer à nouveau"));
	community_id other = cast_community(w, "Le Préau", "place");
	struct browse *stranger = browse_new(w);
	person_id awa = cast_person(w, "Awa", "awa@example.org");
	browse_sign_in(stranger, awa);
	browse_act_as(stranger, cast_member(w, awa, other, "facilitator", ROLE_HOST));
	assert_int_equal(browse_post(stranger, "/host/spaces/reopen", annex), 404);
	assert_int_equal(browse_post(b, "/host/spaces/reopen", annex), 303);
	assert_int_equal(browse_post(b, "/host/spaces/reopen", annex), 404);
	assert_int_equal(browse_get(b, "/host/spaces.csv?kind=desks&sort=capacity"), 200);
	const char *larger = strstr(b->body, "Bureaux;"), *smaller = strstr(b->body, "Annexe;");
	assert_true(larger && smaller && larger < smaller);
	assert_false(browse_has(b, "Salle;"));
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM audit WHERE action = 'space.reopen'"),
			 1);
	browse_free(stranger);
	browse_free(b);
}

static void packs_on_sale_and_withdrawn_are_told_apart(void **state)
{
	struct world *w = *state;
	struct space_cast *k = space_cast(w);
	struct browse *b = cast_host(w, k);
	assert_int_equal(
		browse_post(b, "/host/packs/offers", "name=Deux+jours&kind=desks&units=2&price=25&months=6"),
		303);
	assert_int_equal(browse_get(b, "/host/packs/offers.csv"), 200);
	assert_true(browse_has(b, "Deux jours;"));
	assert_true(browse_has(b, ";\"25,00\";\"12,50\";6;"));
	assert_int_equal(
		browse_post(b, "/host/packs/offers/withdraw",
			    fmt(w->c, "offer=%s", cast_text(w, "SELECT pub AS value FROM pack_offer"))),
		303);
	assert_int_equal(browse_get(b, "/host/packs/offers.csv"), 200);
	assert_false(browse_has(b, "Deux jours;"));
	assert_int_equal(browse_get(b, "/host/packs/offers.csv?state=withdrawn"), 200);
	assert_true(browse_has(b, ";\"25,00\";\"12,50\";6;2026-11-24"));
	assert_int_equal(browse_get(b, "/host/packs/offers?state=withdrawn&kind=room"), 200);
	assert_true(browse_has(b, "Rien de cette sorte"));
	browse_free(b);
}

/* Read page by page, whole as a file; what was asked goes along. */
static void long_lists_come_in_pages(void **state)
{
	struct world *w = *state;
	struct space_cast *k = space_cast(w);
	struct browse *b = cast_host(w, k);
	long long place = (long long)k->place.v;
	for (int i = 100; i < 152; i++) {
		cast_run(
			w,
			"INSERT INTO space (pub, community, name, kind, capacity, counted, granule, shortest, longest, "
			"notice, horizon, needs_approval, rank) VALUES ('s%025d', %lld, 'Cellule %d', 'storage', 1, "
			"FALSE, 30, 30, 600, 0, 90, FALSE, %d)",
			i, place, i, i);
		cast_run(
			w,
			"INSERT INTO tariff (community, space_kind, audience, unit, price, from_day, to_day) VALUES "
			"(%lld, 'plot', 'public', 'day', %d, %d, %d)",
			place, i * 100, CAST_TODAY + i, CAST_TODAY + i);
		cast_run(
			w,
			"INSERT INTO closure (pub, community, from_day, to_day, reason) VALUES ('c%025d', %lld, %d, %d, "
			"'Repos %d')",
			i, place, CAST_TODAY + i, CAST_TODAY + i, i);
		cast_run(
			w,
			"INSERT INTO pack_offer (pub, community, name, space_kind, units, price, valid_months) "
			"VALUES ('o%025d', %lld, 'Lot %d', 'plot', %d000, %d00, 6)",
			i, place, i, i, i * i);
		cast_run(
			w,
			"INSERT INTO pack (pub, community, owner_community, name, space_kind, units, price, from_day, "
			"to_day, sold_at) VALUES ('p%025d', %lld, %lld, 'Carnet %d', 'plot', 1000, 1000, %d, %d, %d)",
			i, place, place, i, CAST_TODAY, CAST_TODAY + i, i);
	}
	const struct {
		const char *at, *asked, *first, *last;
	} all[] = {
		{ "/host/spaces", "kind=storage", "Cellule 149", "Cellule 151" },
		{ "/host/tariffs", "kind=plot&state=any", "149,00", "151,00" },
		{ "/host/closures", "q=Repos", "Repos 149", "Repos 151" },
		{ "/host/packs/offers", "kind=plot&sort=a_day", "Lot 149", "Lot 151" },
		{ "/host/packs", "q=Carnet&sort=ending", "Carnet 149", "Carnet 151" },
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		assert_int_equal(browse_get(b, fmt(w->c, "%s?%s", all[i].at, all[i].asked)), 200);
		assert_true(browse_has(b, all[i].first));
		assert_false(browse_has(b, all[i].last));
		assert_true(browse_has(b, "rel=\"next\""));
		assert_int_equal(browse_get(b, fmt(w->c, "%s?%s&after=50", all[i].at, all[i].asked)), 200);
		assert_false(browse_has(b, all[i].first));
		assert_true(browse_has(b, all[i].last));
		assert_false(browse_has(b, "rel=\"next\""));
		assert_int_equal(browse_get(b, fmt(w->c, "%s.csv?%s", all[i].at, all[i].asked)), 200);
		assert_true(browse_has(b, all[i].first) && browse_has(b, all[i].last));
		assert_int_equal(browse_api(b, HTTP_GET, fmt(w->c, "%s?%s", all[i].at, all[i].asked), NULL),
				 200);
		assert_true(browse_has(b, "after=50"));
	}
	browse_free(b);
}

/* Closed twice for the same days says so; what is booked on them can still be cancelled. */
static void the_same_closure_is_there_already(void **state)
{
	struct world *w = *state;
	struct space_cast *k = space_cast(w);
	struct browse *b = cast_host(w, k);
	const char *days = "from=2026-12-24&to=2026-12-31&reason=Pause";
	const char *room = fmt(w->c, "%s&space=%s", days, k->room.pub.s);
	assert_int_equal(browse_post(b, "/host/closures", days), 303);
	assert_int_equal(browse_post(b, "/host/closures", fmt(w->c, "%s&again=1", days)), 422);
	assert_int_equal(browse_post(b, "/host/closures", "from=2026-12-24&to=2026-12-31&reason=Autre"), 422);
	assert_true(browse_has(b, "déjà fermés"));
	assert_int_equal(browse_post(b, "/host/closures", room), 303); /* another reach */
	assert_int_equal(browse_post(b, "/host/closures", fmt(w->c, "%s&reason=Bis", room)), 422);
	assert_int_equal(browse_post(b, "/host/closures", "from=2026-12-24&to=2026-12-30&reason=Pause"), 303);
	assert_int_equal(browse_post(b, "/host/closures", fmt(w->c, "%s&cancel=1", days)), 303);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM closure"), 3);
	browse_free(b);
}

/* What a rule refuses is said on the page of the button. */
static void a_space_that_is_booked_stays_and_says_why(void **state)
{
	struct world *w = *state;
	struct space_cast *k = space_cast(w);
	struct browse *b = cast_host(w, k);
	struct booking_row booked;
	struct stay s;
	assert_int_equal(cast_stay(w->c, k, &k->annex, 2, 600, 720, 1, &s), OK);
	assert_int_equal(cast_book(w, k, &s, NULL, &booked), OK);
	assert_int_equal(browse_post(b, "/host/spaces/archive", fmt(w->c, "space=%s", k->annex.pub.s)), 409);
	assert_true(browse_has(b, "Bureaux")); /* the list, where the button is */
	assert_true(browse_has(b, "réservation"));
	assert_string_equal(cast_text(w, "SELECT name AS value FROM space WHERE name = 'Annexe' AND "
					 "archived_at IS NULL"),
			    "Annexe");
	browse_free(b);
}

/* Its first space makes a place receive, at the hour and with the holidays of where it is. */
static void a_place_receives_from_its_first_space_on(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	community_id place = cast_community(w, "Le Lagon", "place");
	person_id host = cast_person(w, "Malo", "malo@example.org");
	cast_run(
		w,
		"INSERT INTO region (code, name, chef_lieu, zone) VALUES ('06', 'Mayotte', '97608', 'drom')");
	cast_run(
		w,
		"INSERT INTO departement (code, name, region, chef_lieu, zone) VALUES ('976', 'Mayotte', '06', '97608', "
		"'drom')");
	cast_run(
		w,
		"INSERT INTO commune (insee, name, folded, departement, region, lat_e5, lon_e5, population, postal_codes) "
		"VALUES ('97608', 'Dzaoudzi', 'dzaoudzi', '976', '06', -1278000, 4525000, 17831, '97615')");
	cast_run(w, "UPDATE community SET insee = '97608' WHERE id = %lld", (long long)place.v);
	browse_sign_in(b, host);
	browse_act_as(b, cast_member(w, host, place, "facilitator", ROLE_HOST));
	assert_int_equal(
		browse_post(b, "/host/spaces",
			    "name=Plateau&kind=desks&capacity=4&counted=1&granule=30&shortest=60&longest="
			    "720&horizon=90"),
		303);
	assert_string_equal(cast_text(w, "SELECT zone AS value FROM place"), "Indian/Mayotte");
	assert_string_equal(cast_text(w, "SELECT holidays AS value FROM place"), "mayotte");
	assert_int_equal(browse_get(b, fmt(w->c, "/places/%s", cast_pub(w, "community", place.v))), 200);
	assert_true(browse_has(b, "Plateau"));
	assert_int_equal(browse_get(b, "/places?free=1&on=2026-11-26"), 200);
	assert_true(browse_has(b, "Le Lagon"));
	browse_free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(closures_are_looked_through_and_exported),
		BOTH(prices_of_the_past_are_found_when_asked_for),
		BOTH(a_space_comes_back),
		BOTH(packs_on_sale_and_withdrawn_are_told_apart),
		BOTH(a_place_receives_from_its_first_space_on),
		BOTH(long_lists_come_in_pages),
		BOTH(the_same_closure_is_there_already),
		BOTH(a_space_that_is_booked_stays_and_says_why),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
