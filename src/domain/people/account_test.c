#include "base/test.h"

#include <stdlib.h>

#include "audit/audit.h"
#include "base/secret.h"
#include "browse.h"
#include "people/account.h"
#include "people/attempts.h"
#include "people/password.h"
#include "platform/session_cookie.h"
#include "world.h"

#define PASSWORD "quatre+mots+sans+rapport"

static char *mail_link(struct world *w, const char *kind)
{
	const char *text = cast_text(
		w,
		"SELECT body_text AS value FROM mail WHERE id = (SELECT MAX(id) FROM mail WHERE kind = '%s')",
		kind);
	const char *at = strstr(text, "?token=");
	assert_non_null(at);
	return talloc_strndup(w->c, at + 7, strspn(at + 7, "0123456789abcdefghijklmnopqrstuvwxyz"));
}

static int64_t mails(struct world *w, const char *kind)
{
	return cast_number(w, "SELECT COUNT(*) AS value FROM mail WHERE kind = '%s'", kind);
}

static void sign_up(struct browse *b, const char *email)
{
	char form[300];
	snprintf(form, sizeof form, "name=In%%C3%%A8s&email=%s&password=" PASSWORD, email);
	assert_int_equal(browse_post(b, "/sign-up", form), 303);
}

static int confirm(struct browse *b, const char *token, const char *password)
{
	char form[300];
	snprintf(form, sizeof form, "token=%s&password=%s", token, password);
	return browse_post(b, "/confirm", form);
}

static void test_sign_up_and_in(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	assert_int_equal(browse_get(b, "/sign-up"), 200);
	sign_up(b, "ines@example.org");
	assert_string_equal(browse_location(b), "/sign-up/sent");
	assert_int_equal(browse_get(b, "/sign-up/sent"), 200);
	/* Not before the address is proved. */
	assert_int_equal(browse_post(b, "/sign-in", "email=ines@example.org&password=" PASSWORD), 422);
	char *token = mail_link(w, "account.confirm");
	assert_int_equal(confirm(b, token, "un+autre+mot+de+passe"), 422);
	assert_int_equal(confirm(b, token, PASSWORD), 303);
	assert_int_equal(browse_get(b, "/account"), 200);
	assert_true(browse_has(b, "ines@example.org"));
	/* Once only, and the page says how to get another. */
	assert_int_equal(browse_get(b, fmt(w->c, "/confirm?token=%s", token)), 410);
	assert_true(browse_has(b, "href=\"/reset\""));
	assert_int_equal(confirm(b, token, PASSWORD), 410);
	assert_int_equal(browse_post(b, "/sign-out", ""), 303);
	assert_null(browse_cookie(b, COOKIE_SESSION));
	assert_int_equal(browse_get(b, "/account"), 303);
	assert_string_equal(browse_location(b), "/sign-in?next=%2Faccount");
	assert_int_equal(browse_post(b, "/sign-in", "email=INES@example.org&next=/places&password=" PASSWORD),
			 303);
	assert_string_equal(browse_location(b), "/places");
	browse_free(b);
}

/* The desk she was about to book comes back with her; what is not of this site does not. */
static void test_next_survives_sign_up(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	static const struct {
		const char *sent, *then;
	} cases[] = { { "%2Fplaces%3Fq%3Dlaine%26sort%3Dname", "/places?q=laine&sort=name" },
		      { "https%3A%2F%2Fevil.example%2F", "/places" },
		      { "", "/places" } };
	assert_int_equal(browse_get(b, "/sign-in?next=/places"), 200);
	assert_true(browse_has(b, "href=\"/sign-up?next=%2Fplaces\""));
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *form = fmt(
			w->c, "name=Zo%%C3%%A9&email=zoe%zu@example.org&password=" PASSWORD "&next=%s", i,
			cases[i].sent);
		assert_int_equal(browse_post(b, "/sign-up", form), 303);
		const char *text = cast_text(w,
					     "SELECT body_text AS value FROM mail ORDER BY id DESC LIMIT 1");
		const char *path = strstr(text, "/confirm?token=");
		path = talloc_strndup(w->c, path, strcspn(path, "\n"));
		assert_int_equal(browse_get(b, path), 200);
		const char *query = strchr(path, '?') + 1;
		assert_int_equal(browse_post(b, "/confirm", fmt(w->c, "%s&password=" PASSWORD, query)), 303);
		assert_string_equal(browse_location(b), cases[i].then);
	}
	browse_free(b);
}

