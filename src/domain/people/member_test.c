/* The people of a community, and inviting them. */
#include "base/test.h"

#include <stdio.h>

#include "base/secret.h"
#include "browse.h"
#include "packed.h"
#include "people/invitation.h"
#include "people/member.h"
#include "world.h"

#define PASSWORD "quatre+mots+sans+rapport"

struct cast {
	struct world *w;
	struct browse *b; /* Sophie, who manages */
	person_id sophie, ines;
	community_id cardamine, noyer;
	membership_id of_sophie, of_ines, of_ines_there;
	const char *base; /* /communities/CARDAMINE */
};

static struct cast cast_of(struct world *w)
{
	struct cast k = { .w = w, .b = browse_new(w) };
	k.sophie = cast_person(w, "Sophie", "sophie@example.org");
	k.ines = cast_person(w, "Inès", "ines@example.org");
	k.cardamine = cast_community(w, "Cardamine", "cae");
	k.noyer = cast_community(w, "Le Noyer", "place");
	k.of_sophie = cast_member(w, k.sophie, k.cardamine, "staff", ROLE_MEMBER | ROLE_MANAGER);
	k.of_ines = cast_member(w, k.ines, k.cardamine, "cape", ROLE_MEMBER);
	k.of_ines_there = cast_member(w, k.ines, k.noyer, "resident", ROLE_MEMBER | ROLE_HOST);
	k.base = talloc_asprintf(k.b->mem, "/communities/%s", cast_pub(w, "community", k.cardamine.v));
	browse_sign_in(k.b, k.sophie);
	return k;
}

static int change(struct cast *k, membership_id m, const char *what, const char *form)
{
	const char *pub = cast_pub(k->w, "membership", m.v);
	return browse_post(k->b, talloc_asprintf(k->b->mem, "/memberships/%s/%s", pub, what), form);
}

static int64_t mails(struct world *w)
{
	return cast_number(w, "SELECT COUNT(*) AS value FROM mail WHERE kind = 'invitation'");
}

static int64_t state_is(struct world *w, const char *state)
{
	return cast_number(w, "SELECT COUNT(*) AS value FROM invitation WHERE state = '%s'", state);
}

static void test_list(void **state)
{
	struct cast k = cast_of(*state);
	person_id lina = cast_person(k.w, "Lina", "lina@example.org");
	cast_member(k.w, lina, k.noyer, "resident", ROLE_MEMBER);
	assert_int_equal(browse_get(k.b, "/people"), 200);
	assert_true(browse_has(k.b, "Inès"));
	assert_false(browse_has(k.b, "Lina"));
	browse_get(k.b, "/people?q=ines&status=cape");
	assert_true(browse_has(k.b, "ines@example.org"));
	browse_get(k.b, "/people?q=ines&status=staff");
	assert_false(browse_has(k.b, "ines@example.org"));
	assert_int_equal(browse_get(k.b, "/people.csv"), 200);
	assert_true(browse_has(k.b, "ines@example.org"));
	/* Entrepreneurs do not list one another. */
	struct browse *other = browse_new(k.w);
	browse_sign_in(other, k.ines);
	assert_int_equal(browse_get(other, "/people"), 403);
	assert_int_equal(browse_get(other, "/people.csv"), 403);
	browse_free(other);
	browse_free(k.b);
}

static void test_status(void **state)
{
	struct cast k = cast_of(*state);
	assert_int_equal(change(&k, k.of_ines, "status", "status=cesa"), 303);
	assert_int_equal(change(&k, k.of_ines, "status", "status=associate"), 303);
	assert_int_equal(
		cast_number(k.w,
			    "SELECT COUNT(*) AS value FROM membership_history WHERE membership = %lld AND "
			    "by_person = %lld",
			    (long long)k.of_ines.v, (long long)k.sophie.v),
		2);
	assert_string_equal(
		cast_text(k.w, "SELECT before AS value FROM audit_detail ORDER BY audit DESC LIMIT 1"),
		"{\"status\":\"cesa\",\"roles\":\"member\"}");
	assert_string_equal(
		cast_text(k.w, "SELECT after AS value FROM audit_detail ORDER BY audit DESC LIMIT 1"),
		"{\"status\":\"associate\",\"roles\":\"member\"}");
	/* What she is elsewhere does not move, and is not Sophie's to know. */
	assert_int_equal(change(&k, k.of_ines_there, "status", "status=nomad"), 404);
	assert_int_equal(change(&k, k.of_ines_there, "roles", "manager=1"), 404);
	assert_int_equal(change(&k, k.of_ines_there, "end", ""), 404);
	assert_string_equal(cast_text(k.w, "SELECT status AS value FROM membership WHERE id = %lld",
				      (long long)k.of_ines_there.v),
			    "resident");
	browse_free(k.b);
}

