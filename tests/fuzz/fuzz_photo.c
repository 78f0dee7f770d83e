/* fuzz_photo.c - photos: whatever is sent is decoded to what it says to be, or refused. */
#include <stdlib.h>

#include "platform/raster.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ctx c = { .mem = talloc_new(NULL) };
	octets file = { (const char *)data, size };
	struct raster r;
	int turned = raster_orientation(file);
	if (turned < 1 || turned > 8)
		abort();
	if (raster_decode(&c, file, 400, &r) == OK) {
		if (r.width < 1 || r.height < 1 || (int64_t)r.width * r.height > RASTER_MAX_JPEG)
			abort();
		r = raster_turn(&c, raster_shrink(&c, r, 64), turned);
		if (r.width > 64 || r.height > 64)
			abort();
	}
	talloc_free(c.mem);
	return 0;
}
