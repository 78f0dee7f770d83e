#include "people/confirmation.h"

#include "base/civil.h"
#include "base/secret.h"
#include "people/community.h"
#include "people/confirmation_sql.h"
#include "people/people.h"
#include "people/profile.h"
#include "platform/db.h"
#include "platform/i18n.h"
#include "platform/mail.h"

static rc write_letter(struct ctx *c, const struct confirmation_due_row *d, const struct recipient *r,
		       const char *token)
{
	enum lang before = mail_lang(c, r->lang);
	bool last = d->rounds + 1 >= CONFIRMATION_ROUNDS;
	struct mail_draft m = {
		.to = r->email,
		.lang = r->lang,
		.kind = "page.confirm",
		.subject = T_TEXT(c, "confirmation_mail.subject", "name", d->name),
		.paragraphs = { T_TEXT(c, "confirmation_mail.hello", "name", r->name),
				T_TEXT(c, "confirmation_mail.since", "when", fmt_when(c, d->since, NULL)),
				T(c, "confirmation_mail.what"),
				last ? T(c, "confirmation_mail.last") : NULL },
		.action_label = T(c, "confirmation_mail.action"),
		.action_path = fmt(c, "/pages/confirm?token=%s", token),
	};
	rc code = mail_queue(c, &m);
	(void)mail_lang(c, before);
	return code;
}

static rc ask(struct ctx *c, void *arg)
{
	const struct confirmation_due_row *d = arg;
	struct recipients to;
	TRY(people_with_role(c, d->id, ROLE_MANAGER, &to));
	for (size_t i = 0; i < to.n; i++) {
		char token[SECRET_SIZE];
		secret_new(token);
		TRY(confirmation_insert(c, d->id, to.items[i].person, secret_hash(token), d->rounds + 1,
					c->now, (instant){ c->now.v + CONFIRMATION_LIFE_S }, NULL));
		TRY(write_letter(c, d, &to.items[i], token));
	}
	return OK;
}

static rc due(struct ctx *c, void *arg)
{
	return confirmations_due(c, (instant){ c->now.v - CONFIRMED_FOR_S },
				 (instant){ c->now.v - CONFIRMATION_AGAIN_S }, CONFIRMATION_ROUNDS,
				 ROLE_MANAGER, day_at(c->now, NULL), arg);
}

rc confirmations_ask(struct ctx *c)
{
	struct confirmation_due_row_list l;
	TRY(db_read(c, due, &l));
	for (size_t i = 0; i < l.n; i++)
		TRY(db_write(c, ask, &l.items[i]));
	return OK;
}

rc confirmation_find(struct ctx *c, const char *token, struct confirmation_row *out,
		     struct community_row *row)
{
	bool found, still;
	TRY(confirmation_by_token(c, secret_hash(token), c->now, out, &found));
	if (!found)
		return fail(c, E_GONE, "confirmation.gone");
	TRY(has_role(c, out->person, out->community, ROLE_MANAGER, &still));
	if (!still)
		return fail(c, E_GONE, "confirmation.gone");
	return community_get(c, out->community, row);
}

rc confirmation_accept(struct ctx *c, const struct confirmation_row *k, const struct community_row *row)
{
	struct actor before = c->actor;
	int64_t used;
	TRY(confirmation_use(c, k->id, c->now, &used));
	if (!used)
		return OK;
	/* The log names who holds the link, signed in or not. */
	c->actor = (struct actor){ .person = k->person };
	rc code = community_confirm(c, row);
	c->actor = before;
	return code;
}
