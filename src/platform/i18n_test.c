#include "base/test.h"

#include "base/civil.h"
#include "base/test_ctx.h"
#include "platform/i18n.h"
#include "platform/messages.h"

/* This table takes the place of the one compiled from po/. */
const struct message messages[] = {
	{ "seat.free",
	  { { "Il reste {n} place", "Il reste {n} places" }, { "One seat left", "{n} seats left" } } },
	{ "state.open", { { "Ouvert", NULL }, { "Open", NULL } } },
	{ "welcome", { { "*Bonjour* {name} & {name}", NULL }, { "Hello {name} {who} *", NULL } } },
	{ "year", { { "L’année {year}", NULL }, { "{year}", NULL } } },
};
const size_t n_messages = sizeof(messages) / sizeof(*messages);

static void finds_the_message_of_the_language(void **state)
{
	struct ctx *c = *state;
	assert_string_equal(T(c, "state.open"), "Ouvert");
	c->lang = LANG_EN;
	assert_string_equal(T(c, "state.open"), "Open");
	assert_string_equal(T(c, "no.such"), "no.such");
	assert_string_equal(T(c, ""), "");
}

static void plural_follows_the_language(void **state)
{
	struct ctx *c = *state;
	assert_string_equal(T_N(c, "seat.free", 0), "Il reste 0 place");
	assert_string_equal(T_N(c, "seat.free", 1), "Il reste 1 place");
	assert_string_equal(T_N(c, "seat.free", 2), "Il reste 2 places");
	assert_string_equal(T_N(c, "seat.free", 12345), "Il reste 12\u202f345 places");
	assert_string_equal(T_TEXT(c, "seat.free", "n", "1,5"), "Il reste 1,5 place");
	assert_string_equal(T_TEXT(c, "seat.free", "n", "\u22121"), "Il reste \u22121 place");
	assert_string_equal(T_TEXT(c, "seat.free", "n", "10"), "Il reste 10 places");
	assert_string_equal(T_TEXT(c, "seat.free", "n", "1\u202f204"), "Il reste 1\u202f204 places");
	c->lang = LANG_EN;
	assert_string_equal(T_N(c, "seat.free", 0), "0 seats left");
	assert_string_equal(T_N(c, "seat.free", 1), "One seat left");
	assert_string_equal(T_TEXT(c, "seat.free", "n", "1.5"), "1.5 seats left");
	assert_string_equal(T_TEXT(c, "seat.free", "n", "1"), "One seat left");
}

static void values_go_where_they_are_named(void **state)
{
	struct ctx *c = *state;
	assert_string_equal(T_TEXT(c, "welcome", "name", "{name}*a*"), "Bonjour {name}*a* & {name}*a*");
	c->lang = LANG_EN;
	assert_string_equal(T_TEXT(c, "welcome", "name", "Inès"), "Hello Inès {who} *");
	struct arg year = { .name = "year", .kind = ARG_INT, .n = 2026 };
	assert_string_equal(i18n(c, "year", &year, 1), "2026");
}

static void html_is_escaped_around_strong(void **state)
{
	struct ctx *c = *state;
	struct arg name = { .name = "name", .kind = ARG_TEXT, .text = "<b>*\"" };
	struct buf b;
	buf_init(&b, c, 0);
	i18n_write(c, &b, I18N_HTML, "welcome", &name, 1);
	assert_string_equal(b.s, "<strong>Bonjour</strong> &lt;b&gt;*&quot; &amp; &lt;b&gt;*&quot;");
	b.len = 0;
	i18n_write(c, &b, I18N_ATTR, "welcome", &name, 1);
	assert_string_equal(b.s, "Bonjour &lt;b&gt;*&quot; &amp; &lt;b&gt;*&quot;");
	b.len = 0;
	i18n_write(c, &b, I18N_HTML, "<i>", NULL, 0);
	assert_string_equal(b.s, "&lt;i&gt;");
}

static void words_of_enumerations_have_labels(void **state)
{
	struct ctx *c = *state;
	static const char *const words[] = { "open", "shut" };
	static const struct enumeration e = { "state", words, 2 };
	assert_string_equal(i18n_word(c, &e, 0), "Ouvert");
	assert_string_equal(i18n_word(c, &e, 1), "state.shut");
	assert_string_equal(i18n_word(c, &e, -1), "");
}

/* The value in French, then in English. */
#define assert_both(fr, en, call)              \
	do {                                   \
		c->lang = LANG_FR;             \
		assert_string_equal(call, fr); \
		c->lang = LANG_EN;             \
		assert_string_equal(call, en); \
	} while (0)

