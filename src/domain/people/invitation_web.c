/* invitation_web.c - inviting, and answering an invitation. */
#include <string.h>

#include "people/account.h"
#include "people/attempts.h"
#include "people/invitation.h"
#include "people/invitation_html.h"
#include "people/invitation_sql.h"
#include "people/password.h"
#include "people/people.h"
#include "people/session.h"
#include "platform/ui.h"

route_fn invitations_get, invite_one_post, invite_table_prepare, invite_table_post;
route_fn invite_preview_get, invite_send_post, invite_drop_post, invitation_again_post,
	invitation_withdraw_post;
route_fn invitation_accept_get, invitation_accept_prepare, invitation_accept_post, invitation_refuse_post;
rc invitation_loader(struct ctx *c, pubid pub, struct loaded *out);

rc invitation_loader(struct ctx *c, pubid pub, struct loaded *out)
{
	struct invitation_row *i = new_zero(c, struct invitation_row);
	bool found;
	TRY(invitation_by_pub(c, pub, c->now, i, &found));
	if (!found)
		return fail(c, E_NOT_FOUND, "db.not_found");
	out->object = i;
	out->community = i->community;
	return OK;
}

static const struct community_row *row_of(const struct req *q)
{
	return req_object(q, community_row, community);
}

static void crumbs(struct ctx *c, struct req *q, const struct community_row *row)
{
	page_title(q, "people", T(c, "invite.title"));
	page_crumb(q, row->name, fmt(c, "/communities/%s", row->pub.s));
	page_crumb(q, T(c, "people.title"), fmt(c, "/communities/%s/people", row->pub.s));
	page_crumb(q, T(c, "invite.title"), NULL);
}

rc invitations_get(struct ctx *c, struct req *q)
{
	struct invitations_page *v = new_zero(c, struct invitations_page);
	v->row = *row_of(q);
	v->statuses = ui_options(c, &membership_status_words);
	TRY(invitations_of(c, v->row.id, c->now, &v->items));
	crumbs(c, q, &v->row);
	return page(q, invitations_page, v);
}

static rc to_preview(struct ctx *c, struct req *q, const char *toast, const char *batch)
{
	return done(c, q, toast, "/communities/%s/invitations/preview?batch=%s", row_of(q)->pub.s, batch);
}

rc invite_one_post(struct ctx *c, struct req *q)
{
	const char *batch;
	TRY(invitation_preview_one(c, row_of(q)->id, req_form(q, invite_one), &batch));
	return to_preview(c, q, NULL, batch);
}

rc invite_table_prepare(struct ctx *c, struct req *q)
{
	const struct invite_table *f = req_form(q, invite_table);
	const octets text = { f->text, f->text ? strlen(f->text) : 0 };
	struct invitation_table *table = new_zero(c, struct invitation_table);
	if (!f->file.n && !text.n)
		return fail_field(c, "text", "invite.no_table");
	q->prepared = table;
	return invitation_table_read(c, f->file.n ? f->file : text, table);
}

rc invite_table_post(struct ctx *c, struct req *q)
{
	const char *batch;
	TRY(invitation_preview(c, row_of(q)->id, q->prepared, &batch));
	return to_preview(c, q, invitation_columns(c, q->prepared), batch);
}

rc invite_preview_get(struct ctx *c, struct req *q)
{
	const struct batch_query *f = req_form(q, batch_query);
	struct preview_page *v = new_zero(c, struct preview_page);
	v->row = *row_of(q);
	v->batch = f->batch ? f->batch : "";
	TRY(invitation_rows(c, v->row.id, v->batch, &v->items));
	for (size_t i = 0; i < v->items.n; i++)
		++*(v->items.items[i].problem ? &v->refused : &v->sendable);
	crumbs(c, q, &v->row);
	return page(q, preview_page, v);
}

rc invite_send_post(struct ctx *c, struct req *q)
{
	const struct community_row *row = row_of(q);
	int64_t n;
	TRY(invitation_send_batch(c, row, req_form(q, invite_batch)->batch, &n));
	return done(c, q, T_N(c, "invite.sent", n), "/communities/%s/invitations", row->pub.s);
}

