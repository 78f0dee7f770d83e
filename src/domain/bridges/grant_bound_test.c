/* The edges of a right: whose quota is whose, where half a day ends, how a price is rounded, the last days. */
#include "base/test.h"

#include "base/civil.h"
#include "convention_cast.h"
#include "people/people.h"
#include "right_cast.h"
#include "spaces/booking.h"

#define BOOK "/spaces/00000000000000000000000001/book"

static struct browse *another(struct convention_cast *k, const char *name, community_id in)
{
	struct browse *b = browse_new(k->w);
	person_id p = cast_person(k->w, name, fmt(k->w->c, "%s@example.org", name));
	cast_member(k->w, p, in, "cape", ROLE_MEMBER);
	browse_sign_in(b, p);
	cast_charter(k, b);
	return b;
}

static int book(struct convention_cast *k, struct browse *b, const char *email, const char *when)
{
	const char *grant = cast_text(k->w, "SELECT pub AS value FROM grant_rule ORDER BY id LIMIT 1");
	const char *member = cast_text(
		k->w,
		"SELECT m.pub AS value FROM membership m JOIN person p ON p.id = m.person "
		"WHERE p.email = '%s'",
		email);
	return browse_post(b, BOOK, fmt(k->w->c, "%s&right=grant-%s-%s", when, grant, member));
}

static int book_ines(struct convention_cast *k, const char *on, const char *hours)
{
	return book(k, k->ines, "ines@example.org", fmt(k->w->c, "day=%s&%s", on, hours));
}

static bool offers(struct convention_cast *k, const char *on)
{
	assert_int_equal(cast_quota(k, on), 200);
	return browse_has(k->ines, "Gratuit");
}

#define WHOLE "from=09:00&to=19:00"

/* Signed, and then the right as the SQL says. */
static struct convention_cast with(struct world *w, const char *sets)
{
	struct convention_cast k = cast_convention(w);
	cast_signed(&k);
	cast_charter(&k, k.ines);
	cast_run(w, "UPDATE grant_rule SET per_person = NULL, per_sender = NULL, per_place = NULL");
	cast_run(w, "UPDATE convention_version SET credit_limit = NULL");
	cast_run(w, "UPDATE grant_rule SET %s", sets);
	return k;
}

/* A place that sends and hosts gives its own people nothing at home; a day of one person is not that of another. */
static void test_nobody_is_sent_home(void **state)
{
	struct convention_cast k = cast_convention(*state);
	const char *when = "day=2026-11-26&from=09:00&to=19:00";
	const char *quote = fmt(k.w->c, "/spaces/00000000000000000000000001/book?%s", when);
	cast_draft(&k, false);
	cast_invite(&k, k.place, "both");
	cast_invite(&k, k.cae, "sender");
	assert_int_equal(cast_post(&k, k.lucie, "propose", ""), 303);
	assert_int_equal(cast_post(&k, k.malo, "sign", "read=1&insurer=MAIF" WITH_SECRET), 303);
	assert_int_equal(cast_post(&k, k.claire, "sign", "read=1" WITH_SECRET), 303);
	cast_run(k.w, "UPDATE grant_rule SET measure = 'day'");
	cast_charter(&k, k.ines);
	struct browse *guests[] = { k.ines, another(&k, "Theo", k.cae) };
	struct browse *own = another(&k, "Zoe", k.place);
	assert_int_equal(browse_get(own, quote), 200);
	assert_false(browse_has(own, "Ponts"));
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(browse_get(guests[i], quote), 200);
		assert_true(browse_has(guests[i], "Ponts"));
		assert_int_equal(
			browse_post(
				guests[i], "/spaces/00000000000000000000000001/book",
				fmt(k.w->c, "%s&right=grant-%s-%s", when,
				    cast_text(k.w, "SELECT pub AS value FROM grant_rule ORDER BY id LIMIT 1"),
				    cast_text(
					    k.w,
					    "SELECT m.pub AS value FROM membership m JOIN person p ON p.id = m.person "
					    "WHERE p.email = '%s'",
					    i ? "Theo@example.org" : "ines@example.org"))),
			303);
		assert_int_equal(cast_number(k.w, "SELECT SUM(measure) AS value FROM booking"),
				 1000 * ((int64_t)i + 1));
	}
	browse_free(own);
	browse_free(guests[1]);
	cast_convention_leave(&k);
}

