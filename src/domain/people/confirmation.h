/* confirmation.h - a page that was not confirmed for a year: its stewards are
 * asked by mail whether it is still right, with a link that needs no sign-in.
 * The link shows one button: programs that open the links of mails confirm
 * nothing. */
#ifndef MAILLAGE_CONFIRMATION_H
#define MAILLAGE_CONFIRMATION_H

#include "base/ctx.h"
#include "people/confirmation_shape.h"

#define CONFIRMATION_ROUNDS 3		       /* mails at most, until somebody confirms */
#define CONFIRMATION_AGAIN_S ((int64_t)60 * 86400) /* between two of them */
#define CONFIRMATION_LIFE_S ((int64_t)120 * 86400) /* of a link */

/* Job: ask for the pages whose time has come. */
rc confirmations_ask(struct ctx *c);

/* What a link stands for, while its person still looks after the page.
 *   E_GONE  "confirmation.gone" */
rc confirmation_find(struct ctx *c, const char *token, struct confirmation_row *out, struct community_row *row);
/* The page is right, says the link's person. Once; again changes nothing. Inside db_write. */
rc confirmation_accept(struct ctx *c, const struct confirmation_row *k, const struct community_row *row);

#endif
