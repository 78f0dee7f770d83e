/* A community and its stewards. */
#include "base/test.h"

#include "browse.h"
#include "people/community.h"
#include "people/people.h"
#include "territory/territory.h"
#include "world.h"

struct cast {
	struct world *w;
	struct browse *b;
	person_id malo;
	community_id noyer, preau;
	char noyer_path[80], preau_path[80];
};

static struct cast cast_of(struct world *w)
{
	struct cast k = { .w = w, .b = browse_new(w) };
	k.malo = cast_person(w, "Malo", "malo@example.org");
	k.noyer = cast_community(w, "Les Usines du Noyer", "place");
	k.preau = cast_community(w, "Le Préau", "place");
	snprintf(k.noyer_path, sizeof k.noyer_path, "/communities/%s", cast_pub(w, "community", k.noyer.v));
	snprintf(k.preau_path, sizeof k.preau_path, "/communities/%s", cast_pub(w, "community", k.preau.v));
	cast_member(w, k.malo, k.noyer, "staff", ROLE_MEMBER | ROLE_MANAGER);
	return k;
}

static int get(struct cast *k, const char *base, const char *tail)
{
	return browse_get(k->b, talloc_asprintf(k->b->mem, "%s%s", base, tail));
}

static int post(struct cast *k, const char *base, const char *tail, const char *form)
{
	return browse_post(k->b, talloc_asprintf(k->b->mem, "%s%s", base, tail), form);
}

static const char *last(struct world *w, const char *column, const char *action)
{
	return cast_text(
		w,
		"SELECT d.%s AS value FROM audit a JOIN audit_detail d ON d.audit = a.id WHERE a.id = "
		"(SELECT MAX(id) FROM audit WHERE action = '%s')",
		column, action);
}

static void test_edit(void **state)
{
	struct cast k = cast_of(*state);
	browse_sign_in(k.b, k.malo);
	assert_int_equal(get(&k, k.noyer_path, "/edit"), 200);
	assert_int_equal(post(&k, k.noyer_path, "/edit", "name=Les+Usines+du+Noyer&is_place=1&phone=05+49"),
			 303);
	assert_string_equal(last(k.w, "before", "community.edit"), "{\"phone\":null}");
	assert_string_equal(last(k.w, "after", "community.edit"), "{\"phone\":\"05 49\"}");
	/* The same again is no change. */
	assert_int_equal(post(&k, k.noyer_path, "/edit", "name=Les+Usines+du+Noyer&is_place=1&phone=05+49"),
			 303);
	assert_int_equal(
		cast_number(k.w, "SELECT COUNT(*) AS value FROM audit WHERE action = 'community.edit'"), 1);
	assert_int_equal(
		cast_number(k.w, "SELECT community AS value FROM audit WHERE action = 'community.edit'"),
		k.noyer.v);
	assert_int_equal(post(&k, k.noyer_path, "/edit", "name=Les+Usines+du+Noyer"), 422);
	assert_int_equal(post(&k, k.noyer_path, "/confirm", ""), 303);
	assert_int_equal(cast_number(k.w, "SELECT confirmed_at AS value FROM community WHERE id = %lld",
				     (long long)k.noyer.v),
			 WORLD_NOW);
	browse_free(k.b);
}

/* Managers of the community read what changed, in words; never a booking. */
static void test_history(void **state)
{
	struct cast k = cast_of(*state);
	browse_sign_in(k.b, k.malo);
	assert_int_equal(post(&k, k.noyer_path, "/edit", "name=Les+Usines+du+Noyer&is_place=1&phone=05+49"),
			 303);
	assert_int_equal(post(&k, k.noyer_path, "/confirm", ""), 303);
	cast_run(
		k.w,
		"INSERT INTO audit (chain, seq, at, person, membership, community, action, object_kind, object_pub, "
		"request_id, commitment, prev, hash) SELECT chain, 3, at, person, membership, community, "
		"'booking.create', 'booking', object_pub, 'CANARI', commitment, prev, hash FROM audit WHERE seq = 2");
	assert_int_equal(get(&k, k.noyer_path, "/audit"), 200);
	assert_true(browse_has(k.b, "Page modifiée"));
	assert_true(browse_has(k.b, "Page confirmée"));
	assert_true(browse_has(k.b, "Malo"));
	assert_true(browse_has(k.b, "Téléphone"));
	assert_true(browse_has(k.b, "05 49"));
	assert_false(browse_has(k.b, "booking.create"));
	assert_int_equal(get(&k, k.noyer_path, "/audit?after=2"), 200);
	assert_true(browse_has(k.b, "Page modifiée"));
	assert_false(browse_has(k.b, "Page confirmée"));
	assert_int_equal(get(&k, k.noyer_path, "/audit?kind=link"), 200);
	assert_false(browse_has(k.b, "Page modifiée"));
	assert_int_equal(get(&k, k.noyer_path, "/audit.csv"), 200);
	assert_true(browse_has(k.b, "Téléphone;;05 49"));
	assert_false(browse_has(k.b, "booking.create"));
	assert_int_equal(get(&k, k.preau_path, "/audit"), 403);
	browse_free(k.b);
}

