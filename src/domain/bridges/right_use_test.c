/* A right in use: cancelling too late, the limit of what is owed, an amendment that changes how it counts. */
#include "base/test.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/civil.h"
#include "bridges/grant.h"
#include "bridges/terms.h"
#include "ledger/ledger.h"
#include "people/people.h"
#include "right_cast.h"
#include "spaces/booking.h"
#include "spaces/booking_sql.h"
#include "spaces/contest.h"
#include "spaces/pass.h"
#include "spaces/space_sql.h"

static booking_id book(struct right_cast *s, int place, int days, int from, int to)
{
	struct right_wish k = { .s = s, .place = place, .days = days, .from = from, .to = to };
	assert_int_equal(db_write(s->w->c, cast_right_book, &k), OK);
	assert_int_equal(k.out.right_kind, RIGHT_KIND_GRANT);
	return k.out.id;
}

struct move {
	rc (*f)(struct ctx *c, booking_id id);
	booking_id id;
};

static rc move(struct ctx *c, void *arg)
{
	struct move *m = arg;
	return m->f(c, m->id);
}

static rc act(struct right_cast *s, rc (*f)(struct ctx *c, booking_id id), booking_id id)
{
	struct move m = { f, id };
	return db_write(s->w->c, move, &m);
}

struct sum {
	const struct right_cast *s;
	int64_t owed;
	const char *broken;
};

static rc ask(struct ctx *c, void *arg)
{
	struct sum *a = arg;
	int64_t facts;
	quantity q;
	for (int i = 0; i < CAST_PLACES; i++) {
		TRY(ledger_owed(c, a->s->x.chain, a->s->x.cae, a->s->x.places[i], &q));
		a->owed += q.v;
	}
	return exchange_verify(c, &facts, &a->broken);
}

static int64_t owed(struct right_cast *s)
{
	struct sum a = { .s = s };
	assert_int_equal(db_write(s->w->c, ask, &a), OK);
	assert_null(a.broken);
	return a.owed;
}

static void assert_counted(struct right_cast *s, int64_t held, int64_t used)
{
	assert_int_equal(
		cast_number(s->w,
			    "SELECT COALESCE(SUM(held), 0) AS value FROM counter WHERE scope = 'person'"),
		held);
	assert_int_equal(
		cast_number(s->w,
			    "SELECT COALESCE(SUM(used), 0) AS value FROM counter WHERE scope = 'person'"),
		used);
}

static int64_t letters(struct world *w)
{
	return cast_number(w, "SELECT COUNT(*) AS value FROM mail WHERE kind = 'booking.recorded'");
}

static int64_t late(struct world *w)
{
	return cast_number(w, "SELECT COUNT(*) AS value FROM booking WHERE late_at IS NOT NULL");
}

/* In time nothing is kept, whatever is said. */
static void test_in_time(void **state)
{
	struct right_cast *s = cast_right(*state, "'counts'", "NULL");
	booking_id b = book(s, 0, 1, 540, 1020);
	assert_counted(s, 1000, 0);
	s->w->c->now.v += 8 * 3600 - 1;
	assert_int_equal(act(s, booking_cancel, b), OK);
	assert_counted(s, 0, 0);
	assert_int_equal(owed(s), 0);
	assert_int_equal(late(s->w) + letters(s->w), 0);
}

static void test_too_late_counts(void **state)
{
	struct right_cast *s = cast_right(*state, "'counts'", "NULL");
	booking_id b = book(s, 0, 1, 540, 1020);
	s->w->c->now.v += 8 * 3600;
	assert_int_equal(act(s, booking_cancel, b), OK);
	assert_counted(s, 0, 1000);
	assert_int_equal(owed(s), RIGHT_CREDITS);
	assert_int_equal(late(s->w), 1);
	assert_int_equal(letters(s->w), 1);
	assert_string_equal(
		cast_text(s->w, "SELECT kind AS value FROM exchange_fact WHERE cancelled_at IS NOT NULL"),
		"no_show");
	/* The place is free again; the day is counted, once. */
	assert_int_equal(act(s, booking_arrive, b), E_CONFLICT);
	booking_id again = book(s, 0, 1, 540, 720);
	assert_counted(s, 0, 1000);
	s->w->c->now.v += 86400;
	assert_int_equal(act(s, booking_arrive, again), OK);
	assert_int_equal(owed(s), RIGHT_CREDITS);
}

