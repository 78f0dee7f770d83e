/* sign_in_web.c - coming in: sign in and out, sign up, confirm, reset. What
 * is answered never tells whether an address has an account. */
#include <string.h>

#include "base/civil.h"
#include "people/account.h"
#include "people/account_html.h"
#include "people/account_sql.h"
#include "people/attempts.h"
#include "people/password.h"
#include "people/people.h"
#include "people/session.h"
#include "platform/app.h"
#include "platform/url.h"

route_fn sign_in_get, sign_in_prepare, sign_in_post, sign_out_post;
route_fn sign_up_get, sign_up_prepare, sign_up_post, sign_up_sent_get, sign_up_again_post, letter_prepare;
route_fn confirm_get, confirm_prepare, confirm_post;
route_fn reset_get, reset_post, reset_set_prepare, reset_set_post;

static const char *local(const char *path)
{
	return url_is_local(path) ? path : "/";
}

static bool is_post(const struct req *q)
{
	return q->route->method == HTTP_POST;
}

/* ---- sign in and out ---- */

rc sign_in_get(struct ctx *c, struct req *q)
{
	const char *next = is_post(q) ? req_form(q, sign_in)->next : req_form(q, sign_in_query)->next;
	struct sign_in_page *v = new_zero(c, struct sign_in_page);
	v->next = local(next);
	if (c->actor.person.v && !is_post(q))
		return done(c, q, NULL, "%s", v->next);
	if (c->app->is_demo)
		TRY(demo_sign_ins(c, &v->demo, &v->password));
	page_title(q, NULL, T(c, "sign_in.title"));
	return page(q, sign_in_page, v);
}

/* Who she is, and what to store when today's costs of hashing are others. */
struct signing_in {
	struct account_row account;
	const char *renewed;
};

rc sign_in_prepare(struct ctx *c, struct req *q)
{
	const struct sign_in *f = req_form(q, sign_in);
	struct signing_in *s = new_zero(c, struct signing_in);
	bool found, good;
	TRY(attempt_take(c, ATTEMPT_PASSWORD, f->email, q->http->peer));
	TRY(account_by_email(c, f->email, &s->account, &found));
	TRY(password_check(c, found ? s->account.password_hash : NULL, f->password, &good, &s->renewed));
	if (!good)
		return fail(c, E_INVALID, "sign_in.wrong");
	if (!s->account.verified)
		return fail(c, E_INVALID, "sign_in.unconfirmed");
	attempt_forget(c, ATTEMPT_PASSWORD, f->email, q->http->peer);
	q->prepared = s;
	return OK;
}

/* Where she works, when she asked for no page: a host at the day of her place, a team at its conventions. */
static rc first_page(struct ctx *c, person_id person, const char **out)
{
	struct membership_row_list l;
	TRY(memberships_on(c, person, day_at(c->now, NULL), &l));
	int64_t roles = l.n ? l.items[0].roles : 0;
	bool hosts = (roles & (ROLE_HOST | ROLE_MANAGER)) && l.items[0].card.kind == COMMUNITY_KIND_PLACE;
	*out = "/";
	if (roles & (ROLE_MANAGER | ROLE_SIGNATORY | ROLE_COORDINATOR | ROLE_ADVISOR))
		*out = "/conventions";
	if (hosts)
		*out = "/host/day";
	return OK;
}

rc sign_in_post(struct ctx *c, struct req *q)
{
	const char *next = local(req_form(q, sign_in)->next);
	const struct signing_in *s = q->prepared;
	if (s->renewed)
		TRY(person_set_password(c, s->account.id, s->renewed, NULL));
	TRY(session_open(c, q, s->account.id));
	if (strcmp(next, "/") == 0)
		TRY(first_page(c, s->account.id, &next));
	return done(c, q, NULL, "%s", next);
}

rc sign_out_post(struct ctx *c, struct req *q)
{
	TRY(session_required(c, q));
	if (req_form(q, sign_out)->everywhere)
		TRY(session_close_all(c, q));
	else
		TRY(session_close(c, q));
	return done(c, q, T(c, "sign_in.out"), "/");
}

/* ---- sign up ---- */

static rc sign_up_page_of(struct ctx *c, struct req *q, struct sign_up_page **out)
{
	*out = new_zero(c, struct sign_up_page);
	(*out)->site = c->app->site_name;
	(*out)->is_demo = c->app->is_demo;
	page_title(q, NULL, T(c, "sign_up.title"));
	return OK;
}

rc sign_up_get(struct ctx *c, struct req *q)
{
	struct sign_up_page *v;
	TRY(sign_up_page_of(c, q, &v));
	v->next = local(is_post(q) ? req_form(q, sign_up)->next : req_form(q, sign_in_query)->next);
	return page(q, sign_up_page, v);
}

