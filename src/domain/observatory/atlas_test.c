#include "base/test.h"

#include <string.h>

#include "browse.h"
#include "exchange_cast.h"
#include "observatory/atlas.h"
#include "people/people.h"

/* A place at a point; as its typologies would have it. */
static community_id place(struct world *w, const char *name, int lat, int lon, const char *dominant,
			  const char *form)
{
	community_id id = cast_community(w, name, "place");
	cast_run(
		w,
		"UPDATE community SET lat_e5 = %d, lon_e5 = %d, dominant = '%s', legal_form = '%s' WHERE id = %lld",
		lat, lon, dominant, form, (long long)id.v);
	return id;
}

static struct atlas_query all(void)
{
	return (struct atlas_query){ .on = { NONE },
				     .dominant = -1,
				     .form = -1,
				     .layer = -1,
				     .level = -1,
				     .after = NONE,
				     .south = NONE,
				     .north = NONE,
				     .west = NONE,
				     .east = NONE,
				     .zoom = NONE };
}

static struct atlas_page *ask(struct ctx *c, const struct atlas_query *q)
{
	struct atlas_page *v = new_zero(c, struct atlas_page);
	assert_int_equal(db_snapshot(c), OK);
	assert_int_equal(atlas_data(c, q, v), OK);
	db_snapshot_end(c);
	return v;
}

static void test_each_filter_leaves_what_fits(void **state)
{
	struct world *w = *state;
	community_id a = place(w, "Atelier", 4658000, 34000, "workshop", "scic");
	place(w, "Bureaux", 4484000, -58000, "coworking", "sarl");
	community_id cae = cast_community(w, "Coopérative", "cae");
	cast_run(
		w,
		"INSERT INTO link (pub, from_community, to_community, kind) VALUES ('1000000000000000000000000a', "
		"%lld, %lld, 'linked_cae')",
		(long long)a.v, (long long)cae.v);
	struct atlas_query q = all();
	assert_int_equal(ask(w->c, &q)->n, 2);
	q.dominant = PLACE_DOMINANT_WORKSHOP;
	assert_string_equal(ask(w->c, &q)->places.items[0].name, "Atelier");
	q = all();
	q.form = LEGAL_FORM_SARL;
	assert_string_equal(ask(w->c, &q)->places.items[0].name, "Bureaux");
	q = all();
	q.cae = true;
	assert_int_equal(ask(w->c, &q)->n, 1);
	assert_true(ask(w->c, &q)->places.items[0].cae);
	q = all();
	q.south = 4600000;
	assert_int_equal(ask(w->c, &q)->n, 1);
	assert_string_equal(ask(w->c, &q)->places.items[0].name, "Atelier");
	/* A place that is closed is on no map. */
	cast_run(
		w,
		"INSERT INTO community_step (community, kind, year, said_at) VALUES (%lld, 'closed', 2025, 0)",
		(long long)a.v);
	assert_int_equal(ask(w->c, &q)->n, 0);
}

/* ATLAS_POINTS and one more, half on each side of the meridian. */
static void many(struct world *w)
{
	place(w, "Seul", 4900000, 700000, "farm", "scic");
	cast_run(
		w,
		"WITH RECURSIVE s (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < %d) "
		"INSERT INTO community (pub, name, folded, initials, is_cae, is_place, is_collective, is_network, "
		"is_public_body, is_company, is_other, functions, is_demo, created_at, lat_e5, lon_e5) "
		"SELECT 'many' || i, 'Lieu ' || i, 'lieu ' || i, 'L', c.is_cae, c.is_place, c.is_collective, c.is_network, "
		"c.is_public_body, c.is_company, c.is_other, '', c.is_demo, c.created_at, 4500000 + i %% 7, "
		"CASE WHEN i %% 2 = 0 THEN 20 ELSE -20 END FROM s, community c WHERE c.name = 'Seul'",
		ATLAS_POINTS);
}

static void test_beyond_five_thousand_they_are_counted_by_box(void **state)
{
	struct world *w = *state;
	many(w);
	struct atlas_query q = all();
	q.zoom = 6;
	struct atlas_page *v = ask(w->c, &q);
	assert_int_equal(v->n, ATLAS_POINTS + 1);
	assert_true(v->clustered);
	assert_int_equal(v->places.n, 0);
	assert_int_equal(v->near.n, ATLAS_LINES);
	/* Zero degrees cuts no box in two. */
	assert_int_equal(v->clusters.n, 2);
	assert_int_equal(v->clusters.items[0].n, ATLAS_POINTS);
	assert_int_equal(v->clusters.items[0].lat_e5, 4500002);
	assert_int_equal(v->clusters.items[0].lon_e5, 0);
	assert_int_equal(v->clusters.items[1].n, 1);
	q.zoom = 18;
	int64_t sum = 0;
	v = ask(w->c, &q);
	for (size_t i = 0; i < v->clusters.n; i++)
		sum += v->clusters.items[i].n;
	assert_int_equal(sum, ATLAS_POINTS + 1);
	q.west = 0;
	q.east = 600000;
	q.north = 4600000;
	assert_false(ask(w->c, &q)->clustered);
}

