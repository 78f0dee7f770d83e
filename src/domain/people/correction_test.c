/* Errors that anybody reports, and pages that their stewards confirm by a link. */
#include "base/test.h"

#include "browse.h"
#include "people/confirmation.h"
#include "people/people.h"
#include "people/profile.h"
#include "world.h"

struct cast {
	struct world *w;
	struct browse *visitor, *steward, *operator;
	community_id noyer, orphan;
	const char *path, *orphan_path;
};

static struct cast cast_of(struct world *w)
{
	struct cast k = {
		.w = w, .visitor = browse_new(w), .steward = browse_new(w), .operator= browse_new(w)
	};
	person_id malo = cast_person(w, "Malo", "malo@example.org");
	person_id camille = cast_person(w, "Camille", "camille@example.org");
	k.noyer = cast_community(w, "Les Usines du Noyer", "place");
	k.orphan = cast_community(w, "Cluster Jura", "place");
	k.path = fmt(w->c, "/communities/%s", cast_pub(w, "community", k.noyer.v));
	k.orphan_path = fmt(w->c, "/communities/%s", cast_pub(w, "community", k.orphan.v));
	cast_member(w, malo, k.noyer, "staff", ROLE_MEMBER | ROLE_MANAGER);
	cast_run(w, "UPDATE person SET is_operator = TRUE WHERE id = %lld", (long long)camille.v);
	browse_sign_in(k.steward, malo);
	browse_sign_in(k.operator, camille);
	return k;
}

static void leave(struct cast *k)
{
	browse_free(k->visitor);
	browse_free(k->steward);
	browse_free(k->operator);
}

static int64_t count(struct world *w, const char *from)
{
	return cast_number(w, "SELECT COUNT(*) AS value FROM %s", from);
}

#define REPORT "field=opening&message=Ferm%C3%A9+le+lundi+matin&email=lina%40example.org"

static const char *last_report(struct cast *k)
{
	return cast_text(k->w,
			 "SELECT pub AS value FROM correction WHERE id = (SELECT MAX(id) FROM correction)");
}

static void test_report(void **state)
{
	struct cast k = cast_of(*state);
	struct ctx *c = k.w->c;
	const char *form = fmt(c, "%s/report", k.path);
	assert_int_equal(browse_get(k.visitor, form), 200);
	/* Nothing is chosen for her. */
	assert_true(browse_has(k.visitor, ">Choisissez</option>"));
	assert_int_equal(browse_post(k.visitor, form, REPORT), 303);
	assert_int_equal(count(k.w, "correction"), 1);
	assert_int_equal(count(k.w, "mail WHERE kind = 'correction.new' AND to_address = 'malo@example.org'"),
			 1);
	/* Too short, no subject: shown again. What fills the trap is forgotten. */
	assert_int_equal(browse_post(k.visitor, form, "message=ok"), 422);
	assert_int_equal(browse_post(k.visitor, form, REPORT "&homepage=http%3A%2F%2Fx.example"), 303);
	assert_int_equal(count(k.w, "correction"), 1);
	/* Its steward alone reads and answers. */
	const char *one = fmt(c, "/reports/%s", last_report(&k)), *answer = fmt(c, "%s/answer", one);
	assert_int_equal(browse_get(k.operator, one), 403);
	assert_int_equal(browse_get(k.operator, fmt(c, "/operator%s", one)), 404);
	assert_int_equal(browse_get(k.steward, fmt(c, "%s/reports?state=open", k.path)), 200);
	assert_true(browse_has(k.steward, "Fermé le lundi matin"));
	assert_int_equal(browse_get(k.steward, one), 200);
	assert_int_equal(browse_post(k.steward, answer, "outcome=dismissed"), 422);
	assert_int_equal(browse_post(k.steward, answer, "outcome=dismissed&answer=Nous+ouvrons"), 303);
	assert_int_equal(
		count(k.w, "mail WHERE kind = 'correction.answer' AND to_address = 'lina@example.org'"), 1);
	assert_int_equal(count(k.w, "correction WHERE email IS NULL AND state = 'dismissed'"), 1);
	assert_int_equal(count(k.w, "audit WHERE action = 'correction.answer'"), 1);
	assert_int_equal(browse_get(k.steward, fmt(c, "%s/audit", k.path)), 200);
	assert_true(browse_has(k.steward, "Décision"));
	assert_false(browse_has(k.steward, "outcome"));
	assert_int_equal(browse_post(k.steward, answer, "outcome=done"), 409);
	leave(&k);
}