rc sign_up_prepare(struct ctx *c, struct req *q)
{
	const struct sign_up *f = req_form(q, sign_up);
	const char *hashed;
	TRY(password_allowed(c, "password", f->password, f->email, f->name));
	TRY(attempt_take(c, ATTEMPT_LETTER, f->email, q->http->peer));
	TRY(password_make(c, f->password, &hashed));
	q->prepared = hashed;
	return OK;
}

rc sign_up_post(struct ctx *c, struct req *q)
{
	const struct sign_up *f = req_form(q, sign_up);
	TRY(account_sign_up(c, f->email, f->name, q->prepared, url_is_local(f->next) ? f->next : NULL));
	return done(c, q, NULL, "/sign-up/sent");
}

rc sign_up_sent_get(struct ctx *c, struct req *q)
{
	struct sign_up_page *v;
	TRY(sign_up_page_of(c, q, &v));
	return page_(q, tpl_sign_up_sent_any, &sign_up_page_shape, v);
}

rc letter_prepare(struct ctx *c, struct req *q)
{
	return attempt_take(c, ATTEMPT_LETTER, req_form(q, account_email)->email, q->http->peer);
}

rc sign_up_again_post(struct ctx *c, struct req *q)
{
	TRY(account_send_again(c, req_form(q, account_email)->email));
	return done(c, q, T(c, "sign_up.sent_again"), "/sign-up/sent");
}

/* ---- confirm an address ---- */

rc confirm_get(struct ctx *c, struct req *q)
{
	const char *token = is_post(q) ? req_form(q, confirm)->token : req_form(q, token_query)->token;
	struct confirm_page *v = new_zero(c, struct confirm_page);
	struct mail_token_row t;
	TRY(account_link_find(c, token ? token : "", &t));
	*v = (struct confirm_page){ .token = token,
				    .email = t.email,
				    .is_change = t.purpose == MAIL_PURPOSE_CHANGE };
	v->next = is_post(q) ? req_form(q, confirm)->next : req_form(q, token_query)->next;
	page_title(q, NULL, T(c, "confirm.title"));
	return page(q, confirm_page, v);
}

/* Whoever confirms a new account says the password again: the address may be
 * that of somebody who never asked. */
rc confirm_prepare(struct ctx *c, struct req *q)
{
	const struct confirm *f = req_form(q, confirm);
	struct mail_token_row t;
	const char *renewed;
	bool good;
	TRY(attempt_take(c, ATTEMPT_LINK, NULL, q->http->peer));
	TRY(account_link_find(c, f->token, &t));
	if (t.purpose != MAIL_PURPOSE_CONFIRM)
		return OK;
	TRY(attempt_take(c, ATTEMPT_PASSWORD, t.account.email, q->http->peer));
	TRY(password_check(c, t.account.password_hash, f->password ? f->password : "", &good, &renewed));
	return good ? OK : fail_field(c, "password", "account.wrong_password");
}

rc confirm_post(struct ctx *c, struct req *q)
{
	struct mail_token_row t;
	TRY(account_confirm(c, req_form(q, confirm)->token, &t));
	if (t.purpose == MAIL_PURPOSE_CHANGE)
		return done(c, q, T(c, "confirm.changed"), "/account");
	TRY(session_open(c, q, t.account.id));
	const char *next = req_form(q, confirm)->next;
	return done(c, q, T(c, "confirm.welcome"), "%s", url_is_local(next) ? next : "/places");
}

/* ---- a password lost ---- */

rc reset_get(struct ctx *c, struct req *q)
{
	bool setting = q->route->form == &reset_set_shape;
	struct reset_page *v = new_zero(c, struct reset_page);
	struct mail_token_row t;
	if (setting)
		v->token = req_form(q, reset_set)->token;
	else if (!is_post(q))
		v->token = req_form(q, token_query)->token;
	if (v->token) {
		TRY(account_link_find(c, v->token, &t));
		v->email = t.account.email;
	}
	page_title(q, NULL, T(c, "reset.title"));
	return page(q, reset_page, v);
}

rc reset_post(struct ctx *c, struct req *q)
{
	TRY(account_ask_reset(c, req_form(q, account_email)->email));
	return done(c, q, T(c, "reset.sent"), "/sign-in");
}

rc reset_set_prepare(struct ctx *c, struct req *q)
{
	const struct reset_set *f = req_form(q, reset_set);
	struct mail_token_row t;
	const char *hashed;
	TRY(attempt_take(c, ATTEMPT_LINK, NULL, q->http->peer));
	TRY(account_link_find(c, f->token, &t));
	TRY(password_allowed(c, "password", f->password, t.account.email, t.account.name));
	TRY(password_make(c, f->password, &hashed));
	attempt_forget(c, ATTEMPT_PASSWORD, t.account.email, q->http->peer);
	q->prepared = hashed;
	return OK;
}

rc reset_set_post(struct ctx *c, struct req *q)
{
	struct mail_token_row t;
	TRY(account_reset(c, req_form(q, reset_set)->token, q->prepared, &t));
	TRY(session_open(c, q, t.account.id));
	return done(c, q, T(c, "reset.done"), "/account");
}
