/* What goes out comes in and goes out again the same; a second time changes nothing. */
#include "base/test.h"

#include <jansson.h>
#include <stdlib.h>

#include "import_cast.h"
#include "world.h"

static const char second[] =
	"id,pivot,nom,commune,code_postal,code_insee,adresse,complement_adresse,latitude,longitude,typologie,telephone,"
	"courriels,site_web,horaires,presentation_resume,presentation_detail,source,itinerance,structure_parente,date_maj,"
	"services,publics_specifiquement_adresses,prise_en_charge_specifique,frais_a_charge,"
	"dispositif_programmes_nationaux,formations_labels,autres_formations_labels,modalites_acces,"
	"modalites_accompagnement,fiche_acces_libre,prise_rdv\r\n"
	"0000000000000000000000000a,73282932000074,Atelier de l’Orme,Poitiers,86000,86194,\"12 bis, rue de l’Orme\",Bâtiment "
	"B,46.58012,-0.34012,TIERS_LIEUX|FABLAB,+33 5 49 00 00 00,bonjour@orme.example|accueil@orme.example,"
	"https://orme.example/a%7Cb|https://social.example/orme,Mo-Fr 09:00-18:00,\"'=SOMME(1)\",\"Un récit\n"
	"sur deux lignes\",HINAURA,Fixe,Parente,2024-03-05,Aide aux démarches administratives|Accès internet et matériel "
	"informatique,Jeunes|Seniors,Surdité,Gratuit|Payant,Aidants Connect|France Services,SUD LABS (PACA),Label maison,Se "
	"présenter|Téléphoner,En autonomie|Dans un atelier collectif,https://acceslibre.beta.gouv.fr/app/1,"
	"https://rdv.example/1\r\n"
	"0000000000000000000000000b,W123456789,Le Préau,Lyon,69003,69123,,,,,,,,,,,,,,,2023-01-01,,,,,,,,,,,\r\n"
	"0000000000000000000000000c,,Ici et là,Plusieurs villes,,,,,,,Autre,,,,,,,,,,2023-01-01,,,,,,,,,,,\r\n";

static const char first[] =
	"id,pivot,nom,commune,code_postal,code_insee,adresse,complement_adresse,latitude,longitude,cle_ban,typologie,"
	"telephone,courriel,site_web,horaires,presentation_resume,presentation_detail,source,structure_parente,date_maj,"
	"services,publics_accueillis,conditions_acces,labels_nationaux,labels_autres,modalites_accompagnement,"
	"accessibilite,prise_rdv\r\n"
	"0000000000000000000000000a,73282932000074,Atelier de l’Orme,Poitiers,86000,86194,\"12 bis, rue de l’Orme\",Bâtiment "
	"B,46.58012,-0.34012,86194_5490_00012,\"TIERS_LIEUX;PE\",+33 5 49 00 00 00,bonjour@orme.example,"
	"\"https://orme.example;https://social.example/orme\",Mo-Fr 09:00-18:00,Court,Long,HINAURA,Parente,2024-03-05,"
	"\"Accéder à du matériel;Créer avec le numérique\",\"Adultes;Jeunes (16-26 ans)\",Payant : L'accès au lieu et/ou à "
	"ses services est payant,\"Aidants Connect;CNFS\",Label maison,Seul : j'ai accès à du matériel et une connexion,"
	"https://acceslibre.beta.gouv.fr/app/1,https://rdv.example/1\r\n";

/* Into an empty database and out of it again. */
static const char *through(struct world *w, int format, const char *text, const char *name, int64_t *told)
{
	struct world *empty = world_open(w->kind);
	struct import_told t;
	cast_towns(empty);
	assert_int_equal(cast_import(empty, "HINAURA", format, text, &t), OK);
	if (told)
		*told = t.counts[IMPORT_OUTCOME_NEW].n;
	const char *out = talloc_strdup(w->c->mem, cast_export(empty, name));
	world_close(empty);
	return out;
}

static void test_version_2(void **state)
{
	struct world *w = *state;
	int64_t n;
	assert_string_equal(through(w, IMPORT_FORMAT_NATIONAL, second, "national-2.csv", &n), second);
	assert_int_equal(n, 3);
	const char *json = through(w, IMPORT_FORMAT_NATIONAL, second, "national-2.json", NULL);
	assert_string_equal(through(w, IMPORT_FORMAT_NATIONAL, json, "national-2.json", NULL), json);
	assert_string_equal(through(w, IMPORT_FORMAT_NATIONAL, json, "national-2.csv", NULL), second);
}

