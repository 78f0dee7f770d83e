/* What the database itself refuses, and what a walk along the chains finds. */
#include "base/test.h"

#include "audit/audit.h"
#include "base/pubid.h"
#include "browse.h"
#include "ledger/counter.h"
#include "ledger/ledger.h"
#include "world.h"

struct books {
	chain_id chain, other;
	account_id a, b, hours, stranger;
	struct ledger_posting p;
	entry_id entry;
	quantity owed;
	int64_t chains, rows;
	const char *broken;
	struct counter_key key[2];
	counter_id counter[2];
	quantity q;
};

static rc open_books(struct ctx *c, void *arg)
{
	struct books *k = arg;
	TRY(chain_of(c, CHAIN_KIND_LEDGER, "one", &k->chain));
	TRY(chain_of(c, CHAIN_KIND_LEDGER, "two", &k->other));
	TRY(ledger_account(c, k->chain, (community_id){ 1 }, LEDGER_PURPOSE_EXCHANGE, LEDGER_UNIT_CREDIT,
			   &k->a));
	TRY(ledger_account(c, k->chain, (community_id){ 2 }, LEDGER_PURPOSE_EXCHANGE, LEDGER_UNIT_CREDIT,
			   &k->b));
	TRY(ledger_account(c, k->chain, (community_id){ 2 }, LEDGER_PURPOSE_EXCHANGE, LEDGER_UNIT_HOUR,
			   &k->hours));
	return ledger_account(c, k->other, (community_id){ 2 }, LEDGER_PURPOSE_EXCHANGE, LEDGER_UNIT_CREDIT,
			      &k->stranger);
}

static rc post(struct ctx *c, void *arg)
{
	struct books *k = arg;
	return ledger_post(c, &k->p, &k->entry);
}

static rc reverse(struct ctx *c, void *arg)
{
	struct books *k = arg;
	return ledger_reverse(c, k->entry, (day){ 20010 }, "reversal", k->p.fact, &(entry_id){ 0 });
}

static rc look(struct ctx *c, void *arg)
{
	struct books *k = arg;
	TRY(ledger_owed(c, k->chain, (community_id){ 1 }, (community_id){ 2 }, &k->owed));
	return ledger_verify(c, &k->chains, &k->rows, &k->broken);
}

static void start(struct world *w, struct books *k)
{
	*k = (struct books){ 0 };
	assert_int_equal(db_write(w->c, open_books, k), OK);
	k->p = (struct ledger_posting){ .chain = k->chain,
					.from = k->a,
					.to = k->b,
					.quantity = { 1500 },
					.on_day = { 20000 },
					.fact_kind = "use" };
	pubid_new(&k->p.fact);
}

static void test_sums_and_reversals(void **state)
{
	struct world *w = *state;
	struct books k;
	start(w, &k);
	assert_int_equal(db_write(w->c, post, &k), OK);
	assert_int_equal(db_write(w->c, post, &k), OK);
	assert_int_equal(db_write(w->c, reverse, &k), OK);
	assert_int_equal(db_write(w->c, reverse, &k), E_CONFLICT);
	assert_string_equal(world_key(w->c), "ledger.already_reversed");
	assert_int_equal(db_read(w->c, look, &k), OK);
	assert_int_equal(k.owed.v, 1500);
	assert_int_equal(k.chains, 2);
	assert_int_equal(k.rows, 3);
	assert_null(k.broken);
}

static void test_unbalanced_is_refused(void **state)
{
	struct world *w = *state;
	struct books k;
	start(w, &k);
	k.p.to = k.hours;
	assert_int_equal(db_write(w->c, post, &k), E_CONFLICT);
	assert_string_equal(world_key(w->c), "ledger.unbalanced");
	k.p.to = k.stranger;
	assert_int_equal(db_write(w->c, post, &k), E_CONFLICT);
	k.p.to = k.a;
	assert_int_not_equal(db_write(w->c, post, &k), OK);
	k.p.to = k.b;
	k.p.quantity.v = -5;
	assert_int_equal(db_write(w->c, post, &k), E_DB);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM ledger_entry"), 0);
}

static rc script(struct ctx *c, void *arg)
{
	return db_script(c, arg);
}

static void test_written_for_ever(void **state)
{
	struct world *w = *state;
	struct books k;
	start(w, &k);
	assert_int_equal(db_write(w->c, post, &k), OK);
	assert_int_not_equal(db_write(w->c, script, "UPDATE ledger_entry SET quantity = 1"), OK);
	assert_int_not_equal(db_write(w->c, script, "DELETE FROM ledger_entry"), OK);
	if (w->kind == DB_POSTGRES)
		assert_int_not_equal(db_write(w->c, script, "TRUNCATE ledger_entry CASCADE"), OK);
	assert_int_equal(cast_number(w, "SELECT quantity AS value FROM ledger_entry"), 1500);
}

