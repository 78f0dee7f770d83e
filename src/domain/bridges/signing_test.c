/* What is signed is what was read; what was not signed can be given up. */
#include "base/test.h"

#include <string.h>

#include "base/civil.h"
#include "base/pubid.h"
#include "bridges/lapse.h"
#include "bridges/terms.h"
#include "bridges/terms_sql.h"
#include "convention_cast.h"
#include "people/people.h"
#include "platform/db.h"

static const char *version(struct convention_cast *k, int number)
{
	return cast_text(k->w, "SELECT pub AS value FROM convention_version WHERE number = %d", number);
}

static int64_t count(struct convention_cast *k, const char *table)
{
	return cast_number(k->w, "SELECT COUNT(*) AS value FROM %s", table);
}

static int sign(struct convention_cast *k, struct browse *b, const char *what, const char *pub)
{
	const char *side = strcmp(what, "join") == 0 ? "&side=sender" : "";
	return cast_post(k, b, what, fmt(k->w->c, "read=1&version=%s%s" WITH_SECRET, pub, side));
}

static void amend(struct convention_cast *k, const char *text)
{
	assert_int_equal(cast_post(k, k->lucie, "amend", "in_force=2027-01-01"), 303);
	cast_run(k->w, "UPDATE convention_version SET text = '%s' WHERE number = 2", text);
}

/* The text of another convention is never signed by mistake, nor one proposed after it was read. */
static void test_signs_what_was_read(void **state)
{
	struct convention_cast k = cast_convention(*state);
	cast_proposed(&k);
	const char *first = version(&k, 1);
	assert_int_equal(cast_post(&k, k.claire, "sign", "read=1&version=" WITH_SECRET), 422);
	assert_int_equal(sign(&k, k.claire, "sign", "00000000000000000000000000"), 422);
	assert_int_equal(browse_get(k.claire, fmt(k.w->c, "%s/text", k.at)), 200);
	assert_true(browse_has(k.claire, first));
	amend(&k, "DEUX");
	assert_int_equal(sign(&k, k.claire, "sign", version(&k, 2)), 422); /* being written */
	assert_int_equal(cast_post(&k, k.lucie, "propose", ""), 303);
	/* Nobody is on the first any more: it is over before it began. */
	assert_int_equal(sign(&k, k.claire, "sign", first), 422);
	assert_true(browse_has(k.claire, "autre texte"));
	assert_int_equal(count(&k, "signature"), 0);
	assert_int_equal(sign(&k, k.claire, "sign", version(&k, 2)), 303);
	cast_convention_leave(&k);
}

/* Each version stays to be read, and a party joins those that are still on the first. */
static void test_older_version_is_read_and_joined(void **state)
{
	struct convention_cast k = cast_convention(*state);
	cast_draft(&k, true);
	cast_invite(&k, k.place, "host");
	cast_invite(&k, k.cae, "sender");
	assert_int_equal(cast_post(&k, k.lucie, "propose", ""), 303);
	assert_int_equal(cast_post(&k, k.malo, "sign", "read=1" WITH_SECRET), 303);
	assert_int_equal(cast_post(&k, k.claire, "sign", "read=1" WITH_SECRET), 303);
	amend(&k, "DEUX");
	const char *text = fmt(k.w->c, "%s/text", k.at);
	assert_int_equal(browse_get(k.claire, fmt(k.w->c, "%s?version=2", text)), 404);
	assert_int_equal(cast_post(&k, k.lucie, "propose", ""), 303);
	assert_int_equal(browse_get(k.claire, text), 200);
	assert_true(browse_has(k.claire, "DEUX"));
	assert_int_equal(browse_get(k.claire, fmt(k.w->c, "%s?version=1", text)), 200);
	assert_false(browse_has(k.claire, "DEUX"));
	assert_true(browse_has(k.claire, "version 2"));
	assert_int_equal(browse_get(k.stranger, fmt(k.w->c, "%s?version=3", text)), 404);
	assert_int_equal(browse_get(k.stranger, fmt(k.w->c, "%s?version=1", text)), 200);
	assert_true(browse_has(k.stranger, version(&k, 1)));
	assert_int_equal(sign(&k, k.stranger, "join", version(&k, 1)), 303);
	assert_int_equal(sign(&k, k.stranger, "sign", version(&k, 1)), 409);
	assert_int_equal(sign(&k, k.stranger, "sign", version(&k, 2)), 303);
	assert_int_equal(cast_number(k.w, "SELECT COUNT(*) AS value FROM party p JOIN convention_version v "
					  "ON v.id = p.version WHERE v.number = 2"),
			 1);
	assert_int_equal(count(&k, "contribution"), 3); /* once each */
	cast_convention_leave(&k);
}

