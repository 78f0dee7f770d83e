#include "base/test.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/config.h"

static TALLOC_CTX *mem;
static struct config cfg;
static struct config_error err;
static char path[64];

static const char *const variables[] = {
	"MAILLAGE_DB",	     "MAILLAGE_LISTEN",	   "MAILLAGE_PUBLIC_URL",
	"MAILLAGE_SMTP_URL", "MAILLAGE_SMTP_USER", "MAILLAGE_SMTP_PASSWORD"
};

static int setup(void **state)
{
	(void)state;
	mem = talloc_new(NULL);
	for (size_t i = 0; i < sizeof variables / sizeof *variables; i++)
		unsetenv(variables[i]);
	strcpy(path, "/tmp/maillage-config-XXXXXX");
	int fd = mkstemp(path);
	return fd < 0 ? -1 : close(fd);
}

static int teardown(void **state)
{
	(void)state;
	talloc_free(mem);
	return unlink(path);
}

static rc load(const char *text)
{
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	return config_load(mem, path, &cfg, &err);
}

static void refused(const char *text, int line, const char *key, const char *reason)
{
	assert_int_equal(load(text), E_INVALID);
	assert_string_equal(err.key, key);
	assert_int_equal(err.line, line);
	if (!strstr(err.reason, reason))
		fail_msg("\"%s\" does not say \"%s\"", err.reason, reason);
}

static void the_public_address_follows_where_it_listens(void **state)
{
	(void)state;
	assert_int_equal(config_load(mem, NULL, &cfg, &err), OK);
	config_listen(mem, &cfg, "127.0.0.1:8611");
	assert_string_equal(cfg.listen, "127.0.0.1:8611");
	assert_string_equal(cfg.public_url, "http://127.0.0.1:8611");
	cfg.public_url = "https://maillage.example.org";
	config_listen(mem, &cfg, "127.0.0.1:8612");
	assert_string_equal(cfg.public_url, "https://maillage.example.org");
}

static void without_a_file_there_are_defaults(void **state)
{
	(void)state;
	assert_int_equal(config_load(mem, NULL, &cfg, &err), OK);
	assert_string_equal(cfg.listen, "127.0.0.1:8080");
	assert_string_equal(cfg.public_url, "http://127.0.0.1:8080");
	assert_string_equal(cfg.database, "maillage.db");
	assert_int_equal(cfg.language, LANG_FR);
	assert_int_equal(cfg.workers, 32);
	assert_null(cfg.smtp_url);
}

static void the_file_decides(void **state)
{
	(void)state;
	assert_int_equal(load("; a comment\n"
			      "[server]\n"
			      "listen = [::1]:80\n"
			      "public_url=https://maillage.example.org/\n"
			      "trusted_proxy = 10.0.0.1\n"
			      "threads = 8\n"
			      "[database]\n"
			      "url = postgresql://maillage@localhost/maillage\n"
			      "[site]\n"
			      "name = Réseau des tiers-lieux\n"
			      "language = en ; inline\n"
			      "time_zone = Indian/Reunion\n"
			      "[limits]\n"
			      "upload_kb = 1048576\n"),
			 OK);
	assert_string_equal(cfg.listen, "[::1]:80");
	assert_string_equal(cfg.public_url, "https://maillage.example.org");
	assert_string_equal(cfg.trusted_proxy, "10.0.0.1");
	assert_int_equal(cfg.threads, 8);
	assert_string_equal(cfg.database, "postgresql://maillage@localhost/maillage");
	assert_string_equal(cfg.site_name, "Réseau des tiers-lieux");
	assert_int_equal(cfg.language, LANG_EN);
	assert_string_equal(cfg.time_zone, "Indian/Reunion");
	assert_int_equal(cfg.upload_kb, 1048576);
}

static void what_is_wrong_is_said_with_its_line(void **state)
{
	(void)state;
	refused("[server]\nlistne = x\n", 2, "server.listne", "no such key");
	refused("listen = 127.0.0.1:1\n", 1, "listen", "no such key");
	refused("[serveur]\n\nlisten = 127.0.0.1:1\n", 3, "serveur.listen", "no such key");
	refused("[server]\nworkers = 2\nworkers = 3\n", 3, "server.workers", "already given on line 2");
	refused("[server]\nhello\n", 2, "", "neither [section]");
	/* A mark that some editors put first is no fault. */
	assert_int_equal(load("\xEF\xBB\xBF[site]\nname = Ici\n"), OK);
	assert_string_equal(cfg.site_name, "Ici");
	refused("[server\n", 1, "", "neither [section]");
	/* The first of two. */
	refused("[server]\nworkers = 0\nlisten = x\n", 2, "server.workers", "from 1 to 64");
}

