#include "base/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/civil.h"
#include "base/test_ctx.h"
#include "platform/child.h"
#include "platform/sheet.h"

/* The pages are kept beside the other test output, to be looked at. */
#define FOLDER "build/test-output/paper"

static int setup(void **state)
{
	ctx_setup(state);
	return system("mkdir -p " FOLDER);
}

#define FACT(date, entry, what, who, used, given, left)                                         \
	{                                                                                       \
		.cells = { date, entry, what, used, given, left }, .minor = { NULL, NULL, who } \
	}

static const struct sheet_row quarter[] = {
	{ .cells = { "1{er} juil.", "", "Report du 2{e} trimestre", "", "", "−8" },
	  .strong = true,
	  .shaded = true },
	FACT("2 juil.", "1 163", "Journée, plateau partagé", "Yanis, CAPE", "1", "", "−9"),
	FACT("7 juil.", "1 167", "Demi-journée, plateau partagé", "Maud, CESA", "0,5", "", "−9,5"),
	FACT("10 juil.", "1 170", "Atelier « Premiers devis », 9 présents", "émargé par Malo", "", "4",
	     "−5,5"),
	FACT("16 juil.", "1 174", "Demi-journée, plateau partagé", "Yanis, CAPE", "0,5", "", "−6"),
	FACT("27 août", "1 181", "Journée, plateau partagé", "Sarah, CAPE", "1", "", "−7"),
	FACT("3 sept.", "1 186", "Essai gratuit, non décompté (article 4)", "Inès, CAPE", "0", "", "−7"),
	FACT("8 sept.", "1 190", "Journée, plateau partagé", "Yanis, CAPE", "1", "", "−8"),
	FACT("10 sept.", "1 193", "Journée, atelier bois", "Sarah, CAPE", "1", "", "−9"),
	FACT("15 sept.", "1 198", "Non venu, décompté (article 6)", "Bilal, CAPE", "1", "", "−10"),
	FACT("17 sept.", "1 202", "Atelier « Trouver ses clients », 11 présents", "émargé par Awa", "", "4",
	     "−6"),
	FACT("22 sept.", "1 207", "Journée, plateau partagé", "Hugo, CESA", "1", "", "−7"),
	FACT("24 sept.", "1 211", "Journée, plateau partagé", "Sarah, CAPE", "1", "", "−8"),
	FACT("24 sept.", "1 212", "Extourne de 1 198, absence justifiée", "admise par le lieu", "−1", "",
	     "−7"),
	FACT("29 sept.", "1 216", "Journée, plateau partagé", "Yanis, CAPE", "1", "", "−8"),
	FACT("30 sept.", "1 219", "Journée, plateau partagé", "Hugo, CESA", "1", "", "−9"),
	{ .cells = { "30 septembre, Consortium doit 9 crédits aux Usines Nouvelles", NULL, NULL, "9", "8",
		     "−9" },
	  .strong = true },
};
#define N_QUARTER (sizeof quarter / sizeof *quarter)

static struct sheet statement(void)
{
	return (struct sheet){
		.language = "fr",
		.created = local_to_utc(day_of(2026, 11, 9), (minute){ 600 }, NULL),
		.brand = "Maillage",
		.head_right = { "CAP Tiers-lieux 2026, La Coopérative Tiers-lieux",
				"Relevé nº T3-CC-UN, arrêté le 9 novembre 2026" },
		.title = "Relevé du 3{e} trimestre 2026",
		.subtitle =
			"Du 1{er} juillet au 30 septembre. 1 jour utilisé = 1 crédit dû ; une demi-journée "
			"d’atelier = 4 crédits rendus.",
		.parties = { { "Consortium Coopérative", "envoie ses entrepreneur·es, Ligugé (86)", SHEET_CAE,
			       "CC" },
			     { "Les Usines Nouvelles", "accueille, Ligugé (86)", SHEET_PLACE, "UN" } },
		.n_parties = 2,
		.columns = { { "Date", 45, SHEET_LEFT, false, false },
			     { "Écriture", 45, SHEET_LEFT, true, false },
			     { "Fait", 0, SHEET_LEFT, false, false },
			     { "Jours\nutilisés", 46, SHEET_RIGHT, false, false },
			     { "Crédits\nrendus", 46, SHEET_RIGHT, false, false },
			     { "Solde", 49, SHEET_RIGHT, false, true } },
		.n_columns = 6,
		.rows = quarter,
		.n_rows = N_QUARTER,
		.boxes = { { .title = "Après compensation",
			     .text = "Une boucle à quatre annule 8 crédits : Consortium doit aux Usines Nouvelles, qui "
				     "doivent à Coop’Alpha, qui doit au Quartier Général, qui doit à Consortium.",
			     .pairs = { { "Solde arrêté", "−9", false },
					{ "Annulé par la boucle", "8", false },
					{ "Reporté au 4{e} trimestre", "−1", true } },
			     .n_pairs = 3 },
			   { .title = "Consortium Coopérative",
			     .state = "À accepter ou contester",
			     .state_text = "avant le 30 novembre 2026, par une personne habilitée" },
			   { .title = "Les Usines Nouvelles",
			     .state = "Accepté",
			     .state_text = "le 17 novembre 2026 à 16 h 12, par Malo, par délégation" } },
		.n_boxes = 3,
		.notes = { { "Vérifier ce relevé :", "maillage.example/v/2b90c4e177af" },
			   { "Écritures 1 163 à 1 219, chaîne vérifiée, empreinte 2b90 c4e1 … 77af", NULL },
			   { "Démonstration, personnes inventées. Fuseau : Europe/Paris.", NULL } },
		.n_notes = 3,
		.qr = "https://maillage.example/v/2b90c4e177af",
		.page = "Page {n} sur {total}",
		.continued = "suite",
	};
}