static void test_draft_is_given_up(void **state)
{
	struct convention_cast k = cast_convention(*state);
	cast_draft(&k, false);
	cast_invite(&k, k.place, "host");
	assert_int_equal(cast_post(&k, k.claire, "discard", ""), 404);
	assert_int_equal(cast_post(&k, k.lucie, "discard", ""), 303);
	assert_int_equal(count(&k, "convention") + count(&k, "convention_version") + count(&k, "grant_rule") +
				 count(&k, "party"),
			 0);
	cast_signed(&k);
	assert_int_equal(cast_post(&k, k.lucie, "discard", "again=1"), 409);
	amend(&k, "DEUX");
	assert_int_equal(cast_post(&k, k.lucie, "discard", "again=2"), 303);
	assert_int_equal(count(&k, "convention_version"), 1);
	assert_int_equal(count(&k, "grant_rule"), 1);
	assert_int_equal(count(&k, "signature"), 2);
	cast_convention_leave(&k);
}

static void test_invitation_is_taken_back(void **state)
{
	struct convention_cast k = cast_convention(*state);
	cast_proposed(&k);
	const char *host = cast_text(k.w, "SELECT pub AS value FROM party WHERE side = 'host'");
	const char *sender = cast_text(k.w, "SELECT pub AS value FROM party WHERE side = 'sender'");
	assert_int_equal(cast_post(&k, k.malo, "sign", "read=1" WITH_SECRET), 303);
	assert_int_equal(browse_post(k.claire, fmt(k.w->c, "/parties/%s/remove", sender), ""), 404);
	assert_int_equal(browse_post(k.lucie, fmt(k.w->c, "/parties/%s/remove", host), ""), 409);
	assert_int_equal(browse_post(k.lucie, fmt(k.w->c, "/parties/%s/remove", sender), ""), 303);
	assert_int_equal(count(&k, "party"), 1);
	assert_int_equal(browse_get(k.claire, fmt(k.w->c, "%s/text", k.at)), 404);
	cast_invite(&k, k.cae, "sender");
	assert_int_equal(cast_post(&k, k.claire, "sign", "read=1" WITH_SECRET), 303);
	cast_convention_leave(&k);
}

/* A party leaves: what is confirmed for later is honoured, or cancelled and told, as was signed. */
static void lapses(struct world *w, const char *rule, int64_t cancelled)
{
	struct convention_cast k = cast_convention(w);
	cast_proposed(&k);
	cast_run(w, "UPDATE convention_version SET hash = NULL, proposed_at = NULL, expiry = '%s'", rule);
	assert_int_equal(cast_post(&k, k.lucie, "propose", "again=1"), 303);
	assert_int_equal(cast_post(&k, k.malo, "sign", "read=1" WITH_SECRET), 303);
	assert_int_equal(cast_post(&k, k.claire, "sign", "read=1" WITH_SECRET), 303);
	cast_charter(&k, k.ines);
	const char *right = fmt(w->c, "grant-%s-%s", cast_text(w, "SELECT pub AS value FROM grant_rule"),
				cast_text(w, "SELECT pub AS value FROM membership WHERE status = 'cape'"));
	for (int i = 0; i < 2; i++)
		assert_int_equal(
			browse_post(k.ines, "/spaces/00000000000000000000000001/book",
				    fmt(w->c, "day=2026-12-1%d&from=09:00&to=19:00&right=%s", i, right)),
			303);
	assert_int_equal(cast_post(&k, k.claire, "leave", "on_day=2026-12-09"), 303);
	assert_int_equal(cast_post(&k, k.claire, "leave", "on_day=2026-12-10"), 303); /* another day */
	assert_int_equal(bookings_lapse(w->c), OK);
	assert_int_equal(bookings_lapse(w->c), OK);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM booking WHERE status = 'cancelled'"),
			 cancelled);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM mail WHERE kind = 'booking.lapsed'"),
			 cancelled);
	assert_int_equal(cast_number(w, "SELECT held AS value FROM counter WHERE scope = 'person'"),
			 2000 - cancelled * 1000);
	cast_convention_leave(&k);
}