static void every_value_has_its_bounds(void **state)
{
	(void)state;
	static const char *const bad[][2] = {
		{ "[server]\nworkers = 65\n", "from 1 to 64" },
		{ "[server]\nworkers = 4x\n", "whole number" },
		{ "[server]\nworkers =\n", "whole number" },
		{ "[server]\nworkers = 99999999999999999999\n", "whole number" },
		{ "[server]\nlisten = 8080\n", "address and port" },
		{ "[server]\nlisten = 127.0.0.1:65536\n", "address and port" },
		{ "[server]\nlisten = 127.0.0.1:-1\n", "address and port" },
		{ "[server]\nlisten = ::1:80\n", "address and port" },
		{ "[server]\nlisten = [127.0.0.1]:80\n", "address and port" },
		{ "[server]\nlisten = localhost:80\n", "address and port" },
		{ "[server]\nlisten = unix:run.sock\n", "address and port" },
		{ "[server]\nlisten = unix:/run/m.sock\n", "needed when listening" },
		{ "[server]\npublic_url = maillage.example.org\n", "https://" },
		{ "[server]\npublic_url = https://a.example/path\n", "without a path" },
		{ "[server]\npublic_url = https://me@a.example\n", "https://" },
		{ "[server]\npublic_url = https://\n", "https://" },
		{ "[server]\ntrusted_proxy = proxy\n", "numeric address" },
		{ "[server]\ntrusted_proxy = ::1\n", "links in mail" },
		{ "[database]\nurl = mysql://x\n", "postgresql://" },
		{ "[database]\nurl =\n", "bytes" },
		{ "[mail]\nsmtp_url = mail.example.org\n", "smtp://" },
		{ "[mail]\nsmtp_url = smtp://me:secret@mail.example.org\n", "without a user" },
		{ "[mail]\nsmtp_url = smtp://mail.example.org:25\n", "as soon as" },
		{ "[mail]\nfrom = nobody\n", "e-mail address" },
		{ "[mail]\nfrom = a@b@c\n", "e-mail address" },
		{ "[mail]\nuser = me\n", "mail.user" },
		{ "[mail]\npassword_file = /nonexistent\n", "No such file" },
		{ "[site]\nlanguage = de\n", "fr or en" },
		{ "[site]\ntime_zone = Europe/Paname\n", "IANA" },
		{ "[site]\nname = a\tb\n", "control character" },
		{ "[limits]\nbody_kb = 1\n", "from 16" },
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_int_equal(load(bad[i][0]), E_INVALID);
		if (!strstr(err.reason, bad[i][1]))
			fail_msg("%s\"%s\" does not say \"%s\"", bad[i][0], err.reason, bad[i][1]);
	}
}

static void a_line_too_long_is_refused_not_cut(void **state)
{
	(void)state;
	char text[1200] = "[site]\nname = ";
	memset(text + 14, 'x', 1000);
	strcpy(text + 1014, "\n");
	assert_int_equal(load(text), E_INVALID);
	assert_int_equal(err.line, 2);
}

static void a_missing_file_is_another_error(void **state)
{
	(void)state;
	assert_int_equal(config_load(mem, "/nonexistent/maillage.ini", &cfg, &err), E_IO);
	assert_string_equal(config_error_text(mem, &err),
			    "/nonexistent/maillage.ini: No such file or directory");
	assert_int_equal(config_load(mem, "/tmp", &cfg, &err), E_IO);
}

static void the_environment_stands_above_the_file(void **state)
{
	(void)state;
	setenv("MAILLAGE_LISTEN", "127.0.0.1:9", 1);
	setenv("MAILLAGE_DB", "/var/lib/m.db", 1);
	assert_int_equal(load("[server]\nlisten = 127.0.0.1:1\n"), OK);
	assert_string_equal(cfg.listen, "127.0.0.1:9");
	assert_string_equal(cfg.database, "/var/lib/m.db");
	setenv("MAILLAGE_LISTEN", "nowhere", 1);
	assert_int_equal(load(""), E_INVALID);
	assert_non_null(strstr(config_error_text(mem, &err), "MAILLAGE_LISTEN: server.listen: an address"));
}

static const char *printed(void)
{
	char *text = NULL;
	size_t len;
	FILE *f = open_memstream(&text, &len);
	assert_non_null(f);
	config_print(&cfg, f);
	fclose(f);
	const char *copy = talloc_strdup(mem, text);
	free(text);
	return copy;
}

static void the_password_comes_from_a_closed_file_and_is_never_printed(void **state)
{
	(void)state;
	char secret[80], text[300];
	snprintf(secret, sizeof secret, "%s.secret", path);
	FILE *f = fopen(secret, "w");
	assert_non_null(f);
	fputs("correct horse\nsecond line\n", f);
	fclose(f);
	snprintf(text, sizeof text,
		 "[mail]\nsmtp_url = smtps://mail.example.org:465\nuser = me\nfrom = a@example.org\n"
		 "password_file = %s\n",
		 secret);
	chmod(secret, 0644);
	refused(text, 5, "mail.password_file", "read by everyone");
	chmod(secret, 0600);
	assert_int_equal(load(text), OK);
	assert_string_equal(cfg.smtp_password, "correct horse");
	assert_null(strstr(printed(), "horse"));
	assert_non_null(strstr(printed(), "; password_file is set"));
	setenv("MAILLAGE_SMTP_PASSWORD", "battery staple", 1);
	assert_int_equal(load(text), OK);
	assert_string_equal(cfg.smtp_password, "battery staple");
	unlink(secret);
}

