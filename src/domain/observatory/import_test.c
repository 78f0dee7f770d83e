/* Imports as their operator lives them: progress, stopping, deciding, writing, history. */
#include "base/test.h"

#include <unistd.h>

#include "base/pubid.h"
#include "import_cast.h"
#include "observatory/import_alike.h"
#include "people/typology.h"
#include "platform/app.h"
#include "platform/jobs.h"
#include "world.h"

#define MANY 5000

static struct browse *operator_of(struct world *w)
{
	struct browse *b = browse_new(w);
	person_id p = cast_person(w, "Camille", "camille@example.org");
	cast_run(w, "UPDATE person SET is_operator = TRUE WHERE id = %lld", (long long)p.v);
	browse_sign_in(b, p);
	return b;
}

static int64_t communities(struct world *w)
{
	return cast_number(w, "SELECT COUNT(*) AS value FROM community");
}

static void nothing_left(struct world *w)
{
	static const char *const tables[] = { "community",    "community_fact", "community_typology",
					      "field_source", "import_key",	"import_row",
					      "import_file" };
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM %s", tables[i]), 0);
}

static void test_many(void **state)
{
	struct world *w = *state;
	struct browse *b = operator_of(w);
	cast_towns(w);
	pubid run = cast_run_of(w, "HINAURA", IMPORT_FORMAT_NATIONAL, cast_national(w, MANY));
	const char *page = fmt(w->c, "/operator/imports/%s", run.s);
	assert_int_equal(browse_get(b, page), 200);
	assert_true(browse_has(b, "data-live"));
	import_work_once(w);
	import_work_once(w);
	assert_int_equal(browse_get(b, page), 200);
	assert_true(browse_has(b, "max=\"5000\" value=\"500\""));
	assert_int_equal(communities(w), 0);
	import_work_all(w);
	assert_int_equal(cast_state(w, run), IMPORT_STATE_READY);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM import_file"), 0);
	assert_int_equal(browse_get(b, page), 200);
	assert_true(browse_has(b, "Écrire ces 5\u202f000 lignes"));
	assert_int_equal(browse_post(b, fmt(w->c, "%s/apply", page), ""), 303);
	assert_int_equal(communities(w), 0);
	import_work_all(w);
	assert_int_equal(cast_state(w, run), IMPORT_STATE_DONE);
	assert_int_equal(communities(w), MANY);
	assert_int_equal(
		cast_number(w,
			    "SELECT COUNT(*) AS value FROM field_source WHERE source = 'HINAURA' AND field = "
			    "'address'"),
		MANY);
	run = cast_run_of(w, "HINAURA", IMPORT_FORMAT_NATIONAL, cast_national(w, MANY));
	import_work_all(w);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM import_row WHERE outcome = 'same'"),
			 MANY);
	assert_int_equal(cast_state(w, run), IMPORT_STATE_DONE);
	assert_int_equal(browse_post(b, fmt(w->c, "/operator/imports/%s/apply", run.s), ""), 422);
	browse_free(b);
}

static void test_stop(void **state)
{
	struct world *w = *state;
	struct browse *b = operator_of(w);
	cast_towns(w);
	pubid run = cast_run_of(w, "HINAURA", IMPORT_FORMAT_NATIONAL, cast_national(w, 600));
	import_work_once(w);
	assert_int_equal(cast_state(w, run), IMPORT_STATE_READING);
	assert_int_equal(browse_post(b, fmt(w->c, "/operator/imports/%s/stop", run.s), ""), 303);
	import_work_all(w);
	import_work_once(w);
	assert_int_equal(cast_state(w, run), IMPORT_STATE_STOPPED);
	nothing_left(w);
	assert_int_equal(browse_post(b, fmt(w->c, "/operator/imports/%s/stop", run.s), ""), 409);

	/* While it is written: whoever stops says so before the transaction. */
	run = cast_run_of(w, "HINAURA", IMPORT_FORMAT_NATIONAL, cast_national(w, 600));
	import_work_all(w);
	assert_int_equal(browse_post(b, fmt(w->c, "/operator/imports/%s/apply", run.s), ""), 303);
	import_stop_say(run);
	import_work_once(w);
	assert_int_equal(cast_state(w, run), IMPORT_STATE_APPLYING);
	assert_int_equal(communities(w), 0);
	assert_int_equal(browse_post(b, fmt(w->c, "/operator/imports/%s/stop", run.s), ""), 303);
	assert_int_equal(cast_state(w, run), IMPORT_STATE_STOPPED);
	nothing_left(w);
	browse_free(b);
}

