#include "base/test.h"

#include <stdio.h>
#include <stdlib.h>

#include "platform/embedded.h"

static void assert_table(const struct embedded *files, size_t n, const char *dir)
{
	assert_true(n > 0);
	assert_null(files[n].path);
	for (size_t i = 0; i < n; i++) {
		char path[512];
		snprintf(path, sizeof path, "%s/%s", dir, files[i].path);
		FILE *f = fopen(path, "rb");
		assert_non_null(f);
		unsigned char *bytes = malloc(files[i].len + 1);
		assert_non_null(bytes);
		assert_int_equal(fread(bytes, 1, files[i].len + 1, f), files[i].len);
		assert_memory_equal(bytes, files[i].data, files[i].len);
		assert_int_equal(files[i].data[files[i].len], 0);
		if (i > 0)
			assert_true(strcmp(files[i - 1].path, files[i].path) < 0);
		free(bytes);
		fclose(f);
	}
}

static void the_program_holds_the_files_sorted(void **state)
{
	(void)state;
	assert_table(embedded_migrations, n_embedded_migrations, "migrations");
	assert_table(embedded_web, n_embedded_web, "build/web");
}

static void its_fingerprint_fits_an_address(void **state)
{
	(void)state;
	assert_int_equal(strlen(embedded_fingerprint), 8);
	assert_int_equal(strspn(embedded_fingerprint, "0123456789abcdef"), 8);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_program_holds_the_files_sorted),
		cmocka_unit_test(its_fingerprint_fits_an_address),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
