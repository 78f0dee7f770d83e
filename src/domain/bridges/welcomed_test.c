/* Where a person is welcome on a day: what the search says is what the quote gives. */
#include "base/test.h"

#include "base/civil.h"
#include "bridges/grant.h"
#include "bridges/welcomed.h"
#include "exchange_cast.h"
#include "people/people.h"
#include "spaces/booking.h"
#include "spaces/space_sql.h"

#define TODAY (WORLD_NOW / 86400)
#define ON    (TODAY + 2)

struct scene {
	struct world *w;
	struct exchange_cast x;
	person_id ines;
	membership_id member;
	bool offered[CAST_PLACES];  /* by the quote */
	int64_t kinds[CAST_PLACES]; /* by the search */
};

static void furnish(struct scene *s, int i)
{
	cast_run(
		s->w,
		"INSERT INTO place (community, zone, opening, holidays, holidays_off, cancel_day_before, cancel_minute, "
		"walk_in) VALUES (%lld, 'Europe/Paris', 'Mo-Su 08:00-20:00', 'metropole', FALSE, TRUE, 1080, TRUE)",
		(long long)s->x.places[i].v);
}

static struct scene *setting(struct world *w)
{
	struct scene *s = talloc_zero(w->c, struct scene);
	s->w = w;
	cast_exchange(w, &s->x, 1000, "free");
	for (int i = 0; i < CAST_PLACES; i++)
		furnish(s, i);
	s->ines = cast_person(w, "Inès", "ines@example.org");
	s->member = cast_member(w, s->ines, s->x.cae, "cape", ROLE_MEMBER);
	return s;
}

static rc quote_at(struct ctx *c, struct scene *s, int i)
{
	struct place_row place;
	struct space_row space;
	struct membership_row_list mine;
	struct right_offer_list offers = { 0 };
	struct stay t;
	TRY(place_get(c, s->x.places[i], &place));
	TRY(space_by_id(c, s->x.spaces[i], &space));
	TRY(stay_make(c, &space, &place, (day){ ON }, (minute){ 540 }, (minute){ 555 }, 1, &t));
	TRY(memberships_on(c, s->ines, t.on_day, &mine));
	t.person = s->ines;
	t.memberships = &mine;
	TRY(grant_source.quote(c, &t, &offers));
	s->offered[i] = false;
	for (size_t k = 0; k < offers.n; k++)
		s->offered[i] = s->offered[i] || offers.items[k].applies;
	return OK;
}

static rc look(struct ctx *c, void *arg)
{
	struct scene *s = arg;
	struct welcoming_list l;
	TRY(places_welcoming(c, s->ines, (day){ ON }, &l));
	for (int i = 0; i < CAST_PLACES; i++) {
		s->kinds[i] = 0;
		for (size_t k = 0; k < l.n; k++)
			if (l.items[k].place.v == s->x.places[i].v && l.items[k].longest >= 15)
				s->kinds[i] |= l.items[k].kinds;
		TRY(quote_at(c, s, i));
	}
	return OK;
}

/* Of the first place; the others never disagree either. */
static bool is_welcome(struct scene *s, int kind)
{
	assert_int_equal(db_read(s->w->c, look, s), OK);
	for (int i = 0; i < CAST_PLACES; i++)
		assert_int_equal(s->kinds[i] >> kind & 1, s->offered[i]);
	return s->offered[0];
}

static void spend(struct scene *s, const char *scope, int64_t who, const char *period, int64_t cap,
		  int64_t used)
{
	cast_run(
		s->w,
		"INSERT INTO counter (owner_kind, owner, scope, scope_id, period, cap, held, used) VALUES ('grant', "
		"%lld, '%s', %lld, '%s', %lld, 0, %lld)",
		(long long)s->x.grant.v, scope, (long long)who, period, (long long)cap, (long long)used);
}

static void test_a_right_counts_on_its_own_days(void **state)
{
	struct scene *s = setting(*state);
	assert_true(is_welcome(s, SPACE_KIND_DESKS));
	cast_run(s->w, "UPDATE grant_rule SET to_day = %d", (int)ON - 1);
	assert_false(is_welcome(s, SPACE_KIND_DESKS));
	cast_run(s->w, "UPDATE grant_rule SET to_day = %d, from_day = %d", (int)ON + 9, (int)ON + 1);
	assert_false(is_welcome(s, SPACE_KIND_DESKS));
	cast_run(s->w, "UPDATE grant_rule SET from_day = %d", (int)ON);
	assert_true(is_welcome(s, SPACE_KIND_DESKS));
}

static void test_a_right_is_for_the_spaces_that_it_names(void **state)
{
	struct scene *s = setting(*state);
	cast_run(s->w, "UPDATE grant_rule SET space_kinds = 'room kitchen'");
	assert_false(is_welcome(s, SPACE_KIND_DESKS));
	assert_int_equal(s->kinds[0], 1 << SPACE_KIND_ROOM | 1 << SPACE_KIND_KITCHEN);
	cast_run(s->w, "UPDATE grant_rule SET statuses = 'cesa'");
	assert_false(is_welcome(s, SPACE_KIND_ROOM));
	assert_int_equal(s->kinds[0], 0);
}

static void test_machines_want_insurance(void **state)
{
	struct scene *s = setting(*state);
	cast_run(s->w, "UPDATE grant_rule SET space_kinds = 'workshop desks'");
	cast_run(s->w, "UPDATE space SET kind = 'workshop'");
	assert_false(is_welcome(s, SPACE_KIND_WORKSHOP));
	assert_int_equal(s->kinds[0], 1 << SPACE_KIND_DESKS);
	cast_run(s->w, "UPDATE party SET insured_until = %d WHERE side = 'sender'", (int)ON);
	assert_true(is_welcome(s, SPACE_KIND_WORKSHOP));
}

