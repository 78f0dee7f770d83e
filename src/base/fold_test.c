#include "base/test.h"

#include "base/fold.h"
#include "base/test_ctx.h"

static struct ctx c;
TEST_CTX(c)

struct pair {
	const char *from, *to;
};

static void folds(void **state)
{
	(void)state;
	static const struct pair pairs[] = {
		{ "", "" },
		{ "Brest", "brest" },
		{ "  L'Œuvre à  Bâgé-la-Ville ! ", "l oeuvre a bage la ville" },
		{ "L’Haÿ-les-Roses", "l hay les roses" },
		{ "Æsir, Straße, ŒUVRE", "aesir strasse oeuvre" },
		{ "E\xcc\x81"
		  "cole",
		  "ecole" },
		{ "ﬁn № 5²", "fin no 52" },
		{ "Łódź Ørsted İzmir", "lodz orsted izmir" },
		{ "Ελλάς", "ελλασ" },
		{ "a\xc2\xado", "ao" },
		{ "x\xff\xc3y", "x y" },
		{ "Wip & Co", "wip co" },
		{ "--", "" },
	};
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		const char *once = fold(&c, pairs[i].from);
		assert_string_equal(once, pairs[i].to);
		assert_string_equal(fold(&c, once), once);
	}
}

static void places(void **state)
{
	(void)state;
	static const struct pair pairs[] = {
		{ "St-Denis", "saint denis" },
		{ "Ste Foy", "sainte foy" },
		{ "Le Mont St. Michel", "le mont saint michel" },
		{ "Stains", "stains" },
		{ "Chauvigny-ST", "chauvigny saint" },
		{ "Saintes", "saintes" },
		{ "", "" },
	};
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		assert_string_equal(fold_place(&c, pairs[i].from), pairs[i].to);
		assert_string_equal(fold_place(&c, pairs[i].to), pairs[i].to);
	}
}

/* Every code point alone: folding twice is folding once. */
static void every_letter(void **state)
{
	(void)state;
	for (int ch = 1; ch < 0x30000; ch++) {
		if (ch >= 0xd800 && ch < 0xe000)
			continue;
		char s[5] = { 0 };
		if (ch < 0x80) {
			s[0] = (char)ch;
		} else if (ch < 0x800) {
			s[0] = (char)(0xc0 | ch >> 6);
			s[1] = (char)(0x80 | (ch & 63));
		} else if (ch < 0x10000) {
			s[0] = (char)(0xe0 | ch >> 12);
			s[1] = (char)(0x80 | (ch >> 6 & 63));
			s[2] = (char)(0x80 | (ch & 63));
		} else {
			s[0] = (char)(0xf0 | ch >> 18);
			s[1] = (char)(0x80 | (ch >> 12 & 63));
			s[2] = (char)(0x80 | (ch >> 6 & 63));
			s[3] = (char)(0x80 | (ch & 63));
		}
		const char *once = fold(&c, s);
		assert_string_equal(fold(&c, once), once);
		talloc_free_children(c.mem);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(folds, setup, teardown),
		cmocka_unit_test_setup_teardown(places, setup, teardown),
		cmocka_unit_test_setup_teardown(every_letter, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
