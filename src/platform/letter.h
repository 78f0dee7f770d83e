/* letter.h - a letter as it travels (RFC 5322, MIME): text and HTML of the same
 * words, quoted-printable; lines end in CRLF. */
#ifndef MAILLAGE_LETTER_H
#define MAILLAGE_LETTER_H

#include "base/buf.h"
#include "base/types.h"

struct letter {
	const char *site;	/* display name of the sender */
	const char *from, *to;	/* plain addresses */
	const char *lang;	/* "fr" */
	const char *subject;	/* any UTF-8; a line break in it becomes a space */
	const char *text, *html; /* lines end in \n */
	pubid pub;		/* makes the Message-ID: the same letter sent twice is known as one */
	instant date;
	const char *stop;	/* address that ends such letters; "" or NULL: none */
};

void letter_write(struct buf *b, const struct letter *l);

#endif
