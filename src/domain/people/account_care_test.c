/* What the operator does for an account, and against it. */
#include "base/test.h"

#include "browse.h"
#include "people/account_care.h"
#include "people/account_sql.h"
#include "people/password.h"

#define PASSWORD "quatre+mots+sans+rapport"

static struct browse *operator_at_work(struct world *w)
{
	struct browse *b = browse_new(w);
	person_id p = cast_person(w, "Camille Roy", "camille@example.org");
	cast_run(w, "UPDATE person SET is_operator = TRUE WHERE id = %lld", (long long)p.v);
	browse_sign_in(b, p);
	return b;
}

static const char *path_to(struct world *w, const char *email, const char *then)
{
	return fmt(w->c, "/operator/people/%s%s",
		   cast_text(w, "SELECT pub AS value FROM person WHERE email = '%s'", email), then);
}

static int64_t noted(struct world *w, const char *action)
{
	return cast_number(w, "SELECT COUNT(*) AS value FROM audit WHERE action = '%s'", action);
}

static void test_list(void **state)
{
	struct world *w = *state;
	struct browse *b = operator_at_work(w);
	cast_person(w, "Élodie Lainé", "elodie@example.org");
	cast_run(w, "UPDATE person SET verified_at = NULL WHERE email = 'elodie@example.org'");
	for (int i = 0; i < 55; i++)
		cast_person(w, fmt(w->c, "Personne %02d", i), fmt(w->c, "p%d@example.org", i));
	assert_int_equal(browse_get(b, "/operator/people?q=elodie+laine"), 200);
	assert_true(browse_has(b, "1 compte<"));
	assert_true(browse_has(b, "adresse à confirmer"));
	assert_int_equal(browse_get(b, "/operator/people?state=operator"), 200);
	assert_true(browse_has(b, "Camille Roy"));
	assert_false(browse_has(b, "Personne 01"));
	assert_int_equal(browse_get(b, "/operator/people?sort=name"), 200);
	assert_true(browse_has(b, "57 comptes"));
	const char *next = strstr(b->body, "href=\"/operator/people?sort=name&amp;after=");
	assert_non_null(next);
	next = strstr(next, "after=");
	assert_int_equal(
		browse_get(b, fmt(w->c, "/operator/people?sort=name&%.*s", (int)strcspn(next, "\""), next)),
		200);
	assert_true(browse_has(b, "Personne 54"));
	assert_false(browse_has(b, "Personne 01"));
	assert_int_equal(browse_get(b, "/operator/people.csv?state=unconfirmed"), 200);
	assert_true(browse_has(b, "Élodie Lainé;elodie@example.org;"));
	assert_int_equal(browse_get(b, "/operator/people?state=lost"), 422);
	browse_free(b);
}

/* The letter goes to her alone: the page shows no secret, and nobody else comes in. */
static void test_reset(void **state)
{
	struct world *w = *state;
	struct browse *b = operator_at_work(w);
	cast_person(w, "Inès", "ines@example.org");
	assert_int_equal(browse_post(b, path_to(w, "ines@example.org", "/reset"), ""), 303);
	assert_int_equal(browse_get(b, path_to(w, "ines@example.org", "")), 200);
	const char *text = cast_text(w, "SELECT body_text AS value FROM mail WHERE kind = 'account.reset'");
	const char *at = strstr(text, "?token=");
	assert_non_null(at);
	assert_false(browse_has(b, talloc_strndup(w->c, at + 7, 40)));
	assert_true(browse_has(b, "Lien pour un nouveau mot de passe"));
	assert_string_equal(cast_text(w, "SELECT to_address AS value FROM mail"), "ines@example.org");
	assert_int_equal(noted(w, "account.reset_link"), 1);
	browse_free(b);
}

static void test_sign_out(void **state)
{
	struct world *w = *state;
	struct browse *b = operator_at_work(w), *hers = browse_new(w);
	browse_sign_in(hers, cast_person(w, "Inès", "ines@example.org"));
	assert_int_equal(browse_get(hers, "/account"), 200);
	assert_int_equal(browse_post(b, path_to(w, "ines@example.org", "/sign-out"), ""), 303);
	assert_int_equal(browse_get(hers, "/account"), 303);
	assert_int_equal(browse_get(b, "/operator"), 200);
	assert_int_equal(noted(w, "account.sign_out"), 1);
	browse_free(b);
	browse_free(hers);
}

static int sign_in(struct browse *b)
{
	return browse_post(b, "/sign-in", "email=ines@example.org&password=" PASSWORD);
}

