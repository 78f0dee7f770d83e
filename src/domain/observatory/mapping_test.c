/* Tables of somebody's own: what is guessed, corrected, remembered, and read. */
#include "base/test.h"

#include <string.h>

#include "base/buf.h"
#include "import_cast.h"
#include "observatory/mapping.h"
#include "observatory/mapping_values.h"
#include "packed.h"
#include "platform/db.h"
#include "world.h"

static octets text(const char *s)
{
	return (octets){ s, strlen(s) };
}

static struct browse *operator_of(struct world *w)
{
	struct browse *b = browse_new(w);
	person_id p = cast_person(w, "Camille", "camille@example.org");
	cast_run(w, "UPDATE person SET is_operator = TRUE WHERE id = %lld", (long long)p.v);
	browse_sign_in(b, p);
	return b;
}

/* ---- guessing ---- */

struct guess {
	struct spreadsheet book;
	struct mapping m;
};

static rc guess(struct ctx *c, void *arg)
{
	struct guess *g = arg;
	return mapping_guess(c, &g->book, 0, spreadsheet_head(&g->book.sheets[0]), &g->m);
}

static struct guess guess_of(struct world *w, const char *table)
{
	struct guess g;
	assert_int_equal(spreadsheet_read(w->c, text(table), &g.book, NULL), OK);
	assert_int_equal(db_read(w->c, guess, &g), OK);
	return g;
}

static void is_guessed(struct world *w, const char *table, const char *fields)
{
	struct guess g = guess_of(w, table);
	const char *all = "";
	for (size_t i = 0; i < g.m.n; i++) {
		const char *word = mapping_target_word(g.m.columns[i].target);
		int mark = g.m.columns[i].mark;
		all = fmt(w->c, "%s%s%s%s%s", all, i ? " " : "", word ? word : "-", mark > 0 ? ":" : "",
			  mark > 0 ? enum_word(&list_mark_words, mark) : "");
	}
	assert_string_equal(all, fields);
}

static void test_guess(void **state)
{
	struct world *w = *state;
	cast_towns(w);
	is_guessed(w,
		   "Nom du lieu;N° SIRET;Code Postal;Ville;E-mail;Site web;Typologie\nA;;;;;;café, fablab\n",
		   "name siret postal_code city email website study_typologies:comma");
	is_guessed(w, "Name;Street;Town;Opening hours\nA;B;C;D\n", "name address city opening");
	/* By what stands there. */
	is_guessed(w,
		   "Qui;a;b;c;d;e;f;g\n"
		   "X;73282932000074;86000;86194;a@b.fr;www.b.fr;05 49 00 00 00;Mo-Fr 09:00-18:00\n"
		   "Y;732 829 320 00074;86240;86133;c@d.fr;https://d.fr;+33 5 49 00 00 01;Sa 10:00-12:00\n",
		   "- siret postal_code insee email website phone opening");
	is_guessed(w, "Nom;p\nA;46.58, 0.34\nB;\"[46,51 ; 0,32]\"\n", "name lat_lon");
	is_guessed(w, "Nom;p\nA;POINT (0.34 46.58)\n", "name lon_lat");
	is_guessed(w, "Nom;x;y\nA;496343.52;6612328.44\n", "name lambert_x lambert_y");
	is_guessed(w, "Nom;a;b\nA;46.5801;0.3401\n", "name latitude longitude");
	/* Numbers that are nothing of that. */
	is_guessed(w, "Nom;places;prix;jours\nA;12;15,50;5\nB;46;3;2\n", "name - - -");
}

/* ---- reading ---- */

static struct arrivals read_table(struct world *w, const char *table)
{
	struct guess g = guess_of(w, table);
	struct arrivals l;
	arrivals_init(&l, w->c);
	assert_int_equal(mapping_apply(w->c, &g.m, &g.book, 100, &l), OK);
	return l;
}

