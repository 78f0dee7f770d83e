/* The communes on both databases. The tables are filled once per database:
 * a test only reads what the group's set-up has loaded. */
#include "base/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/buf.h"
#include "base/csv.h"
#include "platform/embedded.h"
#include "territory/commune.h"
#include "territory/territory.h"
#include "world.h"

static struct world *worlds[2];

static int fill(void **state)
{
	(void)state;
	for (int kind = 0; kind < 2; kind++) {
		int64_t n = 0;
		struct timespec t0, t1;
		worlds[kind] = world_open(kind ? DB_POSTGRES : DB_SQLITE);
		clock_gettime(CLOCK_MONOTONIC, &t0);
		if (territory_load(worlds[kind]->c, &n) != OK) {
			print_error("territory_load: %s\n", world_key(worlds[kind]->c));
			return -1;
		}
		clock_gettime(CLOCK_MONOTONIC, &t1);
		print_message("%s: %d communes in %.2f s\n", kind ? "postgres" : "sqlite", (int)n,
			      (double)(t1.tv_sec - t0.tv_sec) + (double)(t1.tv_nsec - t0.tv_nsec) / 1e9);
		assert_int_equal(n, 34969);
	}
	return 0;
}

static int empty(void **state)
{
	(void)state;
	world_close(worlds[0]);
	world_close(worlds[1]);
	return 0;
}

static int look_sqlite(void **state)
{
	*state = worlds[0]->c;
	return db_snapshot(*state) == OK ? 0 : -1;
}

static int look_postgres(void **state)
{
	*state = worlds[1]->c;
	return db_snapshot(*state) == OK ? 0 : -1;
}

static int look_away(void **state)
{
	db_snapshot_end(*state);
	return 0;
}

/* "Aix-en-Provence 13, Aix-les-Bains 73": the first three. */
static const char *found(struct ctx *c, const char *text)
{
	struct commune_card_list list;
	struct buf b;
	assert_int_equal(commune_search(c, text, 3, &list), OK);
	buf_init(&b, c->mem, 64);
	for (size_t i = 0; i < list.n; i++)
		buf_fmt(&b, "%s%s %s", i ? ", " : "", list.items[i].name, list.items[i].departement);
	return b.s;
}

static void begins(struct ctx *c, const char *text, const char *expected)
{
	const char *got = found(c, text);
	if (strncmp(got, expected, strlen(expected)) != 0)
		print_error("%s: %s\n", text, got);
	assert_int_equal(strncmp(got, expected, strlen(expected)), 0);
}

static void searches(void **state)
{
	struct ctx *c = *state;
	begins(c, "aix", "Aix-en-Provence 13, Aix-les-Bains 73");
	begins(c, "AIX en pro", "Aix-en-Provence 13");
	begins(c, "brest", "Brest 29");
	begins(c, "st denis", "Saint-Denis 974, Saint-Denis 93");
	begins(c, "Saint-Étienne", "Saint-Étienne 42");
	begins(c, "rochelle", "La Rochelle 17");
	begins(c, "havre", "Le Havre 76");
	begins(c, "l'hay", "L'Haÿ-les-Roses 94");
	begins(c, "compiegne", "Compiègne 60");
	begins(c, "margny les c", "Margny-lès-Compiègne 60");
	begins(c, "oeuf", "Œuf-en-Ternois 62");
	begins(c, "y", "Y 80");
	begins(c, "75011", "Paris 75");
	begins(c, "75011 Paris", "Paris 75");
	begins(c, "13100", "Aix-en-Provence 13");
	begins(c, "2a004", "Ajaccio 2A");
	begins(c, "01001", "L'Abergement-Clémenciat 01");
	begins(c, "9741", "Saint-Denis 974, Saint-Paul 974, Saint-Pierre 974");
	assert_string_equal(found(c, ""), "");
	assert_string_equal(found(c, " - "), "");
	assert_string_equal(found(c, "zzzz"), "");
	assert_string_equal(found(c, "' OR 1=1 --"), "");
	begins(c, "lyon 3", "Lyon 69");
}