static void test_leaving_is_honoured(void **state)
{
	lapses(*state, "honoured", 0);
}

static void test_leaving_cancels(void **state)
{
	lapses(*state, "cancelled", 1);
}

/* Insurance is renewed, and the map answered, by who manages too; neither signs. */
static void test_manager_renews_insurance(void **state)
{
	struct convention_cast k = cast_convention(*state);
	cast_proposed(&k);
	assert_int_equal(cast_post(&k, k.claire, "sign", "read=1" WITH_SECRET), 303);
	cast_run(k.w, "UPDATE membership SET roles = %d WHERE community = %lld AND status = 'staff'",
		 ROLE_MANAGER, (long long)k.cae.v);
	browse_free(k.claire);
	k.claire = browse_new(k.w);
	browse_sign_in(k.claire, (person_id){ cast_number(k.w, "SELECT id AS value FROM person WHERE email = "
							       "'claire@example.org'") });
	assert_int_equal(cast_post(&k, k.claire, "insurance", "insurer=Mutuelle"), 422);
	assert_int_equal(cast_post(&k, k.claire, "insurance", "insurer=Mutuelle&insured_until=2027-06-30"),
			 303);
	assert_int_equal(browse_get(k.claire, fmt(k.w->c, "%s/documents", k.at)), 200);
	assert_true(browse_has(k.claire, "30 juin 2027"));
	assert_true(browse_has(k.claire, "150,00")); /* its own contribution */
	assert_int_equal(cast_post(&k, k.claire, "shown", "shown=1"), 303);
	assert_int_equal(cast_post(&k, k.claire, "leave", "on_day=2026-12-10"), 403);
	assert_int_equal(cast_post(&k, k.stranger, "insurance", "insurer=X&insured_until=2027-06-30"), 404);
	cast_convention_leave(&k);
}

/* Who is of the network and has no part in writing is not led to a text that is not to be read yet. */
static void test_a_draft_is_for_who_writes_it(void **state)
{
	struct convention_cast k = cast_convention(*state);
	cast_draft(&k, false);
	cast_run(k.w, "UPDATE convention SET name = 'Étage' WHERE state = 'draft'");
	assert_int_equal(browse_get(k.lucie, "/conventions"), 200);
	assert_true(browse_has(k.lucie, "Étage"));
	cast_run(k.w, "UPDATE membership SET roles = 0 WHERE community = %lld", (long long)k.network.v);
	assert_int_equal(browse_get(k.lucie, "/conventions"), 200);
	assert_false(browse_has(k.lucie, "Étage"));
	cast_convention_leave(&k);
}

/* Lists are filtered, sorted and written as tables. */
static void test_lists(void **state)
{
	struct convention_cast k = cast_convention(*state);
	cast_draft(&k, false);
	cast_signed(&k);
	cast_run(k.w, "UPDATE convention SET name = 'Étage' WHERE state = 'draft'");
	assert_int_equal(browse_get(k.lucie, "/conventions"), 200);
	assert_true(browse_has(k.lucie, "2 conventions"));
	assert_int_equal(browse_get(k.lucie, "/conventions?state=draft&q=ETAGE"), 200);
	assert_true(browse_has(k.lucie, "1 convention<"));
	assert_int_equal(browse_get(k.lucie, "/conventions?role=sender"), 200);
	assert_true(browse_has(k.lucie, "Aucune convention ne correspond"));
	assert_int_equal(browse_get(k.claire, "/conventions?role=sender&sort=ending"), 200);
	assert_true(browse_has(k.claire, "Ponts"));
	assert_int_equal(browse_get(k.claire, "/conventions.csv?sort=name"), 200);
	assert_true(browse_has(k.claire, "Ponts;"));
	assert_false(browse_has(k.claire, "Étage"));
	const char *parties = fmt(k.w->c, "%s/parties", k.at);
	assert_int_equal(browse_get(k.lucie, fmt(k.w->c, "%s?side=host&sort=name", parties)), 200);
	assert_true(browse_has(k.lucie, "1 partie<"));
	assert_int_equal(browse_get(k.lucie, fmt(k.w->c, "%s.csv?state=active&sort=signed", parties)), 200);
	assert_true(browse_has(k.lucie, "Cardamine"));
	assert_int_equal(browse_get(k.claire, fmt(k.w->c, "%s.csv", parties)), 404);
	const char *paid = cast_text(k.w, "SELECT pub AS value FROM party WHERE side = 'host'");
	assert_int_equal(browse_post(k.lucie, fmt(k.w->c, "/parties/%s/paid", paid), ""), 303);
	assert_int_equal(browse_get(k.lucie, fmt(k.w->c, "%s/contributions.csv?unpaid=1", k.at)), 200);
	assert_true(browse_has(k.lucie, "Cardamine"));
	assert_false(browse_has(k.lucie, "Usines"));
	assert_int_equal(browse_get(k.malo, fmt(k.w->c, "%s/contributions.csv", k.at)), 200);
	assert_false(browse_has(k.malo, "Cardamine"));
	cast_convention_leave(&k);
}

