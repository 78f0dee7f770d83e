#include "base/test.h"

#include "base/civil.h"
#include "base/pubid.h"
#include "bridges/terms.h"
#include "convention_cast.h"
#include "people/attempts.h"
#include "platform/app.h"
#include "platform/route.h"

static const char *broken(struct convention_cast *k)
{
	const char *what;
	int64_t n;
	pubid pub;
	assert_int_equal(pubid_parse(k->pub, &pub), OK);
	assert_int_equal(db_snapshot(k->w->c), OK);
	assert_int_equal(convention_verify(k->w->c, pub, &n, &what), OK);
	db_snapshot_end(k->w->c);
	return what;
}

static int64_t charters_noted(struct convention_cast *k, const char *chain)
{
	return cast_number(k->w,
			   "SELECT COUNT(*) AS value FROM audit a JOIN chain h ON h.id = a.chain "
			   "JOIN charter_acceptance r ON r.pub = a.object_pub "
			   "WHERE a.action = 'charter.accept' AND h.kind = 'audit' AND h.subject = '%s'",
			   chain);
}

static void test_proposed_signed_used(void **state)
{
	struct convention_cast k = cast_convention(*state);
	const char *quote = "/spaces/00000000000000000000000001/book?day=2026-11-26&from=09:00&to=19:00";
	cast_proposed(&k);
	assert_int_equal(browse_get(k.ines, quote), 200);
	assert_false(browse_has(k.ines, "Ponts"));
	assert_int_equal(cast_post(&k, k.malo, "sign", "read=0" WITH_SECRET), 422);
	assert_int_equal(cast_post(&k, k.malo, "sign", "read=1&insurer=MAIF" WITH_SECRET), 303);
	assert_int_equal(cast_post(&k, k.ines, "sign", "read=1" WITH_SECRET), 403); /* no signatory */
	assert_int_equal(cast_post(&k, k.claire, "sign", "read=1" WITH_SECRET), 303);
	assert_int_equal(cast_post(&k, k.claire, "sign", "read=1" WITH_SECRET), 409);
	assert_null(broken(&k));
	/* The right shows at once; the charter comes first. */
	assert_int_equal(browse_get(k.ines, quote), 200);
	assert_true(browse_has(k.ines, "Ponts"));
	const char *version = cast_text(k.w, "SELECT pub AS value FROM convention_version");
	assert_true(browse_has(k.ines, version));
	assert_int_equal(browse_post(k.malo, fmt(k.w->c, "/charters/%s", version), ""), 403);
	assert_int_equal(browse_post(k.ines, fmt(k.w->c, "/charters/%s", version), ""), 303);
	assert_int_equal(browse_get(k.ines, quote), 200);
	assert_true(browse_has(k.ines, "Gratuit"));
	/* In the audit of the server, once: her cooperative reads its own, not this one. */
	assert_int_equal(browse_post(k.ines, fmt(k.w->c, "/charters/%s", version), "again=1"), 303);
	assert_int_equal(charters_noted(&k, "server"), 1);
	cast_convention_leave(&k);
}

/* What is being written is its runner's alone, on every page of it. */
static void test_a_draft_is_its_runners(void **state)
{
	struct convention_cast k = cast_convention(*state);
	static const char *const pages[] = { "", "/text", "/exchanges", "/statement", "/documents" };
	cast_draft(&k, true);
	cast_invite(&k, k.cae, "sender");
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
		assert_int_equal(browse_get(k.claire, fmt(k.w->c, "%s%s", k.at, pages[i])), 404);
	assert_int_equal(browse_get(k.lucie, fmt(k.w->c, "%s/terms", k.at)), 200);
	cast_convention_leave(&k);
}

