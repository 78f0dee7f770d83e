/* fuzz_arrive_national.c - see arrival_fuzz.h. */
#include "fuzz/arrival_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	arrival_fuzz(IMPORT_FORMAT_NATIONAL, data, size);
	return 0;
}
