#include "people/account.h"

#include <ctype.h>
#include <string.h>

#include "audit/audit.h"
#include "base/pubid.h"
#include "base/secret.h"
#include "people/account_mail.h"
#include "people/account_sql.h"
#include "people/session_sql.h"
#include "platform/db.h"

const char *account_email_key(struct ctx *c, const char *email)
{
	char *key = talloc_strdup(c->mem, email);
	for (char *p = key; *p; p++)
		*p = (char)tolower((unsigned char)*p);
	return key;
}

rc account_by_email(struct ctx *c, const char *email, struct account_row *out, bool *found)
{
	return account_by_key(c, account_email_key(c, email), out, found);
}

rc account_note(struct ctx *c, const char *action, pubid person, const char *before, const char *after)
{
	struct audit_event e = { "server", action, "person", person, before, after };
	return audit_note(c, &e);
}

static rc insert(struct ctx *c, const char *email, const char *name, const char *password_hash, bool verified,
		 person_id *out, pubid *pub)
{
	struct person_new p = { .email = email,
				.email_key = account_email_key(c, email),
				.name = name,
				.password_hash = password_hash,
				.verified_at = { verified ? c->now.v : NONE },
				.lang = (int)c->lang,
				.created_at = c->now };
	pubid_new(&p.pub);
	secret_bytes(p.pass_secret.b, sizeof p.pass_secret.b);
	*pub = p.pub;
	return person_insert(c, &p, out);
}

/* Make it, or take over the one that nobody confirmed. */
static rc make(struct ctx *c, const char *email, const char *name, const char *password_hash, bool verified,
	       person_id *out, pubid *pub)
{
	struct account_row old;
	bool found;
	TRY(account_by_email(c, email, &old, &found));
	if (!found)
		return insert(c, email, name, password_hash, verified, out, pub);
	if (old.verified)
		return fail_field(c, "email", "account.taken");
	*out = old.id;
	*pub = old.pub;
	return person_take_over(c, old.id, name, password_hash, (instant){ verified ? c->now.v : NONE },
				NULL);
}

rc account_create(struct ctx *c, const char *email, const char *name, const char *password_hash,
		  bool verified, person_id *out)
{
	pubid pub;
	TRY(make(c, email, name, password_hash, verified, out, &pub));
	return account_note(c, "account.create", pub, NULL, NULL);
}

/* ---- links ---- */

rc account_link_new(struct ctx *c, int purpose, person_id person, const char *email, int64_t seconds,
		    const char **token)
{
	char *secret = talloc_size(c->mem, SECRET_SIZE);
	secret_new(secret);
	*token = secret;
	TRY(mail_token_cancel(c, person, purpose, c->now, NULL));
	return mail_token_insert(c, secret_hash(secret), purpose, person, email, c->now,
				 (instant){ c->now.v + seconds }, NULL);
}

rc account_link_find(struct ctx *c, const char *token, struct mail_token_row *out)
{
	bool found;
	TRY(mail_token_find(c, secret_hash(token), c->now, out, &found));
	return found ? OK : fail(c, E_GONE, "account.link_over");
}

static rc take(struct ctx *c, const char *token, struct mail_token_row *out)
{
	int64_t used;
	TRY(account_link_find(c, token, out));
	TRY(mail_token_use(c, out->id, c->now, &used));
	return used == 1 ? OK : fail(c, E_GONE, "account.link_over");
}

static rc send_confirm(struct ctx *c, person_id person, const char *email, const char *name, const char *next)
{
	const char *token;
	TRY(account_link_new(c, MAIL_PURPOSE_CONFIRM, person, email, CONFIRM_SECONDS, &token));
	return account_mail_confirm(c, email, name, token, next);
}

/* ---- what strangers ask ---- */