/* At the counter: without the box she is refused; with it the charter is hers, at that place. */
static void test_charter_on_the_spot(void **state)
{
	struct convention_cast k = cast_convention(*state);
	cast_proposed(&k);
	assert_int_equal(cast_post(&k, k.malo, "sign", "read=1&insurer=MAIF" WITH_SECRET), 303);
	assert_int_equal(cast_post(&k, k.claire, "sign", "read=1" WITH_SECRET), 303);
	const char *ines = cast_text(k.w, "SELECT pub AS value FROM person WHERE email = 'ines@example.org'");
	cast_run(k.w, "UPDATE membership SET visibility = 'public'");
	assert_int_equal(browse_get(k.malo, "/host/day?who=In"), 200);
	assert_true(browse_has(k.malo, "accepte la charte ici, maintenant"));
	const char *grant = fmt(
		k.w->c, "grant-%s-%s", cast_text(k.w, "SELECT pub AS value FROM grant_rule"),
		cast_text(k.w, "SELECT m.pub AS value FROM membership m JOIN person p ON p.id = m.person "
			       "WHERE p.email = 'ines@example.org'"));
	const char *form = fmt(k.w->c, "person=%s&space=00000000000000000000000001&until=19:00&right=%s",
			       ines, grant);
	assert_int_equal(browse_post(k.malo, "/host/walk-ins", form), 409);
	assert_int_equal(cast_number(k.w, "SELECT COUNT(*) AS value FROM charter_acceptance"), 0);
	assert_int_equal(browse_post(k.malo, "/host/walk-ins", fmt(k.w->c, "%s&charter=1", form)), 303);
	assert_int_equal(cast_number(k.w, "SELECT at_place AS value FROM charter_acceptance"), k.place.v);
	assert_string_equal(
		cast_text(k.w,
			  "SELECT p.pub AS value FROM charter_acceptance a JOIN person p ON p.id = a.person"),
		ines);
	assert_string_equal(cast_text(k.w, "SELECT status AS value FROM booking"), "present");
	assert_int_equal(charters_noted(&k, cast_pub(k.w, "community", k.place.v)), 1);
	assert_int_equal(
		cast_number(k.w, "SELECT COUNT(*) AS value FROM audit WHERE action = 'charter.accept'"), 1);
	cast_convention_leave(&k);
}

/* A session or a token alone signs nothing; guessing is limited as at the door. */
static void test_signing_asks_the_password(void **state)
{
	struct convention_cast k = cast_convention(*state);
	cast_proposed(&k);
	assert_int_equal(cast_post(&k, k.claire, "sign", "read=1"), 422);
	assert_int_equal(cast_post(&k, k.claire, "sign", "read=1&password=tissons-des-lianes"), 422);
	assert_true(browse_has(k.claire, "mot de passe"));
	assert_false(browse_has(k.claire, "lianes"));
	const char *path = fmt(k.w->c, "%s/sign", k.at);
	assert_int_equal(browse_api(k.claire, HTTP_POST, path, "{\"read\":true}"), 422);
	assert_int_equal(browse_api(k.claire, HTTP_POST, path, "{\"read\":true,\"password\":\"non\"}"), 422);
	assert_int_equal(cast_number(k.w, "SELECT COUNT(*) AS value FROM signature"), 0);
	k.w->app.attempts = attempts_new();
	int code = 422, tries = 0;
	for (; code == 422 && tries < 40; tries++)
		code = cast_post(&k, k.claire, "sign", "read=1&password=tissons-des-lianes");
	assert_int_equal(code, 429);
	assert_int_equal(tries, 11);
	assert_int_equal(cast_post(&k, k.claire, "sign", "read=1" WITH_SECRET), 429);
	k.w->c->now.v += 3600;
	assert_int_equal(
		browse_api(k.claire, HTTP_POST, path,
			   fmt(k.w->c, "{\"read\":true,\"version\":\"%s\",\"password\":\"" SECRET "\"}",
			       cast_text(k.w, "SELECT pub AS value FROM convention_version"))),
		200);
	assert_int_equal(cast_number(k.w, "SELECT COUNT(*) AS value FROM signature"), 1);
	attempts_free(k.w->app.attempts);
	k.w->app.attempts = NULL;
	cast_convention_leave(&k);
}

