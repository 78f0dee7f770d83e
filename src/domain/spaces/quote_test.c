/* What a span costs, which right is best, when a span may be had; the pass. */
#include "base/test.h"

#include <stdlib.h>

#include "base/civil.h"
#include "space_cast.h"
#include "spaces/pass.h"
#include "spaces/space_settings.h"
#include "world.h"

static int64_t price_of(struct world *w, const struct space_cast *k, const struct space_row *space, int from,
			int to, int64_t units)
{
	struct stay s;
	struct booking_row b;
	assert_int_equal(cast_stay(w->c, k, space, 2, from, to, units, &s), OK);
	assert_int_equal(cast_book(w, k, &s, "public", &b), OK);
	assert_int_equal(cast_do(w, booking_cancel, b.id), OK);
	return b.price.v;
}

static void test_tariffs(void **state)
{
	struct world *w = *state;
	struct space_cast *k = space_cast(w);
	assert_int_equal(price_of(w, k, &k->desks, 540, 600, 1), 300);
	assert_int_equal(price_of(w, k, &k->desks, 540, 630, 1), 600); /* a started hour */
	assert_int_equal(price_of(w, k, &k->desks, 540, 720, 1), 900);
	assert_int_equal(price_of(w, k, &k->desks, 540, 780, 1), 900); /* four hours: half a day is less */
	assert_int_equal(price_of(w, k, &k->desks, 540, 840, 1), 900);
	assert_int_equal(price_of(w, k, &k->desks, 540, 870, 1), 1400);
	assert_int_equal(price_of(w, k, &k->desks, 540, 1140, 3), 4200);
	assert_int_equal(price_of(w, k, &k->room, 540, 660, 6), 2000); /* taken whole, however many come */
}

struct quoting {
	struct stay s;
	struct right_offer_list offers;
};

/* Offers whose order is known by their key: "1" is the best. */
static rc offers_in_disorder(struct ctx *c, const struct stay *s, struct right_offer_list *out)
{
	static const struct right_offer all[] = {
		{ .key = "9",
		  .kind = RIGHT_KIND_GRANT,
		  .price = { 0 },
		  .expires = { NONE },
		  .left = { NONE } },
		{ .key = "5", .kind = RIGHT_KIND_PACK, .price = { 0 }, .expires = { 20 }, .left = { 1 } },
		{ .key = "2", .kind = RIGHT_KIND_GRANT, .price = { 0 }, .expires = { 10 }, .left = { 5 } },
		{ .key = "7",
		  .kind = RIGHT_KIND_MEMBER,
		  .price = { 100 },
		  .expires = { NONE },
		  .left = { NONE } },
		{ .key = "4", .kind = RIGHT_KIND_GRANT, .price = { 0 }, .expires = { 20 }, .left = { NONE } },
		{ .key = "3", .kind = RIGHT_KIND_GRANT, .price = { 0 }, .expires = { 10 }, .left = { 4 } },
		{ .key = "6", .kind = RIGHT_KIND_GRANT, .price = { 100 }, .expires = { 10 }, .left = { 4 } },
		{ .key = "1",
		  .kind = RIGHT_KIND_MEMBER,
		  .price = { 0 },
		  .expires = { NONE },
		  .left = { NONE } },
	};
	(void)s;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct right_offer *o = right_offer_add(c, out);
		*o = all[i];
		o->applies = strcmp(o->key, "9") != 0;
	}
	return OK;
}

static rc quote(struct ctx *c, void *arg)
{
	struct quoting *q = arg;
	return stay_quote(c, &q->s, NULL, &q->offers);
}

static void test_ties(void **state)
{
	struct world *w = *state;
	struct space_cast *k = space_cast(w);
	static const struct right_source source = { .kind = RIGHT_KIND_GRANT, .quote = offers_in_disorder };
	static const struct space_ports only = { .sources = { &source }, .n_sources = 1 };
	struct quoting q;
	space_ports = &only;
	assert_int_equal(cast_stay(w->c, k, &k->desks, 1, 540, 600, 1, &q.s), OK);
	assert_int_equal(db_read(w->c, quote, &q), OK);
	assert_int_equal(q.offers.n, 8);
	for (size_t i = 0; i < 7; i++) {
		assert_int_equal(q.offers.items[i].key[0], '1' + (int)i);
		assert_int_equal(q.offers.items[i].chosen, i == 0);
	}
	assert_string_equal(q.offers.items[7].key, "9"); /* it does not apply */
}

#define REFUSED(key_, days, from, to, units)                                                     \
	do {                                                                                     \
		struct stay s_;                                                                  \
		assert_int_equal(cast_stay(w->c, k, &p, days, from, to, units, &s_), E_INVALID); \
		assert_string_equal(world_key(w->c), key_);                                      \
	} while (0)

struct closure {
	const struct space_cast *k;
	int64_t touched;
};

static rc close_thursday(struct ctx *c, void *arg)
{
	struct closure *x = arg;
	day d = { CAST_TODAY + 2 };
	return closure_add(c, x->k->place, x->k->desks.id, d, d, "Travaux", &x->touched);
}

