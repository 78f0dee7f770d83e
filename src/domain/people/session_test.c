#include "base/test.h"

#include <stdio.h>

#include "audit/audit.h"
#include "browse.h"
#include "people/account.h"
#include "people/password.h"
#include "people/personal_data.h"
#include "people/session.h"
#include "people/visits.h"
#include "platform/config.h"
#include "platform/session_cookie.h"

#define PASSWORD "quatre+mots+sans+rapport"

static void give_password(struct world *w, person_id p)
{
	const char *hashed;
	assert_int_equal(password_make(w->c, "quatre mots sans rapport", &hashed), OK);
	cast_run(w, "UPDATE person SET password_hash = '%s' WHERE id = %lld", hashed, (long long)p.v);
}

/* A page that is not there is still hers: her name, her way out. */
static void test_no_page(void **state)
{
	struct browse *b = browse_new(*state);
	assert_int_equal(browse_get(b, "/nowhere"), 404);
	assert_true(browse_has(b, "href=\"/sign-in\""));
	browse_sign_in(b, cast_person(*state, "Inès Vautrin", "ines@example.org"));
	assert_int_equal(browse_get(b, "/nowhere"), 404);
	assert_true(browse_has(b, "Inès Vautrin"));
	assert_false(browse_has(b, "href=\"/sign-in\""));
	assert_int_equal(browse_post(b, "/places", ""), 405);
	assert_true(browse_has(b, "Inès Vautrin"));
	browse_free(b);
}

static void test_cookie(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	give_password(w, cast_person(w, "Inès", "ines@example.org"));
	assert_int_equal(browse_post(b, "/sign-in", "email=ines@example.org&password=" PASSWORD), 303);
	const char *set = NULL;
	for (int i = 0; i < b->resp.n_headers; i++)
		if (strncmp(b->resp.headers[i].value, COOKIE_SESSION "=", sizeof COOKIE_SESSION) == 0)
			set = b->resp.headers[i].value;
	assert_non_null(set);
	assert_non_null(strstr(set, "; Path=/; Secure; HttpOnly; SameSite=Lax"));
	assert_null(strstr(set, "Domain"));
	/* Only its hash is stored. */
	assert_int_equal(strlen(browse_cookie(b, COOKIE_SESSION)), 52);
	/* Signing in again is another session; the one before is over. */
	char *first = talloc_strdup(w->c, browse_cookie(b, COOKIE_SESSION));
	assert_int_equal(browse_post(b, "/sign-in", "email=ines@example.org&password=" PASSWORD), 303);
	assert_string_not_equal(browse_cookie(b, COOKIE_SESSION), first);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM session WHERE revoked_at IS NULL"), 1);
	w->c->now.v += SESSION_SECONDS + 1;
	assert_int_equal(browse_get(b, "/account"), 303);
	browse_free(b);
}

static void test_csrf(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w), *other = browse_new(w);
	browse_sign_in(b, cast_person(w, "Inès", "ines@example.org"));
	browse_sign_in(other, cast_person(w, "Malo", "malo@example.org"));
	char form[300];
	assert_int_equal(browse_post_raw(b, "/account/profile", "name=X&lang=fr", NULL), 403);
	snprintf(form, sizeof form, "_csrf=%s&name=X&lang=fr", browse_csrf(other));
	assert_int_equal(browse_post_raw(b, "/account/profile", form, NULL), 403);
	snprintf(form, sizeof form, "_csrf=%s&name=X&lang=fr", browse_csrf(b));
	assert_int_equal(browse_post_raw(b, "/account/profile", form, "https://evil.example"), 403);
	assert_string_equal(cast_text(w, "SELECT name AS value FROM person WHERE email = 'ines@example.org'"),
			    "Inès");
	assert_int_equal(browse_post_raw(b, "/account/profile", form, "https://maillage.example"), 303);
	assert_string_equal(cast_text(w, "SELECT name AS value FROM person WHERE email = 'ines@example.org'"),
			    "X");
	browse_free(b);
	browse_free(other);
}