static void test_few_people_for_a_place_is_the_fullest_step(void **state)
{
	struct world *w = *state;
	cast_run(
		w,
		"INSERT INTO region (code, name, chef_lieu, zone) VALUES ('75', 'Ici', '86194', 'metro'), ('11', 'Là', '75056', 'metro')");
	cast_run(
		w,
		"INSERT INTO departement (code, name, region, chef_lieu, zone) VALUES ('86', 'Vienne', '75', '86194', 'metro'), "
		"('75', 'Paris', '11', '75056', 'metro'), ('79', 'Rien', '75', '79191', 'metro')");
	cast_run(
		w,
		"INSERT INTO commune (insee, name, folded, postal_codes, population, departement, region) VALUES "
		"('86194', 'Poitiers', 'poitiers', '86000', 90000, '86', '75'), "
		"('75056', 'Paris', 'paris', '75001', 2100000, '75', '11')");
	for (int i = 0; i < 3; i++)
		cast_run(w, "UPDATE community SET insee = '%s' WHERE id = %lld", i < 2 ? "86194" : "75056",
			 (long long)place(w, "Lieu", 4658000, 34000, "other", "scic").v);
	struct atlas_query q = all();
	q.layer = ATLAS_LAYER_DENSITY;
	q.level = ATLAS_LEVEL_DEPARTEMENT;
	const struct atlas_page *v = ask(w->c, &q);
	assert_int_equal(v->densities.n, 3);
	assert_string_equal(v->densities.items[0].code, "86");
	assert_int_equal(v->densities.items[0].people, 45000);
	assert_int_equal(v->densities.items[0].step, 5);
	assert_string_equal(v->densities.items[1].code, "75");
	assert_true(v->densities.items[1].step < 5 && v->densities.items[1].step > 0);
	assert_int_equal(v->densities.items[2].step, 0);
	q.level = ATLAS_LEVEL_REGION;
	assert_int_equal(ask(w->c, &q)->densities.n, 2);
}

static void test_list_and_picture_bear_the_same_numbers(void **state)
{
	struct world *w = *state;
	place(w, "Zinnée", 4658000, 34000, "workshop", "scic");
	place(w, "Abeille & <co>", 4484000, -58000, "culture", "scic");
	struct browse *b = browse_new(w);
	assert_int_equal(browse_get(b, "/map"), 200);
	assert_true(browse_has(b, "href=\"#l-1\" aria-label=\"1. Abeille &amp; &lt;co&gt;\" id=\"m-1\""));
	assert_true(browse_has(b, "id=\"l-1\""));
	assert_true(browse_has(b, "href=\"#m-2\""));
	assert_true(browse_has(b, "aria-label=\"2. Zinnée\" id=\"m-2\""));
	assert_int_equal(browse_get(b, "/map?after=1"), 200);
	assert_false(browse_has(b, "id=\"l-1\""));
	assert_true(browse_has(b, "id=\"l-2\""));
	assert_int_equal(browse_get(b, "/map?layer=density&level=epci"), 200);
	assert_int_equal(browse_get(b, "/map?layer=threads"), 200);
	assert_true(browse_has(b, "href=\"/map.geojson?layer=threads\""));
	assert_int_equal(browse_get(b, "/map.geojson"), 200);
	assert_true(browse_has(b, "\"coordinates\":[-0.58000,44.84000]"));
	assert_int_equal(browse_api(b, HTTP_GET, "/map?zoom=6", NULL), 200);
	assert_true(browse_has(b, "\"clustered\":false"));
	browse_free(b);
}

/* Two names in a convention: no answer of the map bears them together before both say yes. */
static void test_an_arc_needs_both(void **state)
{
	static const char *const answers[] = { "/map?layer=threads", "/places" };
	struct world *w = *state;
	struct exchange_cast x;
	struct browse *b = browse_new(w), *signer = browse_new(w);
	cast_exchange(w, &x, 1000, "counts");
	cast_run(
		w,
		"UPDATE community SET lat_e5 = 4658000, lon_e5 = 34000, name = 'CANARIENVOIE' WHERE id = %lld",
		(long long)x.cae.v);
	cast_run(
		w,
		"UPDATE community SET lat_e5 = 4484000, lon_e5 = -58000, name = 'CANARIRECOIT' WHERE id = %lld",
		(long long)x.places[0].v);
	for (int i = 0; i < 6; i++)
		cast_run(
			w,
			"INSERT INTO exchange_fact (pub, convention, version, kind, place, sender, on_day, amount, at) "
			"VALUES ('%s', %lld, %lld, 'use', %lld, %lld, %lld, 1000, 0)",
			cast_new_pub(w), (long long)x.convention.v, (long long)x.version.v,
			(long long)x.places[0].v, (long long)x.cae.v, (long long)(w->c->now.v / 86400 - 2));
	browse_sign_in(signer, x.owner);
	const char *shown = talloc_asprintf(w->c->mem, "/conventions/%s/shown",
					    cast_pub(w, "convention", x.convention.v));
	const community_id ends[] = { x.cae, x.places[0] };
	for (int yes = 0; yes <= 2; yes++) {
		for (size_t i = 0; i < 2; i++) {
			assert_int_equal(browse_get(b, answers[i]), 200);
			assert_int_equal(browse_has(b, "CANARIENVOIE – CANARIRECOIT"), yes == 2);
		}
		assert_int_equal(browse_api(b, HTTP_GET, "/map?layer=threads", NULL), 200);
		assert_int_equal(browse_has(b, "CANARIENVOIE"), yes == 2);
		if (yes == 2)
			break;
		browse_act_as(signer,
			      cast_member(w, x.owner, ends[yes], "staff", ROLE_MEMBER | ROLE_SIGNATORY));
		assert_int_equal(browse_post(signer, shown, "shown=1"), 303);
	}
	assert_int_equal(browse_post(signer, shown, ""), 303);
	assert_int_equal(browse_api(b, HTTP_GET, "/map?layer=threads", NULL), 200);
	assert_false(browse_has(b, "CANARIENVOIE"));
	browse_free(signer);
	browse_free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_each_filter_leaves_what_fits),
		BOTH(test_beyond_five_thousand_they_are_counted_by_box),
		BOTH(test_few_people_for_a_place_is_the_fullest_step),
		BOTH(test_an_arc_needs_both),
		BOTH(test_list_and_picture_bear_the_same_numbers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
