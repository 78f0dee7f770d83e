/* Spreadsheets of other programs: what their cells say, and what is refused. */
#include "platform/spreadsheet.h"

#include "base/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/test_ctx.h"
#include "packed.h"

static struct ctx c;
static struct spreadsheet book;
TEST_CTX(c)

static octets text(const char *s)
{
	return (octets){ s, strlen(s) };
}

static void reads(octets file)
{
	octets kept;
	c.failure.key = NULL;
	if (spreadsheet_read(&c, file, &book, &kept) != OK)
		fail_msg("%s", c.failure.key);
}

static void refused(octets file, rc code, const char *why)
{
	assert_int_equal(spreadsheet_read(&c, file, &book, NULL), code);
	assert_string_equal(c.failure.key, why);
}

static void row_is(size_t sheet, size_t n, size_t line, const char *cells)
{
	const char *all = "";
	assert_true(sheet < book.n && n < book.sheets[sheet].n);
	const struct csv_row *r = &book.sheets[sheet].rows[n];
	for (size_t i = 0; i < r->n; i++)
		all = fmt(&c, "%s%s%s", all, i ? "|" : "", r->cells[i]);
	assert_string_equal(all, cells);
	assert_int_equal(r->line, line);
}

/* ---- CSV ---- */

static void test_csv(void **state)
{
	(void)state;
	reads(text("Nom|Commune\nLe Lavoir|Tulle\n\nL'Usine|Brive\n"));
	assert_int_equal(book.sheets[0].n, 3);
	row_is(0, 0, 1, "Nom|Commune");
	row_is(0, 2, 4, "L'Usine|Brive");
	reads(text("Nom;Activit\xe9s\nA;caf\xe9\n"));
	row_is(0, 1, 2, "A|café");
	reads((octets){ "\xff\xfeN\0o\0m\0\t\0V\0\n\0\xc9\0\t\0"
			"b\0",
			20 });
	row_is(0, 0, 1, "Nom|V");
	row_is(0, 1, 2, "É|b");
}

/* ---- XLSX ---- */

static void test_xlsx(void **state)
{
	(void)state;
	reads(packed_xlsx(
		&c,
		"<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Nom</t></is></c><c r=\"C1\" t=\"str\"><v>Ville</v></c></row>"
		"<row r=\"4\"><c r=\"A4\" t=\"s\"><v>0</v></c><c r=\"B4\"/><c r=\"C4\" t=\"s\"><v>1</v></c></row>"
		"<row><c t=\"b\"><v>1</v></c><c><v>46.580124000000002</v></c><c><v>7.8945612300017E13</v></c><c t=\"s\"><v>99</v></c></row>",
		"", ""));
	assert_string_equal(book.sheets[0].name, "Feuille 1");
	row_is(0, 0, 1, "Nom||Ville");
	row_is(0, 1, 4, "Le Lavoir||Atelier du Pont");
	row_is(0, 2, 5, "true|46.580124|78945612300017");
}

static void test_xlsx_formats(void **state)
{
	(void)state;
	const char *styles =
		"<styleSheet xmlns=\"m\"><numFmts><numFmt numFmtId=\"164\" formatCode=\"00000\"/>"
		"<numFmt numFmtId=\"165\" formatCode=\"[$-40C]d\\ mmmm\\ yyyy;@\"/>"
		"<numFmt numFmtId=\"166\" formatCode=\"#,##0&quot; m²/jour&quot;\"/>"
		"<numFmt numFmtId=\"167\" formatCode=\"[hh]:mm\"/></numFmts>"
		"<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
		"<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/><xf numFmtId=\"164\"/>"
		"<xf numFmtId=\"165\"/><xf numFmtId=\"166\"/><xf numFmtId=\"167\"/></cellXfs></styleSheet>";
	reads(packed_xlsx(
		&c,
		"<row><c s=\"1\"><v>45992</v></c><c s=\"2\"><v>45992.4375</v></c><c s=\"3\"><v>1000</v></c>"
		"<c s=\"4\"><v>1</v></c><c s=\"5\"><v>120</v></c><c s=\"6\"><v>0.5</v></c><c><v>45992</v></c>"
		"<c s=\"1\"><v>61</v></c></row>",
		"", styles));
	row_is(0, 0, 1, "2025-12-01|2025-12-01 10:30|01000|1900-01-01|120|12:00|45992|1900-03-01");
}