rc invite_drop_post(struct ctx *c, struct req *q)
{
	const struct community_row *row = row_of(q);
	TRY(invitation_drop(c, row->id, req_form(q, invite_batch)->batch, NULL));
	return done(c, q, T(c, "invite.dropped"), "/communities/%s/invitations", row->pub.s);
}

rc invitation_again_post(struct ctx *c, struct req *q)
{
	const struct invitation_row *i = req_object(q, invitation_row, invitation);
	struct community_row row;
	TRY(community_get(c, i->community, &row));
	TRY(invitation_send_again(c, &row, i));
	return done(c, q, T_N(c, "invite.sent", 1), "/communities/%s/invitations", row.pub.s);
}

rc invitation_withdraw_post(struct ctx *c, struct req *q)
{
	const struct invitation_row *i = req_object(q, invitation_row, invitation);
	struct community_row row;
	TRY(community_get(c, i->community, &row));
	TRY(invitation_withdraw(c, &row, i));
	return done(c, q, T(c, "invite.withdrawn"), "/communities/%s/invitations", row.pub.s);
}

/* ---- the answer ---- */

static const char *token_of(const struct req *q)
{
	const char *t = q->route->form == &invitation_answer_shape ? req_form(q, invitation_answer)->token
								   : req_form(q, invitation_token)->token;
	return t ? t : "";
}

/* Does the address it went to have an account, confirmed? */
static rc has_account(struct ctx *c, const struct invitation_row *i, bool *out)
{
	struct account_row a;
	bool found;
	TRY(account_by_email(c, i->email, &a, &found));
	*out = found && a.verified;
	return OK;
}

rc invitation_accept_get(struct ctx *c, struct req *q)
{
	struct accept_page *v = new_zero(c, struct accept_page);
	struct recipient me;
	v->token = token_of(q);
	v->next = fmt(c, "/invitations/accept?token=%s", v->token);
	TRY(invitation_find(c, v->token, &v->invitation));
	TRY(community_get(c, v->invitation.community, &v->row));
	TRY(community_card_get(c, v->invitation.community, &v->card));
	TRY(has_account(c, &v->invitation, &v->has_account));
	v->signed_in = c->actor.person.v != 0;
	if (v->signed_in) {
		TRY(person_recipient(c, c->actor.person, &me));
		v->other_account = strcmp(account_email_key(c, me.email), v->invitation.email_key) != 0;
	}
	page_title(q, NULL, T_TEXT(c, "invite.join", "name", v->row.name));
	return page(q, accept_page, v);
}

rc invitation_accept_prepare(struct ctx *c, struct req *q)
{
	const struct invitation_answer *f = req_form(q, invitation_answer);
	struct invitation_row i;
	const char *hashed;
	bool account;
	TRY(attempt_take(c, ATTEMPT_LINK, NULL, q->http->peer));
	TRY(invitation_find(c, f->token, &i));
	if (c->actor.person.v)
		return OK;
	TRY(has_account(c, &i, &account));
	if (account)
		return fail(c, E_INVALID, "invite.sign_in_first");
	if (!f->name || !*f->name)
		return fail_field(c, "name", "form.required");
	TRY(password_allowed(c, "password", f->password ? f->password : "", i.email, f->name));
	TRY(password_make(c, f->password, &hashed));
	q->prepared = hashed;
	return OK;
}

rc invitation_accept_post(struct ctx *c, struct req *q)
{
	const struct invitation_answer *f = req_form(q, invitation_answer);
	struct invitation_row i;
	person_id person = c->actor.person;
	bool is_new = !person.v;
	TRY(invitation_find(c, f->token, &i));
	if (is_new) {
		TRY(account_create(c, i.email, f->name, q->prepared, true, &person));
		c->actor.person = person;
	}
	TRY(invitation_accept(c, &i));
	if (is_new)
		TRY(session_open(c, q, person));
	return done(c, q, T(c, "invite.welcome"), "/account/memberships");
}

rc invitation_refuse_post(struct ctx *c, struct req *q)
{
	struct invitation_row i;
	TRY(invitation_find(c, token_of(q), &i));
	TRY(invitation_refuse(c, &i));
	return done(c, q, T(c, "invite.refused"), "/");
}