static void test_when(void **state)
{
	struct world *w = *state;
	struct space_cast *k = space_cast(w);
	struct closure x = { .k = k };
	struct stay s;
	struct space_row p = k->desks;
	REFUSED("booking.empty_span", 1, 600, 600, 1);
	REFUSED("booking.granule", 1, 545, 600, 1);
	REFUSED("booking.units", 1, 540, 600, 5);
	REFUSED("booking.past", -1, 540, 600, 1);
	REFUSED("booking.past", 0, 540, 600, 1); /* it is ten */
	REFUSED("booking.closed_hours", 1, 510, 600, 1);
	REFUSED("booking.closed", 5, 540, 600, 1);	   /* a Sunday */
	REFUSED("booking.closed", 31, 540, 600, 1);	   /* Christmas, a Friday */
	REFUSED("booking.closed_hours", 1, 1080, 1170, 1); /* open when it begins */
	assert_int_equal(cast_stay(w->c, k, &p, 1, 1080, 1140, 1, &s), OK);
	REFUSED("booking.horizon", 91, 540, 600, 1);
	assert_int_equal(cast_stay(w->c, k, &p, 90, 540, 600, 1, &s), OK);
	p.shortest = 120;
	REFUSED("booking.too_short", 1, 540, 600, 1);
	p.longest = 240;
	REFUSED("booking.too_long", 1, 540, 1080, 1);
	p.notice = 24 * 60;
	REFUSED("booking.notice", 1, 540, 720, 1);
	assert_int_equal(cast_stay(w->c, k, &p, 1, 660, 780, 1, &s), OK);
	p.notice = 23 * 60; /* to the minute, and as short and as long as may be */
	assert_int_equal(cast_stay(w->c, k, &p, 1, 540, 660, 1, &s), OK);
	assert_int_equal(cast_stay(w->c, k, &p, 1, 540, 780, 1, &s), OK);
	p = k->desks;
	assert_int_equal(cast_stay(w->c, k, &p, 2, 540, 600, 1, &s), OK);
	assert_int_equal(db_write(w->c, close_thursday, &x), OK);
	REFUSED("booking.closed_for", 2, 540, 600, 1);
	assert_int_equal(cast_stay(w->c, k, &k->annex, 2, 540, 600, 1, &s), OK);
}

/* Nights when the clock changes: an hour that is twice, one that is not. */
static void test_clock_changes(void **state)
{
	struct world *w = *state;
	struct space_cast *k = space_cast(w);
	struct space_row p = k->desks;
	struct stay s;
	int64_t spring = day_of(2027, 3, 28).v - CAST_TODAY, autumn = day_of(2027, 10, 31).v - CAST_TODAY;
	p.opening = "24/7";
	p.horizon = 400;
	k->row.holidays_off = false;
	assert_int_equal(cast_stay(w->c, k, &p, spring, 0, 1440, 1, &s), OK);
	assert_int_equal(s.ends_at.v - s.starts_at.v, 23 * 3600);
	REFUSED("booking.empty_span", spring, 120, 180, 1);
	assert_int_equal(cast_stay(w->c, k, &p, autumn, 0, 1440, 1, &s), OK);
	assert_int_equal(s.ends_at.v - s.starts_at.v, 25 * 3600);
	struct booking_row b;
	assert_int_equal(cast_book(w, k, &s, "public", &b), OK);
	assert_int_equal(b.length_class, 7); /* the longest that bookings_live looks for */
}

/* ---- the pass ---- */

struct door {
	const struct space_cast *k;
	char code[PASS_CODE_SIZE];
	int left;
	const char *payload, *typed;
	person_id who;
	struct usable_space_list usable;
};

static rc show(struct ctx *c, void *arg)
{
	struct door *d = arg;
	return pass_show(c, d->k->ines, d->code, &d->left, &d->payload);
}

static rc find(struct ctx *c, void *arg)
{
	struct door *d = arg;
	return pass_find(c, d->k->place, d->typed, &d->who);
}

static rc usable(struct ctx *c, void *arg)
{
	struct door *d = arg;
	return usable_now(c, d->k->place, d->k->ines, &d->usable);
}

static void test_pass(void **state)
{
	struct world *w = *state;
	struct door d = { .k = space_cast(w) };
	struct booking_row b;
	struct stay s;
	w->c->now.v += 15;
	assert_int_equal(db_read(w->c, show, &d), OK);
	assert_int_equal(d.left, 45);
	/* Bare, it is good for who is expected; the payload, for everybody. */
	d.typed = d.code;
	assert_int_equal(db_read(w->c, find, &d), E_INVALID);
	d.typed = d.payload;
	assert_int_equal(db_read(w->c, find, &d), OK);
	assert_int_equal(d.who.v, d.k->ines.v);
	assert_int_equal(cast_stay(w->c, d.k, &d.k->desks, 0, 600, 720, 1, &s), OK);
	assert_int_equal(cast_book(w, d.k, &s, NULL, &b), OK);
	d.typed = fmt(w->c, " %.4s-%s ", d.code, d.code + 4);
	assert_int_equal(db_read(w->c, find, &d), OK);
	w->c->now.v += 60;
	assert_int_equal(db_read(w->c, find, &d), OK);
	w->c->now.v += 60;
	assert_int_equal(db_read(w->c, find, &d), E_INVALID);
	assert_string_equal(world_key(w->c), "pass.not_expected");
}

