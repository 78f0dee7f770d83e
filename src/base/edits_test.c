/* Distances, against the table that everybody learns. */
#include "base/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/edits.h"

static int least(int a, int b)
{
	return a < b ? a : b;
}

static int by_table(const char *a, const char *b, int *beginning)
{
	int t[70][70], n = (int)strlen(a), m = (int)strlen(b);
	for (int i = 0; i <= n; i++)
		for (int k = 0; k <= m; k++) {
			t[i][k] = i && k ? least(t[i - 1][k - 1] + (a[i - 1] != b[k - 1]),
						 least(t[i - 1][k], t[i][k - 1]) + 1)
					 : i + k;
			if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
				t[i][k] = least(t[i][k], t[i - 2][k - 2] + 1);
		}
	*beginning = n;
	for (int k = 0; k <= m; k++)
		*beginning = least(*beginning, t[n][k]);
	return t[n][m];
}

static void same(const char *a, const char *b)
{
	struct edits e;
	int mine, theirs;
	edits_prepare(&e, a);
	assert_int_equal(edits_to(&e, b, strlen(b), &mine), by_table(a, b, &theirs));
	assert_int_equal(mine, theirs);
}

static void test_known(void **state)
{
	(void)state;
	same("strassbourg", "strasbourg");
	same("villeneuve dascq", "villeneuve d ascq");
	same("marsielle", "marseille");
	same("", "lyon");
	same("lyon", "");
	same("ab", "ba");
}

static void test_random(void **state)
{
	(void)state;
	srand(7);
	for (int i = 0; i < 20000; i++) {
		char a[64] = "", b[64] = "";
		int n = rand() % 12, m = rand() % 12;
		for (int k = 0; k < n; k++)
			a[k] = "abc "[rand() % 4];
		for (int k = 0; k < m; k++)
			b[k] = "abc "[rand() % 4];
		same(a, b);
	}
}

static void test_letters(void **state)
{
	(void)state;
	assert_int_equal(edits_letters("abba", 4), 1 << 1 | 1 << 2);
	assert_int_equal(__builtin_popcount(edits_letters("paris", 5) ^ edits_letters("pariz", 5)), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known),
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_letters),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
