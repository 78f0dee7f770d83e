/* Which bridges next: groups of five at least, nothing about fewer by any
 * difference, who may look, and a draft in one press. */
#include "base/test.h"

#include <stdlib.h>
#include <string.h>

#include "bridges/suggestion.h"
#include "browse.h"
#include "platform/db.h"

static void cast_ground(struct world *w)
{
	world_script(
		w,
		"INSERT INTO region (code, name, chef_lieu, zone) VALUES ('75', 'R', '', 'metro');"
		"INSERT INTO departement (code, name, region, chef_lieu, zone) VALUES ('86', 'D', '75', '', 'metro');"
		"INSERT INTO arrondissement (code, name, departement, chef_lieu) VALUES ('861', 'A', '86', '');"
		"INSERT INTO arrondissement (code, name, departement, chef_lieu) VALUES ('862', 'B', '86', '');"
		"INSERT INTO epci (siren, name, kind, financing) VALUES ('200000001', 'E', 'CC', '');"
		"INSERT INTO epci (siren, name, kind, financing) VALUES ('200000002', 'F', 'CC', '');");
	for (int i = 0; i < 12; i++)
		cast_run(
			w,
			"INSERT INTO commune (insee, name, folded, postal_codes, lat_e5, lon_e5, population, departement, region, epci, "
			"arrondissement) VALUES ('860%02d', 'C%d', 'c', '', %d, 30000, 1000, '86', '75', '20000000%d', '86%d')",
			i, i, 4600000 + i * 9000, 1 + i / 6, 1 + i / 9);
}

static void cast_home(struct world *w, community_id cae, int commune, int n)
{
	static int made;
	for (int i = 0; i < n; i++) {
		made++;
		person_id p = cast_person(w, "Quelqu’une", fmt(w->c, "p%d@example.org", made));
		membership_id m = cast_member(w, p, cae, "cape", ROLE_MEMBER);
		cast_run(w, "UPDATE person SET home_insee = '860%02d' WHERE id = %lld", commune,
			 (long long)p.v);
		cast_run(w, "UPDATE membership SET started = started - 60 WHERE id = %lld", (long long)m.v);
	}
}

static community_id cast_place(struct world *w, const char *name, int commune)
{
	community_id id = cast_community(w, name, "place");
	cast_run(w, "UPDATE community SET insee = '860%02d' WHERE id = %lld", commune, (long long)id.v);
	return id;
}

static void groups(struct world *w, community_id cae, struct home_groups *out)
{
	assert_int_equal(db_snapshot(w->c), OK);
	assert_int_equal(home_groups(w->c, cae, out), OK);
	db_snapshot_end(w->c);
}

/* Five of one commune; those left over by intermunicipality, then arrondissement; then nobody. */
static void test_groups(void **state)
{
	struct world *w = *state;
	struct home_groups g;
	cast_ground(w);
	community_id cae = cast_community(w, "Coop", "cae");
	cast_home(w, cae, 0, 6);
	groups(w, cae, &g);
	assert_int_equal(g.n, 1);
	assert_int_equal(g.items[0].n, 6);
	cast_home(w, cae, 1, 4);
	groups(w, cae, &g);
	assert_int_equal(g.n, 1);
	cast_home(w, cae, 2, 1);
	groups(w, cae, &g);
	assert_int_equal(g.n, 2);
	assert_int_equal(g.items[1].n, 5);
	cast_home(w, cae, 6, 3);
	cast_home(w, cae, 8, 1);
	groups(w, cae, &g);
	assert_int_equal(g.n, 2);
	cast_home(w, cae, 7, 1);
	groups(w, cae, &g);
	assert_int_equal(g.n, 3);
	assert_int_equal(g.items[2].n, 5);
	cast_home(w, cae, 9, 4);
	groups(w, cae, &g);
	assert_int_equal(g.n, 3);
	assert_int_equal(g.items[2].n, 9);
	for (size_t i = 0; i < g.n; i++)
		assert_true(g.items[i].n >= GROUP_LEAST);
}

/* Who came this month, who left, who is staff or has been erased is not counted. */
static void test_who(void **state)
{
	struct world *w = *state;
	struct home_groups g;
	cast_ground(w);
	community_id cae = cast_community(w, "Coop", "cae");
	cast_home(w, cae, 0, 5);
	cast_run(w, "UPDATE membership SET status = 'staff' WHERE id = (SELECT MIN(id) FROM membership)");
	groups(w, cae, &g);
	assert_int_equal(g.n, 0);
	cast_run(w, "UPDATE membership SET status = 'cesa'");
	groups(w, cae, &g);
	assert_int_equal(g.n, 1);
	cast_run(w,
		 "UPDATE membership SET started = started + 59 WHERE id = (SELECT MIN(id) FROM membership)");
	groups(w, cae, &g);
	assert_int_equal(g.n, 0);
}

