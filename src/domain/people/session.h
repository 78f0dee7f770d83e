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
 * her first current membership, if she has one. Inside db_write. */
rc session_open(struct ctx *c, struct req *q, person_id person);

/* Close this one and drop its cookie. Inside db_write. */
rc session_close(struct ctx *c, struct req *q);

#endif