static void says(const struct arrivals *l, size_t i, int field, const char *what)
{
	assert_true(i < l->n);
	const char *said = l->items[i].said[field];
	assert_string_equal(said ? said : "(nothing)", what ? what : "(nothing)");
}

static void test_values(void **state)
{
	struct world *w = *state;
	struct arrivals l = read_table(
		w,
		"Identifiant;Nom;CP;Tel;Site;Mail;Type;Adresse;Adresse 2;Rue;Date d'ouverture;Equipements\n"
		"7;'=Lavoir;1000;474000000;www.lavoir.fr;a@b.fr|c@d.fr;Café|FabLab|cosmique;1;bis;rue du Pont;02/05/2014;wifi|Cuisine\n"
		";B;01000;;https://b.fr;;;;;;2016-01-01;\n");
	assert_string_equal(l.items[0].key, "7");
	says(&l, 0, ARRIVAL_FIELD_NAME, "=Lavoir");
	says(&l, 0, ARRIVAL_FIELD_POSTAL_CODE, "01000");
	says(&l, 0, ARRIVAL_FIELD_PHONE, "0474000000");
	says(&l, 0, ARRIVAL_FIELD_WEBSITE, "https://www.lavoir.fr");
	says(&l, 0, ARRIVAL_FIELD_EMAIL, "a@b.fr");
	says(&l, 0, ARRIVAL_FIELD_OTHER_EMAILS, "c@d.fr");
	says(&l, 0, ARRIVAL_FIELD_STUDY_TYPOLOGIES, "cafe|fablab|cosmique");
	says(&l, 0, ARRIVAL_FIELD_FEATURES, "wifi|kitchen");
	says(&l, 0, ARRIVAL_FIELD_ADDRESS, "1 rue du Pont");
	says(&l, 0, ARRIVAL_FIELD_COMPLEMENT, "bis");
	says(&l, 0, ARRIVAL_FIELD_YEAR_STARTED, "2014");
	says(&l, 0, ARRIVAL_FIELD_KINDS, "place");
	says(&l, 1, ARRIVAL_FIELD_YEAR_STARTED, "2016");
	says(&l, 1, ARRIVAL_FIELD_ADDRESS, NULL);
	assert_int_equal(l.items[1].line, 3);
}

/* The noughts that a number loses: given back where the code says that it is one. */
static void test_lost_noughts(void **state)
{
	struct world *w = *state;
	struct arrivals l = read_table(w, "Nom;SIRET;Code postal\nA;558003000012;1000\nB;558003000013;\n");
	says(&l, 0, ARRIVAL_FIELD_SIRET, "00558003000012");
	says(&l, 0, ARRIVAL_FIELD_POSTAL_CODE, "01000");
	says(&l, 1, ARRIVAL_FIELD_SIRET, "558003000013");
}

/* The table is on the second sheet, under a title. */
static void test_sheet_chosen(void **state)
{
	struct world *w = *state;
#define ROW(a, b)                                                                               \
	"<table:table-row><table:table-cell office:value-type=\"string\"><text:p>" a            \
	"</text:p></table:table-cell><table:table-cell office:value-type=\"string\"><text:p>" b \
	"</text:p></table:table-cell></table:table-row>"
	(void)cast_keep_sheet(
		w, "Deux feuilles",
		packed_ods(w->c,
			   "<table:table table:name=\"Lisez-moi\">" ROW("Inventaire", "2026") ROW(
				   "Feuilles",
				   "Lieux") "</table:table><table:table table:name=\"Lieux\">" ROW("Nom",
												   "Commune")
				   ROW("A", "Poitiers") "</table:table>"));
#undef ROW
	assert_int_equal(
		cast_number(w,
			    "SELECT COUNT(*) AS value FROM import_sheet WHERE plan LIKE '%%\"sheet\":1,%%'"),
		1);
}