static void test_manager_stays(void **state)
{
	struct cast k = cast_of(*state);
	/* Who managed it once keeps nothing running. */
	person_id malo = cast_person(k.w, "Malo", "malo@example.org");
	membership_id once = cast_member(k.w, malo, k.cardamine, "staff", ROLE_MEMBER | ROLE_MANAGER);
	cast_run(k.w, "UPDATE membership SET ended = started WHERE id = %lld", (long long)once.v);
	assert_int_equal(change(&k, k.of_sophie, "end", ""), 409);
	assert_int_equal(change(&k, k.of_sophie, "roles", "advisor=1"), 409);
	assert_int_equal(change(&k, k.of_ines, "roles", "manager=1&signatory=1"), 303);
	assert_int_equal(cast_number(k.w, "SELECT roles AS value FROM membership WHERE id = %lld",
				     (long long)k.of_ines.v),
			 ROLE_MEMBER | ROLE_MANAGER | ROLE_SIGNATORY);
	assert_int_equal(cast_number(k.w, "SELECT roles AS value FROM membership WHERE id = %lld",
				     (long long)k.of_ines_there.v),
			 ROLE_MEMBER | ROLE_HOST);
	assert_int_equal(change(&k, k.of_sophie, "roles", "advisor=1"), 303);
	/* An advisor lists, and grants nothing. */
	assert_int_equal(browse_get(k.b, "/people"), 200);
	assert_int_not_equal(change(&k, k.of_sophie, "roles", "manager=1"), 303);
	assert_int_not_equal(change(&k, k.of_ines, "end", ""), 303);
	browse_free(k.b);
}

static void test_end(void **state)
{
	struct cast k = cast_of(*state);
	struct browse *b = browse_new(k.w);
	browse_sign_in(b, k.ines);
	browse_act_as(b, k.of_ines);
	cast_run(k.w, "UPDATE membership SET shares_use = TRUE WHERE id = %lld", (long long)k.of_ines.v);
	assert_int_equal(browse_get(b, "/conventions"), 200);
	assert_int_equal(change(&k, k.of_ines, "end", ""), 303);
	/* Her session is still open, and acts for it no more. */
	assert_int_equal(browse_get(b, "/conventions"), 403);
	assert_int_equal(cast_number(k.w, "SELECT COUNT(*) AS value FROM membership WHERE shares_use"), 0);
	assert_int_equal(
		cast_number(k.w, "SELECT COUNT(*) AS value FROM audit WHERE action = 'membership.end'"), 1);
	browse_free(b);
	browse_get(k.b, "/people");
	assert_false(browse_has(k.b, "ines@example.org"));
	browse_get(k.b, "/people?past=1");
	assert_true(browse_has(k.b, "ines@example.org"));
	assert_int_equal(change(&k, k.of_ines, "end", ""), 409);
	browse_free(k.b);
}

static const char table[] = "text=email,name,status,roles%0A"
			    "anais@example.org,Ana%C3%AFs,cape,%0A"
			    "ANAIS@example.org,Ana%C3%AFs,cesa,%0A"
			    "tom(at)example.org,Tom,cape,%0A"
			    "ines@example.org,In%C3%A8s,cape,%0A"
			    "rose@example.org,Rose,roi,%0A"
			    "bilal@example.org,Bilal,staff,host+advisor%0A"
			    "luc@example.org,Luc,staff,roi%0A";

