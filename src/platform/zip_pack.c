#include "platform/zip_pack.h"

#include <zip.h>

/* What is packed so far; libzip writes it anew each time. */
struct zip_pack {
	zip_source_t *packed;
};

static int release(struct zip_pack *p)
{
	zip_source_free(p->packed);
	return 0;
}

rc zip_pack_new(struct ctx *c, struct zip_pack **out)
{
	zip_error_t why;
	struct zip_pack *p = new_zero(c, struct zip_pack);
	p->packed = zip_source_buffer_create(NULL, 0, 0, &why);
	if (!p->packed)
		return fail(c, E_INTERNAL, "zip.failed");
	talloc_set_destructor(p, release);
	*out = p;
	return OK;
}

static bool add(struct ctx *c, zip_t *zip, const char *name, const void *bytes, size_t n)
{
	zip_source_t *s = zip_source_buffer(zip, bytes, n, 0);
	zip_int64_t at = s ? zip_file_add(zip, name, s, ZIP_FL_ENC_UTF_8) : -1;
	if (at < 0) {
		zip_source_free(s);
		return false;
	}
	return zip_file_set_mtime(zip, (zip_uint64_t)at, (time_t)c->now.v, 0) == 0;
}

rc zip_pack_add(struct ctx *c, struct zip_pack *p, const char *name, const void *bytes, size_t n)
{
	zip_error_t why;
	zip_source_keep(p->packed); /* the archive takes one, and closing it gives that one back */
	zip_t *zip = zip_open_from_source(p->packed, ZIP_CREATE, &why);
	if (!zip) {
		zip_source_free(p->packed);
		return fail(c, E_INTERNAL, "zip.failed");
	}
	if (add(c, zip, name, bytes, n) && zip_close(zip) == 0)
		return OK;
	zip_discard(zip);
	return fail(c, E_INTERNAL, "zip.failed");
}

rc zip_pack_end(struct ctx *c, struct zip_pack *p, octets *out)
{
	zip_stat_t st;
	if (zip_source_stat(p->packed, &st) != 0 || zip_source_open(p->packed) != 0)
		return fail(c, E_INTERNAL, "zip.failed");
	char *bytes = new_array(c, char, st.size + 1);
	zip_int64_t n = zip_source_read(p->packed, bytes, st.size);
	zip_source_close(p->packed);
	*out = (octets){ bytes, st.size };
	return n == (zip_int64_t)st.size ? OK : fail(c, E_INTERNAL, "zip.failed");
}
