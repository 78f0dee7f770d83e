#include <sodium.h>
#include <string.h>

#include "base/hash.h"
#include "base/pubid.h"
#include "platform/csrf.h"
#include "platform/form.h"
#include "platform/session_cookie.h"

const char *csrf_token(struct ctx *c, const char *cookie)
{
	const char *text = fmt(c, "csrf:%s", cookie);
	hash h = hash_sha256(text, strlen(text));
	char *hex = talloc_size(c->mem, 65);
	hash_hex(h, hex);
	return hex;
}

const char *csrf_anonymous(struct ctx *c, struct req *q)
{
	if (!q->anonymous) {
		pubid fresh;
		pubid_new(&fresh);
		q->anonymous = talloc_strdup(c->mem, fresh.s);
		reply_cookie(c, q, COOKIE_ANONYMOUS, q->anonymous, 0);
	}
	return csrf_token(c, q->anonymous);
}

/* A browser says where a form came from: it must be this host. */
static bool origin_is_ours(const struct http_req *r)
{
	const char *origin = http_header(r, "Origin"), *host = http_header(r, "Host");
	if (!origin)
		return true;
	const char *rest = strstr(origin, "://");
	return rest && host && strcasecmp(rest + 3, host) == 0;
}

rc csrf_check(struct ctx *c, const struct req *q)
{
	if (!q->csrf && q->session_token == NULL && q->api && http_header(q->http, "Authorization"))
		return OK;
	const char *cookie = q->session_token ? q->session_token : q->anonymous;
	const char *sent = http_header(q->http, "X-CSRF-Token");
	if (!sent)
		sent = form_control(c, q->http->body, q->http->body_len, http_header(q->http, "Content-Type"),
				    "_csrf");
	if (!cookie || !sent || !origin_is_ours(q->http))
		return fail(c, E_DENIED, "form.stale");
	const char *want = csrf_token(c, cookie);
	if (strlen(sent) != strlen(want) || sodium_memcmp(sent, want, strlen(want)) != 0)
		return fail(c, E_DENIED, "form.stale");
	return OK;
}
