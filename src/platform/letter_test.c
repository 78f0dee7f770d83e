#include "base/test.h"

#include <talloc.h>

#include "base/test_ctx.h"
#include "platform/letter.h"

static TALLOC_CTX *mem;

static const char *write_letter(const char *subject, const char *text)
{
	struct buf b;
	struct letter l = {
		.site = "Maillage d’essai",
		.from = "lettres@maillage.test",
		.to = "ines@example.org",
		.lang = "fr",
		.subject = subject,
		.text = text,
		.html = "<p>Bonjour</p>\n",
		.pub = { "00000000000000000000000001" },
		.date = { 1795510800 },
	};
	buf_init(&b, mem, 64);
	letter_write(&b, &l);
	return b.s;
}

static void has(const char *letter, const char *part)
{
	if (!strstr(letter, part))
		fail_msg("no \"%s\" in:\n%s", part, letter);
}

static void test_headers(void **state)
{
	(void)state;
	const char *s = write_letter("Votre passage", "Bonjour\n");
	has(s, "From: =?UTF-8?B?TWFpbGxhZ2UgZOKAmWVzc2Fp?= <lettres@maillage.test>\r\n");
	has(s, "\r\nTo: <ines@example.org>\r\nSubject: Votre passage\r\n");
	has(s, "\r\nDate: Tue, 24 Nov 2026 09:00:00 +0000\r\n");
	has(s, "\r\nMessage-ID: <00000000000000000000000001@maillage.test>\r\n");
	has(s, "\r\nAuto-Submitted: auto-generated\r\n");
	has(s, "Content-Type: text/plain; charset=utf-8\r\n");
	has(s, "Content-Type: text/html; charset=utf-8\r\n");
	has(s, "\r\n--=_00000000000000000000000001--\r\n");
}

static void test_stop(void **state)
{
	(void)state;
	struct buf b;
	struct letter l = {
		"Maillage", "a@b.test", "c@d.test", "fr", "x", "x\n", "x\n", { "1" }, { 0 }, NULL
	};
	assert_null(strstr(write_letter("Votre passage", "x\n"), "List-Unsubscribe"));
	l.stop = "https://maillage.test/reminders/stop?token=abc";
	buf_init(&b, mem, 64);
	letter_write(&b, &l);
	has(b.s, "\r\nList-Unsubscribe: <https://maillage.test/reminders/stop?token=abc>\r\n"
		 "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
	/* A click that anybody on the way could read is not offered. */
	l.stop = "http://maillage.test/reminders/stop?token=abc";
	buf_init(&b, mem, 64);
	letter_write(&b, &l);
	has(b.s, "\r\nList-Unsubscribe: <http:");
	assert_null(strstr(b.s, "One-Click"));
}

static void test_no_header_is_slipped_in(void **state)
{
	(void)state;
	const char *s = write_letter("Bonjour\r\nBcc: tous@example.org", "x\n");
	assert_null(strstr(s, "Bcc"));
	has(s, "Subject: =?UTF-8?B?Qm9uam91ciAgQmNjOiB0b3VzQGV4YW1wbGUub3Jn?=\r\n");
	/* What looks coded is not taken for it. */
	assert_null(strstr(write_letter("=?UTF-8?B?eA==?=", "x\n"), "=?UTF-8?B?eA==?="));
}

static void test_long_subject_cuts_no_character(void **state)
{
	(void)state;
	const char *s = write_letter("éééééééééééééééééééééééééééééé", "x\n");
	/* 44 bytes: 22 letters, then the other 8. */
	has(s,
	    "w6nDqcOpw6nDqcOpw6nDqcOpw6nDqcOpw6nDqcOpw6nDqcOpw6nDqcOpw6k=?=\r\n =?UTF-8?B?w6nDqcOpw6nDqcOpw6nDqQ==?=");
}

static void test_bodies(void **state)
{
	(void)state;
	char line[401];
	memset(line, 'a', 400);
	line[400] = 0;
	has(write_letter("x", "10 € = à vous \nfin"),
	    "\r\n\r\n10 =E2=82=AC =3D =C3=A0 vous=20\r\nfin\r\n--=_");
	const char *s = write_letter("x", line);
	size_t column = 0, longest = 0;
	for (; *s; s++) {
		column = *s == '\n' ? 0 : column + 1;
		longest = column > longest ? column : longest;
	}
	assert_true(longest <= 77); /* 76 and CR */
	/* No bare line feed, no byte above ASCII. */
	for (s = write_letter("é", "é\n"); *s; s++) {
		assert_true((unsigned char)*s < 128);
		assert_true(*s != '\n' || s[-1] == '\r');
	}
}

TEST_MEM(mem)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_headers),
		cmocka_unit_test(test_stop),
		cmocka_unit_test(test_no_header_is_slipped_in),
		cmocka_unit_test(test_long_subject_cuts_no_character),
		cmocka_unit_test(test_bodies),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
