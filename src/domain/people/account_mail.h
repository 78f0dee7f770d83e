/* account_mail.h - the letters about an account. Inside db_write. Secrets go
 * to the address alone. */
#ifndef MAILLAGE_ACCOUNT_MAIL_H
#define MAILLAGE_ACCOUNT_MAIL_H

#include "base/ctx.h"
#include "people/account_shape.h"

/* To a new address, in the language of the page. */
/* next: the page she was going to, of this site; or NULL. */
rc account_mail_confirm(struct ctx *c, const char *email, const char *name, const char *token, const char *next);
/* Somebody asked for an account that is there already. */
rc account_mail_already(struct ctx *c, const struct account_row *who);
rc account_mail_reset(struct ctx *c, const struct account_row *who, const char *token);
/* The same, when it was the operator who asked. */
rc account_mail_reset_for(struct ctx *c, const struct account_row *who, const char *token);
/* To the new address: is it yours? To the old one: was it you? */
rc account_mail_change(struct ctx *c, const struct account_row *who, const char *email, const char *token);
rc account_mail_notice(struct ctx *c, const struct account_row *who, const char *email);

#endif