static void test_suspend(void **state)
{
	struct world *w = *state;
	struct browse *b = operator_at_work(w), *hers = browse_new(w), *robot = browse_new(w);
	person_id p = cast_person(w, "Inès", "ines@example.org");
	const char *hashed, *link;
	assert_int_equal(password_make(w->c, "quatre mots sans rapport", &hashed), OK);
	cast_run(w, "UPDATE person SET password_hash = '%s' WHERE id = %lld", hashed, (long long)p.v);
	assert_int_equal(sign_in(hers), 303);
	assert_int_equal(browse_post(hers, "/account/tokens", "name=Robot&days=30"), 201);
	const char *at = strstr(hers->body, "<code class=\"hash\">");
	assert_non_null(at);
	robot->bearer = talloc_strndup(robot->mem, at + 19, 52);
	assert_int_equal(browse_api(robot, HTTP_GET, "/account", NULL), 200);

	/* Why must be said; then she is out everywhere, and told so when she comes back. */
	assert_int_equal(browse_post(b, path_to(w, "ines@example.org", "/suspend"), ""), 422);
	assert_int_equal(browse_post(b, path_to(w, "ines@example.org", "/suspend"), "why=Pourriels"), 303);
	assert_int_equal(browse_post(b, path_to(w, "ines@example.org", "/suspend"), "why=Encore"), 409);
	assert_int_equal(browse_get(hers, "/account"), 303);
	assert_int_equal(browse_api(robot, HTTP_GET, "/account", NULL), 401);
	browse_free(hers);
	hers = browse_new(w); /* its cookie is worth nothing now */
	assert_int_equal(sign_in(hers), 409);
	assert_true(browse_has(hers, "suspendu"));
	assert_int_equal(browse_post(hers, "/sign-in", "email=ines@example.org&password=wrong"), 422);
	assert_false(browse_has(hers, "suspendu"));
	assert_int_equal(browse_post(hers, "/reset", "email=ines@example.org"), 303);
	link = strstr(cast_text(w, "SELECT body_text AS value FROM mail ORDER BY id DESC LIMIT 1"),
		      "?token=");
	assert_non_null(link);
	assert_int_equal(
		browse_post(hers, "/reset/set",
			    fmt(w->c, "token=%.*s&password=cinq+mots+sans+aucun+rapport",
				(int)strspn(link + 7, "0123456789abcdefghijklmnopqrstuvwxyz"), link + 7)),
		409);
	assert_int_equal(browse_get(b, path_to(w, "ines@example.org", "")), 200);
	assert_true(browse_has(b, "Pourriels"));

	assert_int_equal(browse_post(b, path_to(w, "ines@example.org", "/restore"), ""), 303);
	assert_int_equal(browse_post(b, path_to(w, "ines@example.org", "/restore"), ""), 409);
	assert_int_equal(sign_in(hers), 303);
	assert_int_equal(browse_api(robot, HTTP_GET, "/account", NULL), 200);
	assert_int_equal(noted(w, "account.suspend"), 1);
	assert_int_equal(noted(w, "account.restore"), 1);
	browse_free(b);
	browse_free(hers);
	browse_free(robot);
}

static void test_not_her_own(void **state)
{
	struct world *w = *state;
	struct browse *b = operator_at_work(w);
	assert_int_equal(browse_post(b, path_to(w, "camille@example.org", "/suspend"), "why=Moi"), 409);
	assert_int_equal(browse_get(b, "/operator"), 200);
	browse_free(b);
}

struct setting {
	const struct account_row *who;
	bool on;
};

static rc set_operator(struct ctx *c, void *arg)
{
	const struct setting *s = arg;
	return care_set_operator(c, s->who, s->on);
}

/* Said twice, it is done and noted once. */
static void test_operator_twice(void **state)
{
	struct world *w = *state;
	struct account_row who;
	bool found;
	cast_person(w, "Malo", "malo@example.org");
	for (int i = 0; i < 4; i++) {
		assert_int_equal(db_snapshot(w->c), OK);
		assert_int_equal(account_by_email(w->c, "malo@example.org", &who, &found), OK);
		db_snapshot_end(w->c);
		struct setting s = { &who, i < 2 };
		assert_int_equal(db_write(w->c, set_operator, &s), OK);
		assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM person WHERE is_operator"),
				 i < 2);
		assert_int_equal(
			cast_number(w,
				    "SELECT COUNT(*) AS value FROM audit WHERE action = 'account.operator'"),
			1 + (i >= 2));
	}
}

static void test_others(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	browse_sign_in(b, cast_person(w, "Inès", "ines@example.org"));
	cast_person(w, "Malo", "malo@example.org");
	assert_int_equal(browse_get(b, "/operator/people"), 404);
	assert_int_equal(browse_get(b, "/operator/people.csv"), 404);
	assert_int_equal(browse_get(b, path_to(w, "malo@example.org", "")), 404);
	assert_int_equal(browse_post(b, path_to(w, "malo@example.org", "/suspend"), "why=Non"), 404);
	browse_free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_list),	BOTH(test_reset),  BOTH(test_sign_out),	      BOTH(test_suspend),
		BOTH(test_not_her_own), BOTH(test_others), BOTH(test_operator_twice),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
