/* A form that outlived its session, or the community it was opened for: nothing
 * is done, and what was typed comes back to be sent once more. */
#include "base/test.h"

#include "browse.h"
#include "platform/csrf.h"
#include "platform/session_cookie.h"

#define OURS "https://maillage.example"

static const char *with_token(struct browse *b, const char *token, const char *form)
{
	return talloc_asprintf(b->mem, "_csrf=%s&%s", token, form);
}

/* As it stands in a page of hers. */
static const char *token_in_page(struct browse *b, const char *path)
{
	static const char name[] = "name=\"_csrf\" value=\"";
	assert_int_equal(browse_get(b, path), 200);
	const char *at = strstr(b->body, name);
	assert_non_null(at);
	at += sizeof name - 1;
	return talloc_strndup(b->mem, at, strcspn(at, "\""));
}

static void what_was_typed_outlives_the_session(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	browse_sign_in(b, cast_person(w, "Inès", "ines@example.org"));
	const char *form = with_token(b, token_in_page(b, "/account"), "name=In%C3%A8s+%3CLongue%3E&lang=fr");
	cast_run(w, "UPDATE session SET revoked_at = %lld", (long long)w->c->now.v);
	assert_int_equal(browse_post_raw(b, "/account/profile", form, OURS), 401);
	assert_true(browse_has(b, "Votre connexion a pris fin"));
	assert_true(browse_has(b, "value=\"Inès &lt;Longue&gt;\""));
	assert_true(browse_has(b, "action=\"/account/profile\""));
	assert_true(browse_has(b, "target=\"_blank\""));
	/* Not to a page of elsewhere, nor to who does not say from where. */
	assert_int_equal(browse_post_raw(b, "/account/profile", form, "https://evil.example"), 401);
	assert_false(browse_has(b, "Longue"));
	assert_int_equal(browse_post_raw(b, "/account/profile", form, NULL), 401);
	assert_false(browse_has(b, "Longue"));
	assert_true(browse_has(b, "href=\"/sign-in\""));
	browse_free(b);
}

/* The page of before waits in its tab; she signs in in another one. */
static void it_is_sent_once_she_is_signed_in_again(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	person_id p = cast_person(w, "Inès", "ines@example.org");
	const char *form = with_token(b, token_in_page(b, "/sign-in"), "name=In%C3%A8s+Longue&lang=fr");
	assert_int_equal(browse_post_raw(b, "/account/profile", form, OURS), 401);
	browse_sign_in(b, p);
	assert_int_equal(browse_post_raw(b, "/account/profile", form, OURS), 303);
	assert_string_equal(cast_text(w, "SELECT name AS value FROM person"), "Inès Longue");
	browse_free(b);
}

static void two_tabs_two_communities(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	person_id p = cast_person(w, "Inès", "ines@example.org");
	membership_id one = cast_member(w, p, cast_community(w, "Cardamine", "cae"), "staff", ROLE_MANAGER),
		      two = cast_member(w, p, cast_community(w, "Coquelicot", "cae"), "staff", ROLE_MANAGER);
	browse_sign_in(b, p);
	browse_act_as(b, one);
	const char *old = token_in_page(b, "/conventions/new");
	browse_act_as(b, two);
	const char *said = "name=Ponts+du+Clain&from=2026-12-01&to=2027-12-01";
	assert_int_equal(browse_post_raw(b, "/conventions/new", with_token(b, old, said), OURS), 403);
	assert_true(browse_has(b, "vous avez changé de communauté"));
	assert_true(browse_has(b, "value=\"Ponts du Clain\""));
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM convention"), 0);
	/* What is hers whatever she acts as goes through. */
	assert_int_equal(
		browse_post_raw(b, "/account/profile", with_token(b, old, "name=In%C3%A8s&lang=fr"), OURS),
		303);
	/* Sent again from the page that says so, it is for the second one. */
	const char *now = token_in_page(b, "/conventions/new");
	assert_string_not_equal(now, old);
	assert_int_not_equal(browse_post_raw(b, "/conventions/new", with_token(b, now, said), OURS), 403);
	browse_act_as(b, one);
	assert_int_not_equal(browse_post_raw(b, "/conventions/new", with_token(b, old, said), OURS), 403);
	/* A mark is no token. */
	assert_int_equal(browse_post_raw(b, "/conventions/new", with_token(b, strchr(old, '-'), said), OURS),
			 403);
	browse_free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(what_was_typed_outlives_the_session),
		BOTH(it_is_sent_once_she_is_signed_in_again),
		BOTH(two_tabs_two_communities),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
