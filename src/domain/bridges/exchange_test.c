#include "base/test.h"

#include <stdlib.h>

#include "base/civil.h"
#include "base/pubid.h"
#include "bridges/follow_up.h"
#include "bridges/grant.h"
#include "bridges/statement.h"
#include "exchange_cast.h"
#include "ledger/ledger.h"
#include "spaces/booking.h"
#include "spaces/booking_sql.h"
#include "spaces/contest.h"

struct act {
	const struct fact_sink *sink;
	booking_id booking;
	int status;
	bool undone;
};

static rc act(struct ctx *c, void *arg)
{
	struct act *a = arg;
	struct booking_row b;
	TRY(booking_by_id(c, a->booking, &b));
	return exchange_sink.happened(c, &b, a->status, a->undone);
}

static void happen(struct ctx *c, booking_id b, int status, bool undone)
{
	struct act a = { .booking = b, .status = status, .undone = undone };
	assert_int_equal(db_write(c, act, &a), OK);
}

struct ask {
	const struct exchange_cast *x;
	int place;
	quantity owed;
	int64_t facts, chains, rows;
	const char *broken, *ledger_broken;
};

static rc ask(struct ctx *c, void *arg)
{
	struct ask *a = arg;
	TRY(ledger_owed(c, a->x->chain, a->x->cae, a->x->places[a->place], &a->owed));
	TRY(ledger_verify(c, &a->chains, &a->rows, &a->ledger_broken));
	return exchange_verify(c, &a->facts, &a->broken);
}

static int64_t owed(struct ctx *c, const struct exchange_cast *x, int place)
{
	struct ask a = { .x = x, .place = place };
	assert_int_equal(db_write(c, ask, &a), OK);
	assert_null(a.broken);
	assert_null(a.ledger_broken);
	return a.owed.v;
}

static void test_rounding(void **state)
{
	(void)state;
	assert_int_equal(quantity_times((quantity){ 1000 }, (quantity){ 1000 }).v, 1000);
	assert_int_equal(quantity_times((quantity){ 500 }, (quantity){ 1500 }).v, 750);
	assert_int_equal(quantity_times((quantity){ 1 }, (quantity){ 499 }).v, 0);
	assert_int_equal(quantity_times((quantity){ 1 }, (quantity){ 500 }).v, 1);
	assert_int_equal(quantity_times((quantity){ 333 }, (quantity){ 1001 }).v, 333);
	assert_int_equal(quantity_times((quantity){ 0 }, (quantity){ 4000 }).v, 0);
}

static void test_pro_rata(void **state)
{
	(void)state;
	const int64_t uneven[] = { 5, 3, 3 };
	quantity p[7];
	pro_rata((quantity){ 4000 }, uneven, 3, p);
	assert_int_equal(
		p[0].v,
		1819); /* 1818.18: the two thousandths left, largest first, then the first of equals */
	assert_int_equal(p[1].v, 1091);
	assert_int_equal(p[2].v, 1090);
	srand(7);
	for (int round = 0; round < 20000; round++) {
		int64_t w[7], sum = 0, all = 0, total = rand() % 100000;
		size_t n = (size_t)(1 + rand() % 7);
		for (size_t i = 0; i < n; i++)
			all += w[i] = 1 + rand() % 12;
		pro_rata((quantity){ total }, w, n, p);
		for (size_t i = 0; i < n; i++) {
			sum += p[i].v;
			assert_true(p[i].v == total * w[i] / all || p[i].v == total * w[i] / all + 1);
		}
		assert_int_equal(sum, total);
	}
}

static void test_workshop_worth(void **state)
{
	(void)state;
	struct workshop_terms t = { .value = WORKSHOP_VALUE_FLAT, .credit = { 4000 }, .minimum = 3 };
	quantity one = { 1000 }, two = { 2000 };
	assert_int_equal(workshop_worth(&t, one, 2).v, 0);
	assert_int_equal(workshop_worth(&t, one, 3).v, 4000);
	assert_int_equal(workshop_worth(&t, two, 3).v, 8000);
	t.value = WORKSHOP_VALUE_PER_ATTENDEE;
	t.credit.v = 300;
	assert_int_equal(workshop_worth(&t, two, 7).v, 2100);
	t.value = WORKSHOP_VALUE_BAND;
	t.bands = "10:4 5:2";
	assert_int_equal(workshop_worth(&t, one, 4).v, 0);
	assert_int_equal(workshop_worth(&t, one, 5).v, 2000);
	assert_int_equal(workshop_worth(&t, one, 9).v, 2000);
	assert_int_equal(workshop_worth(&t, two, 10).v, 8000);
	t.bands = "nonsense";
	assert_int_equal(workshop_worth(&t, one, 9).v, 0);
}

