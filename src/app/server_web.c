/* server_web.c - pages about the server itself: is it well, in which language. */
#include <string.h>

#include "app/shell_shape.h"
#include "platform/app.h"
#include "platform/metrics.h"
#include "platform/route.h"
#include "platform/session_cookie.h"
#include "platform/url.h"

route_fn health_get, ready_get, metrics_get, language_get;

rc health_get(struct ctx *c, struct req *q)
{
	(void)c;
	return bytes(q, "text/plain; charset=utf-8", NULL, "ok\n", 3);
}

/* Ready: the database answers (a snapshot is open) and nobody asked us to stop. */
rc ready_get(struct ctx *c, struct req *q)
{
	if (c->app->stopping)
		return fail(c, E_BUSY, "http.busy");
	return bytes(q, "text/plain; charset=utf-8", NULL, "ready\n", 6);
}

rc metrics_get(struct ctx *c, struct req *q)
{
	struct buf b;
	buf_init(&b, c->mem, 8192);
	metrics_write(&b);
	return bytes(q, "text/plain; version=0.0.4; charset=utf-8", NULL, b.s, b.len);
}

rc language_get(struct ctx *c, struct req *q)
{
	const struct language *f = req_form(q, language);
	reply_cookie(c, q, COOKIE_LANG, strcmp(f->to, "en") == 0 ? "en" : "fr", 365 * 86400);
	return done(c, q, NULL, "%s", url_is_local(f->back) ? f->back : "/");
}
