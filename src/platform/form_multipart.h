/* form_multipart.h - the parts of a multipart/form-data body (RFC 7578), read
 * strictly: CRLF line ends, no nesting, no transfer encodings, nothing before
 * the first or after the last delimiter. */
#ifndef MAILLAGE_FORM_MULTIPART_H
#define MAILLAGE_FORM_MULTIPART_H

#include <stdbool.h>
#include <stddef.h>
#include <talloc.h>

#define MULTIPART_MAX_PARTS 200

struct multipart {
	TALLOC_CTX *mem;
	const char *at, *end;
	char delimiter[80]; /* CRLF, two dashes, the boundary */
	size_t n;
	int left;
	bool bad, over;
	const char *raw; /* the part just read, as it stands in the body */
	size_t raw_n;
};

/* `content_type` is the whole header. */
void multipart_init(struct multipart *m, TALLOC_CTX *mem, const char *body, size_t len,
		    const char *content_type);
/* The next part, both texts in `mem` and UTF-8; a file of an older program
 * (Windows-1252) is converted, a UTF-8 mark in front of a file is dropped. A
 * file that is no text has a NULL value; its bytes are in m->raw. false at the
 * end, or when m->bad. */
bool multipart_next(struct multipart *m, const char **name, const char **value);

#endif
