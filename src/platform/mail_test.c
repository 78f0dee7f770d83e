#include "base/test.h"

#include <stdlib.h>

#include "browse.h"
#include "platform/config.h"
#include "platform/jobs.h"
#include "platform/mail.h"
#include "smtp_peer.h"
#include "world.h"

static int64_t seconds;

static instant clock_of_test(const struct app *app)
{
	(void)app;
	return (instant){ WORLD_NOW + seconds };
}

static rc queue(struct ctx *c, void *arg)
{
	const struct mail_draft *d = arg;
	return mail_queue(c, d);
}

static rc queue_to(struct world *w, const char *to)
{
	struct mail_draft d = {
		.to = to,
		.lang = LANG_EN,
		.kind = "test.letter",
		.subject = "Your visit",
		.paragraphs = { "Tuesday <9:00> & later.", "Second." },
		.action_label = "See it",
		.action_path = "/bookings/1?a=1&b=2",
	};
	w->app.clock = clock_of_test;
	w->app.site_name = "Le Fil";
	w->app.public_url = "https://fil.example";
	return db_write(w->c, queue, &d);
}

static rc deliver(struct world *w)
{
	static const struct job_def def = { "mail.deliver", 60, true, mail_deliver };
	return jobs_run(&w->app, &def);
}

static const char *state_of(struct world *w, const char *to)
{
	return cast_text(w, "SELECT state AS value FROM mail WHERE to_address = '%s'", to);
}

static void test_queued_words(void **state)
{
	struct world *w = *state;
	assert_int_equal(queue_to(w, "ines@example.org"), OK);
	const char *text = cast_text(w, "SELECT body_text AS value FROM mail");
	assert_non_null(strstr(
		text,
		"Tuesday <9:00> & later.\n\nSecond.\n\nSee it\nhttps://fil.example/bookings/1?a=1&b=2\n"));
	const char *page = cast_text(w, "SELECT body_html AS value FROM mail");
	assert_non_null(strstr(page, "<html lang=\"en\">"));
	assert_non_null(strstr(page, "Tuesday &lt;9:00&gt; &amp; later."));
	assert_non_null(strstr(page, "href=\"https://fil.example/bookings/1?a=1&amp;b=2\""));
	assert_non_null(strstr(page, "Le Fil"));
	assert_int_equal(w->c->lang, LANG_FR);
	/* Without a server nothing leaves. */
	assert_int_equal(deliver(w), OK);
	assert_string_equal(state_of(w, "ines@example.org"), "queued");
}

static void test_addresses(void **state)
{
	struct world *w = *state;
	static const char *const bad[] = { "",	      "ines",	"@a.b",
					   "a@",      "a@b@c",	"a@b.c\nBcc:x@y.z",
					   "a b@c.d", "a@b.c>", "é@b.c",
					   "a,b@c.d", "a@b.c\r" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_int_equal(queue_to(w, bad[i]), E_INVALID);
		assert_string_equal(world_key(w->c), "mail.bad_address");
	}
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM mail"), 0);
	assert_int_equal(queue_to(w, "ines.a+b@sub.example.org"), OK);
}

/* What is rolled back is no letter. */
static rc queue_and_fail(struct ctx *c, void *arg)
{
	TRY(queue(c, arg));
	return fail(c, E_CONFLICT, "db.conflict");
}

static void test_goes_with_its_cause(void **state)
{
	struct world *w = *state;
	struct mail_draft d = { .to = "a@b.c", .kind = "test.letter", .subject = "s", .paragraphs = { "p" } };
	w->app.clock = clock_of_test;
	assert_int_equal(db_write(w->c, queue_and_fail, &d), E_CONFLICT);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM mail"), 0);
}