static void test_version_1(void **state)
{
	struct world *w = *state;
	assert_string_equal(through(w, IMPORT_FORMAT_NATIONAL, first, "national-1.csv", NULL), first);
	const char *json = through(w, IMPORT_FORMAT_NATIONAL, first, "national-1.json", NULL);
	assert_string_equal(through(w, IMPORT_FORMAT_NATIONAL, json, "national-1.csv", NULL), first);
}

/* What one version says is told in the words of the other, where it has them. */
static void test_other_version(void **state)
{
	struct world *w = *state;
	const char *up = through(w, IMPORT_FORMAT_NATIONAL, first, "national-2.json", NULL);
	assert_non_null(strstr(up, "\"typologie\":\"FT|TIERS_LIEUX\"")
				? up
				: strstr(up, "\"typologie\":\"TIERS_LIEUX|FT\""));
	assert_non_null(strstr(
		up,
		"\"services\":\"Accès internet et matériel informatique|Loisirs et créations numériques\""));
	assert_non_null(strstr(up, "\"publics_specifiquement_adresses\":\"Jeunes\""));
	assert_non_null(strstr(up, "\"frais_a_charge\":\"Payant\""));
	assert_non_null(strstr(up, "Conseillers numériques"));
	const char *down = through(w, IMPORT_FORMAT_NATIONAL, second, "national-1.json", NULL);
	assert_non_null(strstr(down, "\"courriel\":\"bonjour@orme.example\""));
	assert_non_null(strstr(down, "\"publics_accueillis\":\"Jeunes (16-26 ans);Seniors (+ 65 ans)"));
	assert_non_null(strstr(down, "\"typologie\":\"TIERS_LIEUX;Autre\""));
}

/* Who said each field, and when, is each server's own. */
static const char *without_sources(struct world *w, const char *text)
{
	json_t *o = json_loads(text, 0, NULL), *f;
	size_t i;
	json_array_foreach(json_object_get(o, "features"), i, f)
		json_object_del(json_object_get(f, "properties"), "sources");
	char *dumped = json_dumps(o, JSON_COMPACT | JSON_SORT_KEYS);
	const char *out = talloc_strdup(w->c->mem, dumped);
	free(dumped);
	json_decref(o);
	return out;
}

static void test_geojson(void **state)
{
	struct world *w = *state;
	const char *ours = through(w, IMPORT_FORMAT_NATIONAL, second, "communities.geojson", NULL);
	assert_non_null(strstr(ours, "\"coordinates\":[-0.34012,46.58012]"));
	assert_string_equal(
		without_sources(w, through(w, IMPORT_FORMAT_GEOJSON, ours, "communities.geojson", NULL)),
		without_sources(w, ours));
	static const char others[] =
		"{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\","
		"\"coordinates\":[0.341,46.582,90]},\"properties\":{\"nom\":\"Le Lavoir\",\"ville\":\"Poitiers\","
		"\"leisure\":\"hackerspace\",\"contact:phone\":\"+33 5 49 00 00 00;+33 6 00 00 00 00\"}}]}";
	const char *out = through(w, IMPORT_FORMAT_GEOJSON, others, "communities.geojson", NULL);
	assert_non_null(strstr(out, "\"name\":\"Le Lavoir\""));
	assert_non_null(strstr(out, "\"insee\":\"86194\""));
	assert_non_null(strstr(out, "\"phone\":\"+33 5 49 00 00 00\""));
	assert_non_null(strstr(out, "fablab"));
}