static void test_presence(void **state)
{
	struct world *w = *state;
	struct exchange_cast x;
	cast_exchange(w, &x, 1500, "counts");
	person_id p = cast_person(w, "Yanis", "yanis@example.org");
	membership_id m = cast_member(w, p, x.cae, "cape", ROLE_MEMBER);
	day d = day_of(2026, 11, 20);
	booking_id b = cast_booking(w, &x, 0, p, m, d, 1000);
	happen(w->c, b, BOOKING_STATUS_CONFIRMED, false);
	assert_int_equal(owed(w->c, &x, 0), 0);
	happen(w->c, b, BOOKING_STATUS_PRESENT, false);
	assert_int_equal(owed(w->c, &x, 0), 1500);
	assert_int_equal(owed(w->c, &x, 1), 0);
	/* Taken back, once: what stands is nothing. */
	happen(w->c, b, BOOKING_STATUS_PRESENT, true);
	assert_int_equal(owed(w->c, &x, 0), 0);
	happen(w->c, b, BOOKING_STATUS_PRESENT, true);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM exchange_fact"), 2);
	/* And again. */
	happen(w->c, b, BOOKING_STATUS_PRESENT, false);
	assert_int_equal(owed(w->c, &x, 0), 1500);
	/* A second booking of the same day counts nothing: a fact, no entry. */
	happen(w->c, cast_booking(w, &x, 0, p, m, d, 0), BOOKING_STATUS_PRESENT, false);
	assert_int_equal(owed(w->c, &x, 0), 1500);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM exchange_fact WHERE entry IS NULL"),
			 1);
}

static void no_show(struct world *w, const char *rule, int64_t expected)
{
	struct exchange_cast x;
	cast_exchange(w, &x, 1000, rule);
	person_id p = cast_person(w, "Yanis", "yanis@example.org");
	membership_id m = cast_member(w, p, x.cae, "cape", ROLE_MEMBER);
	booking_id b = cast_booking(w, &x, 0, p, m, day_of(2026, 11, 20), 500);
	happen(w->c, b, BOOKING_STATUS_NO_SHOW, false);
	assert_int_equal(owed(w->c, &x, 0), expected);
	happen(w->c, b, BOOKING_STATUS_NO_SHOW, true);
	assert_int_equal(owed(w->c, &x, 0), 0);
}

static void test_no_show_counts(void **state)
{
	no_show(*state, "counts", 500);
}

static void test_no_show_free(void **state)
{
	no_show(*state, "free", 0);
}

static rc contest(struct ctx *c, void *arg)
{
	return contest_make(c, *(const booking_id *)arg, "Je n’étais pas là.");
}

struct answering {
	community_id place;
	bool accept;
};

static rc answer_contest(struct ctx *c, void *arg)
{
	const struct answering *a = arg;
	struct contest_line_list l;
	TRY(contests_open(c, a->place, &l));
	assert_int_equal(l.n, 1);
	return contest_answer(c, l.items[0].pub, a->place, a->accept, NULL);
}

/* A contest that the host accepts reverses the fact and its entry; a rejected one nothing. */
static void contested(struct world *w, bool accept)
{
	static const struct space_ports ports = {
		.sources = { &grant_source }, .n_sources = 1, .sinks = { &exchange_sink }, .n_sinks = 1
	};
	struct exchange_cast x;
	space_ports = &ports;
	cast_exchange(w, &x, 1500, "counts");
	person_id p = cast_person(w, "Yanis", "yanis@example.org");
	membership_id m = cast_member(w, p, x.cae, "cape", ROLE_MEMBER);
	booking_id b = cast_booking(w, &x, 0, p, m, day_of(2026, 11, 20), 1000);
	cast_run(w, "UPDATE booking SET status = 'present' WHERE id = %lld", (long long)b.v);
	happen(w->c, b, BOOKING_STATUS_PRESENT, false);
	assert_int_equal(owed(w->c, &x, 0), 1500);
	w->c->actor = (struct actor){ .person = p };
	assert_int_equal(db_write(w->c, contest, &b), OK);
	assert_int_equal(owed(w->c, &x, 0), 1500);
	struct answering a = { x.places[0], accept };
	assert_int_equal(db_write(w->c, answer_contest, &a), OK);
	assert_int_equal(owed(w->c, &x, 0), accept ? 0 : 1500);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM exchange_fact"), accept ? 2 : 1);
	assert_string_equal(
		cast_text(w, "SELECT status AS value FROM booking WHERE id = %lld", (long long)b.v),
		accept ? "unrecorded" : "present");
}