static void test_too_late_free(void **state)
{
	struct right_cast *s = cast_right(*state, "'free'", "NULL");
	booking_id b = book(s, 0, 1, 540, 1020);
	s->w->c->now.v += 10 * 3600;
	assert_int_equal(act(s, booking_cancel, b), OK);
	assert_counted(s, 0, 0);
	assert_int_equal(owed(s), 0);
	assert_int_equal(late(s->w) + letters(s->w), 0);
}

/* Signed before it could be said: what was held stays used as for who does not come, nothing is owed. */
static void test_nothing_said(void **state)
{
	struct right_cast *s = cast_right(*state, "NULL", "NULL");
	booking_id b = book(s, 0, 1, 540, 1020);
	s->w->c->now.v += 10 * 3600;
	assert_int_equal(act(s, booking_cancel, b), OK);
	assert_counted(s, 0, 1000);
	assert_int_equal(owed(s), 0);
	assert_int_equal(cast_number(s->w, "SELECT COUNT(*) AS value FROM exchange_fact"), 0);
	assert_int_equal(letters(s->w), 1);
}

/* The right has its own deadline: the place's does not matter. */
static void test_hours_of_the_right(void **state)
{
	struct right_cast *s = cast_right(*state, "'counts'", "48");
	booking_id soon = book(s, 0, 2, 540, 1020), later = book(s, 0, 3, 540, 1020);
	assert_int_equal(act(s, booking_cancel, soon), OK); /* 47 hours before */
	assert_int_equal(owed(s), RIGHT_CREDITS);
	assert_int_equal(act(s, booking_cancel, later), OK);
	assert_int_equal(owed(s), RIGHT_CREDITS);
}

static void test_short_hours(void **state)
{
	struct right_cast *s = cast_right(*state, "'counts'", "2");
	booking_id b = book(s, 0, 1, 540, 1020), other = book(s, 1, 1, 540, 1020);
	s->w->c->now.v += 21 * 3600 - 1; /* 6:59:59 of that day */
	assert_int_equal(act(s, booking_cancel, b), OK);
	assert_int_equal(owed(s), 0);
	s->w->c->now.v++;
	assert_int_equal(act(s, booking_cancel, other), OK);
	assert_int_equal(owed(s), RIGHT_CREDITS);
}

/* Whoever else cancels, she owes nothing. */
static void test_host_cancels(void **state)
{
	struct right_cast *s = cast_right(*state, "'counts'", "NULL");
	booking_id b = book(s, 0, 1, 540, 1020);
	s->w->c->now.v += 10 * 3600;
	s->w->c->actor = (struct actor){ .person = s->host, .community = s->x.places[0] };
	assert_int_equal(act(s, booking_cancel, b), OK);
	assert_counted(s, 0, 0);
	assert_int_equal(owed(s), 0);
	assert_int_equal(late(s->w), 0);
}

/* Of two bookings of a day one is counted: the other inherits, whichever is cancelled. */
static void test_day_has_an_heir(void **state)
{
	struct right_cast *s = cast_right(*state, "'counts'", "NULL");
	booking_id first = book(s, 0, 1, 540, 720), second = book(s, 0, 1, 840, 1020);
	s->w->c->now.v += 10 * 3600;
	assert_int_equal(act(s, booking_cancel, first), OK);
	assert_counted(s, 1000, 0);
	assert_int_equal(owed(s), 0);
	assert_int_equal(late(s->w), 0);
	assert_int_equal(act(s, booking_cancel, second), OK);
	assert_counted(s, 0, 1000);
	assert_int_equal(owed(s), RIGHT_CREDITS);
	assert_int_equal(late(s->w), 1);
}

