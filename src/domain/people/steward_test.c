/* A page that nobody keeps: the operator asks somebody, who says yes and keeps it. */
#include "base/test.h"

#include <string.h>

#include "browse.h"
#include "people/people.h"
#include "world.h"

static void test_first_steward(void **state)
{
	struct world *w = *state;
	struct browse *operator= browse_new(w), *visitor = browse_new(w), *new = browse_new(w);
	community_id place = cast_community(w, "Le Préau", "place");
	person_id camille = cast_person(w, "Camille", "camille@example.org");
	const char *page = fmt(w->c, "/communities/%s", cast_pub(w, "community", place.v)),
		   *hand = fmt(w->c, "%s/steward", page);
	cast_run(w, "UPDATE person SET is_operator = TRUE WHERE id = %lld", (long long)camille.v);
	browse_sign_in(operator, camille);
	browse_get(visitor, page);
	assert_true(browse_has(visitor, "Personne ne tient encore cette page"));
	assert_false(browse_has(visitor, hand));
	assert_int_equal(browse_get(visitor, hand), 303); /* to sign in */
	browse_get(operator, page);
	assert_true(browse_has(operator, hand));
	assert_int_equal(browse_get(operator, hand), 200);
	assert_int_equal(browse_post(operator, hand, "email=noon"), 422);
	assert_int_equal(browse_post(operator, hand, "email=lina%40example.org&name=Lina"), 303);
	assert_int_equal(browse_post(operator, hand, "email=lina%40example.org&name=Lina"),
			 422); /* asked already */
	assert_int_equal(
		cast_number(w, "SELECT COUNT(*) AS value FROM audit WHERE action = 'invitation.send'"), 1);
	const char *letter = cast_text(w, "SELECT body_text AS value FROM mail"),
		   *token = strstr(letter, "/invitations/accept?token=");
	assert_non_null(token);
	token += strlen("/invitations/accept?");
	const char *answer = talloc_strndup(w->c->mem, token,
					    strspn(token, "token=0123456789"
							  "abcdefghijklmnopqrstuvwxyz"
							  "ABCDEFGHIJKLMNOPQRSTUVWXYZ_-"));
	person_id lina = cast_person(w, "Lina", "lina@example.org");
	browse_sign_in(new, lina);
	assert_int_equal(browse_get(new, fmt(w->c, "/invitations/accept?%s", answer)), 200);
	assert_int_equal(browse_post(new, "/invitations/accept", answer), 303);
	bool manages;
	assert_int_equal(db_snapshot(w->c), OK);
	assert_int_equal(has_role(w->c, lina, place, ROLE_MANAGER, &manages), OK);
	db_snapshot_end(w->c);
	assert_true(manages);
	browse_get(visitor, page);
	assert_false(browse_has(visitor, "Personne ne tient encore cette page"));
	/* It is hers now: the operator invites nobody any more, and sees nobody. */
	assert_int_equal(browse_post(operator, hand, "email=qui%40example.org"), 409);
	assert_int_equal(browse_get(operator, hand), 409);
	assert_false(browse_has(operator, "lina@"));
	browse_free(operator);
	browse_free(visitor);
	browse_free(new);
}

int main(void)
{
	const struct CMUnitTest tests[] = { BOTH(test_first_steward) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
