/* At the door: somebody is found by what she says of her name, shows her pass, signs. */
#include "base/test.h"

#include "space_cast.h"
#include "spaces/pass.h"

static void names_are_found_without_accents(void **state)
{
	struct world *w = *state;
	struct space_cast *k = space_cast(w);
	person_id helene = cast_person(w, "Hélène Çelik-Vautrin", "helene@example.org");
	cast_member(w, helene, k->place, "resident", ROLE_MEMBER);
	struct browse *b = cast_host(w, k);
	static const char *const found[] = { "h%C3%A9l%C3%A8ne", "HELENE", "celik", "vau", "helene+c" };
	for (size_t i = 0; i < sizeof found / sizeof *found; i++) {
		assert_int_equal(browse_get(b, fmt(w->c, "/host/day?who=%s", found[i])), 200);
		assert_true(browse_has(b, "<strong>Hélène Çelik-Vautrin</strong>"));
	}
	static const char *const none[] = { "lene", "%25", "_", "helena", "+" };
	for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
		assert_int_equal(browse_get(b, fmt(w->c, "/host/day?who=%s", none[i])), 200);
		assert_false(browse_has(b, "Hélène"));
	}
	/* Two of one name: each is offered, and the one who was chosen stays so. */
	person_id other = cast_person(w, "Hélène Zola", "zola@example.org");
	cast_member(w, other, k->place, "resident", ROLE_MEMBER);
	assert_int_equal(browse_get(b, "/host/day?who=helene"), 200);
	const char *pub = fmt(w->c, "value=\"%s\"", cast_pub(w, "person", other.v));
	assert_true(browse_has(b, pub));
	assert_false(browse_has(b, "Personne de connu"));
	assert_int_equal(
		browse_get(b, fmt(w->c, "/host/day?who=helene&person=%s", cast_pub(w, "person", other.v))),
		200);
	assert_true(browse_has(b, "<strong>Hélène Zola</strong>"));
	assert_true(browse_has(b, fmt(w->c, "name=\"person\"><option %s", pub)));
	browse_free(b);
}

static void assert_knows(struct browse *b, const char *who, bool knows)
{
	assert_int_equal(browse_get(b, fmt(b->w->c, "/host/day?who=%s", who)), 200);
	assert_int_equal(browse_has(b, "<strong>Inès"), knows);
}

/* A place may say that it is linked to anybody: names are those of who says so too. */
static void a_link_shows_names_once_both_ends_say_it(void **state)
{
	struct world *w = *state;
	struct space_cast *k = space_cast(w);
	struct browse *b = cast_host(w, k);
	assert_knows(b, "ines", false);
	cast_run(w,
		 "INSERT INTO link (pub, from_community, to_community, kind, from_confirmed_at) "
		 "VALUES ('1000000000000000000000000a', %lld, %lld, 'linked_cae', 1)",
		 (long long)k->place.v, (long long)k->cae.v);
	assert_knows(b, "ines", false);
	cast_run(w, "UPDATE link SET to_confirmed_at = 1");
	assert_knows(b, "ines", false); /* hers is seen in the cooperative alone */
	cast_run(w, "UPDATE membership SET visibility = 'bridged' WHERE id = %lld", (long long)k->member.v);
	assert_knows(b, "ines", true);
	assert_true(browse_has(b, "<span class=\"sub-line\">Coop · "));
	cast_run(w, "UPDATE membership SET visibility = 'hidden' WHERE id = %lld", (long long)k->member.v);
	assert_knows(b, "ines", false);
	cast_run(w, "UPDATE membership SET visibility = 'bridged' WHERE id = %lld", (long long)k->member.v);
	cast_run(w, "UPDATE link SET ended = 1");
	assert_knows(b, "ines", false);
	/* Who comes is known by name, and of her memberships no more than she shows here. */
	struct stay s;
	struct booking_row made;
	assert_int_equal(cast_stay(w->c, k, &k->desks, 1, 600, 720, 1, &s), OK);
	assert_int_equal(cast_book(w, k, &s, NULL, &made), OK);
	assert_knows(b, "ines", true);
	assert_false(browse_has(b, "<span class=\"sub-line\">Coop · "));
	browse_free(b);
}

static void the_day_is_searched_without_accents(void **state)
{
	struct world *w = *state;
	struct space_cast *k = space_cast(w);
	struct booking_row row;
	struct stay s;
	assert_int_equal(cast_stay(w->c, k, &k->desks, 0, 660, 1020, 1, &s), OK);
	assert_int_equal(cast_book(w, k, &s, "public", &row), OK);
	struct browse *b = cast_host(w, k);
	assert_int_equal(browse_get(b, "/host/day?q=INES"), 200);
	assert_true(browse_has(b, row.pub.s));
	assert_int_equal(browse_get(b, "/host/day?q=inez"), 200);
	assert_false(browse_has(b, row.pub.s));
	browse_free(b);
}

struct shown {
	person_id person;
	char code[PASS_CODE_SIZE];
	const char *payload;
};

static rc show(struct ctx *c, void *arg)
{
	struct shown *x = arg;
	int seconds;
	return pass_show(c, x->person, x->code, &seconds, &x->payload);
}

/* Who has booked is recorded on her booking, not a second time beside it. */
static void the_pass_leads_to_what_she_booked(void **state)
{
	struct world *w = *state;
	struct space_cast *k = space_cast(w);
	struct shown x = { .person = k->ines };
	struct booking_row row;
	struct stay s;
	assert_int_equal(cast_stay(w->c, k, &k->desks, 0, 660, 1020, 1, &s), OK);
	assert_int_equal(cast_book(w, k, &s, "public", &row), OK);
	assert_int_equal(db_write(w->c, show, &x), OK);
	struct browse *b = cast_host(w, k);
	assert_int_equal(browse_get(b, fmt(w->c, "/host/pass?code=%s", x.code)), 200);
	assert_true(browse_has(b, fmt(w->c, "/bookings/%s/arrive", row.pub.s)));
	assert_int_equal(browse_post(b, fmt(w->c, "/bookings/%s/arrive", row.pub.s), ""), 303);
	/* Two minutes later the code is nobody's any more. */
	w->c->now.v += 121;
	assert_int_equal(browse_get(b, fmt(w->c, "/host/pass?code=%s", x.code)), 200);
	assert_false(browse_has(b, "Inès"));
	assert_true(browse_has(b, "demandez-lui un nouveau code"));
	browse_free(b);
}

static void a_long_list_leads_to_the_others(void **state)
{
	struct world *w = *state;
	struct space_cast *k = space_cast(w);
	struct browse *b = cast_host(w, k);
	cast_run(w, "UPDATE space SET capacity = 20");
	for (int i = 0; i < 9; i++)
		assert_int_equal(
			browse_post(b, "/host/walk-ins",
				    fmt(w->c, "who=Passant+%d&guest=1&space=%s&until=12:00&right=public", i,
					k->desks.pub.s)),
			303);
	assert_int_equal(browse_get(b, "/host/day"), 200);
	assert_true(browse_has(b, "Voir les 3 autres présents"));
	assert_true(browse_has(b, "arrival beyond"));
	assert_int_equal(browse_get(b, "/host/day?all=1"), 200);
	assert_false(browse_has(b, "beyond"));
	assert_false(browse_has(b, "autres présents"));
	browse_free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(names_are_found_without_accents),	   BOTH(a_link_shows_names_once_both_ends_say_it),
		BOTH(the_day_is_searched_without_accents), BOTH(the_pass_leads_to_what_she_booked),
		BOTH(a_long_list_leads_to_the_others),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