static void a_password_in_an_address_is_never_printed(void **state)
{
	(void)state;
	static const char *const shown[][2] = {
		{ "maillage.db", "maillage.db" },
		{ "postgresql://host/m", "postgresql://host/m" },
		{ "postgresql://me@host:5433/m?sslmode=require",
		  "postgresql://me@host:5433/m?sslmode=require" },
		{ "postgresql://me:secret@host:5433/m?a=b", "postgresql://me@host:5433/m?a=b" },
		{ "postgresql://me:sec?ret@host/m", "postgresql://me@host/m" },
		{ "postgresql://host/m?user=me&password=secret", "postgresql://host/m" },
		{ "postgresql://me:secret@host/m?password=secret", "postgresql://me@host/m" },
	};
	for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
		assert_string_equal(config_database_name(mem, shown[i][0]), shown[i][1]);
	assert_int_equal(load("[database]\nurl = postgresql://me:secret@host/m\n"), OK);
	assert_null(strstr(printed(), "secret"));
	assert_non_null(strstr(printed(), "url = postgresql://me@host/m\n"));
}

static void what_is_printed_can_be_read_again(void **state)
{
	(void)state;
	assert_int_equal(load("[site]\nname = Ici\n[limits]\nqueue = 99\n"), OK);
	const char *first = printed();
	assert_int_equal(load(first), OK);
	assert_string_equal(printed(), first);
	assert_int_equal(cfg.queue, 99);
}

static void a_ground_for_the_map_is_one_https_host(void **state)
{
	static const char *const bad[] = {
		"http://a.example/{z}/{x}/{y}.png",  "https://a.example/map.png",
		"https:///{z}/{x}/{y}.png",	     "https://a.example; script-src *//{z}/{x}/{y}",
		"https://*.example/{z}/{x}/{y}.png", "https://a@b.example/{z}/{x}/{y}.png"
	};
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(load(talloc_asprintf(mem, "[site]\nmap_tiles = %s\n", bad[i])), E_INVALID);
	assert_int_equal(
		load("[site]\nmap_tiles = https://a.example:8443/t/{z}/{x}/{y}.png\nmap_tiles_credit = x\n"),
		OK);
	assert_string_equal(config_tiles_host(mem, &cfg), "https://a.example:8443");
	assert_int_equal(load("[site]\nmap_tiles = https://a.example/france.pmtiles\n"), OK);
	assert_int_equal(load(""), OK);
	assert_null(config_tiles_host(mem, &cfg));
}

/* docs/maillage.ini holds the defaults and names every key. */
static void the_example_is_complete(void **state)
{
	(void)state;
	char example[16384], line[256], name[64];
	FILE *f = fopen("docs/maillage.ini", "r");
	assert_non_null(f);
	example[fread(example, 1, sizeof example - 1, f)] = '\0';
	fclose(f);
	assert_int_equal(config_load(mem, NULL, &cfg, &err), OK);
	const char *defaults = printed();
	assert_int_equal(load(example), OK);
	assert_string_equal(printed(), defaults);
	for (const char *s = defaults; *s; s += strcspn(s, "\n"), s += *s == '\n') {
		if (sscanf(s, "; %63[a-z_]", name) != 1 && sscanf(s, "%63[a-z_]", name) != 1)
			continue;
		snprintf(line, sizeof line, "\n;%s = ", name);
		if (!strstr(example, line) && !strstr(example, talloc_asprintf(mem, "\n%s = ", name)))
			fail_msg("docs/maillage.ini does not show %s", name);
	}
}

/* All that is wrong, in the order of the file: one correction after the other is no way to set up a server. */
static void everything_wrong_is_told(void **state)
{
	static const char text[] =
		"[server]\nthreads = many\nhello\npublic_url = https://ici.example\n[site\n"
		"name = Ici\n[site]\nname = \xff\nlanguage = de\n";
	static const int lines[] = { 2, 3, 5, 6, 8, 9 };
	(void)state;
	assert_int_equal(load(text), E_INVALID);
	const struct config_error *e = &err;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++, e = e->next) {
		assert_non_null(e);
		assert_int_equal(e->line, lines[i]);
	}
	assert_null(e);
	assert_string_equal(err.next->next->next->reason, "no such key; name stands in [site]");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(without_a_file_there_are_defaults),
		TEST(the_public_address_follows_where_it_listens),
		TEST(the_file_decides),
		TEST(a_ground_for_the_map_is_one_https_host),
		TEST(what_is_wrong_is_said_with_its_line),
		TEST(everything_wrong_is_told),
		TEST(every_value_has_its_bounds),
		TEST(a_line_too_long_is_refused_not_cut),
		TEST(a_missing_file_is_another_error),
		TEST(the_environment_stands_above_the_file),
		TEST(the_password_comes_from_a_closed_file_and_is_never_printed),
		TEST(a_password_in_an_address_is_never_printed),
		TEST(what_is_printed_can_be_read_again),
		TEST(the_example_is_complete),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