/* Someone with the database in her hands takes the guards away first. */
static void unguard(struct world *w, const char *table)
{
	if (w->kind == DB_POSTGRES) {
		cast_run(w, "ALTER TABLE %s DISABLE TRIGGER USER", table);
		return;
	}
	const char *name;
	while ((name = cast_text(
			w,
			"SELECT MAX(name) AS value FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '%s'",
			table)))
		cast_run(w, "DROP TRIGGER %s", name);
}

static void test_verify_finds_it(void **state)
{
	struct world *w = *state;
	struct books k;
	start(w, &k);
	for (int i = 0; i < 5; i++)
		assert_int_equal(db_write(w->c, post, &k), OK);
	unguard(w, "ledger_entry");
	cast_run(w, "UPDATE ledger_entry SET quantity = 1501 WHERE seq = 3");
	assert_int_equal(db_read(w->c, look, &k), OK);
	assert_string_equal(k.broken, "ledger of one, entry 3");
	cast_run(w, "UPDATE ledger_entry SET quantity = 1500 WHERE seq = 3");
	assert_int_equal(db_read(w->c, look, &k), OK);
	assert_null(k.broken);
	cast_run(w, "DELETE FROM ledger_entry WHERE seq = 5");
	assert_int_equal(db_read(w->c, look, &k), OK);
	assert_non_null(k.broken);
}

/* Whatever is altered of an entry shows: each column stands in its hash. */
static void test_each_column_is_chained(void **state)
{
	static const char *const altered[] = { "from_account = (SELECT MAX(id) FROM ledger_account)",
					       "to_account = (SELECT MAX(id) FROM ledger_account)",
					       "quantity = quantity + 1",
					       "on_day = on_day + 1",
					       "posted_at = posted_at - 1",
					       "fact_kind = 'workshop'",
					       "fact_pub = '00000000000000000000000001'",
					       "pub = '00000000000000000000000002'",
					       "reverses = (SELECT MIN(id) FROM ledger_entry)" };
	struct world *w = *state;
	struct books k;
	start(w, &k);
	for (int i = 0; i < 3; i++)
		assert_int_equal(db_write(w->c, post, &k), OK);
	unguard(w, "ledger_entry");
	cast_run(w, "CREATE TABLE kept AS SELECT * FROM ledger_entry WHERE seq = 2");
	for (size_t i = 0; i < sizeof altered / sizeof *altered; i++) {
		cast_run(w, "UPDATE ledger_entry SET %s WHERE seq = 2", altered[i]);
		assert_int_equal(db_read(w->c, look, &k), OK);
		assert_string_equal(k.broken ? k.broken : altered[i], "ledger of one, entry 2");
		cast_run(
			w,
			"UPDATE ledger_entry SET (pub, from_account, to_account, quantity, on_day, posted_at, "
			"fact_kind, fact_pub, reverses) = (SELECT pub, from_account, to_account, quantity, "
			"on_day, posted_at, fact_kind, fact_pub, reverses FROM kept) WHERE seq = 2");
	}
	assert_int_equal(db_read(w->c, look, &k), OK);
	assert_null(k.broken);
}

static rc note(struct ctx *c, void *arg)
{
	struct audit_event e = {
		.chain = "server", .action = "test", .object_kind = "thing", .before = "{}", .after = arg
	};
	pubid_new(&e.object);
	return audit_note(c, &e);
}

static rc look_at_audit(struct ctx *c, void *arg)
{
	struct books *k = arg;
	return audit_verify(c, &k->chains, &k->rows, &k->broken);
}

static void test_audit(void **state)
{
	struct world *w = *state;
	struct books k = { 0 };
	for (int i = 0; i < 4; i++)
		assert_int_equal(db_write(w->c, note, "{\"n\":1}"), OK);
	assert_int_equal(db_read(w->c, look_at_audit, &k), OK);
	assert_null(k.broken);
	assert_int_equal(k.rows, 4);
	assert_int_not_equal(db_write(w->c, script, "UPDATE audit SET action = 'other'"), OK);
	assert_int_not_equal(db_write(w->c, script, "DELETE FROM audit"), OK);
	/* Details may be erased, not changed. */
	cast_run(w, "DELETE FROM audit_detail WHERE audit = (SELECT MIN(id) FROM audit)");
	assert_int_equal(db_read(w->c, look_at_audit, &k), OK);
	assert_null(k.broken);
	cast_run(w, "UPDATE audit_detail SET after = '{}' WHERE audit = (SELECT MAX(id) FROM audit)");
	assert_int_equal(db_read(w->c, look_at_audit, &k), OK);
	assert_string_equal(k.broken, "audit of server, row 4");
}

