/* Who has a right and does not use it is told so, by nobody that others could see; a debt
 * near its limit is told to its debtor, once a month. */
#include "base/test.h"

#include <stdlib.h>

#include "base/civil.h"
#include "base/pubid.h"
#include "bridges/limit.h"
#include "bridges/reminder.h"
#include "exchange_cast.h"
#include "platform/config.h"
#include "platform/mail.h"
#include "smtp_peer.h"

#define DAY 86400

struct scene {
	struct world *w;
	struct exchange_cast x;
	person_id yanis, nora, manager;
	membership_id member;
};

static struct scene *setting(struct world *w)
{
	struct scene *s = talloc_zero(w->c, struct scene);
	s->w = w;
	cast_exchange(w, &s->x, 1000, "counts");
	cast_run(w, "UPDATE convention_version SET remind_days = 30");
	s->yanis = cast_person(w, "Yanis", "yanis@example.org");
	s->nora = cast_person(w, "Nora", "nora@example.org");
	s->manager = cast_person(w, "Claire", "claire.b@example.org");
	s->member = cast_member(w, s->yanis, s->x.cae, "cape", ROLE_MEMBER);
	cast_member(w, s->nora, s->x.cae, "associate", ROLE_MEMBER); /* the right names no associates */
	cast_member(w, s->manager, s->x.cae, "staff", ROLE_MANAGER | ROLE_ADVISOR);
	cast_run(w, "UPDATE membership SET started = 0");
	return s;
}

static int64_t sent(struct scene *s)
{
	assert_int_equal(reminders_run(s->w->c), OK);
	return cast_number(s->w, "SELECT COUNT(*) AS value FROM mail WHERE kind = 'grant.reminder'");
}

static void at(struct scene *s, int days)
{
	s->w->c->now.v = WORLD_NOW + (int64_t)days * DAY;
}

/* One letter a person and as many days as the convention says, whenever the job runs. */
static void test_rhythm(void **state)
{
	struct scene *s = setting(*state);
	assert_int_equal(sent(s), 1);
	assert_string_equal(cast_text(s->w, "SELECT to_address AS value FROM mail"), "yanis@example.org");
	assert_int_equal(sent(s), 1);
	at(s, 29);
	assert_int_equal(sent(s), 1);
	at(s, 30);
	assert_int_equal(sent(s), 2);
	/* A clock set back sends nothing more, one far ahead one letter. */
	at(s, 10);
	assert_int_equal(sent(s), 2);
	at(s, 37); /* the last day of the convention */
	cast_run(s->w, "UPDATE convention_version SET remind_days = 7");
	assert_int_equal(sent(s), 3);
	at(s, 45);
	assert_int_equal(sent(s), 3);
}

/* Nothing is said, or she had no right for that long, or used it, or will. */
static void test_not_due(void **state)
{
	struct scene *s = setting(*state);
	cast_run(s->w, "UPDATE convention_version SET remind_days = NULL");
	assert_int_equal(sent(s), 0);
	cast_run(s->w, "UPDATE convention_version SET remind_days = 30");
	cast_run(s->w, "UPDATE membership SET started = %lld WHERE id = %lld",
		 (long long)(WORLD_NOW / DAY - 29), (long long)s->member.v);
	assert_int_equal(sent(s), 0);
	cast_run(s->w, "UPDATE membership SET started = 0");
	booking_id b = cast_booking(s->w, &s->x, 0, s->yanis, s->member, day_of(2026, 11, 10), 1000);
	cast_run(s->w, "UPDATE booking SET status = 'done'");
	assert_int_equal(sent(s), 0);
	cast_run(s->w, "UPDATE booking SET on_day = %lld WHERE id = %lld", (long long)day_of(2026, 12, 20).v,
		 (long long)b.v);
	cast_run(s->w, "UPDATE booking SET status = 'confirmed'");
	assert_int_equal(sent(s), 0);
	cast_run(s->w, "UPDATE booking SET status = 'cancelled'");
	assert_int_equal(sent(s), 1);
}

