#include "base/test.h"

#include <stdlib.h>

#include "base/csv.h"

static int setup(void **state)
{
	struct ctx *c = calloc(1, sizeof *c);
	c->mem = talloc_new(NULL);
	*state = c;
	return 0;
}

static int teardown(void **state)
{
	struct ctx *c = *state;
	talloc_free(c->mem);
	free(c);
	return 0;
}

static struct csv *reads(struct ctx *c, const char *text)
{
	struct csv *t = NULL;
	assert_int_equal(csv_read(c, text, strlen(text), NULL, &t), OK);
	return t;
}

static void plain(void **state)
{
	struct csv *t = reads(*state, "name,city\nLe Lieu,Brest\nLa Halle,\"Aix, 13\"");
	assert_int_equal(t->separator, ',');
	assert_false(t->converted);
	assert_int_equal(t->header.n, 2);
	assert_int_equal(t->n, 2);
	assert_string_equal(t->rows[0].cells[1], "Brest");
	assert_string_equal(t->rows[1].cells[1], "Aix, 13");
	assert_int_equal(t->rows[1].line, 3);
	assert_int_equal(csv_column(t, "City"), 1);
	assert_int_equal(csv_column(t, "town"), -1);
	assert_string_equal(csv_cell(&t->rows[0], 0), "Le Lieu");
	assert_string_equal(csv_cell(&t->rows[0], -1), "");
	assert_string_equal(csv_cell(&t->rows[0], 2), "");
}

static void separators(void **state)
{
	struct csv *t = reads(*state, "\xef\xbb\xbf"
				      "a;b, c;d\r\n1;2;3\r\n");
	assert_int_equal(t->separator, ';');
	assert_string_equal(t->header.cells[0], "a");
	assert_string_equal(t->header.cells[1], "b, c");
	assert_string_equal(t->rows[0].cells[2], "3");
	t = reads(*state, "a\tb\n\t2\n");
	assert_int_equal(t->separator, '\t');
	assert_int_equal(t->rows[0].n, 2);
	assert_string_equal(t->rows[0].cells[0], "");
	t = reads(*state, "\"a,b,c\";d\n1;2\n");
	assert_int_equal(t->separator, ';');
	t = reads(*state, "\n \r\na;b\n1,5;2\n");
	assert_int_equal(t->separator, ';');
	t = reads(*state, "only\none\n");
	assert_int_equal(t->header.n, 1);
}

static void quotes_and_lines(void **state)
{
	struct csv *t = reads(*state,
			      "a,b\r\n\r\n\"two\r\nlines\",\"say \"\"yes\"\"\"\n  \nlast , x y \r\rafter,1");
	assert_int_equal(t->n, 3);
	assert_string_equal(t->rows[0].cells[0], "two\r\nlines");
	assert_string_equal(t->rows[0].cells[1], "say \"yes\"");
	assert_int_equal(t->rows[0].line, 3);
	assert_string_equal(t->rows[1].cells[0], "last");
	assert_string_equal(t->rows[1].cells[1], "x y");
	assert_int_equal(t->rows[1].line, 6);
	assert_int_equal(t->rows[2].line, 8);
}

static void ragged(void **state)
{
	struct csv *t = reads(*state, "a,b,c\n1,2\n1,2,3,4\n1,\n");
	assert_int_equal(t->rows[0].n, 2);
	assert_int_equal(t->rows[1].n, 4);
	assert_string_equal(t->rows[1].cells[3], "4");
	assert_string_equal(csv_cell(&t->rows[0], 2), "");
	assert_int_equal(t->rows[2].n, 2);
}

static void windows(void **state)
{
	struct csv *t = reads(*state, "nom;prix\nCaf\xe9 \x9c;3 \x80\n");
	assert_true(t->converted);
	assert_string_equal(t->rows[0].cells[0], "Café œ");
	assert_string_equal(t->rows[0].cells[1], "3 €");
}

static void refuses(struct ctx *c, const char *text, size_t len, const char *key, const char *line)
{
	static const struct csv_limits tight = { 60, 4, 3, 8 };
	struct csv *t;
	rc code = csv_read(c, text, len, &tight, &t);
	assert_int_equal(code, strcmp(key, "csv.too_large") ? E_INVALID : E_TOO_LARGE);
	assert_string_equal(c->failure.key, key);
	assert_int_equal(c->failure.n_args, line ? 1 : 0);
	if (line)
		assert_string_equal(c->failure.args[0].value, line);
}