static rc contest(struct ctx *c, void *arg)
{
	return contest_make(c, *(const booking_id *)arg, "Le lieu m’a dit de ne pas venir.");
}

static rc accept_contest(struct ctx *c, void *arg)
{
	const struct right_cast *s = arg;
	struct contest_line_list l;
	TRY(contests_open(c, s->x.places[0], &l));
	assert_int_equal(l.n, 1);
	return contest_answer(c, l.items[0].pub, s->x.places[0], true, NULL);
}

/* Contested at once, before its day: the reversal is of the same day as the fact. */
static void test_contested(void **state)
{
	struct right_cast *s = cast_right(*state, "'counts'", "NULL");
	booking_id b = book(s, 0, 1, 540, 1020);
	s->w->c->now.v += 10 * 3600;
	assert_int_equal(db_write(s->w->c, contest, &b), E_CONFLICT);
	assert_int_equal(act(s, booking_cancel, b), OK);
	assert_int_equal(db_write(s->w->c, contest, &b), OK);
	assert_int_equal(owed(s), RIGHT_CREDITS);
	assert_int_equal(db_write(s->w->c, accept_contest, s), OK);
	assert_int_equal(owed(s), 0);
	assert_counted(s, 0, 0);
	assert_int_equal(late(s->w), 0);
	assert_string_equal(cast_text(s->w, "SELECT status AS value FROM booking"), "cancelled");
	assert_int_equal(cast_number(s->w, "SELECT COUNT(DISTINCT on_day) AS value FROM exchange_fact"), 1);
	assert_int_equal(db_write(s->w->c, contest, &b), E_CONFLICT);
}

struct quoting {
	const struct right_cast *s;
	int days;
	struct right_offer_list offers;
};

static rc quote(struct ctx *c, void *arg)
{
	struct quoting *k = arg;
	struct place_row place;
	struct space_row space;
	struct membership_row_list mine;
	struct stay s;
	TRY(place_get(c, k->s->x.places[0], &place));
	TRY(space_by_id(c, k->s->x.spaces[0], &space));
	TRY(stay_make(c, &space, &place, (day){ RIGHT_TODAY + k->days }, (minute){ 540 }, (minute){ 1020 }, 1,
		      &s));
	TRY(memberships_on(c, k->s->yanis, s.on_day, &mine));
	s.person = k->s->yanis;
	s.memberships = &mine;
	return stay_quote(c, &s, NULL, &k->offers);
}

/* At 79, 80, 99 and 100 % of the limit: nothing, a warning, a stop that says what to do. */
static void at_limit(struct right_cast *s, int64_t limit, const char *note, bool applies)
{
	struct quoting k = { .s = s, .days = 9 };
	cast_run(s->w, "UPDATE convention_version SET credit_limit = %lld", (long long)limit);
	assert_int_equal(db_read(s->w->c, quote, &k), OK);
	assert_int_equal(k.offers.n, 1);
	const struct right_offer *o = &k.offers.items[0];
	assert_true(o->applies == applies);
	assert_true((o->note && strstr(o->note, "approche")) == (strcmp(note, "near") == 0));
	assert_true((o->why_not && strstr(o->why_not, "atelier")) == !applies);
}

