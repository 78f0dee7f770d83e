/* confirmation_web.c - the link of a mail, and the one button behind it. */
#include "people/attempts.h"
#include "people/confirmation.h"
#include "people/confirmation_html.h"
#include "people/people.h"
#include "platform/route.h"

route_fn confirmation_get, confirmation_prepare, confirmation_post;

rc confirmation_get(struct ctx *c, struct req *q)
{
	const struct confirmation_token *f = req_form(q, confirmation_token);
	struct confirmation_page *v = new_zero(c, struct confirmation_page);
	struct confirmation_row k;
	TRY(confirmation_find(c, f->token, &k, &v->row));
	v->token = f->token;
	v->done = !is_none(k.used_at);
	page_title(q, "communities", T(c, "confirmation.title"));
	page_crumb(q, v->row.name, fmt(c, "/communities/%s", v->row.pub.s));
	return page(q, confirmation_page, v);
}

rc confirmation_prepare(struct ctx *c, struct req *q)
{
	return attempt_take(c, ATTEMPT_LINK, NULL, q->http->peer);
}

rc confirmation_post(struct ctx *c, struct req *q)
{
	struct confirmation_row k;
	struct community_row row;
	TRY(confirmation_find(c, req_form(q, confirmation_token)->token, &k, &row));
	TRY(confirmation_accept(c, &k, &row));
	return done(c, q, T(c, "confirmation.thanks"), "/communities/%s", row.pub.s);
}
