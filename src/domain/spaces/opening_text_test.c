#include "base/test.h"

#include "base/civil.h"
#include "base/test_ctx.h"
#include "spaces/opening.h"

static struct ctx c;
static const struct opening_calendar metropole = { .territory = HOLIDAY_TERRITORY_METROPOLE };
TEST_CTX(c)

static const struct opening *hours(const char *text)
{
	struct opening *o = NULL;
	assert_int_equal(opening_parse(&c, text, &o, NULL), OK);
	return o;
}

/* Blanks that do not break are written as blanks here. */
static const char *plain(const char *s)
{
	char *out = fmt(&c, "%s", s), *to = out;
	for (const char *p = s; *p; p++)
		if (strncmp(p, "\xc2\xa0", 2) == 0) {
			*to++ = ' ';
			p++;
		} else if (strncmp(p, "\xe2\x80\xaf", 3) == 0) {
			*to++ = ' ';
			p += 2;
		} else {
			*to++ = *p;
		}
	*to = 0;
	return out;
}

static const char *const sentences[][3] = {
	{ "Mo-Fr 09:00-19:00; Sa 09:00-13:00", "lun. – ven. 9 h – 19 h, sam. 9 h – 13 h",
	  "Mon – Fri 9:00 – 19:00, Sat 9:00 – 13:00" },
	{ "Mo,We,Fr 09:00-12:00,14:00-18:30", "lun., mer. et ven. 9 h – 12 h et 14 h – 18 h 30",
	  "Mon, Wed and Fri 9:00 – 12:00 and 14:00 – 18:30" },
	{ "09:00-18:00; PH off; Dec 24-Jan 01 off",
	  "tous les jours 9 h – 18 h, jours fériés : fermé, 24 déc. – 1er janv. : fermé",
	  "every day 9:00 – 18:00, public holidays: closed, 24 Dec – 1 Jan: closed" },
	{ "Jul-Aug,Dec Mo-Fr 10:00-12:00", "lun. – ven. (juil. – août et déc.) 10 h – 12 h",
	  "Mon – Fri (Jul – Aug and Dec) 10:00 – 12:00" },
	{ "week 1-26 Su,PH 22:00-02:00", "dim. et jours fériés (semaines 1 – 26) 22 h – 2 h",
	  "Sun and public holidays (weeks 1 – 26) 22:00 – 2:00" },
	{ "Mo-Su 00:00-24:00", "tous les jours 24 h sur 24", "every day 24 hours" },
	{ "24/7", "24 h sur 24, 7 jours sur 7", "24 hours a day, 7 days a week" },
};

static void as_sentences(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++) {
		c.lang = LANG_FR;
		assert_string_equal(plain(opening_text(&c, hours(sentences[i][0]))), sentences[i][1]);
		c.lang = LANG_EN;
		assert_string_equal(plain(opening_text(&c, hours(sentences[i][0]))), sentences[i][2]);
	}
}

static const char *now(const char *text, int hour)
{
	struct opening_state s;
	day tuesday = day_of(2026, 11, 24);
	opening_state(hours(text), &metropole, tuesday, (minute){ hour * 60 }, &s);
	return plain(opening_state_text(&c, &s, tuesday));
}

static void as_states(void **state)
{
	(void)state;
	assert_string_equal(now("09:00-19:00", 10), "Ouvert jusqu’à 19 h");
	assert_string_equal(now("20:00-02:00", 21), "Ouvert jusqu’à 2 h");
	assert_string_equal(now("Mo-We 00:00-24:00; Th 00:00-12:00", 10),
			    "Ouvert jusqu’au jeu. 26 nov. à 12 h");
	assert_string_equal(now("24/7", 10), "Ouvert en permanence");
	assert_string_equal(now("off", 10), "Fermé");
	assert_string_equal(now("09:00-19:00", 8), "Fermé, ouvre à 9 h");
	assert_string_equal(now("09:00-19:00", 20), "Fermé, ouvre demain à 9 h");
	assert_string_equal(now("Fr 09:30-19:00", 20), "Fermé, ouvre ven. 27 nov. à 9 h 30");
	c.lang = LANG_EN;
	assert_string_equal(now("09:00-19:00", 20), "Closed, opens tomorrow at 9:00");
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = { CASE(as_sentences), CASE(as_states) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