/* The charter is for those who are sent: who works at a place that only hosts has no right to sign for. */
static void test_hosts_people_sign_no_charter(void **state)
{
	struct convention_cast k = with(*state, "measure = 'day'");
	struct browse *b = browse_new(k.w);
	person_id zoe = cast_person(k.w, "Zoe", "zoe@example.org");
	cast_member(k.w, zoe, k.place, "cape", ROLE_MEMBER);
	browse_sign_in(b, zoe);
	const char *version = cast_text(k.w, "SELECT pub AS value FROM convention_version");
	assert_int_equal(browse_post(b, fmt(k.w->c, "/charters/%s", version), ""), 403);
	assert_int_equal(cast_number(k.w, "SELECT COUNT(*) AS value FROM charter_acceptance"), 1);
	browse_free(b);
	cast_convention_leave(&k);
}

/* A sender's quota is of all its people. */
static void test_people_of_a_sender_share(void **state)
{
	struct convention_cast k = with(*state, "measure = 'day', per_sender = 1000");
	struct browse *theo = another(&k, "Theo", k.cae);
	assert_int_equal(book_ines(&k, "2026-11-26", WHOLE), 303);
	assert_int_not_equal(book(&k, theo, "Theo@example.org", "day=2026-11-27&" WHOLE), 303);
	browse_free(theo);
	cast_convention_leave(&k);
}

/* The smallest of the quotas decides, whichever it is. */
static void smallest(struct world *w, const char *which)
{
	struct convention_cast k = with(
		w, "measure = 'day', per_person = 3000, per_sender = 3000, per_place = 3000");
	cast_run(w, "UPDATE grant_rule SET %s = 1000", which);
	assert_int_equal(book_ines(&k, "2026-11-26", WHOLE), 303);
	assert_int_not_equal(book_ines(&k, "2026-11-27", WHOLE), 303);
	cast_convention_leave(&k);
}

static void test_smallest_is_of_the_person(void **state)
{
	smallest(*state, "per_person");
}

static void test_smallest_is_of_the_sender(void **state)
{
	smallest(*state, "per_sender");
}

static void test_smallest_is_of_the_place(void **state)
{
	smallest(*state, "per_place");
}

/* Of the best right at a place, so many days ahead; -1: none gives it. */
static int right_at(struct right_cast *s, int place, int days)
{
	struct right_wish k = { .s = s, .place = place, .days = days, .from = 540, .to = 1080 };
	return db_write(s->w->c, cast_right_book, &k) == OK ? k.out.right_kind : -1;
}

/* What one place gave is left at another. */
static void test_each_place_has_its_quota(void **state)
{
	struct world *w = *state;
	struct right_cast *s = cast_right(w, "NULL", "NULL");
	cast_run(w, "UPDATE convention_version SET credit_limit = NULL");
	cast_run(w, "UPDATE grant_rule SET measure = 'day', per_person = NULL, per_sender = NULL, "
		    "per_place = 1000");
	assert_int_equal(right_at(s, 0, 2), RIGHT_KIND_GRANT);
	assert_int_equal(right_at(s, 1, 3), RIGHT_KIND_GRANT);
	assert_int_not_equal(right_at(s, 0, 6), RIGHT_KIND_GRANT);
}

/* Five hours are half a day, more is a day; prices are rounded half up. */
static void test_half_days_and_prices(void **state)
{
	struct convention_cast k = with(*state, "measure = 'half_day'");
	const struct {
		const char *sets, *hours;
		int64_t measure, price;
	} all[] = {
		{ "price_kind = 'free'", "from=09:00&to=14:00", 500, 0 },
		{ "price_kind = 'free'", "from=09:00&to=14:30", 1000, 0 },
		{ "price_kind = 'percent', price_value = 30", WHOLE, 1000, 984 },
		{ "price_kind = 'fixed', price_value = 333", "from=09:00&to=13:00", 500, 167 },
	};
	cast_run(k.w, "UPDATE tariff SET price = 1405");
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		cast_run(k.w, "UPDATE grant_rule SET %s", all[i].sets);
		assert_int_equal(book_ines(&k, fmt(k.w->c, "2026-12-%02zu", 7 + i), all[i].hours), 303);
		assert_int_equal(
			cast_number(k.w, "SELECT measure AS value FROM booking ORDER BY id DESC LIMIT 1"),
			all[i].measure);
		assert_int_equal(
			cast_number(k.w, "SELECT price AS value FROM booking ORDER BY id DESC LIMIT 1"),
			all[i].price);
	}
	cast_convention_leave(&k);
}

