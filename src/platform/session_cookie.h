/* session_cookie.h - names and shape of the cookies this server sets. All are
 * __Host-, Secure, HttpOnly, SameSite=Lax (browsers treat localhost as secure). */
#ifndef MAILLAGE_SESSION_COOKIE_H
#define MAILLAGE_SESSION_COOKIE_H

#include "platform/route.h"

#define COOKIE_SESSION "__Host-session"
#define COOKIE_ANONYMOUS "__Host-form"
#define COOKIE_TOAST "__Host-toast"
#define COOKIE_LANG "__Host-lang"

/* Add a Set-Cookie to the reply. `value` is percent-encoded; NULL deletes.
 * max_age in seconds; 0: until the browser closes. */
void reply_cookie(struct ctx *c, struct req *q, const char *name, const char *value, int max_age);

#endif
