#include "base/test.h"

#include "base/civil.h"
#include "platform/messages.h"
#include "platform/out.h"

/* This table takes the place of the one compiled from po/. */
const struct message messages[] = {
	{ "k", { { "*{x}* & {n}", NULL }, { "*{x}* & {n}", NULL } } },
};
const size_t n_messages = 1;

static struct buf text;

static int setup(void **state)
{
	struct out *o = talloc_zero(NULL, struct out);
	o->c = talloc_zero(o, struct ctx);
	o->c->mem = o;
	o->b = &text;
	buf_init(&text, o, 0);
	*state = o;
	return 0;
}

static int teardown(void **state)
{
	talloc_free(*state);
	return 0;
}

static void assert_out(const char *expected)
{
	assert_string_equal(text.s, expected);
	buf_init(&text, text.mem, 0);
}

static void the_type_picks_the_function(void **state)
{
	struct out *o = *state;
	const struct {
		int64_t n;
		bool on;
		const char *s;
		pubid p;
	} row = { -3, true, "<&", { "abc" } };
	OUT_TEXT(o, row.s);
	OUT_TEXT(o, row.n);
	OUT_TEXT(o, row.on);
	OUT_TEXT(o, row.p);
	OUT_TEXT(o, ((html){ "<p>" }));
	OUT_TEXT(o, (html){ NULL });
	OUT_TEXT(o, (char *)NULL);
	OUT_TEXT(o, NONE);
	assert_out("&lt;&amp;-31abc<p>");
	OUT_ATTR(o, (money){ 1400 });
	OUT_ATTR(o, (quantity){ 1500 });
	OUT_ATTR(o, (day){ 0 });
	OUT_ATTR(o, (minute){ 540 });
	assert_out("14,00\u00a0€1,51er janv. 19709\u00a0h");
	o->zone = "Asia/Tokyo";
	OUT_TEXT(o, (instant){ 0 });
	assert_out("1er janv. 1970, 9\u00a0h");
	out_lit(o, "<b>x", 3);
	assert_out("<b>");
}

static void parts_of_urls_are_encoded(void **state)
{
	struct out *o = *state;
	OUT_URL_PART(o, "a/b?c=\u00e9&\"");
	OUT_URL_PART(o, 12);
	OUT_URL_PART(o, (pubid){ "xyz" });
	assert_out("a%2Fb%3Fc%3D%C3%A9%26%2212xyz");
}

static void whole_urls_lead_to_known_schemes_only(void **state)
{
	struct out *o = *state;
	static const char *const good[] = { "https://a.fr/?x=1", "HTTP://a", "mailto:a@b.fr", "/places", "/",
					    "?page=2",		 "#top" };
	static const char *const bad[] = { "javascript:alert(1)", "JaVaScRiPt:1",  " javascript:1",
					   "data:text/html,x",	  "//evil.fr",	   "/\\evil.fr",
					   "/\t/evil.fr",	  "\x01https://a", "https:evil",
					   "vbscript:x",	  "places",	   "",
					   "java\nscript:1" };
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		OUT_URL_WHOLE(o, good[i]);
		assert_out(good[i]);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		OUT_URL_WHOLE(o, bad[i]);
		assert_out("#");
	}
	OUT_URL_WHOLE(o, (const char *)NULL);
	assert_out("#");
	OUT_URL_WHOLE(o, "/a?b=\"&c='");
	assert_out("/a?b=&quot;&amp;c=&#39;");
}

static void messages_in_text_and_in_attributes(void **state)
{
	struct out *o = *state;
	struct arg args[] = { ARG(o, "x", "<i>"), ARG(o, "n", 1204) };
	out_message(o, "k", args, 2);
	assert_out("<strong>&lt;i&gt;</strong> &amp; 1\u202f204");
	out_message_plain(o, "k", args, 2);
	assert_out("&lt;i&gt; &amp; 1\u202f204");
}

static void arguments_of_each_type(void **state)
{
	struct out *o = *state;
	assert_string_equal(ARG(o, "a", (money){ 100 }).text, "1,00\u00a0€");
	assert_string_equal(ARG(o, "a", (quantity){ 500 }).text, "0,5");
	assert_string_equal(ARG(o, "a", day_of(2026, 11, 26)).text, "26 nov. 2026");
	assert_string_equal(ARG(o, "a", (minute){ 60 }).text, "1\u00a0h");
	assert_string_equal(ARG(o, "a", (instant){ 0 }).text, "1er janv. 1970, 1\u00a0h");
	assert_string_equal(ARG(o, "a", (pubid){ "id" }).text, "id");
	assert_string_equal(ARG(o, "a", (const char *)NULL).text, "");
	assert_string_equal(ARG(o, "a", NONE).text, "");
	assert_int_equal(ARG(o, "a", 7).n, 7);
	assert_int_equal(ARG(o, "a", 7).kind, ARG_INT);
}

static void truth_of_each_type(void **state)
{
	(void)state;
	assert_true(TRUTH("x") && TRUTH(1) && TRUTH(-1) && TRUTH((html){ "x" }) && TRUTH((pubid){ "x" }));
	assert_true(TRUTH((day){ 0 }) && TRUTH((minute){ 0 }) && TRUTH((instant){ 0 }) &&
		    TRUTH((money){ 1 }));
	assert_false(TRUTH("") || TRUTH((char *)NULL) || TRUTH(0) || TRUTH(NONE) || TRUTH((html){ "" }));
	assert_false(TRUTH((pubid){ "" }) || TRUTH((day){ NONE }) || TRUTH((money){ 0 }) ||
		     TRUTH((quantity){ NONE }));
	assert_true(same_str("a", "a") && same_str(NULL, ""));
	assert_false(same_str("a", "b") || same_str(NULL, "a"));
}

static void icons_and_hidden_inputs_of_forms(void **state)
{
	struct out *o = *state;
	out_icon(o, "door-open");
	assert_out("<svg class=\"icon\" aria-hidden=\"true\" focusable=\"false\">"
		   "<use href=\"/s/icons.svg#door-open\"/></svg>");
	out_csrf(o);
	assert_null(strstr(text.s, "_csrf"));
	assert_non_null(strstr(text.s, "<input type=\"hidden\" name=\"_idempotency\" value=\""));
	char *first = talloc_strdup(o, text.s);
	buf_init(&text, o, 0);
	out_csrf(o);
	assert_string_not_equal(text.s, first);
	buf_init(&text, o, 0);
	o->csrf = "tok\"en";
	out_csrf(o);
	assert_non_null(strstr(text.s, "<input type=\"hidden\" name=\"_csrf\" value=\"tok&quot;en\">"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_type_picks_the_function, setup, teardown),
		cmocka_unit_test_setup_teardown(parts_of_urls_are_encoded, setup, teardown),
		cmocka_unit_test_setup_teardown(whole_urls_lead_to_known_schemes_only, setup, teardown),
		cmocka_unit_test_setup_teardown(messages_in_text_and_in_attributes, setup, teardown),
		cmocka_unit_test_setup_teardown(arguments_of_each_type, setup, teardown),
		cmocka_unit_test(truth_of_each_type),
		cmocka_unit_test_setup_teardown(icons_and_hidden_inputs_of_forms, setup, teardown),
	};
	return cmocka_run_group_tests_name("out", tests, NULL, NULL);
}
