/* Runs shapegen and sqlgen, as built in build/tools, on small inputs in a
 * temporary folder: their errors, and what their C does when it is compiled. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char dir[] = "/tmp/maillage-gen-XXXXXX";

#define CFLAGS "-std=gnu17 -Wall -Wextra -Werror -Wshadow -Wmissing-prototypes -Isrc"

static void put(const char *name, const char *text)
{
	char path[200];
	snprintf(path, sizeof path, "%s/%s", dir, name);
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

static const char *get(const char *name)
{
	static char text[20000];
	char path[200];
	snprintf(path, sizeof path, "%s/%s", dir, name);
	FILE *f = fopen(path, "r");
	if (!f)
		return "";
	text[fread(text, 1, sizeof text - 1, f)] = 0;
	fclose(f);
	return text;
}

/* Status of a command run by the shell with D standing for the folder; what it says is in "said". */
static int run(const char *command)
{
	char line[1000];
	snprintf(line, sizeof line, "D=%s; { %s; } > %s/said 2>&1", dir, command, dir);
	int status = system(line);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int run_shapegen(void)
{
	return run(
		"build/tools/shapegen $D/src $D/gen $D/src/domain/people/a.shape $D/src/domain/people/b.shape");
}

static int run_sqlgen(void)
{
	return run(
		"build/tools/sqlgen $D/src $D/gen $D/src/domain/people/a.shape $D/src/domain/people/b.shape"
		" -- $D/src/domain/people/a.sql");
}

static void expect(int status, const char *said)
{
	const char *got = get("said");
	if (said && !strstr(got, said))
		fail_msg("wanted \"%s\", was told \"%s\"", said, got);
	if (!said && *got)
		fail_msg("was told \"%s\"", got);
	assert_int_equal(status, said ? 1 : 0);
}

static int make_folder(void **state)
{
	(void)state;
	return !mkdtemp(dir) || run("mkdir -p $D/src/domain/people $D/gen");
}

static int remove_folder(void **state)
{
	(void)state;
	char line[100];
	snprintf(line, sizeof line, "rm -rf %s", dir);
	return system(line);
}

struct wrong {
	const char *text, *said;
};

static void shape_errors_are_told_with_their_line(void **state)
{
	(void)state;
	static const struct wrong cases[] = {
		{ "shape x\n\ta nosuch\n", "a.shape:2: type 'nosuch' of 'a' is not known here" },
		{ "shape x\n\ta there\n", "a.shape:2: type 'there' of 'a' is not known here" },
		{ "use people/b\nshape there\n\ta int\n", "'there' is already at" },
		{ "use people/c\n", "a.shape:1: there is no people/c.shape" },
		{ "use people/b\nuse people/b\n", "a.shape:2: people/b is already used" },
		{ "shape x\n\ta int\nshape x\n\ta int\n", "a.shape:3: 'x' is already at" },
		{ "enum x: a\nshape x\n\ta int\n", "a.shape:2: 'x' is already at" },
		{ "shape x\n\ta int\n\ta text\n", "a.shape:3: 'a' stands twice in x" },
		{ "shape x\n\ty y\nshape y\n\tx x\n", "holds itself" },
		{ "shape x\n\tx x\n", "a.shape:2: x holds itself through 'x'" },
		{ "shape x\n", "a.shape:1: shape x has no fields" },
		{ "shape x_id\n\ta int\n", "'x_id' is kept for a type" },
		{ "shape x_list\n\ta int\n", "'x_list' is kept for a type" },
		{ "shape x\n\tdefault int\n", "'default' cannot be the name of a field" },
		{ "shape x\n\tA int\n", "'A' cannot be the name of a field" },
		{ "shape x\n\ta bool?\n", "a bool cannot be absent" },
		{ "shape x\n\ta int required\n", "a.shape:2: 'required' cannot be said of a shape's field" },
		{ "shape x\n\ta\n", "a.shape:2: write: NAME TYPE" },
		{ "\ta int\n", "a.shape:1: this line belongs to nothing" },
		{ "table x\n", "a.shape:1: 'table' is none of" },
		{ "enum x\n", "a.shape:1: write: enum NAME" },
		{ "enum x:\n", "a.shape:1: enum x has no words" },
		{ "enum x: a b\n  a\n", "a.shape:2: 'a' stands twice in enum x" },
		{ "enum x: a-b\n", "'a-b' cannot be a word" },
		{ "enum x: count\n", "'count' is kept" },
		{ "form x\n\ta text\n", "a.shape:2: text 'a' needs max=" },
		{ "form x\n\ta text max=many\n", "'many' is not a whole number" },
		{ "form x\n\ta text max=9 format=phone\n", "format 'phone' is none of" },
		{ "form x\n\ta int format=email\n", "format= is for texts" },
		{ "form x\n\ta day max=3\n", "min= and max= are for numbers and texts" },
		{ "form x\n\ta int min=3 max=2\n", "min is above max" },
		{ "form x\n\ta bool required\n", "cannot be required" },
		{ "form x\n\ta text max=3 private\n", "'private' is none of" },
		{ "form x\n\ta space_id\n", "a form cannot hold 'a' of type space_id" },
		{ "form x\n\ta html\n", "a form cannot hold 'a'" },
		{ "form y\nform x\n\ta [y]\n", "a form cannot hold 'a'" },
	};
	put("src/domain/people/b.shape", "shape there\n\ta int\n");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		put("src/domain/people/a.shape", cases[i].text);
		expect(run_shapegen(), cases[i].said);
	}
}