/* Letters of a kind, and whether one to an address says something. */
static int64_t letters(struct convention_cast *k, const char *kind)
{
	return cast_number(k->w, "SELECT COUNT(*) AS value FROM mail WHERE kind = 'convention.%s'", kind);
}

static bool letter_says(struct convention_cast *k, const char *kind, const char *to, const char *words)
{
	return cast_number(
		       k->w,
		       "SELECT COUNT(*) AS value FROM mail WHERE kind = 'convention.%s' AND to_address = '%s' "
		       "AND body_text LIKE '%%%s%%'",
		       kind, to, words) == 1;
}

static int book(struct convention_cast *k, const char *on)
{
	const char *right = fmt(k->w->c, "grant-%s-%s",
				cast_text(k->w, "SELECT pub AS value FROM grant_rule ORDER BY id LIMIT 1"),
				cast_text(k->w, "SELECT pub AS value FROM membership WHERE status = 'cape'"));
	return browse_post(k->ines, "/spaces/00000000000000000000000001/book",
			   fmt(k->w->c, "day=%s&from=09:00&to=19:00&right=%s", on, right));
}

static bool offers(struct convention_cast *k, const char *on)
{
	assert_int_equal(cast_quota(k, on), 200);
	return browse_has(k->ines, "Gratuit");
}

static void days_pass(struct convention_cast *k, int days)
{
	k->w->c->now.v += (int64_t)days * 86400;
	assert_int_equal(conventions_end(k->w->c), OK);
}

/* It left, reconsiders and signs the same text once more: both times are kept, rights begin again
 * that day, what was taken of the year is taken, and nothing that was written is written over. */
static void test_comes_back(void **state)
{
	struct convention_cast k = cast_convention(*state);
	cast_signed(&k);
	cast_run(k.w, "UPDATE convention SET open_to_join = TRUE");
	cast_charter(&k, k.ines);
	assert_int_equal(book(&k, "2026-11-25"), 303);
	assert_int_equal(cast_post(&k, k.claire, "leave", "on_day=2026-11-26"), 303);
	assert_int_equal(letters(&k, "leave"), 3);
	assert_true(letter_says(&k, "leave", "malo@example.org", "26 novembre 2026"));
	assert_true(letter_says(&k, "leave", "malo@example.org",
				"Cardamine Coopérative et Les Usines du Noyer ne se doivent rien"));
	assert_true(letter_says(&k, "leave", "lucie@example.org", "tenu"));
	assert_int_equal(sign(&k, k.claire, "sign", version(&k, 1)), 409); /* not gone yet */
	days_pass(&k, 5);
	assert_false(offers(&k, "2026-12-02"));
	assert_int_equal(cast_post(&k, k.claire, "stay", ""), 409);
	assert_int_equal(browse_get(k.claire, fmt(k.w->c, "%s/text", k.at)), 200);
	assert_true(browse_has(k.claire, "Revenir dans la convention"));
	assert_int_equal(sign(&k, k.claire, "sign", version(&k, 1)), 303);
	assert_int_equal(letters(&k, "return"), 3);
	assert_true(offers(&k, "2026-12-02"));
	assert_int_equal(book(&k, "2026-12-02"), 303);
	assert_int_equal(cast_number(k.w, "SELECT held AS value FROM counter WHERE scope = 'person'"), 2000);
	assert_int_equal(count(&k, "signature"), 3);
	assert_int_equal(count(&k, "contribution"), 2);
	assert_int_equal(count(&k, "party_return"), 1);
	assert_int_equal(sign(&k, k.claire, "sign", version(&k, 1)), 409); /* once a time */
	assert_int_equal(browse_get(k.lucie, fmt(k.w->c, "%s/parties", k.at)), 200);
	assert_true(browse_has(k.lucie, "du 24 nov. 2026 au 26 nov. 2026, revenue le 29 nov. 2026"));
	assert_int_equal(cast_number(k.w, "SELECT COUNT(*) AS value FROM audit WHERE action IN "
					  "('party.leave', 'party.left', 'party.return')"),
			 3);
	cast_convention_leave(&k);
}