static void test_sessions_end(void **state)
{
	struct world *w = *state;
	struct browse *a = browse_new(w), *b = browse_new(w), *stranger = browse_new(w);
	person_id p = cast_person(w, "Inès", "ines@example.org");
	char path[100];
	browse_sign_in(a, p);
	b->agent = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36";
	browse_sign_in(b, p);
	browse_sign_in(stranger, cast_person(w, "Malo", "malo@example.org"));
	assert_int_equal(browse_get(a, "/account/sessions"), 200);
	assert_true(browse_has(a, "Firefox, Linux") && browse_has(a, "Chrome, Android") &&
		    browse_has(a, "celui-ci"));
	const char *second = cast_text(w, "SELECT pub AS value FROM session WHERE agent LIKE '%%Android%%'");
	snprintf(path, sizeof path, "/account/sessions/%s/end", second);
	/* Nobody else's. */
	assert_int_equal(browse_post(stranger, path, ""), 404);
	assert_int_equal(browse_get(b, "/account"), 200);
	assert_int_equal(browse_post(a, path, ""), 303);
	assert_int_equal(browse_get(b, "/account"), 303);
	browse_sign_in(b, p);
	assert_int_equal(browse_post(a, "/account/sessions/others", ""), 303);
	assert_int_equal(browse_get(b, "/account"), 303);
	assert_int_equal(browse_get(a, "/account"), 200);
	browse_sign_in(b, p);
	assert_int_equal(browse_post(a, "/sign-out", "everywhere=1"), 303);
	assert_int_equal(browse_get(b, "/account"), 303);
	assert_int_equal(browse_get(stranger, "/account"), 200);
	browse_free(a);
	browse_free(b);
	browse_free(stranger);
}

/* The token that the page shows, once. */
static char *make_token(struct browse *b, const char *form)
{
	assert_int_equal(browse_post(b, "/account/tokens", form), 201);
	const char *at = strstr(b->body, "<code class=\"hash\">");
	assert_non_null(at);
	return talloc_strndup(b->mem, at + 19, 52);
}

static void test_api_tokens(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w), *robot = browse_new(w);
	person_id p = cast_person(w, "Inès", "ines@example.org"),
		  q = cast_person(w, "Malo", "malo@example.org");
	community_id cae = cast_community(w, "Cardamine", "cae");
	membership_id mine = cast_member(w, p, cae, "cape", 1), his = cast_member(w, q, cae, "staff", 1);
	char form[200], path[100];
	browse_sign_in(b, p);
	snprintf(form, sizeof form, "name=Robot&days=30&membership=%s", cast_pub(w, "membership", his.v));
	assert_int_equal(browse_post(b, "/account/tokens", form), 422);
	snprintf(form, sizeof form, "name=Robot&days=30&may_write=0&membership=%s",
		 cast_pub(w, "membership", mine.v));
	robot->bearer = make_token(b, form);
	assert_int_equal(browse_get(b, "/account/tokens"), 200);
	assert_false(browse_has(b, robot->bearer));
	assert_int_equal(browse_api(robot, HTTP_GET, "/account", NULL), 200);
	assert_true(browse_has(robot, "ines@example.org"));
	/* Reading only; and no token makes tokens. */
	snprintf(path, sizeof path, "/account/memberships/%s", cast_pub(w, "membership", mine.v));
	const char *json = "{\"visibility\":\"hidden\",\"shares_use\":false}";
	assert_int_equal(browse_api(robot, HTTP_POST, path, json), 403);
	assert_string_equal(
		cast_text(w, "SELECT visibility AS value FROM membership WHERE id = %lld", (long long)mine.v),
		"community");
	robot->bearer = make_token(b, "name=Writer&days=30&may_write=1");
	assert_int_equal(browse_api(robot, HTTP_POST, path, json), 200);
	assert_int_equal(browse_api(robot, HTTP_POST, "/account/tokens", "{\"name\":\"More\",\"days\":1}"),
			 403);
	assert_int_equal(browse_api(robot, HTTP_GET, "/account/export", NULL), 200);
	/* It acts as a membership, no longer than that lasts. */
	const char *writer = robot->bearer;
	robot->bearer = make_token(b, form);
	assert_int_equal(browse_api(robot, HTTP_GET, "/conventions", NULL), 200);
	cast_run(w, "UPDATE membership SET ended = started WHERE id = %lld", (long long)mine.v);
	assert_int_equal(browse_api(robot, HTTP_GET, "/account", NULL), 401);
	robot->bearer = writer;
	/* Its time over, revoked, or made up: nobody. */
	w->c->now.v += 31 * 86400;
	assert_int_equal(browse_api(robot, HTTP_GET, "/account", NULL), 401);
	w->c->now.v -= 31 * 86400;
	snprintf(path, sizeof path, "/account/tokens/%s/revoke",
		 cast_text(w, "SELECT pub AS value FROM api_token WHERE name = 'Writer'"));
	assert_int_equal(browse_post(b, path, ""), 303);
	assert_int_equal(browse_api(robot, HTTP_GET, "/account", NULL), 401);
	robot->bearer = "nothing";
	assert_int_equal(browse_api(robot, HTTP_GET, "/account", NULL), 401);
	browse_free(b);
	browse_free(robot);
}