/* An attack: all radii, with a place set up in every commune, each answer against each other. What is
 * asked for adds up whole groups: two answers are equal or five people apart, and each is a multiple of five. */
static void test_difference(void **state)
{
	struct world *w = *state;
	int64_t seen[200];
	size_t n = 0;
	cast_ground(w);
	community_id cae = cast_community(w, "Coop", "cae");
	static const int homes[12] = { 7, 1, 4, 2, 1, 3, 9, 1, 1, 2, 1, 1 };
	for (int i = 0; i < 12; i++) {
		cast_home(w, cae, i, homes[i]);
		cast_place(w, fmt(w->c, "Lieu %d", i), i);
	}
	w->c->actor.community = cae;
	assert_int_equal(db_snapshot(w->c), OK);
	for (int r = 0; r < SUGGESTION_RADIUS_COUNT; r++) {
		struct suggestion_query ask = { SUGGESTION_SIDE_SENDER, r, true, NONE };
		struct suggestions_page *v = new_zero(w->c, struct suggestions_page);
		assert_int_equal(suggestions_find(w->c, &ask, v), OK);
		for (size_t i = 0; i < v->items.n; i++) {
			seen[n++] = v->items.items[i].near;
			seen[n++] = v->items.items[i].gain;
		}
	}
	db_snapshot_end(w->c);
	assert_true(n > 20);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++) {
			assert_int_equal(seen[i] % GROUP_LEAST, 0);
			assert_true(seen[i] == seen[j] || llabs(seen[i] - seen[j]) >= GROUP_LEAST);
		}
}

/* A lone person changes nothing: every answer is byte for byte what it was without her. */
static void test_lone(void **state)
{
	struct world *w = *state;
	cast_ground(w);
	community_id cae = cast_community(w, "Coop", "cae");
	cast_home(w, cae, 0, 7);
	(void)cast_place(w, "Loin", 11);
	(void)cast_place(w, "Près", 1);
	person_id boss = cast_person(w, "Sophie", "sophie@example.org");
	struct browse *b = browse_new(w);
	browse_sign_in(b, boss);
	browse_act_as(b, cast_member(w, boss, cae, "staff", ROLE_MANAGER));
	assert_int_equal(browse_get(b, "/conventions/suggestions.csv?radius=km50&all=1"), 200);
	char *before = talloc_strdup(b, b->body);
	cast_home(w, cae, 11, 1);
	cast_home(w, cae, 0, 1);
	assert_int_equal(browse_get(b, "/conventions/suggestions.csv?radius=km50&all=1"), 200);
	assert_string_equal(b->body, before);
	assert_true(browse_has(b, "Près"));
	browse_free(b);
}

/* From the page to a draft with both parties, and what is refused. */
static void test_propose(void **state)
{
	struct world *w = *state;
	cast_ground(w);
	community_id cae = cast_community(w, "Coop", "cae"), place = cast_place(w, "Le Lieu", 1),
		     other = cast_community(w, "Autre", "cae");
	cast_home(w, cae, 0, 6);
	(void)cast_member(w, cast_person(w, "Malo", "malo@example.org"), place, "staff", ROLE_SIGNATORY);
	person_id boss = cast_person(w, "Claire", "claire@example.org");
	struct browse *b = browse_new(w);
	browse_sign_in(b, boss);
	browse_act_as(b, cast_member(w, boss, cae, "staff", ROLE_MANAGER));
	const char *form = fmt(w->c, "community=%s&place=%s", cast_pub(w, "community", cae.v),
			       cast_pub(w, "community", place.v));
	assert_int_equal(browse_get(b, "/conventions/suggestions"), 200);
	assert_true(browse_has(b, "Le Lieu"));
	assert_true(browse_has(b, "Proposer une convention"));
	assert_int_equal(browse_post(b, "/conventions/suggestions", form), 303);
	assert_non_null(strstr(browse_location(b), "/terms"));
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM party"), 2);
	assert_int_equal(browse_get(b, browse_location(b)), 200);
	assert_int_equal(browse_get(b, "/conventions/suggestions"), 200);
	assert_false(browse_has(b, "Proposer une convention"));
	assert_int_equal(browse_get(b, "/conventions/suggestions?all=1"), 200);
	assert_true(browse_has(b, "en cours"));
	assert_int_equal(browse_get(b, "/conventions/suggestions?side=host"), 403);
	form = fmt(w->c, "community=%s&place=%s", cast_pub(w, "community", other.v),
		   cast_pub(w, "community", place.v));
	assert_int_equal(browse_post(b, "/conventions/suggestions", form), 403);
	form = fmt(w->c, "community=%s&place=%s", cast_pub(w, "community", cae.v),
		   cast_pub(w, "community", other.v));
	assert_int_equal(browse_post(b, "/conventions/suggestions", form), 422);
	browse_free(b);
}