static void test_terms_are_fixed(void **state)
{
	struct convention_cast k = cast_convention(*state);
	cast_proposed(&k);
	assert_null(broken(&k));
	assert_int_equal(cast_post(&k, k.lucie, "propose", "again=1"), 409);
	cast_run(k.w, "UPDATE convention_version SET due_days = due_days + 1");
	assert_non_null(broken(&k));
	cast_run(k.w, "UPDATE convention_version SET due_days = due_days - 1");
	assert_null(broken(&k));
	cast_run(k.w, "UPDATE convention_version SET text = '%s'", "autre chose");
	assert_non_null(broken(&k));
	cast_convention_leave(&k);
}

static void test_nobody_to_propose_to(void **state)
{
	struct convention_cast k = cast_convention(*state);
	cast_draft(&k, false);
	cast_invite(&k, k.place, "host");
	assert_int_equal(cast_post(&k, k.lucie, "propose", ""), 409);
	assert_int_equal(browse_post(k.ines, "/conventions/new", "name=X&from=2026-11-01&to=2027-10-31"),
			 403);
	assert_int_equal(browse_post(k.lucie, "/conventions/new", "name=X&from=2026-11-01&to=2026-10-31"),
			 422);
	cast_convention_leave(&k);
}

static void test_strangers_see_nothing(void **state)
{
	struct convention_cast k = cast_convention(*state);
	cast_proposed(&k);
	const char *text = fmt(k.w->c, "%s/text", k.at);
	assert_int_equal(browse_get(k.claire, text), 200);
	assert_int_equal(browse_get(k.stranger, text), 404);
	assert_int_equal(cast_post(&k, k.stranger, "sign", "read=1" WITH_SECRET), 404);
	assert_int_equal(cast_post(&k, k.stranger, "parties", "side=host"), 404);
	assert_int_equal(cast_post(&k, k.claire, "propose", ""), 404);
	cast_convention_leave(&k);
}

static void test_join_by_signing_the_same(void **state)
{
	struct convention_cast k = cast_convention(*state);
	cast_draft(&k, true);
	cast_invite(&k, k.place, "host");
	cast_invite(&k, k.cae, "sender");
	assert_int_equal(cast_post(&k, k.lucie, "propose", ""), 303);
	assert_int_equal(browse_get(k.stranger, "/conventions"), 200);
	assert_true(browse_has(k.stranger, "Ponts"));
	assert_int_equal(cast_post(&k, k.stranger, "join", "side=sender&read=1" WITH_SECRET), 303);
	assert_int_equal(cast_number(k.w, "SELECT COUNT(*) AS value FROM signature"), 1);
	assert_int_equal(cast_post(&k, k.stranger, "join", "side=host&read=1" WITH_SECRET), 409);
	cast_convention_leave(&k);
}

static void test_totals_hide_few(void **state)
{
	struct convention_cast k = cast_convention(*state);
	cast_proposed(&k);
	assert_int_equal(cast_post(&k, k.claire, "sign", "read=1" WITH_SECRET), 303);
	for (int i = 0; i < 6; i++)
		cast_member(k.w, cast_person(k.w, "Quelqu’un", fmt(k.w->c, "q%d@example.org", i)), k.cae,
			    "cape", ROLE_MEMBER);
	const char *version = cast_text(k.w, "SELECT pub AS value FROM convention_version");
	assert_int_equal(browse_post(k.ines, fmt(k.w->c, "/charters/%s", version), ""), 303);
	/* Seven have the right, one signed: neither the one nor the six it leaves may be told by subtraction. */
	assert_int_equal(browse_api(k.claire, HTTP_GET, fmt(k.w->c, "%s/people", k.at), NULL), 200);
	assert_true(browse_has(k.claire, "\"eligible\":7"));
	assert_true(browse_has(k.claire, "\"charter\":null"));
	assert_int_equal(cast_post(&k, k.claire, "reminders", ""), 303);
	assert_int_equal(cast_number(k.w, "SELECT COUNT(*) AS value FROM mail WHERE kind = 'grant.reminder'"),
			 7);
	assert_int_equal(cast_post(&k, k.claire, "reminders", ""), 303);
	assert_int_equal(cast_number(k.w, "SELECT COUNT(*) AS value FROM mail WHERE kind = 'grant.reminder'"),
			 7);
	cast_convention_leave(&k);
}