static void test_each_column_of_the_audit_is_chained(void **state)
{
	static const char *const altered[] = { "at = at - 1",
					       "person = 9",
					       "membership = 9",
					       "community = 9",
					       "action = 'other'",
					       "object_kind = 'other'",
					       "object_pub = '00000000000000000000000001'",
					       "request_id = 'other'",
					       "seq = 9" };
	struct world *w = *state;
	struct books k = { 0 };
	w->c->actor = (struct actor){ .person = { 1 }, .membership = { 2 }, .community = { 3 } };
	for (int i = 0; i < 3; i++)
		assert_int_equal(db_write(w->c, note, "{\"n\":1}"), OK);
	unguard(w, "audit");
	cast_run(w, "CREATE TABLE kept AS SELECT * FROM audit WHERE seq = 2");
	for (size_t i = 0; i < sizeof altered / sizeof *altered; i++) {
		cast_run(w, "UPDATE audit SET %s WHERE id = (SELECT id FROM kept)", altered[i]);
		assert_int_equal(db_read(w->c, look_at_audit, &k), OK);
		assert_string_equal(k.broken ? "broken" : altered[i], "broken");
		cast_run(
			w,
			"UPDATE audit SET (at, person, membership, community, action, object_kind, object_pub, "
			"request_id, seq) = (SELECT at, person, membership, community, action, object_kind, "
			"object_pub, request_id, seq FROM kept) WHERE id = (SELECT id FROM kept)");
	}
	assert_int_equal(db_read(w->c, look_at_audit, &k), OK);
	assert_null(k.broken);
}

static rc hold(struct ctx *c, void *arg)
{
	struct books *k = arg;
	return counter_hold(c, k->key, 2, k->q, k->counter);
}

static rc use(struct ctx *c, void *arg)
{
	struct books *k = arg;
	return counter_use(c, k->counter[0], k->q);
}

static rc unuse(struct ctx *c, void *arg)
{
	struct books *k = arg;
	return counter_unuse(c, k->counter[0], k->q);
}

static rc rehold(struct ctx *c, void *arg)
{
	struct books *k = arg;
	return counter_rehold(c, k->counter[0], k->q);
}

static rc retake(struct ctx *c, void *arg)
{
	struct books *k = arg;
	return counter_retake(c, k->counter[0], k->q);
}

static void assert_counter(struct world *w, const struct books *k, int i, int64_t held, int64_t used)
{
	long long id = (long long)k->counter[i].v;
	assert_int_equal(cast_number(w, "SELECT held AS value FROM counter WHERE id = %lld", id), held);
	assert_int_equal(cast_number(w, "SELECT used AS value FROM counter WHERE id = %lld", id), used);
}

static void test_counters(void **state)
{
	struct world *w = *state;
	struct books k = { .q = { 1000 } };
	k.key[0] = (struct counter_key){ COUNTER_OWNER_GRANT, 1, COUNTER_SCOPE_SENDER, 7, "2026", { 5000 } };
	k.key[1] = (struct counter_key){ COUNTER_OWNER_GRANT, 1, COUNTER_SCOPE_PERSON, 3, "2026", { 2000 } };
	assert_int_equal(db_write(w->c, hold, &k), OK);
	assert_int_equal(db_write(w->c, hold, &k), OK);
	/* The second is full: the first is not taken either. */
	assert_int_equal(db_write(w->c, hold, &k), E_QUOTA);
	assert_counter(w, &k, 0, 2000, 0);
	assert_counter(w, &k, 1, 2000, 0);
	assert_int_equal(db_write(w->c, use, &k), OK);
	assert_counter(w, &k, 0, 1000, 1000);
	assert_int_equal(db_write(w->c, rehold, &k), OK);
	assert_counter(w, &k, 0, 2000, 0);
	assert_int_equal(db_write(w->c, unuse, &k), E_CORRUPT);
	k.q.v = 3000;
	assert_int_equal(db_write(w->c, retake, &k), OK);
	assert_int_equal(db_write(w->c, retake, &k), E_QUOTA);
	assert_int_not_equal(db_write(w->c, script, "UPDATE counter SET held = held + 1, used = used + 5000"),
			     OK);
	assert_counter(w, &k, 0, 5000, 0);
}

/* What is used takes from the cap like what is held. */
static void test_used_is_taken(void **state)
{
	struct world *w = *state;
	struct books k = { .q = { 1000 } };
	k.key[0] = (struct counter_key){ COUNTER_OWNER_GRANT, 1, COUNTER_SCOPE_SENDER, 7, "2026", { 1000 } };
	k.key[1] = (struct counter_key){ COUNTER_OWNER_GRANT, 1, COUNTER_SCOPE_PERSON, 3, "2026", { 9000 } };
	assert_int_equal(db_write(w->c, hold, &k), OK);
	assert_int_equal(db_write(w->c, use, &k), OK);
	assert_int_equal(db_write(w->c, hold, &k), E_QUOTA);
	assert_string_equal(world_key(w->c), "right.quota_spent");
	assert_counter(w, &k, 1, 1000, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_sums_and_reversals),
		BOTH(test_unbalanced_is_refused),
		BOTH(test_written_for_ever),
		BOTH(test_verify_finds_it),
		BOTH(test_each_column_is_chained),
		BOTH(test_audit),
		BOTH(test_each_column_of_the_audit_is_chained),
		BOTH(test_counters),
		BOTH(test_used_is_taken),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