/* A token does what its scopes say, and sees besides what anybody does. */
static void test_token_scopes(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w), *robot = browse_new(w);
	person_id p = cast_person(w, "Inès", "ines@example.org");
	membership_id mine = cast_member(w, p, cast_community(w, "Cardamine", "cae"), "cape", 1);
	browse_sign_in(b, p);
	robot->bearer = make_token(
		b, fmt(w->c, "name=Robot&days=30&may_write=1&bookings=read&communities=none&membership=%s",
		       cast_pub(w, "membership", mine.v)));
	assert_int_equal(browse_get(b, "/account/tokens"), 200);
	assert_true(browse_has(b, "<code>read:bookings</code>"));
	assert_int_equal(browse_api(robot, HTTP_GET, "/bookings", NULL), 200);
	assert_int_equal(browse_api(robot, HTTP_GET, "/account", NULL), 403);
	assert_true(browse_has(robot, "read:account"));
	/* As anybody: a page for all is the same, whoever made the token. */
	assert_int_equal(browse_api(robot, HTTP_GET, "/communities", NULL), 200);
	const char *path = fmt(w->c, "/account/memberships/%s", cast_pub(w, "membership", mine.v));
	const char *json = "{\"visibility\":\"hidden\",\"shares_use\":false}";
	assert_int_equal(browse_api(robot, HTTP_POST, path, json), 403);
	assert_true(browse_has(robot, "actor.read_only_token"));
	robot->bearer = make_token(b, "name=Writer&days=30&account=write&ledger=read");
	assert_int_equal(browse_api(robot, HTTP_GET, "/account", NULL), 200);
	assert_int_equal(browse_api(robot, HTTP_POST, path, json), 200);
	assert_int_equal(browse_api(robot, HTTP_POST, "/communities/new", "{\"name\":\"X\"}"), 403);
	assert_true(browse_has(robot, "write:communities"));
	assert_int_equal(browse_post(b, "/account/tokens", "name=X&days=30&ledger=some"), 422);
	browse_free(b);
	browse_free(robot);
}