/* Her cooperative left and came back today: her right is as young as its return. */
static void test_not_due_after_a_return(void **state)
{
	struct scene *s = setting(*state);
	long long party = cast_number(s->w, "SELECT id AS value FROM party WHERE community = %lld",
				      (long long)s->x.cae.v),
		  today = WORLD_NOW / DAY;
	cast_run(
		s->w,
		"INSERT INTO party_return (party, from_day, left_on, back_on, back_at) VALUES (%lld, 0, %lld, %lld, %lld)",
		party, today - 9, today, (long long)WORLD_NOW);
	cast_run(
		s->w,
		"INSERT INTO signature (pub, party, version, hash, person, membership, at) SELECT '%s', party, version, "
		"hash, person, membership, %lld FROM signature WHERE party = %lld",
		cast_new_pub(s->w), (long long)WORLD_NOW, party);
	assert_int_equal(sent(s), 0);
	at(s, 29);
	assert_int_equal(sent(s), 0);
	at(s, 30);
	assert_int_equal(sent(s), 1);
}

static const char *token_of(struct world *w)
{
	const char *body = cast_text(w, "SELECT body_text AS value FROM mail WHERE kind = 'grant.reminder'");
	const char *at = strstr(body, "/reminders/stop?token=");
	assert_non_null(at);
	at += strlen("/reminders/stop?token=");
	return talloc_strndup(w->c, at, strcspn(at, " \n"));
}

/* Looking at the link does nothing; its button, or the account, ends it. */
static void test_refused(void **state)
{
	struct scene *s = setting(*state);
	struct world *w = s->w;
	assert_int_equal(sent(s), 1);
	const char *token = token_of(w);
	assert_int_equal(
		cast_number(w, "SELECT COUNT(*) AS value FROM grant_reminder WHERE token IS NOT NULL"), 1);
	struct browse *anybody = browse_new(w), *yanis = browse_new(w);
	assert_int_equal(browse_get(anybody, "/reminders/stop?token=nonsense"), 410);
	assert_int_equal(browse_get(anybody, fmt(w->c, "/reminders/stop?token=%s", token)), 200);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM reminder_refusal"), 0);
	assert_int_equal(browse_post(anybody, "/reminders/stop?token=nonsense", ""), 410);
	assert_int_equal(browse_post(anybody, fmt(w->c, "/reminders/stop?token=%s", token), ""), 200);
	assert_true(browse_has(anybody, "ne recevez plus"));
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM reminder_refusal"), 1);
	at(s, 31);
	assert_int_equal(sent(s), 1);
	browse_sign_in(yanis, s->yanis);
	assert_int_equal(browse_get(yanis, "/account/reminders"), 200);
	assert_true(browse_has(yanis, "ne recevez plus"));
	assert_true(browse_has(yanis, "CAP"));
	assert_int_equal(browse_get(yanis, "/account/export"), 200);
	assert_true(browse_has(yanis, "\"what\":\"no_reminders\""));
	assert_int_equal(browse_post(yanis, "/account/reminders", "stop=0"), 303);
	assert_int_equal(sent(s), 2);
	assert_int_equal(browse_post(yanis, "/account/reminders", "stop=1"), 303);
	at(s, 37);
	cast_run(w, "UPDATE convention_version SET remind_days = 7");
	assert_int_equal(sent(s), 2);
	browse_free(anybody);
	browse_free(yanis);
}

/* What a program of mail does with the letter that came over SMTP: the address of its header,
 * a POST with neither cookies nor a token of ours, no redirection. */