/* Each figure is told with its year and in its own words, before and after; no year that has not begun. */
/* Nobody keeps it: the operator reads what became of its page, and the coordinator of its network; no one else. */
static void test_history_of_an_unkept_page(void **state)
{
	struct world *w = *state;
	community_id page = cast_community(w, "Le Lavoir", "place"),
		     net = cast_community(w, "La Toile", "network");
	person_id lucie = cast_person(w, "Lucie", "lucie@example.org"),
		  camille = cast_person(w, "Camille", "camille@example.org");
	membership_id m = cast_member(w, lucie, net, "staff", ROLE_COORDINATOR);
	const char *pub = cast_pub(w, "community", page.v), *history = fmt(w->c, "/unkept/%s/audit", pub);
	struct browse *b = browse_new(w), *o = browse_new(w);
	cast_run(w, "UPDATE person SET is_operator = TRUE WHERE id = %lld", (long long)camille.v);
	browse_sign_in(b, lucie);
	browse_act_as(b, m);
	browse_sign_in(o, camille);
	assert_int_equal(browse_get(b, history), 404);
	assert_int_equal(browse_get(o, history), 200);
	assert_int_equal(browse_get(o, fmt(w->c, "/communities/%s", pub)), 200);
	assert_true(browse_has(o, history));
	cast_run(
		w,
		"INSERT INTO link (pub, from_community, to_community, kind) VALUES ('0000000000000000000000000a', %lld, "
		"%lld, 'member_of')",
		(long long)page.v, (long long)net.v);
	assert_int_equal(browse_get(b, history), 200);
	assert_int_equal(browse_get(b, fmt(w->c, "%s.csv", history)), 200);
	(void)cast_member(w, cast_person(w, "Malo", "malo@example.org"), page, "staff", ROLE_MANAGER);
	assert_int_equal(browse_get(b, history), 404);
	assert_int_equal(browse_get(o, history), 404);
	browse_free(b);
	browse_free(o);
}

static void test_figures_in_history(void **state)
{
	struct cast k = cast_of(*state);
	browse_sign_in(k.b, k.malo);
	assert_int_equal(post(&k, k.noyer_path, "/figures", "kind=staff&year=2025&value=12"), 303);
	assert_int_equal(post(&k, k.noyer_path, "/figures", "kind=staff&year=2025&value=1300"), 303);
	assert_int_equal(post(&k, k.noyer_path, "/figures", "kind=staff&year=2025&value=1300"), 303);
	assert_int_equal(cast_number(k.w, "SELECT COUNT(*) AS value FROM audit WHERE object_kind = 'figure'"),
			 2);
	assert_int_equal(post(&k, k.noyer_path, "/figures", "kind=staff&year=2027&value=5"), 422);
	assert_int_equal(post(&k, k.noyer_path, "/steps", "kind=scic&year=2020"), 303);
	assert_int_equal(get(&k, k.noyer_path, "/audit.csv?kind=figure"), 200);
	assert_true(browse_has(k.b, ";Année;;2025"));
	assert_true(browse_has(k.b, ";Nature;;personnes salariées"));
	assert_true(browse_has(k.b, ";Valeur;12;1300"));
	assert_false(browse_has(k.b, "équipe d’appui;"));
	assert_false(browse_has(k.b, ";Note;"));
	assert_int_equal(get(&k, k.noyer_path, "/audit.csv?kind=step"), 200);
	assert_true(browse_has(k.b, ";Année;;2020"));
	browse_free(k.b);
}