static void test_preview(void **state)
{
	struct cast k = cast_of(*state);
	assert_int_equal(browse_post(k.b, talloc_asprintf(k.b->mem, "%s/invitations/table", k.base), table),
			 303);
	char *preview = talloc_strdup(k.b->mem, browse_location(k.b));
	assert_int_equal(browse_get(k.b, preview), 200);
	assert_true(browse_has(k.b, "Déjà à la ligne 2."));
	assert_true(browse_has(k.b, "tom(at)example.org"));
	assert_true(browse_has(k.b, "Déjà membre."));
	assert_int_equal(cast_number(k.w, "SELECT COUNT(*) AS value FROM invitation WHERE problem IS NULL"),
			 2);
	assert_int_equal(
		cast_number(k.w,
			    "SELECT COUNT(*) AS value FROM invitation WHERE problem = 'invite.bad_status'"),
		1);
	assert_int_equal(
		cast_number(k.w,
			    "SELECT COUNT(*) AS value FROM invitation WHERE problem = 'invite.bad_role'"),
		1);
	assert_int_equal(mails(k.w), 0);
	/* Another community neither sees nor sends it. */
	person_id malo = cast_person(k.w, "Malo", "malo@example.org");
	cast_member(k.w, malo, k.noyer, "staff", ROLE_MANAGER);
	struct browse *other = browse_new(k.w);
	browse_sign_in(other, malo);
	assert_int_equal(browse_get(other, preview), 403);
	const char *batch = cast_text(k.w, "SELECT MIN(batch) AS value FROM invitation");
	const char *there = talloc_asprintf(k.b->mem, "/communities/%s/invitations/send",
					    cast_pub(k.w, "community", k.noyer.v));
	assert_int_equal(browse_post(other, there, talloc_asprintf(k.b->mem, "batch=%s", batch)), 404);
	assert_int_equal(mails(k.w), 0);
	assert_int_equal(browse_post(k.b, talloc_asprintf(k.b->mem, "%s/invitations/send", k.base),
				     talloc_asprintf(k.b->mem, "batch=%s", batch)),
			 303);
	assert_int_equal(mails(k.w), 2);
	assert_int_equal(state_is(k.w, "preview"), 0);
	/* The same table again: those two are awaited. */
	browse_post(k.b, talloc_asprintf(k.b->mem, "%s/invitations/table", k.base), table);
	assert_int_equal(
		cast_number(k.w, "SELECT COUNT(*) AS value FROM invitation WHERE problem = 'invite.waiting'"),
		2);
	assert_int_equal(
		cast_number(k.w,
			    "SELECT COUNT(*) AS value FROM invitation WHERE state = 'preview' AND problem IS "
			    "NULL"),
		0);
	browse_free(other);
	browse_free(k.b);
}

/* Statuses as people write them; an address that no letter can go to is put aside, and stops no other. */
static void test_rows_as_written(void **state)
{
	struct cast k = cast_of(*state);
	const char *form = "text=courriel;statut%0A"
			   "a@example.org;Entrepreneure%20salari%C3%A9e%0A"
			   "b@example.org;Entrepreneur%C2%B7e%20salari%C3%A9%C2%B7e%0A"
			   "c@example.org;CESA%0A"
			   "d@example.org;Permanente%0A"
			   "%C3%A9lodie@example.org;CAPE%0A";
	assert_int_equal(browse_post(k.b, fmt(k.w->c, "%s/invitations/table", k.base), form), 303);
	assert_int_equal(
		cast_number(k.w, "SELECT COUNT(*) AS value FROM invitation WHERE status = 'cesa' AND problem "
				 "IS NULL"),
		3);
	assert_int_equal(
		cast_number(k.w,
			    "SELECT COUNT(*) AS value FROM invitation WHERE status = 'staff' AND problem "
			    "IS NULL"),
		1);
	assert_string_equal(cast_text(k.w, "SELECT problem AS value FROM invitation WHERE status = 'cape'"),
			    "invite.bad_address");
	const char *batch = cast_text(k.w, "SELECT MIN(batch) AS value FROM invitation");
	assert_int_equal(
		browse_post(k.b, fmt(k.w->c, "%s/invitations/send", k.base), fmt(k.w->c, "batch=%s", batch)),
		303);
	assert_int_equal(mails(k.w), 4);
	browse_free(k.b);
}