static void test_one_click(void **state)
{
	struct scene *s = setting(*state);
	struct world *w = s->w;
	struct smtp_peer *p = smtp_peer_start(NULL);
	struct config cfg = { .smtp_url = p->url, .mail_from = "fil@fil.example" };
	struct browse *program = browse_new(w);
	w->app.config = &cfg;
	w->app.public_url = "https://fil.example";
	assert_int_equal(sent(s), 1);
	assert_int_equal(mail_deliver(w->c), OK);
	char *letter = smtp_peer_letter(p, 0);
	const char *at = strstr(letter, "\r\nList-Unsubscribe: <https://fil.example/reminders/stop?token=");
	assert_non_null(at);
	assert_non_null(strstr(letter, "\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
	at += strlen("\r\nList-Unsubscribe: <https://fil.example");
	const char *path = talloc_strndup(w->c, at, strcspn(at, ">"));
	assert_int_equal(browse_post_raw(program, path, "List-Unsubscribe=One-Click", NULL), 200);
	assert_null(browse_header(program, "Location"));
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM reminder_refusal"), 1);
	assert_int_equal(browse_post_raw(program, path, "List-Unsubscribe=One-Click", NULL), 200);
	/* Once sent, the operator's database does not hold her link any more. */
	assert_string_equal(cast_text(w, "SELECT stop_url AS value FROM mail WHERE state = 'sent'"), "");
	w->c->now.v = WORLD_NOW + 31 * DAY;
	assert_int_equal(sent(s), 1);
	free(letter);
	w->app.config = NULL;
	browse_free(program);
	smtp_peer_stop(p);
}

/* What the pages of her organisation answer is the same, letter or not. */
static void test_organisation_learns_nothing(void **state)
{
	struct scene *s = setting(*state);
	struct world *w = s->w;
	struct browse *manager = browse_new(w);
	const char *pub = cast_pub(w, "convention", s->x.convention.v);
	const char *paths[] = { fmt(w->c, "/conventions/%s/people", pub), fmt(w->c, "/conventions/%s", pub),
				fmt(w->c, "/communities/%s/audit", cast_pub(w, "community", s->x.cae.v)) };
	const char *before[3];
	browse_sign_in(manager, s->manager);
	for (int i = 0; i < 3; i++) {
		int status = browse_api(manager, HTTP_GET, paths[i], NULL);
		before[i] = talloc_asprintf(w->c, "%d %s", status, manager->body ? manager->body : "");
	}
	assert_int_equal(sent(s), 1);
	for (int i = 0; i < 3; i++) {
		int status = browse_api(manager, HTTP_GET, paths[i], NULL);
		assert_string_equal(fmt(w->c, "%d %s", status, manager->body ? manager->body : ""),
				    before[i]);
	}
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM audit WHERE action LIKE 'reminder%%'"),
			 0);
	browse_free(manager);
}

struct owing {
	const struct scene *s;
	booking_id booking;
};

static rc post_fact(struct ctx *c, void *arg)
{
	const struct owing *o = arg;
	struct exchange_fact_row f = { .convention = o->s->x.convention,
				       .version = o->s->x.version,
				       .kind = FACT_KIND_USE,
				       .place = o->s->x.places[0],
				       .sender = o->s->x.cae,
				       .on_day = day_of(2026, 11, 20),
				       .amount = { 1000 },
				       .booking = o->booking,
				       .attendees = NONE,
				       .cancelled_at = { NONE } };
	return exchange_post(c, &f, o->s->x.chain, (quantity){ 1000 }, false);
}

static int64_t warned(struct scene *s)
{
	assert_int_equal(limits_tell(s->w->c), OK);
	return cast_number(s->w, "SELECT COUNT(*) AS value FROM mail WHERE kind = 'convention.limit'");
}

/* At 79 % nothing; from 80 % on once a month, to those who manage the debtor. */
static void test_limit_letter(void **state)
{
	struct scene *s = setting(*state);
	struct owing o = { s, cast_booking(s->w, &s->x, 0, s->yanis, s->member, day_of(2026, 11, 20), 1000) };
	assert_int_equal(warned(s), 0);
	assert_int_equal(db_write(s->w->c, post_fact, &o), OK);
	assert_int_equal(warned(s), 0);					     /* no limit was signed */
	cast_run(s->w, "UPDATE convention_version SET credit_limit = 1266"); /* 78.9 % */
	assert_int_equal(warned(s), 0);
	cast_run(s->w, "UPDATE convention_version SET credit_limit = 1250");
	assert_int_equal(warned(s), 1);
	assert_string_equal(
		cast_text(s->w, "SELECT to_address AS value FROM mail WHERE kind = 'convention.limit'"),
		"claire.b@example.org");
	assert_non_null(
		strstr(cast_text(s->w, "SELECT body_text AS value FROM mail WHERE kind = 'convention.limit'"),
		       "Lieu 1"));
	assert_int_equal(warned(s), 1);
	cast_run(s->w, "UPDATE convention_version SET credit_limit = 1000");
	at(s, 6); /* still November */
	assert_int_equal(warned(s), 1);
	at(s, 8);
	assert_int_equal(warned(s), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_rhythm),
		BOTH(test_not_due),
		BOTH(test_refused),
		BOTH(test_organisation_learns_nothing),
		BOTH(test_limit_letter),
		BOTH(test_one_click),
		BOTH(test_not_due_after_a_return),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