/* Write the PDF as NAME.pdf, give back what pdftotext reads in it. */
static char *text_of(struct ctx *c, const struct buf *pdf, const char *name)
{
	FILE *f = fopen(fmt(c, FOLDER "/%s.pdf", name), "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(pdf->s, 1, pdf->len, f), pdf->len);
	assert_int_equal(fclose(f), 0);
	FILE *p = popen(fmt(c, "pdftotext -layout -enc UTF-8 " FOLDER "/%s.pdf -", name), "r");
	assert_non_null(p);
	struct buf text;
	buf_init(&text, c->mem, 4096);
	char piece[4096];
	for (size_t n; (n = fread(piece, 1, sizeof piece, p)) > 0;)
		buf_add(&text, piece, n);
	assert_int_equal(pclose(p), 0);
	return text.s;
}

static struct buf draw(struct ctx *c, const struct sheet *s)
{
	struct buf out;
	buf_init(&out, c->mem, 1024);
	assert_int_equal(sheet_draw(c, s, &out), OK);
	assert_memory_equal(out.s, "%PDF-1.", 7);
	return out;
}

static size_t count(const char *text, const char *word)
{
	size_t n = 0;
	for (const char *at = text; (at = strstr(at, word)); at += strlen(word))
		n++;
	return n;
}

#define assert_shows(text, word)                                                 \
	do {                                                                     \
		if (!strstr(text, word))                                         \
			fail_msg("not on paper: \"%s\" in\n%s", (word), (text)); \
	} while (0)

static void everything_given_is_on_the_page(void **state)
{
	struct ctx *c = *state;
	struct sheet s = statement();
	struct buf out = draw(c, &s);
	const char *text = text_of(c, &out, "statement");
	assert_int_equal(count(text, "\f"), 1);
	for (size_t i = 1; i < N_QUARTER; i++)
		for (size_t j = 0; j < s.n_columns; j++)
			if (quarter[i].cells[j])
				assert_shows(text, quarter[i].cells[j]);
	assert_shows(text, "Relevé du 3e trimestre 2026");
	assert_shows(text, "émargé par Malo");
	assert_shows(text, "Consortium Coopérative");
	assert_shows(text, "accueille, Ligugé (86)");
	assert_shows(text, "À accepter ou contester");
	assert_shows(text, "personne habilitée");
	assert_shows(text, "Reporté au 4e trimestre");
	assert_shows(text, "maillage.example/v/2b90c4e177af");
	assert_shows(text, "2b90 c4e1");
	assert_shows(text, "Page 1 sur 1");
	assert_null(strchr(text, '{'));
}

/* ---- long tables ---- */

static struct sheet_row *many_rows(struct ctx *c, size_t n)
{
	struct sheet_row *rows = new_array(c, struct sheet_row, n);
	for (size_t i = 0; i < n; i++)
		rows[i] = (struct sheet_row){ .cells = { "2 juil.", fmt(c, "n%zu.", i),
							 "Journée, plateau partagé", "1", "", "−9" },
					      .minor = { NULL, NULL, "Yanis, CAPE" } };
	rows[n - 1] = (struct sheet_row){ .cells = { "TOTAL des écritures", NULL, NULL, "9", "8", "−9" },
					  .strong = true };
	return rows;
}

/* One page of pdftotext's output, as a string of its own. */
static char *page_of(struct ctx *c, const char *text, size_t page)
{
	while (page--)
		text = strchr(text, '\f') + 1;
	return fmt(c, "%.*s", (int)strcspn(text, "\f"), text);
}

static void a_long_table_goes_on_with_its_head_over_pages(void **state)
{
	struct ctx *c = *state;
	struct sheet s = statement();
	s.rows = many_rows(c, s.n_rows = 200);
	struct buf out = draw(c, &s);
	const char *text = text_of(c, &out, "long");
	size_t pages = count(text, "\f");
	assert_in_range(pages, 5, 9);
	for (size_t i = 0; i + 1 < s.n_rows; i++)
		assert_int_equal(count(text, fmt(c, " n%zu. ", i)), 1);
	for (size_t i = 0; i < pages; i++) {
		const char *page = page_of(c, text, i);
		assert_int_equal(count(page, "Écriture "), 1);
		assert_int_equal(count(page, "utilisés "), 1);
		assert_shows(page, fmt(c, "Page %zu sur %zu", i + 1, pages));
		assert_shows(page, "maillage.example/v/2b90c4e177af");
		assert_shows(page, "CAP Tiers-lieux 2026");
		assert_int_equal(count(page, "trimestre 2026  suite") + count(page, "trimestre 2026 suite"),
				 i > 0);
	}
}

/* Whatever the number of rows, with and without boxes: a head has two rows
 * under it, the totals have two above them. */
static void no_page_breaks_badly(void **state)
{
	struct ctx *c = *state;
	for (size_t n = 3; n < 40; n += n < 15 ? 6 : 1) {
		struct sheet s = statement();
		s.rows = many_rows(c, s.n_rows = n);
		s.n_boxes = n % 2 ? 3 : 0;
		struct buf out = draw(c, &s);
		const char *text = text_of(c, &out, "breaks");
		size_t pages = count(text, "\f");
		assert_true(pages <= 2);
		for (size_t i = 0; i < pages; i++) {
			const char *page = page_of(c, text, i);
			size_t rows = count(page, "plateau partagé"), heads = count(page, "Écriture ");
			if (heads && rows < 2)
				fail_msg("%zu rows: page %zu has a head over %zu", n, i + 1, rows);
			if (!heads && rows)
				fail_msg("%zu rows: page %zu has no head", n, i + 1);
			if (strstr(page, "TOTAL") && rows < 2)
				fail_msg("%zu rows: totals under %zu", n, rows);
		}
		assert_int_equal(count(text, "TOTAL"), 1);
		assert_int_equal(count(text, "plateau partagé"), n - 1);
		assert_int_equal(count(text, "Après compensation"), n % 2);
	}
}

static void names_wrap_and_hostile_text_stays_text(void **state)
{
	struct ctx *c = *state;
	struct sheet s = statement();
	struct sheet_row rows[] = {
		{ .cells = { "2 juil.", "1",
			     "Formation longue à deux voix sur la comptabilité analytique des activités "
			     "multiples dans une coopérative, deuxième partie, salle du FOND",
			     "1", "", "1" },
		  .minor = { NULL, NULL, "Marie-Françoise de la Tour du Pin-Chambly, CESA" } },
		{ .cells = { "3 juil.", "2", "</td><script>alert(1)</script> & \\ {x} {er} 100 % %s", "1", "",
			     "2" } },
		{ .cells = { "4 juil.", "3",
			     "a\x01"
			     "b\xff"
			     "c\nligne",
			     "1", "", "123 456 789 012 345 678" } },
		{ .cells = { "5 juil.", "4",
			     "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsfest"
			     "aufeinemeinzigenwortFIN",
			     "1", "", "−9" } },
		{ .cells = { "6 juil.", "5", "Łukasz Đorđević, Şahin Ğ, Ωμέγα, 日本", "1", "", "−9" } },
	};
	s.rows = rows;
	s.n_rows = 5;
	s.title =
		"Relevé du 1{er} janvier au 31 décembre 2026 de la coopérative des artisans et artistes du Poitou";
	s.parties[0].name =
		"Coopérative d’activités et d’emploi des métiers du bâtiment et de l’artisanat d’art de "
		"Nouvelle-Aquitaine";
	s.parties[1].line =
		"accueille dans son plateau partagé, sa salle du Clain et son atelier bois, Ligugé (86)";
	s.parties[1].kind = SHEET_NETWORK;
	s.parties[1].initials = "WMWM";
	s.boxes[1].state_text = s.rows[0].cells[2];
	struct buf out = draw(c, &s);
	const char *text = text_of(c, &out, "hostile");
	assert_int_equal(count(text, "\f"), 1);
	assert_int_equal(count(text, "FOND"), 2);
	assert_shows(text, "Tour du Pin-Chambly");
	assert_shows(text, "</td><script>alert(1)</script> & \\ {x} {er} 100 % %s");
	assert_shows(text, "FIN");
	assert_shows(text, "Łukasz Đorđević, Şahin Ğ");
	assert_shows(text, "Nouvelle-Aquitaine");
	assert_shows(text, "artisans et artistes du");
}

/* So much above it, and rows so high, that one alone would stand under the
 * first head: the table begins on the next page. */
static void a_table_of_high_rows_does_not_begin_with_one(void **state)
{
	struct ctx *c = *state;
	struct sheet s = statement();
	char words[4000];
	for (size_t i = 0; i + 1 < sizeof words; i++)
		words[i] = i % 6 == 5 ? ' ' : 'm';
	words[sizeof words - 1] = 0;
	struct sheet_row rows[4];
	for (size_t i = 0; i < 4; i++)
		rows[i] = (struct sheet_row){ .cells = { "2 juil.", fmt(c, "n%zu.", i), words, "1", "",
							 "−9" } };
	s.rows = rows;
	s.n_rows = 4;
	s.n_boxes = 0;
	s.title = s.subtitle = s.parties[0].name = s.parties[0].line = words;
	struct buf out = draw(c, &s);
	const char *text = text_of(c, &out, "high");
	assert_int_equal(count(text, "\f"), 2);
	assert_int_equal(count(page_of(c, text, 0), "Écriture "), 0);
	assert_int_equal(count(page_of(c, text, 1), "Écriture "), 1);
	for (size_t i = 0; i < 4; i++)
		assert_shows(page_of(c, text, 1), fmt(c, " n%zu. ", i));
}

static void a_statement_without_entries_says_so(void **state)
{
	struct ctx *c = *state;
	struct sheet s = statement();
	s.n_rows = s.n_boxes = s.n_parties = 0;
	s.qr = s.subtitle = NULL;
	s.empty = "Aucune écriture pendant la période.";
	struct buf out = draw(c, &s);
	const char *text = text_of(c, &out, "empty");
	assert_shows(text, "Aucune écriture pendant la période.");
	assert_shows(text, "Page 1 sur 1");
}

static void too_much_is_refused(void **state)
{
	struct ctx *c = *state;
	struct sheet s = statement();
	struct buf out;
	buf_init(&out, c->mem, 64);
	char qr[4000];
	memset(qr, 'x', sizeof qr);
	qr[sizeof qr - 1] = 0;
	s.qr = qr;
	assert_int_equal(sheet_draw(c, &s, &out), E_INVALID);
	s = statement();
	s.n_rows = SHEET_ROWS + 1;
	assert_int_equal(sheet_draw(c, &s, &out), E_TOO_LARGE);
	assert_int_equal(sheet_pdf(c, &s, &out), E_TOO_LARGE);
}

/* ---- the same bytes, here and in the child ---- */

static void the_same_statement_gives_the_same_bytes(void **state)
{
	struct ctx *c = *state;
	struct sheet s = statement();
	struct buf a = draw(c, &s);
	s.title = "Autre";
	draw(c, &s);
	s = statement();
	struct buf b = draw(c, &s);
	assert_int_equal(a.len, b.len);
	assert_memory_equal(a.s, b.s, a.len);
	s.created.v += 1;
	b = draw(c, &s);
	assert_true(a.len != b.len || memcmp(a.s, b.s, a.len) != 0);
}

static void a_sheet_goes_through_json_unchanged(void **state)
{
	struct ctx *c = *state;
	struct sheet s = statement(), back;
	struct buf json, again;
	buf_init(&json, c->mem, 64);
	buf_init(&again, c->mem, 64);
	sheet_json(&s, &json);
	assert_int_equal(sheet_read(c, json.s, json.len, &back), OK);
	sheet_json(&back, &again);
	assert_string_equal(json.s, again.s);
	assert_int_equal(back.n_rows, N_QUARTER);
	assert_null(back.rows[1].minor[0]);
	assert_string_equal(back.rows[0].cells[1], "");
	assert_null(back.rows[N_QUARTER - 1].cells[1]);
	assert_true(back.columns[5].strong);
	assert_int_equal(back.parties[1].kind, SHEET_PLACE);
	assert_int_equal(back.created.v, s.created.v);
}

static void what_is_no_sheet_is_refused(void **state)
{
	struct ctx *c = *state;
	struct sheet s = statement(), back;
	struct buf json;
	buf_init(&json, c->mem, 64);
	sheet_json(&s, &json);
	for (size_t len = 0; len < json.len; len += 97)
		assert_int_equal(sheet_read(c, json.s, len, &back), E_INVALID);
	const char *const others[] = { "[]", "{}", "null", "{\"language\":1}" };
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(sheet_read(c, others[i], strlen(others[i]), &back), E_INVALID);
	const char *const changes[][2] = { { "\"strong\":true", "\"strong\":1" },
					   { "\"width_pt\":45", "\"width_pt\":\"45\"" },
					   { "\"columns\":[", "\"columns\":[1," },
					   { "\"cells\":[", "\"cells\":[\"a\"," } };
	for (size_t i = 0; i < 4; i++) {
		char *at = strstr(json.s, changes[i][0]);
		assert_non_null(at);
		char *other = fmt(c, "%.*s%s%s", (int)(at - json.s), json.s, changes[i][1],
				  at + strlen(changes[i][0]));
		assert_int_equal(sheet_read(c, other, strlen(other), &back), E_INVALID);
	}
}

/* Through the real program, as the server does it. */
static void the_program_draws_the_same_in_its_child(void **state)
{
	struct ctx *c = *state;
	const char *program = getenv("MAILLAGE_TEST_PROGRAM");
	if (!program)
		skip();
	struct sheet s = statement();
	struct buf here = draw(c, &s), there;
	buf_init(&there, c->mem, 64);
	child_enable(program);
	rc code = sheet_pdf(c, &s, &there);
	child_enable(NULL);
	assert_int_equal(code, OK);
	assert_int_equal(there.len, here.len);
	assert_memory_equal(there.s, here.s, here.len);
}

static void three_thousand_rows_take_a_bounded_memory(void **state)
{
	struct ctx *c = *state;
	const char *program = getenv("MAILLAGE_TEST_PROGRAM");
	if (!program)
		skip();
	struct sheet s = statement();
	s.rows = many_rows(c, s.n_rows = 3000);
	struct buf out;
	buf_init(&out, c->mem, 64);
	child_enable(program);
	rc code = sheet_pdf(c, &s, &out);
	child_enable(NULL);
	assert_int_equal(code, OK);
	const char *text = text_of(c, &out, "three-thousand");
	assert_int_equal(count(text, "plateau partagé"), 2999);
	assert_in_range(count(text, "\f"), 75, 130);
	struct rusage use;
	assert_int_equal(getrusage(RUSAGE_CHILDREN, &use), 0);
	/* kB; most of it is the sanitizer's, and what a fork of this test counts as its own. */
	assert_true(use.ru_maxrss < 640 * 1024);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(everything_given_is_on_the_page, setup, ctx_teardown),
		cmocka_unit_test_setup_teardown(a_long_table_goes_on_with_its_head_over_pages, setup,
						ctx_teardown),
		cmocka_unit_test_setup_teardown(no_page_breaks_badly, setup, ctx_teardown),
		cmocka_unit_test_setup_teardown(names_wrap_and_hostile_text_stays_text, setup, ctx_teardown),
		cmocka_unit_test_setup_teardown(a_table_of_high_rows_does_not_begin_with_one, setup,
						ctx_teardown),
		cmocka_unit_test_setup_teardown(a_statement_without_entries_says_so, setup, ctx_teardown),
		cmocka_unit_test_setup_teardown(too_much_is_refused, setup, ctx_teardown),
		cmocka_unit_test_setup_teardown(the_same_statement_gives_the_same_bytes, setup, ctx_teardown),
		cmocka_unit_test_setup_teardown(a_sheet_goes_through_json_unchanged, setup, ctx_teardown),
		cmocka_unit_test_setup_teardown(what_is_no_sheet_is_refused, setup, ctx_teardown),
		cmocka_unit_test_setup_teardown(the_program_draws_the_same_in_its_child, setup, ctx_teardown),
		cmocka_unit_test_setup_teardown(three_thousand_rows_take_a_bounded_memory, setup,
						ctx_teardown),
	};
	return cmocka_run_group_tests_name("sheet", tests, NULL, NULL);
}