/* Roles as people write them; a word that means none is told with those that do. */
static void test_roles_as_written(void **state)
{
	struct cast k = cast_of(*state);
	static const struct {
		const char *typed;
		int64_t roles;
	} known[] = {
		{ "", 0 },
		{ "Conseillère", ROLE_ADVISOR },
		{ "conseiller·ère, animatrice", ROLE_ADVISOR | ROLE_HOST },
		{ "chargée de l’accueil et comptable", ROLE_HOST | ROLE_ACCOUNTANT },
		{ "gérante / signataire", ROLE_MANAGER | ROLE_SIGNATORY },
		{ "Coordinateur;membre", ROLE_COORDINATOR },
		{ "host+advisor", ROLE_HOST | ROLE_ADVISOR },
		{ "manager and signatory", ROLE_MANAGER | ROLE_SIGNATORY },
	};
	int64_t roles;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		assert_true(invitation_roles(k.w->c, known[i].typed, &roles));
		assert_int_equal(roles, ROLE_MEMBER | known[i].roles);
	}
	assert_false(invitation_roles(k.w->c, "reine", &roles));
	const char *form = "text=email;status;roles%0Aa@example.org;reine;%0Ab@example.org;cape;reine%0A";
	assert_int_equal(browse_post(k.b, fmt(k.w->c, "%s/invitations/table", k.base), form), 303);
	browse_get(k.b, talloc_strdup(k.b->mem, browse_location(k.b)));
	assert_true(
		browse_has(k.b, "accueil, accompagnement, comptabilité, gestion, signature, coordination."));
	assert_true(browse_has(k.b, "en découverte, en contrat CAPE, "));
	browse_free(k.b);
}

/* Invite one address and give the secret of the letter. */
static const char *invite(struct cast *k, const char *email)
{
	assert_int_equal(browse_post(k->b, talloc_asprintf(k->b->mem, "%s/invitations/one", k->base),
				     talloc_asprintf(k->b->mem, "email=%s&status=cape", email)),
			 303);
	assert_int_equal(browse_post(k->b, talloc_asprintf(k->b->mem, "%s/invitations/send", k->base),
				     talloc_asprintf(k->b->mem, "batch=%.26s",
						     strstr(browse_location(k->b), "batch=") + 6)),
			 303);
	const char *text = cast_text(k->w, "SELECT body_text AS value FROM mail ORDER BY id DESC LIMIT 1");
	return talloc_strndup(k->b->mem, strstr(text, "?token=") + 7, SECRET_SIZE - 1);
}

static int answer(struct browse *b, const char *path, const char *token, const char *more)
{
	return browse_post(b, path, talloc_asprintf(b->mem, "token=%s%s", token, more));
}

static void test_new_account(void **state)
{
	struct cast k = cast_of(*state);
	struct browse *b = browse_new(k.w);
	const char *token = invite(&k, "anais@example.org");
	assert_int_equal(browse_get(b, talloc_asprintf(b->mem, "/invitations/accept?token=%s", token)), 200);
	assert_int_equal(answer(b, "/invitations/accept", token, "&name=Ana&password=court"), 422);
	assert_false(browse_has(b, "facultatif"));
	assert_int_equal(answer(b, "/invitations/accept", token, "&name=Ana&password=" PASSWORD), 303);
	assert_int_equal(browse_get(b, "/account"), 200);
	assert_int_equal(
		cast_number(
			k.w,
			"SELECT COUNT(*) AS value FROM membership m JOIN person p ON p.id = m.person "
			"WHERE p.email = 'anais@example.org' AND p.verified_at IS NOT NULL AND m.community "
			"= %lld AND m.status = 'cape' AND m.roles = 1",
			(long long)k.cardamine.v),
		1);
	assert_int_equal(state_is(k.w, "accepted"), 1);
	assert_int_equal(answer(b, "/invitations/accept", token, ""), 410);
	browse_free(b);
	browse_free(k.b);
}

