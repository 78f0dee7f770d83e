/* By which index SQLite reads the bookings where a page is asked for often: a
 * place has years of them, and a network's server those of all its places.
 * PostgreSQL decides by what it has counted. */
#include "base/test.h"

#include "bridges/grant_sql.h"
#include "spaces/host_day_sql.h"
#include "spaces/occupation_sql.h"
#include "spaces/offer_of_day_sql.h"
#include "world.h"

#include <sqlite3.h>
#include <string.h>

static const struct {
	const struct stmt *stmt;
	const char *searched;
} plans[] = {
	{ &sql_listed_taken, "booking USING INDEX booking_on_day (community=? AND on_day=?)" },
	{ &sql_taken_between, "booking USING INDEX booking_on_day (community=? AND on_day>? AND on_day<?)" },
	{ &sql_grant_counted_else,
	  "booking USING INDEX booking_of_person (person=? AND starts_at>? AND starts_at<?)" },
	{ &sql_grant_counted_else, "booking_on_day (community=? AND on_day>? AND on_day<?)" },
	{ &sql_grant_counted_else, "SEARCH n USING INDEX sqlite_autoindex_booking_counter_1 (booking=?" },
	{ &sql_requests_elsewhere, "booking USING INDEX booking_open (status=? AND ends_at>?)" },
};

static char *plan_of(struct world *w, sqlite3 *db, const struct stmt *stmt)
{
	sqlite3_stmt *explained = NULL;
	char *text = talloc_strdup(w->c->mem, "");
	assert_int_equal(sqlite3_prepare_v2(db,
					    talloc_asprintf(w->c->mem, "EXPLAIN QUERY PLAN %s", stmt->sqlite),
					    -1, &explained, NULL),
			 SQLITE_OK);
	while (sqlite3_step(explained) == SQLITE_ROW)
		text = talloc_asprintf_append(text, "%s\n", (const char *)sqlite3_column_text(explained, 3));
	sqlite3_finalize(explained);
	return text;
}

static void test_bookings_are_read_by_their_day_or_by_what_is_open(void **state)
{
	struct world *w = *state;
	sqlite3 *db = NULL;
	assert_int_equal(sqlite3_open_v2(w->url, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
	for (size_t i = 0; i < sizeof plans / sizeof *plans; i++) {
		char *plan = plan_of(w, db, plans[i].stmt);
		if (!strstr(plan, plans[i].searched))
			print_message("%s:\n%s", plans[i].stmt->name, plan);
		assert_non_null(strstr(plan, plans[i].searched));
	}
	sqlite3_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_bookings_are_read_by_their_day_or_by_what_is_open,
						world_setup_sqlite, world_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
