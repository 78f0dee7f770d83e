#include "base/test.h"

#include "app/jobs_table.h"
#include "browse.h"
#include "platform/i18n.h"
#include "platform/mail.h"
#include "world.h"

static rc queue(struct ctx *c, void *arg)
{
	(void)arg;
	struct mail_draft d = {
		.to = "ines@example.org",
		.kind = "account.reset",
		.subject = "Un nouveau mot de passe",
		.paragraphs = { "Bonjour" },
		.action_label = "Choisir",
		.action_path = "/reset?token=sesame",
	};
	return mail_queue(c, &d);
}

static struct browse *operator_at_work(struct world *w)
{
	struct browse *b = browse_new(w);
	person_id p = cast_person(w, "Camille", "camille@example.org");
	cast_run(w, "UPDATE person SET is_operator = %s WHERE id = %lld", w->kind == DB_SQLITE ? "1" : "true",
		 (long long)p.v);
	browse_sign_in(b, p);
	return b;
}

static const char *mail_path(struct world *w, const char *then)
{
	return fmt(w->c, "/operator/mail/%s%s", cast_text(w, "SELECT pub AS value FROM mail"), then);
}

static void test_pages(void **state)
{
	struct world *w = *state;
	struct browse *b = operator_at_work(w);
	assert_int_equal(browse_get(b, "/operator"), 200);
	for (size_t i = 0; i < n_the_jobs; i++)
		assert_true(browse_has(b, i18n(w->c, the_job_labels[i], NULL, 0)));
	assert_int_equal(browse_get(b, "/operator/chains"), 200);
	assert_true(browse_has(b, "Toutes les chaînes sont intactes"));
	assert_int_equal(browse_get(b, "/operator/mail?state=dead"), 200);
	assert_int_equal(browse_get(b, "/operator/mail?state=lost"), 422);
	browse_free(b);
}

static void test_letters_keep_their_secrets(void **state)
{
	struct world *w = *state;
	struct browse *b = operator_at_work(w);
	assert_int_equal(db_write(w->c, queue, NULL), OK);
	assert_int_equal(browse_get(b, "/operator/mail"), 200);
	assert_true(browse_has(b, "Un nouveau mot de passe"));
	assert_true(browse_has(b, "i…@example.org"));
	assert_false(browse_has(b, "ines@"));
	assert_int_equal(browse_get(b, mail_path(w, "")), 200);
	assert_false(browse_has(b, "sesame"));
	assert_int_equal(browse_api(b, HTTP_GET, mail_path(w, ""), NULL), 200);
	assert_false(browse_has(b, "sesame"));
	w->app.is_demo = true;
	assert_int_equal(browse_get(b, mail_path(w, "")), 200);
	assert_true(browse_has(b, "sesame"));
	browse_free(b);
}

/* Who is reminded of a right is nobody's to know: not even in a demo, not by what a server answered. */
static rc queue_private(struct ctx *c, void *arg)
{
	(void)arg;
	struct mail_draft d = {
		.to = "yanis@example.org",
		.kind = "grant.reminder",
		.subject = "Des jours vous attendent",
		.paragraphs = { "Bonjour Yanis" },
		.stop_path = "/reminders/stop?token=sesame",
	};
	return mail_queue(c, &d);
}

static void test_private_letters(void **state)
{
	struct world *w = *state;
	struct browse *b = operator_at_work(w);
	assert_int_equal(db_write(w->c, queue_private, NULL), OK);
	cast_run(w, "UPDATE mail SET attempts = 1, last_error = '451 4.2.1 <yanis@example.org> come back'");
	for (int demo = 0; demo < 2; demo++) {
		w->app.is_demo = demo;
		const char *paths[] = { "/operator/mail", mail_path(w, "") };
		for (int i = 0; i < 4; i++) {
			if (i < 2)
				assert_int_equal(browse_get(b, paths[i]), 200);
			else
				assert_int_equal(browse_api(b, HTTP_GET, paths[i - 2], NULL), 200);
			assert_true(browse_has(b, "Des jours vous attendent"));
			assert_true(browse_has(b, "451 4.2.1"));
			assert_false(browse_has(b, "anis"));
			assert_false(browse_has(b, "example.org"));
			assert_false(browse_has(b, "sesame"));
		}
	}
	w->app.is_demo = false;
	browse_free(b);
}

