#include "base/test.h"

#include <stdio.h>

#include "base/decimal.h"
#include "platform/form.h"
#include "platform/messages.h"
#include "platform/ui.h"

/* This table takes the place of the one compiled from po/. */
const struct message messages[] = {
	{ "e.bad", { { "À <revoir>, {limit} au plus", NULL }, { "bad", NULL } } },
	{ "sign_up.email", { { "Adresse", NULL }, { "Address", NULL } } },
	{ "state.on", { { "Ouvert", NULL }, { "Open", NULL } } },
	{ "ui.colon", { { " : ", NULL }, { ": ", NULL } } },
	{ "ui.errors", { { "Un point", "{n} points" }, { "One", "{n}" } } },
	{ "ui.nothing_lost", { { "Rien n'est perdu", NULL }, { "Nothing lost", NULL } } },
	{ "ui.optional", { { "(facultatif)", NULL }, { "(optional)", NULL } } },
	{ "ui.stitches", { { "{now}/{total}", NULL }, { "", NULL } } },
	{ "ui.stitches_after", { { "{now}/{total}>{after}", NULL }, { "", NULL } } },
};
const size_t n_messages = sizeof(messages) / sizeof(*messages);

static const struct field fields[] = {
	{ .name = "email", .type = F_TEXT, .flags = FF_REQUIRED | FF_EMAIL, .min = 3, .max = 80 },
	{ .name = "secret", .type = F_TEXT, .flags = FF_REQUIRED | FF_PASSWORD, .max = 100 },
	{ .name = "count", .type = F_INT, .min = 1, .max = 9 },
	{ .name = "price", .type = F_MONEY, .min = -DECIMAL_MAX, .max = DECIMAL_MAX },
	{ .name = "at", .type = F_MINUTE, .min = 480, .max = 1440 },
	{ .name = "news", .type = F_BOOL },
	{ .name = "state", .type = F_TEXT, .flags = FF_REQUIRED, .max = 10 },
};
static const struct shape sign_up = { .name = "sign_up", .n = 7, .fields = fields };
static const struct shape other = { .name = "other", .n = 7, .fields = fields };

static struct buf text;
static struct form_state sent;
static const char *raw[7];
static struct form_error error;