/* What people type, and what must come first: name, département, and the part
 * of the commune when it was found by one. */
static const struct guess {
	const char *typed, *first;
} guesses[] = {
	{ "st etienne", "Saint-Étienne 42" },
	{ "villeneuve dascq", "Villeneuve-d'Ascq 59" },
	{ "strassbourg", "Strasbourg 67" },
	{ "saint denis 93", "Saint-Denis 93" },
	{ "69003", "Lyon 69 = Lyon 3e Arrondissement" },
	{ "aix", "Aix-en-Provence 13" },
	/* exact, accents, ligatures, case */
	{ "paris", "Paris 75" },
	{ "LYON", "Lyon 69" },
	{ "brest", "Brest 29" },
	{ "aix-les-bains", "Aix-les-Bains 73" },
	{ "Besançon", "Besançon 25" },
	{ "besancon", "Besançon 25" },
	{ "OEUF en ternois", "Œuf-en-Ternois 62" },
	{ "œuf", "Œuf-en-Ternois 62" },
	{ "l'hay les roses", "L'Haÿ-les-Roses 94" },
	{ "y", "Y 80" },
	{ "bagé", "Bâgé-Dommartin 01" },
	/* saints */
	{ "st denis", "Saint-Denis 974" },
	{ "ste foy les lyon", "Sainte-Foy-lès-Lyon 69" },
	{ "st-malo", "Saint-Malo 35" },
	{ "st brieuc", "Saint-Brieuc 22" },
	/* beginnings and words inside */
	{ "marsei", "Marseille 13" },
	{ "toulou", "Toulouse 31" },
	{ "rochelle", "La Rochelle 17" },
	{ "havre", "Le Havre 76" },
	{ "ascq", "Villeneuve-d'Ascq 59" },
	{ "les bains aix", "Aix-les-Bains 73" },
	{ "provence aix", "Aix-en-Provence 13" },
	{ "villeneuve ascq", "Villeneuve-d'Ascq 59" },
	{ "montmartin mer", "Montmartin-sur-Mer 50" },
	/* which one */
	{ "saint denis (93)", "Saint-Denis 93" },
	{ "saint-denis 974", "Saint-Denis 974" },
	{ "saint denis la reunion", "Saint-Denis 974" },
	{ "saint denis reunion", "Saint-Denis 974" },
	{ "saint denis seine saint denis", "Saint-Denis 93" },
	{ "saint denis 93200", "Saint-Denis 93" },
	{ "93200 saint denis", "Saint-Denis 93" },
	{ "brest finistere", "Brest 29" },
	{ "aix 73", "Aix-les-Bains 73" },
	{ "saint pierre 974", "Saint-Pierre 974" },
	{ "sainte marie 974", "Sainte-Marie 974" },
	{ "ajaccio 2a", "Ajaccio 2A" },
	{ "marseille (13)", "Marseille 13" },
	{ "saint etiene 42", "Saint-Étienne 42" },
	{ "saint-denis (réunion)", "Saint-Denis 974" },
	{ "saint-denis (la réunion)", "Saint-Denis 974" },
	{ "lyon (rhône)", "Lyon 69" },
	{ "aix (en provence)", "Aix-en-Provence 13" },
	{ "moulins (03000)", "Moulins 03" },
	/* as on an envelope, and more words than the name has */
	{ "44000 nantes cedex 1", "Nantes 44" },
	{ "nantes cedex", "Nantes 44" },
	{ "montreuil sous bois", "Montreuil 93" },
	{ "montreuil s/ bois", "Montreuil 93" },
	{ "paris la défense", "Paris 75" },
	{ "la rochelle sur mer", "La Rochelle 17" },
	{ "le canard sur mer", "" },
	{ "y a t il", "" },
	/* codes */
	{ "13100", "Aix-en-Provence 13" },
	{ "75011", "Paris 75 = Paris 11e Arrondissement" },
	{ "75116", "Paris 75 = Paris 16e Arrondissement" },
	{ "13008 marseille", "Marseille 13 = Marseille 8e Arrondissement" },
	{ "2a004", "Ajaccio 2A" },
	{ "20000", "Ajaccio 2A" },
	{ "86000", "Poitiers 86" },
	{ "9741", "Saint-Denis 974" },
	/* arrondissements and old names */
	{ "paris 11", "Paris 75 = Paris 11e Arrondissement" },
	{ "lyon 3e", "Lyon 69 = Lyon 3e Arrondissement" },
	{ "marseille 1er", "Marseille 13 = Marseille 1er Arrondissement" },
	{ "arbignieu", "Arboys en Bugey 01 = Arbignieu" },
	/* one wrong letter, or two */
	{ "marseile", "Marseille 13" },
	{ "marsielle", "Marseille 13" },
	{ "touluose", "Toulouse 31" },
	{ "bordaux", "Bordeaux 33" },
	{ "monpellier", "Montpellier 34" },
	{ "montpelier", "Montpellier 34" },
	{ "grenobel", "Grenoble 38" },
	{ "perpingan", "Perpignan 66" },
	{ "chateleraut", "Châtellerault 86" },
	{ "poitier", "Poitiers 86" },
	{ "saint nazere", "Saint-Nazaire 44" },
	{ "st ettienne", "Saint-Étienne 42" },
	{ "clermont ferand", "Clermont-Ferrand 63" },
	{ "aix en provance", "Aix-en-Provence 13" },
	{ "mulouse", "Mulhouse 68" },
	{ "quinper", "Quimper 29" },
	{ "anger", "Angers 49" },
	{ "nante", "Nantes 44" },
	{ "strassb", "Strasbourg 67" },
	{ "villeneuve das", "Villeneuve-d'Ascq 59" },
	/* nothing like it */
	{ "zzzz", "" },
	{ "' OR 1=1 --", "" },
	{ "", "" },
	{ "99999", "" },
};