static void uses_in_a_ring_are_refused(void **state)
{
	(void)state;
	put("src/domain/people/a.shape", "use people/b\nshape x\n\ta there\n");
	put("src/domain/people/b.shape", "use people/a\nshape there\n\ta int\n");
	expect(run_shapegen(), "uses this file");
}

static const char good_shapes[] = "# people\n"
				  "use people/b\n"
				  "enum kind labels: desk room # two\n"
				  "\tplot\n"
				  "shape row\n"
				  "\tid   booking_id\n"
				  "\tlate inner      # defined below\n"
				  "\tkind kind?\n"
				  "\tkids [row]\n"
				  "\twhy  text? private\n"
				  "shape inner\n"
				  "\tt there\n"
				  "\tp pubid?\n"
				  "form nothing\n"
				  "form fresh\n"
				  "\tname text required max=20 min=2 format=email\n"
				  "\tn    int  min=-3\n"
				  "\tok   bool\n";

/* A program over the generated files; it says which line is wrong. */
static const char shape_program[] =
	"#include <string.h>\n"
	"#include \"people/a_shape.h\"\n#include \"all_shapes.h\"\n"
	"#define CHECK(x) if (!(x)) return __LINE__\n"
	"int main(void)\n{\n"
	"	const struct shape *s = &row_shape;\n"
	"	CHECK(KIND_PLOT == 2 && KIND_COUNT == 3 && kind_words.n == 3);\n"
	"	CHECK(!strcmp(kind_words.words[KIND_ROOM], \"room\") && !strcmp(kind_words.name, \"kind\"));\n"
	"	CHECK(s->size == sizeof(struct row) && s->n == 5);\n"
	"	CHECK(s->fields[0].type == F_ID && s->fields[0].offset == offsetof(struct row, id));\n"
	"	CHECK(s->fields[1].type == F_SHAPE && s->fields[1].shape == &inner_shape);\n"
	"	CHECK(s->fields[2].type == F_ENUM && s->fields[2].words == &kind_words && s->fields[2].flags == FF_NULL);\n"
	"	CHECK(s->fields[3].type == F_LIST && s->fields[3].shape == &row_shape);\n"
	"	CHECK(s->fields[4].flags == (FF_NULL | FF_PRIVATE));\n"
	"	CHECK(inner_shape.fields[0].shape == &there_shape);\n"
	"	CHECK(nothing_shape.n == 0);\n"
	"	s = &fresh_shape;\n"
	"	CHECK(s->fields[0].flags == (FF_REQUIRED | FF_EMAIL) && s->fields[0].min == 2 && s->fields[0].max == 20);\n"
	"	CHECK(s->fields[1].min == -3 && s->fields[1].max == 9007199254740991);\n"
	"	CHECK(n_all_shapes == 5 && n_all_enums == 1 && all_enums[0] == &kind_words);\n"
	"	return 0;\n}\n";

