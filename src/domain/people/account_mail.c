#include "people/account_mail.h"

#include "base/buf.h"
#include "platform/app.h"
#include "platform/i18n.h"
#include "platform/mail.h"

static const char *site(const struct ctx *c)
{
	return c->app->site_name ? c->app->site_name : "Maillage";
}

static const char *confirm_path(struct ctx *c, const char *token, const char *next)
{
	struct buf b;
	buf_init(&b, c->mem, 200);
	buf_fmt(&b, "/confirm?token=%s", token);
	if (next && *next) {
		buf_str(&b, "&next=");
		buf_url(&b, next);
	}
	return b.s;
}

rc account_mail_confirm(struct ctx *c, const char *email, const char *name, const char *token,
			const char *next)
{
	struct mail_draft d = {
		.to = email,
		.lang = c->lang,
		.kind = "account.confirm",
		.subject = T_TEXT(c, "account_mail.confirm_subject", "site", site(c)),
		.paragraphs = { T_TEXT(c, "account_mail.hello", "name", name),
				T(c, "account_mail.confirm_why"), T(c, "account_mail.not_you") },
		.action_label = T(c, "account_mail.confirm_action"),
		.action_path = confirm_path(c, token, next),
	};
	return mail_queue(c, &d);
}

rc account_mail_already(struct ctx *c, const struct account_row *who)
{
	enum lang before = mail_lang(c, (enum lang)who->lang);
	struct mail_draft d = {
		.to = who->email,
		.lang = c->lang,
		.kind = "account.already",
		.subject = T_TEXT(c, "account_mail.already_subject", "site", site(c)),
		.paragraphs = { T_TEXT(c, "account_mail.hello", "name", who->name),
				T(c, "account_mail.already_why"), T(c, "account_mail.not_you") },
		.action_label = T(c, "account_mail.already_action"),
		.action_path = "/sign-in",
	};
	mail_lang(c, before);
	return mail_queue(c, &d);
}

static rc reset(struct ctx *c, const struct account_row *who, const char *token, bool by_operator)
{
	enum lang before = mail_lang(c, (enum lang)who->lang);
	struct mail_draft d = {
		.to = who->email,
		.lang = c->lang,
		.kind = "account.reset",
		.subject = T(c, "account_mail.reset_subject"),
		.paragraphs = { T_TEXT(c, "account_mail.hello", "name", who->name),
				by_operator ? T(c, "account_mail.reset_for_why")
					    : T(c, "account_mail.reset_why"),
				T(c, "account_mail.not_you") },
		.action_label = T(c, "account_mail.reset_action"),
		.action_path = fmt(c, "/reset?token=%s", token),
	};
	mail_lang(c, before);
	return mail_queue(c, &d);
}

rc account_mail_reset(struct ctx *c, const struct account_row *who, const char *token)
{
	return reset(c, who, token, false);
}

rc account_mail_reset_for(struct ctx *c, const struct account_row *who, const char *token)
{
	return reset(c, who, token, true);
}

rc account_mail_change(struct ctx *c, const struct account_row *who, const char *email, const char *token)
{
	enum lang before = mail_lang(c, (enum lang)who->lang);
	struct mail_draft d = {
		.to = email,
		.lang = c->lang,
		.kind = "account.change",
		.subject = T(c, "account_mail.change_subject"),
		.paragraphs = { T_TEXT(c, "account_mail.hello", "name", who->name),
				T(c, "account_mail.change_why"), T(c, "account_mail.not_you") },
		.action_label = T(c, "account_mail.change_action"),
		.action_path = fmt(c, "/confirm?token=%s", token),
	};
	mail_lang(c, before);
	return mail_queue(c, &d);
}

rc account_mail_notice(struct ctx *c, const struct account_row *who, const char *email)
{
	enum lang before = mail_lang(c, (enum lang)who->lang);
	struct mail_draft d = {
		.to = who->email,
		.lang = c->lang,
		.kind = "account.notice",
		.subject = T(c, "account_mail.notice_subject"),
		.paragraphs = { T_TEXT(c, "account_mail.hello", "name", who->name),
				T_TEXT(c, "account_mail.notice_what", "email", email),
				T(c, "account_mail.notice_cure") },
		.action_label = T(c, "account_mail.notice_action"),
		.action_path = "/account",
	};
	mail_lang(c, before);
	return mail_queue(c, &d);
}
