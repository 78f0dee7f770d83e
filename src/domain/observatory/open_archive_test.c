/* The archive of open data: every file as it is served, with its digest. */
#include "base/test.h"

#include <string.h>
#include <zip.h>

#include "base/hash.h"
#include "browse.h"
#include "import_cast.h"
#include "observatory/open_archive.h"
#include "world.h"

static const char *packed(struct ctx *c, zip_t *zip, const char *name, size_t *n)
{
	zip_stat_t st;
	assert_int_equal(zip_stat(zip, name, 0, &st), 0);
	char *text = new_array(c, char, st.size + 1);
	zip_file_t *f = zip_fopen(zip, name, 0);
	assert_non_null(f);
	assert_int_equal(zip_fread(f, text, st.size), (zip_int64_t)st.size);
	zip_fclose(f);
	text[st.size] = 0;
	*n = st.size;
	return text;
}

static void check_file(struct world *w, zip_t *zip, const char *sums, const char *name)
{
	char hex[65];
	size_t n;
	const char *text = packed(w->c, zip, name, &n);
	assert_string_equal(text, cast_export(w, name));
	hash_hex(hash_sha256(text, n), hex);
	assert_non_null(strstr(sums, fmt(w->c, "%s  %s\n", hex, name)));
}

static void check_zip(struct world *w, octets whole)
{
	zip_error_t why;
	zip_source_t *source = zip_source_buffer_create(whole.s, whole.n, 0, &why);
	zip_t *zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &why);
	size_t n;
	assert_non_null(zip);
	assert_int_equal(zip_get_num_entries(zip, 0), n_open_files + 2);
	const char *sums = packed(w->c, zip, "SHA256SUMS", &n);
	for (size_t i = 0; i < n_open_files; i++)
		check_file(w, zip, sums, open_files[i].name);
	assert_non_null(strstr(packed(w->c, zip, "catalog.jsonld", &n), "dcat:Catalog"));
	zip_discard(zip);
}

static void test_archive(void **state)
{
	struct world *w = *state;
	struct browse *b = browse_new(w);
	char hex[65];
	cast_towns(w);
	assert_int_equal(cast_import(w, "HINAURA", IMPORT_FORMAT_NATIONAL, cast_national(w, 30), NULL), OK);
	assert_int_equal(browse_get(b, OPEN_ARCHIVE), 404);
	assert_int_equal(browse_get(b, "/data"), 200);
	assert_true(browse_has(b, "n’a pas encore été faite"));
	assert_int_equal(open_archive_make(w->c), OK);
	assert_int_equal(open_archive_make(w->c), OK); /* in place of the one before */
	assert_int_equal(cast_number(w, "SELECT COUNT(*) AS value FROM open_archive"), 1);
	assert_int_equal(browse_get(b, OPEN_ARCHIVE), 200);
	assert_string_equal(browse_header(b, "Content-Type"), "application/zip");
	assert_string_equal(browse_header(b, "Access-Control-Allow-Origin"), "*");
	assert_non_null(browse_header(b, "ETag"));
	octets whole = { mem_text(w->c->mem, b->resp.body, b->resp.len), b->resp.len };
	check_zip(w, whole);
	hash_hex(hash_sha256(whole.s, whole.n), hex);
	assert_int_equal(browse_get(b, OPEN_ARCHIVE ".sha256"), 200);
	assert_string_equal(b->body, fmt(w->c, "%s  maillage.zip\n", hex));
	w->c->now.v += 61;
	assert_int_equal(browse_get(b, "/data"), 200);
	assert_true(browse_has(b, hex));
	browse_free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_archive),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