static void test_act_as(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	person_id p = cast_person(w, "Inès", "ines@example.org"),
		  q = cast_person(w, "Malo", "malo@example.org");
	community_id cae = cast_community(w, "Cardamine", "cae"),
		     place = cast_community(w, "Usines", "place");
	cast_member(w, p, cae, "cape", 1);
	membership_id second = cast_member(w, p, place, "resident", 1),
		      his = cast_member(w, q, place, "staff", 1);
	char form[200];
	browse_sign_in(b, p);
	snprintf(form, sizeof form, "membership=%s&back=//evil.example", cast_pub(w, "membership", second.v));
	assert_int_equal(browse_post(b, "/act-as", form), 303);
	assert_string_equal(browse_location(b), "/");
	assert_int_equal(cast_number(w, "SELECT membership AS value FROM session"), second.v);
	snprintf(form, sizeof form, "membership=%s&back=/account", cast_pub(w, "membership", his.v));
	assert_int_equal(browse_post(b, "/act-as", form), 404);
	assert_int_equal(cast_number(w, "SELECT membership AS value FROM session"), second.v);
	/* One that ended is none of hers any more. */
	cast_run(w, "UPDATE membership SET ended = started WHERE id = %lld", (long long)second.v);
	snprintf(form, sizeof form, "membership=%s&back=/account", cast_pub(w, "membership", second.v));
	assert_int_equal(browse_post(b, "/act-as", form), 404);
	browse_free(b);
}

static void test_seen(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	w->app.visits = visits_new();
	browse_sign_in(b, cast_person(w, "Inès", "ines@example.org"));
	w->c->now.v += 1800;
	browse_get(b, "/account");
	assert_int_equal(visits_write(w->c), OK);
	assert_int_equal(cast_number(w, "SELECT seen_at AS value FROM session"), WORLD_NOW);
	w->c->now.v += 1801;
	browse_get(b, "/account");
	assert_int_equal(cast_number(w, "SELECT seen_at AS value FROM session"), WORLD_NOW);
	assert_int_equal(visits_write(w->c), OK);
	assert_int_equal(cast_number(w, "SELECT seen_at AS value FROM session"), WORLD_NOW + 3601);
	assert_int_equal(cast_number(w, "SELECT expires_at AS value FROM session"),
			 WORLD_NOW + 3601 + SESSION_SECONDS);
	visits_free(w->app.visits);
	w->app.visits = NULL;
	browse_free(b);
}

static rc verify(struct ctx *c, void *arg)
{
	const char **broken = arg;
	int64_t chains, rows;
	TRY(audit_verify(c, &chains, &rows, broken));
	return rows > 1 ? OK : E_INTERNAL;
}

static void test_memberships(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w), *other = browse_new(w);
	person_id p = cast_person(w, "Inès", "ines@example.org"),
		  q = cast_person(w, "Malo", "malo@example.org");
	community_id cae = cast_community(w, "Cardamine", "cae");
	membership_id mine = cast_member(w, p, cae, "staff", ROLE_MEMBER | ROLE_MANAGER);
	char path[100], leave[120];
	browse_sign_in(b, p);
	browse_sign_in(other, q);
	snprintf(path, sizeof path, "/account/memberships/%s", cast_pub(w, "membership", mine.v));
	snprintf(leave, sizeof leave, "%s/leave", path);
	assert_int_equal(browse_get(b, "/account/memberships"), 200);
	assert_true(browse_has(b, "Cardamine"));
	assert_int_equal(browse_post(other, path, "visibility=public"), 404);
	assert_int_equal(browse_post(b, path, "visibility=hidden&shares_use=1"), 303);
	assert_string_equal(cast_text(w, "SELECT visibility AS value FROM membership"), "hidden");
	/* Somebody must manage it. */
	assert_int_equal(browse_post(b, leave, ""), 409);
	cast_member(w, q, cae, "staff", ROLE_MANAGER);
	assert_int_equal(browse_post(b, leave, ""), 303);
	assert_int_equal(browse_post(b, leave, ""), 404);
	browse_free(b);
	browse_free(other);
}