static void test_links_expire(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	sign_up(b, "ines@example.org");
	char *token = mail_link(w, "account.confirm");
	w->c->now.v += CONFIRM_SECONDS + 1;
	assert_int_equal(confirm(b, token, PASSWORD), 410);
	/* A newer link ends the older one. */
	assert_int_equal(browse_post(b, "/sign-up/again", "email=ines@example.org"), 303);
	char *second = mail_link(w, "account.confirm");
	assert_int_equal(browse_post(b, "/sign-up/again", "email=ines@example.org"), 303);
	assert_int_equal(confirm(b, second, PASSWORD), 410);
	assert_int_equal(confirm(b, mail_link(w, "account.confirm"), PASSWORD), 303);
	browse_free(b);
}

/* Whoever has an account, whoever has none: the same words. */
static void test_nothing_tells(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	static const char *const paths[] = { "/sign-up/again", "/reset" };
	cast_person(w, "Inès", "ines@example.org");
	sign_up(b, "ines@example.org");
	assert_string_equal(browse_location(b), "/sign-up/sent");
	assert_int_equal(mails(w, "account.already"), 1);
	assert_int_equal(mails(w, "account.confirm"), 0);
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(browse_post(b, paths[i], "email=ines@example.org"), 303);
		char *where = strdup(browse_location(b)), *toast = strdup(browse_cookie(b, COOKIE_TOAST));
		assert_int_equal(browse_post(b, paths[i], "email=nobody@example.org"), 303);
		assert_string_equal(browse_location(b), where);
		assert_string_equal(browse_cookie(b, COOKIE_TOAST), toast);
		free(where);
		free(toast);
	}
	assert_int_equal(
		cast_number(w, "SELECT COUNT(*) AS value FROM mail WHERE to_address = 'nobody@example.org'"),
		0);
	assert_int_equal(browse_post(b, "/sign-in", "email=ines@example.org&password=wrong"), 422);
	assert_true(browse_has(b, "ne correspond pas"));
	assert_int_equal(browse_post(b, "/sign-in", "email=nobody@example.org&password=wrong"), 422);
	assert_true(browse_has(b, "ne correspond pas"));
	browse_free(b);
}

static void test_reset(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w), *other = browse_new(w);
	person_id p = cast_person(w, "Inès", "ines@example.org");
	browse_sign_in(other, p);
	assert_int_equal(browse_get(other, "/account"), 200);
	assert_int_equal(browse_post(b, "/reset", "email=ines@example.org"), 303);
	char *token = mail_link(w, "account.reset");
	char form[200];
	snprintf(form, sizeof form, "token=%s&password=court", token);
	assert_int_equal(browse_post(b, "/reset/set", form), 422);
	snprintf(form, sizeof form, "token=%s&password=" PASSWORD, token);
	assert_int_equal(browse_post(b, "/reset/set", form), 303);
	assert_int_equal(browse_get(b, "/account"), 200);
	/* Everywhere else she is out; the link is used up. */
	assert_int_equal(browse_get(other, "/account"), 303);
	assert_int_equal(browse_post(b, "/reset/set", form), 410);
	browse_free(b);
	browse_free(other);
}

static void test_change_address(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	person_id p = cast_person(w, "Inès", "ines@example.org");
	const char *hashed;
	assert_int_equal(password_make(w->c, "quatre mots sans rapport", &hashed), OK);
	cast_run(w, "UPDATE person SET password_hash = '%s' WHERE id = %lld", hashed, (long long)p.v);
	browse_sign_in(b, p);
	assert_int_equal(browse_post(b, "/account/address", "email=new@example.org&password=wrong"), 422);
	assert_int_equal(mails(w, "account.change"), 0);
	assert_int_equal(browse_post(b, "/account/address", "email=new@example.org&password=" PASSWORD), 303);
	assert_int_equal(mails(w, "account.notice"), 1);
	assert_string_equal(
		cast_text(w, "SELECT to_address AS value FROM mail WHERE kind = 'account.change'"),
		"new@example.org");
	assert_string_equal(cast_text(w, "SELECT email AS value FROM person"), "ines@example.org");
	/* Who reads the new address cannot take the account with its link. */
	const char *taking = fmt(w->c, "token=%s&password=" PASSWORD, mail_link(w, "account.change"));
	assert_int_equal(browse_post(b, "/reset/set", taking), 410);
	assert_int_equal(confirm(b, mail_link(w, "account.change"), ""), 303);
	assert_string_equal(cast_text(w, "SELECT email AS value FROM person"), "new@example.org");
	browse_free(b);
}

