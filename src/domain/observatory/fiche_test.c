#include "base/test.h"

#include <string.h>

#include "app/wiring.h"
#include "browse.h"
#include "observatory/actor.h"
#include "observatory/fiche.h"
#include "observatory/shipped.h"
#include "people/community.h"
#include "platform/db.h"
#include "territory/territory.h"

static void load_all(struct world *w)
{
	int64_t n;
	assert_int_equal(territory_load(w->c, &n), OK);
	assert_int_equal(shipped_load_all(w->c), OK);
}

static rc count(struct ctx *c, void *arg)
{
	struct fiche_query q = { .q = "" };
	return fiche_total(c, &q, arg);
}

static void what_ships_is_loaded_once(void **state)
{
	struct world *w = *state;
	int64_t first, n;
	load_all(w);
	assert_int_equal(db_read(w->c, count, &first), OK);
	assert_true(first >= 14);
	assert_int_equal(fiches_load(w->c, &n), OK);
	assert_int_equal(n, 0);
	assert_int_equal(actors_load(w->c, &n), OK);
	assert_int_equal(n, 0);
	assert_int_equal(db_read(w->c, count, &n), OK);
	assert_int_equal(n, first);
}

static void anybody_reads_finds_and_prints(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	load_all(w);
	assert_int_equal(browse_get(b, "/fiches?q=hectare+equipe"), 200);
	assert_true(browse_has(b, "Un hectare équipé"));
	assert_false(browse_has(b, "bains-douches"));
	assert_int_equal(browse_get(b, "/fiches?q=ligug%C3%A9"), 200);
	assert_true(browse_has(b, "ancienne usine"));
	const char *at = strstr(b->body, "href=\"/fiches/");
	assert_non_null(at);
	const char *path = talloc_strndup(b->mem, at + 6, strlen("/fiches/") + 26);
	assert_int_equal(browse_get(b, path), 200);
	assert_true(browse_has(b, "Consortium Coopérative"));
	assert_int_equal(browse_get(b, talloc_asprintf(b->mem, "%s/fiche.pdf", path)), 200);
	assert_memory_equal(b->body, "%PDF", 4);
	assert_int_equal(browse_get(b, "/fiches.csv"), 200);
	assert_true(browse_has(b, "Montpellier") || browse_has(b, "Clapiers"));
	browse_free(b);
}

static void a_fiche_is_written_published_and_taken_back(void **state)
{
	struct world *w = *state;
	load_all(w);
	community_id cae = cast_community(w, "Cardamine", "cae");
	person_id sophie = cast_person(w, "Sophie", "sophie@example.org");
	membership_id m = cast_member(w, sophie, cae, "staff", ROLE_MANAGER);
	struct browse *b = browse_new(w), *visitor = browse_new(w);
	browse_sign_in(b, sophie);
	browse_act_as(b, m);
	assert_int_equal(browse_post(b, "/fiches/new", "title=Un+jardin&commune=Nullepart&description=Ici"),
			 422);
	assert_true(browse_has(b, "Nullepart"));
	assert_int_equal(
		browse_post(
			b, "/fiches/new",
			"title=Un+jardin&commune=Ligug%C3%A9+(86)&description=Un+%3Cscript%3E&members=Cardamine%0AAilleurs"),
		303);
	const char *path = talloc_strdup(b->mem, browse_location(b));
	*strchrnul((char *)(uintptr_t)path, '?') = 0;
	assert_int_equal(browse_get(visitor, path), 404);
	assert_int_equal(browse_get(b, path), 200);
	assert_false(browse_has(b, "<script>"));
	assert_true(browse_has(b, "/communities/"));
	assert_int_equal(browse_post(b, talloc_asprintf(b->mem, "%s/publish", path), ""), 303);
	assert_int_equal(browse_get(visitor, path), 200);
	assert_true(browse_has(visitor, "Un jardin"));
	assert_int_equal(browse_post(b, talloc_asprintf(b->mem, "%s/withdraw", path), ""), 303);
	assert_int_equal(browse_get(visitor, path), 404);
	/* The managers read what was done, in words. */
	const char *log = talloc_asprintf(b->mem, "/communities/%s/audit", cast_pub(w, "community", cae.v));
	assert_int_equal(browse_get(b, log), 200);
	assert_true(browse_has(b, "Fiche publiée"));
	assert_true(browse_has(b, "Fiche retirée"));
	assert_false(browse_has(b, "fiche.publish"));
	browse_free(b);
	browse_free(visitor);
}

