/* Random bookings, changes and corrections beside a model that knows nothing
 * of indexes, counters and SQL: what one allows the other must. */
#include "base/test.h"

#include <stdlib.h>

#include "space_cast.h"
#include "world.h"

enum { OPS = 400, SLOTS = 20, DAYS = 3 }; /* half hours from 9:00 to 19:00 */

struct model {
	int n;
	struct held {
		booking_id id;
		int space, day, from, to, units;
		int64_t measure; /* on the pack */
		bool live, used;
	} all[OPS];
};

static const int64_t capacity[] = { 4, 3, 8 };

static bool fits(const struct model *m, int space, int on, int from, int to, int units)
{
	for (int slot = from; slot < to; slot++) {
		int64_t taken = space == 2 ? 8 : units;
		for (int i = 0; i < m->n; i++) {
			const struct held *h = &m->all[i];
			if (h->live && h->space == space && h->day == on && h->from <= slot && slot < h->to)
				taken += space == 2 ? 8 : h->units;
		}
		if (taken > capacity[space])
			return false;
	}
	return true;
}

static int64_t on_pack(const struct model *m)
{
	int64_t sum = 0;
	for (int i = 0; i < m->n; i++)
		if (m->all[i].live || m->all[i].used)
			sum += m->all[i].measure;
	return sum;
}

static void book_one(struct world *w, const struct space_cast *k, struct model *m)
{
	const struct space_row *spaces[] = { &k->desks, &k->annex, &k->room };
	struct held h = { .space = rand() % 3, .day = 1 + rand() % DAYS, .from = rand() % (SLOTS - 1) };
	struct booking_row b;
	struct stay s;
	h.to = h.from + 1 + rand() % 12;
	if (h.to > SLOTS)
		h.to = SLOTS;
	h.units = h.space == 2 ? 1 : 1 + rand() % 2;
	bool pack = h.space != 2 && rand() % 2;
	h.measure = pack ? (h.to - h.from > 10 ? 1000 : 500) * h.units : 0;
	bool expected = fits(m, h.space, h.day, h.from, h.to, h.units) && on_pack(m) + h.measure <= 5000;
	assert_int_equal(
		cast_stay(w->c, k, spaces[h.space], h.day, 540 + 30 * h.from, 540 + 30 * h.to, h.units, &s),
		OK);
	const char *key = pack ? fmt(w->c, "pack-%s", cast_pub(w, "pack", k->pack.v)) : "public";
	assert_int_equal(cast_book(w, k, &s, key, &b) == OK, expected);
	if (!expected)
		return;
	assert_int_equal(b.measure.v, h.measure);
	h.id = b.id;
	h.live = true;
	m->all[m->n++] = h;
}

static void cancel_one(struct world *w, struct model *m)
{
	if (!m->n)
		return;
	struct held *h = &m->all[rand() % m->n];
	assert_int_equal(cast_do(w, booking_cancel, h->id), h->live ? OK : E_CONFLICT);
	h->live = false;
}

static void test_random(void **state)
{
	struct world *w = *state;
	struct space_cast *k = space_cast(w);
	struct model *m = talloc_zero(w->c, struct model);
	srand(20261124);
	for (int i = 0; i < OPS; i++) {
		if (rand() % 3)
			book_one(w, k, m);
		else
			cancel_one(w, m);
		if (i % 20 == 0) {
			assert_int_equal(cast_broken(w), 0);
			assert_int_equal(
				cast_number(w, "SELECT COALESCE(SUM(held + used), 0) AS value FROM counter"),
				on_pack(m));
		}
	}
	assert_true(m->n > 40);
}

/* Three days on: arrivals, no-shows and their corrections in any order. */
static void test_random_corrections(void **state)
{
	struct world *w = *state;
	struct space_cast *k = space_cast(w);
	struct model *m = talloc_zero(w->c, struct model);
	rc (*const moves[])(struct ctx *, booking_id) = { booking_arrive,     booking_leave,
							  booking_no_show,    booking_undo_arrive,
							  booking_undo_leave, booking_undo_no_show };
	srand(7);
	for (int i = 0; i < 60; i++)
		book_one(w, k, m);
	w->c->now.v += DAYS * 86400 + 5 * 3600;
	int64_t moved = 0, before = on_pack(m);
	for (int i = 0; i < OPS; i++) {
		rc code = cast_do(w, moves[rand() % 6], m->all[rand() % m->n].id);
		assert_true(code == OK || code == E_CONFLICT);
		moved += code == OK;
		if (i % 40 == 0)
			assert_int_equal(cast_broken(w), 0);
	}
	assert_true(moved > 50);
	assert_int_equal(cast_broken(w), 0);
	assert_int_equal(cast_number(w, "SELECT SUM(held + used) AS value FROM counter"), before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_random),
		BOTH(test_random_corrections),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
