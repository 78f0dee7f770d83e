/* Small trees that tools/depcheck must accept or refuse, and with which words. */
#include "base/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[64];
static char said[8192];

static void put(const char *path, const char *text)
{
	char full[256];
	snprintf(full, sizeof full, "%s/%s", dir, path);
	for (char *s = strchr(full + strlen(dir) + 1, '/'); s; s = strchr(s + 1, '/')) {
		*s = '\0';
		mkdir(full, 0700);
		*s = '/';
	}
	FILE *f = fopen(full, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void put_lines(const char *path, const char *before, int n, const char *line, const char *after)
{
	char *text;
	size_t len;
	FILE *f = open_memstream(&text, &len);
	assert_non_null(f);
	fputs(before, f);
	for (int i = 0; i < n; i++)
		fputs(line, f);
	fputs(after, f);
	fclose(f);
	put(path, text);
	free(text);
}

/* The exit status; what it printed is in `said`. */
static int depcheck(const char *option)
{
	char command[256];
	snprintf(command, sizeof command, "build/tools/depcheck %s %s", option, dir);
	FILE *f = popen(command, "r");
	assert_non_null(f);
	said[fread(said, 1, sizeof said - 1, f)] = '\0';
	return WEXITSTATUS(pclose(f));
}

static void assert_accepted(void)
{
	assert_int_equal(depcheck(""), 0);
	assert_string_equal(said, "");
}

static void assert_refused(const char *why)
{
	assert_int_equal(depcheck(""), 1);
	assert_non_null(strstr(said, why));
}

static int setup(void **state)
{
	(void)state;
	strcpy(dir, "/tmp/depcheck-XXXXXX");
	if (!mkdtemp(dir))
		return -1;
	put("src/domain/DEPS", "# in order\nledger\npeople\nspaces\n");
	put("migrations/0001-ledger.sql", "-- slice: ledger\nCREATE TABLE ledger_entry (\n\tid @id\n);\n");
	put("migrations/0002-people.sql", "-- slice: people\nCREATE TABLE person (id @id);\n"
					  "-- slice: spaces\nCREATE TABLE IF NOT EXISTS booking (id @id);\n");
	put("src/base/buf.c", "#include \"base/buf.h\"\n");
	put("src/platform/db.c", "#include \"base/buf.h\"\nconst char *q = \"SELECT 1\";\n");
	put("src/domain/people/person.c",
	    "#include <stdio.h>\n#include \"person.h\"\n#include \"platform/db.h\"\n#include \"ledger/entry.h\"\n");
	put("src/app/main.c", "#include \"spaces/booking.h\"\n");
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	char command[128];
	snprintf(command, sizeof command, "rm -rf %s", dir);
	return system(command);
}

static void a_tree_in_order_is_accepted(void **state)
{
	(void)state;
	assert_accepted();
}

static void base_may_not_use_platform(void **state)
{
	(void)state;
	put("src/base/buf.c", "\n#include \"platform/db.h\"\n");
	assert_refused("src/base/buf.c:2: base may not use platform: \"platform/db.h\"");
}

static void platform_may_not_use_a_slice(void **state)
{
	(void)state;
	put("src/platform/mail.c", "#  include \"domain/people/person.h\"\n");
	assert_refused("src/platform/mail.c:1: platform may not use people");
}

static void a_slice_may_not_use_a_later_one(void **state)
{
	(void)state;
	put("src/domain/people/person.h", "#include \"spaces/booking.h\"\n");
	assert_refused("src/domain/people/person.h:1: people may not use spaces");
	put("src/domain/people/person.h", "#include \"../spaces/booking.h\"\n");
	assert_refused("not by ..");
	put("src/domain/people/person.h", "/*\n#include \"spaces/booking.h\"\n*/\n");
	assert_accepted();
}

static void generated_headers_keep_the_order_too(void **state)
{
	(void)state;
	put("build/gen/people/person_shape.h", "#include \"spaces/booking_shape.h\"\n");
	assert_refused("build/gen/people/person_shape.h:1: people may not use spaces");
}

static void tests_may_reach_anywhere(void **state)
{
	(void)state;
	put("src/domain/people/person_test.c",
	    "#include \"spaces/booking.h\"\nchar *s = \"DELETE FROM person\";\n");
	assert_accepted();
}

static void an_unknown_slice_is_refused(void **state)
{
	(void)state;
	put("src/domain/gardens/plot.c", "");
	assert_refused("src/domain/gardens/plot.c:1: its slice is not in src/domain/DEPS");
}

static void a_table_needs_an_owner(void **state)
{
	(void)state;
	put("migrations/0000-loose.sql", "CREATE TABLE loose (id @id);\n");
	assert_refused("table loose stands above");
	put("migrations/0000-loose.sql", "-- slice: gardens\n");
	assert_refused("no such slice in src/domain/DEPS: gardens");
}

static void queries_name_their_own_and_earlier_tables(void **state)
{
	(void)state;
	static const char *const accepted[] = {
		"SELECT p.id FROM person p, ledger_entry AS e WHERE p.id = e.id;",
		"SELECT 1 FROM person WHERE name IS DISTINCT FROM booking;",
		"SELECT id FROM person FOR UPDATE; -- FROM booking",
		"SELECT ' from booking ' FROM person;",
		"INSERT INTO person (id) VALUES (:id) ON CONFLICT (id) DO UPDATE SET name = 'x';",
	};
	static const char *const refused[] = {
		"\nSELECT 1\nFROM person p\n, booking;",
		"SELECT 1 FROM person JOIN\nbooking b ON 1;",
		"INSERT INTO booking (id) VALUES (:id);",
		"UPDATE \"booking\" SET id = 1;",
		"DELETE FROM booking;",
		"SELECT (SELECT max(id) from Booking) FROM person;",
		"SELECT 1 FROM (SELECT id FROM booking);",
	};
	for (size_t i = 0; i < sizeof accepted / sizeof *accepted; i++) {
		put("src/domain/people/person.sql", accepted[i]);
		assert_accepted();
	}
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		put("src/domain/people/person.sql", refused[i]);
		assert_refused("people may not name the table booking of spaces");
	}
	assert_int_equal(depcheck("--layers"), 1);
	put("src/domain/people/person.sql", refused[0]);
	assert_refused("src/domain/people/person.sql:4: ");
}

static void sql_in_c_is_refused(void **state)
{
	(void)state;
	static const char *const accepted[] = {
		"const char *s = \"select a place\";\n",
		"// \"SELECT 1\"\nchar q = '\"';\nconst char *s = \"with care\", *t = \"update the page\";\n",
	};
	static const char *const refused[] = {
		"const char *s = \"SELECT 1\";\n",
		"const char *s = \"select id from person\";\n",
		"char q = '\"';\nconst char *s = \" insert into person\";\n",
		"const char *s = \"WITH t AS (SELECT 1)\";\n",
	};
	for (size_t i = 0; i < sizeof accepted / sizeof *accepted; i++) {
		put("src/domain/people/person.c", accepted[i]);
		assert_accepted();
	}
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		put("src/domain/people/person.c", refused[i]);
		assert_refused("SQL stands in .sql files");
	}
}