static void suggestions(void **state)
{
	struct ctx *c = *state;
	int wrong = 0;
	for (size_t i = 0; i < sizeof guesses / sizeof *guesses; i++) {
		struct commune_found_list l;
		const char *got = "";
		assert_int_equal(commune_suggest(c, guesses[i].typed, 5, &l), OK);
		if (l.n)
			got = fmt(c, "%s %s%s%s", l.items[0].card.name, l.items[0].card.departement,
				  l.items[0].card.alias ? " = " : "",
				  l.items[0].card.alias ? l.items[0].card.alias : "");
		if (strcmp(got, guesses[i].first) != 0) {
			print_error("%s: %s, not %s\n", guesses[i].typed, got, guesses[i].first);
			wrong++;
		}
	}
	assert_int_equal(wrong, 0);
}

/* What a suggestion is called finds it again. */
static void labels(void **state)
{
	static const char *const typed[] = { "saint denis", "sainte marie", "lyon",	     "marseille",
					     "paris",	    "saint-aubin",  "beaulieu",	     "aix",
					     "castillon",   "neuville",	    "saint sauveur", "la rochelle",
					     "69003",	    "moulins" };
	struct ctx *c = *state;
	for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
		struct commune_found_list l, again;
		assert_int_equal(commune_suggest(c, typed[i], 20, &l), OK);
		assert_true(l.n > 0);
		for (size_t k = 0; k < l.n; k++) {
			assert_int_equal(commune_suggest(c, l.items[k].label, 1, &again), OK);
			if (!again.n || strcmp(again.items[0].card.insee, l.items[k].card.insee) != 0)
				print_error("%s: %s\n", l.items[k].label,
					    again.n ? again.items[0].label : "");
			assert_string_equal(again.items[0].card.insee, l.items[k].card.insee);
		}
	}
}