static void test_credit_limit(void **state)
{
	struct right_cast *s = cast_right(*state, "'counts'", "NULL");
	booking_id b = book(s, 0, 0, 660, 1020);
	assert_int_equal(act(s, booking_arrive, b), OK);
	assert_int_equal(owed(s), RIGHT_CREDITS);
	at_limit(s, RIGHT_CREDITS * 100 / 79 + 1, "", true);
	at_limit(s, RIGHT_CREDITS * 100 / 80, "near", true);
	at_limit(s, RIGHT_CREDITS + 1, "near", true);
	at_limit(s, RIGHT_CREDITS, "", false);
	assert_int_equal(limit_state_of((quantity){ 790 }, (quantity){ 1000 }), LIMIT_FAR);
	assert_int_equal(limit_state_of((quantity){ 800 }, (quantity){ 1000 }), LIMIT_NEAR);
	assert_int_equal(limit_state_of((quantity){ 1000 }, (quantity){ 1000 }), LIMIT_REACHED);
	assert_int_equal(limit_state_of((quantity){ 9000 }, (quantity){ NONE }), LIMIT_FAR);
}

/* What a month, or a year, has counted before is not given twice; a year is not
 * full for what another month has. */
static void period_amended(struct world *w, const char *before, const char *after, int64_t cap, int more)
{
	struct right_cast *s = cast_right(w, "'counts'", "NULL");
	cast_run(w, "UPDATE grant_rule SET period = '%s'", before);
	book(s, 0, 0, 660, 1020);
	book(s, 0, 1, 540, 1020);
	cast_amend(s, after, cap);
	for (int i = 0; i <= more; i++) {
		struct right_wish k = {
			.s = s, .place = i % CAST_PLACES, .days = 2 + i, .from = 540, .to = 1020
		};
		assert_int_equal(db_write(w->c, cast_right_book, &k), i < more ? OK : E_DENIED);
	}
	struct right_wish december = { .s = s, .days = 10, .from = 540, .to = 1020 };
	assert_int_equal(db_write(w->c, cast_right_book, &december),
			 strcmp(after, "month") == 0 ? OK : E_DENIED);
}

static void test_year_becomes_month(void **state)
{
	period_amended(*state, "year", "month", 4000, 2);
}

static void test_month_becomes_year(void **state)
{
	period_amended(*state, "month", "year", 3000, 1);
}

/* A no-show that was free, corrected after others were booked on what it left, in periods of
 * another length: it counts again only where there is still something to count. */
static void corrected(struct world *w, int64_t cap, rc expected)
{
	struct right_cast *s = cast_right(w, "'counts'", "NULL");
	cast_run(w, "UPDATE grant_rule SET period = 'month'");
	cast_run(w, "UPDATE convention_version SET no_show = 'free'");
	booking_id missed = book(s, 0, 0, 660, 1020);
	w->c->now.v += 2 * 3600;
	assert_int_equal(act(s, booking_no_show, missed), OK);
	assert_counted(s, 0, 0);
	cast_amend(s, "year", cap);
	book(s, 0, 2, 540, 1020);
	book(s, 0, 3, 540, 1020);
	assert_int_equal(act(s, booking_arrive, missed), expected);
	assert_int_equal(act(s, booking_undo_no_show, missed), expected == OK ? E_CONFLICT : expected);
	assert_counted(s, 2000, expected == OK ? 1000 : 0);
	assert_int_equal(owed(s), expected == OK ? RIGHT_CREDITS : 0);
}

static void test_correction_beyond_another_period(void **state)
{
	corrected(*state, 2000, E_QUOTA);
}

static void test_correction_within_another_period(void **state)
{
	corrected(*state, 3000, OK);
}

/* What was booked is honoured when a party has left meanwhile, and a day is still closed when its
 * convention is over; nobody books any more, and the quote says why. */