/* Who acts elsewhere while she answers, chooses and leaves: the log here says her name, and nothing of elsewhere. */
static void test_elsewhere_stays_there(void **state)
{
	struct cast k = cast_of(*state);
	struct browse *b = browse_new(k.w);
	person_id malo = cast_person(k.w, "Malo", "malo@example.org");
	membership_id there = cast_member(k.w, malo, k.noyer, "staff", ROLE_MEMBER | ROLE_HOST);
	const char *noyer = cast_text(k.w, "SELECT name AS value FROM community WHERE id = %lld",
				      (long long)k.noyer.v);
	browse_sign_in(b, malo);
	browse_act_as(b, there);
	assert_int_equal(answer(b, "/invitations/accept", invite(&k, "malo@example.org"), ""), 303);
	const char *mine = fmt(k.w->c, "/account/memberships/%s",
			       cast_text(k.w,
					 "SELECT pub AS value FROM membership WHERE person = %lld AND "
					 "community = %lld",
					 (long long)malo.v, (long long)k.cardamine.v));
	assert_int_equal(browse_post(b, mine, "visibility=hidden&shares_use=1"), 303);
	assert_int_equal(browse_post(b, fmt(k.w->c, "%s/leave", mine), ""), 303);
	assert_int_equal(browse_get(k.b, fmt(k.w->c, "%s/audit", k.base)), 200);
	assert_true(browse_has(k.b, "Malo"));
	assert_true(browse_has(k.b, "Choix de la personne"));
	assert_true(browse_has(k.b, "Départ de la personne"));
	assert_false(browse_has(k.b, noyer));
	assert_int_equal(cast_number(k.w, "SELECT COUNT(*) AS value FROM audit WHERE community = %lld",
				     (long long)k.noyer.v),
			 0);
	browse_free(b);
	browse_free(k.b);
}

/* The only manager is told so on her page, not on one of errors. */
static void test_only_manager_leaves(void **state)
{
	struct cast k = cast_of(*state);
	const char *path = fmt(k.w->c, "/account/memberships/%s/leave",
			       cast_pub(k.w, "membership", k.of_sophie.v));
	assert_int_equal(browse_post(k.b, path, ""), 409);
	assert_true(browse_has(k.b, "confiez d’abord la gestion"));
	assert_true(browse_has(k.b, "class=\"tabs"));
	browse_free(k.b);
}

static void test_existing_account(void **state)
{
	struct cast k = cast_of(*state);
	struct browse *b = browse_new(k.w);
	person_id bilal = cast_person(k.w, "Bilal", "bilal@example.org");
	const char *token = invite(&k, "bilal@example.org");
	/* The link alone is no way into an account that has a password. */
	assert_int_equal(answer(b, "/invitations/accept", token, "&name=B&password=" PASSWORD), 422);
	browse_sign_in(b, bilal);
	assert_int_equal(answer(b, "/invitations/accept", token, ""), 303);
	assert_int_equal(cast_number(k.w, "SELECT COUNT(*) AS value FROM membership WHERE person = %lld",
				     (long long)bilal.v),
			 1);
	/* Who has come in meanwhile by another door keeps what she is. */
	person_id rose = cast_person(k.w, "Rose", "rose@example.org");
	token = invite(&k, "rose@example.org");
	cast_member(k.w, rose, k.cardamine, "cesa", ROLE_MEMBER);
	browse_sign_in(b, rose);
	assert_int_equal(answer(b, "/invitations/accept", token, ""), 409);
	assert_string_equal(cast_text(k.w, "SELECT status AS value FROM membership WHERE person = %lld",
				      (long long)rose.v),
			    "cesa");
	browse_free(b);
	browse_free(k.b);
}