static void test_answers_hide_addresses(void **state)
{
	struct world *w = *state;
	struct browse *b = operator_at_work(w);
	assert_int_equal(db_write(w->c, queue, NULL), OK);
	cast_run(w, "UPDATE mail SET state = 'dead', last_error = '550 <Ines@example.org> unknown'");
	assert_int_equal(browse_get(b, "/operator/mail"), 200);
	assert_true(browse_has(b, "550 &lt;i…@example.org&gt; unknown"));
	assert_false(browse_has(b, "Ines@"));
	browse_free(b);
}

static void test_about(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	static const char *const to[] = { "/about/data",	  "/data",	"/about/privacy",
					  "/about/accessibility", "/about/api", "/about/source" };
	for (size_t i = 0; i < sizeof to / sizeof *to; i++) {
		assert_int_equal(browse_get(b, "/about"), 200);
		assert_true(browse_has(b, fmt(w->c, "<a class=\"title-link\" href=\"%s\"", to[i])));
		assert_int_equal(browse_get(b, to[i]), 200);
	}
	browse_free(b);
}

static void test_retry_and_drop(void **state)
{
	struct world *w = *state;
	struct browse *b = operator_at_work(w);
	assert_int_equal(db_write(w->c, queue, NULL), OK);
	cast_run(w, "UPDATE mail SET state = 'dead', attempts = 8, last_error = '550 no'");
	assert_int_equal(browse_post(b, mail_path(w, "/retry"), ""), 303);
	assert_string_equal(cast_text(w, "SELECT state AS value FROM mail"), "queued");
	assert_int_equal(cast_number(w, "SELECT attempts AS value FROM mail"), 0);
	cast_run(w, "UPDATE mail SET state = 'dead', attempts = 8");
	assert_int_equal(browse_post(b, "/operator/mail/retry", ""), 303);
	assert_string_equal(cast_text(w, "SELECT state AS value FROM mail"), "queued");
	cast_run(w, "UPDATE mail SET state = 'sent'");
	assert_int_equal(browse_post(b, mail_path(w, "/drop"), ""), 409);
	assert_int_equal(browse_post(b, mail_path(w, "/retry"), ""), 409);
	cast_run(w, "UPDATE mail SET state = 'queued'");
	assert_int_equal(browse_post(b, mail_path(w, "/drop"), ""), 303);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM mail"), 0);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM audit WHERE action LIKE 'mail.%%'"),
			 3);
	browse_free(b);
}

static void test_pages_follow(void **state)
{
	struct world *w = *state;
	struct browse *b = operator_at_work(w);
	for (int i = 0; i < 60; i++)
		assert_int_equal(db_write(w->c, queue, NULL), OK);
	assert_int_equal(browse_get(b, "/operator/mail"), 200);
	const char *next = strstr(b->body, "/operator/mail?after=");
	assert_non_null(next);
	char path[100];
	snprintf(path, sizeof path, "%.*s", (int)strcspn(next, "&\""), next);
	assert_int_equal(browse_get(b, path), 200);
	assert_false(browse_has(b, "rel=\"next\""));
	int rows = 0;
	for (const char *at = b->body; (at = strstr(at, "title-link")); at++)
		rows++;
	assert_int_equal(rows, 10);
	browse_free(b);
}

/* To anybody else there is nothing there. */
static void test_others(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	assert_int_equal(db_write(w->c, queue, NULL), OK);
	browse_sign_in(b, cast_person(w, "Inès", "ines@example.org"));
	static const char *const paths[] = { "/operator", "/operator/chains", "/operator/mail" };
	for (size_t i = 0; i < 3; i++) {
		int status = browse_get(b, paths[i]);
		assert_true(status == 403 || status == 404);
	}
	assert_int_equal(browse_get(b, mail_path(w, "")), 404);
	int status = browse_post(b, mail_path(w, "/drop"), "");
	assert_true(status == 403 || status == 404);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM mail"), 1);
	browse_free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_pages),
		BOTH(test_letters_keep_their_secrets),
		BOTH(test_retry_and_drop),
		BOTH(test_pages_follow),
		BOTH(test_others),
		BOTH(test_private_letters),
		BOTH(test_answers_hide_addresses),
		BOTH(test_about),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