/* The last row fails: none is written, and it says so. */
static void test_failing(void **state)
{
	struct world *w = *state;
	struct browse *b = operator_of(w);
	cast_towns(w);
	pubid run = cast_run_of(w, "HINAURA", IMPORT_FORMAT_NATIONAL, cast_national(w, 20));
	import_work_all(w);
	cast_run(w,
		 "UPDATE import_row SET record = '{\"name\":\"Faux\",\"insee\":\"99999\"}' WHERE line = 21");
	assert_int_equal(browse_post(b, fmt(w->c, "/operator/imports/%s/apply", run.s), ""), 303);
	import_work_all(w);
	assert_int_equal(cast_state(w, run), IMPORT_STATE_READY);
	assert_int_equal(communities(w), 0);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM import_key"), 0);
	assert_int_equal(
		cast_number(w, "SELECT COUNT(*) AS value FROM import_row WHERE written_at IS NOT NULL"), 0);
	browse_get(b, fmt(w->c, "/operator/imports/%s", run.s));
	assert_true(browse_has(b, "abouti"));
	run = cast_run_of(w, "HINAURA", IMPORT_FORMAT_GEOJSON, "pas du JSON");
	import_work_all(w);
	assert_int_equal(cast_state(w, run), IMPORT_STATE_FAILED);
	browse_get(b, fmt(w->c, "/operator/imports/%s", run.s));
	assert_true(browse_has(b, "bien formé"));
	browse_free(b);
}

static const char head[] = "id,nom,commune,code_insee,pivot,latitude,longitude,adresse,telephone\r\n";

static community_id orme(struct world *w)
{
	community_id id = cast_community(w, "Atelier de l’Orme", "place");
	cast_run(
		w,
		"UPDATE community SET insee = '86194', departement = '86', lat_e5 = 4658012, lon_e5 = 34012, siret = "
		"'73282932000074', address = '12 rue de l’Orme', source = 'study-2018' WHERE id = %lld",
		(long long)id.v);
	return id;
}

static const char *column(struct world *w, community_id id, const char *name)
{
	return cast_text(w, "SELECT COALESCE(%s, '') AS value FROM community WHERE id = %lld", name,
			 (long long)id.v);
}

/* What may be the Orme, by its name and place or by its SIRET, and what may not. */
static pubid cast_doubles(struct world *w, community_id orme)
{
	const char *text = fmt(
		w->c,
		"%sa,Atelier de l'Orme,Poitiers,86194,,46.58020,0.34020,14 rue de l’Orme,05 49 00 00 00\r\n"
		"b,Tout autre nom,Lyon,69123,73282932000074,,,,\r\n"
		"c,Le Préau,Poitiers,86194,,46.58020,0.34020,,\r\n"
		"d,Atelier de l'Orme,Lyon,69123,,45.7,4.8,,\r\n",
		head);
	cast_run(
		w,
		"INSERT INTO field_source (community, field, source, at) VALUES (%lld, 'address', 'steward', 1)",
		(long long)orme.v);
	pubid run = cast_run_of(w, "HINAURA", IMPORT_FORMAT_NATIONAL, text);
	import_work_all(w);
	return run;
}

static const char *row_of(struct world *w, const char *key)
{
	return cast_text(
		w,
		"SELECT pub AS value FROM import_row WHERE id = (SELECT MAX(id) FROM import_row WHERE key = '%s')",
		key);
}