static void test_osm(void **state)
{
	struct world *w = *state;
	static const char overpass[] =
		"{\"version\":0.6,\"elements\":[{\"type\":\"node\",\"id\":1,\"lat\":46.58,\"lon\":0.34},"
		"{\"type\":\"node\",\"id\":2,\"lat\":46.58012,\"lon\":0.34012,\"tags\":{\"name\":\"Cobureau\","
		"\"amenity\":\"coworking_space\",\"addr:housenumber\":\"3\",\"addr:street\":\"rue Carnot\",\"addr:postcode\":\"86000\","
		"\"addr:city\":\"Poitiers\",\"opening_hours\":\"Mo-Fr 09:00-18:00\",\"contact:website\":\"https://co.example\","
		"\"wheelchair\":\"yes\",\"start_date\":\"2016-05-01\"}},"
		"{\"type\":\"way\",\"id\":3,\"center\":{\"lat\":46.51,\"lon\":0.33},\"tags\":{\"office\":\"coworking\",\"name\":\"Le "
		"Séchoir\",\"opening_hours\":\"quand la lumière est allumée\"}},"
		"{\"type\":\"way\",\"id\":4,\"center\":{\"lat\":46.51,\"lon\":0.33},\"tags\":{\"office\":\"coworking\"}}]}";
	struct import_told t;
	cast_towns(w);
	assert_int_equal(cast_import(w, "osm", IMPORT_FORMAT_OSM, overpass, &t), E_INVALID);
	assert_int_equal(t.n_problems, 2); /* a name that misses; hours that cannot be read, left out */
	char *named = talloc_strdup(w->c->mem, overpass);
	memcpy(strstr(named, "\"tags\":{\"office\":\"coworking\"}"), "\"tags\":{\"name\":\"Sans porte\" }",
	       29);
	assert_int_equal(cast_import(w, "osm", IMPORT_FORMAT_OSM, named, &t), OK);
	assert_int_equal(t.counts[IMPORT_OUTCOME_NEW].n, 3);
	const char *out = cast_export(w, "osm.geojson");
	assert_non_null(strstr(out, "\"amenity\":\"coworking_space\""));
	assert_non_null(strstr(out, "\"addr:full\":\"3 rue Carnot\""));
	assert_non_null(strstr(out, "\"start_date\":\"2016\""));
	assert_non_null(strstr(out, "\"wheelchair\":\"yes\""));
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM community WHERE source = 'osm'"), 3);
	assert_int_equal(cast_import(w, "osm", IMPORT_FORMAT_OSM, named, &t), E_CONFLICT);
	assert_string_equal(world_key(w->c), "import.no_change");
}

/* The same as editors and the map's own API write it: corners of a way give its centre. */
static const char osm[] =
	"<?xml version='1.0' encoding='UTF-8'?>\n<osm version='0.6' generator='JOSM'>"
	"<bounds minlat='46' minlon='0' maxlat='47' maxlon='1'/>"
	"<node id='1' lat='46.58000' lon='0.34000'/><node id='2' lat='46.58200' lon='0.34400'/>"
	"<node id='5' lat='46.57' lon='0.33'><tag k='name' v='Le Préau &amp; Cie'/><tag k='amenity' "
	"v='coworking_space'/><tag k='addr:postcode' v='86000'/></node>"
	"<node id='6' lat='46.57' lon='0.33' visible='false'><tag k='name' v='Disparu'/></node>"
	"<node id='-7' lat='46.571' lon='0.331'><tag k='name' v='Nouveau'/><tag k='leisure' v='hackerspace'/></node>"
	"<way id='3'><nd ref='1'/><nd ref='2'/><nd ref='99'/><tag k='name' v='Le Séchoir'/></way>"
	"<relation id='4'><member type='way' ref='3' role='outer'/><member type='relation' ref='4'/>"
	"<tag k='name' v='La Friche'/></relation>"
	"<way id='8'><center lat='46.6' lon='0.35'/><nd ref='1'/><tag k='name' v='Le Hangar'/></way></osm>";

static void test_osm_xml(void **state)
{
	struct world *w = *state;
	struct import_told t;
	cast_towns(w);
	assert_int_equal(cast_import(w, "osm", IMPORT_FORMAT_OSM, osm, &t), OK);
	assert_int_equal(t.counts[IMPORT_OUTCOME_NEW].n, 5);
	assert_int_equal(t.n_problems, 0);
	const char *out = cast_export(w, "osm.geojson");
	assert_non_null(strstr(out, "\"name\":\"Le Préau & Cie\""));
	assert_null(strstr(out, "Disparu"));
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM community WHERE lat_e5 = 4658100 AND "
					"lon_e5 = 34200 AND name IN ('Le Séchoir', 'La Friche')"),
			 2);
	assert_int_equal(cast_number(w, "SELECT lat_e5 AS value FROM community WHERE name = 'Le Hangar'"),
			 4660000);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM import_key WHERE key LIKE '%%/-7'"),
			 0);
	assert_int_equal(cast_import(w, "gpx", IMPORT_FORMAT_OSM, "<gpx><osm/></gpx>", &t), E_INVALID);
	assert_string_equal(world_key(w->c), "import.not_osm");
	static const char *const bad[] = { "<osm><node", "<osm></way>",
					   "<!DOCTYPE osm [<!ENTITY a 'aaaa'>]><osm><node id='1'/></osm>" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_int_equal(cast_import(w, "osm", IMPORT_FORMAT_OSM, bad[i], &t), E_INVALID);
		assert_string_equal(world_key(w->c), "import.bad_xml");
	}
}

