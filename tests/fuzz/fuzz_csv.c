/* fuzz_csv.c - any bytes as a table; what is read is written and read back. */
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void same(const struct csv_row *a, const struct csv_row *b)
{
	if (a->n != b->n)
		abort();
	for (size_t i = 0; i < a->n; i++)
		if (strcmp(a->cells[i], b->cells[i]) != 0)
			abort();
}

static void write_row(struct csv_writer *w, const struct csv_row *row)
{
	for (size_t i = 0; i < row->n; i++)
		csv_put(w, row->cells[i]);
	csv_end_row(w);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct csv_limits limits = { 1 << 20, 1000, 50, 5000 };
	struct ctx c = { .mem = talloc_new(NULL) };
	struct csv *t, *back;
	if (csv_read(&c, (const char *)data, size, &limits, &t) == OK) {
		struct buf b;
		struct csv_writer w;
		buf_init(&b, c.mem, size);
		csv_begin(&w, &b, t->separator, true);
		write_row(&w, &t->header);
		for (size_t i = 0; i < t->n; i++)
			write_row(&w, &t->rows[i]);
		if (csv_read(&c, b.s, b.len, NULL, &back) != OK || back->n != t->n)
			abort();
		same(&t->header, &back->header);
		for (size_t i = 0; i < t->n; i++)
			same(&t->rows[i], &back->rows[i]);
	}
	talloc_free(c.mem);
	return 0;
}
