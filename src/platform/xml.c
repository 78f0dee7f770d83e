#include "platform/xml.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

#define DEEPEST 64

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

static void stop_if_wrong(const struct xml *x)
{
	if (x->wrong)
		XML_StopParser(x->parser, XML_FALSE);
}

static void on_start(void *arg, const char *name, const char **attributes)
{
	struct xml *x = arg;
	if (++x->depth > DEEPEST)
		x->wrong = x->broken;
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
	x->wrong = x->broken;
	stop_if_wrong(x);
}

bool xml_begin(struct xml *x)
{
	XML_Parser parser = XML_ParserCreate(NULL);
	x->parser = parser;
	x->depth = 0;
	x->wrong = parser ? NULL : x->broken;
	if (!parser)
		return false;
	XML_SetUserData(parser, x);
	XML_SetElementHandler(parser, on_start, on_end);
	XML_SetCharacterDataHandler(parser, on_text);
	XML_SetStartDoctypeDeclHandler(parser, on_doctype);
	return true;
}

bool xml_feed(struct xml *x, const char *s, size_t n, bool last)
{
	if (XML_Parse(x->parser, s, (int)n, last) == XML_STATUS_OK)
		return true;
	x->wrong = x->wrong ? x->wrong : x->broken;
	return false;
}

void xml_end(struct xml *x)
{
	if (x->parser)
		XML_ParserFree(x->parser);
	x->parser = NULL;
}