/* A profile carries less; what it carries comes back. */
static void test_murmurations(void **state)
{
	struct world *w = *state, *empty = world_open(w->kind);
	community_id id = cast_community(w, "Atelier de l’Orme", "place");
	cast_towns(w);
	cast_towns(empty);
	cast_run(
		w,
		"UPDATE community SET address = '12 rue de l’Orme', insee = '86194', lat_e5 = 4658012, lon_e5 = -34012, "
		"website = 'https://orme.example', email = 'bonjour@orme.example', phone = '+33 5 49 00 00 00', activities = "
		"'Un atelier' WHERE id = %lld",
		(long long)id.v);
	cast_run(
		w,
		"INSERT INTO community_typology (community, vocabulary, code) VALUES (%lld, 'study', 'craft'), (%lld, 'study', "
		"'fablab')",
		(long long)id.v, (long long)id.v);
	cast_run(
		w,
		"INSERT INTO community_url (community, rank, url) VALUES (%lld, 1, 'https://social.example/orme')",
		(long long)id.v);
	const char *profile = cast_profile(w, id);
	assert_int_equal(cast_import(empty, "murmurations", IMPORT_FORMAT_MURMURATIONS, profile, NULL), OK);
	community_id there = { cast_number(empty, "SELECT id AS value FROM community") };
	const char *back = cast_profile(empty, there);
	assert_string_equal(back, profile);
	assert_int_equal(
		cast_import(empty, "murmurations", IMPORT_FORMAT_MURMURATIONS, "[{\"name\":\"x\"}]", NULL),
		E_INVALID);
	/* What an index lists is elsewhere, as our own does. */
	assert_int_equal(cast_import(empty, "murmurations", IMPORT_FORMAT_MURMURATIONS,
				     cast_export(w, "murmurations.json"), NULL),
			 E_INVALID);
	assert_string_equal(world_key(empty->c), "import.murmurations_index");
	world_close(empty);
}

/* Profiles say no code of a commune: its name, its postal code and where it stands give it back. */
static void test_murmurations_towns(void **state)
{
	static const struct {
		const char *insee, *address;
		int64_t lat_e5, lon_e5;
	} places[] = {
		{ "69123", "'3 rue de Poitiers'", 4575000, 483000 }, /* of several postal codes */
		{ "86194", "NULL", 4658400, 34000 },		     /* at its centre, without a street */
		{ "86133", "'Place de Ligugé'", 4651000, 32000 }, /* the street bears the name of the town */
		{ "86134", "'1 rue Haute'", 4700100, 200100 },	  /* two are called so */
	};
	struct world *w = *state, *empty = world_open(w->kind);
	struct world *both[] = { w, empty };
	for (size_t k = 0; k < 2; k++) {
		cast_towns(both[k]);
		world_script(
			both[k],
			"INSERT INTO commune (insee, name, folded, postal_codes, lat_e5, lon_e5, population, departement, "
			"region) VALUES ('86134', 'Le Bourg', 'le bourg', '86300 86310', 4700000, 200000, 900, '86', '75'), "
			"('69124', 'Le Bourg', 'le bourg', '69300', 4570000, 480000, 900, '69', '84');"
			"INSERT INTO commune_key (key, kind, insee, weight) VALUES ('le bourg', 'name', '86134', 1), "
			"('le bourg', 'name', '69124', 1);");
	}
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		community_id id = cast_community(w, fmt(w->c, "Lieu %zu", i), "place");
		cast_run(
			w,
			"UPDATE community SET address = %s, insee = '%s', lat_e5 = %lld, lon_e5 = %lld WHERE id = %lld",
			places[i].address, places[i].insee, (long long)places[i].lat_e5,
			(long long)places[i].lon_e5, (long long)id.v);
		const char *profile = cast_profile(w, id);
		assert_int_equal(
			cast_import(empty, "murmurations", IMPORT_FORMAT_MURMURATIONS, profile, NULL), OK);
		const char *insee = cast_text(
			empty, "SELECT COALESCE(insee, '') AS value FROM community WHERE id = %lld",
			(long long)cast_number(empty, "SELECT MAX(id) AS value FROM community"));
		assert_string_equal(insee, places[i].insee);
		community_id there = { cast_number(empty, "SELECT MAX(id) AS value FROM community") };
		assert_string_equal(cast_profile(empty, there), profile);
	}
	world_close(empty);
}

static const char *const all_tables[] = { "community",	   "community_fact", "community_typology",
					  "community_url", "field_source",   "audit",
					  "import_key",	   "import_run",     "import_row",
					  "import_file",   "commune" };