static void decide(struct world *w, struct browse *b, const char *key, const char *decision, int status)
{
	assert_int_equal(browse_post(b, fmt(w->c, "/operator/arrivals/%s", row_of(w, key)), decision),
			 status);
}

static void apply(struct world *w, struct browse *b, pubid run)
{
	assert_int_equal(browse_post(b, fmt(w->c, "/operator/imports/%s/apply", run.s), ""), 303);
	import_work_all(w);
	assert_int_equal(cast_state(w, run), IMPORT_STATE_DONE);
}

static void test_doubles_found(void **state)
{
	struct world *w = *state;
	struct browse *b = operator_of(w);
	cast_towns(w);
	community_id id = orme(w);
	cast_doubles(w, id);
	assert_int_equal(
		cast_number(w,
			    "SELECT COUNT(*) AS value FROM import_row WHERE outcome = 'double' AND key IN "
			    "('a', 'b') AND decision = 'wait' AND community = %lld",
			    (long long)id.v),
		2);
	assert_int_equal(
		cast_number(
			w,
			"SELECT COUNT(*) AS value FROM import_row WHERE outcome = 'new' AND key IN ('c', 'd')"),
		2);
	assert_int_equal(browse_get(b, fmt(w->c, "/operator/arrivals/%s", row_of(w, "a"))), 200);
	assert_true(browse_has(b, "name=\"t_address\""));
	assert_true(browse_has(b, "12 rue de l’Orme"));
	browse_free(b);
}

/* Merged without ticking: what its steward has said stays, what nobody had said is added. */
static void test_doubles_merged(void **state)
{
	struct world *w = *state;
	struct browse *b = operator_of(w);
	cast_towns(w);
	community_id id = orme(w);
	pubid run = cast_doubles(w, id);
	decide(w, b, "a", "decision=merge", 303);
	apply(w, b, run);
	assert_string_equal(column(w, id, "address"), "12 rue de l’Orme");
	assert_string_equal(column(w, id, "phone"), "05 49 00 00 00");
	assert_int_equal(communities(w), 3);
	assert_int_equal(
		cast_number(w,
			    "SELECT COUNT(*) AS value FROM field_source WHERE community = %lld AND source = "
			    "'HINAURA' AND field = 'address' AND said = '14 rue de l’Orme'",
			    (long long)id.v),
		1);
	assert_int_equal(
		cast_number(w, "SELECT COUNT(*) AS value FROM audit WHERE action = 'community.merge'"), 1);
	browse_get(b, fmt(w->c, "/operator/imports/%s", run.s));
	assert_true(browse_has(b, "Un doublon possible attend"));

	/* The one that waited is decided later; a row is written once. */
	assert_int_equal(browse_post(b, fmt(w->c, "/operator/imports/%s/decide", run.s),
				     "outcome=double&decision=create"),
			 303);
	apply(w, b, run);
	assert_int_equal(communities(w), 4);
	assert_int_equal(browse_post(b, fmt(w->c, "/operator/imports/%s/stop", run.s), ""), 409);
	browse_free(b);
}

/* Known by its source from now on; ticked, the steward's word is replaced. */
static void test_doubles_known(void **state)
{
	struct world *w = *state;
	struct browse *b = operator_of(w);
	cast_towns(w);
	community_id id = orme(w);
	pubid run = cast_doubles(w, id);
	decide(w, b, "a", "decision=merge", 303);
	apply(w, b, run);
	run = cast_run_of(w, "HINAURA", IMPORT_FORMAT_NATIONAL,
			  fmt(w->c,
			      "%sa,Atelier de l'Orme,Poitiers,86194,,46.58020,0.34020,14 rue de l’Orme,\r\n",
			      head));
	import_work_all(w);
	decide(w, b, "a", "decision=create", 422);
	decide(w, b, "a", "decision=merge&t_address=1", 303);
	apply(w, b, run);
	assert_string_equal(column(w, id, "address"), "14 rue de l’Orme");
	browse_free(b);
}