static void shapes_become_c(void **state)
{
	(void)state;
	put("src/domain/people/a.shape", good_shapes);
	put("src/domain/people/b.shape", "shape there\n\ta int\n");
	expect(run_shapegen(), NULL);
	put("main.c", shape_program);
	expect(run("cc " CFLAGS " -I$D/gen $D/main.c $D/gen/*.c $D/gen/people/*.c -o $D/main && $D/main"),
	       NULL);
}

static void files_that_do_not_change_are_left_alone(void **state)
{
	(void)state;
	put("src/domain/people/a.shape", good_shapes);
	put("src/domain/people/b.shape", "shape there\n\ta int\n");
	expect(run_shapegen(), NULL);
	expect(run("touch -d 2001-01-01 $D/gen/people/a_shape.h $D/gen/people/b_shape.h"), NULL);
	put("src/domain/people/b.shape", "shape there\n\ta text\n");
	expect(run_shapegen(), NULL);
	expect(run("test $D/gen/people/a_shape.h -ot $D/src/domain/people/a.shape"), NULL);
	expect(run("! test $D/gen/people/b_shape.h -ot $D/gen/people/a_shape.h"), NULL);
}

static void sql_errors_are_told_with_their_line(void **state)
{
	(void)state;
	static const struct wrong cases[] = {
		{ "SELECT 1;\n", "a.sql:1: text before any" },
		{ "-- use people/z\n", "a.sql:1: there is no people/z.shape" },
		{ "-- x exec\nDELETE FROM t WHERE a = :a;\n", "a.sql:2: x: parameter :a is not declared" },
		{ "-- x exec\n-- in: a int\nDELETE FROM t;\n",
		  "a.sql:1: x: parameter 'a' is not used for sqlite" },
		{ "-- x exec\n-- in: a int\n-- sqlite\nDELETE FROM t WHERE a = :a;\n-- postgres\nDELETE FROM t;\n",
		  "parameter 'a' is not used for postgres" },
		{ "-- x exec\n-- sqlite\nDELETE FROM t;\n", "x has no text for postgres" },
		{ "-- x exec\n-- y exec\nDELETE FROM t;\n", "a.sql:1: x has no text for sqlite" },
		{ "-- x exec\n-- in: a nosuch\nDELETE FROM t;\n",
		  "a.sql:2: type 'nosuch' of 'a' is not known" },
		{ "-- x exec\n-- in: nosuch\nDELETE FROM t;\n", "a.sql:2: shape 'nosuch' is not known" },
		{ "-- x exec\n-- in: a int, a int\nDELETE FROM t;\n", "parameter 'a' stands twice" },
		{ "-- x exec\n-- in: a int b\nDELETE FROM t;\n", "a.sql:2: write: name type" },
		{ "-- x exec\n-- in: out int\nDELETE FROM t;\n", "cannot be called 'out'" },
		{ "-- x exec\n-- in: a int, fresh\nDELETE FROM t;\n", "one shape, and it comes first" },
		{ "-- x exec\n-- in: row\nDELETE FROM t WHERE a = :kids;\n",
		  "'kids' is a row and cannot be bound" },
		{ "-- x exec\n-- out: n int\nDELETE FROM t;\n", "exec returns no rows" },
		{ "-- x one\nSELECT 1;\n", "x needs -- out:" },
		{ "-- x one\n-- out: nosuch\nSELECT 1;\n", "a.sql:2: shape 'nosuch' is not known" },
		{ "-- x one\n-- out: row\nSELECT 1;\n", "row holds the list 'kids' and cannot be a row" },
		{ "-- x one\n-- out: n int, n int\nSELECT 1;\n", "column 'n' stands twice" },
		{ "-- x one\n-- out: inner, n int\nSELECT 1;\n", "write one shape, or columns" },
		{ "-- x one\n-- out: n int\nSELECT 1\n-- in: a int\n", "a.sql:4: in: and out: stand once" },
		{ "-- x one\n-- out: n int\nSELECT 1; SELECT 2;\n", "one statement" },
		{ "-- x one\n-- out: n int\nSELECT 1;\nSELECT 2\n", "a.sql:4: x: text after its end" },
		{ "-- x one\n-- out: n int\nSELECT 'a;\n", "x ends inside a string" },
		{ "-- x one\n-- out: n int\nSELECT ?1;\n", "parameters are written :name" },
		{ "-- x one\n-- out: n int\nSELECT $1;\n", "parameters are written :name" },
		{ "-- x exec\nDELETE FROM t;\n-- x exec\nDELETE FROM t;\n", "a.sql:3: 'x' is already at" },
		{ "-- inner many\n-- out: n int\nSELECT 1;\n-- in many\n-- out: n int\nSELECT 1;\n", NULL },
		{ "-- Inner many\n-- out: n int\nSELECT 1;\n", "cannot be the name of a statement" },
		{ "-- taken many\n-- out: n int\nSELECT 1;\n", "taken_row is already a shape" },
	};
	put("src/domain/people/a.shape", good_shapes);
	put("src/domain/people/b.shape", "shape there\n\ta int\nshape taken_row\n\ta int\n");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		put("src/domain/people/a.sql", cases[i].text);
		expect(run_sqlgen(), cases[i].said);
	}
}

