#include "platform/session_cookie.h"
#include "base/buf.h"

void reply_cookie(struct ctx *c, struct req *q, const char *name, const char *value, int max_age)
{
	struct reply *p = &q->reply;
	if (p->n_cookies == (int)(sizeof p->cookies / sizeof *p->cookies))
		return;
	struct buf b;
	buf_init(&b, c->mem, 160);
	buf_fmt(&b, "%s=", name);
	if (value)
		buf_url(&b, value);
	if (!value)
		buf_str(&b, "; Max-Age=0");
	else if (max_age)
		buf_fmt(&b, "; Max-Age=%d", max_age);
	buf_str(&b, "; Path=/; Secure; HttpOnly; SameSite=Lax");
	p->cookies[p->n_cookies++] = b.s;
}
