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

#define TOKEN_LEN 64
#define MARK_LEN  8

const char *csrf_acting(struct ctx *c, const char *cookie)
{
	const char *mark = csrf_token(c, fmt(c, "%s:%lld", cookie, (long long)c->actor.membership.v));
	return fmt(c, "%s-%.*s", csrf_token(c, cookie), MARK_LEN, mark);
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

bool csrf_from_our_page(const struct http_req *r)
{
	return http_header(r, "Origin") && origin_is_ours(r);
}

static bool is_token_of(struct ctx *c, const char *sent, const char *cookie)
{
	return cookie && strlen(sent) >= TOKEN_LEN &&
	       sodium_memcmp(sent, csrf_token(c, cookie), TOKEN_LEN) == 0;
}

/* A form without a mark comes from a program, or from before she signed in. */
static bool is_marked_otherwise(struct ctx *c, const struct req *q, const char *sent)
{
	bool acts = q->route->perm == PERM_AS || q->route->perm == PERM_ROLE;
	return acts && q->session_token && sent[TOKEN_LEN] &&
	       strcmp(sent, csrf_acting(c, q->session_token)) != 0;
}

rc csrf_check(struct ctx *c, const struct req *q)
{
	if (!q->csrf && q->session_token == NULL && q->api && http_header(q->http, "Authorization"))
		return OK;
	const char *sent = http_header(q->http, "X-CSRF-Token");
	if (!sent)
		sent = form_control(c, q->http->body, q->http->body_len, http_header(q->http, "Content-Type"),
				    "_csrf");
	if (!sent || !origin_is_ours(q->http))
		return fail(c, E_DENIED, "form.stale");
	if (!is_token_of(c, sent, q->session_token) && !is_token_of(c, sent, q->anonymous))
		return fail(c, E_DENIED, "form.stale");
	size_t len = strlen(sent);
	if (len != TOKEN_LEN && (len != TOKEN_LEN + 1 + MARK_LEN || sent[TOKEN_LEN] != '-'))
		return fail(c, E_DENIED, "form.stale");
	return is_marked_otherwise(c, q, sent) ? fail(c, E_DENIED, "form.acting") : OK;
}