static const char good_sql[] =
	"-- What is asked of people.\n\n"
	"-- get_inner one\n"
	"-- in: id booking_id,\n"
	"--     kind kind?\n"
	"-- out: inner\n"
	"-- A comment, with :nothing in it.\n"
	"SELECT a::text, ':x', \"b:y\" -- :z\n"
	"  FROM t /* :w\n"
	"  ; */ WHERE id = :id AND k = :kind\n\n"
	"  AND j = :id;\n"
	"-- how_many maybe\n"
	"-- out: n int?\n"
	"SELECT count(*) FROM t\n"
	"-- rows many\n"
	"-- in: fresh, now instant\n"
	"-- out: n int, kind kind\n"
	"-- sqlite\n"
	"SELECT :now, :n FROM t\n"
	"-- postgres\n"
	"SELECT $$;:q$$, :n FROM t WHERE x = :now\n"
	"-- both\n"
	"ORDER BY 1;\n"
	"-- drop_it exec\n"
	"-- in: pubid pubid, ok bool, space_id space_id\n"
	"DELETE FROM t WHERE p = :pubid AND ok = :ok AND s = :space_id;\n"
	"-- of_words exec\n"
	"DELETE FROM t WHERE t.a IN ('x', 'it''s', 'z') AND b NOT IN ('x', 'y', 'z')\n"
	"	AND c IN ('x', 'y') AND d IN ('1', '2', '3', '4', '5', '6', '7')\n"
	"	AND e IN (SELECT 'x') AND LOWER(f) IN ('x', 'y', 'z') AND 'g IN (' <> h;\n";

