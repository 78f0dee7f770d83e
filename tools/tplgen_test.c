/* Templates that tools/tplgen must accept or refuse, and what it makes of them:
 * the C is compiled with functions that print which escaping was asked for. */
#include "base/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char dir[64];
static char said[16384];

static void put(const char *path, const char *text)
{
	char full[256];
	snprintf(full, sizeof full, "%s/%s", dir, path);
	FILE *f = fopen(full, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

/* The exit status; what it printed is in `said`. */
static int run(const char *command, const char *args)
{
	char line[1024];
	snprintf(line, sizeof line, "{ d=%s; %s %s; } 2>&1", dir, command, args);
	FILE *f = popen(line, "r");
	assert_non_null(f);
	said[fread(said, 1, sizeof said - 1, f)] = '\0';
	return WEXITSTATUS(pclose(f));
}

#define TPLGEN "build/tools/tplgen $d/src $d/gen $d/src/domain/people/card.html $d/src/foot.html"

/* The template `card`, with this inside. */
static int tplgen(const char *inside)
{
	char text[4096];
	snprintf(text, sizeof text,
		 "{{use people/card}}\n{{template card struct card v}}\n%s{{end}}\n"
		 "{{template row struct row r}}[{{r.name}}]{{end}}",
		 inside);
	put("src/domain/people/card.html", text);
	return run(TPLGEN, "");
}

static void assert_refused(const char *inside, int line, const char *why)
{
	char at[32];
	snprintf(at, sizeof at, "card.html:%d: ", line + 2);
	assert_int_equal(tplgen(inside), 1);
	if (!strstr(said, at) || !strstr(said, why))
		fail_msg("%s\nwas refused with: %s", inside, said);
}

static const char *model =
	"#include \"base/shape.h\"\n"
	"struct row { const char *name; int64_t n; };\n"
	"struct row_list { struct row *items; size_t n; };\n"
	"struct card { const char *name, *url; int64_t n; int status; bool on; day d; instant at; html story;\n"
	"	struct row best; struct row_list rows, none; };\n"
	"extern const struct enumeration state_words;\n"
	"extern const struct shape state_shape;\n";

/* Prints each value between brackets, named after the function. */
static const char *printer =
	"#include <stdio.h>\n"
	"#include \"people/card_html.h\"\n"
	"const struct enumeration state_words = { 0 };\n"
	"const struct shape state_shape = { .name = \"form\" };\n"
	"void out_lit(struct out *o, const char *s, size_t n) { (void)o; fwrite(s, 1, n, stdout); }\n"
	"void out_text_str(struct out *o, const char *s) { (void)o; printf(\"text(%s)\", s); }\n"
	"void out_text_int(struct out *o, int64_t n) { (void)o; printf(\"int(%ld)\", (long)n); }\n"
	"void out_text_html(struct out *o, html h) { (void)o; printf(\"html(%s)\", h.s); }\n"
	"void out_url_str(struct out *o, const char *s) { (void)o; printf(\"part(%s)\", s); }\n"
	"void out_url_int(struct out *o, int64_t n) { (void)o; printf(\"part(%ld)\", (long)n); }\n"
	"void out_url_whole(struct out *o, const char *s) { (void)o; printf(\"whole(%s)\", s); }\n"
	"void out_icon(struct out *o, const char *s) { (void)o; printf(\"icon(%s)\", s); }\n"
	"void out_csrf(struct out *o) { (void)o; printf(\"csrf\"); }\n"
	"static void args(const struct arg *a, size_t n) {\n"
	"	for (; n; n--, a++) a->kind ? printf(\" %s=%ld\", a->name, (long)a->n)\n"
	"		: printf(\" %s=%s\", a->name, a->text); printf(\")\"); }\n"
	"void out_message(struct out *o, const char *k, const struct arg *a, size_t n)\n"
	"	{ (void)o; printf(\"message(%s\", k); args(a, n); }\n"
	"void out_message_plain(struct out *o, const char *k, const struct arg *a, size_t n)\n"
	"	{ (void)o; printf(\"plain(%s\", k); args(a, n); }\n"
	"struct arg arg_str_(struct out *o, const char *k, const char *v)\n"
	"	{ (void)o; return (struct arg){ .name = k, .kind = ARG_TEXT, .text = v }; }\n"
	"struct arg arg_int_(struct out *o, const char *k, int64_t v)\n"
	"	{ (void)o; return (struct arg){ .name = k, .kind = ARG_INT, .n = v }; }\n"
	"const char *i18n(struct ctx *c, const char *k, const struct arg *a, size_t n)\n"
	"	{ (void)c; (void)a; (void)n; return k; }\n"
	"const char *i18n_word(struct ctx *c, const struct enumeration *e, int i)\n"
	"	{ (void)c; (void)e; return i == 2 ? \"label2\" : \"?\"; }\n"
	"const char *enum_word(const struct enumeration *e, int i) { (void)e; return i == 2 ? \"word2\" : \"?\"; }\n"
	"const char *fmt_day_long(struct ctx *c, day d) { (void)c; (void)d; return \"long\"; }\n"
	"const char *fmt_int(struct ctx *c, int64_t n) { (void)c; (void)n; return \"grouped\"; }\n"
	"const char *fmt_when(struct ctx *c, instant t, const char *z) { (void)c; (void)t; return z; }\n"
	"void ui_thing(struct out *o, const char *a, const char *b, int64_t n, const struct row *r, int k)\n"
	"	{ printf(\"%s thing(%s %s %ld %s %d)\", o->shape->name, a, b, (long)n, r->name, k); }\n"
	"int main(void) {\n"
	"	struct row rows[3] = { { \"a\", 1 }, { \"b\", 2 }, { \"c\", 3 } };\n"
	"	struct card v = { .name = \"N\", .url = \"U\", .n = 3, .status = 2, .on = 1, .d = { 5 },\n"
	"		.story = { \"<p>\" }, .best = { \"best\", 7 }, .rows = { rows, 3 } };\n"
	"	struct out o = { .zone = \"Zone\" };\n"
	"	tpl_card(&o, &v);\n"
	"	return 0; }\n";

static const char *const compiler =
	"${CC:-cc} -std=gnu17 -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes -Wno-missing-prototypes"
	" -Isrc -I$d/gen -I$d -o $d/printer $d/printer.c $d/gen/people/card_html.c $d/gen/foot_html.c"
	" && $d/printer";

/* `inside` is accepted, compiles without a warning and prints `expected`. */
static void assert_prints(const char *inside, const char *expected)
{
	if (tplgen(inside) != 0)
		fail_msg("%s\nwas refused: %s", inside, said);
	assert_int_equal(run(compiler, ""), 0);
	assert_string_equal(said, expected);
}

static int setup(void **state)
{
	(void)state;
	static const char *const folders[] = { "", "/src", "/src/domain", "/src/domain/people", "/people" };
	strcpy(dir, "/tmp/tplgen-XXXXXX");
	if (!mkdtemp(dir))
		return -1;
	for (size_t i = 1; i < sizeof folders / sizeof *folders; i++) {
		char path[128];
		snprintf(path, sizeof path, "%s%s", dir, folders[i]);
		mkdir(path, 0700);
	}
	put("people/card_shape.h", model);
	put("ui_test.h",
	    "void ui_thing(struct out *, const char *, const char *, int64_t, const struct row *, int);\n");
	put("printer.c", printer);
	put("src/foot.html", "{{template foot}}\n<hr>\n{{end}}\n");
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	return run("rm -rf", "$d");
}

static void values_are_escaped_by_their_place(void **state)
{
	(void)state;
	assert_prints("<p title=\"{{v.name}}\">{{v.name}} {{v.n}} {{v.story}}</p>"
		      "<a href=\"{{v.url}}\">x</a><a href='/p/{{v.name}}?n={{v.n}}'>y</a>"
		      "<a href=\"{{v.url}}#{{v.name}}\">z</a>"
		      "<title>{{v.name}}</title><textarea>{{v.name}}</textarea>\n",
		      "<p title=\"text(N)\">text(N) int(3) html(<p>)</p>"
		      "<a href=\"whole(U)\">x</a><a href='/p/part(N)?n=part(3)'>y</a>"
		      "<a href=\"whole(U)#part(N)\">z</a>"
		      "<title>text(N)</title><textarea>text(N)</textarea>\n");
}

static void raw_html_does_not_compile_in_an_attribute(void **state)
{
	(void)state;
	assert_int_equal(tplgen("\n<p title=\"{{v.story}}\"></p>\n"), 0);
	assert_int_not_equal(run(compiler, ""), 0);
	assert_non_null(strstr(said, "card.html:4"));
	assert_int_equal(tplgen("<textarea>{{v.story}}</textarea>"), 0);
	assert_int_not_equal(run(compiler, ""), 0);
	assert_int_equal(tplgen("<p>{{v.nmae}}</p>"), 0);
	assert_int_not_equal(run(compiler, ""), 0);
	assert_int_equal(tplgen("{{#if v.name > 3}}x{{/if}}"), 0);
	assert_int_not_equal(run(compiler, ""), 0);
}

static void words_messages_filters_and_icons(void **state)
{
	(void)state;
	assert_prints(
		"{{t \"k.a\"}} {{t \"k.b\" n=v.n name=v.best.name day=v.d|day_long}}"
		"<i title=\"{{t \"k.c\"}}\">{{v.d | day_long}} {{v.at|when}}</i>"
		"<b class=\"{{code state v.status}}\">{{word state v.status}}</b>{{v.n|int}}{{icon door-open}}{{csrf}}\n",
		"message(k.a) message(k.b n=3 name=best day=long)"
		"<i title=\"plain(k.c)\">text(long) text(Zone)</i>"
		"<b class=\"text(word2)\">text(label2)</b>text(grouped)icon(door-open)csrf\n");
}

static void conditions(void **state)
{
	(void)state;
	assert_prints(
		"{{#if v.on and !v.none.n}}1{{/if}}{{#if v.n == 4 or v.n > 2}}2{{/if}}"
		"{{#if v.n == 4}}no{{#elif v.name == \"N\"}}3{{else}}no{{/if}}"
		"{{#if v.name != \"N\"}}no{{else}}4{{/if}}{{#if v.n <= v.best.n}}5{{/if}}{{#if v.d}}6{{/if}}"
		"{{#if v.n > -1}}7{{/if}}{{#if !v.on}}no{{/if}}",
		"1234567");
}

static void loops(void **state)
{
	(void)state;
	assert_prints(
		"{{#each v.rows as r}}{{#if @first}}<{{! nothing }}ul>{{/if}}{{@index}}{{@number}}{{r.name}}"
		"{{#each v.rows as s}}{{#if s.n < r.n}}.{{/if}}{{/each}}{{#if @last}}</ul>{{/if}}{{else}}no{{/each}}"
		"{{#each v.none as r}}no{{else}}none{{/each}}",
		"<ul>int(0)int(1)text(a)int(1)int(2)text(b).int(2)int(3)text(c)..</ul>none");
}

static void includes_and_components(void **state)
{
	(void)state;
	assert_prints(
		"{{use \"ui_test.h\"}}\n{{form state}}\n{{> row v.best}}\n{{#each v.rows as r}}{{> row r}}{{/each}}{{> foot}}"
		"{{call ui_thing \"a \\\"b\\\"\" t:\"k\" -3 &v.best v.n}}",
		"[text(best)]\n[text(a)][text(b)][text(c)]<hr>\nform thing(a \"b\" k -3 best 3)");
}

static void blanks_are_kept_small_but_where_they_count(void **state)
{
	(void)state;
	assert_prints(
		"\t<p>\n\n\t\t{{#if v.on}}\n\t\t\ta  b\n\t\t{{/if}}\n\t\t{{! gone }}\n\t\t{{v.n}}\n\t</p>\n"
		"<pre>\n  x\n    y</pre>\n  <a\n\ttitle=\"a\n   b\">\n",
		"<p>\na  b\nint(3)\n</p>\n<pre>\n  x\n    y</pre>\n<a\ntitle=\"a\n   b\">\n");
}

static void conditions_inside_tags(void **state)
{
	(void)state;
	assert_prints(
		"<input{{#if v.on}} checked{{/if}} class=\"a{{#if v.on}} b{{/if}}\"{{#if !v.on}} x{{/if}}>"
		"<option {{#if v.on}}selected{{else}}x='{{v.n}}' {{/if}}>"
		"<a href=\"{{#if v.on}}{{v.url}}{{else}}/x/{{v.name}}{{/if}}/{{v.n}}\">",
		"<input checked class=\"a b\"><option selected><a href=\"whole(U)/part(3)\">");
}

static void values_are_refused_where_no_escaping_is_safe(void **state)
{
	(void)state;
	assert_refused("<script src=\"x\">{{v.n}}</script>", 1, "script");
	assert_refused("\n<script>\nlet x = 1</script>", 3, "script");
	assert_refused("<style>p{}</style>", 1, "style");
	assert_refused("<p style=\"color:red\">", 1, "style");
	assert_refused("<p STYLE=\"{{v.name}}\">", 1, "style");
	assert_refused("<p\nonclick=\"x()\">", 2, "handler");
	assert_refused("<p hx-on:click=\"x()\">", 1, "handler");
	assert_refused("<p hx-vals=\"{{v.name}}\">", 1, "safely");
	assert_refused("<iframe srcdoc=\"{{v.name}}\">", 1, "safely");
	assert_refused("<p title={{v.name}}>", 1, "quotes");
	assert_refused("<p title=a{{v.name}}>", 1, "quotes");
	assert_refused("<p {{v.name}}>", 1, "name of");
	assert_refused("<p a{{v.name}}=\"\">", 1, "name of");
	assert_refused("<{{v.name}}>", 1, "name of");
	assert_refused("<p a=\"\"{{t \"x\"}}>", 1, "name of");
	assert_refused("<!-- {{v.name}} -->", 1, "comment");
	assert_refused("<a href=\"{{t \"k\"}}\">", 1, "URL");
	assert_refused("<a href=\"{{#if v.on}}/x{{/if}}{{v.url}}\">", 1, "begins the URL");
	assert_refused("<a href=\"{{#each v.rows as r}}{{r.name}}{{/each}}\">", 1, "begins the URL");
	assert_refused("<p title=\"{{icon x}}\">", 1, "text only");
	assert_refused("<p {{> row v.best}}>", 1, "text only");
}

static void branches_must_end_in_the_same_place(void **state)
{
	(void)state;
	assert_refused("{{#if v.on}}<p title=\"{{/if}}", 1, "different places");
	assert_refused("<p {{#if v.on}}>{{else}}a{{/if}}", 1, "different places");
	assert_refused("<p {{#if v.on}}checked{{/if}}x>", 1, "blank is missing");
	assert_refused("<p {{#if v.on}}checked{{/if}}=\"x\">", 1, "=");
	assert_refused("<p title=\"a\"b>", 1, "blank is missing");
	assert_refused("{{#each v.rows as r}}<p title=\"{{/each}}\">", 1, "round");
	assert_refused("<p {{#each v.rows as r}}data-x{{/each}}>", 1, "round");
	assert_refused("<p title=\"x", 1, "inside a tag");
	assert_refused("{{#if v.on}}\n<b>", 1, "not closed");
	assert_refused("{{/if}}", 1, "nothing that is open");
	assert_refused("{{#if v.on}}{{/each}}", 1, "nothing that is open");
	assert_refused("{{#if v.on}}{{else}}{{else}}{{/if}}", 1, "after else");
}

static void directives_must_make_sense(void **state)
{
	(void)state;
	assert_refused("\n\n{{x.name}}", 3, "x is no variable");
	assert_refused("{{v}}", 1, "whole structure");
	assert_refused("{{v.name | nice}}", 1, "no filter nice");
	assert_refused("{{v.name", 1, "}}");
	assert_refused("{{v.name + 3}}", 1, "not understood");
	assert_refused("{{#if v.on and v.on or v.on}}", 1, "nest");
	assert_refused("{{#if v.name < \"x\"}}", 1, "== and !=");
	assert_refused("{{@index}}", 1, "no loop");
	assert_refused("{{> nothing v.best}}", 1, "no template nothing");
	assert_refused("{{> foot v.best}}", 1, "no model");
	assert_refused("{{> row}}", 1, "needs its model");
	assert_refused("{{#each v.rows as v}}{{/each}}", 1, "taken");
	assert_refused("{{t \"x\" name = v.name}}", 1, "=");
	assert_refused("{{unless v.on}}", 1, "no variable");
	assert_refused("a < b", 1, "&lt;");
	assert_refused("{{end}}\n{{template card}}\n", 2, "exists already");
	assert_refused("{{end}}\nx\n{{template z}}\n", 2, "outside");
}

static void files_that_do_not_change_are_left_alone(void **state)
{
	(void)state;
	assert_int_equal(tplgen("<p>"), 0);
	assert_int_equal(run("touch -d '2001-01-01' $d/gen/people/*;", TPLGEN), 0);
	assert_int_equal(run("find $d/gen -newermt 2002-01-01 -name 'card*'", ""), 0);
	assert_string_equal(said, "");
	assert_int_equal(tplgen("<b>"), 0);
	assert_int_equal(run("find $d/gen -newermt 2002-01-01 -name 'card*'", ""), 0);
	assert_non_null(strstr(said, "card_html.c"));
	assert_null(strstr(said, "card_html.h"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_escaped_by_their_place),
		cmocka_unit_test(raw_html_does_not_compile_in_an_attribute),
		cmocka_unit_test(words_messages_filters_and_icons),
		cmocka_unit_test(conditions),
		cmocka_unit_test(loops),
		cmocka_unit_test(includes_and_components),
		cmocka_unit_test(blanks_are_kept_small_but_where_they_count),
		cmocka_unit_test(conditions_inside_tags),
		cmocka_unit_test(values_are_refused_where_no_escaping_is_safe),
		cmocka_unit_test(branches_must_end_in_the_same_place),
		cmocka_unit_test(directives_must_make_sense),
		cmocka_unit_test(files_that_do_not_change_are_left_alone),
	};
	return cmocka_run_group_tests_name("tplgen", tests, setup, teardown);
}