static void test_export_and_erase(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	person_id p = cast_person(w, "Zoé Canari", "canari@example.org"),
		  q = cast_person(w, "Malo", "malo@example.org");
	community_id cae = cast_community(w, "Cardamine", "cae");
	const char *broken = NULL;
	give_password(w, p);
	cast_member(w, p, cae, "staff", ROLE_MANAGER);
	browse_sign_in(b, p);
	assert_int_equal(browse_post(b, "/account/profile", "name=Zo%C3%A9+Canari&lang=fr"), 303);
	make_token(b, "name=Canari&days=30");
	assert_int_equal(browse_post(b, "/reset", "email=canari@example.org"), 303);
	assert_int_equal(browse_get(b, "/account/export"), 200);
	assert_true(browse_has(b, "canari@example.org") && browse_has(b, "Cardamine") &&
		    browse_has(b, "Firefox"));
	assert_non_null(strstr(browse_header(b, "Content-Disposition"), "attachment"));
	assert_int_equal(browse_post(b, "/account/erase", "password=wrong"), 422);
	assert_int_equal(browse_post(b, "/account/erase", "password=" PASSWORD), 409);
	assert_true(browse_has(b, "Cardamine"));
	cast_member(w, q, cae, "staff", ROLE_MANAGER);
	assert_int_equal(browse_post(b, "/account/erase", "password=" PASSWORD), 303);
	assert_null(browse_cookie(b, COOKIE_SESSION));
	static const char *const where[] = {
		"person WHERE name LIKE '%anari%' OR email LIKE '%anari%' OR email_key LIKE '%anari%'",
		"mail WHERE to_address LIKE '%anari%'",
		"api_token WHERE name LIKE '%anari%'",
		"audit_detail WHERE before LIKE '%anari%' OR after LIKE '%anari%'",
		"session",
		"membership WHERE visibility <> 'hidden' AND person = 1",
	};
	for (size_t i = 0; i < sizeof where / sizeof *where; i++) {
		char sql[200];
		snprintf(sql, sizeof sql, "SELECT COUNT(*) AS value FROM %s", where[i]);
		if (cast_number(w, "%s", sql))
			fail_msg("still there: %s", where[i]);
	}
	assert_int_equal(db_read(w->c, verify, &broken), OK);
	assert_null(broken);
	/* The address is free again. */
	assert_int_equal(browse_post(b, "/sign-in", "email=canari@example.org&password=" PASSWORD), 422);
	assert_true(browse_has(b, "ne correspond pas"));
	browse_free(b);
}

/* The foot of a page chooses for this browser; the account's own choice, for all. */
static void test_language(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	browse_sign_in(b, cast_person(w, "Inès", "ines@example.org"));
	assert_int_equal(browse_get(b, "/account"), 200);
	assert_true(browse_has(b, "<html lang=\"fr\""));
	assert_int_equal(browse_get(b, "/language?to=en&back=/account"), 303);
	assert_int_equal(browse_get(b, "/account"), 200);
	assert_true(browse_has(b, "<html lang=\"en\""));
	assert_int_equal(browse_post(b, "/account/profile", "name=In%C3%A8s&lang=fr"), 303);
	assert_int_equal(browse_get(b, "/account"), 200);
	assert_true(browse_has(b, "<html lang=\"fr\""));
	browse_free(b);
}

/* Who says nothing reads the language of the site. */
static void test_language_of_the_site(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	struct config cfg = { .language = LANG_EN };
	w->app.config = &cfg;
	assert_int_equal(browse_get(b, "/sign-in"), 200);
	assert_true(browse_has(b, "<html lang=\"en\""));
	w->app.config = NULL;
	browse_free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_no_page),	     BOTH(test_cookie),	    BOTH(test_csrf),
		BOTH(test_sessions_end),     BOTH(test_api_tokens), BOTH(test_token_scopes),
		BOTH(test_act_as),	     BOTH(test_seen),	    BOTH(test_memberships),
		BOTH(test_export_and_erase), BOTH(test_language),   BOTH(test_language_of_the_site),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