static void test_usable_now(void **state)
{
	struct world *w = *state;
	struct door d = { .k = space_cast(w) };
	cast_run(w, "UPDATE space SET qualification = 'Régie' WHERE id = %lld", (long long)d.k->room.id.v);
	assert_int_equal(db_read(w->c, usable, &d), OK);
	assert_int_equal(d.usable.n, 3);
	assert_true(d.usable.items[0].usable);
	assert_int_equal(d.usable.items[0].free, 4);
	assert_int_equal(d.usable.items[0].until.v, 1140);
	assert_int_equal(d.usable.items[0].right.kind, RIGHT_KIND_PACK);
	assert_int_equal(d.usable.items[0].right.left_after.v, 4000);
	assert_false(d.usable.items[2].usable);
	assert_string_equal(d.usable.items[2].why_not, "Cet espace demande une habilitation.");
}

static rc price_members(struct ctx *c, void *arg)
{
	const struct space_cast *k = arg;
	return tariff_set(c, k->place, SPACE_KIND_DESKS, AUDIENCE_MEMBER, TARIFF_UNIT_DAY, (money){ 500 },
			  (day){ CAST_TODAY });
}

static rc book_as_member(struct world *w, const struct space_cast *k)
{
	struct booking_row b;
	struct stay s;
	assert_int_equal(cast_stay(w->c, k, &k->desks, 2, 540, 1140, 1, &s), OK);
	rc code = cast_book(w, k, &s, "member", &b);
	if (code == OK)
		assert_int_equal(cast_do(w, booking_cancel, b.id), OK);
	return code;
}

/* The people of a community that the place hosts are its members, while both say that it does. */
static void test_members_of_who_is_hosted(void **state)
{
	struct world *w = *state;
	struct space_cast *k = space_cast(w);
	assert_int_equal(db_write(w->c, price_members, k), OK);
	assert_int_equal(book_as_member(w, k), E_INVALID);
	cast_run(w,
		 "INSERT INTO link (pub, from_community, to_community, kind, to_confirmed_at) "
		 "VALUES ('1000000000000000000000000a', %lld, %lld, 'hosts', 1)",
		 (long long)k->place.v, (long long)k->cae.v);
	assert_int_equal(book_as_member(w, k), E_INVALID);
	cast_run(w, "UPDATE link SET from_confirmed_at = 1, to_confirmed_at = NULL");
	assert_int_equal(book_as_member(w, k), E_INVALID);
	cast_run(w, "UPDATE link SET to_confirmed_at = 1");
	assert_int_equal(book_as_member(w, k), OK);
	cast_run(w, "UPDATE membership SET status = 'prospect' WHERE id = %lld", (long long)k->member.v);
	assert_int_equal(book_as_member(w, k), E_INVALID);
	cast_run(w, "UPDATE membership SET status = 'cesa' WHERE id = %lld", (long long)k->member.v);
	cast_run(w, "UPDATE link SET ended = 1");
	assert_int_equal(book_as_member(w, k), E_INVALID);
}

struct saying_nothing {
	community_id community;
	struct place_row row;
};

static rc read_place(struct ctx *c, void *arg)
{
	struct saying_nothing *x = arg;
	return place_get(c, x->community, &x->row);
}

/* Until it says otherwise a place keeps the holidays and the hours of its commune. */
static void test_a_place_begins_as_its_commune(void **state)
{
	static const struct {
		const char *insee, *zone;
		enum holiday_territory holidays;
	} all[] = { { NULL, "Europe/Paris", HOLIDAY_TERRITORY_METROPOLE },
		    { "86194", "Europe/Paris", HOLIDAY_TERRITORY_METROPOLE },
		    { "67482", "Europe/Paris", HOLIDAY_TERRITORY_ALSACE_MOSELLE },
		    { "97411", "Indian/Reunion", HOLIDAY_TERRITORY_REUNION },
		    { "97302", "America/Cayenne", HOLIDAY_TERRITORY_GUYANE } };
	struct world *w = *state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct saying_nothing x = { 0 };
		x.community = cast_community(w, fmt(w->c, "Lieu %zu", i), "place");
		if (all[i].insee)
			cast_run(w, "UPDATE community SET insee = '%s' WHERE id = %lld", all[i].insee,
				 (long long)x.community.v);
		assert_int_equal(db_read(w->c, read_place, &x), OK);
		assert_string_equal(x.row.zone, all[i].zone);
		assert_true(zone_exists(x.row.zone));
		assert_int_equal(x.row.holidays, all[i].holidays);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_tariffs),
		BOTH(test_ties),
		BOTH(test_when),
		BOTH(test_clock_changes),
		BOTH(test_pass),
		BOTH(test_usable_now),
		BOTH(test_members_of_who_is_hosted),
		BOTH(test_a_place_begins_as_its_commune),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