static void honoured(struct world *w, const char *over, const char *why)
{
	struct right_cast *s = cast_right(w, "'counts'", "NULL");
	booking_id b = book(s, 0, 3, 540, 1020);
	struct right_wish after = { .s = s, .place = 0, .days = 9, .from = 540, .to = 1020 };
	struct quoting q = { .s = s, .days = 9 };
	cast_run(w, "%s", over);
	w->c->now.v += 4 * 86400;
	assert_int_equal(conventions_end(w->c), OK);
	assert_int_equal(act(s, booking_arrive, b), OK);
	assert_int_equal(owed(s), RIGHT_CREDITS);
	assert_int_equal(db_write(w->c, cast_right_book, &after), E_DENIED);
	assert_int_equal(db_read(w->c, quote, &q), OK);
	assert_int_equal(q.offers.n, 1);
	assert_non_null(strstr(q.offers.items[0].why_not, why));
	/* Not for ever. */
	w->c->now.v += 80 * 86400;
	q.days = 90;
	assert_int_equal(db_read(w->c, quote, &q), OK);
	assert_int_equal(q.offers.n, 0);
}

static void test_honoured_after_leaving(void **state)
{
	char sql[160];
	snprintf(sql, sizeof sql, "UPDATE party SET state = 'leaving', leaves_on = %d WHERE side = 'sender'",
		 (int)RIGHT_TODAY + 1);
	honoured(*state, sql, "quitté");
}

static void test_closed_after_the_end(void **state)
{
	char sql[160];
	snprintf(sql, sizeof sql, "UPDATE convention SET to_day = %d", (int)RIGHT_TODAY + 3);
	honoured(*state, sql, "terminé");
}

/* Its day was counted under the version of before: the other booking inherits it. */
static void test_heir_of_another_version(void **state)
{
	struct right_cast *s = cast_right(*state, "'counts'", "NULL");
	booking_id first = book(s, 0, 5, 540, 720);
	cast_amend(s, "year", 9000);
	booking_id second = book(s, 0, 5, 840, 1020);
	assert_counted(s, 1000, 0);
	assert_int_equal(act(s, booking_cancel, first), OK);
	assert_counted(s, 1000, 0);
	assert_int_equal(cast_number(s->w, "SELECT measure AS value FROM booking WHERE id = %lld",
				     (long long)second.v),
			 1000);
}

struct change {
	const struct right_cast *s;
	booking_id id;
	int days;
};

static rc change(struct ctx *c, void *arg)
{
	const struct change *k = arg;
	struct place_row place;
	struct space_row space;
	struct membership_row_list mine;
	struct booking_row out;
	struct stay s;
	TRY(place_get(c, k->s->x.places[0], &place));
	TRY(space_by_id(c, k->s->x.spaces[0], &space));
	TRY(stay_make(c, &space, &place, (day){ RIGHT_TODAY + k->days }, (minute){ 540 }, (minute){ 1020 }, 1,
		      &s));
	TRY(memberships_on(c, k->s->yanis, s.on_day, &mine));
	s.person = k->s->yanis;
	s.memberships = &mine;
	return booking_change(c, k->id, &s, &out);
}

/* Moving is no way around the deadline, where there is something to go around. */
static void moved(struct world *w, const char *rule, rc expected)
{
	struct right_cast *s = cast_right(w, rule, "NULL");
	struct change k = { .s = s, .id = book(s, 0, 1, 540, 1020), .days = 8 };
	s->w->c->now.v += 8 * 3600;
	assert_int_equal(db_write(w->c, change, &k), expected);
	if (expected != OK)
		assert_string_equal(world_key(w->c), "booking.too_late");
	assert_int_equal(owed(s), 0);
	assert_counted(s, 1000, 0);
}

static void test_moving_too_late(void **state)
{
	moved(*state, "'counts'", E_CONFLICT);
}

static void test_moving_where_late_is_free(void **state)
{
	moved(*state, "'free'", OK);
}

/* Cancelled at any time, contested or not, come or not: what is used and owed is what a
 * model of days says. */
