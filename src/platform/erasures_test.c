/* The list of those who were erased: what it says, and what a crash leaves of it. */
#include "base/test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/pubid.h"
#include "platform/erasures.h"

struct list {
	char folder[40], path[60];
	struct erasures *e;
	struct ctx c;
};

static struct erasures *opened(const struct list *l)
{
	struct erasures *e = NULL;
	const char *why = "";
	assert_int_equal(erasures_open(l->path, false, &e, &why), OK);
	return e;
}

static int setup(void **state)
{
	struct list *l = calloc(1, sizeof *l);
	const char *why;
	strcpy(l->folder, "/tmp/maillage-erasures-XXXXXX");
	if (!mkdtemp(l->folder))
		return -1;
	snprintf(l->path, sizeof l->path, "%s/e", l->folder);
	l->c = (struct ctx){ .mem = talloc_new(NULL), .now = { 1795510800 } };
	*state = l;
	return erasures_open(l->path, true, &l->e, &why) != OK;
}

static int teardown(void **state)
{
	struct list *l = *state;
	erasures_close(l->e);
	talloc_free(l->c.mem);
	unlink(l->path);
	rmdir(l->folder);
	free(l);
	return 0;
}

static pubid person(uint64_t n)
{
	pubid p;
	pubid_from_seed(7, n, &p);
	return p;
}

static size_t size(const struct list *l)
{
	struct stat st;
	assert_int_equal(stat(l->path, &st), 0);
	return (size_t)st.st_size;
}

/* The folder's own: whoever may read the file learns no id, and others may not read it. */
static void names_nobody(void **state)
{
	struct list *l = *state;
	char text[400] = "";
	struct stat st;
	pubid p = person(1);
	assert_int_equal(erasures_add(&l->c, l->e, p), OK);
	FILE *f = fopen(l->path, "r");
	assert_true(fread(text, 1, sizeof text - 1, f) > 100);
	fclose(f);
	assert_null(strstr(text, p.s));
	assert_non_null(strstr(text, "\n2026-11-24 "));
	assert_int_equal(stat(l->path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
}

static void keeps_whom_it_was_told_once(void **state)
{
	struct list *l = *state;
	for (uint64_t i = 0; i < 50; i++)
		assert_int_equal(erasures_add(&l->c, l->e, person(i)), OK);
	size_t before = size(l);
	assert_int_equal(erasures_add(&l->c, l->e, person(20)), OK);
	assert_int_equal(size(l), before);
	struct erasures *again = opened(l);
	assert_int_equal(erasures_count(again), 50);
	for (uint64_t i = 0; i < 50; i++)
		assert_true(erasures_has(again, person(i)));
	assert_false(erasures_has(again, person(50)));
	erasures_close(again);
}

/* Cut anywhere in its last line, the file is still a list, and is written on. */
static void a_torn_line_is_no_line(void **state)
{
	struct list *l = *state;
	assert_int_equal(erasures_add(&l->c, l->e, person(1)), OK);
	size_t one = size(l);
	assert_int_equal(erasures_add(&l->c, l->e, person(2)), OK);
	size_t two = size(l);
	for (size_t at = two - 1; at > one; at--) {
		assert_int_equal(truncate(l->path, (off_t)at), 0);
		struct erasures *e = opened(l);
		assert_true(erasures_has(e, person(1)));
		assert_false(erasures_has(e, person(2)));
		erasures_close(e);
	}
	struct erasures *e = opened(l);
	assert_int_equal(erasures_add(&l->c, e, person(3)), OK);
	erasures_close(e);
	e = opened(l);
	assert_int_equal(erasures_count(e), 2);
	assert_true(erasures_has(e, person(3)));
	assert_int_equal(size(l), two);
	erasures_close(e);
}

/* Half a line fits on the disk: she is not listed, and is when there is room again. */
static void a_full_disk_is_told(void **state)
{
	struct list *l = *state;
	struct rlimit was, full;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
	full = (struct rlimit){ size(l) + 30, was.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &full), 0);
	rc code = erasures_add(&l->c, l->e, person(1));
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
	assert_int_equal(code, E_IO);
	assert_string_equal(l->c.failure.key, "erase.not_kept");
	assert_false(erasures_has(l->e, person(1)));
	assert_int_equal(erasures_add(&l->c, l->e, person(1)), OK);
	struct erasures *e = opened(l);
	assert_true(erasures_has(e, person(1)));
	erasures_close(e);
}

static void says_what_is_wrong(void **state)
{
	struct list *l = *state;
	struct erasures *e;
	const char *why = "";
	assert_int_equal(erasures_add(&l->c, l->e, person(1)), OK);
	FILE *f = fopen(l->path, "a");
	fputs("2026-11-24 not a hash\n", f);
	fclose(f);
	assert_int_equal(erasures_open(l->path, true, &e, &why), E_CORRUPT);
	assert_non_null(strstr(why, "/e:3: "));
	assert_int_equal(truncate(l->path, 0), 0);
	assert_int_equal(erasures_open(l->path, true, &e, &why), E_CORRUPT);
	assert_int_equal(erasures_open(l->folder, true, &e, &why), E_IO);
	unlink(l->path);
	assert_int_equal(erasures_open(l->path, false, &e, &why), E_NOT_FOUND);
	assert_non_null(strstr(why, l->path));
	assert_int_equal(erasures_open("/nonexistent/e", true, &e, &why), E_IO);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(names_nobody),	   TEST(keeps_whom_it_was_told_once), TEST(a_torn_line_is_no_line),
		TEST(a_full_disk_is_told), TEST(says_what_is_wrong),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
