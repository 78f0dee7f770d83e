/* Who lives near a place: the rule of minutes, the pages, what they must refuse. */
#include "base/test.h"

#include "browse.h"
#include "observatory/reach.h"

static void cast_country(struct world *w)
{
	world_script(
		w,
		"INSERT INTO region (code, name, chef_lieu, zone) VALUES ('11', 'Ici', '', 'metro');"
		"INSERT INTO region (code, name, chef_lieu, zone) VALUES ('01', 'Loin', '', 'drom');"
		"INSERT INTO departement (code, name, region, chef_lieu, zone) VALUES ('75', 'Près', '11', '', 'metro');"
		"INSERT INTO departement (code, name, region, chef_lieu, zone) VALUES ('971', 'Îles', '01', '', 'drom');"
		"INSERT INTO commune (insee, name, folded, postal_codes, lat_e5, lon_e5, population, departement, region) VALUES "
		"('75001', 'Un', 'un', '', 4800000, 200000, 1000, '75', '11'), "
		"('75002', 'Deux', 'deux', '', 4810000, 200000, 3000, '75', '11'), "
		"('75003', 'Trois', 'trois', '', 4900000, 200000, 6000, '75', '11'), "
		"('75004', 'Sans point', 'sans point', '', NULL, NULL, 50, '75', '11'), "
		"('75005', 'Sans personne', 'sans personne', '', 4800000, 210000, NULL, '75', '11'), "
		"('97101', 'Île', 'ile', '', 1600000, -6100000, 500, '971', '01');");
	community_id place = cast_community(w, "Le Lieu", "place");
	cast_run(w, "UPDATE community SET insee = '75001' WHERE id = %lld", (long long)place.v);
	(void)cast_community(w, "Nulle part", "place");
}

static void test_shares(void **state)
{
	struct world *w = *state;
	struct access_query ask = {
		AREA_LEVEL_DEPARTEMENT, -1, 30, REACH_UNIT_KM, NULL, NULL, -1, NONE, { NONE }
	};
	struct access_page *v = new_zero(w->c, struct access_page);
	cast_country(w);
	assert_int_equal(db_snapshot(w->c), OK);
	assert_int_equal(access_find(w->c, &ask, v), OK);
	db_snapshot_end(w->c);
	assert_int_equal(v->n, 2);
	assert_string_equal(v->items.items[0].code, "75");
	assert_int_equal(v->items.items[0].reached, 4000);
	assert_int_equal(v->items.items[0].away, 6000);
	assert_int_equal(v->items.items[0].share.v, 40000);
	assert_int_equal(v->metro.people, 10000);
	assert_int_equal(v->nobody, 1);
	assert_int_equal(v->places, 1);
	assert_int_equal(v->unplaced, 1);
	assert_int_equal(v->no_point, 1);
	assert_int_equal(v->no_people, 1);
}

/* Employment zones, once somebody has loaded them. */
static void test_zones(void **state)
{
	struct world *w = *state;
	struct access_query ask = { AREA_LEVEL_ZONE, -1, 30, REACH_UNIT_KM, NULL, NULL, -1, NONE, { NONE } };
	struct access_page *v = new_zero(w->c, struct access_page);
	cast_country(w);
	cast_run(w, "INSERT INTO zoning (key, digest, loaded_at) VALUES ('ze2020', %s, 1)",
		 w->kind == DB_SQLITE ? "zeroblob(32)" : "decode(repeat('00', 32), 'hex')");
	cast_run(w, "INSERT INTO zoning_zone (zoning, code, label) VALUES ('ze2020', '1101', 'Zone')");
	cast_run(w, "INSERT INTO zoning_commune (zoning, insee, zone) VALUES ('ze2020', '75002', '1101')");
	assert_int_equal(db_snapshot(w->c), OK);
	assert_int_equal(access_find(w->c, &ask, v), OK);
	db_snapshot_end(w->c);
	assert_int_equal(v->n, 1);
	assert_string_equal(v->items.items[0].name, "Zone");
	assert_int_equal(v->items.items[0].reached, 3000);
}

/* Minutes are kilometres by the declared rule: 20 km of road, 15.3 as the crow flies. */
static void test_minutes(void **state)
{
	struct world *w = *state;
	assert_int_equal(reach_metres(w->c, 30), 20000 * 100 / 130);
	assert_int_equal(reach_metres(w->c, 0), 0);
}

static void test_pages(void **state)
{
	struct world *w = *state;
	cast_country(w);
	struct browse *b = browse_new(w);
	assert_int_equal(browse_get(b, "/observatory/access?unit=minutes&within=30"), 200);
	assert_true(browse_has(b, "15,4"));
	assert_true(browse_has(b, "130"));
	/* The sentence is of metropolitan France, the list of all: it says so. */
	assert_true(browse_has(b, "Avec l’outre-mer"));
	assert_int_equal(browse_get(b, "/observatory/access?level=epci&territory=region:11"), 200);
	assert_false(browse_has(b, "Avec l’outre-mer"));
	assert_int_equal(browse_get(b, "/observatory/access.csv?level=region"), 200);
	assert_true(browse_has(b, "Ici;10000;4000;6000;40"));
	assert_int_equal(browse_get(b, "/observatory/where-next?smallest=100&sites=3"), 200);
	assert_true(browse_has(b, "Trois"));
	assert_int_equal(browse_get(b, "/observatory/where-next.csv?smallest=100"), 200);
	assert_true(browse_has(b, "1;75003;Trois;75;6000;6000;100"));
	assert_int_equal(browse_get(b, "/observatory/where-next.geojson?smallest=100"), 200);
	assert_true(browse_has(b, "[2.00000,49.00000]"));
	assert_int_equal(browse_get(b, "/observatory/where-next?territory=d99"), 422);
	assert_int_equal(browse_get(b, "/observatory/where-next?sites=51"), 422);
	browse_free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = { BOTH(test_shares), BOTH(test_zones), BOTH(test_minutes),
					    BOTH(test_pages) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