static void search_bounds(void **state)
{
	struct ctx *c = *state;
	struct commune_card_list list;
	assert_int_equal(commune_search(c, "sa", 0, &list), OK);
	assert_int_equal(list.n, 1);
	assert_int_equal(commune_search(c, "sa", 1000, &list), OK);
	assert_int_equal(list.n, 100);
	assert_int_equal(commune_search(c, "arbignieu", 5, &list), OK);
	assert_int_equal(list.n, 1);
	assert_string_equal(list.items[0].name, "Arboys en Bugey");
	assert_string_equal(list.items[0].alias, "Arbignieu");
	assert_int_equal(commune_search(c, "aix-en", 5, &list), OK);
	assert_null(list.items[0].alias);
	assert_string_equal(list.items[0].departement_name, "Bouches-du-Rhône");
	assert_string_equal(list.items[0].region_name, "Provence-Alpes-Côte d'Azur");
	assert_string_equal(list.items[0].postal_codes, "13080 13090 13100 13290 13540");
	assert_int_equal(list.items[0].population, 149695);
	assert_int_equal(list.items[0].lat_e5, 4352830);
	assert_int_equal(list.items[0].lon_e5, 544973);
}

/* Each old name of the table finds its commune, and says so unless the name of today begins with it. */
static void old_names(void **state)
{
	struct ctx *c = *state;
	struct commune_found_list l;
	struct csv *t;
	const struct embedded *f = embedded_find(embedded_data, n_embedded_data, "communes_renommees.csv");
	assert_int_equal(csv_read(c, (const char *)f->data, f->len, NULL, &t), OK);
	assert_true(t->n > 10);
	for (size_t i = 0; i < t->n; i++) {
		const char *insee = csv_cell(&t->rows[i], 0), *name = csv_cell(&t->rows[i], 1);
		int until = atoi(csv_cell(&t->rows[i], 2));
		struct commune_card match;
		bool found;
		int errors;
		assert_true(until >= 1943 && until <= 2026);
		assert_int_equal(commune_match(c, name, mem_text(c->mem, insee, 2), &match, &found, &errors),
				 OK);
		assert_true(found);
		assert_string_equal(match.insee, insee);
	}
	assert_int_equal(commune_suggest(c, "chalons sur marne", 3, &l), OK);
	assert_string_equal(l.items[0].card.name, "Châlons-en-Champagne");
	assert_string_equal(l.items[0].was, "Châlons-sur-Marne");
	assert_int_equal(commune_suggest(c, "chalons en champagne", 3, &l), OK);
	assert_null(l.items[0].was);
}

static void by_code(void **state)
{
	struct ctx *c = *state;
	struct commune_card card;
	struct commune_row row;
	assert_int_equal(commune_by_insee(c, "29019", &card), OK);
	assert_string_equal(card.name, "Brest");
	assert_true(card.lon_e5 < 0);
	assert_int_equal(commune_by_insee(c, "75111", &card), OK);
	assert_string_equal(card.name, "Paris");
	assert_int_equal(commune_by_insee(c, "98411", &card), OK);
	assert_true(card.lat_e5 == NONE && card.population == NONE);
	assert_int_equal(commune_by_insee(c, "00000", &card), E_NOT_FOUND);
	assert_string_equal(c->failure.key, "commune.not_found");
	assert_int_equal(commune_details(c, "69123", &row), OK);
	assert_string_equal(row.epci_name, "Métropole de Lyon");
	assert_string_equal(row.region_name, "Auvergne-Rhône-Alpes");
	assert_string_equal(row.arrondissement_name, "Lyon");
	assert_int_equal(commune_details(c, "97501", &row), OK);
	assert_null(row.epci);
	assert_int_equal(commune_details(c, "00000", &row), E_NOT_FOUND);
}

struct printed {
	const char *name, *departement, *insee;
	int errors;
};