static void test_again(void **state)
{
	struct world *w = *state;
	int64_t before[sizeof all_tables / sizeof *all_tables];
	struct import_told t;
	cast_towns(w);
	assert_int_equal(cast_import(w, "HINAURA", IMPORT_FORMAT_NATIONAL, second, NULL), OK);
	for (size_t i = 0; i < sizeof all_tables / sizeof *all_tables; i++)
		before[i] = cast_number(w, "SELECT COUNT(*) AS value FROM %s", all_tables[i]);
	assert_int_equal(cast_import(w, "HINAURA", IMPORT_FORMAT_NATIONAL, second, &t), E_CONFLICT);
	assert_string_equal(world_key(w->c), "import.no_change");
	assert_int_equal(t.counts[IMPORT_OUTCOME_SAME].n, 3);
	for (size_t i = 0; i < sizeof all_tables / sizeof *all_tables; i++)
		assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM %s", all_tables[i]),
				 before[i]);
}

/* Each of these is wrong in one column, by which it is named. */
static void test_bad_rows(void **state)
{
	static const struct {
		const char *column, *cell;
	} bad[] = {
		{ "pivot", "73282932000075" },
		{ "pivot", "W12" },
		{ "code_postal", "8600" },
		{ "code_insee", "86999" },
		{ "latitude", "146.5" },
		{ "longitude", "est" },
		{ "typologie", "TIERS_LIEU" },
		{ "telephone", "appelez" },
		{ "courriels", "sans arobase" },
		{ "site_web", "orme.example" },
		{ "horaires", "tous les jours" },
		{ "services", "Café" },
		{ "frais_a_charge", "Gratuit|Cher" },
		{ "date_maj", "hier" },
		{ "prise_rdv", "par téléphone" },
		{ "nom", "" },
		{ "id", "" },
	};
	struct world *w = *state;
	struct import_told t;
	cast_towns(w);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		bool id = strcmp(bad[i].column, "id") == 0, name = strcmp(bad[i].column, "nom") == 0;
		const char *also = strcmp(bad[i].column, "latitude") == 0    ? ",longitude"
				   : strcmp(bad[i].column, "longitude") == 0 ? ",latitude"
									     : "";
		const char *text = fmt(w->c, "id,nom,%s%s\r\n%s,%s,\"%s\"%s\r\nb,Bon,,\r\n",
				       id || name ? "commune" : bad[i].column, also, id ? "" : "a",
				       name ? "" : "Nom", id || name ? "Poitiers" : bad[i].cell,
				       *also ? ",1" : "");
		assert_int_equal(cast_import(w, "essai", IMPORT_FORMAT_NATIONAL, text, &t), E_INVALID);
		assert_string_equal(world_key(w->c), "import.bad_rows");
		assert_true(t.n_problems >= 1);
		assert_string_equal(t.problems[0].column, bad[i].column);
		assert_int_equal(t.problems[0].line, 2);
	}
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM community"), 0);
	assert_int_equal(cast_import(w, "essai", IMPORT_FORMAT_NATIONAL, "a,b\r\n1,2\r\n", &t), E_INVALID);
	assert_string_equal(world_key(w->c), "import.not_national");
	assert_int_equal(cast_import(w, "essai", IMPORT_FORMAT_NATIONAL, "id,nom\r\na,Un\r\na,Deux\r\n", &t),
			 E_INVALID);
	assert_string_equal(t.problems[0].key, "import.twice");
	assert_int_equal(cast_import(w, "essai", IMPORT_FORMAT_GEOJSON, "{\"features\":", &t), E_INVALID);
	assert_string_equal(world_key(w->c), "import.bad_json");
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM import_run"), 0);
}

/* | and ; both stand between; fourteen noughts are no SIRET; an unknown column is told and passed over. */
static void test_forgiven(void **state)
{
	struct world *w = *state;
	struct import_told t;
	static const char text[] =
		"id,nom,commune,code_postal,pivot,services,couleur\r\n"
		"a,Un,poitiers,86000,00000000000000,\"aide aux demarches administratives ; Accès internet et "
		"matériel informatique\",bleu\r\n";
	cast_towns(w);
	assert_int_equal(cast_import(w, "essai", IMPORT_FORMAT_NATIONAL, text, &t), OK);
	assert_int_equal(t.n_problems, 1);
	assert_string_equal(t.problems[0].column, "couleur");
	const char *out = cast_export(w, "national-2.json");
	assert_non_null(strstr(out, "\"code_insee\":\"86194\""));
	assert_non_null(strstr(out, "Aide aux démarches administratives|Accès internet"));
	assert_null(strstr(out, "pivot"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_version_2),	  BOTH(test_version_1),
		BOTH(test_other_version), BOTH(test_geojson),
		BOTH(test_osm),		  BOTH(test_osm_xml),
		BOTH(test_murmurations),  BOTH(test_murmurations_towns),
		BOTH(test_again),	  BOTH(test_bad_rows),
		BOTH(test_forgiven),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