static void numbers(void **state)
{
	struct ctx *c = *state;
	assert_both("1\u202f204", "1,204", fmt_int(c, 1204));
	assert_both("0", "0", fmt_int(c, 0));
	assert_both("\u22121\u202f000\u202f007", "\u22121,000,007", fmt_int(c, -1000007));
	assert_both("\u22129\u202f223\u202f372\u202f036\u202f854\u202f775\u202f807",
		    "\u22129,223,372,036,854,775,807", fmt_int(c, -INT64_MAX));
	assert_both("", "", fmt_int(c, NONE));
	assert_both("1\u202f204,50\u00a0€", "€1,204.50", fmt_money(c, (money){ 120450 }));
	assert_both("0,00\u00a0€", "€0.00", fmt_money(c, (money){ 0 }));
	assert_both("\u22120,05\u00a0€", "\u2212€0.05", fmt_money(c, (money){ -5 }));
	assert_both("", "", fmt_money(c, (money){ NONE }));
	assert_both("0,5", "0.5", fmt_quantity(c, (quantity){ 500 }));
	assert_both("4", "4", fmt_quantity(c, (quantity){ 4000 }));
	assert_both("\u22121\u202f234,005", "\u22121,234.005", fmt_quantity(c, (quantity){ -1234005 }));
	assert_both("0,25", "0.25", fmt_quantity(c, (quantity){ 250 }));
	assert_both("+2", "+2", fmt_signed(c, (quantity){ 2000 }));
	assert_both("\u221213", "\u221213", fmt_signed(c, (quantity){ -13000 }));
	assert_both("0", "0", fmt_signed(c, (quantity){ 0 }));
	assert_both("", "", fmt_signed(c, (quantity){ NONE }));
}

static void days(void **state)
{
	struct ctx *c = *state;
	day thursday = day_of(2026, 11, 26), first = day_of(2027, 1, 1), none = { NONE };
	assert_both("26 nov. 2026", "26 Nov 2026", fmt_day(c, thursday));
	assert_both("1er janv. 2027", "1 Jan 2027", fmt_day(c, first));
	assert_both("26 nov.", "26 Nov", fmt_day_short(c, thursday));
	assert_both("jeu. 26 nov.", "Thu 26 Nov", fmt_day_week(c, thursday));
	assert_both("jeudi 26 novembre 2026", "Thursday 26 November 2026", fmt_day_long(c, thursday));
	assert_both("vendredi 1er janvier 2027", "Friday 1 January 2027", fmt_day_long(c, first));
	assert_both("dim. 1er août", "Sun 1 Aug", fmt_day_week(c, day_of(2027, 8, 1)));
	assert_both("2027-01-01", "2027-01-01", fmt_iso_day(c, first));
	assert_both("", "", fmt_day(c, none));
	assert_both("", "", fmt_day_short(c, none));
	assert_both("1er – 6 août", "1 – 6 August", fmt_days(c, day_of(2027, 8, 1), day_of(2027, 8, 6)));
	assert_both("30 novembre – 5 décembre", "30 November – 5 December",
		    fmt_days(c, day_of(2026, 11, 30), day_of(2026, 12, 5)));
	assert_both("28 décembre 2026 – 2 janvier 2027", "28 December 2026 – 2 January 2027",
		    fmt_days(c, day_of(2026, 12, 28), day_of(2027, 1, 2)));
	assert_both("26 novembre", "26 November", fmt_days(c, thursday, thursday));
	assert_both("novembre 2026", "November 2026", fmt_month(c, thursday));
	assert_both("", "", fmt_days(c, none, thursday));
	assert_both("", "", fmt_month(c, none));
	assert_both("", "", fmt_day_week(c, none));
	assert_both("", "", fmt_day_long(c, none));
	assert_both("", "", fmt_iso_day(c, none));
}

static void hours(void **state)
{
	struct ctx *c = *state;
	assert_both("9\u00a0h", "9:00", fmt_minute(c, (minute){ 540 }));
	assert_both("10\u00a0h\u00a030", "10:30", fmt_minute(c, (minute){ 630 }));
	assert_both("0\u00a0h\u00a005", "0:05", fmt_minute(c, (minute){ 5 }));
	assert_both("24\u00a0h", "24:00", fmt_minute(c, (minute){ 1440 }));
	assert_both("09:00", "09:00", fmt_clock(c, (minute){ 540 }));
	assert_both("", "", fmt_minute(c, (minute){ NONE }));
	assert_both("", "", fmt_clock(c, (minute){ NONE }));
	instant t;
	assert_int_equal(instant_parse("2026-11-24T09:40:00Z", &t), OK);
	assert_both("24 nov. 2026, 10\u00a0h\u00a040", "24 Nov 2026, 10:40", fmt_when(c, t, NULL));
	assert_both("24 nov. 2026, 5\u00a0h\u00a040", "24 Nov 2026, 5:40",
		    fmt_when(c, t, "America/Martinique"));
	assert_both("", "", fmt_when(c, (instant){ NONE }, NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(finds_the_message_of_the_language, ctx_setup, ctx_teardown),
		cmocka_unit_test_setup_teardown(plural_follows_the_language, ctx_setup, ctx_teardown),
		cmocka_unit_test_setup_teardown(values_go_where_they_are_named, ctx_setup, ctx_teardown),
		cmocka_unit_test_setup_teardown(html_is_escaped_around_strong, ctx_setup, ctx_teardown),
		cmocka_unit_test_setup_teardown(words_of_enumerations_have_labels, ctx_setup, ctx_teardown),
		cmocka_unit_test_setup_teardown(numbers, ctx_setup, ctx_teardown),
		cmocka_unit_test_setup_teardown(days, ctx_setup, ctx_teardown),
		cmocka_unit_test_setup_teardown(hours, ctx_setup, ctx_teardown),
	};
	return cmocka_run_group_tests_name("i18n", tests, NULL, NULL);
}
