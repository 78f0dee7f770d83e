/* smtp.h - letters out of the house, over SMTP. One connection serves several
 * letters; one thread at a time. Never logs what a letter says. */
#ifndef MAILLAGE_SMTP_H
#define MAILLAGE_SMTP_H

#include "platform/config.h"

struct smtp;

enum smtp_verdict {
	SMTP_SENT,
	SMTP_LATER,	 /* the server put this letter off (4xx) */
	SMTP_NEVER,	 /* the server refused this letter (5xx) */
	SMTP_UNREACHABLE /* no connection, a lost one, a wrong password: others would fare no better */
};

/* Connects at the first letter. TLS is taken when offered, and demanded by
 * smtps:// and wherever a password would travel, but to this same machine; the
 * certificate is checked unless the server is this machine. NULL: no memory. */
struct smtp *smtp_open(const struct config *cfg);

/* Milliseconds to connect and for a whole letter; 15 s and 60 s at first. */
void smtp_patience(struct smtp *s, long connect_ms, long letter_ms);

/* *why: the server's words or ours, one line, until the next letter; never NULL. */
enum smtp_verdict smtp_send(struct smtp *s, const char *from, const char *to, const char *data, size_t len,
			    const char **why);

void smtp_close(struct smtp *s); /* NULL is fine */

#endif