static void test_positions(void **state)
{
	struct world *w = *state;
	struct arrivals l = read_table(w, "Nom;x l93;y l93\nA;496343,52;6612328.44\nB;496343;\nC;;\nD;1;2\n");
	says(&l, 0, ARRIVAL_FIELD_LATITUDE, "46.580120");
	says(&l, 0, ARRIVAL_FIELD_LONGITUDE, "0.340000");
	says(&l, 1, ARRIVAL_FIELD_LATITUDE, NULL);
	assert_int_equal(l.n_problems, 2);
	assert_string_equal(l.problems[0].column, "x l93");
	assert_int_equal(l.problems[0].line, 3);
	assert_true(l.problems[0].left_out);
	assert_int_equal(l.problems[1].line, 5);
	l = read_table(w, "Nom;GPS\nA;46.58, 0.34\nB;ailleurs\n");
	says(&l, 0, ARRIVAL_FIELD_LONGITUDE, "0.340000");
	assert_string_equal(l.problems[0].value, "ailleurs");
}

/* ---- the pages ---- */

static const char *hand_over(struct browse *b, struct world *w, octets file)
{
	assert_int_equal(browse_post(b, "/operator/imports",
				     fmt(w->c, "source=Pays+de+Tulle&licence=&format=sheet&file=%s",
					 packed_form(w->c, file))),
			 303);
	return talloc_strdup(b->mem, browse_location(b));
}

static void test_whole_way(void **state)
{
	struct world *w = *state;
	struct browse *b = operator_of(w);
	cast_towns(w);
	const char *page = hand_over(b, w,
				     packed_table(w->c, "Lieux de la Vienne\nNom|Où|Site|Courriel\n"
							"Le Lavoir|Poitiers|lavoir.example|pas un courriel\n"
							"|Ligugé||\nLa Forge|Ligugé||\n"));
	assert_int_equal(browse_get(b, page), 200);
	assert_true(browse_has(b, "d’après son titre"));
	assert_true(browse_has(b, "pas un courriel"));
	assert_true(browse_has(b, "https://lavoir.example"));
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM import_run"), 0);
	/* Corrected: looked at, then gone on with. */
	const char *form = "sheet=0&head=2&kind=place&c1=name&c2=city&c3=website&c4=email";
	assert_int_equal(browse_post(b, page, form), 303);
	assert_int_equal(browse_get(b, page), 200);
	assert_true(browse_has(b, "86194"));
	assert_int_equal(browse_post(b, page, "sheet=0&head=2&kind=place&c1=city&go=1"), 422);
	assert_int_equal(browse_post(b, page, "sheet=0&head=2&kind=place&c1=nonsense"), 422);
	assert_int_equal(browse_post(b, page, "sheet=3&head=2&kind=place"), 422);
	assert_int_equal(browse_post(b, page, "sheet=0&head=99&kind=place"), 422);
	assert_int_equal(browse_post(b, page, fmt(w->c, "%s&go=1", form)), 303);
	const char *run = talloc_strdup(b->mem, browse_location(b));
	assert_int_equal(browse_get(b, page), 404);
	import_work_all(w);
	assert_int_equal(browse_get(b, run), 200);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM import_row WHERE outcome = 'new'"), 2);
	assert_int_equal(cast_number(w, "SELECT line AS value FROM import_row WHERE outcome = 'bad'"), 4);
	assert_int_equal(browse_post(b, fmt(w->c, "%s/apply", run), ""), 303);
	import_work_all(w);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM community WHERE insee = '86133'"), 1);
	assert_string_equal(
		cast_text(w, "SELECT said AS value FROM field_source WHERE field = 'website' AND source = "
			     "'Pays de Tulle'"),
		"https://lavoir.example");
	browse_free(b);
}