/* A page that its steward confirmed is hers whole; one that a source brought is not. */
static void test_held(void **state)
{
	struct world *w = *state;
	cast_towns(w);
	assert_int_equal(cast_import(w, "HINAURA", IMPORT_FORMAT_NATIONAL,
				     fmt(w->c, "%sa,Le Lavoir,Poitiers,86194,,,,1 rue A,\r\n", head), NULL),
			 OK);
	community_id id = { cast_number(w, "SELECT id AS value FROM community") };
	assert_int_equal(cast_import(w, "HINAURA", IMPORT_FORMAT_NATIONAL,
				     fmt(w->c, "%sa,Le Lavoir,Poitiers,86194,,,,2 rue A,\r\n", head), NULL),
			 OK);
	assert_string_equal(column(w, id, "address"), "2 rue A");
	cast_run(w, "UPDATE community SET confirmed_at = 5");
	assert_int_equal(
		cast_import(w, "HINAURA", IMPORT_FORMAT_NATIONAL,
			    fmt(w->c, "%sa,Le Lavoir,Poitiers,86194,,,,3 rue A,05 49 00 00 00\r\n", head),
			    NULL),
		OK);
	assert_string_equal(column(w, id, "address"), "2 rue A");
	assert_string_equal(column(w, id, "phone"), "05 49 00 00 00");
}

static void test_web(void **state)
{
	struct world *w = *state;
	struct browse *b = operator_of(w), *other = browse_new(w);
	cast_towns(w);
	browse_sign_in(other, cast_person(w, "Inès", "ines@example.org"));
	assert_int_equal(browse_get(other, "/operator/imports"), 404);
	assert_int_equal(browse_get(b, "/operator/imports"), 200);
	/* id,nom / a,Un / ,Deux */
	assert_int_equal(
		browse_api(
			b, HTTP_POST, "/operator/imports",
			"{\"source\":\"essai\",\"format\":\"national\",\"file\":\"aWQsbm9tCmEsVW4KLERldXgK\"}"),
		201);
	import_work_all(w);
	const char *run = cast_text(w, "SELECT pub AS value FROM import_run");
	assert_int_equal(browse_api(b, HTTP_GET, fmt(w->c, "/operator/imports/%s", run), NULL), 200);
	assert_true(browse_has(b, "\"state\":\"ready\""));
	assert_true(browse_has(b, "\"refused\":1"));
	assert_true(browse_has(b, "\"todo\":1"));
	assert_int_equal(browse_get(b, fmt(w->c, "/operator/imports/%s?outcome=bad", run)), 200);
	assert_true(browse_has(b, "<code>id</code>"));
	assert_int_equal(browse_get(b, fmt(w->c, "/operator/imports/%s/rows.csv", run)), 200);
	assert_true(browse_has(b, "Deux"));
	assert_int_equal(browse_api(b, HTTP_POST, "/operator/imports",
				    "{\"source\":\"a<b\",\"format\":\"national\",\"file\":\"aWQsbm9tCg==\"}"),
			 422);
	browse_free(b);
	browse_free(other);
}

static int64_t letters(struct world *w, const char *kind, const char *to)
{
	return cast_number(w, "SELECT COUNT(*) AS value FROM mail WHERE kind = '%s' AND to_address = '%s'",
			   kind, to);
}

/* Taken: the new place is declared of the network, and neither side has said so yet. */
static void offered_done(struct world *w, struct browse *b, struct browse *lucie, const char *run)
{
	assert_int_equal(browse_post(b, fmt(w->c, "/operator/imports/%s/apply", run), ""), 303);
	import_work_all(w);
	assert_int_equal(communities(w), 2);
	assert_int_equal(
		cast_number(
			w,
			"SELECT COUNT(*) AS value FROM link l JOIN community n ON n.id = l.to_community "
			"WHERE n.name = 'La Toile' AND l.kind = 'member_of' AND l.from_confirmed_at IS NULL "
			"AND l.to_confirmed_at IS NULL AND l.ended IS NULL"),
		1);
	assert_int_equal(letters(w, "import.done", "lucie@example.org"), 1);
	assert_int_equal(browse_get(b, fmt(w->c, "/operator/imports/%s?state=written&decision=create", run)),
			 200);
	assert_true(browse_has(b, "/operator/arrivals/"));
	assert_int_equal(browse_get(b, fmt(w->c, "/operator/imports/%s?state=waiting", run)), 200);
	assert_false(browse_has(b, "/operator/arrivals/"));
	assert_int_equal(browse_get(lucie, "/imports.csv?sort=source&state=done"), 200);
	assert_true(browse_has(lucie, "Toile;"));
}

