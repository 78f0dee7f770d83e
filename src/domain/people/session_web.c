/* session_web.c - where a person is signed in, and her tokens for programs. */
#include "audit/audit.h"
#include "base/civil.h"
#include "base/pubid.h"
#include "base/secret.h"
#include "people/people.h"
#include "people/session.h"
#include "people/session_html.h"
#include "people/session_sql.h"
#include "platform/i18n.h"
#include "platform/ui.h"

route_fn sessions_get, sessions_others_post, session_end_post;
route_fn tokens_get, tokens_post, token_revoke_post;
rc session_loader(struct ctx *c, pubid pub, struct loaded *out);
rc token_loader(struct ctx *c, pubid pub, struct loaded *out);

struct token_named {
	token_id id;
	pubid pub;
};

rc session_loader(struct ctx *c, pubid pub, struct loaded *out)
{
	session_id *id = new_zero(c, session_id);
	bool found;
	TRY(session_by_pub(c, pub, c->actor.person, c->now, id, &found));
	out->object = id;
	return found ? OK : fail(c, E_NOT_FOUND, "db.not_found");
}

rc token_loader(struct ctx *c, pubid pub, struct loaded *out)
{
	struct token_named *t = new_zero(c, struct token_named);
	bool found;
	t->pub = pub;
	TRY(token_by_pub(c, pub, c->actor.person, &t->id, &found));
	out->object = t;
	return found ? OK : fail(c, E_NOT_FOUND, "db.not_found");
}

rc sessions_get(struct ctx *c, struct req *q)
{
	struct sessions_page *v = new_zero(c, struct sessions_page);
	hash current = secret_hash(q->session_token ? q->session_token : "");
	TRY(session_of_person(c, c->actor.person, c->now, current, &v->items));
	for (size_t i = 0; i < v->items.n; i++) {
		const char *device = device_words(c, v->items.items[i].agent);
		v->items.items[i].device = device ? device : T(c, "sessions.unknown");
	}
	page_title(q, "account", T(c, "sessions.title"));
	page_crumb(q, T(c, "account.title"), "/account");
	page_crumb(q, T(c, "sessions.title"), NULL);
	return page(q, sessions_page, v);
}

rc sessions_others_post(struct ctx *c, struct req *q)
{
	TRY(session_required(c, q));
	TRY(session_close_others(c, q));
	return done(c, q, T(c, "sessions.others_ended"), "/account/sessions");
}

rc session_end_post(struct ctx *c, struct req *q)
{
	const session_id *id = req_loaded(q, "session")->object;
	TRY(session_required(c, q));
	TRY(session_revoke_id(c, *id, c->now, NULL));
	return done(c, q, T(c, "sessions.ended"), "/account/sessions");
}

/* ---- tokens ---- */

static rc token_note(struct ctx *c, const char *action, pubid token)
{
	struct audit_event e = { "server", action, "api_token", token, NULL, NULL };
	return audit_note(c, &e);
}

/* The scopes that it was made with; NULL: all of its kind. */
static const char *scopes_of(struct ctx *c, const struct token_row *t)
{
	struct buf b;
	if (t->reads == NONE)
		return NULL;
	buf_init(&b, c->mem, 64);
	for (int i = 0; i < TOKEN_AREA_COUNT; i++)
		for (int write = 0; write < 2; write++)
			if ((write ? t->writes : t->reads) & (1 << i))
				buf_fmt(&b, "%s%s:%s", b.len ? " " : "", write ? "write" : "read",
					enum_word(&token_area_words, i));
	return b.s;
}

/* Those that she has something to do with: the server is its operator's. */
static struct token_choice_list areas(struct ctx *c)
{
	struct token_choice_list l = { new_array(c, struct token_choice, TOKEN_AREA_COUNT), 0 };
	for (int i = 0; i < TOKEN_AREA_COUNT; i++)
		if (i != TOKEN_AREA_SERVER || c->actor.is_operator)
			l.items[l.n++] = (struct token_choice){ enum_word(&token_area_words, i),
								i18n_word(c, &token_area_words, i) };
	return l;
}