/* What passes from the text to the charter changes the hash. */
static void test_text_is_not_charter(void **state)
{
	struct convention_cast k = cast_convention(*state);
	cast_proposed(&k);
	cast_run(
		k.w,
		"UPDATE convention_version SET text = 'un', charter = 'deux\n\ntrois', hash = NULL, proposed_at = NULL");
	assert_int_equal(cast_post(&k, k.lucie, "propose", ""), 303);
	assert_null(broken(&k));
	cast_run(k.w, "UPDATE convention_version SET text = 'un\n\ndeux', charter = 'trois'");
	assert_non_null(broken(&k));
	assert_int_equal(cast_post(&k, k.malo, "sign", "read=1" WITH_SECRET), 500);
	assert_int_equal(cast_number(k.w, "SELECT COUNT(*) AS value FROM signature"), 0);
	cast_convention_leave(&k);
}

static rc forge(struct ctx *c, void *arg)
{
	return db_script(c, arg);
}

static void test_signatures_stay(void **state)
{
	struct convention_cast k = cast_convention(*state);
	cast_signed(&k);
	assert_int_not_equal(db_write(k.w->c, forge, "UPDATE signature SET at = 0"), OK);
	assert_int_not_equal(db_write(k.w->c, forge, "DELETE FROM signature"), OK);
	assert_int_equal(cast_number(k.w, "SELECT COUNT(*) AS value FROM signature WHERE at > 0"), 2);
	cast_convention_leave(&k);
}

static void test_amendment(void **state)
{
	struct convention_cast k = cast_convention(*state);
	cast_signed(&k);
	cast_charter(&k, k.ines);
	assert_int_equal(cast_post(&k, k.claire, "amend", "in_force=2027-01-01"), 404);
	assert_int_equal(cast_post(&k, k.lucie, "amend", "in_force=2026-10-01"), 422);
	assert_int_equal(cast_post(&k, k.lucie, "amend", "in_force=2026-11-23"), 422); /* yesterday */
	assert_int_equal(cast_post(&k, k.lucie, "amend", "in_force=2027-01-01"), 303);
	assert_int_equal(cast_post(&k, k.lucie, "amend", "in_force=2027-02-01"), 409);
	/* While it is written, nobody can sign it, and its text is not theirs to read. */
	cast_run(k.w, "UPDATE convention_version SET text = 'AVENANT' WHERE number = 2");
	assert_int_equal(browse_get(k.claire, fmt(k.w->c, "%s/text", k.at)), 200);
	assert_false(browse_has(k.claire, "AVENANT"));
	assert_int_equal(cast_post(&k, k.claire, "sign", "read=1" WITH_SECRET), 409);
	assert_int_equal(cast_post(&k, k.lucie, "propose", ""), 303);
	assert_null(broken(&k));
	assert_int_equal(cast_post(&k, k.claire, "sign", "read=1" WITH_SECRET), 303);
	/* One signed: both stay on the version that both have. */
	const char *first = cast_text(k.w, "SELECT pub AS value FROM convention_version WHERE number = 1");
	const char *second = cast_text(k.w, "SELECT pub AS value FROM convention_version WHERE number = 2");
	assert_int_equal(cast_quota(&k, "2027-01-07"), 200);
	assert_false(browse_has(k.ines, second));
	assert_int_equal(cast_post(&k, k.malo, "sign", "read=1" WITH_SECRET), 303);
	assert_int_equal(cast_quota(&k, "2027-01-07"), 200);
	assert_true(browse_has(k.ines, second)); /* its charter is to be accepted */
	assert_int_equal(cast_quota(&k, "2026-12-10"), 200);
	assert_false(browse_has(k.ines, second));
	assert_false(browse_has(k.ines, first)); /* accepted */
	cast_convention_leave(&k);
}

static int book(struct convention_cast *k, const char *on, int number)
{
	const char *right = fmt(
		k->w->c, "grant-%s-%s",
		cast_text(
			k->w,
			"SELECT g.pub AS value FROM grant_rule g JOIN convention_version v ON v.id = g.version "
			"WHERE v.number = %d",
			number),
		cast_text(k->w, "SELECT pub AS value FROM membership WHERE status = 'cape'"));
	return browse_post(k->ines, "/spaces/00000000000000000000000001/book",
			   fmt(k->w->c, "day=%s&from=09:00&to=19:00&right=%s", on, right));
}

