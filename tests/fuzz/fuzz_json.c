/* fuzz_json.c - JSON bodies: what is read, written and read again is the same. */
#include <stdlib.h>
#include <string.h>

#include "platform/json.h"
#include "sample_form.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ctx c = { .mem = talloc_new(NULL) };
	struct sample one, two;
	struct form_state st;
	struct buf b;
	if (json_read(&c, &sample_shape, (const char *)data, size, &one, &st) == OK) {
		buf_init(&b, c.mem, 64);
		json_write(&b, &sample_shape, &one);
		if (json_read(&c, &sample_shape, b.s, b.len, &two, &st) != OK)
			abort();
		if (!same(one.name, two.name) || !same(one.note, two.note) ||
		    !same(one.password, two.password) || one.count != two.count || one.ok != two.ok ||
		    one.unit != two.unit || one.on.v != two.on.v || one.at.v != two.at.v ||
		    one.since.v != two.since.v || one.price.v != two.price.v || one.units.v != two.units.v ||
		    strcmp(one.space.s, two.space.s) != 0)
			abort();
	}
	talloc_free(c.mem);
	return 0;
}