static void test_contest_accepted(void **state)
{
	contested(*state, true);
}

static void test_contest_rejected(void **state)
{
	contested(*state, false);
}

/* Balances are the sum of what stands, whatever the order of events. */
/* What the sums that are kept say the cooperative owes a place. */
static int64_t kept(struct world *w, const struct exchange_cast *x, const char *grain, int place)
{
	return cast_number(w,
			   "SELECT COALESCE(SUM(due - given), 0) AS value FROM exchange_sum "
			   "WHERE grain = '%s' AND place = %lld AND sender = %lld",
			   grain, (long long)x->places[place].v, (long long)x->cae.v);
}

/* One sum is changed: is it found, and no longer when it is as it was? */
static bool lies(struct world *w, const struct exchange_cast *x, const char *change, const char *grain)
{
	struct ask a = { .x = x };
	int64_t id = cast_number(w, "SELECT MIN(id) AS value FROM exchange_sum WHERE grain = '%s'", grain);
	cast_run(w, "CREATE TABLE before AS SELECT due, used, last_entry FROM exchange_sum WHERE id = %lld",
		 (long long)id);
	cast_run(w, "UPDATE exchange_sum SET %s WHERE id = %lld", change, (long long)id);
	assert_int_equal(db_write(w->c, ask, &a), OK);
	cast_run(w,
		 "UPDATE exchange_sum SET due = (SELECT due FROM before), used = (SELECT used FROM before), "
		 "last_entry = (SELECT last_entry FROM before) WHERE id = %lld",
		 (long long)id);
	cast_run(w, "DROP TABLE before");
	owed(w->c, x, 0);
	return a.broken != NULL;
}

static void test_random(void **state)
{
	struct world *w = *state;
	struct exchange_cast x;
	cast_exchange(w, &x, 777, "counts");
	person_id p = cast_person(w, "Yanis", "yanis@example.org");
	membership_id m = cast_member(w, p, x.cae, "cape", ROLE_MEMBER);
	int64_t model[CAST_PLACES] = { 0 };
	struct {
		booking_id id;
		int place, status;
		int64_t worth;
	} all[20];
	srand(11);
	for (int i = 0; i < 20; i++) {
		int64_t measure = rand() % 3 * 500;
		all[i].place = rand() % CAST_PLACES;
		all[i].status = 0;
		all[i].worth = (measure * 777 + 500) / 1000;
		all[i].id = cast_booking(w, &x, all[i].place, p, m, day_of(2026, 1 + i % 11, 28 - i % 3),
					 measure);
	}
	for (int step = 0; step < 120; step++) {
		int i = rand() % 20;
		if (all[i].status) {
			happen(w->c, all[i].id, all[i].status, true);
			model[all[i].place] -= all[i].worth;
			all[i].status = 0;
		} else {
			all[i].status = rand() % 2 ? BOOKING_STATUS_PRESENT : BOOKING_STATUS_NO_SHOW;
			happen(w->c, all[i].id, all[i].status, false);
			model[all[i].place] += all[i].worth;
		}
	}
	for (int i = 0; i < CAST_PLACES; i++) {
		assert_int_equal(owed(w->c, &x, i), model[i]);
		assert_int_equal(kept(w, &x, "day", i), model[i]);
		assert_int_equal(kept(w, &x, "month", i), model[i]);
	}
	assert_true(lies(w, &x, "due = due + 1", "month"));
	assert_true(lies(w, &x, "used = used - 500", "day"));
	assert_true(lies(w, &x, "last_entry = 1000", "day"));
}

