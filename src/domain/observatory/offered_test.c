/* What the search says is free or usable on a day is what a booking finds: each case beside every
 * shortest stay of that day, checked and quoted as a booking would be. */
#include "base/test.h"

#include "base/civil.h"
#include "bridges/grant.h"
#include "exchange_cast.h"
#include "observatory/finder.h"
#include "people/people.h"
#include "spaces/booking.h"
#include "spaces/occupation.h"
#include "spaces/space_sql.h"

#define TODAY (WORLD_NOW / 86400) /* a Tuesday; it is 10:00 in Paris */

struct scene {
	struct world *w;
	struct exchange_cast x;
	membership_id member;
	day on;
	bool free, usable;	     /* by quotes */
	bool says_free, says_usable; /* by the search */
};

/* One that could be booked; is it hers by a convention too? */
static rc try_one(struct ctx *c, struct scene *s, const struct stay *wanted, bool *usable)
{
	struct membership_row_list mine;
	struct right_offer_list offers = { 0 };
	struct stay t = *wanted;
	TRY(memberships_on(c, c->actor.person, t.on_day, &mine));
	t.person = c->actor.person;
	t.memberships = &mine;
	s->free = true;
	TRY(grant_source.quote(c, &t, &offers));
	for (size_t k = 0; k < offers.n; k++)
		*usable = *usable || offers.items[k].applies;
	return OK;
}

static rc try_all(struct ctx *c, struct scene *s)
{
	struct place_row place;
	struct space_row space;
	struct stay t;
	int64_t units;
	bool skilled;
	s->free = s->usable = false;
	TRY(place_get(c, s->x.places[0], &place));
	TRY(space_by_id(c, s->x.spaces[0], &space));
	TRY(is_qualified(c, c->actor.person, &space, s->on, &skilled));
	for (int64_t at = 0; skilled && at + stay_least(&space) <= 1440; at += space.granule) {
		if (stay_make(c, &space, &place, s->on, (minute){ at }, (minute){ at + stay_least(&space) },
			      1, &t) != OK) {
			c->failure = (struct failure){ 0 };
			continue;
		}
		TRY(stay_free(c, &t, (booking_id){ 0 }, &units));
		if (units >= (space.counted ? 1 : space.capacity))
			TRY(try_one(c, s, &t, &s->usable));
	}
	return OK;
}

static bool is_there(const struct finding *f, community_id id)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->x->at[f->at[i].record].id.v == id.v)
			return true;
	return false;
}

static rc look(struct ctx *c, void *arg)
{
	struct scene *s = arg;
	struct finder_ask ask = { .places = true, .lat_e5 = NONE, .lon_e5 = NONE, .km = NONE, .on = s->on };
	struct finding f;
	TRY(try_all(c, s));
	ask.free = true;
	TRY(finder_find(c, &ask, &f));
	s->says_free = is_there(&f, s->x.places[0]);
	ask.free = false;
	ask.usable = true;
	TRY(finder_find(c, &ask, &f));
	s->says_usable = is_there(&f, s->x.places[0]);
	return OK;
}

static struct scene *setting(struct world *w)
{
	struct scene *s = talloc_zero(w->c, struct scene);
	s->w = w;
	cast_exchange(w, &s->x, 1000, "free");
	w->c->actor.person = cast_person(w, "Inès", "ines@example.org");
	s->member = cast_member(w, w->c->actor.person, s->x.cae, "cape", ROLE_MEMBER);
	cast_run(w,
		 "INSERT INTO place (community, zone, opening, holidays, holidays_off, cancel_day_before, "
		 "cancel_minute, walk_in) VALUES (%lld, '', '', 'metropole', TRUE, TRUE, 1080, TRUE)",
		 (long long)s->x.places[0].v);
	cast_run(w, "UPDATE convention SET to_day = to_day + 365");
	cast_run(w, "UPDATE grant_rule SET to_day = to_day + 365");
	return s;
}