static void matches(void **state)
{
	struct ctx *c = *state;
	static const struct printed table[] = {
		{ "St-Denis", "93", "93066", 0 },
		{ "St-Denis", "974", "97411", 0 },
		{ "MARGNY LES COMPIEGNE", "60", "60382", 0 },
		{ "Villeunaux-la-Petite", "77", "77507", 2 },
		{ "L'Ile-Saint-Denis", "93", "93039", 0 },
		{ "Conliege", "39", "39164", 0 },
		{ "Grasse", "6", "06069", 0 },
		{ "Grasse", "06 ; 83", "06069", 0 },
		{ "Marseile", "13", "13055", 1 },
		{ "ajaccio", "2a", "2A004", 0 },
		{ "Arbignieu", "01", "01015", 0 },
		{ "Marseille", NULL, "13055", 0 },
		{ "Plusieurs villes", "91;92", NULL, 0 },
		{ "Saint-Denis", "", NULL, 0 }, /* several in the country */
		{ "Brest", "60", NULL, 0 },	/* elsewhere */
		{ "Eux", "76", NULL, 0 },	/* too short to be a misprint */
		{ "", "75", NULL, 0 },
		{ "Pariss", "99", NULL, 0 },
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct commune_card card;
		bool yes = false;
		int errors = 0;
		assert_int_equal(commune_match(c, table[i].name, table[i].departement, &card, &yes, &errors),
				 OK);
		if (yes != (table[i].insee != NULL))
			print_error("%s: %s\n", table[i].name, yes ? card.name : "none");
		assert_int_equal(yes, table[i].insee != NULL);
		if (!yes)
			continue;
		assert_string_equal(card.insee, table[i].insee);
		assert_int_equal(errors, table[i].errors);
	}
}

static const struct embedded *shipped(const char *name)
{
	return embedded_find(embedded_data, n_embedded_data, name);
}

/* Every place of the study is found, but for the one that names no town. */
static void places(void **state)
{
	static const char *const insee[42] = {
		"59512", "60333", "60382", "67300", "67482", "29019", "44109", "85191", "44109",
		"14167", "93066", "93039", "92046", NULL,    "75056", "92046", "75056", "77507",
		"93048", "75056", "91600", "37261", "39164", "26108", "63113", "38185", "38185",
		"38185", "33167", "86133", "17300", "33249", "81139", "81099", "31555", "81065",
		"34172", "11206", "66136", "13055", "06069", "84102",
	};
	struct ctx *c = *state;
	const struct embedded *file = shipped("places.csv");
	struct csv *t;
	assert_non_null(file);
	assert_int_equal(csv_read(c, (const char *)file->data, file->len, NULL, &t), OK);
	assert_int_equal(t->n, 42);
	for (size_t i = 0; i < t->n; i++) {
		const char *city = csv_cell(&t->rows[i], csv_column(t, "city"));
		struct commune_card card = { 0 };
		bool yes;
		int errors;
		assert_int_equal(commune_match(c, city, csv_cell(&t->rows[i], csv_column(t, "department")),
					       &card, &yes, &errors),
				 OK);
		if (yes != (insee[i] != NULL) || (yes && strcmp(card.insee, insee[i]) != 0))
			print_error("%s: %s %s\n", city, yes ? card.insee : "none", yes ? card.name : "");
		assert_int_equal(yes, insee[i] != NULL);
		if (yes)
			assert_string_equal(card.insee, insee[i]);
	}
}

static void distances(void **state)
{
	(void)state;
	assert_true(commune_distance(0, 0, 0, 0) == 0);
	/* A degree of a great circle is 111.195 km. */
	assert_true(abs((int)commune_distance(0, 0, 100000, 0) - 111195) <= 1);
	assert_true(abs((int)commune_distance(0, 17950000, 0, -17950000) - 111195) <= 1);
	/* Paris to Marseille: 661 km. */
	double d = commune_distance(4885341, 234880, 4329695, 538107);
	assert_true(d > 655000 && d < 665000);
}

/* Loading again changes nothing, and says so. */
static void again(void **state)
{
	struct ctx *c = *state;
	int64_t n = 5;
	db_snapshot_end(c);
	assert_int_equal(territory_load(c, &n), OK);
	assert_int_equal(n, 0);
	assert_int_equal(db_snapshot(c), OK);
}

#define TWICE(f)                                                  \
	{ #f "/sqlite", f, look_sqlite, look_away, NULL },        \
	{                                                         \
#f "/postgres", f, look_postgres, look_away, NULL \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TWICE(searches),      TWICE(suggestions), TWICE(labels),
		TWICE(search_bounds), TWICE(by_code),	  TWICE(old_names),
		TWICE(matches),	      TWICE(places),	  cmocka_unit_test(distances),
		TWICE(again),
	};
	return cmocka_run_group_tests(tests, fill, empty);
}
