/* world.h - a fresh, migrated database, a clock that stands still and a context:
 * what a test of anything above the database starts from.
 *
 *	static void test_something(void **state)
 *	{
 *		struct world *w = *state;
 *		struct ctx *c = w->c;
 *		...
 *	}
 *
 *	int main(void)
 *	{
 *		const struct CMUnitTest tests[] = {
 *			BOTH(test_something),	(test_something/sqlite, test_something/postgres)
 *		};
 *		return cmocka_run_group_tests(tests, NULL, NULL);
 *	}
 *
 * Each test has its own database, removed at its end. Run from the root of the
 * tree. Include base/test.h first. */
#ifndef MAILLAGE_WORLD_H
#define MAILLAGE_WORLD_H

#include "platform/app.h"
#include "platform/db.h"

#define WORLD_NOW 1795510800 /* 2026-11-24T09:00:00Z, a Tuesday */

struct world {
	enum db_kind kind;
	struct app app; /* keeps pages of who is signed in, as a server does */
	struct ctx *c;	/* nobody signed in, French; c->now may be set to travel */
	char *url;	/* opens the same database once more: db_open, a server */
};

/* Ends the program when the database cannot be had. */
struct world *world_open(enum db_kind kind);
/* The same without any table. */
struct world *world_open_empty(enum db_kind kind);
void world_close(struct world *w);

/* The same database with as many connections as that: where so many clients are to be
 * in it at one instant. */
void world_widen(struct world *w, int connections);

/* Another context on the same world, for another thread or actor. The caller
 * frees it with talloc_free. */
struct ctx *world_ctx(struct world *w);

/* Run a text of migration tokens, as a migration would; ends the program on an error. */
void world_script(struct world *w, const char *text);

/* The code that the last failure has, and its key: assert_string_equal(world_key(c), "..."). */
const char *world_key(const struct ctx *c);

int world_setup_sqlite(void **state);
int world_setup_postgres(void **state);
int world_setup_empty_sqlite(void **state);
int world_setup_empty_postgres(void **state);
int world_teardown(void **state);

/* A test on both databases, and the same without tables. */
#define BOTH(f)                                                                      \
	{ #f "/sqlite", f, world_setup_sqlite, world_teardown, NULL },               \
	{                                                                            \
		#f "/postgres", f, world_setup_postgres, world_teardown, NULL        \
	}
#define BOTH_EMPTY(f)                                                                \
	{ #f "/sqlite", f, world_setup_empty_sqlite, world_teardown, NULL },         \
	{                                                                            \
		#f "/postgres", f, world_setup_empty_postgres, world_teardown, NULL  \
	}

#endif
