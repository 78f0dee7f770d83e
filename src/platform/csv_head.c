#include "platform/csv_head.h"

#include "platform/i18n.h"

void csv_head(struct ctx *c, struct csv_writer *w, const char *const keys[], size_t n)
{
	for (size_t i = 0; i < n; i++)
		csv_put(w, i18n(c, keys[i], NULL, 0));
	csv_end_row(w);
}