/* Refused: not without a reason, which she reads. */
static void offered_refused(struct world *w, struct browse *b, struct browse *lucie)
{
	const char *run = cast_text(w, "SELECT pub AS value FROM import_run ORDER BY id DESC LIMIT 1");
	const char *stop = fmt(w->c, "/operator/imports/%s/stop", run);
	assert_int_equal(browse_post(b, stop, ""), 422);
	assert_int_equal(browse_post(b, stop, "reason=Les+adresses+manquent"), 303);
	assert_int_equal(letters(w, "import.refused", "lucie@example.org"), 1);
	assert_int_equal(browse_get(lucie, "/imports"), 200);
	assert_true(browse_has(lucie, "<span>refusé</span>"));
	assert_int_equal(browse_get(lucie, "/imports?state=stopped"), 200);
	assert_true(browse_has(lucie, "Les adresses manquent"));
	assert_int_equal(browse_post(lucie, "/imports",
				     "source=Carnet&format=sheet&file=bm9tO3ZpbGxlClVuO1BvaXRpZXJzCg=="),
			 303);
	assert_int_equal(browse_get(lucie, "/imports"), 200);
	assert_true(browse_has(lucie, "Tableaux dont l’opérateur"));
	const char *sheet = cast_text(w, "SELECT pub AS value FROM import_sheet");
	assert_int_equal(browse_get(b, fmt(w->c, "/operator/sheets/%s", sheet)), 200);
	assert_int_equal(browse_post(b, fmt(w->c, "/operator/sheets/%s/drop", sheet), ""), 422);
	assert_int_equal(browse_post(b, fmt(w->c, "/operator/sheets/%s/drop", sheet), "reason=Déjà+reçu"),
			 303);
	assert_int_equal(letters(w, "import.refused", "lucie@example.org"), 2);
	assert_int_equal(browse_get(lucie, "/imports?q=carnet"), 200);
	assert_true(browse_has(lucie, "Déjà reçu"));
}

static instant still(const struct app *app)
{
	(void)app;
	return (instant){ WORLD_NOW };
}

/* The next in the row begins as the one before ends, however that ends: no tick of the clock is waited for. */
static void test_next_begins(void **state)
{
	struct world *w = *state;
	static const struct job_def job = { "imports", 600, true, imports_work };
	cast_towns(w);
	pubid bad = cast_run_of(w, "Un", IMPORT_FORMAT_NATIONAL, "ceci n’est pas une table"),
	      good = cast_run_of(w, "Deux", IMPORT_FORMAT_NATIONAL, cast_national(w, 3));
	w->app.clock = still;
	struct jobs *j = w->app.jobs = jobs_start(&w->app, &job, 1);
	for (int i = 0; i < 2000 && cast_state(w, good) != IMPORT_STATE_READY; i++)
		usleep(10000);
	w->app.jobs = NULL;
	jobs_stop(j);
	assert_int_equal(cast_state(w, bad), IMPORT_STATE_FAILED);
	assert_int_equal(cast_state(w, good), IMPORT_STATE_READY);
}