static void a_fiche_is_asked_for_by_letter(void **state)
{
	struct world *w = *state;
	load_all(w);
	community_id cae = cast_community(w, "Cardamine", "cae"),
		     net = cast_community(w, "La Toile", "network");
	person_id sophie = cast_person(w, "Sophie", "sophie@example.org"),
		  lucie = cast_person(w, "Lucie", "lucie@example.org");
	membership_id ms = cast_member(w, sophie, cae, "staff", ROLE_MANAGER),
		      ml = cast_member(w, lucie, net, "staff", ROLE_COORDINATOR);
	struct browse *b = browse_new(w);
	browse_sign_in(b, lucie);
	browse_act_as(b, ml);
	assert_int_equal(browse_post(b, "/fiches/ask", "name=Personne&title=Un+essai&request=Racontez"), 422);
	assert_int_equal(browse_post(b, "/fiches/ask", "name=Cardamine&title=Un+essai&request=Racontez"),
			 303);
	assert_int_equal(
		cast_number(
			w,
			"SELECT COUNT(*) AS value FROM mail WHERE kind = 'fiche.asked' AND to_address = 'sophie@example.org'"),
		1);
	browse_sign_in(b, sophie);
	browse_act_as(b, ms);
	assert_int_equal(browse_get(b, "/fiches"), 200);
	assert_true(browse_has(b, "Un essai"));
	/* Whoever asked learns once that it is published; its list shows words, not their marks. */
	const char *asked = cast_text(w, "SELECT pub AS value FROM fiche WHERE title = 'Un essai'");
	assert_int_equal(
		browse_post(b, talloc_asprintf(b->mem, "/fiches/%s/edit", asked),
			    "title=Un+essai&description=On+essaie+**le+jeudi**+%5Bici%5D(https://x.fr)."),
		303);
	static const char *const steps[] = { "publish", "withdraw", "publish" };
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(
			browse_post(b, talloc_asprintf(b->mem, "/fiches/%s/%s", asked, steps[i]), ""), 303);
	assert_int_equal(
		cast_number(
			w,
			"SELECT COUNT(*) AS value FROM mail WHERE kind = 'fiche.published' AND to_address = 'lucie@example.org'"),
		1);
	assert_int_equal(browse_get(b, "/fiches?q=essai"), 200);
	assert_true(browse_has(b, "On essaie le jeudi ici."));
	browse_free(b);
}

static void who_to_mobilise_depends_on_the_project_and_the_place(void **state)
{
	struct world *w = *state;
	load_all(w);
	community_id net = cast_community(w, "La Toile", "network");
	person_id lucie = cast_person(w, "Lucie", "lucie@example.org");
	membership_id m = cast_member(w, lucie, net, "staff", ROLE_COORDINATOR);
	struct browse *b = browse_new(w);
	browse_sign_in(b, lucie);
	browse_act_as(b, m);
	const char *body =
		"name=Agence+du+Poitou&kind=funder&level=departement&territory=86&intention=Aider&priority=high&works=1&premises=1&money=1";
	assert_int_equal(
		browse_post(b, "/actors/new",
			    "name=X&kind=funder&level=departement&territory=99&intention=A&priority=low"),
		422);
	assert_int_equal(browse_post(b, "/actors/new", body), 303);
	assert_int_equal(browse_get(b, "/actors?commune=Poitiers&project=renovate"), 200);
	const char *agency = strstr(b->body, "Agence du Poitou"),
		   *others = strstr(b->body, "Caisse des dépôts");
	assert_true(agency && others && agency < others); /* three needs met before two */
	assert_false(browse_has(b, "portage salarial</a>"));
	assert_int_equal(browse_get(b, "/actors?commune=Lille&project=renovate"), 200);
	assert_false(browse_has(b, "Agence du Poitou"));
	assert_int_equal(browse_get(b, "/actors?commune=Nullepartville"), 200);
	assert_true(browse_has(b, "Aucune commune ne s’appelle"));
	assert_false(browse_has(b, "Caisse des dépôts"));
	assert_true(browse_has(b, "Aucune commune ne s’appelle"));
	assert_int_equal(browse_get(b, "/actors?commune=Poitiersville&project=renovate"), 200);
	assert_false(browse_has(b, "Agence du Poitou"));
	assert_true(browse_has(b, "?commune=Poitiers%20%2886%29&amp;project=renovate\">Poitiers (86)</a>"));
	assert_int_equal(browse_get(b, "/actors?commune=poitier&project=renovate"), 200);
	assert_true(browse_has(b, "Agence du Poitou"));
	assert_int_equal(browse_get(b, "/actors?commune=saint+denis&project=renovate"), 200);
	assert_true(browse_has(b, ">Saint-Denis (93)</a>"));
	assert_int_equal(browse_get(b, "/actors.csv"), 200);
	browse_free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(what_ships_is_loaded_once),
		BOTH(anybody_reads_finds_and_prints),
		BOTH(a_fiche_is_written_published_and_taken_back),
		BOTH(a_fiche_is_asked_for_by_letter),
		BOTH(who_to_mobilise_depends_on_the_project_and_the_place),
	};
	return cmocka_run_group_tests_name("fiche", tests, NULL, NULL);
}