/* What is not said is usual: Paris, 8 to 18 every day, a space as the cast has it. */
static const struct {
	int ahead; /* days */
	const char *space, *opening, *holidays, *zone;
	bool free, usable;
} days[] = {
	{ .ahead = 0, .free = true, .usable = true },
	{ .ahead = -1 },
	/* Over by now; begun within the hour; at the hour of the place. */
	{ .ahead = 0, .opening = "06:00-09:00" },
	{ .ahead = 0, .opening = "06:00-10:00" },
	{ .ahead = 0, .opening = "06:00-10:15", .free = true, .usable = true },
	{ .ahead = 0,
	  .space = "granule = 60, shortest = 120, longest = 120",
	  .opening = "09:00-11:00",
	  .free = true,
	  .usable = true },
	{ .ahead = 0, .space = "granule = 60, shortest = 120, longest = 120", .opening = "08:00-10:00" },
	{ .ahead = 0, .opening = "08:00-12:00", .holidays = "reunion", .zone = "Indian/Reunion" },
	/* Public holidays of one territory: 26 and 20 December, 27 April, 22 May. */
	{ .ahead = 32, .free = true, .usable = true },
	{ .ahead = 32, .holidays = "alsace_moselle" },
	{ .ahead = 26, .holidays = "reunion", .zone = "Indian/Reunion" },
	{ .ahead = 26, .holidays = "mayotte", .zone = "Indian/Mayotte", .free = true, .usable = true },
	{ .ahead = 154, .holidays = "mayotte", .zone = "Indian/Mayotte" },
	{ .ahead = 179, .holidays = "martinique", .zone = "America/Martinique" },
	{ .ahead = 179,
	  .opening = "Mo-Su 08:00-18:00; PH 10:00-11:00",
	  .holidays = "martinique",
	  .zone = "America/Martinique",
	  .free = true,
	  .usable = true },
	/* Never open; at night; too short for its steps or its shortest stay. */
	{ .ahead = 1, .opening = "off" },
	{ .ahead = 1, .opening = "22:00-02:00", .free = true, .usable = true },
	{ .ahead = 1, .space = "granule = 60, shortest = 60", .opening = "09:10-10:25" },
	{ .ahead = 1, .space = "shortest = 135", .opening = "09:00-11:00" },
	{ .ahead = 1, .space = "longest = 120, shortest = 135" },
	/* How far ahead, and how long before. */
	{ .ahead = 20, .space = "horizon = 20", .free = true, .usable = true },
	{ .ahead = 21, .space = "horizon = 20" },
	{ .ahead = 0, .space = "notice = 480" },
	{ .ahead = 0, .space = "notice = 465", .free = true, .usable = true },
	{ .ahead = 1, .space = "notice = 1920" },
	/* Not hers to use; not what her convention names. */
	{ .ahead = 1, .space = "qualification = 'Tour'" },
	{ .ahead = 1, .space = "kind = 'room'", .free = true },
};

static void test_free_and_usable_are_what_a_quote_gives(void **state)
{
	struct scene *s = setting(*state);
	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		cast_run(s->w, "UPDATE place SET zone = '%s', opening = '%s', holidays = '%s'",
			 days[i].zone ? days[i].zone : "Europe/Paris",
			 days[i].opening ? days[i].opening : "08:00-18:00",
			 days[i].holidays ? days[i].holidays : "metropole");
		cast_run(s->w, "UPDATE space SET granule = 15, shortest = 15, longest = 1440, horizon = 365, "
			       "notice = 0, qualification = NULL, kind = 'desks'");
		cast_run(s->w, "UPDATE space SET %s", days[i].space ? days[i].space : "rank = 1");
		s->on.v = TODAY + days[i].ahead;
		assert_int_equal(db_read(s->w->c, look, s), OK);
		if (s->free != days[i].free || s->says_free != s->free || s->usable != days[i].usable ||
		    s->says_usable != s->usable)
			print_message("day %zu\n", i);
		assert_int_equal(s->free, days[i].free);
		assert_int_equal(s->says_free, s->free);
		assert_int_equal(s->usable, days[i].usable);
		assert_int_equal(s->says_usable, s->usable);
	}
}