/* Whoever changes her password leaves no link behind that could still take the account. */
static void test_password_ends_links(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	person_id p = cast_person(w, "Inès", "ines@example.org");
	const char *hashed;
	assert_int_equal(password_make(w->c, "quatre mots sans rapport", &hashed), OK);
	cast_run(w, "UPDATE person SET password_hash = '%s' WHERE id = %lld", hashed, (long long)p.v);
	browse_sign_in(b, p);
	assert_int_equal(browse_post(b, "/account/address", "email=thief@example.org&password=" PASSWORD),
			 303);
	/* A stranger who says her password is lost does not undo what she asked. */
	assert_int_equal(browse_post(b, "/reset", "email=ines@example.org"), 303);
	char *change = mail_link(w, "account.change"), *reset = mail_link(w, "account.reset");
	assert_int_equal(browse_get(b, fmt(w->c, "/confirm?token=%s", change)), 200);
	assert_int_equal(browse_post(b, "/account/password",
				     "old_password=" PASSWORD "&new_password=cinq+autres+mots+sans+lien"),
			 303);
	assert_int_equal(confirm(b, change, ""), 410);
	assert_int_equal(browse_get(b, fmt(w->c, "/reset?token=%s", reset)), 410);
	assert_string_equal(cast_text(w, "SELECT email AS value FROM person"), "ines@example.org");
	browse_free(b);
}

/* One address that tries without end does not keep her out elsewhere. */
static void test_nobody_is_locked_out(void **state)
{
	struct world *w = *state;
	struct browse *thief = browse_new(w), *her = browse_new(w);
	const char *hashed;
	person_id p = cast_person(w, "Inès", "ines@example.org");
	assert_int_equal(password_make(w->c, "quatre mots sans rapport", &hashed), OK);
	cast_run(w, "UPDATE person SET password_hash = '%s' WHERE id = %lld", hashed, (long long)p.v);
	w->app.attempts = attempts_new();
	her->peer = "198.51.100.7";
	for (int i = 0; i < 31; i++) {
		w->c->now.v += i < 20 ? 0 : 30;
		browse_post(thief, "/sign-in", "email=ines@example.org&password=wrong");
	}
	assert_int_equal(thief->resp.status, 429);
	assert_int_equal(browse_post(her, "/sign-in", "email=ines@example.org&password=" PASSWORD), 303);
	/* That she came in gives the thief nothing. */
	assert_int_equal(browse_post(thief, "/sign-in", "email=ines@example.org&password=wrong"), 429);
	attempts_free(w->app.attempts);
	w->app.attempts = NULL;
	browse_free(thief);
	browse_free(her);
}