rc account_sign_up(struct ctx *c, const char *email, const char *name, const char *password_hash,
		   const char *next)
{
	struct account_row old;
	person_id person;
	pubid pub;
	bool found;
	TRY(account_by_email(c, email, &old, &found));
	if (found && old.verified)
		return account_mail_already(c, &old);
	TRY(make(c, email, name, password_hash, false, &person, &pub));
	TRY(send_confirm(c, person, email, name, next));
	return account_note(c, "account.create", pub, NULL, NULL);
}

rc account_send_again(struct ctx *c, const char *email)
{
	struct account_row a;
	bool found;
	TRY(account_by_email(c, email, &a, &found));
	if (!found)
		return OK;
	if (a.verified)
		return account_mail_already(c, &a);
	return send_confirm(c, a.id, a.email, a.name, NULL);
}

rc account_ask_reset(struct ctx *c, const char *email)
{
	struct account_row a;
	const char *token;
	bool found;
	TRY(account_by_email(c, email, &a, &found));
	if (!found)
		return OK;
	TRY(account_link_new(c, MAIL_PURPOSE_RESET, a.id, a.email, RESET_SECONDS, &token));
	return account_mail_reset(c, &a, token);
}

rc account_ask_address(struct ctx *c, const struct account_row *who, const char *email)
{
	struct account_row other;
	const char *token;
	bool found;
	TRY(account_by_email(c, email, &other, &found));
	TRY(account_mail_notice(c, who, email));
	if (found && other.verified)
		return other.id.v == who->id.v ? OK : account_mail_already(c, &other);
	TRY(account_link_new(c, MAIL_PURPOSE_CHANGE, who->id, email, CONFIRM_SECONDS, &token));
	TRY(account_mail_change(c, who, email, token));
	return account_note(c, "account.ask_address", who->pub, NULL, NULL);
}

/* ---- what links do ---- */

/* The address may have been taken since the link was sent. */
static rc move(struct ctx *c, const struct mail_token_row *t)
{
	struct account_row other;
	bool found;
	TRY(account_by_email(c, t->email, &other, &found));
	if (found && other.id.v != t->account.id.v)
		return fail(c, E_CONFLICT, "account.address_taken");
	TRY(person_set_email(c, t->account.id, t->email, account_email_key(c, t->email), NULL));
	TRY(mail_token_cancel_all(c, t->account.id, c->now, NULL)); /* those that wait at the old address */
	return account_note(c, "account.address", t->account.pub, NULL, NULL);
}

rc account_confirm(struct ctx *c, const char *token, struct mail_token_row *out)
{
	TRY(take(c, token, out));
	if (out->purpose == MAIL_PURPOSE_CHANGE)
		return move(c, out);
	if (out->purpose != MAIL_PURPOSE_CONFIRM)
		return fail(c, E_GONE, "account.link_over");
	TRY(person_verify(c, out->account.id, c->now, NULL));
	return account_note(c, "account.confirm", out->account.pub, NULL, NULL);
}

rc account_reset(struct ctx *c, const char *token, const char *password_hash, struct mail_token_row *out)
{
	TRY(take(c, token, out));
	if (out->purpose != MAIL_PURPOSE_RESET)
		return fail(c, E_GONE, "account.link_over");
	TRY(person_verify(c, out->account.id, c->now, NULL));
	return account_set_password(c, &out->account, password_hash);
}

rc account_set_password(struct ctx *c, const struct account_row *who, const char *password_hash)
{
	TRY(person_set_password(c, who->id, password_hash, NULL));
	TRY(mail_token_cancel_all(c, who->id, c->now, NULL));
	TRY(session_revoke_all(c, who->id, c->now, NULL));
	return account_note(c, "account.password", who->pub, NULL, NULL);
}

static rc sweep(struct ctx *c, void *arg)
{
	(void)arg;
	return mail_token_sweep(c, (instant){ c->now.v - 7 * 86400 }, NULL);
}

rc account_sweep(struct ctx *c)
{
	return db_write(c, sweep, NULL);
}