static void test_numbers(void **state)
{
	static const struct {
		const char *form;
		int status;
	} tries[] = {
		{ "siren=552+100+554", 303 },
		{ "siren=552100555", 422 },
		{ "siren=55210055", 422 },
		{ "siret=55210055400013", 303 },
		{ "siret=55210055400014", 422 },
		{ "siren=552100554&siret=73282932000074", 422 },
		{ "commune=Nulle-Part-Les-Oies", 422 },
	};
	struct cast k = cast_of(*state);
	browse_sign_in(k.b, k.malo);
	for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
		char form[200];
		snprintf(form, sizeof form, "name=N&is_place=1&%s", tries[i].form);
		if (post(&k, k.noyer_path, "/edit", form) != tries[i].status)
			fail_msg("%s: %d", tries[i].form, k.b->resp.status);
	}
	browse_free(k.b);
}

/* Roles hold in the community that one acts for, and nowhere else. */
static void test_stewards_only(void **state)
{
	static const char *const pages[] = { "/edit", "/figures", "/links" };
	struct cast k = cast_of(*state);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(get(&k, k.noyer_path, pages[i]), 303);
	browse_sign_in(k.b, k.malo);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(get(&k, k.noyer_path, pages[i]), 200);
		assert_int_equal(get(&k, k.preau_path, pages[i]), 403);
	}
	assert_int_equal(post(&k, k.preau_path, "/edit", "name=Pris&is_place=1"), 403);
	assert_int_equal(post(&k, k.preau_path, "/confirm", ""), 403);
	assert_int_equal(post(&k, k.preau_path, "/figures", "kind=staff&year=2024&value=1"), 403);
	/* A member of both, acting for the other. */
	browse_act_as(k.b, cast_member(k.w, k.malo, k.preau, "nomad", ROLE_MEMBER));
	assert_int_equal(get(&k, k.noyer_path, "/edit"), 403);
	assert_int_equal(get(&k, k.preau_path, "/edit"), 403);
	assert_int_equal(
		cast_number(k.w, "SELECT COUNT(*) AS value FROM audit WHERE object_kind = 'community'"), 0);
	browse_free(k.b);
}

static void test_create(void **state)
{
	struct cast k = cast_of(*state);
	person_id ines = cast_person(k.w, "Inès", "ines@example.org");
	assert_int_equal(browse_get(k.b, "/communities/new"), 303);
	browse_sign_in(k.b, ines);
	assert_int_equal(browse_post(k.b, "/communities/new", "name=Les+Voisines&is_collective=1"), 303);
	assert_int_equal(cast_number(k.w, "SELECT roles AS value FROM membership WHERE person = %lld",
				     (long long)ines.v),
			 ROLE_MEMBER | ROLE_MANAGER | ROLE_SIGNATORY);
	assert_int_equal(cast_number(k.w, "SELECT COUNT(*) AS value FROM membership_history"), 1);
	assert_int_equal(
		cast_number(k.w, "SELECT COUNT(*) AS value FROM audit WHERE action = 'community.create'"), 1);
	assert_int_equal(browse_get(k.b, browse_location(k.b)), 200);
	assert_true(browse_has(k.b, "Les Voisines"));
	browse_free(k.b);
}

static void test_figures(void **state)
{
	struct cast k = cast_of(*state);
	browse_sign_in(k.b, k.malo);
	assert_int_equal(post(&k, k.noyer_path, "/figures", "kind=staff&year=2024&value=4"), 303);
	assert_int_equal(
		post(&k, k.noyer_path, "/figures", "kind=staff&year=2024&value=5&note=dont+un+apprenti"),
		303);
	assert_int_equal(cast_number(k.w, "SELECT value AS value FROM community_figure"), 5);
	assert_non_null(strstr(last(k.w, "before", "community.figure"), "\"value\":4"));
	assert_non_null(strstr(last(k.w, "after", "community.figure"), "\"value\":5"));
	assert_int_equal(post(&k, k.noyer_path, "/figures", "kind=staff&year=2024"), 303);
	assert_int_equal(cast_number(k.w, "SELECT COUNT(*) AS value FROM community_figure"), 0);
	assert_int_equal(post(&k, k.noyer_path, "/figures", "kind=staff&year=2024"), 422);
	browse_free(k.b);
}

