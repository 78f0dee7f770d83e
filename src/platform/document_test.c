#include "base/test.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/civil.h"
#include "base/test_ctx.h"
#include "platform/child.h"
#include "platform/document.h"
#include "platform/picture.h"

/* The pages are kept beside the other test output, to be looked at. */
#define FOLDER "build/test-output/paper"

static int setup(void **state)
{
	ctx_setup(state);
	return system("mkdir -p " FOLDER);
}

static struct document report(void)
{
	return (struct document){
		.language = "fr",
		.created = { 1780000000000000 },
		.brand = "Maillage",
		.kind = "État des lieux",
		.title = "Les tiers-lieux coopératifs, France entière",
		.subtitle = "Ce que l’annuaire dit aujourd’hui.",
		.lines = { "24 novembre 2026", "Sources : annuaire, INSEE" },
		.cover = true,
		.contents = "Sommaire",
		.foot = "maillage.example/reports/fr",
		.qr = "https://maillage.example/reports/fr",
		.page = "Page {n} sur {total}",
	};
}

static const char *long_text(struct ctx *c, int words)
{
	struct buf b;
	buf_init(&b, c->mem, 4096);
	for (int i = 0; i < words; i++)
		buf_fmt(&b, "%smot%d", i ? " " : "", i);
	return b.s;
}

static void fill(struct ctx *c, struct document *d, int chapters)
{
	static const struct document_column columns[] = { { "Région", 0, false }, { "Lieux", 60, true } };
	struct document_row *rows = new_array(c, struct document_row, 60);
	for (int i = 0; i < 60; i++)
		rows[i] = (struct document_row){ .cells = { fmt(c, "Région n° %d", i), fmt(c, "%d", i * 7) },
						 .strong = i == 59 };
	for (int i = 1; i <= chapters; i++) {
		document_add(c, d, DOCUMENT_H1, fmt(c, "Chapitre %d", i));
		document_add(c, d, DOCUMENT_LEAD, "Une phrase avant les chiffres.");
		document_add(c, d, DOCUMENT_TEXT, long_text(c, 300));
		document_add(c, d, DOCUMENT_H2, fmt(c, "Par région, %d", i));
		struct document_table t = { columns, 2, rows, 60 };
		document_table(c, d, &t);
	}
}

static struct buf draw(struct ctx *c, const struct document *d)
{
	struct buf out;
	buf_init(&out, c->mem, 1 << 16);
	rc code = document_pdf(c, d, &out);
	assert_int_equal(code, OK);
	return out;
}

static const char *text_of(struct ctx *c, const struct buf *pdf, const char *name)
{
	const char *path = fmt(c, FOLDER "/document-%s.pdf", name);
	FILE *f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(pdf->s, 1, pdf->len, f), pdf->len);
	fclose(f);
	f = popen(fmt(c, "pdftotext -layout %s -", path), "r");
	assert_non_null(f);
	struct buf b;
	char part[4096];
	buf_init(&b, c->mem, 1 << 16);
	for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
		buf_add(&b, part, n);
	assert_int_equal(pclose(f), 0);
	return b.s;
}

static int count(const char *s, const char *what)
{
	int n = 0;
	for (; (s = strstr(s, what)); s += strlen(what))
		n++;
	return n;
}

/* The text of page n, from 1. */
static const char *page_of(struct ctx *c, const char *text, int n)
{
	while (--n > 0)
		text = strchr(text, '\f') + 1;
	return talloc_strndup(c->mem, text, strcspn(text, "\f"));
}

static void contents_tell_the_page_where_a_chapter_is(void **state)
{
	struct ctx *c = *state;
	struct document d = report();
	fill(c, &d, 3);
	struct buf pdf = draw(c, &d);
	const char *text = text_of(c, &pdf, "report");
	const char *contents = page_of(c, text, 2);
	assert_non_null(strstr(page_of(c, text, 1), "France entière"));
	assert_non_null(strstr(contents, "Sommaire"));
	int told = 0;
	for (int i = 1; i <= 3; i++) {
		const char *at = strstr(contents, fmt(c, "Chapitre %d", i));
		assert_non_null(at);
		int page = atoi(at + strlen("Chapitre 1"));
		assert_true(page > 2);
		assert_non_null(strstr(page_of(c, text, page), fmt(c, "Chapitre %d", i)));
		told++;
	}
	assert_int_equal(told, 3);
	int pages = count(text, "\f");
	assert_non_null(strstr(text, fmt(c, "Page %d sur %d", pages, pages)));
}