static void test_xlsx_merged(void **state)
{
	(void)state;
	reads(packed_xlsx(
		&c,
		"<row r=\"1\"><c t=\"str\"><v>Corrèze</v></c><c t=\"str\"><v>A</v></c></row>"
		"<row r=\"2\"><c/><c t=\"str\"><v>B</v></c></row><row r=\"3\"><c/><c t=\"str\"><v>C</v></c></row>",
		"<mergeCells><mergeCell ref=\"A1:A2\"/></mergeCells>", ""));
	row_is(0, 1, 2, "Corrèze|B");
	row_is(0, 2, 3, "|C");
}

/* ---- ODS ---- */

#define CELL(s) "<table:table-cell office:value-type=\"string\"><text:p>" s "</text:p></table:table-cell>"

static void test_ods(void **state)
{
	(void)state;
	reads(packed_ods(
		&c,
		"<table:table table:name=\"Lieux\"><table:table-row>" CELL("Nom") CELL("CP") CELL(
			"Ouvert") "<table:table-cell table:number-columns-repeated=\"16381\"/></table:table-row>"
				  "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>"
				  "<table:table-row>" CELL(
					  "Le <text:span>Lavoir</text:span><text:s text:c=\"2\"/>!</text:p><text:p>Tulle") "<table:table-cell office:value-type=\"float\" office:value=\"1000\"><text:p>01000</text:p></table:table-cell>"
															   "<table:table-cell office:value-type=\"date\" office:date-value=\"2024-05-02T00:00:00\"><office:annotation><text:p>non</text:p></office:annotation><text:p>02/05/24</text:p></table:table-cell>"
															   "<table:table-cell office:value-type=\"float\" office:value=\"46.580124\" table:number-columns-repeated=\"2\"><text:p>46,58</text:p></table:table-cell></table:table-row>"
															   "<table:table-row table:number-rows-repeated=\"1048573\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>"
															   "</table:table><table:table table:name=\"Vide\"/>"));
	assert_int_equal(book.n, 1);
	assert_string_equal(book.sheets[0].name, "Lieux");
	row_is(0, 0, 1, "Nom|CP|Ouvert");
	row_is(0, 1, 4, "Le Lavoir  !\nTulle|01000|2024-05-02|46.580124|46.580124");
}

static void test_ods_spans(void **state)
{
	(void)state;
	reads(packed_ods(
		&c,
		"<table:table><table:table-row><table:table-cell office:value-type=\"string\" "
		"table:number-rows-spanned=\"2\"><text:p>Ain</text:p></table:table-cell>" CELL(
			"A") "</table:table-row><table:table-row><table:covered-table-cell/>" CELL("B") "</table:table-row></table:table>"));
	row_is(0, 1, 2, "Ain|B");
}

/* As LibreOffice writes it: a style hides the sheet, before the sheets. */
static void test_ods_hidden(void **state)
{
	(void)state;
	reads(packed_ods(
		&c, "<style:style style:name=\"ta1\" style:family=\"table\"><style:table-properties "
		    "table:display=\"true\"/></style:style><style:style style:name=\"ta2\" "
		    "style:family=\"table\"><style:table-properties table:display=\"false\"/></style:style>"
		    "<table:table table:name=\"Brouillon\" table:style-name=\"ta2\"><table:table-row>" CELL(
			    "Secret") "</table:table-row></table:table><table:table table:name=\"Lieux\" "
				      "table:style-name=\"ta1\"><table:table-row>" CELL(
					      "Nom") "</table:table-row></table:table>"));
	assert_int_equal(book.n, 1);
	assert_string_equal(book.sheets[0].name, "Lieux");
	row_is(0, 0, 1, "Nom");
}

/* ---- what is refused ---- */

static const char *repeated(const char *s, size_t n)
{
	struct buf b;
	buf_init(&b, c.mem, n * strlen(s) + 1);
	while (n--)
		buf_str(&b, s);
	return b.s;
}

