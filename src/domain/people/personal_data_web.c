/* personal_data_web.c - take one's data away; have them erased. */
#include <string.h>

#include "people/account.h"
#include "people/account_sql.h"
#include "people/personal_data.h"
#include "people/personal_data_html.h"
#include "people/session.h"
#include "platform/session_cookie.h"

route_fn account_export_get, account_erase_get, account_erase_prepare, account_erase_post;

rc account_export_get(struct ctx *c, struct req *q)
{
	const char *json;
	TRY(personal_data_export(c, c->actor.person, &json));
	return bytes(q, "application/json", "maillage.json", json, strlen(json));
}

rc account_erase_get(struct ctx *c, struct req *q)
{
	struct erase_page *v = new_zero(c, struct erase_page);
	struct account_row a;
	TRY(account_by_id(c, c->actor.person, &a));
	v->email = a.email;
	page_title(q, "account", T(c, "erase.title"));
	page_crumb(q, T(c, "account.title"), "/account");
	page_crumb(q, T(c, "erase.title"), NULL);
	return page(q, erase_page, v);
}

rc account_erase_prepare(struct ctx *c, struct req *q)
{
	struct account_row a;
	TRY(session_required(c, q));
	return account_prove(c, q, "password", req_form(q, account_erase)->password, &a);
}

rc account_erase_post(struct ctx *c, struct req *q)
{
	TRY(person_erase(c, c->actor.person));
	reply_cookie(c, q, COOKIE_SESSION, NULL, 0);
	return done(c, q, T(c, "erase.done"), "/");
}