static int setup(void **state)
{
	struct out *o = talloc_zero(NULL, struct out);
	o->c = talloc_zero(o, struct ctx);
	o->c->mem = o;
	o->b = &text;
	buf_init(&text, o, 0);
	memset(raw, 0, sizeof(raw));
	error = (struct form_error){ .field = "email", .key = "e.bad", .bound = &fields[2], .limit = 9 };
	sent = (struct form_state){ .form = &sign_up, .raw = raw };
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

static void assert_holds(const char *part)
{
	if (!strstr(text.s, part))
		fail_msg("not in it: %s\n%s", part, text.s);
}

static void assert_lacks(const char *part)
{
	if (strstr(text.s, part))
		fail_msg("in it: %s\n%s", part, text.s);
}

static void a_field_of_no_known_form(void **state)
{
	struct out *o = *state;
	ui_field(o, "q", "Où & quand", "", "search", "a\"b");
	assert_out(
		"<div class=\"field\"><label class=\"field-label\" for=\"f-q\">Où &amp; quand</label>"
		"<input class=\"input\" type=\"search\" id=\"f-q\" name=\"q\" value=\"a&quot;b\"></div>\n");
	ui_field(o, "q", "Où", "Ici", "lines", "\n<");
	assert_out(
		"<div class=\"field\"><label class=\"field-label\" for=\"f-q\">Où</label>"
		"<textarea class=\"input\" rows=\"5\" id=\"f-q\" name=\"q\" aria-describedby=\"f-q-hint\">\n\n&lt;"
		"</textarea><p class=\"field-hint\" id=\"f-q-hint\">Ici</p></div>\n");
}

static void bounds_come_from_the_form(void **state)
{
	struct out *o = *state;
	/* A page that does not name its form marks nothing, after an error neither. */
	sent = (struct form_state){ .form = &sign_up };
	o->form = &sent;
	ui_field(o, "count", "C", "", "number", "3");
	assert_lacks("facultatif");
	buf_init(&text, o, 0);
	o->form = NULL;
	o->shape = &sign_up;
	ui_field(o, "email", "E", "", "email", "");
	assert_holds(
		" required autocomplete=\"email\" spellcheck=\"false\" minlength=\"3\" maxlength=\"80\">");
	assert_lacks("facultatif");
	assert_lacks("value");
	buf_init(&text, o, 0);
	ui_field(o, "count", "C", "", "number", "3");
	assert_holds(
		"type=\"number\" id=\"f-count\" name=\"count\" inputmode=\"numeric\" min=\"1\" max=\"9\" value=\"3\"");
	assert_holds("C <span class=\"field-optional\">(facultatif)</span></label>");
	buf_init(&text, o, 0);
	ui_field(o, "price", "P", "", "number", "12,50");
	assert_holds("type=\"text\" id=\"f-price\" name=\"price\" inputmode=\"decimal\"");
	assert_lacks("min=");
	ui_field(o, "at", "A", "", "time", "");
	assert_holds("min=\"08:00\"");
	assert_lacks("max=");
}

static void what_was_typed_is_kept_but_secrets(void **state)
{
	struct out *o = *state;
	o->form = &sent;
	raw[0] = "in<es";
	raw[1] = "hunter2";
	ui_field(o, "email", "E", "", "email", "stored@x.fr");
	assert_holds("value=\"in&lt;es\"");
	ui_field(o, "secret", "S", "", "password", "hunter2");
	ui_field(o, "secret", "S", "", "new-password", "hunter2");
	ui_field(o, "secret", "S", "", "file", "hunter2");
	assert_lacks("hunter2");
	raw[0] = "";
	buf_init(&text, o, 0);
	ui_field(o, "email", "E", "", "email", "stored@x.fr");
	assert_lacks("stored");
	/* another form of the page is not touched */
	o->shape = &other;
	ui_field(o, "email", "E", "", "email", "stored@x.fr");
	assert_holds("value=\"stored@x.fr\"");
}

static void an_error_stands_below_its_field(void **state)
{
	struct out *o = *state;
	o->form = &sent;
	sent.errors = &error;
	sent.n_errors = 1;
	ui_field(o, "email", "E", "H", "email", "");
	assert_holds("<div class=\"field field--error\">");
	assert_holds(" aria-describedby=\"f-email-hint f-email-error\" aria-invalid=\"true\">");
	assert_holds("<p class=\"field-error\" id=\"f-email-error\"><svg class=\"icon\"");
	assert_holds("</svg>À &lt;revoir&gt;, 9 au plus</p></div>\n");
	buf_init(&text, o, 0);
	ui_field(o, "count", "C", "", "number", "");
	assert_lacks("error");
	o->shape = &other;
	ui_field(o, "email", "E", "", "email", "");
	assert_lacks("error");
}

static struct option two[] = { { "a", "Un" }, { "b<", "Deux" } };
static const struct option_list options = { two, 2 };

static void a_list_to_choose_from(void **state)
{
	struct out *o = *state;
	ui_select(o, "s", "S", "", &options, "b<");
	assert_out("<div class=\"field\"><label class=\"field-label\" for=\"f-s\">S</label>"
		   "<select class=\"select\" id=\"f-s\" name=\"s\"><option value=\"a\">Un</option>"
		   "<option value=\"b&lt;\" selected>Deux</option></select></div>\n");
	o->form = &sent;
	raw[6] = "a";
	ui_select(o, "state", "S", "", &options, "b<");
	assert_holds("name=\"state\" required>");
	assert_holds("<option value=\"a\" selected>");
	assert_lacks("&lt;\" selected");
}

static void radio_buttons(void **state)
{
	struct out *o = *state;
	o->form = &sent;
	error.field = "state";
	sent.errors = &error;
	sent.n_errors = 1;
	ui_radio(o, "state", "S", "", &options, "a");
	assert_holds(
		"<fieldset class=\"field field--error\" role=\"radiogroup\" aria-describedby=\"f-state-error\""
		" aria-invalid=\"true\"><legend class=\"field-label\">S</legend><div class=\"choices\">"
		"<label class=\"radio\"><input type=\"radio\" name=\"state\" value=\"a\" id=\"f-state\" required"
		" checked> Un</label>"
		"<label class=\"radio\"><input type=\"radio\" name=\"state\" value=\"b&lt;\" required> Deux</label>"
		"</div><p class=\"field-error\"");
	assert_holds("</p></fieldset>\n");
}

static void boxes_that_were_unticked_stay_so(void **state)
{
	struct out *o = *state;
	ui_check(o, "news", "N", true);
	assert_out("<input type=\"hidden\" name=\"news\" value=\"0\"><label class=\"check\">"
		   "<input type=\"checkbox\" value=\"1\" id=\"f-news\" name=\"news\" checked> N</label>\n");
	o->form = &sent;
	raw[5] = "0";
	ui_check(o, "news", "N", true);
	assert_lacks("checked");
	raw[5] = "1";
	ui_check(o, "news", "N", false);
	assert_holds(" checked>");
}

static void the_summary_leads_to_each_field(void **state)
{
	struct out *o = *state;
	ui_error_summary(o);
	o->form = &sent;
	ui_error_summary(o);
	assert_out("");
	struct form_error errors[] = { error, { .field = "count", .key = "e.bad" }, { .key = "e.bad" } };
	sent.errors = errors;
	sent.n_errors = 3;
	ui_error_summary(o);
	assert_out("<div class=\"errors\" role=\"alert\" tabindex=\"-1\" autofocus><h2>3 points</h2>"
		   "<p>Rien n&#39;est perdu</p><ul>"
		   "<li><a href=\"#f-email\">Adresse : À &lt;revoir&gt;, 9 au plus</a></li>"
		   "<li><a href=\"#f-count\">À &lt;revoir&gt;, {limit} au plus</a></li>"
		   "<li>À &lt;revoir&gt;, {limit} au plus</li></ul></div>\n");
}

/* The label comes after the summary in the page, and stands in it all the same. */
static void the_summary_names_fields_by_their_label(void **state)
{
	struct out *o = *state;
	o->form = &sent;
	struct form_error errors[] = { { .field = "news", .key = "e.bad" },
				       { .field = "count", .key = "e.bad" } };
	sent.errors = errors;
	sent.n_errors = 2;
	ui_error_summary(o);
	ui_field(o, "count", "Combien <", "", "number", "");
	assert_holds("<li><a href=\"#f-count\">Combien &lt; : À &lt;revoir&gt;");
	assert_holds("<li><a href=\"#f-news\">À &lt;revoir&gt;");
	ui_field(o, "news", "Nouvelles", "", "text", "");
	assert_holds("<li><a href=\"#f-news\">Nouvelles : À &lt;revoir&gt;");
	assert_holds("<li><a href=\"#f-count\">Combien &lt; : À &lt;revoir&gt;");
}

/* A field that nobody can see is named in words and leads nowhere. */
static void the_summary_leads_to_what_is_shown(void **state)
{
	struct out *o = *state;
	o->form = &sent;
	struct form_error errors[] = { { .field = "news", .key = "e.bad" },
				       { .field = "count", .key = "e.bad" } };
	sent.errors = errors;
	sent.n_errors = 2;
	ui_error_summary(o);
	ui_field(o, "count", "Combien", "", "number", "");
	ui_settle_summary(o);
	assert_holds("<li>À &lt;revoir&gt;, {limit} au plus</li><li><a href=\"#f-count\">Combien : À");
	assert_holds("</a></li></ul></div>");
}

static void options_of_an_enumeration(void **state)
{
	struct out *o = *state;
	static const char *const words[] = { "on", "off" };
	static const struct enumeration e = { "state", words, 2 };
	struct option_list all = ui_options(o->c, &e);
	assert_int_equal(all.n, 2);
	assert_string_equal(all.items[0].value, "on");
	assert_string_equal(all.items[0].label, "Ouvert");
}

static void badges_and_emblems(void **state)
{
	struct out *o = *state;
	ui_badge(o, "pastel", "", "A<");
	assert_out("<span class=\"badge badge--pastel\"><span>A&lt;</span></span>");
	ui_badge(o, "ocre", "ban", "B");
	assert_holds("#ban\"/></svg><span>B</span></span>");
	buf_init(&text, o, 0);
	ui_emblem(o, 1, "UN");
	assert_out("<span class=\"emblem emblem--place\" aria-hidden=\"true\">UN</span>");
	ui_emblem(o, 5, "<");
	ui_emblem(o, -1, "x");
	assert_out("<span class=\"emblem emblem--other\" aria-hidden=\"true\">&lt;</span>"
		   "<span class=\"emblem emblem--other\" aria-hidden=\"true\">x</span>");
}

static void assert_phone(struct out *o, const char *phone, const char *expected)
{
	buf_init(&text, o, 0);
	ui_phone(o, phone);
	assert_out(expected);
}

static void phones_and_addresses_are_links(void **state)
{
	struct out *o = *state;
	assert_phone(o, "05 49 11 22 33", "<a href=\"tel:0549112233\">05 49 11 22 33</a>");
	assert_phone(o, "+33 (0)5 49 11", "<a href=\"tel:+3354911\">+33 (0)5 49 11</a>");
	assert_phone(o, "(0)5 49 <b>", "<a href=\"tel:0549\">(0)5 49 &lt;b&gt;</a>");
	assert_phone(o, "sonner \"2x\"", "sonner &quot;2x&quot;");
	assert_phone(o, "05 49 11 22 33 / 06 01 02 03 04", "05 49 11 22 33 / 06 01 02 03 04");
	buf_init(&text, o, 0);
	ui_mail(o, "accueil@usines.example");
	assert_out("<a href=\"mailto:accueil@usines.example\">accueil@usines.example</a>");
	buf_init(&text, o, 0);
	ui_mail(o, "a?cc=b@c.example");
	assert_out("a?cc=b@c.example");
}

/* The stitches as one letter each: F full, G gold, P full and gold, H full and
 * hollow, O gold and hollow, h hollow; B a bar. Then what is said. */
static void assert_stitches(struct out *o, int64_t left, int64_t gold, int64_t used, const char *expected)
{
	static const char *const names[] = { "#stitch\"",      "#stitch-gold\"",      "#stitch-gold-half\"",
					     "#stitch-half\"", "#stitch-gold-open\"", "#stitch-hollow\"",
					     "stitches-bar" };
	char seen[64];
	size_t n = 0;
	buf_init(&text, o, 0);
	ui_stitches(o, (quantity){ left }, (quantity){ gold }, (quantity){ used });
	for (const char *s = text.s; *s; s++)
		for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
			if (strncmp(s, names[i], strlen(names[i])) == 0)
				seen[n++] = "FGPHOhB"[i];
	const char *said = strstr(text.s, "visually-hidden\">");
	snprintf(seen + n, sizeof(seen) - n, " %s", said ? said + 17 : "");
	seen[strcspn(seen, "<")] = 0;
	assert_string_equal(seen, expected);
}

static void stitches_count_units_and_halves(void **state)
{
	struct out *o = *state;
	assert_stitches(o, 1000, 1000, 3000, "FGhhh 2/5&gt;1");
	assert_stitches(o, 5000, 0, 0, "FFFFF 5/5");
	assert_stitches(o, 0, 0, 2000, "hh 0/2");
	assert_stitches(o, 2000, 500, 1500, "FPHh 2,5/4&gt;2");
	assert_stitches(o, 1500, 500, 2000, "FPhh 2/4&gt;1,5");
	assert_stitches(o, 0, 500, 1500, "Oh 0,5/2&gt;0");
	assert_stitches(o, 1000, 1500, 0, "PGH 2,5/2,5&gt;1");
	assert_stitches(o, 500, 1000, 500, "GH 1,5/2&gt;0,5");
	assert_stitches(o, 0, 0, 0, " ");
	assert_stitches(o, NONE, 1000, -5, "G 1/1&gt;0");
	assert_stitches(o, 9000, 1000, 0, "FFFFFFFFFG 10/10&gt;9");
	assert_stitches(o, 9000, 1000, 500, "B 10/10,5&gt;9");
	assert_stitches(o, 1250, 0, 0, "B 1,25/1,25");
	assert_holds("<rect class=\"fill-pastel\" width=\"100%\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_field_of_no_known_form, setup, teardown),
		cmocka_unit_test_setup_teardown(bounds_come_from_the_form, setup, teardown),
		cmocka_unit_test_setup_teardown(what_was_typed_is_kept_but_secrets, setup, teardown),
		cmocka_unit_test_setup_teardown(an_error_stands_below_its_field, setup, teardown),
		cmocka_unit_test_setup_teardown(a_list_to_choose_from, setup, teardown),
		cmocka_unit_test_setup_teardown(radio_buttons, setup, teardown),
		cmocka_unit_test_setup_teardown(boxes_that_were_unticked_stay_so, setup, teardown),
		cmocka_unit_test_setup_teardown(the_summary_leads_to_each_field, setup, teardown),
		cmocka_unit_test_setup_teardown(the_summary_names_fields_by_their_label, setup, teardown),
		cmocka_unit_test_setup_teardown(the_summary_leads_to_what_is_shown, setup, teardown),
		cmocka_unit_test_setup_teardown(options_of_an_enumeration, setup, teardown),
		cmocka_unit_test_setup_teardown(badges_and_emblems, setup, teardown),
		cmocka_unit_test_setup_teardown(phones_and_addresses_are_links, setup, teardown),
		cmocka_unit_test_setup_teardown(stitches_count_units_and_halves, setup, teardown),
	};
	return cmocka_run_group_tests_name("ui", tests, NULL, NULL);
}