/* A page that nobody looks after: the operator is told and answers. */
static void test_orphan(void **state)
{
	struct cast k = cast_of(*state);
	struct ctx *c = k.w->c;
	assert_int_equal(browse_post(k.visitor, fmt(c, "%s/report", k.orphan_path), REPORT), 303);
	assert_int_equal(count(k.w, "mail WHERE to_address = 'camille@example.org'"), 1);
	assert_int_equal(browse_get(k.operator, "/operator/reports"), 200);
	assert_true(browse_has(k.operator, "Cluster Jura"));
	const char *one = fmt(c, "/operator/reports/%s", last_report(&k));
	assert_int_equal(browse_get(k.steward, one), 404);
	assert_int_equal(browse_get(k.operator, one), 200);
	assert_int_equal(browse_post(k.operator, fmt(c, "%s/answer", one), "outcome=done"), 303);
	assert_int_equal(count(k.w, "correction WHERE state = 'done'"), 1);
	leave(&k);
}

/* ---- confirmation ---- */

static const char *token_of(struct world *w)
{
	const char *text = cast_text(
		w, "SELECT body_text AS value FROM mail WHERE id = (SELECT MAX(id) FROM mail)");
	const char *at = strstr(text, "/pages/confirm?token=");
	assert_non_null(at);
	at += strlen("/pages/confirm?token=");
	return talloc_strndup(w->c, at, strcspn(at, " \r\n"));
}

static void ask(struct world *w)
{
	assert_int_equal(confirmations_ask(w->c), OK);
}

static void test_rounds(void **state)
{
	struct cast k = cast_of(*state);
	struct world *w = k.w;
	cast_run(w, "UPDATE community SET confirmed_at = %lld", (long long)(WORLD_NOW - CONFIRMED_FOR_S));
	ask(w);
	assert_int_equal(count(w, "mail"), 0);
	/* Past a year, once; again after sixty days; three times at most. */
	for (int i = 1; i <= 4; i++) {
		w->c->now.v += i == 1 ? 1 : CONFIRMATION_AGAIN_S + 1;
		ask(w);
		ask(w);
		assert_int_equal(count(w, "mail WHERE kind = 'page.confirm'"), i < 3 ? i : 3);
	}
	/* Nobody looks after the other page: nobody is asked. */
	assert_int_equal(count(w, "confirmation_request"), 3);
	leave(&k);
}

static void test_confirm(void **state)
{
	struct cast k = cast_of(*state);
	struct world *w = k.w;
	cast_run(w, "UPDATE community SET confirmed_at = %lld", (long long)(WORLD_NOW - CONFIRMED_FOR_S - 5));
	ask(w);
	const char *token = token_of(w), *link = fmt(w->c, "/pages/confirm?token=%s", token);
	int64_t before = cast_number(w, "SELECT confirmed_at AS value FROM community WHERE id = %lld",
				     (long long)k.noyer.v);
	/* Opening the link, as programs that read mail do, confirms nothing. */
	assert_int_equal(browse_get(k.visitor, link), 200);
	assert_int_equal(browse_get(k.visitor, link), 200);
	assert_int_equal(cast_number(w, "SELECT confirmed_at AS value FROM community WHERE id = %lld",
				     (long long)k.noyer.v),
			 before);
	assert_int_equal(browse_post(k.visitor, "/pages/confirm", fmt(w->c, "token=%s", token)), 303);
	assert_int_equal(cast_number(w, "SELECT confirmed_at AS value FROM community WHERE id = %lld",
				     (long long)k.noyer.v),
			 WORLD_NOW);
	assert_string_equal(cast_text(w,
				      "SELECT p.name AS value FROM audit a JOIN person p ON p.id = a.person "
				      "WHERE a.action = 'community.confirm'"),
			    "Malo");
	/* Twice is once; a link that nobody made, or of who has left, is gone. */
	assert_int_equal(browse_post(k.visitor, "/pages/confirm", fmt(w->c, "token=%s", token)), 303);
	assert_int_equal(count(w, "audit WHERE action = 'community.confirm'"), 1);
	assert_int_equal(browse_get(k.visitor, "/pages/confirm?token=abc"), 410);
	cast_run(w, "UPDATE membership SET roles = 1");
	assert_int_equal(browse_get(k.visitor, link), 410);
	leave(&k);
}

int main(void)
{
	const struct CMUnitTest tests[] = { BOTH(test_report), BOTH(test_orphan), BOTH(test_rounds),
					    BOTH(test_confirm) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