static void long_functions_are_refused(void **state)
{
	(void)state;
	put_lines("src/base/long.c", "static int just(void)\n{\n", 58, "\tx();\n", "}\n");
	assert_accepted();
	put_lines("src/base/long.c",
		  "#define M(x) { \\\n\tx\nint v[] = { 1 };\nstatic int\nlong_one(int (*f)(int))\n{\n", 59,
		  "\tx('{', \"}\"); /* } */\n", "}\n");
	assert_refused("src/base/long.c:6: long_one is 61 lines long; 60 at most");
	assert_int_equal(depcheck("--layers"), 0);
}

static void long_files_are_refused(void **state)
{
	(void)state;
	put_lines("src/base/long.h", "", 600, "int x;\n", "");
	assert_accepted();
	put_lines("src/base/long.h", "", 601, "int x;\n", "");
	assert_refused("src/base/long.h:601: 601 lines; 600 at most");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		T(a_tree_in_order_is_accepted),
		T(base_may_not_use_platform),
		T(platform_may_not_use_a_slice),
		T(a_slice_may_not_use_a_later_one),
		T(generated_headers_keep_the_order_too),
		T(tests_may_reach_anywhere),
		T(an_unknown_slice_is_refused),
		T(a_table_needs_an_owner),
		T(queries_name_their_own_and_earlier_tables),
		T(sql_in_c_is_refused),
		T(long_functions_are_refused),
		T(long_files_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