static const char sql_program[] =
	"#include <stdio.h>\n#include <string.h>\n"
	"#include \"people/a_sql.h\"\n#include \"all_sql.h\"\n"
	"#define CHECK(x) if (!(x)) return __LINE__\n"
	"static const void *const *seen; static const struct stmt *asked;\n"
	"rc db_one(struct ctx *c, const struct stmt *s, const void *const *in, void *row)\n"
	"{ (void)c; (void)row; asked = s; seen = in; return *(const int64_t *)in[0] == 7 ? OK : E_DB; }\n"
	"rc db_maybe(struct ctx *c, const struct stmt *s, const void *const *in, void *row, bool *found)\n"
	"{ (void)c; asked = s; *(int64_t *)row = 5; *found = !in; return OK; }\n"
	"rc db_many(struct ctx *c, const struct stmt *s, const void *const *in, struct any_list *out)\n"
	"{ (void)c; asked = s; out->items = NULL; out->n = (size_t)(*(int64_t *)in[0] * 10 + *(int64_t *)in[1]);"
	" return OK; }\n"
	"rc db_each(struct ctx *c, const struct stmt *s, const void *const *in, db_each_fn *each, void *arg)\n"
	"{ (void)s; (void)in; return each(c, NULL, arg); }\n"
	"rc db_exec(struct ctx *c, const struct stmt *s, const void *const *in, int64_t *affected)\n"
	"{ (void)c; asked = s; *affected = *(const bool *)in[1]; return OK; }\n"
	"static rc each(struct ctx *c, const void *row, void *arg)\n"
	"{ (void)c; (void)row; *(int *)arg = 3; return E_GONE; }\n"
	"int main(void)\n{\n"
	"	struct inner i;\n	int64_t n = 0;\n	bool found = false;\n	int got = 0;\n"
	"	CHECK(get_inner(NULL, (booking_id){ 7 }, KIND_ROOM, &i) == OK && asked == &sql_get_inner);\n"
	"	CHECK(asked->n_in == 2 && asked->in[0].type == F_ID && asked->in[1].words == &kind_words);\n"
	"	CHECK(asked->out == &inner_shape);\n"
	"	CHECK(!strcmp(asked->sqlite, \"SELECT a::text, ':x', \\\"b:y\\\" FROM t WHERE id = ?1 AND k = ?2 AND j = ?1\"));\n"
	"	CHECK(!strcmp(asked->postgres, \"SELECT a::text, ':x', \\\"b:y\\\" FROM t WHERE id = $1 AND k = $2 AND j = $1\"));\n"
	"	CHECK(how_many(NULL, &n, &found) == OK && n == 5 && found);\n"
	"	CHECK(asked->n_in == 0 && asked->out->size == 8 && asked->out->fields[0].flags == FF_NULL);\n"
	"	struct rows_row_list l = { 0 };\n"
	"	struct fresh f = { .name = \"x\", .n = 4 };\n"
	"	CHECK(rows(NULL, &f, (instant){ 2 }, &l) == OK && l.n == 24);\n"
	"	CHECK(asked->in[1].offset == offsetof(struct fresh, n) && asked->out == &rows_row_shape);\n"
	"	CHECK(!strcmp(asked->sqlite, \"SELECT ?1, ?2 FROM t ORDER BY 1\"));\n"
	"	CHECK(!strcmp(asked->postgres, \"SELECT $$;:q$$, $2 FROM t WHERE x = $1 ORDER BY 1\"));\n"
	"	CHECK(rows_each(NULL, &f, (instant){ 2 }, each, &got) == E_GONE && got == 3);\n"
	"	CHECK(drop_it(NULL, (pubid){ \"a\" }, true, (space_id){ 1 }, &n) == OK && n == 1);\n"
	"	CHECK(n_all_sql == 1 && all_sql[0].n == 5 && all_sql[0].stmts[3] == &sql_drop_it);\n"
	"	CHECK(!strcmp(sql_of_words.sqlite, \"DELETE FROM t WHERE (t.a = 'x' OR t.a = 'it''s' OR t.a = 'z') AND \"\n"
	"		\"(b <> 'x' AND b <> 'y' AND b <> 'z') AND c IN ('x', 'y') AND d IN ('1', '2', '3', '4', '5', '6', '7') AND \"\n"
	"		\"e IN (SELECT 'x') AND LOWER(f) IN ('x', 'y', 'z') AND 'g IN (' <> h\"));\n"
	"	CHECK(strstr(sql_of_words.postgres, \"t.a IN ('x', 'it''s', 'z')\"));\n"
	"	return 0;\n}\n";

static void statements_become_c(void **state)
{
	(void)state;
	put("src/domain/people/a.shape", good_shapes);
	put("src/domain/people/b.shape", "shape there\n\ta int\n");
	put("src/domain/people/a.sql", good_sql);
	expect(run_shapegen(), NULL);
	expect(run_sqlgen(), NULL);
	put("main.c", sql_program);
	expect(run("cc " CFLAGS " -I$D/gen $D/main.c $D/gen/*.c $D/gen/people/*.c -o $D/main && $D/main"),
	       NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shape_errors_are_told_with_their_line),
		cmocka_unit_test(uses_in_a_ring_are_refused),
		cmocka_unit_test(shapes_become_c),
		cmocka_unit_test(files_that_do_not_change_are_left_alone),
		cmocka_unit_test(sql_errors_are_told_with_their_line),
		cmocka_unit_test(statements_become_c),
	};
	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