/* What was used before an amendment counts after it, in the same period. */
static void amended(struct world *w, const char *which, int64_t cap, bool allows)
{
	struct convention_cast k = cast_convention(w);
	cast_signed(&k);
	cast_charter(&k, k.ines);
	assert_int_equal(book(&k, "2026-11-26", 1), 303);
	assert_int_equal(book(&k, "2026-12-10", 1), 303);
	assert_int_equal(cast_post(&k, k.lucie, "amend", "in_force=2026-12-01"), 303);
	cast_run(
		w,
		"UPDATE grant_rule SET per_person = NULL, per_sender = NULL, per_place = NULL WHERE lineage IS NOT NULL");
	cast_run(w, "UPDATE grant_rule SET %s = %lld WHERE lineage IS NOT NULL", which, (long long)cap);
	assert_int_equal(cast_post(&k, k.lucie, "propose", ""), 303);
	assert_null(broken(&k));
	assert_int_equal(cast_post(&k, k.malo, "sign", "read=1" WITH_SECRET), 303);
	assert_int_equal(cast_post(&k, k.claire, "sign", "read=1" WITH_SECRET), 303);
	cast_charter(&k, k.ines);
	assert_int_equal(cast_quota(&k, "2026-12-11"), 200);
	assert_true(browse_has(k.ines, "plus assez") != allows);
	assert_true((book(&k, "2026-12-11", 2) == 303) == allows);
	assert_int_equal(cast_quota(&k, "2026-12-12"), 200);
	assert_true(browse_has(k.ines, "plus assez"));
	/* Another year is another period. */
	assert_int_equal(cast_quota(&k, "2027-01-07"), 200);
	assert_true(browse_has(k.ines, "plus assez") == (cap < 1000));
	const char *second = cast_text(w, "SELECT pub AS value FROM booking WHERE on_day = %d", 20797);
	int moved = browse_post(k.ines, fmt(w->c, "/bookings/%s/change", second),
				"day=2026-12-14&from=09:00&to=19:00");
	assert_true((moved == 303) == (cap >= 2000)); /* same line of rights */
	cast_convention_leave(&k);
}

static void test_amended_cap_goes_on(void **state)
{
	amended(*state, "per_person", 3000, true);
}

static void test_amended_cap_of_sender_is_reached(void **state)
{
	amended(*state, "per_sender", 2000, false);
}

static void test_cap_lowered_under_what_is_used(void **state)
{
	amended(*state, "per_person", 1000, false);
}