static void test_remembered(void **state)
{
	struct world *w = *state;
	struct browse *b = operator_of(w);
	cast_towns(w);
	const char *page = hand_over(b, w, text("Titre;Secteur;Bourg\nA;x;Poitiers\n"));
	assert_int_equal(browse_post(b, page, "sheet=0&head=1&kind=cae&c1=name&c2=activities&c3=city&go=1"),
			 303);
	import_work_all(w);
	/* Another order, a head that is gone, one that is new. */
	page = hand_over(b, w, text("bourg;Couleur;TITRE\nPoitiers;rouge;B\n"));
	assert_int_equal(browse_get(b, page), 200);
	assert_true(browse_has(b, "comme la dernière fois"));
	assert_true(browse_has(b, "nouveau titre"));
	assert_true(browse_has(b, "Secteur"));
	assert_true(browse_has(b, "<option value=\"cae\" selected>"));
	assert_int_equal(browse_get(b, "/operator/imports"), 200);
	assert_true(browse_has(b, page));
	assert_int_equal(browse_post(b, fmt(w->c, "%s/drop", page), ""), 303);
	assert_int_equal(browse_get(b, page), 404);
	/* Another source knows nothing of it. */
	pubid other = cast_keep_sheet(w, "Autre", text("bourg;Couleur;TITRE\nPoitiers;rouge;B\n"));
	assert_int_equal(browse_get(b, fmt(w->c, "/operator/sheets/%s", other.s)), 200);
	assert_false(browse_has(b, "comme la dernière fois"));
	browse_free(b);
}

/* ---- what may come ---- */

static void refused(struct browse *b, struct world *w, octets file, const char *why)
{
	int status = browse_post(b, "/operator/imports",
				 fmt(w->c, "source=x&format=sheet&file=%s", packed_form(w->c, file)));
	assert_true(status == 422 || status == 413);
	assert_true(browse_has(b, why));
}

/* Rows that the table gives no name of their own are known again by what they say. */
static void test_without_identifiers(void **state)
{
	struct world *w = *state;
	struct browse *b = operator_of(w);
	const char *how = "sheet=0&head=1&kind=place&c1=name&c2=postal_code&c3=activities&go=1";
	const char *const files[] = {
		"Nom;CP;Activité\nLe Lavoir;86000;Couture\nLe Séchoir;86240;Bois\nJumeau;86000;Un\nJumeau;86000;Deux\n",
		"Nom;CP;Activité\n;; \nLE LAVOIR;86000;Couture et broderie\nLe Séchoir;86240;Bois\nNeuf;86240;Fer\n",
	};
	cast_towns(w);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(browse_post(b, hand_over(b, w, text(files[i])), how), 303);
		import_work_all(w);
		assert_int_equal(browse_post(b, fmt(w->c, "%s/apply", browse_location(b)), ""), 303);
		import_work_all(w);
	}
	const char *outcomes =
		"SELECT COUNT(*) AS value FROM import_row WHERE run = (SELECT MAX(id) FROM import_run) "
		"AND outcome = '%s'";
	assert_int_equal(cast_number(w, outcomes, "same"), 1);
	assert_int_equal(cast_number(w, outcomes, "change"), 1);
	assert_int_equal(cast_number(w, outcomes, "new"), 1);
	assert_int_equal(cast_number(w, outcomes, "bad"), 0); /* a line of separators is none */
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM community WHERE activities = "
					"'Couture et broderie'"),
			 1);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM community"), 5);
	/* Two that say the same of themselves stay a question. */
	assert_int_equal(browse_post(b, hand_over(b, w, text(files[0])), how), 303);
	import_work_all(w);
	assert_int_equal(cast_number(w, outcomes, "double"), 2);
	assert_int_equal(browse_get(b, browse_location(b)), 200);
	assert_false(browse_has(b, "le lavoir |"));
	browse_free(b);
}

