/* fuzz_spreadsheet.c - tables of other programs: read within their bounds, or refused. */
#include <stdlib.h>
#include <string.h>

#include "platform/spreadsheet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void same(const struct csv_row *a, const struct csv_row *b)
{
	if (a->line != b->line || a->n != b->n || a->n > SPREADSHEET_COLUMNS)
		abort();
	for (size_t i = 0; i < a->n; i++)
		if (strcmp(a->cells[i], b->cells[i]) != 0)
			abort();
}

/* What is kept of it is the same again. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ctx c = { .mem = talloc_new(NULL) };
	octets file = { (const char *)data, size };
	struct spreadsheet s, back;
	if (spreadsheet_parse(&c, file, &s) == OK) {
		struct buf b;
		buf_init(&b, c.mem, size);
		spreadsheet_keep(&b, &s);
		if (spreadsheet_open(&c, (octets){ b.s, b.len }, &back) != OK || back.n != s.n)
			abort();
		for (size_t i = 0; i < s.n; i++) {
			if (s.sheets[i].n != back.sheets[i].n || s.sheets[i].n > SPREADSHEET_ROWS)
				abort();
			for (size_t k = 0; k < s.sheets[i].n; k++)
				same(&s.sheets[i].rows[k], &back.sheets[i].rows[k]);
		}
	}
	if (spreadsheet_open(&c, file, &back) == OK && back.n > file.n)
		abort(); /* more sheets than bytes */
	talloc_free(c.mem);
	return 0;
}
