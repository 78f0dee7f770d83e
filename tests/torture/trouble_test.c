/* What goes wrong around the program: the disk is full, the database goes away
 * and comes back, the clock jumps. Each is told with a clear reason, others are
 * served meanwhile, and nothing that was acknowledged is lost. */
#include "base/test.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "audit/audit.h"
#include "browse.h"
#include "pg_cluster.h"
#include "platform/cache.h"
#include "space_cast.h"

static bool disk_full; /* every write of a file fails, as on a full disk */

/* The name that SQLite calls: file offsets have 64 bits here. */
ssize_t pwrite(int fd, const void *bytes, size_t n, off_t at)
{
	if (disk_full) {
		errno = ENOSPC;
		return -1;
	}
	return syscall(SYS_pwrite64, fd, bytes, n, at);
}

static rc note(struct ctx *c, void *arg)
{
	(void)arg;
	struct audit_event e = { .chain = "trouble", .action = "trouble.test", .object_kind = "trouble" };
	return audit_note(c, &e);
}

static int64_t notes(struct world *w)
{
	return cast_number(w, "SELECT COUNT(*) AS value FROM audit WHERE action = 'trouble.test'");
}

static void must_verify(struct world *w)
{
	int64_t chains, rows;
	const char *broken;
	assert_int_equal(db_snapshot(w->c), OK);
	assert_int_equal(audit_verify(w->c, &chains, &rows, &broken), OK);
	assert_null(broken);
	db_snapshot_end(w->c);
}

static void test_a_full_disk_refuses_writes_and_serves_reads(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	assert_int_equal(db_write(w->c, note, NULL), OK);
	disk_full = true;
	for (int i = 0; i < 3; i++) {
		assert_int_equal(db_write(w->c, note, NULL), E_DB);
		assert_string_equal(world_key(w->c), "db.full");
		assert_int_equal(browse_get(b, "/agenda"), 200);
	}
	disk_full = false;
	assert_int_equal(db_write(w->c, note, NULL), OK);
	assert_int_equal(notes(w), 2);
	assert_string_equal(cast_text(w, "SELECT integrity_check AS value FROM pragma_integrity_check"),
			    "ok");
	must_verify(w);
	browse_free(b);
}

/* "postgresql:///NAME?…" */
static char *name_of(const struct world *w)
{
	const char *name = strstr(w->url, ":///") + 4;
	return talloc_strndup(w->c->mem, name, strcspn(name, "?"));
}

static void test_a_database_that_went_away_comes_back(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	const char *name = name_of(w);
	assert_int_equal(db_write(w->c, note, NULL), OK);
	assert_int_equal(browse_get(b, "/agenda"), 200);
	pg_cluster_run("ALTER DATABASE %s ALLOW_CONNECTIONS false", name);
	pg_cluster_run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'", name);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(db_write(w->c, note, NULL), E_AWAY);
		assert_string_equal(world_key(w->c), "db.lost");
		assert_int_equal(browse_get(b, "/agenda"), 503);
		assert_true(browse_has(b, "</html>"));
		assert_true(browse_has(b, "La base de données ne répond pas"));
		assert_string_equal(browse_header(b, "Retry-After"), "10");
		assert_int_equal(browse_api(b, HTTP_GET, "/agenda", NULL), 503);
		assert_string_equal(browse_header(b, "Content-Type"), "application/problem+json");
		assert_string_equal(browse_header(b, "Retry-After"), "10");
		assert_int_equal(browse_post(b, "/sign-in", "email=ines@example.org&password=x"), 503);
		/* The program is well, and says so; it is not ready. */
		assert_int_equal(browse_get(b, "/healthz"), 200);
		assert_int_equal(browse_get(b, "/metrics"), 200);
		assert_int_equal(browse_get(b, "/readyz"), 503);
	}
	pg_cluster_run("ALTER DATABASE %s ALLOW_CONNECTIONS true", name);
	assert_int_equal(db_write(w->c, note, NULL), OK);
	assert_int_equal(browse_get(b, "/agenda"), 200);
	assert_int_equal(notes(w), 2);
	must_verify(w);
	browse_free(b);
}

/* Back by a day, then forward by a week, as when a battery is changed. */
static void test_a_clock_that_jumps_breaks_nothing(void **state)
{
	static const int64_t jumps[] = { 0, -86400, 7 * 86400, -3600, 0 };
	struct world *w = *state;
	struct space_cast *k = space_cast(w);
	struct browse *b = browse_new(w);
	browse_sign_in(b, k->ines);
	for (size_t i = 0; i < sizeof jumps / sizeof *jumps; i++) {
		struct stay s;
		struct booking_row row;
		w->c->now.v = WORLD_NOW + jumps[i];
		assert_int_equal(cast_stay(w->c, k, &k->desks, 13 + (int64_t)i, 10 * 60, 12 * 60, 1, &s), OK);
		assert_int_equal(cast_book(w, k, &s, NULL, &row), OK);
		assert_int_equal(browse_get(b, "/bookings"), 200);
	}
	assert_int_equal(cast_broken(w), 0);
	must_verify(w);
	browse_free(b);
}

/* What a page says of "now" is made again, whichever way the clock went. */
static void test_a_page_kept_is_not_kept_by_a_clock_set_back(void **state)
{
	struct world *w = *state;
	struct space_cast *k = space_cast(w);
	struct browse *b = browse_new(w);
	const char *path = talloc_asprintf(w->c->mem, "/places/%s", cast_pub(w, "community", k->place.v));
	w->app.cache = cache_new(1 << 20);
	w->c->now.v = WORLD_NOW + 12 * 3600; /* 22:00: closed */
	assert_int_equal(browse_get(b, path), 200);
	const char *closed = talloc_strdup(w->c->mem, b->body);
	w->c->now.v = WORLD_NOW; /* 10:00: open */
	assert_int_equal(browse_get(b, path), 200);
	assert_string_not_equal(b->body, closed);
	browse_free(b);
	cache_free(w->app.cache);
	w->app.cache = NULL;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		{ "test_a_full_disk_refuses_writes_and_serves_reads/sqlite",
		  test_a_full_disk_refuses_writes_and_serves_reads, world_setup_sqlite, world_teardown,
		  NULL },
		{ "test_a_database_that_went_away_comes_back/postgres",
		  test_a_database_that_went_away_comes_back, world_setup_postgres, world_teardown, NULL },
		BOTH(test_a_clock_that_jumps_breaks_nothing),
		BOTH(test_a_page_kept_is_not_kept_by_a_clock_set_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