/* A coordinator offers a file for her network; an operator decides it. */
static void test_offered(void **state)
{
	struct world *w = *state;
	struct browse *b = operator_of(w), *lucie = browse_new(w), *malo = browse_new(w);
	cast_towns(w);
	community_id net = cast_community(w, "La Toile", "network");
	person_id p = cast_person(w, "Lucie", "lucie@example.org"),
		  q = cast_person(w, "Malo", "m@example.org");
	membership_id coordinates = cast_member(w, p, net, "staff", ROLE_COORDINATOR),
		      belongs = cast_member(w, q, net, "staff", ROLE_MEMBER);
	browse_sign_in(lucie, p);
	browse_act_as(lucie, coordinates);
	browse_sign_in(malo, q);
	browse_act_as(malo, belongs);
	assert_int_equal(browse_get(malo, "/imports"), 403);
	assert_int_equal(browse_get(malo, "/data"), 200);
	assert_false(browse_has(malo, "href=\"/imports\""));
	assert_int_equal(browse_get(lucie, "/data"), 200);
	assert_true(browse_has(lucie, "href=\"/imports\""));
	assert_int_equal(browse_get(lucie, "/imports"), 200);
	static const char file[] = "source=Toile&format=national&file=aWQsbm9tCmEsVW4K";
	assert_int_equal(browse_post(malo, "/imports", file), 403);
	assert_int_equal(browse_post(lucie, "/imports", "source=&format=national"), 422);
	assert_int_equal(browse_post(lucie, "/imports", file), 303);
	assert_int_equal(letters(w, "import.waits", "camille@example.org"), 1);
	import_work_all(w);
	assert_int_equal(browse_get(lucie, "/imports"), 200);
	assert_true(browse_has(lucie, "attend l’opérateur"));
	const char *run = cast_text(w, "SELECT pub AS value FROM import_run");
	assert_int_equal(browse_get(lucie, fmt(w->c, "/operator/imports/%s", run)), 404);
	assert_int_equal(browse_post(lucie, fmt(w->c, "/operator/imports/%s/apply", run), ""), 404);
	assert_int_equal(communities(w), 1);
	assert_int_equal(browse_get(b, "/operator/imports?q=toi&state=ready"), 200);
	assert_true(browse_has(b, "Lucie · La Toile"));
	assert_int_equal(browse_get(b, "/operator/imports.csv?q=toi"), 200);
	assert_true(browse_has(b, ";La Toile;1;"));
	assert_int_equal(browse_get(b, "/operator/imports?q=autre"), 200);
	assert_false(browse_has(b, "La Toile"));
	assert_int_equal(browse_get(b, fmt(w->c, "/operator/imports/%s?q=un", run)), 200);
	assert_true(browse_has(b, "/operator/arrivals/"));
	assert_int_equal(browse_get(b, fmt(w->c, "/operator/imports/%s?q=deux", run)), 200);
	assert_false(browse_has(b, "/operator/arrivals/"));
	offered_done(w, b, lucie, run);
	for (int i = 0; i < 10; i++)
		assert_int_equal(browse_post(lucie, "/imports", file), 303);
	assert_int_equal(browse_post(lucie, "/imports", file), 409);
	assert_int_equal(browse_get(lucie, "/imports"), 200);
	assert_true(browse_has(lucie, "Dix fichiers"));
	offered_refused(w, b, lucie);
	browse_free(b);
	browse_free(lucie);
	browse_free(malo);
}

static void test_likeness(void **state)
{
	struct ctx *c = ((struct world *)*state)->c;
	assert_int_equal(name_likeness(c, "Le Lavoir à idées", "Lavoir à idées"), 1000);
	assert_true(name_likeness(c, "L’Atelier de l’Orme", "Atelier Orme (association)") >= 900);
	assert_true(name_likeness(c, "Cobureau Poitiers", "Le Préau") < 500);
	assert_true(name_likeness(c, "La Minoterie", "La Papeterie") < 700);
	assert_int_equal(name_likeness(c, "", ""), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_many),	   BOTH(test_stop),
		BOTH(test_failing),	   BOTH(test_doubles_found),
		BOTH(test_doubles_merged), BOTH(test_doubles_known),
		BOTH(test_held),	   BOTH(test_web),
		BOTH(test_likeness),	   BOTH(test_offered),
		BOTH(test_next_begins),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
