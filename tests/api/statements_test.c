/* How often the main pages ask the database: a bounded number of statements,
 * the same for a dozen rows and for forty. */
#include "base/test.h"

#include "browse.h"
#include "platform/metrics.h"
#include "space_cast.h"

/* The most each may run, with its session and the frame of the page. */
static const struct {
	const char *path;
	int most;
} pages[] = {
	{ "/host/day?day=2026-11-24", 16 },
	{ "/host/calendar?day=2026-11-24", 12 },
	{ "/host/calendar/month?month=2026-11-24", 12 },
	{ "/bookings", 12 },
	{ "/places", 20 },
	{ "/agenda", 12 },
	{ "/account", 16 },
};
#define PAGES (sizeof pages / sizeof *pages)

/* Bookings of Inès and guests today, and places beside hers. */
static void add_rows(struct world *w, const struct space_cast *k, int from, int to)
{
	for (int i = from; i < to; i++) {
		cast_run(
			w,
			"INSERT INTO booking (pub, space, community, person, guest, on_day, from_minute, to_minute, zone, "
			"starts_at, ends_at, length_class, units, status, right_kind, right_id, right_label, price, "
			"public_price, measure, walk_in, created_at, created_by) SELECT 'b%025d', %lld, id, %lld, NULL, %d, 600, 660, "
			"'Europe/Paris', %d, %d, 3, 1, 'confirmed', 'public', 1, 'Public', 300, 300, 0, is_cae, 0, %lld "
			"FROM community WHERE id = %lld",
			i, (long long)k->room.id.v, (long long)k->ines.v, (int)CAST_TODAY, WORLD_NOW,
			WORLD_NOW + 3600, (long long)k->ines.v, (long long)k->place.v);
		community_id beside = cast_community(w, talloc_asprintf(w->c->mem, "Lieu %d", i), "place");
		cast_run(
			w,
			"INSERT INTO place (community, zone, opening, holidays, holidays_off, cancel_day_before, cancel_minute, "
			"walk_in) SELECT %lld, zone, opening, holidays, holidays_off, cancel_day_before, cancel_minute, walk_in "
			"FROM place WHERE community = %lld",
			(long long)beside.v, (long long)k->place.v);
	}
}

/* Of a page that was asked for before: what is kept in memory has been worked out. */
static int64_t statements_of(struct browse *b, const char *path)
{
	assert_int_equal(browse_get(b, path), 200);
	int64_t before = metric_get(METRIC_STATEMENTS);
	assert_int_equal(browse_get(b, path), 200);
	return metric_get(METRIC_STATEMENTS) - before;
}

static void test_pages_ask_as_often_for_forty_rows_as_for_a_dozen(void **state)
{
	struct world *w = *state;
	struct space_cast *k = space_cast(w);
	struct browse *b = browse_new(w);
	int64_t few[PAGES];
	membership_id host = cast_member(w, k->ines, k->place, "facilitator", ROLE_HOST);
	browse_sign_in(b, k->ines);
	browse_act_as(b, host);
	add_rows(w, k, 0, 12);
	for (size_t i = 0; i < PAGES; i++)
		few[i] = statements_of(b, pages[i].path);
	add_rows(w, k, 12, 40);
	for (size_t i = 0; i < PAGES; i++) {
		int64_t many = statements_of(b, pages[i].path);
		if (many != few[i] || many > pages[i].most)
			print_message("%s: %lld statements, then %lld\n", pages[i].path, (long long)few[i],
				      (long long)many);
		assert_int_equal(many, few[i]);
		assert_true(many <= pages[i].most);
	}
	browse_free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_pages_ask_as_often_for_forty_rows_as_for_a_dozen),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