/* Bookings of one unit take some of the day, or all of it. */
static void test_what_is_taken_is_free_between(void **state)
{
	struct scene *s = setting(*state);
	cast_run(s->w, "UPDATE place SET zone = 'Europe/Paris', opening = 'Mo-Su 08:00-18:00'");
	cast_run(s->w, "UPDATE space SET capacity = 2, shortest = 60");
	s->on.v = TODAY + 1;
	for (int i = 0; i < 2; i++)
		cast_booking(s->w, &s->x, 0, cast_person(s->w, "Léo", fmt(s->w->c, "leo%d@example.org", i)),
			     s->member, s->on, 1000); /* 9:00 to 17:00 */
	static const struct {
		const char *space;
		bool free;
	} table[] = {
		{ "shortest = 60", true },
		{ "shortest = 75", false },
		{ "capacity = 3", true },
		{ "capacity = 1", false },
		{ "shortest = 15", true },
		{ "counted = FALSE, shortest = 90", false },
		{ "counted = TRUE, capacity = 100", true },
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		cast_run(s->w, "UPDATE space SET %s", table[i].space);
		assert_int_equal(db_read(s->w->c, look, s), OK);
		if (s->says_free != table[i].free)
			print_message("%s\n", table[i].space);
		assert_int_equal(s->free, table[i].free);
		assert_int_equal(s->says_free, s->free);
		assert_int_equal(s->says_usable, s->usable);
	}
	/* Whole, and closed as a whole or alone. */
	cast_run(s->w,
		 "INSERT INTO closure (pub, community, from_day, to_day, reason) VALUES ('%s', %lld, %d, %d, "
		 "'travaux')",
		 cast_new_pub(s->w), (long long)s->x.places[0].v, (int)TODAY + 1, (int)TODAY + 1);
	assert_int_equal(db_read(s->w->c, look, s), OK);
	assert_false(s->free || s->says_free || s->says_usable);
	cast_run(s->w, "UPDATE closure SET space = %lld", (long long)s->x.spaces[0].v);
	assert_int_equal(db_read(s->w->c, look, s), OK);
	assert_false(s->free || s->says_free || s->says_usable);
}

/* Half a day is left: a place whose shortest stay is longer takes nobody by it. */
static void test_what_is_left_must_cover_the_shortest_stay(void **state)
{
	struct scene *s = setting(*state);
	cast_run(s->w, "UPDATE place SET zone = 'Europe/Paris', opening = 'Mo-Su 08:00-18:00'");
	cast_run(s->w, "UPDATE grant_rule SET measure = 'half_day', per_person = 500");
	s->on.v = TODAY + 1;
	for (int64_t shortest = 300; shortest <= 315; shortest += 15) {
		cast_run(s->w, "UPDATE space SET shortest = %lld", (long long)shortest);
		assert_int_equal(db_read(s->w->c, look, s), OK);
		assert_true(s->says_free);
		assert_int_equal(s->usable, shortest <= 300);
		assert_int_equal(s->says_usable, s->usable);
	}
	/* Of a day of eight hours, 501 thousandths are four hours. */
	cast_run(s->w, "UPDATE grant_rule SET measure = 'duration', per_person = 501");
	for (int64_t shortest = 225; shortest <= 255; shortest += 15) {
		cast_run(s->w, "UPDATE space SET shortest = %lld", (long long)shortest);
		assert_int_equal(db_read(s->w->c, look, s), OK);
		assert_int_equal(s->usable, shortest <= 240);
		assert_int_equal(s->says_usable, s->usable);
	}
	/* The convention ends before its right does. */
	cast_run(s->w, "UPDATE space SET shortest = 15");
	cast_run(s->w, "UPDATE convention SET to_day = %d", (int)TODAY);
	assert_int_equal(db_read(s->w->c, look, s), OK);
	assert_false(s->usable || s->says_usable);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_free_and_usable_are_what_a_quote_gives),
		BOTH(test_what_is_taken_is_free_between),
		BOTH(test_what_is_left_must_cover_the_shortest_stay),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