/* A host that is suspended, or past its last day, gives nothing; on that day it does. */
static void test_the_host_too(void **state)
{
	struct convention_cast k = with(*state, "measure = 'day'");
	const char *host = cast_text(k.w, "SELECT pub AS value FROM party WHERE side = 'host'");
	assert_int_equal(browse_post(k.lucie, fmt(k.w->c, "/parties/%s/suspend", host), "why=Travaux"), 303);
	assert_false(offers(&k, "2026-11-26"));
	assert_int_equal(browse_post(k.lucie, fmt(k.w->c, "/parties/%s/resume", host), ""), 303);
	assert_int_equal(cast_post(&k, k.malo, "leave", "on_day=2026-11-26"), 303);
	assert_true(offers(&k, "2026-11-26"));
	assert_false(offers(&k, "2026-11-27"));
	cast_convention_leave(&k);
}

/* A machine wants an insurance that holds that day, its last one included. */
static void test_insured_to_the_last_day(void **state)
{
	struct convention_cast k = with(*state, "measure = 'day', space_kinds = 'machine'");
	cast_run(k.w, "UPDATE space SET kind = 'machine'");
	cast_run(k.w, "UPDATE party SET insured_until = %lld WHERE side = 'sender'",
		 (long long)day_of(2026, 11, 26).v);
	assert_true(offers(&k, "2026-11-26"));
	assert_false(offers(&k, "2026-11-27"));
	cast_convention_leave(&k);
}

/* The text that was amended holds until the day on which the new one begins. */
static void test_amendment_begins_on_its_day(void **state)
{
	struct convention_cast k = with(*state, "measure = 'day'");
	assert_int_equal(cast_post(&k, k.lucie, "amend", "in_force=2026-12-02"), 303);
	assert_int_equal(cast_post(&k, k.lucie, "propose", ""), 303);
	assert_int_equal(cast_post(&k, k.malo, "sign", "read=1" WITH_SECRET), 303);
	assert_int_equal(cast_post(&k, k.claire, "sign", "read=1" WITH_SECRET), 303);
	const char *second = cast_text(k.w, "SELECT pub AS value FROM grant_rule ORDER BY id DESC LIMIT 1");
	cast_charter(&k, k.ines);
	assert_true(offers(&k, "2026-12-01"));
	assert_false(browse_has(k.ines, second));
	assert_true(offers(&k, "2026-12-02"));
	assert_true(browse_has(k.ines, second));
	cast_convention_leave(&k);
}

/* Who is no longer in a status that the right names does not come in on it; back in it, she does. */
static void test_status_is_looked_at_again_at_the_door(void **state)
{
	struct convention_cast k = with(*state, "measure = 'day'");
	assert_int_equal(book_ines(&k, "2026-11-24", "from=11:00&to=19:00"), 303);
	const char *arrive = fmt(k.w->c, "/bookings/%s/arrive",
				 cast_text(k.w, "SELECT pub AS value FROM booking"));
	const char *sets = "UPDATE membership SET status = '%s' WHERE id = (SELECT membership FROM booking)";
	cast_run(k.w, sets, "prospect");
	assert_int_equal(browse_post(k.malo, arrive, ""), 403);
	cast_run(k.w, sets, "cape");
	assert_int_equal(browse_post(k.malo, arrive, "again=1"), 303);
	cast_convention_leave(&k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_nobody_is_sent_home),
		BOTH(test_hosts_people_sign_no_charter),
		BOTH(test_people_of_a_sender_share),
		BOTH(test_smallest_is_of_the_person),
		BOTH(test_smallest_is_of_the_sender),
		BOTH(test_smallest_is_of_the_place),
		BOTH(test_each_place_has_its_quota),
		BOTH(test_half_days_and_prices),
		BOTH(test_the_host_too),
		BOTH(test_insured_to_the_last_day),
		BOTH(test_amendment_begins_on_its_day),
		BOTH(test_status_is_looked_at_again_at_the_door),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
