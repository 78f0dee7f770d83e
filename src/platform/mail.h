/* mail.h - letters to people. A letter is queued in the transaction of its
 * cause and leaves after the commit, over SMTP, retried with back-off; what
 * cannot leave is shown to the operator. Without SMTP nothing leaves and the
 * operator's page shows the queue. */
#ifndef MAILLAGE_MAIL_H
#define MAILLAGE_MAIL_H

#include "base/ctx.h"

#define MAIL_PARAGRAPHS 8

/* Words already in the reader's language (see mail_lang). The text and the
 * HTML part are both made from these. */
struct mail_draft {
	const char *to;		 /* address */
	enum lang lang;
	const char *kind;	 /* "account.confirm": which family, for the operator and filters */
	const char *subject;
	const char *paragraphs[MAIL_PARAGRAPHS]; /* until NULL */
	const char *action_label; /* one button, or NULL */
	const char *action_path;  /* "/bookings/…"; made absolute with the site's public address */
	/* Where a POST alone ends these letters, her secret in it; or NULL. Programs of mail offer it
	 * as one click (RFC 8058), and the operator sees neither whom the letter is for nor its text. */
	const char *stop_path;
};

/* Inside db_write. E_INVALID "mail.bad_address": not one plain ASCII address. */
rc mail_queue(struct ctx *c, const struct mail_draft *d);

/* Write in the reader's language: returns the language before, to put back. */
enum lang mail_lang(struct ctx *c, enum lang lang);

/* Job: send what is due; without mail.smtp_url nothing. A letter that the
 * server puts off is tried again after 1, 5, 15 minutes, 1, 4, 12 and 24
 * hours, then it is dead; one that it refuses is dead at once. When the server
 * cannot be reached the rest waits for the next run. */
rc mail_deliver(struct ctx *c);

/* Seconds until the next try after that many failed ones (1 is the first);
 * NONE when it was the last. */
int64_t mail_retry_after(int64_t failed);

/* Job: letters sent a month ago and dead since three are forgotten. */
rc mail_sweep(struct ctx *c);

#endif
