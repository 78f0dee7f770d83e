/* The demo builds on both databases, is the same twice, and verify finds
 * nothing wrong in it until somebody alters a row. */
#include "base/test.h"

#include "app/demo.h"
#include "app/verify.h"
#include "app/wiring.h"
#include "base/civil.h"
#include "base/hash.h"
#include "world.h"

static void fill(struct world *w, uint64_t seed)
{
	struct ctx *c = w->c;
	wire(&w->app);
	c->now = local_to_utc(day_of(2026, 11, 24), (minute){ 640 }, NULL);
	assert_int_equal(demo_fill(c, seed, 400), OK);
}

static void heads_of(struct ctx *c, struct chain_head_list *l)
{
	assert_int_equal(db_snapshot(c), OK);
	assert_int_equal(verify_heads(c, l), OK);
	db_snapshot_end(c);
	assert_true(l->n > 20);
}

static void books_are_right(struct world *w)
{
	struct findings f;
	assert_int_equal(verify_all(w->c, &f), OK);
	for (size_t i = 0; i < f.n; i++) {
		if (f.at[i].broken)
			fail_msg("%s: %s", f.at[i].what, f.at[i].broken);
		assert_true(f.at[i].n > 0);
	}
}

/* Every chain of the world: what differs anywhere in what happened differs there. */
static void test_same_seed_same_world(void **state)
{
	struct chain_head_list a, b;
	struct world *first = *state, *second = world_open(first->kind);
	fill(first, 7);
	fill(second, 7);
	heads_of(first->c, &a);
	heads_of(second->c, &b);
	assert_int_equal(a.n, b.n);
	for (size_t i = 0; i < a.n; i++)
		if (strcmp(a.items[i].subject, b.items[i].subject) != 0 ||
		    !hash_eq(a.items[i].head, b.items[i].head))
			fail_msg("%s is another chain than %s", a.items[i].subject, b.items[i].subject);
	world_close(second);
}

static void alter(struct world *w, const char *sqlite, const char *postgres)
{
	world_script(w, w->kind == DB_SQLITE ? sqlite : postgres);
}

static void finds(struct world *w, const char *part)
{
	struct findings f;
	bool found = false;
	assert_int_equal(verify_all(w->c, &f), OK);
	for (size_t i = 0; i < f.n; i++)
		found |= f.at[i].broken && strstr(f.at[i].broken, part);
	if (!found)
		fail_msg("verify does not say \"%s\"", part);
}

static void altered_rows_are_found(struct world *w)
{
	alter(w,
	      "DROP TRIGGER ledger_entry_no_update; UPDATE ledger_entry SET quantity = quantity + 1 WHERE seq = 9",
	      "ALTER TABLE ledger_entry DISABLE TRIGGER USER; UPDATE ledger_entry SET quantity = quantity + 1 WHERE seq = 9");
	finds(w, "entry 9");
	alter(w, "UPDATE audit_detail SET after = '{}' WHERE audit = 100",
	      "UPDATE audit_detail SET after = '{}' WHERE audit = 100");
	finds(w, "audit of ");
	alter(w, "UPDATE counter SET used = used + 1 WHERE id = 3",
	      "UPDATE counter SET used = used + 1 WHERE id = 3");
	finds(w, "counter 3");
}

static void more_than_there_is(struct world *w)
{
	static const char sql[] = "UPDATE space SET capacity = 2 WHERE name = 'Plateau partagé'";
	alter(w, sql, sql);
	finds(w, "space ");
}

static void cut_off_lines_are_found(struct world *w)
{
	struct chain_head_list l;
	const char *broken;
	char hex[65];
	assert_int_equal(db_snapshot(w->c), OK);
	assert_int_equal(verify_heads(w->c, &l), OK);
	const struct chain_head *h = &l.items[l.n - 1];
	hash_hex(h->head, hex);
	const char *kind = enum_word(&chain_kind_words, h->kind);
	const char *line = fmt(w->c, "%s %s %lld %s", kind, h->subject, (long long)h->seq, hex);
	assert_int_equal(verify_head(w->c, line, &broken), OK);
	assert_null(broken);
	line = fmt(w->c, "%s %s %lld %s", kind, h->subject, (long long)h->seq + 1, hex);
	assert_int_equal(verify_head(w->c, line, &broken), OK);
	assert_non_null(broken);
	assert_int_equal(verify_head(w->c, "ledger x", &broken), E_INVALID);
	db_snapshot_end(w->c);
}

/* One world for all: making it takes longest. */
static void test_verify(void **state)
{
	struct world *w = *state;
	fill(w, DEMO_SEED);
	books_are_right(w);
	cut_off_lines_are_found(w);
	more_than_there_is(w);
	altered_rows_are_found(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_verify),
		BOTH(test_same_seed_same_world),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