static void test_other_answers(void **state)
{
	struct cast k = cast_of(*state);
	struct browse *b = browse_new(k.w);
	const char *first = invite(&k, "rose@example.org");
	const char *again = talloc_asprintf(b->mem, "/invitations/%s/again",
					    cast_text(k.w, "SELECT pub AS value FROM invitation"));
	assert_int_equal(browse_post(k.b, again, ""), 303);
	assert_int_equal(mails(k.w), 2);
	assert_int_equal(answer(b, "/invitations/refuse", first, ""), 410);
	const char *text = cast_text(k.w, "SELECT body_text AS value FROM mail ORDER BY id DESC LIMIT 1");
	const char *second = talloc_strndup(b->mem, strstr(text, "?token=") + 7, SECRET_SIZE - 1);
	assert_int_equal(answer(b, "/invitations/refuse", second, ""), 303);
	assert_int_equal(state_is(k.w, "refused"), 1);
	assert_int_equal(browse_post(k.b, again, ""), 409);
	const char *late = invite(&k, "luc@example.org");
	k.w->c->now.v += INVITATION_SECONDS + 1;
	assert_int_equal(answer(b, "/invitations/accept", late, "&name=L&password=" PASSWORD), 410);
	assert_int_equal(
		cast_number(k.w, "SELECT COUNT(*) AS value FROM person WHERE email = 'luc@example.org'"), 0);
	const char *withdraw = talloc_asprintf(
		k.b->mem, "/invitations/%s/withdraw",
		cast_text(k.w, "SELECT pub AS value FROM invitation WHERE state = 'sent'"));
	browse_free(b);
	b = browse_new(k.w);
	browse_sign_in(b, k.ines);
	assert_int_equal(browse_post(b, withdraw, ""), 403);
	browse_free(b);
	browse_free(k.b);
}

/* Roles given by somebody who may not give them stay in the drawer. */
static void test_advisor_grants_nothing(void **state)
{
	struct cast k = cast_of(*state);
	struct browse *b = browse_new(k.w);
	person_id ada = cast_person(k.w, "Ada", "ada@example.org");
	cast_member(k.w, ada, k.cardamine, "staff", ROLE_ADVISOR);
	browse_sign_in(b, ada);
	assert_int_equal(browse_post(b, talloc_asprintf(b->mem, "%s/invitations/table", k.base),
				     "text=email,roles%0Aeva@example.org,manager%0A"),
			 303);
	assert_string_equal(cast_text(k.w, "SELECT problem AS value FROM invitation"),
			    "invite.roles_not_yours");
	browse_free(b);
	browse_free(k.b);
}

/* What an office keeps: a title, heads of its own, first names apart. */
static void test_spreadsheet(void **state)
{
	struct cast k = cast_of(*state);
	octets file = packed_table(k.w->c,
				   "Liste de mai\nPrénom|Nom|Adresse mail|Contrat\n"
				   "Anaïs|Lebrun|anais@example.org|CAPE\nTom|Roy|tom(at)example.org|\n");
	char *there = talloc_asprintf(k.b->mem, "%s/invitations/table", k.base);
	assert_int_equal(
		browse_post(k.b, there, talloc_asprintf(k.b->mem, "file=%s", packed_form(k.w->c, file))),
		303);
	assert_string_equal(cast_text(k.w, "SELECT name AS value FROM invitation WHERE problem IS NULL"),
			    "Anaïs Lebrun");
	assert_int_equal(cast_number(k.w, "SELECT line AS value FROM invitation WHERE problem IS NULL"), 3);
	assert_int_equal(browse_get(k.b, talloc_strdup(k.b->mem, browse_location(k.b))), 200);
	assert_true(browse_has(k.b, "Adresse mail"));
	assert_int_equal(mails(k.w), 0);
	/* No head says it, the addresses do. */
	assert_int_equal(browse_post(k.b, there, "text=Qui;O%C3%B9%0AEva;eva@example.org%0A"), 303);
	assert_int_equal(browse_post(k.b, there, "text=Qui;O%C3%B9%0AEva;Tulle%0A"), 422);
	assert_int_equal(browse_post(k.b, there, "file=UEsDBAo%3D"), 422);
	assert_true(browse_has(k.b, "abîmé"));
	browse_free(k.b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_list),
		BOTH(test_status),
		BOTH(test_manager_stays),
		BOTH(test_end),
		BOTH(test_preview),
		BOTH(test_elsewhere_stays_there),
		BOTH(test_only_manager_leaves),
		BOTH(test_rows_as_written),
		BOTH(test_roles_as_written),
		BOTH(test_spreadsheet),
		BOTH(test_new_account),
		BOTH(test_existing_account),
		BOTH(test_other_answers),
		BOTH(test_advisor_grants_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
