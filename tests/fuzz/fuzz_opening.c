/* fuzz_opening.c - any text as opening hours; what is read is printed, and
 * printed it means the same. */
#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "spaces/opening.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void same_days(const struct opening *a, const struct opening *b)
{
	static const struct opening_calendar cal = {
		.territory = HOLIDAY_TERRITORY_ALSACE_MOSELLE_GOOD_FRIDAY
	};
	for (int64_t d = day_of(2026, 12, 20).v; d < day_of(2027, 6, 1).v; d++) {
		struct spans one, two;
		opening_day(a, &cal, (day){ d }, &one);
		opening_day(b, &cal, (day){ d }, &two);
		if (one.n != two.n || memcmp(one.at, two.at, one.n * sizeof *one.at) != 0)
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ctx c = { .mem = talloc_new(NULL) };
	const char *text = talloc_strndup(c.mem, (const char *)data, size);
	struct opening *o, *back;
	size_t at = 0;
	if (opening_parse(&c, text, &o, &at) == OK) {
		if (opening_parse(&c, opening_print(&c, o), &back, NULL) != OK) {
			/* Written out, a text may outgrow what is accepted. */
			if (strcmp(c.failure.key, "opening.too_long") != 0)
				abort();
		} else {
			same_days(o, back);
		}
	} else if (at < 1 || at > strlen(text) + 1) {
		abort();
	}
	talloc_free(c.mem);
	return 0;
}