/* Where it is not open, who runs it asks it back; until its day is over it just stays. */
static void test_is_asked_back(void **state)
{
	struct convention_cast k = cast_convention(*state);
	cast_signed(&k);
	cast_charter(&k, k.ines);
	const char *cae = cast_text(k.w, "SELECT pub AS value FROM party WHERE side = 'sender'");
	assert_int_equal(cast_post(&k, k.claire, "leave", "on_day=2026-11-26"), 303);
	assert_false(offers(&k, "2026-12-02"));
	assert_int_equal(cast_post(&k, k.malo, "stay", ""), 409);
	assert_int_equal(cast_post(&k, k.claire, "stay", ""), 303);
	assert_int_equal(letters(&k, "stay"), 3);
	assert_true(offers(&k, "2026-12-02"));
	assert_int_equal(browse_post(k.lucie, fmt(k.w->c, "/parties/%s/invite", cae), ""), 409);
	assert_int_equal(cast_post(&k, k.claire, "leave", "on_day=2026-11-27"), 303);
	days_pass(&k, 5);
	assert_int_equal(sign(&k, k.claire, "sign", version(&k, 1)), 409);
	assert_int_equal(browse_get(k.claire, fmt(k.w->c, "%s/text", k.at)), 200);
	assert_true(browse_has(k.claire, "de vous inviter à nouveau"));
	assert_int_equal(browse_post(k.claire, fmt(k.w->c, "/parties/%s/invite", cae), ""), 404);
	assert_int_equal(browse_post(k.lucie, fmt(k.w->c, "/parties/%s/invite", cae), "again=1"), 303);
	assert_int_equal(sign(&k, k.claire, "sign", version(&k, 1)), 303);
	assert_true(offers(&k, "2026-12-02"));
	cast_convention_leave(&k);
}

/* What it signed before it left binds it for the days before alone: it signs the newer text, and
 * the host that did not has no bridge with it; what was booked before is honoured. */
static void test_comes_back_under_another_text(void **state)
{
	struct convention_cast k = cast_convention(*state);
	cast_signed(&k);
	cast_run(k.w, "UPDATE convention SET open_to_join = TRUE");
	cast_charter(&k, k.ines);
	assert_int_equal(book(&k, "2026-12-10"), 303);
	assert_int_equal(cast_post(&k, k.claire, "leave", "on_day=2026-11-26"), 303);
	assert_int_equal(cast_post(&k, k.lucie, "amend", "in_force=2026-11-27"), 303);
	assert_int_equal(cast_post(&k, k.lucie, "propose", "again=1"), 303);
	days_pass(&k, 5);
	assert_int_equal(sign(&k, k.claire, "sign", version(&k, 2)), 303);
	assert_false(offers(&k, "2026-12-02"));
	assert_int_equal(sign(&k, k.malo, "sign", version(&k, 2)), 303);
	assert_int_equal(cast_quota(&k, "2026-12-02"), 200);
	assert_true(browse_has(k.ines, "charte")); /* of the new text */
	cast_convention_leave(&k);
}

/* It is told why and may leave; the others are told, and told of the resumption; who left so comes back only when
 * it is asked to. */
