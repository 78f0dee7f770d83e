/* session.h - who is signed in, and as what she acts. The cookie holds a
 * 256-bit secret; the database its hash. A session lasts 30 days from its last
 * use; personal API tokens (Authorization: Bearer) act for one membership. */
#ifndef MAILLAGE_SESSION_H
#define MAILLAGE_SESSION_H

#include "people/session_shape.h"
#include "platform/route.h"

#define SESSION_SECONDS (30 * 86400)

/* For struct site: sets c->actor, c->lang and the session fields of q. A
 * cookie that is not good any more means nobody is signed in; a bad bearer
 * token is E_AUTH "actor.bad_token". Inside a snapshot. */
rc session_authenticate(struct ctx *c, struct req *q);

/* Open a session for a person and put its cookie in the reply; she acts as
 * her first current membership, if she has one. The session she came with, if
 * any, ends: nobody keeps a secret from before. Inside db_write.
 *   E_CONFLICT  "account.is_suspended" */
rc session_open(struct ctx *c, struct req *q, person_id person);

/* Close this one and drop its cookie. Inside db_write. */
rc session_close(struct ctx *c, struct req *q);
/* The same for each that the actor has; for each but this one. */
rc session_close_all(struct ctx *c, struct req *q);
rc session_close_others(struct ctx *c, const struct req *q);

/* From now on she acts as this one of her current memberships; E_NOT_FOUND
 * for any other. Inside db_write. */
rc session_act_as(struct ctx *c, const struct req *q, pubid membership);

/* For what no API token may do: E_DENIED "account.session_only". */
rc session_required(struct ctx *c, const struct req *q);

/* Job: sessions that ended a month ago leave no trace of where she was. */
rc sessions_sweep(struct ctx *c);

/* "Firefox, Linux" for a User-Agent; NULL when it says neither. */
const char *device_words(struct ctx *c, const char *agent);

#endif
