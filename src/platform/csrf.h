/* csrf.h - tying a form to the visitor it was shown to. The token in the page
 * is a hash of the cookie, so that the cookie itself never stands in a page. */
#ifndef MAILLAGE_CSRF_H
#define MAILLAGE_CSRF_H

#include "platform/route.h"

/* The token for a cookie's value, 64 hex digits in c->mem. */
const char *csrf_token(struct ctx *c, const char *cookie);

/* For somebody signed in: the same, then a mark of the membership she acts as, so
 * that a form opened as one is not sent as another, chosen in another tab. */
const char *csrf_acting(struct ctx *c, const char *cookie);

/* For a visitor without a session: the token to write in forms. Makes the
 * cookie (added to the reply) when there was none. */
const char *csrf_anonymous(struct ctx *c, struct req *q);

/* Is this request's token right? Bearer tokens need none. One that was given
 * before signing in still is: a page may have waited for that.
 *   E_DENIED "form.stale"  missing or other token, or a foreign Origin
 *            "form.acting" for what is done as a membership: it was another then */
rc csrf_check(struct ctx *c, const struct req *q);

/* Did a browser say that this page of ours sent it? */
bool csrf_from_our_page(const struct http_req *r);

#endif