static void test_suspended_is_told_and_may_leave(void **state)
{
	struct convention_cast k = cast_convention(*state);
	cast_signed(&k);
	cast_run(k.w, "UPDATE convention SET open_to_join = TRUE");
	cast_charter(&k, k.ines);
	const char *cae = cast_text(k.w, "SELECT pub AS value FROM party WHERE side = 'sender'");
	const char *suspend = fmt(k.w->c, "/parties/%s/suspend", cae);
	const char *resume = fmt(k.w->c, "/parties/%s/resume", cae);
	const char *text = fmt(k.w->c, "%s/text", k.at), *parties = fmt(k.w->c, "%s/parties", k.at);
	assert_int_equal(browse_post(k.lucie, suspend, ""), 422);
	assert_true(browse_has(k.lucie, "Cardamine"));
	assert_int_equal(letters(&k, "suspend"), 0);
	assert_int_equal(browse_post(k.lucie, suspend, "why=Attestation+attendue"), 303);
	assert_int_equal(letters(&k, "suspend"), 3);
	assert_true(
		letter_says(&k, "suspend", "claire@example.org", "Motif%%Attestation%%attendue%%quitter"));
	assert_true(letter_says(&k, "suspend", "malo@example.org", "suspendu Cardamine"));
	assert_false(letter_says(&k, "suspend", "malo@example.org", "Attestation"));
	assert_int_equal(browse_get(k.lucie, parties), 200);
	assert_true(browse_has(k.lucie, "Attestation attendue"));
	assert_int_equal(browse_get(k.claire, text), 200);
	assert_true(browse_has(k.claire, "Attestation attendue"));
	assert_false(browse_has(k.claire, "Annoncer un atelier"));
	assert_int_equal(browse_get(k.malo, text), 200);
	assert_true(browse_has(k.malo, "Annoncer un atelier"));
	assert_false(browse_has(k.malo, "Attestation"));
	assert_int_equal(browse_api(k.malo, HTTP_GET, text, NULL), 200);
	assert_false(browse_has(k.malo, "Attestation"));
	assert_int_equal(cast_post(&k, k.claire, "stay", ""), 409);
	assert_int_equal(cast_post(&k, k.claire, "leave", "on_day=2026-11-26"), 303);
	assert_string_equal(cast_text(k.w, "SELECT state AS value FROM party WHERE side = 'sender'"),
			    "suspended");
	assert_int_equal(cast_post(&k, k.claire, "stay", "again=1"), 303);
	assert_false(offers(&k, "2026-11-25")); /* to stay lifts nothing */
	assert_int_equal(cast_post(&k, k.claire, "leave", "on_day=2026-11-27"), 303);
	assert_int_equal(browse_post(k.lucie, resume, ""), 303);
	assert_int_equal(letters(&k, "resume"), 3);
	assert_true(offers(&k, "2026-11-27"));
	assert_false(offers(&k, "2026-11-28")); /* its last day stands */
	assert_int_equal(browse_post(k.lucie, suspend, "why=Encore"), 303);
	days_pass(&k, 5);
	assert_string_equal(cast_text(k.w, "SELECT state AS value FROM party WHERE side = 'sender'"), "left");
	assert_int_equal(browse_post(k.lucie, resume, "again=1"), 409);
	assert_true(browse_has(k.lucie, "Cardamine")); /* shown where the button was */
	assert_int_equal(sign(&k, k.claire, "sign", version(&k, 1)), 409);
	assert_int_equal(browse_post(k.lucie, fmt(k.w->c, "/parties/%s/invite", cae), ""), 303);
	assert_int_equal(sign(&k, k.claire, "sign", version(&k, 1)), 303);
	assert_true(offers(&k, "2026-12-02"));
	cast_convention_leave(&k);
}

/* Where bookings past the end are cancelled, so are those of who leaves while it is suspended. */
static void test_leaving_suspended_cancels(void **state)
{
	struct convention_cast k = cast_convention(*state);
	cast_signed(&k);
	cast_run(k.w, "UPDATE convention_version SET expiry = 'cancelled'");
	cast_charter(&k, k.ines);
	assert_int_equal(book(&k, "2026-11-26"), 303); /* its last day is whole */
	assert_int_equal(book(&k, "2026-12-02"), 303);
	cast_run(k.w, "UPDATE party SET state = 'suspended', leaves_on = %lld WHERE side = 'sender'",
		 (long long)day_of(2026, 11, 26).v);
	assert_int_equal(bookings_lapse(k.w->c), OK);
	assert_string_equal(cast_text(k.w, "SELECT status AS value FROM booking ORDER BY on_day LIMIT 1"),
			    "confirmed");
	assert_string_equal(
		cast_text(k.w, "SELECT status AS value FROM booking ORDER BY on_day DESC LIMIT 1"),
		"cancelled");
	cast_convention_leave(&k);
}