static void test_suspended_and_left(void **state)
{
	struct convention_cast k = cast_convention(*state);
	cast_signed(&k);
	cast_charter(&k, k.ines);
	const char *cae = cast_text(k.w, "SELECT p.pub AS value FROM party p WHERE p.side = 'sender'");
	assert_int_equal(browse_post(k.claire, fmt(k.w->c, "/parties/%s/suspend", cae), "why=Retard"), 404);
	assert_int_equal(browse_post(k.lucie, fmt(k.w->c, "/parties/%s/suspend", cae), "why=Retard"), 303);
	assert_int_equal(cast_quota(&k, "2026-11-26"), 200);
	assert_true(browse_has(k.ines, "suspendue"));
	assert_int_equal(browse_post(k.lucie, fmt(k.w->c, "/parties/%s/suspend", cae), "why=Encore"), 409);
	assert_int_equal(browse_post(k.lucie, fmt(k.w->c, "/parties/%s/resume", cae), ""), 303);
	assert_int_equal(cast_quota(&k, "2026-11-26"), 200);
	assert_false(browse_has(k.ines, "suspendue"));
	assert_int_equal(cast_post(&k, k.claire, "leave", "on_day=2026-11-01"), 422);
	assert_int_equal(cast_post(&k, k.claire, "leave", "on_day=2026-11-30"), 303);
	assert_int_equal(browse_get(k.claire, k.at), 200);
	assert_true(browse_has(k.claire, "Vous quittez la convention le 30 nov. 2026"));
	assert_int_equal(cast_quota(&k, "2026-12-01"), 200);
	assert_true(browse_has(k.ines, "quitté"));
	assert_int_equal(cast_quota(&k, "2026-11-26"), 200);
	assert_true(browse_has(k.ines, "Gratuit"));
	k.w->c->now.v += 6 * 86400; /* its last day is whole */
	assert_int_equal(conventions_end(k.w->c), OK);
	assert_int_equal(cast_number(k.w, "SELECT COUNT(*) AS value FROM party WHERE state = 'left'"), 0);
	k.w->c->now.v += 86400;
	assert_int_equal(conventions_end(k.w->c), OK);
	assert_int_equal(cast_number(k.w, "SELECT COUNT(*) AS value FROM party WHERE state = 'left'"), 1);
	assert_int_equal(cast_number(k.w, "SELECT COUNT(*) AS value FROM audit WHERE action = 'party.left'"),
			 1);
	assert_int_equal(cast_number(k.w, "SELECT COUNT(*) AS value FROM convention WHERE state = 'ended'"),
			 0);
	/* Until the end of its last day, 31 October 2027. */
	k.w->c->now = local_to_utc(day_of(2027, 10, 31), (minute){ 720 }, NULL);
	assert_int_equal(conventions_end(k.w->c), OK);
	assert_int_equal(cast_number(k.w, "SELECT COUNT(*) AS value FROM convention WHERE state = 'ended'"),
			 0);
	k.w->c->now.v += 86400;
	assert_int_equal(conventions_end(k.w->c), OK);
	assert_int_equal(conventions_end(k.w->c), OK);
	assert_int_equal(cast_number(k.w, "SELECT COUNT(*) AS value FROM convention WHERE state = 'ended'"),
			 1);
	assert_int_equal(
		cast_number(k.w, "SELECT COUNT(*) AS value FROM audit WHERE action = 'convention.end'"), 1);
	cast_convention_leave(&k);
}

static void test_contribution(void **state)
{
	struct convention_cast k = cast_convention(*state);
	cast_signed(&k);
	const char *cae = cast_text(k.w, "SELECT p.pub AS value FROM party p WHERE p.side = 'sender'");
	assert_int_equal(browse_get(k.lucie, fmt(k.w->c, "%s/documents", k.at)), 200);
	assert_true(browse_has(k.lucie, "150,00"));
	assert_int_equal(browse_post(k.lucie, fmt(k.w->c, "/parties/%s/paid", cae), ""), 303);
	assert_int_equal(browse_post(k.lucie, fmt(k.w->c, "/parties/%s/paid", cae), "again=1"), 409);
	assert_int_equal(
		cast_number(k.w, "SELECT COUNT(*) AS value FROM contribution WHERE paid_on IS NOT NULL"), 1);
	assert_int_equal(browse_get(k.claire, fmt(k.w->c, "%s/rights", k.at)), 200);
	assert_int_equal(browse_get(k.stranger, fmt(k.w->c, "%s/rights", k.at)), 404);
	assert_int_equal(browse_get(k.stranger, fmt(k.w->c, "%s/documents", k.at)), 404);
	cast_convention_leave(&k);
}

