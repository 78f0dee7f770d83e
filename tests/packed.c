#include "packed.h"

#include "base/test.h"

#include <glib.h>
#include <string.h>
#include <zip.h>

#include "base/buf.h"

static octets taken(struct ctx *c, zip_source_t *source)
{
	zip_stat_t st;
	assert_int_equal(zip_source_stat(source, &st), 0);
	char *out = mem_array(c->mem, 1, st.size + 1, "packed");
	assert_int_equal(zip_source_open(source), 0);
	assert_int_equal(zip_source_read(source, out, st.size), st.size);
	zip_source_close(source);
	zip_source_free(source);
	return (octets){ out, st.size };
}

octets packed(struct ctx *c, const struct part *parts, const char *password)
{
	zip_error_t why;
	zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &why);
	zip_t *z = zip_open_from_source(source, ZIP_TRUNCATE, &why);
	assert_non_null(z);
	zip_source_keep(source);
	for (; parts->name; parts++) {
		zip_source_t *text = zip_source_buffer(z, parts->text, strlen(parts->text), 0);
		zip_int64_t at = zip_file_add(z, parts->name, text, 0);
		assert_true(at >= 0);
		if (password)
			assert_int_equal(
				zip_file_set_encryption(z, (zip_uint64_t)at, ZIP_EM_AES_256, password), 0);
	}
	assert_int_equal(zip_close(z), 0);
	return taken(c, source);
}

#define RELATION  "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELATIONS "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
#define MAIN	  "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""

octets packed_xlsx(struct ctx *c, const char *rows, const char *more, const char *styles)
{
	const struct part parts[] = {
		{ "_rels/.rels", RELATIONS "<Relationship Id=\"rId1\" Type=\"" RELATION
					   "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>" },
		{ "xl/_rels/workbook.xml.rels", RELATIONS
		  "<Relationship Id=\"rId1\" Type=\"" RELATION
		  "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"" RELATION
		  "/styles\" Target=\"styles.xml\"/><Relationship Id=\"rId3\" Type=\"" RELATION
		  "/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/></Relationships>" },
		{ "xl/workbook.xml", "<workbook " MAIN " xmlns:r=\"" RELATION
				     "\"><sheets><sheet name=\"Feuille 1\" sheetId=\"1\" r:id=\"rId1\"/>"
				     "</sheets></workbook>" },
		{ "xl/sharedStrings.xml",
		  "<sst " MAIN "><si><t>Le Lavoir</t></si><si><r><t>Atelier </t></r><r><t>du Pont</t></r>"
		  "<rPh><t>x</t></rPh></si></sst>" },
		{ "xl/worksheets/sheet1.xml",
		  fmt(c, "<worksheet " MAIN "><sheetData>%s</sheetData>%s</worksheet>", rows, more) },
		{ "xl/styles.xml", *styles ? styles : "<styleSheet " MAIN "/>" },
		{ NULL, NULL },
	};
	return packed(c, parts, NULL);
}

octets packed_ods(struct ctx *c, const char *tables)
{
	const struct part parts[] = {
		{ "mimetype", "application/vnd.oasis.opendocument.spreadsheet" },
		{ "content.xml",
		  fmt(c,
		      "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\" xmlns:style=\"s\">"
		      "<office:body><office:spreadsheet>%s</office:spreadsheet></office:body></office:document-content>",
		      tables) },
		{ NULL, NULL },
	};
	return packed(c, parts, NULL);
}

octets packed_table(struct ctx *c, const char *table)
{
	struct buf b;
	buf_init(&b, c->mem, 1024);
	while (*table) {
		size_t line = strcspn(table, "\n");
		buf_str(&b, "<row>");
		for (size_t n = 0; n <= line; n++) {
			size_t cell = strcspn(table + n, "|\n");
			buf_str(&b, "<c t=\"inlineStr\"><is><t>");
			buf_html_n(&b, table + n, cell);
			buf_str(&b, "</t></is></c>");
			n += cell;
		}
		buf_str(&b, "</row>");
		table += line + (table[line] != 0);
	}
	return packed_xlsx(c, b.s, "", "");
}

const char *packed_form(struct ctx *c, octets file)
{
	struct buf b;
	char *text = g_base64_encode((const guchar *)file.s, file.n);
	buf_init(&b, c->mem, file.n * 2);
	buf_url(&b, text);
	g_free(text);
	return b.s;
}
