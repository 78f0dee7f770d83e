/* spreadsheet_zip.c - libzip unpacks what expat parses; nothing is held whole. */
#include "platform/spreadsheet_parts.h"

rc package_open(struct ctx *c, octets file, struct package *out)
{
	zip_error_t why;
	*out = (struct package){ .c = c };
	zip_source_t *source = zip_source_buffer_create(file.s, file.n, 0, &why);
	out->zip = source ? zip_open_from_source(source, ZIP_RDONLY, &why) : NULL;
	if (out->zip)
		return OK;
	zip_source_free(source);
	return spreadsheet_fail(c, K("spreadsheet.broken"));
}

void package_close(struct package *p)
{
	zip_discard(p->zip);
}

bool package_has(const struct package *p, const char *name)
{
	return zip_name_locate(p->zip, name, 0) >= 0;
}

static rc feed(struct package *p, zip_file_t *f, struct xml *x)
{
	char piece[65536];
	zip_int64_t n;
	do {
		n = zip_fread(f, piece, sizeof piece);
		if (n < 0)
			return spreadsheet_fail(p->c, K("spreadsheet.broken"));
		p->unpacked += (size_t)n;
		if (p->unpacked > SPREADSHEET_UNPACKED)
			return spreadsheet_fail(p->c, K("spreadsheet.too_large"));
		if (!xml_feed(x, piece, (size_t)n, n == 0))
			return spreadsheet_fail(p->c, x->wrong);
	} while (n > 0);
	return OK;
}

rc package_xml(struct package *p, const char *name, struct xml *x)
{
	zip_stat_t st;
	if (zip_stat(p->zip, name, 0, &st) != 0)
		return spreadsheet_fail(p->c, K("spreadsheet.broken"));
	if (st.valid & ZIP_STAT_ENCRYPTION_METHOD && st.encryption_method != ZIP_EM_NONE)
		return spreadsheet_fail(p->c, K("spreadsheet.encrypted"));
	if (st.valid & ZIP_STAT_SIZE && st.size > SPREADSHEET_UNPACKED)
		return spreadsheet_fail(p->c, K("spreadsheet.too_large"));
	zip_file_t *f = zip_fopen(p->zip, name, 0);
	if (!f)
		return spreadsheet_fail(p->c, K("spreadsheet.broken"));
	x->broken = K("spreadsheet.broken");
	rc code = xml_begin(x) ? feed(p, f, x) : spreadsheet_fail(p->c, x->wrong);
	xml_end(x);
	zip_fclose(f);
	return code;
}
