/* fuzz_erasures.c - any bytes as a list of erasures; one that is read stays
 * one when it is cut anywhere after its first line. */
#include <stdlib.h>

#include "platform/erasures.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct erasure_list whole, part;
	int line;
	if (erasures_parse(mem, (const char *)data, size, &whole, &line) == OK) {
		size_t first = 1;
		while (data[first - 1] != '\n')
			first++;
		for (size_t cut = first; cut <= size; cut += 37)
			if (erasures_parse(mem, (const char *)data, cut, &part, &line) != OK ||
			    part.n > whole.n)
				abort();
	} else if (line < 1) {
		abort();
	}
	talloc_free(mem);
	return 0;
}