struct give {
	workshop_id workshop;
	const struct exchange_cast *x;
	const char *convention;
	bool back;
};

static rc attach(struct ctx *c, void *arg)
{
	struct give *g = arg;
	bool room_free;
	return counterpart_attach(c, g->workshop, g->x->cae, g->x->places[0], day_of(2026, 11, 10),
				  g->convention, &room_free);
}

static rc close_or_back(struct ctx *c, void *arg)
{
	struct give *g = arg;
	return g->back ? counterpart_take_back(c, g->workshop, day_of(2026, 11, 12))
		       : counterpart_post(c, g->workshop);
}

static void test_workshop(void **state)
{
	struct world *w = *state;
	struct exchange_cast x;
	cast_exchange(w, &x, 1000, "counts");
	workshop_id k = cast_workshop(w, &x, 0, 3);
	struct give g = { .workshop = k, .x = &x, .convention = "00000000000000000000000000" };
	assert_int_equal(db_write(w->c, attach, &g), E_INVALID);
	g.convention = cast_pub(w, "convention", x.convention.v);
	assert_int_equal(db_write(w->c, attach, &g), OK);
	cast_attend(w, k, x.places[0], 5, "present");
	cast_attend(w, k, x.places[1], 3, "present");
	cast_attend(w, k, x.places[2], 3, "present");
	cast_attend(w, k, x.cae, 2, "present");
	cast_attend(w, k, x.places[2], 4, "absent");
	assert_int_equal(db_write(w->c, close_or_back, &g), OK);
	assert_int_equal(db_write(w->c, close_or_back, &g), OK); /* once */
	assert_int_equal(owed(w->c, &x, 0), -1819);
	assert_int_equal(owed(w->c, &x, 1), -1091);
	assert_int_equal(owed(w->c, &x, 2), -1090);
	g.back = true;
	assert_int_equal(db_write(w->c, close_or_back, &g), OK);
	for (int i = 0; i < CAST_PLACES; i++)
		assert_int_equal(owed(w->c, &x, i), 0);
	/* Under the minimum a fact is kept, nothing is owed. */
	struct give few = { .workshop = cast_workshop(w, &x, 0, 3), .x = &x, .convention = g.convention };
	assert_int_equal(db_write(w->c, attach, &few), OK);
	cast_attend(w, few.workshop, x.cae, 2, "present");
	assert_int_equal(db_write(w->c, close_or_back, &few), OK);
	assert_int_equal(owed(w->c, &x, 0), 0);
	assert_int_equal(
		cast_number(
			w,
			"SELECT COUNT(*) AS value FROM exchange_fact WHERE workshop = %lld AND entry IS NULL",
			(long long)few.workshop.v),
		1);
}

/* Half a day up to five hours, a day from the next minute on. */
static void test_workshop_of_five_hours(void **state)
{
	struct world *w = *state;
	struct exchange_cast x;
	cast_exchange(w, &x, 1000, "counts");
	for (int longer = 0; longer < 2; longer++) {
		struct give g = { .workshop = cast_workshop(w, &x, 0, 5),
				  .x = &x,
				  .convention = cast_pub(w, "convention", x.convention.v) };
		assert_int_equal(db_write(w->c, attach, &g), OK);
		cast_attend(w, g.workshop, x.places[0], 4, "present");
		cast_run(w, "UPDATE workshop SET to_minute = from_minute + %d WHERE id = %lld", 300 + longer,
			 (long long)g.workshop.v);
		assert_int_equal(db_write(w->c, close_or_back, &g), OK);
		assert_int_equal(
			cast_number(w, "SELECT SUM(amount) AS value FROM exchange_fact WHERE workshop = %lld",
				    (long long)g.workshop.v),
			longer ? 2000 : 1000);
	}
}

struct reading {
	pubid convention;
	day from, to;
	struct statement s;
};

static rc read_it(struct ctx *c, void *arg)
{
	struct reading *r = arg;
	struct loaded l;
	struct exchange_book b;
	struct statement_wish w = { .from = r->from, .to = r->to };
	TRY(convention_loader(c, r->convention, &l));
	TRY(exchange_book_open(c, l.object, &b));
	TRY(statement_read(c, &b, &w));
	statement_make(c, &b, &w, &r->s);
	return OK;
}