static void test_delivery(void **state)
{
	struct world *w = *state;
	struct smtp_peer *p = smtp_peer_start(NULL);
	struct config cfg = { .smtp_url = p->url, .mail_from = "fil@fil.example" };
	static const char *const to[] = { "ines@example.org", "refuse@example.org", "busy@example.org",
					  "late-refuse@example.org", "camille@example.org" };
	w->app.config = &cfg;
	seconds = 0;
	for (size_t i = 0; i < sizeof to / sizeof *to; i++)
		assert_int_equal(queue_to(w, to[i]), OK);
	assert_int_equal(deliver(w), OK);
	assert_string_equal(state_of(w, to[0]), "sent");
	assert_string_equal(state_of(w, to[1]), "dead");
	assert_string_equal(state_of(w, to[2]), "queued");
	assert_string_equal(state_of(w, to[3]), "dead");
	assert_string_equal(state_of(w, to[4]), "sent");
	assert_string_equal(
		cast_text(w, "SELECT last_error AS value FROM mail WHERE to_address = '%s'", to[1]),
		"550 5.1.1 nobody of that name");
	assert_string_equal(
		cast_text(w, "SELECT body_text AS value FROM mail WHERE to_address = '%s'", to[0]), "");
	char *letter = smtp_peer_letter(p, 0);
	assert_non_null(strstr(letter, "From: Le Fil <fil@fil.example>\r\nTo: <ines@example.org>\r\n"));
	assert_non_null(strstr(letter, "Your visit"));
	free(letter);
	smtp_peer_stop(p);
}

static void test_put_off_then_dead(void **state)
{
	struct world *w = *state;
	static const int64_t waits[] = { 60, 300, 900, 3600, 14400, 43200, 86400 };
	struct smtp_peer *p = smtp_peer_start(NULL);
	struct config cfg = { .smtp_url = p->url, .mail_from = "fil@fil.example" };
	w->app.config = &cfg;
	seconds = 0;
	assert_int_equal(queue_to(w, "busy@example.org"), OK);
	for (int i = 0; i < 7; i++) {
		assert_int_equal(deliver(w), OK);
		assert_int_equal(cast_number(w, "SELECT next_at AS value FROM mail"),
				 WORLD_NOW + seconds + waits[i]);
		seconds += waits[i] - 1;
		assert_int_equal(deliver(w), OK); /* not yet */
		assert_int_equal(cast_number(w, "SELECT attempts AS value FROM mail"), i + 1);
		seconds++;
	}
	assert_string_equal(state_of(w, "busy@example.org"), "queued");
	assert_int_equal(deliver(w), OK);
	assert_string_equal(state_of(w, "busy@example.org"), "dead");
	smtp_peer_stop(p);
}

/* A server that drops the line costs one letter one try; the others wait, and leave with the next run. */
static void test_drop_stops_the_run(void **state)
{
	struct world *w = *state;
	struct smtp_peer *p = smtp_peer_start(NULL);
	struct config cfg = { .smtp_url = p->url, .mail_from = "fil@fil.example" };
	w->app.config = &cfg;
	seconds = 0;
	assert_int_equal(queue_to(w, "drop@example.org"), OK);
	assert_int_equal(queue_to(w, "ines@example.org"), OK);
	assert_int_equal(deliver(w), OK);
	assert_int_equal(
		cast_number(w, "SELECT attempts AS value FROM mail WHERE to_address = 'drop@example.org'"),
		1);
	assert_int_equal(
		cast_number(w, "SELECT attempts AS value FROM mail WHERE to_address = 'ines@example.org'"),
		0);
	assert_int_equal(deliver(w), OK);
	assert_string_equal(state_of(w, "ines@example.org"), "sent");
	assert_string_equal(state_of(w, "drop@example.org"), "queued");
	smtp_peer_stop(p);
}

static void test_many_and_sweep(void **state)
{
	struct world *w = *state;
	struct smtp_peer *p = smtp_peer_start(NULL);
	struct config cfg = { .smtp_url = p->url, .mail_from = "fil@fil.example" };
	w->app.config = &cfg;
	seconds = 0;
	for (int i = 0; i < 45; i++)
		assert_int_equal(queue_to(w, "ines@example.org"), OK);
	assert_int_equal(deliver(w), OK);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM mail WHERE state = 'sent'"), 45);
	smtp_peer_stop(p);
	w->c->now.v = WORLD_NOW + 30 * 86400;
	assert_int_equal(mail_sweep(w->c), OK);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM mail"), 45);
	w->c->now.v++;
	assert_int_equal(mail_sweep(w->c), OK);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM mail"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_queued_words),   BOTH(test_addresses),	 BOTH(test_goes_with_its_cause),
		BOTH(test_delivery),	   BOTH(test_put_off_then_dead), BOTH(test_drop_stops_the_run),
		BOTH(test_many_and_sweep),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