static void test_random(void **state)
{
	struct right_cast *s = cast_right(*state, "'counts'", "NULL");
	struct {
		booking_id id;
		int place, days;
	} all[18];
	int64_t days = 0;
	cast_run(s->w, "UPDATE grant_rule SET per_person = 90000");
	srand(35);
	for (int i = 0; i < 18; i++)
		all[i].id = book(s, all[i].place = i % CAST_PLACES, all[i].days = 1 + i / CAST_PLACES, 540,
				 1020);
	for (int hour = 0; hour < 150; hour++) {
		s->w->c->now.v = WORLD_NOW + hour * 3600;
		int i = rand() % 18;
		bool is_late = hour >= all[i].days * 24 - 16;
		if (rand() % (is_late ? 2 : 12) == 0)
			days += act(s, booking_cancel, all[i].id) == OK && is_late;
		else
			days += act(s, booking_arrive, all[i].id) == OK;
		assert_int_equal(owed(s), days * RIGHT_CREDITS);
		assert_int_equal(
			cast_number(
				s->w,
				"SELECT COALESCE(SUM(used), 0) AS value FROM counter WHERE scope = 'person'"),
			days * 1000);
	}
	assert_true(days > 5 && late(s->w) > 2);
}

struct door {
	const struct right_cast *s;
	person_id who;
	struct usable_space_list usable;
};

static rc at_the_door(struct ctx *c, void *arg)
{
	struct door *d = arg;
	return usable_now(c, d->s->x.places[0], d->who, &d->usable);
}

/* Who has not signed yet may come in all the same: the charter is signed at the counter. */
static void test_the_pass_leads_to_the_charter(void **state)
{
	struct right_cast *s = cast_right(*state, "NULL", "NULL");
	struct door d = { .s = s, .who = s->yanis };
	assert_int_equal(db_read(s->w->c, at_the_door, &d), OK);
	assert_true(d.usable.items[0].usable && !d.usable.items[0].right.needs_charter);
	d.who = cast_person(s->w, "Zoé", "zoe@example.org");
	cast_member(s->w, d.who, s->x.cae, "cape", ROLE_MEMBER);
	assert_int_equal(db_read(s->w->c, at_the_door, &d), OK);
	assert_true(d.usable.items[0].usable && d.usable.items[0].right.needs_charter);
	assert_non_null(d.usable.items[0].right.charter_href);
}

/* A day counts once for each, not once for all who came. */
static void test_each_counts_her_own_day(void **state)
{
	struct world *w = *state;
	struct right_cast *s = cast_right(w, "'counts'", "NULL");
	person_id awa = cast_person(w, "Awa", "awa@example.org");
	membership_id m = cast_member(w, awa, s->x.cae, "cape", ROLE_MEMBER);
	cast_run(w, "UPDATE grant_rule SET measure = 'day'");
	(void)cast_booking(w, &s->x, 0, awa, m, (day){ RIGHT_TODAY + 1 }, 1000);
	booking_id first = book(s, 0, 1, 540, 600), second = book(s, 0, 1, 660, 720);
	assert_int_equal(
		cast_number(w, "SELECT measure AS value FROM booking WHERE id = %lld", (long long)first.v),
		1000);
	assert_int_equal(
		cast_number(w, "SELECT measure AS value FROM booking WHERE id = %lld", (long long)second.v),
		0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_in_time),
		BOTH(test_too_late_counts),
		BOTH(test_too_late_free),
		BOTH(test_nothing_said),
		BOTH(test_hours_of_the_right),
		BOTH(test_short_hours),
		BOTH(test_host_cancels),
		BOTH(test_day_has_an_heir),
		BOTH(test_contested),
		BOTH(test_credit_limit),
		BOTH(test_year_becomes_month),
		BOTH(test_month_becomes_year),
		BOTH(test_correction_beyond_another_period),
		BOTH(test_correction_within_another_period),
		BOTH(test_honoured_after_leaving),
		BOTH(test_closed_after_the_end),
		BOTH(test_heir_of_another_version),
		BOTH(test_moving_too_late),
		BOTH(test_moving_where_late_is_free),
		BOTH(test_random),
		BOTH(test_each_counts_her_own_day),
		BOTH(test_the_pass_leads_to_the_charter),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