static void test_bad_files(void **state)
{
	struct world *w = *state;
	struct browse *b = operator_of(w);
	refused(b, w, text("PK\3\4"), "abîmé");
	refused(b, w, (octets){ "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 1997", 13 }, "avant 2007");
	refused(b, w, packed_xlsx(w->c, "", "", ""), "aucune ligne");
	refused(b, w, text("a,\"b\nc"), "guillemet");
	struct buf wide;
	buf_init(&wide, w->c->mem, 1 << 16);
	for (int i = 0; i < 10000; i++)
		buf_fmt(&wide, "c%d;", i);
	refused(b, w, (octets){ wide.s, wide.len }, "colonnes");
	assert_int_equal(browse_post(b, "/operator/imports", "source=x&format=sheet"), 422);
	/* Only heads: the page says so, and nothing can be read. */
	const char *page = hand_over(b, w, text("Nom;Ville\n"));
	assert_int_equal(browse_get(b, page), 200);
	assert_true(browse_has(b, "aucun lieu"));
	assert_false(browse_has(b, "name=\"go\""));
	browse_free(b);
}

/* As many columns as a table may have can be chosen. */
static void test_wide(void **state)
{
	struct world *w = *state;
	struct browse *b = operator_of(w);
	struct buf wide;
	buf_init(&wide, w->c->mem, 1 << 12);
	for (int i = 0; i < 256; i++)
		buf_fmt(&wide, i ? ";Colonne %d" : "Nom", i);
	buf_str(&wide, "\nA");
	for (int i = 1; i < 256; i++)
		buf_fmt(&wide, ";mot %d", i);
	const char *page = hand_over(b, w, (octets){ wide.s, wide.len });
	assert_int_equal(browse_get(b, page), 200);
	assert_true(browse_has(b, "Colonne 255"));
	assert_int_equal(browse_post(b, page, "sheet=0&head=1&kind=place&c1=name&c256=story&go=1"), 303);
	import_work_all(w);
	assert_int_equal(
		cast_number(w, "SELECT COUNT(*) AS value FROM import_row WHERE record LIKE '%%mot 255%%'"),
		1);
	browse_free(b);
}

/* What every row says: looked at, remembered with the columns, and never before what a row says itself. */
static void test_fixed(void **state)
{
	struct world *w = *state;
	struct browse *b = operator_of(w);
	cast_towns(w);
	const char *page = hand_over(b, w, text("Nom;Ville\nA;Lyon\nB;\n"));
	const char *form =
		"sheet=0&head=1&kind=place&c1=name&c2=city&x1=city&v1=Poitiers&x2=study_typologies&"
		"v2=Coworking;fablab&x8=said_on&v8=2024-05-01";
	assert_int_equal(browse_post(b, page, "sheet=0&head=1&kind=place&c1=name&x1=siret&v1=1"), 422);
	assert_int_equal(browse_post(b, page, form), 303);
	assert_int_equal(browse_get(b, page), 200);
	assert_true(browse_has(b, "86194"));
	assert_true(browse_has(b, "69123"));
	assert_true(browse_has(b, "value=\"Coworking;fablab\""));
	assert_int_equal(browse_post(b, page, fmt(w->c, "%s&go=1", form)), 303);
	import_work_all(w);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM import_row WHERE record LIKE "
					"'%%coworking%%' AND record LIKE '%%2024-05-01%%'"),
			 2);
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM import_row WHERE record LIKE "
					"'%%69123%%' AND name = 'A'"),
			 1);
	page = hand_over(b, w, text("Ville;Nom\n;C\n"));
	assert_int_equal(browse_get(b, page), 200);
	assert_true(browse_has(b, "value=\"Coworking;fablab\""));
	browse_free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_guess),	 BOTH(test_values),	  BOTH(test_positions),
		BOTH(test_whole_way),	 BOTH(test_remembered),	  BOTH(test_without_identifiers),
		BOTH(test_bad_files),	 BOTH(test_wide),	  BOTH(test_fixed),
		BOTH(test_lost_noughts), BOTH(test_sheet_chosen),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
