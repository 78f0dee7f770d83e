/* spreadsheet_zip.c - libzip unpacks, expat parses; nothing is held whole. */
#include <expat.h>
#include <stdlib.h>
#include <string.h>

#include "platform/spreadsheet_parts.h"

#define DEEPEST 64

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

const char *xml_local(const char *name)
{
	const char *colon = strchr(name, ':');
	return colon ? colon + 1 : name;
}

const char *xml_get(const char **attributes, const char *name)
{
	for (; *attributes; attributes += 2)
		if (strcmp(xml_local(attributes[0]), name) == 0)
			return attributes[1];
	return NULL;
}

size_t xml_count(const char **attributes, const char *name, size_t most, size_t otherwise)
{
	const char *s = xml_get(attributes, name);
	char *end;
	unsigned long long v = s ? strtoull(s, &end, 10) : 0;
	return s && *s >= '0' && *s <= '9' && !*end && v <= most ? (size_t)v : otherwise;
}

/* ---- expat ---- */

static void stop_if_wrong(const struct xml *x)
{
	if (x->wrong)
		XML_StopParser(x->parser, XML_FALSE);
}

static void on_start(void *arg, const char *name, const char **attributes)
{
	struct xml *x = arg;
	if (++x->depth > DEEPEST)
		x->wrong = K("spreadsheet.broken");
	else if (!x->wrong)
		x->start(x, xml_local(name), attributes);
	stop_if_wrong(x);
}

static void on_end(void *arg, const char *name)
{
	struct xml *x = arg;
	x->depth--;
	if (x->end && !x->wrong)
		x->end(x, xml_local(name));
	stop_if_wrong(x);
}

static void on_text(void *arg, const char *s, int n)
{
	struct xml *x = arg;
	if (x->text && !x->wrong)
		x->text(x, s, (size_t)n);
	stop_if_wrong(x);
}

/* No program writes entities of its own into these files; whoever does means harm. */
static void on_doctype(void *arg, const char *name, const char *system, const char *public, int internal)
{
	struct xml *x = arg;
	(void)name, (void)system, (void)public, (void)internal;
	x->wrong = K("spreadsheet.broken");
	stop_if_wrong(x);
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
		if (XML_Parse(x->parser, piece, (int)n, n == 0) != XML_STATUS_OK)
			return spreadsheet_fail(p->c, x->wrong ? x->wrong : K("spreadsheet.broken"));
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
	XML_Parser parser = f ? XML_ParserCreate(NULL) : NULL;
	if (!parser) {
		if (f)
			zip_fclose(f);
		return spreadsheet_fail(p->c, K("spreadsheet.broken"));
	}
	x->parser = parser;
	x->depth = 0;
	x->wrong = NULL;
	XML_SetUserData(parser, x);
	XML_SetElementHandler(parser, on_start, on_end);
	XML_SetCharacterDataHandler(parser, on_text);
	XML_SetStartDoctypeDeclHandler(parser, on_doctype);
	rc code = feed(p, f, x);
	XML_ParserFree(parser);
	zip_fclose(f);
	return code;
}
