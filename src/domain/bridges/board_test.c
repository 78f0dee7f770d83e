#include "base/test.h"

#include "base/civil.h"
#include "bridges/board.h"
#include "exchange_cast.h"
#include "spaces/booking_sql.h"

struct scene {
	struct world *w;
	struct exchange_cast x;
	membership_id lucie, odile;
	struct browse *b;
	const char *path;
};

static rc happened(struct ctx *c, void *arg)
{
	struct booking_row b;
	TRY(booking_by_id(c, *(booking_id *)arg, &b));
	return exchange_sink.happened(c, &b, BOOKING_STATUS_PRESENT, false);
}

/* So many people of the cooperative come to a place, once each. */
static booking_id come(struct scene *s, int place, day on, int people, const char *who)
{
	booking_id b = { 0 };
	for (int i = 0; i < people; i++) {
		const char *name = fmt(s->w->c, "%s %d", who, i);
		person_id p = cast_person(s->w, name, fmt(s->w->c, "%s%d@example.org", who, i));
		membership_id m = cast_member(s->w, p, s->x.cae, "cape", ROLE_MEMBER);
		b = cast_booking(s->w, &s->x, place, p, m, on, 1000);
		assert_int_equal(db_write(s->w->c, happened, &b), OK);
	}
	return b;
}

static void stage(struct world *w, struct scene *s)
{
	*s = (struct scene){ .w = w };
	cast_exchange(w, &s->x, 1000, "counts");
	person_id lucie = cast_person(w, "Lucie", "lucie@example.org"),
		  odile = cast_person(w, "Odile", "odile@example.org");
	s->lucie = cast_member(w, lucie, s->x.runner, "staff", ROLE_COORDINATOR);
	s->odile = cast_member(w, odile, s->x.cae, "staff", ROLE_MANAGER);
	s->b = browse_new(w);
	browse_sign_in(s->b, lucie);
	browse_act_as(s->b, s->lucie);
	s->path = fmt(w->c, "/conventions/%s/board", cast_pub(w, "convention", s->x.convention.v));
}

static bool has(struct scene *s, const char *query, const char *text)
{
	assert_int_equal(browse_get(s->b, fmt(s->w->c, "%s%s", s->path, query)), 200);
	return browse_has(s->b, text);
}

static bool tells(struct scene *s, const char *text)
{
	assert_int_equal(browse_api(s->b, HTTP_GET, s->path, NULL), 200);
	return browse_has(s->b, text);
}

static void test_states(void **state)
{
	struct scene s;
	stage(*state, &s);
	assert_true(has(&s, "", "0 pont"));
	assert_true(has(&s, "", "Rapport au financeur"));
	assert_true(has(&s, "", "href=\"/observatory/report\""));
	come(&s, 0, day_of(2026, 11, 20), 2, "yanis");
	assert_true(tells(&s, "\"class\":\"m1\""));
	come(&s, 1, day_of(2026, 8, 20), 1, "theo");
	assert_true(tells(&s, "\"class\":\"is-silent\""));
	booking_id b = come(&s, 2, day_of(2026, 11, 19), 7, "ines");
	assert_true(tells(&s, "\"class\":\"is-uneven\""));
	assert_true(has(&s, "?show=silent", "is-silent"));
	assert_false(has(&s, "?show=silent", "is-uneven"));
	cast_run(s.w,
		 "INSERT INTO contest (pub, booking, person, reason, state, created_at) "
		 "SELECT '%s', id, person, 'CANARI', 'open', 1795500000 FROM booking WHERE id = %lld",
		 cast_new_pub(s.w), (long long)b.v);
	assert_true(tells(&s, "\"class\":\"is-contested\""));
	assert_false(tells(&s, "\"class\":\"is-uneven\""));
	assert_false(browse_has(s.b, "CANARI"));
	assert_false(has(&s, "?show=contested", "ines"));
	assert_int_equal(browse_get(s.b, fmt(s.w->c, "%s.csv", s.path)), 200);
	assert_true(browse_has(s.b, "contested;\"7,000\";\"0,000\";\"-7,000\""));
	browse_free(s.b);
}

/* The week before, four people came for the first time: that is not said; five are. */
static void test_few_people_hidden(void **state)
{
	struct scene s;
	stage(*state, &s);
	come(&s, 0, day_of(2026, 11, 18), 4, "yanis");
	assert_true(tells(&s, "\"fresh\":0"));
	assert_true(browse_has(s.b, "\"fresh_hidden\":true"));
	come(&s, 0, day_of(2026, 11, 19), 1, "theo");
	assert_true(tells(&s, "\"fresh\":5"));
	/* Of this week nobody is counted yet: the day after would tell who began today. */
	come(&s, 0, day_of(2026, 11, 23), 6, "ines");
	assert_true(tells(&s, "\"fresh\":5"));
	browse_free(s.b);
}

static void test_whose_board(void **state)
{
	struct scene s;
	stage(*state, &s);
	person_id odile = { cast_number(s.w, "SELECT person AS value FROM membership WHERE id = %lld",
					(long long)s.odile.v) };
	browse_sign_in(s.b, odile);
	browse_act_as(s.b, s.odile);
	assert_int_equal(browse_get(s.b, s.path), 404);
	browse_free(s.b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_states),
		BOTH(test_few_people_hidden),
		BOTH(test_whose_board),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