static void test_refused(void **state)
{
	(void)state;
	const struct part letter[] = { { "word/document.xml", "<x/>" }, { NULL, NULL } };
	const struct part locked[] = { { "content.xml", "<x/>" }, { NULL, NULL } };
	const struct part manifest[] = { { "content.xml", "no" },
					 { "META-INF/manifest.xml",
					   "<m:manifest xmlns:m=\"m\"><m:encryption-data/></m:manifest>" },
					 { NULL, NULL } };
	const struct part laughs[] = {
		{ "content.xml", "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><x>&b;</x>" },
		{ NULL, NULL }
	};
	refused(text(""), E_INVALID, "csv.empty");
	refused((octets){ "\xff\xfe\0\xd8N", 5 }, E_INVALID, "csv.encoding");
	refused(text("PK\3\4 no more"), E_INVALID, "spreadsheet.broken");
	refused(text("%PDF-1.7"), E_INVALID, "spreadsheet.unknown");
	refused((octets){ "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 BIFF", 13 }, E_INVALID, "spreadsheet.old");
	refused((octets){ "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
			  "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0",
			  8 + 32 },
		E_INVALID, "spreadsheet.encrypted");
	refused(packed(&c, letter, NULL), E_INVALID, "spreadsheet.unknown");
	refused(packed(&c, locked, "secret"), E_INVALID, "spreadsheet.encrypted");
	refused(packed(&c, manifest, NULL), E_INVALID, "spreadsheet.encrypted");
	refused(packed(&c, laughs, NULL), E_INVALID, "spreadsheet.broken");
	refused(packed_xlsx(&c, "<row><c", "", ""), E_INVALID, "spreadsheet.broken");
	refused(packed_xlsx(&c, "", "", ""), E_INVALID, "spreadsheet.empty");
	refused(packed_ods(&c, ""), E_INVALID, "spreadsheet.empty");
	refused(packed_ods(&c, repeated("<a>", 100)), E_INVALID, "spreadsheet.broken");
}

static void test_bounds(void **state)
{
	(void)state;
	refused(packed_xlsx(&c, fmt(&c, "<row>%s</row>", repeated("<c t=\"str\"><v>a</v></c>", 10000)), "",
			    ""),
		E_TOO_LARGE, "spreadsheet.columns");
	refused(packed_ods(&c,
			   "<table:table><table:table-row><table:table-cell office:value-type=\"string\" "
			   "table:number-columns-repeated=\"1000000\"><text:p>a</text:p></table:table-cell>"
			   "</table:table-row></table:table>"),
		E_TOO_LARGE, "spreadsheet.columns");
	refused(packed_ods(&c, "<table:table><table:table-row table:number-rows-repeated=\"1000000\">" CELL(
				       "a") "</table:table-row></table:table>"),
		E_TOO_LARGE, "spreadsheet.rows");
	refused(packed_xlsx(&c, fmt(&c, "<row><c t=\"str\"><v>%s</v></c></row>", repeated("a", 40000)), "",
			    ""),
		E_TOO_LARGE, "spreadsheet.cell");
}

/* Each part is within the bound, both are not: 220 MB in 220 kB. */
static void test_bomb(void **state)
{
	(void)state;
	const size_t n = 110 << 20;
	char *blanks = malloc(n + 1);
	memset(blanks, ' ', n);
	blanks[n] = 0;
	memcpy(blanks, "<a>", 3);
	memcpy(blanks + n - 4, "</a>", 4);
	const struct part bomb[] = { { "META-INF/manifest.xml", blanks },
				     { "content.xml", blanks },
				     { NULL, NULL } };
	octets file = packed(&c, bomb, NULL);
	free(blanks);
	assert_true(file.n < 1000000);
	refused(file, E_TOO_LARGE, "spreadsheet.too_large");
}

/* A number that lies asks for no room. */
static void test_kept(void **state)
{
	(void)state;
	octets kept;
	assert_int_equal(spreadsheet_read(&c, text("a,b\n1,2\n"), &book, &kept), OK);
	char *bad = talloc_memdup(c.mem, kept.s, kept.n);
	for (size_t i = 0; i < kept.n; i++) {
		bad[i] = (char)(bad[i] ^ 0xff);
		rc code = spreadsheet_open(&c, (octets){ bad, kept.n }, &book);
		assert_true(code == OK || code == E_INVALID || code == E_CORRUPT);
		assert_int_not_equal(spreadsheet_open(&c, (octets){ kept.s, i }, &book), OK);
		bad[i] = kept.s[i];
	}
}

static void test_head(void **state)
{
	(void)state;
	reads(text("Tiers-lieux de Corrèze,,,\nMis à jour en mai,,,\nNom,Ville,Adresse,Site\nA,B,,\n"));
	assert_int_equal(spreadsheet_head(&book.sheets[0]), 2);
	assert_int_equal(spreadsheet_width(&book.sheets[0]), 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
		T(test_csv),	T(test_xlsx),	   T(test_xlsx_formats), T(test_xlsx_merged),
		T(test_ods),	T(test_ods_spans), T(test_ods_hidden),	 T(test_refused),
		T(test_bounds), T(test_kept),	   T(test_head),	 T(test_bomb),
#undef T
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