/* A quota that is too small for a second booking: by person, by sender, by place. */
static void cap(struct world *w, const char *which)
{
	struct convention_cast k = cast_convention(w);
	cast_proposed(&k);
	cast_run(
		w,
		"UPDATE grant_rule SET per_person = NULL, per_sender = NULL, per_place = NULL, measure = 'day'");
	cast_run(w, "UPDATE grant_rule SET %s = 1000", which);
	cast_run(w, "UPDATE convention_version SET hash = NULL, proposed_at = NULL, credit_limit = NULL");
	assert_int_equal(cast_post(&k, k.lucie, "propose", ""), 303);
	assert_int_equal(cast_post(&k, k.malo, "sign", "read=1&insurer=MAIF" WITH_SECRET), 303);
	assert_int_equal(cast_post(&k, k.claire, "sign", "read=1" WITH_SECRET), 303);
	cast_charter(&k, k.ines);
	assert_int_equal(cast_quota(&k, "2026-11-26"), 200);
	assert_true(browse_has(k.ines, "Gratuit"));
	const char *right = fmt(
		w->c, "grant-%s-%s", cast_text(w, "SELECT pub AS value FROM grant_rule"),
		cast_text(w, "SELECT m.pub AS value FROM membership m WHERE m.status = 'cape'"));
	const char *book = "/spaces/00000000000000000000000001/book";
	assert_int_equal(
		browse_post(k.ines, book, fmt(w->c, "day=2026-11-26&from=09:00&to=13:00&right=%s", right)),
		303);
	assert_int_equal(cast_number(w, "SELECT SUM(held) AS value FROM counter"), 1000);
	/* The same day counts once; another day is too much. */
	assert_int_equal(
		browse_post(k.ines, book, fmt(w->c, "day=2026-11-26&from=14:00&to=18:00&right=%s", right)),
		303);
	assert_int_equal(cast_number(w, "SELECT SUM(held) AS value FROM counter"), 1000);
	assert_int_equal(cast_quota(&k, "2026-11-27"), 200);
	assert_true(browse_has(k.ines, "plus assez"));
	assert_int_not_equal(
		browse_post(k.ines, book, fmt(w->c, "day=2026-11-27&from=09:00&to=13:00&right=%s", right)),
		303);
	assert_int_equal(cast_number(w, "SELECT SUM(held) AS value FROM counter"), 1000);
	cast_convention_leave(&k);
}

static void test_cap_of_person(void **state)
{
	cap(*state, "per_person");
}

static void test_cap_of_sender(void **state)
{
	cap(*state, "per_sender");
}

static void test_cap_of_place(void **state)
{
	cap(*state, "per_place");
}

/* Machines ask for the sender's insurance; who has no right accepts no charter. */
static void test_insurance_and_status(void **state)
{
	struct convention_cast k = cast_convention(*state);
	cast_proposed(&k);
	cast_run(k.w, "UPDATE space SET kind = 'machine'");
	cast_run(k.w, "UPDATE grant_rule SET space_kinds = 'machine'");
	cast_run(k.w, "UPDATE convention_version SET hash = NULL, proposed_at = NULL");
	assert_int_equal(cast_post(&k, k.lucie, "propose", ""), 303);
	assert_int_equal(cast_post(&k, k.malo, "sign", "read=1" WITH_SECRET), 303);
	assert_int_equal(cast_post(&k, k.claire, "sign", "read=1" WITH_SECRET), 303);
	const char *version = cast_text(k.w, "SELECT pub AS value FROM convention_version");
	assert_int_equal(browse_post(k.claire, fmt(k.w->c, "/charters/%s", version), ""), 403); /* staff */
	cast_charter(&k, k.ines);
	assert_int_equal(cast_quota(&k, "2026-11-26"), 200);
	assert_true(browse_has(k.ines, "assurance"));
	cast_run(k.w, "UPDATE party SET insured_until = 30000");
	assert_int_equal(cast_quota(&k, "2026-11-26"), 200);
	assert_false(browse_has(k.ines, "assurance"));
	cast_convention_leave(&k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_proposed_signed_used),
		BOTH(test_a_draft_is_its_runners),
		BOTH(test_charter_on_the_spot),
		BOTH(test_signing_asks_the_password),
		BOTH(test_terms_are_fixed),
		BOTH(test_nobody_to_propose_to),
		BOTH(test_strangers_see_nothing),
		BOTH(test_join_by_signing_the_same),
		BOTH(test_totals_hide_few),
		BOTH(test_text_is_not_charter),
		BOTH(test_signatures_stay),
		BOTH(test_amendment),

		BOTH(test_amended_cap_goes_on),
		BOTH(test_amended_cap_of_sender_is_reached),
		BOTH(test_cap_lowered_under_what_is_used),
		BOTH(test_suspended_and_left),
		BOTH(test_contribution),
		BOTH(test_cap_of_person),
		BOTH(test_cap_of_sender),
		BOTH(test_cap_of_place),
		BOTH(test_insurance_and_status),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
