#include "base/test.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "platform/smtp.h"
#include "smtp_peer.h"

#define LETTER "Subject: essai\r\n\r\nBonjour\r\n.\r\n..fin\r\n"

static struct config settings(const struct smtp_peer *p)
{
	return (struct config){ .smtp_url = p->url, .mail_from = "ne-pas-repondre@maillage.test" };
}

static enum smtp_verdict send_to(struct smtp *s, const char *to, const char **why)
{
	return smtp_send(s, "ne-pas-repondre@maillage.test", to, LETTER, strlen(LETTER), why);
}

/* One connection for several letters, refused ones among them. */
static void test_verdicts(void **state)
{
	(void)state;
	const char *why;
	struct smtp_peer *p = smtp_peer_start(NULL);
	struct config cfg = settings(p);
	struct smtp *s = smtp_open(&cfg);
	assert_int_equal(send_to(s, "ines@example.org", &why), SMTP_SENT);
	assert_string_equal(smtp_peer_line(p), "connection maillage.test plain");
	assert_string_equal(smtp_peer_line(p), "rcpt ines@example.org");
	assert_string_equal(smtp_peer_line(p), "letter ne-pas-repondre@maillage.test 37");
	assert_int_equal(send_to(s, "camille@example.org", &why), SMTP_SENT);
	assert_string_equal(smtp_peer_line(p), "rcpt camille@example.org");
	assert_int_equal(send_to(s, "refuse@example.org", &why), SMTP_NEVER);
	assert_string_equal(why, "550 5.1.1 nobody of that name");
	assert_int_equal(send_to(s, "busy@example.org", &why), SMTP_LATER);
	assert_string_equal(why, "451 4.2.1 come back later");
	assert_int_equal(send_to(s, "late-refuse@example.org", &why), SMTP_NEVER);
	assert_string_equal(why, "554 5.7.1 we do not like it");
	assert_int_equal(send_to(s, "late-busy@example.org", &why), SMTP_LATER);
	assert_int_equal(send_to(s, "drop@example.org", &why), SMTP_UNREACHABLE);
	assert_true(strlen(why) > 0);
	assert_int_equal(send_to(s, "ines@example.org", &why), SMTP_SENT);
	char *text = smtp_peer_letter(p, 0);
	assert_string_equal(text, LETTER);
	free(text);
	smtp_close(s);
	smtp_peer_stop(p);
}

static void test_slow(void **state)
{
	(void)state;
	const char *why;
	struct smtp_peer *p = smtp_peer_start("--delay", "3", NULL);
	struct config cfg = settings(p);
	struct smtp *s = smtp_open(&cfg);
	smtp_patience(s, 1000, 400);
	time_t before = time(NULL);
	assert_int_equal(send_to(s, "slow@example.org", &why), SMTP_UNREACHABLE);
	assert_true(time(NULL) - before < 3);
	smtp_close(s);
	smtp_peer_stop(p);
}

static void test_nobody_there(void **state)
{
	(void)state;
	const char *why;
	struct smtp_peer *p = smtp_peer_start(NULL);
	struct config cfg = settings(p);
	char url[40];
	strcpy(url, p->url);
	cfg.smtp_url = url;
	smtp_peer_stop(p);
	struct smtp *s = smtp_open(&cfg);
	assert_int_equal(send_to(s, "ines@example.org", &why), SMTP_UNREACHABLE);
	smtp_close(s);
}

static void test_password(void **state)
{
	(void)state;
	const char *why;
	struct smtp_peer *p = smtp_peer_start("--password", "maillage", "sesame", NULL);
	struct config cfg = settings(p);
	cfg.smtp_user = "maillage";
	cfg.smtp_password = "sesame";
	struct smtp *s = smtp_open(&cfg);
	assert_int_equal(send_to(s, "ines@example.org", &why), SMTP_SENT);
	smtp_close(s);
	/* A wrong password is no fault of the letter. */
	cfg.smtp_password = "autre";
	s = smtp_open(&cfg);
	assert_int_equal(send_to(s, "ines@example.org", &why), SMTP_UNREACHABLE);
	if (strncmp(why, "535 ", 4) != 0)
		fail_msg("%s", why);
	smtp_close(s);
	smtp_peer_stop(p);
}

static void test_closed_for_now(void **state)
{
	(void)state;
	const char *why;
	struct smtp_peer *p = smtp_peer_start("--closed", NULL);
	struct config cfg = settings(p);
	struct smtp *s = smtp_open(&cfg);
	assert_int_equal(send_to(s, "ines@example.org", &why), SMTP_UNREACHABLE);
	assert_string_equal(why, "421 4.3.2 closed for now");
	smtp_close(s);
	smtp_peer_stop(p);
}

static void test_starttls(void **state)
{
	(void)state;
	const char *why;
	char folder[] = "/tmp/smtp-tls.XXXXXX", cert[64], key[64], command[400];
	assert_non_null(mkdtemp(folder));
	snprintf(cert, sizeof cert, "%s/cert.pem", folder);
	snprintf(key, sizeof key, "%s/key.pem", folder);
	snprintf(
		command, sizeof command,
		"openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=localhost "
		"-days 2 -out %s -keyout %s 2> /dev/null",
		cert, key);
	assert_int_equal(system(command), 0);
	struct smtp_peer *p = smtp_peer_start("--tls", cert, key, NULL);
	struct config cfg = settings(p);
	struct smtp *s = smtp_open(&cfg);
	assert_int_equal(send_to(s, "ines@example.org", &why), SMTP_SENT);
	assert_string_equal(smtp_peer_line(p), "connection maillage.test plain");
	assert_string_equal(smtp_peer_line(p), "connection maillage.test tls");
	smtp_close(s);
	smtp_peer_stop(p);
	unlink(cert);
	unlink(key);
	rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_verdicts),     cmocka_unit_test(test_slow),
		cmocka_unit_test(test_nobody_there), cmocka_unit_test(test_password),
		cmocka_unit_test(test_starttls),     cmocka_unit_test(test_closed_for_now),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
