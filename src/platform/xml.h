/* xml.h - XML from outside, parsed by expat piece by piece, within bounds: no
 * document type, so no entities of its own, and nothing deeper than 64. What
 * parses what people send runs in a caged child (platform/child.h). */
#ifndef MAILLAGE_XML_H
#define MAILLAGE_XML_H

#include <stdbool.h>
#include <stddef.h>

/* Names come without their prefix, blanks of the XML as they are. */
struct xml {
	void (*start)(struct xml *x, const char *name, const char **attributes);
	void (*end)(struct xml *x, const char *name);
	void (*text)(struct xml *x, const char *s, size_t n);
	const char *broken; /* message when it is no XML, or made to harm */
	const char *wrong;  /* why it ended early; a handler may set it to a message of its own */
	size_t depth;
	void *parser;
};
/* Begin, pieces until the last, end. False: x->wrong says why. */
bool xml_begin(struct xml *x);
bool xml_feed(struct xml *x, const char *s, size_t n, bool last);
void xml_end(struct xml *x);

/* The value of an attribute without its prefix, or NULL. */
const char *xml_get(const char **attributes, const char *name);
const char *xml_local(const char *name);
/* A whole number of an attribute, from 0 to most; `otherwise` else. */
size_t xml_count(const char **attributes, const char *name, size_t most, size_t otherwise);

#endif