/* `fresh` is shown this once. */
static rc show_tokens(struct ctx *c, struct req *q, const char *fresh)
{
	struct tokens_page *v = new_zero(c, struct tokens_page);
	day today = day_at(c->now, NULL);
	v->fresh = fresh;
	TRY(token_of_person(c, c->actor.person, c->now, &v->items));
	TRY(memberships_on(c, c->actor.person, today, &v->memberships));
	for (size_t i = 0; i < v->items.n; i++)
		v->items.items[i].scopes = scopes_of(c, &v->items.items[i]);
	v->areas = areas(c);
	v->levels = ui_options(c, &token_level_words);
	page_title(q, "account", T(c, "tokens.title"));
	page_crumb(q, T(c, "account.title"), "/account");
	page_crumb(q, T(c, "tokens.title"), NULL);
	return page(q, tokens_page, v);
}

rc tokens_get(struct ctx *c, struct req *q)
{
	return show_tokens(c, q, NULL);
}

/* The membership that the token will act as: one of hers, or none. */
static rc choose(struct ctx *c, pubid pub, membership_id *out)
{
	day today = day_at(c->now, NULL);
	bool found;
	if (pubid_is_none(pub))
		return OK;
	TRY(membership_current(c, pub, c->actor.person, today, out, &found));
	return found ? OK : fail_field(c, "membership", "tokens.not_yours");
}

/* Who may write may read what is there. */
static void take_scopes(const struct token_new *f, struct token_insert_row *t)
{
	const int levels[TOKEN_AREA_COUNT] = {
		[TOKEN_AREA_ACCOUNT] = f->account,	   [TOKEN_AREA_COMMUNITIES] = f->communities,
		[TOKEN_AREA_BOOKINGS] = f->bookings,	   [TOKEN_AREA_WORKSHOPS] = f->workshops,
		[TOKEN_AREA_CONVENTIONS] = f->conventions, [TOKEN_AREA_LEDGER] = f->ledger,
		[TOKEN_AREA_OBSERVATORY] = f->observatory, [TOKEN_AREA_SERVER] = f->server,
	};
	int64_t reads = 0, writes = 0;
	for (int i = 0; i < TOKEN_AREA_COUNT; i++) {
		reads |= levels[i] >= TOKEN_LEVEL_READ ? 1 << i : 0;
		writes |= levels[i] == TOKEN_LEVEL_WRITE ? 1 << i : 0;
	}
	t->may_write = reads ? writes != 0 : f->may_write;
	t->reads = reads ? reads : NONE;
	t->writes = reads ? writes : NONE;
}

rc tokens_post(struct ctx *c, struct req *q)
{
	const struct token_new *f = req_form(q, token_new);
	struct token_insert_row t = { .person = c->actor.person,
				      .name = f->name,
				      .created_at = c->now,
				      .expires_at = { c->now.v + f->days * 86400 } };
	char *secret = talloc_size(c->mem, SECRET_SIZE);
	TRY(session_required(c, q));
	TRY(choose(c, f->membership, &t.membership));
	take_scopes(f, &t);
	secret_new(secret);
	pubid_new(&t.pub);
	t.token_hash = secret_hash(secret);
	TRY(token_insert(c, &t, NULL));
	TRY(token_note(c, "token.create", t.pub));
	q->reply.status = 201;
	return show_tokens(c, q, secret);
}

rc token_revoke_post(struct ctx *c, struct req *q)
{
	const struct token_named *t = req_loaded(q, "token")->object;
	TRY(session_required(c, q));
	TRY(token_revoke(c, t->id, c->now, NULL));
	TRY(token_note(c, "token.revoke", t->pub));
	return done(c, q, T(c, "tokens.revoked"), "/account/tokens");
}
