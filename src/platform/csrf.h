/* csrf.h - tying a form to the visitor it was shown to. The token in the page
 * is a hash of the cookie, so that the cookie itself never stands in a page. */
#ifndef MAILLAGE_CSRF_H
#define MAILLAGE_CSRF_H

#include "platform/route.h"

/* The token for a cookie's value, 64 hex digits in c->mem. */
const char *csrf_token(struct ctx *c, const char *cookie);

/* For a visitor without a session: the token to write in forms. Makes the
 * cookie (added to the reply) when there was none. */
const char *csrf_anonymous(struct ctx *c, struct req *q);

/* Is this request's token right? Bearer tokens need none.
 *   E_DENIED "form.stale"  missing or other token, or a foreign Origin */
rc csrf_check(struct ctx *c, const struct req *q);

#endif