static void refused(void **state)
{
	struct ctx *c = *state;
	refuses(c, "", 0, "csv.empty", NULL);
	refuses(c, "\n \r\n", 4, "csv.empty", NULL);
	refuses(c, "\xef\xbb\xbf", 3, "csv.empty", NULL);
	refuses(c, "a\n\x81\n", 4, "csv.encoding", NULL);
	refuses(c, "a\n\0\n", 4, "csv.encoding", NULL);
	refuses(c, "a\n\xe9\0\n", 5, "csv.encoding", NULL);
	refuses(c, "a\n\x1b[2J\n", 7, "csv.encoding", NULL);
	refuses(c, "a\nb\"c\n", 6, "csv.quote", "2");
	refuses(c, "a\n\n\"b\"c\n", 8, "csv.quote", "3");
	refuses(c, "a\n\"b\nc\n", 7, "csv.quote", "2");
	refuses(c, "a\nb\nc\nd\ne\n", 10, "csv.rows", "5");
	refuses(c, "a\n1,2,3,4\n", 10, "csv.columns", "2");
	refuses(c, "a\nb\n123456789\n", 14, "csv.cell", "3");
	refuses(c, "a\n12345678901234567890123456789012345678901234567890123456789\n", 62, "csv.too_large",
		NULL);
}

static void written(void **state)
{
	struct ctx *c = *state;
	struct buf b;
	struct csv_writer w;
	buf_init(&b, c->mem, 64);
	csv_begin(&w, &b, ';', true);
	csv_put(&w, "plain");
	csv_put(&w, "a;b");
	csv_put(&w, "say \"yes\"");
	csv_put(&w, " edge");
	csv_put(&w, NULL);
	csv_end_row(&w);
	csv_put_int(&w, -12);
	csv_put_int(&w, NONE);
	csv_put_typed(&w, "=1+1");
	csv_put_typed(&w, "+33 1");
	csv_put_typed(&w, "-5");
	csv_put_typed(&w, "@a");
	csv_put_typed(&w, "\t=1");
	csv_put_typed(&w, "a=1");
	csv_end_row(&w);
	csv_put(&w, "");
	csv_end_row(&w);
	assert_string_equal(b.s, "\xef\xbb\xbf"
				 "plain;\"a;b\";\"say \"\"yes\"\"\";\" edge\";\r\n"
				 "-12;;\"'=1+1\";\"'+33 1\";\"'-5\";\"'@a\";\"'\t=1\";a=1\r\n"
				 "\"\"\r\n");
}

/* What is written is what is read back, whatever the cells hold. */
static void round_trips(void **state)
{
	static const char *const pieces[] = {
		"", "a", "é", "\"", ",", ";", "\t", "\n", "\r\n", " ", "'", "|"
	};
	struct ctx *c = *state;
	srand(11);
	for (int turn = 0; turn < 2000; turn++) {
		char cells[4][3][64];
		struct buf b;
		struct csv_writer w;
		buf_init(&b, c->mem, 64);
		csv_begin(&w, &b, ",;\t"[rand() % 3], rand() % 2);
		for (int i = 0; i < 4; i++, csv_end_row(&w))
			for (int k = 0; k < 3; k++) {
				cells[i][k][0] = 0;
				for (int n = rand() % 6; n > 0; n--)
					strcat(cells[i][k], pieces[rand() % 12]);
				csv_put(&w, cells[i][k]);
			}
		struct csv *t = NULL;
		assert_int_equal(csv_read(c, b.s, b.len, NULL, &t), OK);
		assert_int_equal(t->n, 3);
		for (int i = 1; i < 4; i++)
			for (int k = 0; k < 3; k++)
				assert_string_equal(t->rows[i - 1].cells[k], cells[i][k]);
		for (int k = 0; k < 3; k++)
			assert_string_equal(t->header.cells[k], cells[0][k]);
		talloc_free_children(c->mem);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(plain, setup, teardown),
		cmocka_unit_test_setup_teardown(separators, setup, teardown),
		cmocka_unit_test_setup_teardown(quotes_and_lines, setup, teardown),
		cmocka_unit_test_setup_teardown(ragged, setup, teardown),
		cmocka_unit_test_setup_teardown(windows, setup, teardown),
		cmocka_unit_test_setup_teardown(refused, setup, teardown),
		cmocka_unit_test_setup_teardown(written, setup, teardown),
		cmocka_unit_test_setup_teardown(round_trips, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