/* What one period closes with opens the next; lines and totals say the same as the ledger. */
static void test_statement_sums(void **state)
{
	struct world *w = *state;
	struct exchange_cast x;
	cast_exchange(w, &x, 777, "counts");
	person_id p = cast_person(w, "Yanis", "yanis@example.org");
	membership_id m = cast_member(w, p, x.cae, "cape", ROLE_MEMBER);
	for (int i = 0; i < 30; i++) {
		booking_id b = cast_booking(w, &x, i % CAST_PLACES, p, m,
					    day_of(2026, 1 + i % 10, 1 + i % 28), i % 3 * 500);
		happen(w->c, b, BOOKING_STATUS_PRESENT, false);
		if (i % 7 == 0)
			happen(w->c, b, BOOKING_STATUS_PRESENT, true);
	}
	int64_t all = 0, carried = 0;
	for (int i = 0; i < CAST_PLACES; i++)
		all -= owed(w->c, &x, i);
	assert_true(all < 0);
	w->c->actor.community = x.cae;
	for (int month = 1; month <= 12; month++) {
		struct reading r = { .from = day_of(2026, month, 1) };
		r.to.v = month_add(r.from, 1).v - 1;
		assert_int_equal(pubid_parse(cast_pub(w, "convention", x.convention.v), &r.convention), OK);
		assert_int_equal(db_read(w->c, read_it, &r), OK);
		assert_int_equal(r.s.opening.v, carried);
		assert_int_equal(r.s.closing.v, r.s.opening.v - r.s.due.v + r.s.given.v);
		if (r.s.rows.n)
			assert_int_equal(r.s.rows.items[r.s.rows.n - 1].balance.v, r.s.closing.v);
		carried = r.s.closing.v;
	}
	assert_int_equal(carried, all);
}

static void test_people_hidden(void **state)
{
	(void)state;
	int64_t few[] = { 14, 11, 8, 3 }, plain[] = { 86, 57, 44, 31 };
	assert_true(people_hide(few, 4)); /* 14 - 11 tells of three */
	assert_int_equal(few[0], 14);
	assert_true(few[1] == NONE);
	assert_int_equal(few[2], 8);
	assert_true(few[3] == NONE);
	assert_false(people_hide(plain, 4));
	assert_int_equal(plain[3], 31);
}

/* Whatever is shown of people who are among one another, no two figures differ by few. */
static void test_people_not_by_difference(void **state)
{
	(void)state;
	for (int64_t a = 0; a < 24; a++)
		for (int64_t b = 0; b <= a; b++)
			for (int64_t d = 0; d <= b; d++) {
				int64_t n[] = { a, b, d };
				people_hide(n, 3);
				for (int i = 0; i < 3; i++) {
					assert_true(n[i] == NONE || n[i] >= SHOWN_FROM);
					for (int j = i + 1; j < 3; j++)
						assert_true(n[i] == NONE || n[j] == NONE ||
							    n[i] - n[j] >= SHOWN_FROM);
				}
			}
}

/* A fact that lies, or an entry without its fact, is found. */
static void test_verify_finds(void **state)
{
	struct world *w = *state;
	struct exchange_cast x;
	cast_exchange(w, &x, 1000, "counts");
	cast_run(
		w,
		"INSERT INTO exchange_fact (pub, convention, version, kind, place, sender, on_day, amount, at) "
		"VALUES ('%s', %lld, %lld, 'use', %lld, %lld, 1, 1000, 0)",
		cast_new_pub(w), (long long)x.convention.v, (long long)x.version.v, (long long)x.places[0].v,
		(long long)x.cae.v);
	struct ask a = { .x = &x };
	assert_int_equal(db_write(w->c, ask, &a), OK);
	assert_non_null(a.broken);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rounding),
		cmocka_unit_test(test_pro_rata),
		cmocka_unit_test(test_workshop_worth),
		BOTH(test_presence),
		BOTH(test_no_show_counts),
		BOTH(test_no_show_free),
		BOTH(test_contest_accepted),
		BOTH(test_contest_rejected),
		BOTH(test_random),
		BOTH(test_workshop),
		BOTH(test_workshop_of_five_hours),
		cmocka_unit_test(test_people_hidden),
		cmocka_unit_test(test_people_not_by_difference),
		BOTH(test_statement_sums),
		BOTH(test_verify_finds),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