/* Who refused reads the text alone, on pages and by the API. */
static void reads_the_text_alone(struct convention_cast *k, struct browse *b)
{
	static const char *const closed[] = {
		"",	   "/exchanges", "/exchanges.csv", "/statement",
		"/rights", "/people",	 "/documents",	   "/contributions.csv"
	};
	assert_int_equal(browse_get(b, fmt(k->w->c, "%s/text", k->at)), 200);
	for (size_t i = 0; i < sizeof closed / sizeof *closed; i++) {
		assert_int_equal(browse_get(b, fmt(k->w->c, "%s%s", k->at, closed[i])), 404);
		assert_int_equal(browse_api(b, HTTP_GET, fmt(k->w->c, "%s%s", k->at, closed[i]), NULL), 404);
	}
	assert_int_equal(cast_post(k, b, "insurance", "insurer=MAIF&insured_until=2027-10-31"), 404);
	assert_int_equal(cast_post(k, b, "shown", "shown=1"), 404);
	assert_int_equal(cast_post(k, b, "reminders", ""), 404);
}

static hash hash_now(struct convention_cast *k)
{
	struct version_row v;
	hash h;
	bool found;
	pubid pub;
	assert_int_equal(pubid_parse(version(k, 1), &pub), OK);
	assert_int_equal(db_snapshot(k->w->c), OK);
	assert_int_equal(version_by_pub(k->w->c, pub, &v, &found), OK);
	assert_int_equal(terms_hash(k->w->c, &v, &h), OK);
	db_snapshot_end(k->w->c);
	return h;
}

/* Whatever is changed in what was signed, its fingerprint is another one. */
static void test_every_term_is_sealed(void **state)
{
	static const char *const version_says[] = {
		"text = 'Autre'",
		"charter = 'Autre'",
		"credit_per_day = 1001",
		"workshop_value = 'per_attendee'",
		"workshop_credit = 4001",
		"workshop_bands = '5:2'",
		"workshop_minimum = 4",
		"room_free = FALSE",
		"workshop_eligible = 'place_members'",
		"workshop_debit = 'attendees'",
		"due_days = 181",
		"credit_limit = 5000",
		"no_show = 'free'",
		"late = 'free'",
		"late_hours = 5",
		"remind_days = 31",
		"expiry = 'cancelled'",
		"contribution = 15001",
		"contribution_for = 'Autre'",
		"in_force = in_force + 1",
		"contribution_payee = NULL",
		"retention_months = 7",
	};
	static const char *const grant_says[] = {
		"name = 'Autre'",	"statuses = 'cesa'",	   "space_kinds = 'plot'",
		"measure = 'duration'", "price_kind = 'fixed'",	   "price_value = 7",
		"period = 'month'",	"per_person = 777",	   "per_sender = 778",
		"per_place = 779",	"from_day = from_day + 1", "to_day = to_day - 1",
	};
	const size_t n = sizeof version_says / sizeof *version_says,
		     m = sizeof grant_says / sizeof *grant_says;
	struct convention_cast k = cast_convention(*state);
	cast_signed(&k);
	for (size_t i = 0; i < n + m; i++) {
		hash before = hash_now(&k);
		cast_run(k.w, "UPDATE %s SET %s", i < n ? "convention_version" : "grant_rule",
			 i < n ? version_says[i] : grant_says[i - n]);
		if (hash_eq(before, hash_now(&k)))
			fail_msg("%s is not sealed", i < n ? version_says[i] : grant_says[i - n]);
	}
	cast_convention_leave(&k);
}

