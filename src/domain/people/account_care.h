/* account_care.h - what whoever runs the server does for an account, or against
 * it, from the command line and from her pages: the same rules, the same line
 * in the audit of the server. Never in anybody's name: she opens no session of
 * another's, and reads nothing of what it holds. Inside db_write. */
#ifndef MAILLAGE_ACCOUNT_CARE_H
#define MAILLAGE_ACCOUNT_CARE_H

#include "people/account.h"
#include "people/account_care_shape.h"

/* A link by which she chooses a new password, good once and for seven days; the
 * secret goes to whoever typed the command, or in a letter to her address. */
rc care_reset_link(struct ctx *c, const struct account_row *who, const char **token);
rc care_send_reset(struct ctx *c, const struct account_row *who);

/* Every browser of hers has to sign in again; her tokens for programs stay. */
rc care_sign_out(struct ctx *c, const struct account_row *who);

/* Nobody comes in with it, neither by password nor by token, until it is given
 * back; memberships, bookings and letters stay as they are.
 *   E_CONFLICT  "care.is_suspended", "care.is_active": it is so already;
 *               "care.own" the actor's own */
rc care_suspend(struct ctx *c, const struct account_row *who, const char *why);
rc care_restore(struct ctx *c, const struct account_row *who);

rc care_set_operator(struct ctx *c, const struct account_row *who, bool on);

/* All accounts that the query asks for, in its order. */
rc accounts_find(struct ctx *c, const struct account_query *q, struct account_line_list *out);

#endif
