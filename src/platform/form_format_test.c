#include "base/test.h"

#include "platform/form_format.h"

#define LABEL63 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static void emails(void **state)
{
	(void)state;
	static const char *const good[] = { "a@b.fr", "zoe.martin+x@mail.exemple.coop", "o'neil@a-b.fr",
					    "x@" LABEL63 ".fr", "1@2.xn--p1ai" };
	static const char *const bad[] = { "",
					   "@",
					   "a@",
					   "a@b",
					   "@b.fr",
					   ".a@b.fr",
					   "a.@b.fr",
					   "a..b@b.fr",
					   "a b@b.fr",
					   "a@b..fr",
					   "a@-b.fr",
					   "a@b-.fr",
					   "a@b.fr.",
					   "a@.fr",
					   "a@b.1",
					   "a@b@c.fr",
					   "a@[127.0.0.1]",
					   "é@b.fr",
					   "a@é.fr",
					   "\"a\"@b.fr",
					   "a@b.fr\n",
					   "x@" LABEL63 "a.fr",
					   LABEL63 "aa@b.fr" };
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		if (!email_ok(good[i]))
			fail_msg("refused: %s", good[i]);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (email_ok(bad[i]))
			fail_msg("accepted: %s", bad[i]);
}

static void urls(void **state)
{
	(void)state;
	static const char *const good[] = {
		"https://a.fr",	  "http://a.fr/",	    "HTTPS://a.b.coop:8443/x?y=z#w",
		"https://a.fr?x", "https://a.fr/caf%C3%A9", "https://a.fr/café"
	};
	static const char *const bad[] = { "",
					   "a.fr",
					   "ftp://a.fr",
					   "javascript:alert(1)",
					   "https://",
					   "https:///x",
					   "https://a",
					   "https://u@a.fr",
					   "https://u:p@a.fr/",
					   "https://a.fr/ x",
					   "https://a.fr/\"",
					   "https://a.fr/<",
					   "https://a.fr:/",
					   "https://a.fr:123456",
					   "https://a.fr:80x",
					   "https://a.fr\\x",
					   "https://a.fr/'",
					   "https://127.0.0.1/" };
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		if (!url_ok(good[i]))
			fail_msg("refused: %s", good[i]);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (url_ok(bad[i]))
			fail_msg("accepted: %s", bad[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(emails),
		cmocka_unit_test(urls),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
