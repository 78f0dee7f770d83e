/* init, migrate, backup and restore, as an operator runs them. */
#include "base/test.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/cli.h"
#include "pg_cluster.h"
#include "platform/embedded.h"
#include "program.h"

static char dir[64];

static const char *in(const char *name)
{
	static char paths[16][128];
	static int next;
	char *path = paths[next++ % 16];
	snprintf(path, sizeof paths[0], "%s/%s", dir, name);
	return path;
}

static bool exists(const char *path)
{
	return access(path, F_OK) == 0;
}

static void says(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("\"%s\" does not say \"%s\"", text, part);
}

static void sh(const char *command)
{
	char line[600];
	snprintf(line, sizeof line, "cd %s && { %s; }", dir, command);
	assert_int_equal(system(line), 0);
}

static int version(void)
{
	int n = 0;
	assert_true(n_embedded_migrations > 0);
	assert_int_equal(sscanf(embedded_migrations[n_embedded_migrations - 1].path, "%d", &n), 1);
	return n;
}

static void sql(const char *path, const char *text)
{
	sqlite3 *db;
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	if (sqlite3_exec(db, text, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", text, sqlite3_errmsg(db));
	sqlite3_close(db);
}

static int64_t count(const char *path, const char *query)
{
	sqlite3 *db;
	sqlite3_stmt *st;
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, query, -1, &st, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	int64_t n = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	sqlite3_close(db);
	return n;
}

static int setup(void **state)
{
	(void)state;
	unsetenv("MAILLAGE_DB");
	unsetenv("MAILLAGE_CONFIG");
	strcpy(dir, "/tmp/maillage-db-XXXXXX");
	if (!mkdtemp(dir))
		return -1;
	return run_program("init", "--db", in("a.db"), NULL)->status;
}

static int teardown(void **state)
{
	(void)state;
	sh("rm -rf *");
	return rmdir(dir);
}

static void init_makes_a_database_once(void **state)
{
	(void)state;
	char expected[64];
	const struct said *s = run_program("init", "--db", in("new.db"), NULL);
	assert_int_equal(s->status, CLI_OK);
	snprintf(expected, sizeof expected, "a new database, version %d, with 34969 communes\n", version());
	says(s->out, expected);
	assert_string_equal(s->err, "");
	s = run_program("init", "--db", in("new.db"), NULL);
	assert_int_equal(s->status, CLI_FOUND);
	says(s->err, "nothing was changed");

	sh("touch empty");
	assert_int_equal(run_program("init", "--db", in("empty"), NULL)->status, CLI_FOUND);
	assert_int_equal(run_program("init", "--db", in("no/such/folder.db"), NULL)->status, CLI_DATABASE);
	assert_false(exists(in("no")));
}

static void the_database_may_be_named_by_the_environment_or_the_file(void **state)
{
	(void)state;
	setenv("MAILLAGE_DB", in("env.db"), 1);
	assert_int_equal(run_program("init", NULL)->status, CLI_OK);
	unsetenv("MAILLAGE_DB");
	assert_true(exists(in("env.db")));
	sh("printf '[database]\\nurl = %s/ini.db\\n' $PWD > m.ini");
	assert_int_equal(run_program("init", "--config", in("m.ini"), NULL)->status, CLI_OK);
	assert_true(exists(in("ini.db")));
	sh("printf '[database]\\nurl = x\\nnothing = 1\\n' > m.ini");
	const struct said *s = run_program("init", "--config", in("m.ini"), NULL);
	assert_int_equal(s->status, CLI_INPUT);
	says(s->err, "m.ini:3: database.nothing: no such key");
}

static void migrate_brings_an_older_database_up(void **state)
{
	(void)state;
	const struct said *s = run_program("migrate", "--db", in("a.db"), NULL);
	assert_int_equal(s->status, CLI_OK);
	says(s->out, "already");
	s = run_program("migrate", "--db", in("a.db"), "--status", NULL);
	assert_int_equal(s->status, CLI_OK);

	sqlite3 *db;
	assert_int_equal(sqlite3_open(in("old.db"), &db), SQLITE_OK);
	sqlite3_close(db);
	s = run_program("migrate", "--db", in("old.db"), "--status", NULL);
	assert_int_equal(s->status, CLI_FOUND);
	s = run_program("migrate", "--db", in("old.db"), NULL);
	assert_int_equal(s->status, CLI_OK);
	says(s->out, "migrations");
	assert_int_equal(run_program("migrate", "--db", in("old.db"), "--status", NULL)->status, CLI_OK);
}

static void migrate_refuses_what_it_does_not_know(void **state)
{
	(void)state;
	sql(in("a.db"),
	    "UPDATE schema_migration SET version = 9999 WHERE version = (SELECT max(version) FROM "
	    "schema_migration)");
	const struct said *s = run_program("migrate", "--db", in("a.db"), NULL);
	assert_int_equal(s->status, CLI_DATABASE);
	assert_true(strlen(s->err) > 20);
	s = run_program("import", "places", in("a.db"), "--db", in("a.db"), NULL);
	assert_int_equal(s->status, CLI_DATABASE);
	assert_null(strstr(s->err, "While a server runs"));
	s = run_program("migrate", "--db", in("missing.db"), NULL);
	assert_int_equal(s->status, CLI_DATABASE);
	says(s->err, "missing.db: No such file");
	assert_false(exists(in("missing.db")));
	sh("echo this is no database, only a text > text");
	assert_int_equal(run_program("migrate", "--db", in("text"), NULL)->status, CLI_DATABASE);
}

static void serve_refuses_an_edited_migration(void **state)
{
	(void)state;
	sql(in("a.db"), "UPDATE schema_migration SET checksum = randomblob(32) WHERE version = 5");
	const struct said *s = run_program("serve", "--listen", "127.0.0.1:0", "--db", in("a.db"), NULL);
	assert_int_equal(s->status, CLI_DATABASE);
	says(s->err, "Migration 5 (people)");
	s = run_program("serve", "--listen", "127.0.0.1:0", "--db", in("missing.db"), NULL);
	assert_int_equal(s->status, CLI_DATABASE);
	assert_null(strstr(strstr(s->err, "missing.db") + 1, "missing.db"));
	/* Nor what is no database of ours. */
	s = run_program("verify", "--db", "mysql://host/maillage", NULL);
	assert_int_equal(s->status, CLI_INPUT);
	says(s->err, "a path, or postgresql://");
}

static void verify_says_that_there_is_no_such_convention(void **state)
{
	(void)state;
	const struct said *s = run_program("verify", "convention", "nope", "--db", in("a.db"), NULL);
	assert_int_equal(s->status, CLI_INPUT);
	says(s->err, "no convention has the id nope");
}

static void a_backup_is_whole_and_private(void **state)
{
	(void)state;
	struct stat st;
	sql(in("a.db"), "CREATE TABLE mark (n); INSERT INTO mark VALUES (42)");
	const struct said *s = run_program("backup", "--db", in("a.db"), in("b"), NULL);
	assert_int_equal(s->status, CLI_OK);
	says(s->out, "intact");
	assert_int_equal(count(in("b"), "SELECT n FROM mark"), 42);
	assert_int_equal(stat(in("b"), &st), 0);
	assert_int_equal(st.st_mode & 077, 0);

	s = run_program("backup", "--db", in("a.db"), in("b"), NULL);
	assert_int_equal(s->status, CLI_FOUND);
	says(s->err, "--force");
	assert_int_equal(run_program("backup", "--force", "--db", in("a.db"), in("b"), NULL)->status, CLI_OK);
	assert_int_equal(run_program("backup", "--db", in("a.db"), in("no/b"), NULL)->status, CLI_INPUT);
	assert_int_equal(run_program("backup", "--db", in("none.db"), in("c"), NULL)->status, CLI_DATABASE);
	assert_false(exists(in("c")));
	assert_int_equal(run_program("backup", "--db", in("a.db"), NULL)->status, CLI_USAGE);
}

static void a_broken_database_is_told_by_its_backup(void **state)
{
	(void)state;
	/* A page in the middle, overwritten. */
	sh("dd if=/dev/zero of=a.db bs=4096 seek=20 count=3 conv=notrunc 2> dd.log");
	assert_int_equal(run_program("backup", "--db", in("a.db"), in("b"), NULL)->status, CLI_FOUND);
}

static void restore_brings_the_backup_back(void **state)
{
	(void)state;
	sql(in("a.db"), "CREATE TABLE mark (n); INSERT INTO mark VALUES (1)");
	assert_int_equal(run_program("backup", "--db", in("a.db"), in("b"), NULL)->status, CLI_OK);
	sql(in("a.db"), "UPDATE mark SET n = 2");

	const struct said *s = run_program("restore", "--db", in("a.db"), in("b"), NULL);
	assert_int_equal(s->status, CLI_FOUND);
	says(s->err, "--force");
	assert_int_equal(count(in("a.db"), "SELECT n FROM mark"), 2);
	s = run_program("restore", "--db", in("a.db"), "--force", in("b"), NULL);
	assert_int_equal(s->status, CLI_OK);
	assert_int_equal(count(in("a.db"), "SELECT n FROM mark"), 1);
	assert_int_equal(
		run_program("restore", "--erasures", in("a.db.erasures"), "--db", in("c.db"), in("b"), NULL)
			->status,
		CLI_OK);
	assert_int_equal(count(in("c.db"), "SELECT n FROM mark"), 1);
	assert_true(exists(in("b")));
}

/* A server that was killed left its log: it must not be read with the restored file. */
static void the_log_of_a_killed_server_does_not_survive_a_restore(void **state)
{
	(void)state;
	assert_int_equal(run_program("backup", "--db", in("a.db"), in("b"), NULL)->status, CLI_OK);
	sqlite3 *db;
	assert_int_equal(sqlite3_open(in("a.db"), &db), SQLITE_OK);
	assert_int_equal(
		sqlite3_exec(db, "CREATE TABLE mark (n); INSERT INTO mark VALUES (3)", NULL, NULL, NULL),
		SQLITE_OK);
	sh("cp a.db killed.db && cp a.db-wal killed.db-wal && test -s killed.db-wal");
	sqlite3_close(db);
	assert_int_equal(run_program("restore", "--db", in("killed.db"), "--force", "--without-erasures",
				     in("b"), NULL)
				 ->status,
			 CLI_OK);
	assert_false(exists(in("killed.db-wal")));
	assert_int_equal(count(in("killed.db"), "SELECT count(*) FROM sqlite_schema WHERE name = 'mark'"), 0);
}

static void restore_refuses_what_is_no_backup(void **state)
{
	(void)state;
	assert_int_equal(run_program("restore", "-w", "--db", in("c.db"), in("none"), NULL)->status,
			 CLI_INPUT);
	sh("echo this is no database, only a text > text");
	assert_int_equal(run_program("restore", "-w", "--db", in("c.db"), in("text"), NULL)->status,
			 CLI_INPUT);
	sql(in("other.db"), "CREATE TABLE recipe (n)");
	const struct said *s = run_program("restore", "-w", "--db", in("c.db"), in("other.db"), NULL);
	assert_int_equal(s->status, CLI_INPUT);
	says(s->err, "is no database of Maillage");
	assert_int_equal(run_program("backup", "--db", in("a.db"), in("b"), NULL)->status, CLI_OK);
	sh("dd if=/dev/zero of=b bs=4096 seek=20 count=3 conv=notrunc 2> dd.log");
	assert_int_equal(run_program("restore", "-w", "--db", in("c.db"), in("b"), NULL)->status, CLI_FOUND);
	assert_false(exists(in("c.db")));
	/* What is there stays when the backup is bad. */
	assert_int_equal(run_program("restore", "--db", in("a.db"), "--force", in("b"), NULL)->status,
			 CLI_FOUND);
	assert_int_equal(run_program("migrate", "--status", "--db", in("a.db"), NULL)->status, CLI_OK);
}

static void newer_backups_are_refused(void **state)
{
	(void)state;
	sql(in("a.db"),
	    "UPDATE schema_migration SET version = 9999 WHERE version = (SELECT max(version) FROM "
	    "schema_migration)");
	sh("cp a.db b");
	const struct said *s = run_program("restore", "-w", "--db", in("c.db"), in("b"), NULL);
	assert_int_equal(s->status, CLI_INPUT);
	says(s->err, "version 9999");
}

static void add_zoe(const char *url)
{
	assert_int_equal(
		run_program("user", "add", "--db", url, "--email", "z@example.org", "--name", "Zoe", NULL)
			->status,
		CLI_OK);
}

/* Since the backup somebody was erased; only the list beside the database knows. */
static void restore_brings_nobody_back(void **state)
{
	(void)state;
	static const char erased[] = "SELECT count(*) FROM person WHERE erased_at IS NOT NULL AND name = ''";
	add_zoe(in("a.db"));
	assert_int_equal(run_program("backup", "--db", in("a.db"), in("b"), NULL)->status, CLI_OK);
	sql(in("a.db"), "UPDATE person SET erased_at = 1795510800, name = '', email = ''");
	/* Any command that starts on the database lists her; the server does it as she is erased. */
	assert_int_equal(run_program("migrate", "--db", in("a.db"), NULL)->status, CLI_OK);

	const struct said *s = run_program("restore", "--db", in("a.db"), "--force", in("b"), NULL);
	assert_int_equal(s->status, CLI_OK);
	says(s->out, "1 were erased since the list began; 1 erased again");
	assert_int_equal(count(in("a.db"), erased), 1);
	assert_int_equal(count(in("a.db"), "SELECT count(*) FROM audit WHERE action = 'account.erase'"), 1);

	/* Another place has no list: it must be named, or done without. */
	s = run_program("restore", "--db", in("c.db"), in("b"), NULL);
	assert_int_equal(s->status, CLI_INPUT);
	says(s->err, "c.db.erasures: No such file");
	says(s->err, "--without-erasures");
	assert_false(exists(in("c.db")));
	s = run_program("restore", "--db", in("c.db"), "--erasures", in("a.db.erasures"), in("b"), NULL);
	assert_int_equal(s->status, CLI_OK);
	assert_int_equal(count(in("c.db"), erased), 1);
	assert_int_equal(
		run_program("restore", "--without-erasures", "--db", in("d.db"), in("b"), NULL)->status,
		CLI_OK);
	assert_int_equal(count(in("d.db"), erased), 0);

	sh("echo nonsense > a.db.erasures");
	s = run_program("restore", "--db", in("a.db"), "--force", in("b"), NULL);
	assert_int_equal(s->status, CLI_INPUT);
	says(s->err, "a.db.erasures:1: ");
	assert_int_equal(count(in("a.db"), erased), 1);
}

/* An older version is brought up first; then it is the migration that erases. */
static void an_older_backup_is_erased_from_as_it_is_migrated(void **state)
{
	(void)state;
	add_zoe(in("a.db"));
	sh("cp a.db b");
	sql(in("a.db"), "UPDATE person SET erased_at = 1795510800, name = '', email = ''");
	assert_int_equal(run_program("migrate", "--db", in("a.db"), NULL)->status, CLI_OK);
	sh("cp b a.db");
	const struct said *s = run_program("migrate", "--db", in("a.db"), NULL);
	assert_int_equal(s->status, CLI_OK);
	says(s->out, "1 erased again");
	assert_int_equal(count(in("a.db"), "SELECT count(*) FROM person WHERE name = 'Zoe'"), 0);
}

/* Beside a server, who holds the lock as one does: accounts are helped, all else waits for its end. */
static void accounts_are_helped_while_it_is_served(void **state)
{
	(void)state;
	add_zoe(in("a.db"));
	assert_int_equal(count(in("a.db"), "SELECT COUNT(*) FROM person WHERE lang = 'fr'"), 1);
	char line[1600];
	snprintf(
		line, sizeof line,
		"flock -s %s.lock sh -c '%s user reset z@example.org --db %s > %s && %s user suspend z@example.org "
		"--why No --db %s && ! %s migrate --db %s 2> %s && ! %s import zonages x.csv --db %s 2> %s'",
		in("a.db"), program_path(), in("a.db"), in("link"), program_path(), in("a.db"),
		program_path(), in("a.db"), in("err1"), program_path(), in("a.db"), in("err2"));
	assert_int_equal(system(line), 0);
	sh("grep -q '/reset?token=' link && grep -q 'another process' err1 && test -s err2");
	const struct said *s = run_program("user", "list", "--db", in("a.db"), NULL);
	says(s->out, "\tsuspended\n");
	assert_int_equal(
		run_program("user", "suspend", "z@example.org", "--why", "No", "--db", in("a.db"), NULL)
			->status,
		CLI_FOUND);
	assert_int_equal(run_program("user", "suspend", "z@example.org", "--db", in("a.db"), NULL)->status,
			 CLI_USAGE);
	assert_int_equal(run_program("user", "restore", "z@example.org", "--db", in("a.db"), NULL)->status,
			 CLI_OK);
	assert_int_equal(count(in("a.db"), "SELECT COUNT(*) FROM audit WHERE action = 'account.suspend'"), 1);
	/* Whoever is alone lets nobody in. */
	snprintf(line, sizeof line, "flock -x %s.lock sh -c '! %s user reset z@example.org --db %s 2> %s'",
		 in("a.db"), program_path(), in("a.db"), in("err3"));
	assert_int_equal(system(line), 0);
	sh("grep -q 'another process' err3");
}

/* Another process holds the lock: nothing is written, a backup still can be made. */
static void a_served_database_is_only_copied(void **state)
{
	(void)state;
	assert_int_equal(run_program("backup", "--db", in("a.db"), in("b"), NULL)->status, CLI_OK);
	char line[1200];
	snprintf(
		line, sizeof line,
		"flock -x %s.lock sh -c '! %s migrate --db %s 2> %s && ! %s restore --force --db %s %s 2> %s && "
		"%s backup --db %s %s > %s'",
		in("a.db"), program_path(), in("a.db"), in("err1"), program_path(), in("a.db"), in("b"),
		in("err2"), program_path(), in("a.db"), in("b2"), in("out"));
	assert_int_equal(system(line), 0);
	sh("grep -q 'another process' err1 && grep -q 'another process' err2 && grep -q intact out");
}

static void postgres_is_told_how(void **state)
{
	(void)state;
	const struct said *s = run_program("backup", "--db", "postgresql://me:secret@db.example/m", in("b"),
					   NULL);
	assert_int_equal(s->status, CLI_FOUND);
	says(s->err, "pg_dump ");
	says(s->err, "'postgresql://me@db.example/m'");
	assert_null(strstr(s->err, "secret"));
	s = run_program("restore", "--db", "postgresql://me:secret@db.example/m", in("b"), NULL);
	assert_int_equal(s->status, CLI_FOUND);
	says(s->err, "pg_restore ");
	assert_null(strstr(s->err, "secret"));
}

/* An empty database of the server for tests, made and removed by the test. */
static void postgres_is_initialised_once_and_migrated(void **state)
{
	(void)state;
	char name[64];
	snprintf(name, sizeof name, "maillage_cli_%ld", (long)getpid());
	pg_cluster_run("CREATE DATABASE %s", name);
	char *url = pg_cluster_url_of(name);
	int status = run_program("migrate", "--db", url, "--status", NULL)->status;
	int first = run_program("init", "--db", url, NULL)->status;
	int second = run_program("init", "--db", url, NULL)->status;
	int migrated = run_program("migrate", "--db", url, NULL)->status;
	int after = run_program("migrate", "--db", url, "--status", NULL)->status;
	pg_cluster_run("DROP DATABASE %s", name);
	assert_int_equal(status, CLI_FOUND);
	assert_int_equal(first, CLI_OK);
	assert_int_equal(second, CLI_FOUND);
	assert_int_equal(migrated, CLI_OK);
	assert_int_equal(after, CLI_OK);
	assert_int_equal(run_program("init", "--db", url, NULL)->status, CLI_DATABASE);
	free(url);
}

/* pg_restore, then the list: here a copy of the database is the backup. */
static void postgres_restored_brings_nobody_back(void **state)
{
	(void)state;
	char name[64], copy[80];
	snprintf(name, sizeof name, "maillage_erased_%ld", (long)getpid());
	snprintf(copy, sizeof copy, "%s_b", name);
	pg_cluster_run("CREATE DATABASE %s", name);
	char *url = pg_cluster_url_of(name);
	sh("printf '[database]\nerasures = %s/list\n' $PWD > m.ini");
	setenv("MAILLAGE_CONFIG", in("m.ini"), 1);
	int made = run_program("init", "--db", url, NULL)->status;
	add_zoe(url);
	pg_cluster_run("CREATE DATABASE %s TEMPLATE %s", copy, name);
	char *old = pg_cluster_url_of(copy);
	char line[600];
	snprintf(line, sizeof line,
		 "psql -qX -d '%s' -c \"UPDATE person SET erased_at = 1795510800, name = ''\"", url);
	int erased = system(line);
	int listed = run_program("migrate", "--db", url, NULL)->status;
	const struct said *s = run_program("restore", "--only-erasures", "--db", old, NULL);
	int again = s->status;
	bool told = strstr(s->out, "1 erased again");
	snprintf(line, sizeof line,
		 "test \"$(psql -qXAt -d '%s' -c \"SELECT count(*) FROM person WHERE name = ''\")\" = 1",
		 old);
	int gone = system(line);
	unsetenv("MAILLAGE_CONFIG");
	int unsaid = run_program("restore", "--only-erasures", "--db", old, NULL)->status;
	pg_cluster_run("DROP DATABASE %s", name);
	pg_cluster_run("DROP DATABASE %s", copy);
	free(url);
	free(old);
	assert_int_equal(made, CLI_OK);
	assert_int_equal(erased, 0);
	assert_int_equal(listed, CLI_OK);
	assert_int_equal(again, CLI_OK);
	assert_true(told);
	assert_int_equal(gone, 0);
	assert_int_equal(unsaid, CLI_INPUT);
}

static void a_table_of_zonings_is_taken_whole_or_not_at_all(void **state)
{
	(void)state;
	sh("printf 'insee,zoning,code,label\\n86194,ze2020,7502,Poitiers\\n' > good.csv");
	sh("printf 'insee,zoning,code,label\\n86066,ze2020,7502,Poitiers\\n99999,ze2020,1,Rien\\n' > bad.csv");
	const struct said *s = run_program("import", "zonages", in("good.csv"), "--db", in("a.db"), NULL);
	assert_int_equal(s->status, CLI_OK);
	assert_non_null(strstr(s->out, "ze2020: 1 zones over 1 communes"));
	s = run_program("import", "zonages", in("good.csv"), "--db", in("a.db"), NULL);
	assert_non_null(strstr(s->out, "nothing was changed"));
	s = run_program("import", "zonages", in("bad.csv"), "--db", in("a.db"), NULL);
	assert_int_equal(s->status, CLI_INPUT);
	assert_non_null(strstr(s->err, "bad.csv:3: insee: "));
	assert_int_equal(count(in("a.db"), "SELECT COUNT(*) FROM zoning_commune"), 1);
	assert_int_equal(count(in("a.db"), "SELECT COUNT(*) FROM audit WHERE action = 'zoning.import'"), 1);
	assert_int_equal(run_program("import", "zones", in("good.csv"), "--db", in("a.db"), NULL)->status,
			 CLI_USAGE);
}

static void a_table_is_read_as_its_source_was_before(void **state)
{
	(void)state;
	sh("printf 'Titre;Bourg\\nLa Forge;Poitiers\\nLe Four;Poitiers\\n' > here.csv");
	sh("printf 'Nom;Bourg\\nLa Forge;Poitiers\\n' > changed.csv");
	const struct said *s = run_program("import", "lieux", in("here.csv"), "--source", "Ici", "--mapping",
					   "Pays", "--db", in("a.db"), NULL);
	assert_int_equal(s->status, CLI_INPUT);
	sql(in("a.db"), "INSERT INTO import_mapping (label, plan, saved_at) VALUES ('Pays', "
			"'{\"kind\":\"place\",\"columns\":[{\"head\":\"bourg\",\"field\":\"city\"},"
			"{\"head\":\"TITRE\",\"field\":\"name\"}]}', 1)");
	s = run_program("import", "lieux", in("here.csv"), "--source", "Ici", "--mapping", "Pays", "--db",
			in("a.db"), NULL);
	assert_int_equal(s->status, CLI_OK);
	assert_int_equal(count(in("a.db"), "SELECT COUNT(*) FROM community WHERE insee = '86194'"), 2);
	s = run_program("import", "lieux", in("changed.csv"), "--source", "Ici", "--mapping", "Pays", "--db",
			in("a.db"), NULL);
	assert_int_equal(s->status, CLI_INPUT);
	assert_non_null(strstr(s->err, "TITRE"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(init_makes_a_database_once),
		TEST(the_database_may_be_named_by_the_environment_or_the_file),
		TEST(migrate_brings_an_older_database_up),
		TEST(migrate_refuses_what_it_does_not_know),
		TEST(serve_refuses_an_edited_migration),
		TEST(verify_says_that_there_is_no_such_convention),
		TEST(a_backup_is_whole_and_private),
		TEST(a_broken_database_is_told_by_its_backup),
		TEST(restore_brings_the_backup_back),
		TEST(the_log_of_a_killed_server_does_not_survive_a_restore),
		TEST(restore_brings_nobody_back),
		TEST(an_older_backup_is_erased_from_as_it_is_migrated),
		TEST(restore_refuses_what_is_no_backup),
		TEST(newer_backups_are_refused),
		TEST(a_served_database_is_only_copied),
		TEST(accounts_are_helped_while_it_is_served),
		TEST(a_table_of_zonings_is_taken_whole_or_not_at_all),
		TEST(a_table_is_read_as_its_source_was_before),
		TEST(postgres_is_told_how),
		TEST(postgres_restored_brings_nobody_back),
		TEST(postgres_is_initialised_once_and_migrated),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