static void test_what_is_spent_is_no_welcome(void **state)
{
	struct scene *s = setting(*state);
	spend(s, "person", s->ines.v, "2026", 9000, 8000);
	assert_true(is_welcome(s, SPACE_KIND_DESKS));
	cast_run(s->w, "UPDATE counter SET held = 500");
	assert_false(is_welcome(s, SPACE_KIND_DESKS));
	cast_run(s->w, "UPDATE grant_rule SET measure = 'half_day'");
	assert_true(is_welcome(s, SPACE_KIND_DESKS));
	cast_run(s->w, "UPDATE counter SET held = 1000");
	assert_false(is_welcome(s, SPACE_KIND_DESKS));
	cast_run(s->w, "UPDATE counter SET period = '2025'");
	assert_true(is_welcome(s, SPACE_KIND_DESKS));
	spend(s, "sender", s->x.cae.v, "2026", 180000, 180000);
	assert_false(is_welcome(s, SPACE_KIND_DESKS));
	cast_run(s->w, "UPDATE grant_rule SET per_sender = NULL, per_place = 20000");
	assert_true(is_welcome(s, SPACE_KIND_DESKS));
	spend(s, "place", s->x.places[0].v, "2026", 20000, 20000);
	assert_false(is_welcome(s, SPACE_KIND_DESKS));
	assert_true(s->offered[1]);
}

static void test_a_day_that_is_counted_is_hers_whatever_is_left(void **state)
{
	struct scene *s = setting(*state);
	spend(s, "person", s->ines.v, "2026", 9000, 9000);
	assert_false(is_welcome(s, SPACE_KIND_DESKS));
	cast_booking(s->w, &s->x, 0, s->ines, s->member, (day){ ON }, 1000);
	assert_true(is_welcome(s, SPACE_KIND_DESKS));
	assert_false(s->offered[1]);
}

/* Days counted by the quarter before an amendment count in the year after it. */
static void test_what_was_counted_by_another_period_counts(void **state)
{
	struct scene *s = setting(*state);
	booking_id b = cast_booking(s->w, &s->x, 1, s->ines, s->member, (day){ TODAY - 20 }, 9000);
	spend(s, "person", s->ines.v, "2026-T4", 9000, 9000);
	cast_run(
		s->w,
		"INSERT INTO booking_counter (booking, counter, quantity, state) VALUES (%lld, %lld, 9000, 'used')",
		(long long)b.v, (long long)cast_last(s->w, "counter"));
	assert_true(is_welcome(s, SPACE_KIND_DESKS));
	cast_run(
		s->w,
		"INSERT INTO grant_rule (pub, version, rank, name, statuses, space_kinds, measure, price_kind, price_value, "
		"period, per_person, from_day, to_day, lineage) SELECT '%s', version, 2, name, 'nobody', space_kinds, measure, "
		"price_kind, price_value, 'quarter', per_person, from_day, to_day, id FROM grant_rule",
		cast_new_pub(s->w));
	assert_false(is_welcome(s, SPACE_KIND_DESKS));
}

static void test_who_is_leaving_or_suspended_or_owes_too_much(void **state)
{
	struct scene *s = setting(*state);
	cast_run(s->w, "UPDATE party SET state = 'leaving', leaves_on = %d WHERE side = 'sender'", (int)ON);
	assert_true(is_welcome(s, SPACE_KIND_DESKS));
	cast_run(s->w, "UPDATE party SET leaves_on = %d WHERE side = 'sender'", (int)ON - 1);
	assert_false(is_welcome(s, SPACE_KIND_DESKS));
	cast_run(s->w, "UPDATE party SET state = 'suspended', leaves_on = NULL WHERE side = 'sender'");
	assert_false(is_welcome(s, SPACE_KIND_DESKS));
	cast_run(s->w, "UPDATE party SET state = 'active'");
	assert_true(is_welcome(s, SPACE_KIND_DESKS));
	cast_run(s->w, "UPDATE convention_version SET credit_limit = 5000");
	for (int i = 0; i < 2; i++)
		cast_run(
			s->w,
			"INSERT INTO ledger_account (pub, chain, owner, purpose, unit) VALUES ('%s', %lld, %lld, 'exchange', "
			"'credit')",
			cast_new_pub(s->w), (long long)s->x.chain.v,
			(long long)(i ? s->x.places[0].v : s->x.cae.v));
	long long host = (long long)cast_last(s->w, "ledger_account");
	assert_true(is_welcome(s, SPACE_KIND_DESKS));
	cast_run(
		s->w,
		"INSERT INTO ledger_entry (pub, chain, seq, from_account, to_account, quantity, on_day, posted_at, fact_kind, "
		"fact_pub, prev, hash) SELECT '%s', %lld, 1, %lld, %lld, 5000, 0, 0, 'use', '', head, head FROM chain "
		"WHERE id = %lld",
		cast_new_pub(s->w), (long long)s->x.chain.v, host - 1, host, (long long)s->x.chain.v);
	assert_false(is_welcome(s, SPACE_KIND_DESKS));
	assert_true(s->offered[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_a_right_counts_on_its_own_days),
		BOTH(test_a_right_is_for_the_spaces_that_it_names),
		BOTH(test_machines_want_insurance),
		BOTH(test_what_is_spent_is_no_welcome),
		BOTH(test_a_day_that_is_counted_is_hers_whatever_is_left),
		BOTH(test_what_was_counted_by_another_period_counts),
		BOTH(test_who_is_leaving_or_suspended_or_owes_too_much),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