/* Who signed the newer text and then the older one is on the newer; an amendment comes after what it amends. */
static void test_newer_text_stays(void **state)
{
	struct convention_cast k = cast_convention(*state);
	cast_signed(&k);
	assert_int_equal(cast_post(&k, k.lucie, "amend", "in_force=2026-12-01"), 303);
	assert_int_equal(cast_post(&k, k.lucie, "propose", "again=1"), 303);
	cast_run(k.w, "UPDATE convention SET open_to_join = TRUE");
	const char *join = fmt(k.w->c, "read=1&side=sender&version=%s" WITH_SECRET, version(&k, 2));
	assert_int_equal(cast_post(&k, k.stranger, "join", join), 303);
	assert_int_equal(sign(&k, k.stranger, "sign", version(&k, 1)), 303);
	assert_int_equal(cast_number(k.w, "SELECT v.number AS value FROM party p JOIN convention_version v "
					  "ON v.id = p.version ORDER BY p.id DESC LIMIT 1"),
			 2);
	assert_int_equal(cast_post(&k, k.lucie, "amend", "in_force=2026-12-01&again=1"), 422);
	assert_int_equal(cast_post(&k, k.lucie, "amend", "in_force=2026-12-02"), 303);
	cast_convention_leave(&k);
}

/* A refusal is told and may be thought over; the network ends it all, and says so. */
static void test_refused_then_ended(void **state)
{
	struct convention_cast k = cast_convention(*state);
	cast_proposed(&k);
	assert_int_equal(cast_post(&k, k.malo, "sign", "read=1" WITH_SECRET), 303);
	assert_int_equal(cast_post(&k, k.claire, "refuse", ""), 303);
	assert_int_equal(letters(&k, "refuse"), 3);
	reads_the_text_alone(&k, k.claire);
	const char *cae = cast_text(k.w, "SELECT pub AS value FROM party WHERE side = 'sender'");
	assert_int_equal(sign(&k, k.claire, "sign", version(&k, 1)), 409);
	assert_int_equal(browse_get(k.claire, fmt(k.w->c, "%s/text", k.at)), 200);
	assert_false(
		browse_has(k.claire, fmt(k.w->c, "href=\"%s\"", k.at))); /* a page that it may not read */
	assert_int_equal(browse_get(k.claire, "/conventions"), 200);
	assert_false(browse_has(k.claire, fmt(k.w->c, "href=\"%s\"", k.at)));
	assert_int_equal(browse_post(k.lucie, fmt(k.w->c, "/parties/%s/invite", cae), ""), 303);
	assert_int_equal(sign(&k, k.claire, "sign", version(&k, 1)), 303);
	cast_charter(&k, k.ines);
	assert_int_equal(cast_post(&k, k.claire, "end", "on_day=2026-11-30"), 404);
	assert_int_equal(cast_post(&k, k.lucie, "end", "on_day=2026-11-01"), 422);
	assert_int_equal(cast_post(&k, k.lucie, "end", "on_day=2028-01-01"), 422);
	assert_int_equal(cast_post(&k, k.lucie, "end", "on_day=2026-11-30"), 303);
	assert_int_equal(letters(&k, "end"), 3);
	assert_true(
		letter_says(&k, "end", "claire@example.org", "La Toile des lieux porte%%30 novembre 2026"));
	assert_true(offers(&k, "2026-11-30"));
	assert_false(offers(&k, "2026-12-02"));
	assert_int_equal(cast_post(&k, k.lucie, "end", "on_day=2027-10-31"), 303); /* as was signed */
	assert_true(offers(&k, "2026-12-02"));
	assert_int_equal(cast_post(&k, k.lucie, "end", "on_day=2026-12-01"), 303);
	days_pass(&k, 10);
	days_pass(&k, 0);
	assert_int_equal(letters(&k, "over"), 3);
	assert_int_equal(cast_post(&k, k.lucie, "end", "on_day=2027-10-30"), 409);
	cast_convention_leave(&k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_signs_what_was_read),
		BOTH(test_older_version_is_read_and_joined),
		BOTH(test_draft_is_given_up),
		BOTH(test_invitation_is_taken_back),
		BOTH(test_leaving_is_honoured),
		BOTH(test_leaving_cancels),
		BOTH(test_comes_back),
		BOTH(test_is_asked_back),
		BOTH(test_comes_back_under_another_text),
		BOTH(test_suspended_is_told_and_may_leave),
		BOTH(test_leaving_suspended_cancels),
		BOTH(test_every_term_is_sealed),
		BOTH(test_newer_text_stays),
		BOTH(test_refused_then_ended),
		BOTH(test_manager_renews_insurance),
		BOTH(test_lists),
		BOTH(test_a_draft_is_for_who_writes_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
