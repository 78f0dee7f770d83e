#include "base/test.h"

#include <time.h>

#include "base/test_ctx.h"
#include "platform/markdown.h"

#define assert_renders(text, expected) assert_string_equal(markdown_render(c, text).s, expected)

static void renders_what_people_write(void **state)
{
	struct ctx *c = *state;
	assert_renders(
		"Un *lieu* **ouvert**,\n- a\n- b\n",
		"<p>Un <em>lieu</em> <strong>ouvert</strong>,</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n");
	assert_renders("`a<b>`", "<p><code>a&lt;b&gt;</code></p>\n");
	assert_renders("", "");
	assert_null(markdown_render(c, NULL).s);
}

static void its_words_alone(void **state)
{
	struct ctx *c = *state;
	assert_string_equal(
		markdown_words(c, "# Un *mot*\n\nà\nsuivre `ici` [là](https://x.fr)\n\n- a\n- b\n"),
		"Un mot\nà suivre ici là\na\nb");
	assert_string_equal(markdown_words(c, "<b>a</b> ![vue](x.png)"), "<b>a</b> vue");
	assert_string_equal(markdown_words(c, ""), "");
	assert_null(markdown_words(c, NULL));
}

static void headings_start_below_the_page_s_own(void **state)
{
	struct ctx *c = *state;
	assert_renders("# a\n## b\n#### d\n##### e\n###### f\n",
		       "<h3>a</h3>\n<h4>b</h4>\n<h6>d</h6>\n<h6>e</h6>\n<h6>f</h6>\n");
	assert_renders("a\n===\n", "<h3>a</h3>\n");
}

static void links_lead_to_known_schemes_without_credit(void **state)
{
	struct ctx *c = *state;
	assert_renders(
		"[a *b*](https://x.fr/?a=1&b='\")",
		"<p><a href=\"https://x.fr/?a=1&amp;b=&#39;%22\" rel=\"nofollow noopener\">a <em>b</em></a></p>\n");
	assert_renders(
		"<https://x.fr/é>",
		"<p><a href=\"https://x.fr/%C3%A9\" rel=\"nofollow noopener\">https://x.fr/é</a></p>\n");
	assert_renders("<a@b.fr>", "<p><a href=\"mailto:a@b.fr\" rel=\"nofollow noopener\">a@b.fr</a></p>\n");
	assert_renders("[a][1]\n\n[1]: HTTP://x \"title\"\n",
		       "<p><a href=\"HTTP://x\" rel=\"nofollow noopener\">a</a></p>\n");
}

static void other_links_lose_their_link(void **state)
{
	struct ctx *c = *state;
	static const char *const urls[] = { "javascript:alert(1)",
					    "JAVASCRIPT:alert(1)",
					    "java&#115;cript:alert(1)",
					    "&#x6A;avascript:1",
					    "data:text/html,x",
					    "vbscript:x",
					    "//evil.fr",
					    "/local",
					    "file:///etc/passwd",
					    "https:x",
					    "" };
	for (size_t i = 0; i < sizeof(urls) / sizeof(*urls); i++)
		assert_renders(fmt(c, "[a](%s)", urls[i]), "<p>a</p>\n");
	assert_renders("<javascript:alert(1)>", "<p>javascript:alert(1)</p>\n");
	assert_renders("[a](<\x01javascript:1>)", "<p>a</p>\n");
}

static void pictures_leave_their_description(void **state)
{
	struct ctx *c = *state;
	assert_renders("![le *plateau*](https://x.fr/i.png \"t\")", "<p>le <em>plateau</em></p>\n");
	assert_renders("[![p](https://x/i)](https://y/)",
		       "<p><a href=\"https://y/\" rel=\"nofollow noopener\">p</a></p>\n");
}

static void html_is_shown_as_typed(void **state)
{
	struct ctx *c = *state;
	assert_renders("a <b onclick=\"x()\">c</b>",
		       "<p>a &lt;b onclick=&quot;x()&quot;&gt;c&lt;/b&gt;</p>\n");
	assert_renders("<script>\nalert(1)\n</script>\n",
		       "<p>&lt;script&gt;\nalert(1)\n&lt;/script&gt;\n</p>\n");
	assert_renders("<!-- x --> &lt;i&gt;", "<p>&lt;!-- x --&gt; &amp;lt;i&amp;gt;\n</p>\n");
	assert_renders("``` \"><script>\nx\n```\n",
		       "<pre><code class=\"language-&quot;&gt;&lt;script&gt;\">x\n</code></pre>\n");
}

static void bytes_that_are_no_text_do_no_harm(void **state)
{
	struct ctx *c = *state;
	assert_renders("a\xff\xc3(", "<p>a\ufffd\ufffd(</p>\n");
}

/* Repeats of these took quadratic time in one Markdown program or another. */
static void hostile_texts_end_soon(void **state)
{
	struct ctx *c = *state;
	static const char *const pieces[] = { "![[]()", "[a](b",      "> ",   "*a **a ",  "`a``b```c",
					      "[[]",	"<a href=\"", "- ",   "&",	  "\\",
					      "_a__b ", "<!--",	      "<?",   "[a]: b\n", "a\n  ",
					      "* x\n",	">\n",	      "<!A ", "[x][",	  "![" };
	char *text = talloc_array(c, char, 4 * MARKDOWN_MAX);
	for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++) {
		size_t n = strlen(pieces[i]), len = 0;
		for (; len + n < 2 * MARKDOWN_MAX; len += n)
			memcpy(text + len, pieces[i], n + 1);
		clock_t before = clock();
		assert_non_null(markdown_render(c, text).s);
		double seconds = (double)(clock() - before) / CLOCKS_PER_SEC;
		if (seconds > 2.0) /* under sanitizers; a release build takes a tenth */
			fail_msg("%s takes %.1f s", pieces[i], seconds);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(renders_what_people_write, ctx_setup, ctx_teardown),
		cmocka_unit_test_setup_teardown(its_words_alone, ctx_setup, ctx_teardown),
		cmocka_unit_test_setup_teardown(headings_start_below_the_page_s_own, ctx_setup, ctx_teardown),
		cmocka_unit_test_setup_teardown(links_lead_to_known_schemes_without_credit, ctx_setup,
						ctx_teardown),
		cmocka_unit_test_setup_teardown(other_links_lose_their_link, ctx_setup, ctx_teardown),
		cmocka_unit_test_setup_teardown(pictures_leave_their_description, ctx_setup, ctx_teardown),
		cmocka_unit_test_setup_teardown(html_is_shown_as_typed, ctx_setup, ctx_teardown),
		cmocka_unit_test_setup_teardown(bytes_that_are_no_text_do_no_harm, ctx_setup, ctx_teardown),
		cmocka_unit_test_setup_teardown(hostile_texts_end_soon, ctx_setup, ctx_teardown),
	};
	return cmocka_run_group_tests_name("markdown", tests, NULL, NULL);
}
