/* account.h - a person's account: who she is to the server. An address is
 * proved by a link in a letter; nothing that a stranger is told depends on
 * whether an address has an account. Passwords come hashed: see password.h. */
#ifndef MAILLAGE_ACCOUNT_H
#define MAILLAGE_ACCOUNT_H

#include "base/ctx.h"
#include "people/account_shape.h"

#define CONFIRM_SECONDS (3 * 86400)
#define RESET_SECONDS 3600
#define INVITED_RESET_SECONDS (7 * 86400) /* links made by the operator */

/* Addresses are found without regard to case. */
const char *account_email_key(struct ctx *c, const char *email);
rc account_by_email(struct ctx *c, const char *email, struct account_row *out, bool *found);

/* A new account; takes over one that was never confirmed. password_hash NULL:
 * she sets one by a link. `verified`: the address is proved already, as by an
 * invitation. Inside db_write.
 *   E_CONFLICT  "account.taken" on field email */
rc account_create(struct ctx *c, const char *email, const char *name, const char *password_hash, bool verified,
		  person_id *out);

/* What a stranger may ask; each ends in a letter, or none. Inside db_write. */
rc account_sign_up(struct ctx *c, const char *email, const char *name, const char *password_hash,
		   const char *next);
rc account_send_again(struct ctx *c, const char *email);
rc account_ask_reset(struct ctx *c, const char *email);
/* She wants her letters elsewhere: a link goes there, a notice to the old one. */
rc account_ask_address(struct ctx *c, const struct account_row *who, const char *email);

/* A link for a letter: the secret, in c->mem; its hash is stored. Links made
 * earlier for this person and purpose stop working; a new password, or a new
 * address, ends them all. */
rc account_link_new(struct ctx *c, int purpose, person_id person, const char *email, int64_t seconds,
		    const char **token);
/* E_GONE "account.link_over" when it is unknown, used or too old. */
rc account_link_find(struct ctx *c, const char *token, struct mail_token_row *out);

/* Each uses up its link. Inside db_write.
 *   E_GONE, and for an address E_CONFLICT "account.address_taken" */
rc account_confirm(struct ctx *c, const char *token, struct mail_token_row *out);
rc account_reset(struct ctx *c, const char *token, const char *password_hash, struct mail_token_row *out);

rc account_set_password(struct ctx *c, const struct account_row *who, const char *password_hash);

/* The actor says her password again, before what cannot be taken back: for the
 * `prepare` of a route. Attempts are counted as those of signing in are. A
 * token may come with it; where only she in person may, ask session_required
 * first.
 *   E_INVALID "account.wrong_password" on `field`; E_RATE "account.too_many" */
struct req;
rc account_prove(struct ctx *c, const struct req *q, const char *field, const char *password,
		 struct account_row *out);

/* One line of the audit of the server about a person. Last in the transaction. */
rc account_note(struct ctx *c, const char *action, pubid person, const char *before, const char *after);

/* Job: links that are long over. */
rc account_sweep(struct ctx *c);

/* The made-up people whom anybody may sign in as, on a demo's sign-in page. */
rc demo_sign_ins_set(struct ctx *c, const struct demo_sign_in_list *list, const char *password);
rc demo_sign_ins(struct ctx *c, struct demo_sign_in_list *list, const char **password);

#endif