/* A place sees who lives around; a network sees its own places alone. */
static void test_sides(void **state)
{
	struct world *w = *state;
	cast_ground(w);
	community_id cae = cast_community(w, "La Coop d’à côté", "cae"), place = cast_place(w, "Dedans", 1),
		     network = cast_community(w, "Toile", "network");
	(void)cast_place(w, "Dehors", 2);
	cast_home(w, cae, 0, 5);
	cast_run(
		w,
		"INSERT INTO link (pub, from_community, to_community, kind, from_confirmed_at, to_confirmed_at) "
		"VALUES ('0000000000000000000000000a', %lld, %lld, 'member_of', 1, 1)",
		(long long)place.v, (long long)network.v);
	person_id lucie = cast_person(w, "Lucie", "lucie@example.org");
	membership_id at_place = cast_member(w, lucie, place, "staff", ROLE_MANAGER),
		      at_network = cast_member(w, lucie, network, "staff", ROLE_COORDINATOR);
	struct browse *b = browse_new(w);
	browse_sign_in(b, lucie);
	browse_act_as(b, at_place);
	assert_int_equal(browse_get(b, "/conventions/suggestions"), 200);
	assert_true(browse_has(b, "La Coop d’à côté"));
	browse_act_as(b, at_network);
	assert_int_equal(browse_get(b, "/conventions/suggestions"), 200);
	assert_true(browse_has(b, "Dedans"));
	assert_false(browse_has(b, "Dehors"));
	assert_int_equal(browse_api(b, HTTP_GET, "/conventions/suggestions?side=network", NULL), 200);
	assert_true(browse_has(b, "\"gain\":5"));
	browse_free(b);
}

/* Two places of one commune are as near as each other, wherever they say they stand in it. */
static void test_next_door(void **state)
{
	struct world *w = *state;
	cast_ground(w);
	community_id cae = cast_place(w, "Coop", 0), place = cast_place(w, "Voisin", 0);
	cast_run(w, "UPDATE community SET is_cae = true, lat_e5 = 4600500, lon_e5 = 30000 WHERE id = %lld",
		 (long long)cae.v);
	cast_home(w, cae, 0, 6);
	w->c->actor.community = cae;
	struct suggestion_query ask = { SUGGESTION_SIDE_SENDER, SUGGESTION_RADIUS_KM10, false, NONE };
	struct suggestions_page v = { 0 };
	assert_int_equal(db_snapshot(w->c), OK);
	assert_int_equal(suggestions_find(w->c, &ask, &v), OK);
	assert_int_equal(v.items.n, 0);
	db_snapshot_end(w->c);
	cast_run(w, "UPDATE community SET lat_e5 = 4601000 WHERE id = %lld", (long long)cae.v);
	assert_int_equal(db_snapshot(w->c), OK);
	assert_int_equal(suggestions_find(w->c, &ask, &v), OK);
	assert_int_equal(v.items.n, 1);
	assert_string_equal(v.items.items[0].place.s, cast_pub(w, "community", place.v));
	assert_int_equal(v.items.items[0].before, 1);
	db_snapshot_end(w->c);
}

/* A place that has closed is proposed to nobody; four people are nobody, five are five. */
static void test_closed_and_few(void **state)
{
	struct world *w = *state;
	cast_ground(w);
	community_id cae = cast_community(w, "Coop", "cae"), gone = cast_place(w, "Parti", 1);
	(void)cast_place(w, "Reste", 2);
	cast_run(
		w,
		"INSERT INTO community_step (community, kind, year, said_at) VALUES (%lld, 'closed', 2025, 0)",
		(long long)gone.v);
	cast_home(w, cae, 0, 4);
	person_id boss = cast_person(w, "Sophie", "sophie@example.org");
	struct browse *b = browse_new(w);
	browse_sign_in(b, boss);
	browse_act_as(b, cast_member(w, boss, cae, "staff", ROLE_MANAGER));
	assert_int_equal(browse_get(b, "/conventions/suggestions?radius=km50&all=1"), 200);
	assert_false(browse_has(b, "Reste"));
	cast_home(w, cae, 0, 1);
	assert_int_equal(browse_get(b, "/conventions/suggestions?radius=km50&all=1"), 200);
	assert_true(browse_has(b, "Reste"));
	assert_false(browse_has(b, "Parti"));
	assert_true(browse_has(b, "/api/v1/conventions/suggestions?side=sender&amp;radius=km50&amp;all=1"));
	browse_free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = { BOTH(test_groups),	       BOTH(test_who),
					    BOTH(test_difference),     BOTH(test_lone),
					    BOTH(test_propose),	       BOTH(test_sides),
					    BOTH(test_closed_and_few), BOTH(test_next_door) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