static void test_links(void **state)
{
	struct cast k = cast_of(*state);
	person_id gildas = cast_person(k.w, "Gildas", "gildas@example.org");
	cast_member(k.w, gildas, k.preau, "staff", ROLE_SIGNATORY);
	browse_sign_in(k.b, k.malo);
	cast_run(k.w, "UPDATE community SET folded = 'le preau' WHERE id = %lld", (long long)k.preau.v);
	assert_int_equal(post(&k, k.noyer_path, "/links", "kind=hosts&way=from&name=personne"), 422);
	assert_int_equal(post(&k, k.noyer_path, "/links", "kind=hosts&way=from&name=Le+Pr%C3%A9au"), 303);
	assert_int_equal(post(&k, k.noyer_path, "/links", "kind=hosts&way=from&name=Le+Pr%C3%A9au"), 409);
	assert_int_equal(cast_number(k.w, "SELECT COUNT(*) AS value FROM mail WHERE kind = 'link.proposed'"),
			 1);
	get(&k, k.preau_path, "");
	assert_true(browse_has(k.b, "déclaré"));
	char confirm[80];
	snprintf(confirm, sizeof confirm, "/links/%s/confirm",
		 cast_text(k.w, "SELECT pub AS value FROM link"));
	/* One side alone cannot confirm for the other. */
	assert_int_equal(browse_post(k.b, confirm, ""), 303);
	assert_int_equal(cast_number(k.w, "SELECT COUNT(to_confirmed_at) AS value FROM link"), 0);
	struct browse *other = browse_new(k.w);
	browse_sign_in(other, gildas);
	assert_int_equal(browse_post(other, confirm, ""), 303);
	assert_int_equal(cast_number(k.w, "SELECT COUNT(to_confirmed_at) AS value FROM link"), 1);
	get(&k, k.preau_path, "");
	assert_true(browse_has(k.b, "confirmé"));
	char end[80];
	snprintf(end, sizeof end, "/links/%s/end", cast_text(k.w, "SELECT pub AS value FROM link"));
	assert_int_equal(browse_post(other, end, ""), 303);
	assert_int_equal(browse_post(k.b, end, ""), 409);
	assert_int_equal(browse_post(other, confirm, ""), 409);
	/* It may begin again, declared. */
	assert_int_equal(post(&k, k.noyer_path, "/links", "kind=hosts&way=from&name=Le+Pr%C3%A9au"), 303);
	assert_int_equal(cast_number(k.w, "SELECT COUNT(to_confirmed_at) + COUNT(ended) AS value FROM link"),
			 0);
	browse_free(other);
	browse_free(k.b);
}

static void test_visible_members(void **state)
{
	struct cast k = cast_of(*state);
	static const char *const sees[] = { "public", "community", "hidden" };
	for (size_t i = 0; i < 3; i++) {
		char email[40];
		snprintf(email, sizeof email, "%s@example.org", sees[i]);
		person_id p = cast_person(k.w, talloc_asprintf(k.b->mem, "Personne-%s", sees[i]), email);
		membership_id m = cast_member(k.w, p, k.noyer, "resident", ROLE_MEMBER);
		cast_run(k.w, "UPDATE membership SET visibility = '%s' WHERE id = %lld", sees[i],
			 (long long)m.v);
	}
	assert_int_equal(get(&k, k.noyer_path, ""), 200);
	assert_true(browse_has(k.b, "Personne-public"));
	assert_false(browse_has(k.b, "Personne-community"));
	assert_false(browse_has(k.b, "Personne-hidden"));
	browse_sign_in(k.b, k.malo);
	get(&k, k.noyer_path, "");
	assert_true(browse_has(k.b, "Personne-community"));
	assert_false(browse_has(k.b, "Personne-hidden"));
	browse_free(k.b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_edit),
		BOTH(test_history),
		BOTH(test_figures_in_history),
		BOTH(test_history_of_an_unkept_page),
		BOTH(test_numbers),
		BOTH(test_stewards_only),
		BOTH(test_create),
		BOTH(test_figures),
		BOTH(test_links),
		BOTH(test_visible_members),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