static void test_attempts_are_limited(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w), *elsewhere = browse_new(w);
	w->app.attempts = attempts_new();
	cast_person(w, "Inès", "ines@example.org");
	for (int i = 0; i < 30; i++) {
		b->peer = fmt(w->c, "203.0.113.%d", i / 10);
		assert_int_equal(browse_post(b, "/sign-in", "email=ines@example.org&password=wrong"), 422);
	}
	assert_int_equal(browse_post(b, "/sign-in", "email=ines@example.org&password=wrong"), 429);
	assert_non_null(browse_header(b, "Retry-After"));
	/* The account is limited from anywhere, other accounts are not. */
	elsewhere->peer = "198.51.100.7";
	assert_int_equal(browse_post(elsewhere, "/sign-in", "email=Ines@example.org&password=wrong"), 429);
	assert_int_equal(browse_post(elsewhere, "/sign-in", "email=malo@example.org&password=wrong"), 422);
	/* She proves by her mail that it is her: what others tried no longer keeps her out. */
	assert_int_equal(browse_post(elsewhere, "/reset", "email=ines@example.org"), 303);
	const char *form = fmt(w->c, "token=%s&password=" PASSWORD, mail_link(w, "account.reset"));
	assert_int_equal(browse_post(elsewhere, "/reset/set", form), 303);
	for (int i = 0; i < 3; i++)
		assert_int_equal(
			browse_post(elsewhere, "/sign-in", "email=ines@example.org&password=" PASSWORD), 303);
	b->peer = "203.0.113.99";
	for (int i = 0; i < 10; i++)
		assert_int_equal(browse_post(b, "/sign-in", "email=ines@example.org&password=wrong"), 422);
	assert_int_equal(browse_post(b, "/sign-in", "email=ines@example.org&password=wrong"), 429);
	w->c->now.v += 61;
	assert_int_equal(browse_post(b, "/sign-in", "email=ines@example.org&password=wrong"), 422);
	attempts_free(w->app.attempts);
	w->app.attempts = NULL;
	browse_free(b);
	browse_free(elsewhere);
}

/* A household has a network of 64 bits: whatever address of it is used, its attempts are its own. */
static void test_a_network_is_one(void **state)
{
	struct world *w = *state;
	w->app.attempts = attempts_new();
	for (int i = 0; i < 20; i++)
		assert_int_equal(attempt_take(w->c, ATTEMPT_LINK, NULL, fmt(w->c, "2001:db8::%d", i + 1)),
				 OK);
	assert_int_equal(attempt_take(w->c, ATTEMPT_LINK, NULL, "2001:db8::ffff"), E_RATE);
	assert_int_equal(attempt_take(w->c, ATTEMPT_LINK, NULL, "2001:db8:0:1::1"), OK);
	assert_int_equal(attempt_take(w->c, ATTEMPT_LINK, NULL, "198.51.100.7"), OK);
	attempts_free(w->app.attempts);
	w->app.attempts = NULL;
}

static void test_next_stays_here(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	static const char *const bad[] = { "https://evil.example/",
					   "//evil.example",
					   "/%5Cevil.example",
					   "javascript:alert(1)",
					   "/a%0D%0ASet-Cookie:x",
					   "%20//evil.example",
					   "" };
	browse_sign_in(b, cast_person(w, "Inès", "ines@example.org"));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		char path[100];
		snprintf(path, sizeof path, "/sign-in?next=%s", bad[i]);
		if (browse_get(b, path) != 422)
			assert_string_equal(browse_location(b), "/");
	}
	assert_int_equal(browse_get(b, "/sign-in?next=/places%3Fq=a"), 303);
	assert_string_equal(browse_location(b), "/places?q=a");
	browse_free(b);
}

static void test_passwords(void **state)
{
	struct world *w = *state;
	struct ctx *c = w->c;
	static const char *const bad[] = { "court",	     "aaaaaaaaaaaaaaaa", "Motdepasse-2024!",
					   "azertyuiop123",  "123123123123",	 "ines@example.org",
					   "Ines.Marchand1", "inesmarchand99" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (password_allowed(c, "password", bad[i], "ines.marchand@example.org", "Inès Marchand") ==
			    OK &&
		    strcmp(bad[i], "ines@example.org") != 0)
			fail_msg("%s is let through", bad[i]);
	assert_int_equal(password_allowed(c, "password", "quatre mots sans rapport", "i@example.org", "Inès"),
			 OK);
	assert_int_equal(password_allowed(c, "password", "été à Ligugé 7", "i@example.org", "Inès"), OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_sign_up_and_in),
		BOTH(test_next_survives_sign_up),
		BOTH(test_links_expire),
		BOTH(test_nothing_tells),
		BOTH(test_reset),
		BOTH(test_change_address),
		BOTH(test_password_ends_links),
		BOTH(test_nobody_is_locked_out),
		BOTH(test_attempts_are_limited),
		BOTH(test_a_network_is_one),
		BOTH(test_next_stays_here),
		BOTH(test_passwords),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