/* A chapter that is short leaves its page to the next; one never stands alone at a foot. */
static void short_chapters_share_a_page(void **state)
{
	struct ctx *c = *state;
	struct document d = report();
	for (int i = 1; i <= 6; i++) {
		document_add(c, &d, DOCUMENT_H1, fmt(c, "Chapitre %d", i));
		document_add(c, &d, DOCUMENT_LEAD, fmt(c, "Phrase %d.", i));
		document_add(c, &d, DOCUMENT_TEXT, long_text(c, 60));
	}
	struct buf pdf = draw(c, &d);
	const char *text = text_of(c, &pdf, "short");
	assert_non_null(strstr(page_of(c, text, 3), "Chapitre 2"));
	assert_true(count(text, "\f") < 2 + 6);
	for (int i = 1, page = 3; i <= 6; i++) {
		while (!strstr(page_of(c, text, page), fmt(c, "Chapitre %d", i)))
			page++;
		assert_non_null(strstr(page_of(c, text, page), fmt(c, "Phrase %d.", i)));
	}
}

static void nothing_is_lost_where_pages_break(void **state)
{
	struct ctx *c = *state;
	struct document d = report();
	d.cover = false;
	d.contents = NULL;
	document_add(c, &d, DOCUMENT_TEXT, long_text(c, 4000));
	fill(c, &d, 1);
	struct buf pdf = draw(c, &d);
	const char *text = text_of(c, &pdf, "long");
	for (int i = 0; i < 4000; i += 37)
		assert_non_null(strstr(text, fmt(c, "mot%d", i)));
	for (int i = 0; i < 60; i++)
		assert_int_equal(count(text, fmt(c, "Région n° %d ", i)), 1);
	assert_true(count(text, "Lieux") >= 2); /* the head again on the next page */
	assert_true(count(text, "\f") >= 5);
}

static void what_people_wrote_keeps_its_words(void **state)
{
	struct ctx *c = *state;
	struct document d = report();
	d.cover = false;
	d.contents = NULL;
	document_markdown(
		c, &d, "# Enjeux\n\nUn **lieu** [ouvert](https://x.example).\n\n- le premier\n- le second\n");
	document_markdown(c, &d, NULL);
	assert_int_equal(d.n_blocks, 4);
	assert_int_equal(d.blocks[0].kind, DOCUMENT_H3);
	assert_string_equal(d.blocks[1].text, "Un lieu ouvert.");
	assert_int_equal(d.blocks[3].kind, DOCUMENT_ITEM);
	struct buf pdf = draw(c, &d);
	assert_non_null(strstr(text_of(c, &pdf, "markdown"), "le second"));
}

static void a_picture_stands_over_its_caption(void **state)
{
	struct ctx *c = *state;
	struct document d = report();
	struct picture p = { .width = 400, .height = 200, .class = "map", .title = "Carte" };
	picture_mark(c, &p,
		     (struct picture_mark){ .x = 100,
					    .y = 100,
					    .form = PICTURE_CIRCLE,
					    .ink = PICTURE_MARK,
					    .text = "7",
					    .name = "Tours" });
	fill(c, &d, 1);
	document_picture(c, &d, &p, 0, "La carte des lieux");
	struct buf pdf = draw(c, &d);
	assert_non_null(strstr(text_of(c, &pdf, "picture"), "La carte des lieux"));
}

static void what_is_no_document_is_refused(void **state)
{
	struct ctx *c = *state;
	struct document d, whole = report();
	struct buf json, out;
	buf_init(&json, c->mem, 64);
	buf_init(&out, c->mem, 64);
	fill(c, &whole, 1);
	whole.blocks[0].kind = 99;
	document_json(&whole, &json);
	assert_int_equal(document_read(c, "{}", 2, &d), E_INVALID);
	assert_int_equal(document_read(c, json.s, json.len - 1, &d), E_INVALID);
	assert_int_equal(document_read(c, json.s, json.len, &d), OK);
	assert_int_equal(document_draw(c, &d, &out), E_INVALID);
	assert_int_equal(out.len, 0);
}

/* Through the real program, as the server does it. */
static void the_program_draws_the_same_in_its_child(void **state)
{
	struct ctx *c = *state;
	const char *program = getenv("MAILLAGE_TEST_PROGRAM");
	if (!program)
		skip();
	struct document d = report();
	fill(c, &d, 4);
	struct buf here = draw(c, &d), there;
	buf_init(&there, c->mem, 64);
	child_enable(program);
	rc code = document_pdf(c, &d, &there);
	child_enable(NULL);
	assert_int_equal(code, OK);
	assert_int_equal(there.len, here.len);
	assert_memory_equal(there.s, here.s, here.len);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(contents_tell_the_page_where_a_chapter_is, setup,
						ctx_teardown),
		cmocka_unit_test_setup_teardown(short_chapters_share_a_page, setup, ctx_teardown),
		cmocka_unit_test_setup_teardown(nothing_is_lost_where_pages_break, setup, ctx_teardown),
		cmocka_unit_test_setup_teardown(what_people_wrote_keeps_its_words, setup, ctx_teardown),
		cmocka_unit_test_setup_teardown(a_picture_stands_over_its_caption, setup, ctx_teardown),
		cmocka_unit_test_setup_teardown(what_is_no_document_is_refused, setup, ctx_teardown),
		cmocka_unit_test_setup_teardown(the_program_draws_the_same_in_its_child, setup, ctx_teardown),
	};
	return cmocka_run_group_tests_name("document", tests, NULL, NULL);
}
