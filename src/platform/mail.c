#include <string.h>

#include "base/buf.h"
#include "base/pubid.h"
#include "platform/app.h"
#include "platform/i18n.h"
#include "platform/jobs.h"
#include "platform/mail.h"
#include "platform/mail_sql.h"

enum lang mail_lang(struct ctx *c, enum lang lang)
{
	enum lang before = c->lang;
	c->lang = lang;
	return before;
}

/* One address and nothing else: a line break would be another header. */
static bool is_address(const char *s)
{
	const char *at = s ? strchr(s, '@') : NULL;
	if (!at || at == s || !at[1] || strchr(at + 1, '@') || strlen(s) > 254)
		return false;
	for (; *s; s++)
		if ((unsigned char)*s <= ' ' || *s == 127 || strchr("<>,;\"()", *s))
			return false;
	return true;
}

static const char *action_url(struct ctx *c, const struct mail_draft *d)
{
	const char *base = c->app->public_url ? c->app->public_url : "";
	return fmt(c, "%s%s", base, d->action_path);
}

static const char *as_text(struct ctx *c, const struct mail_draft *d)
{
	struct buf b;
	buf_init(&b, c->mem, 1024);
	for (int i = 0; i < MAIL_PARAGRAPHS && d->paragraphs[i]; i++)
		buf_fmt(&b, "%s\n\n", d->paragraphs[i]);
	if (d->action_label)
		buf_fmt(&b, "%s\n%s\n\n", d->action_label, action_url(c, d));
	buf_fmt(&b, "-- \n%s\n", c->app->site_name ? c->app->site_name : "Maillage");
	return b.s;
}

static const char *as_html(struct ctx *c, const struct mail_draft *d)
{
	struct buf b;
	buf_init(&b, c->mem, 2048);
	buf_fmt(&b, "<!doctype html><html lang=\"%s\"><head><meta charset=\"utf-8\"></head><body>",
		d->lang == LANG_EN ? "en" : "fr");
	for (int i = 0; i < MAIL_PARAGRAPHS && d->paragraphs[i]; i++) {
		buf_str(&b, "<p>");
		buf_html(&b, d->paragraphs[i]);
		buf_str(&b, "</p>");
	}
	if (d->action_label) {
		buf_str(&b, "<p><a href=\"");
		buf_html(&b, action_url(c, d));
		buf_str(&b, "\">");
		buf_html(&b, d->action_label);
		buf_str(&b, "</a></p>");
	}
	buf_str(&b, "<p>");
	buf_html(&b, c->app->site_name ? c->app->site_name : "Maillage");
	buf_str(&b, "</p></body></html>");
	return b.s;
}

rc mail_queue(struct ctx *c, const struct mail_draft *d)
{
	pubid pub;
	if (!is_address(d->to))
		return fail(c, E_INVALID, "mail.bad_address");
	pubid_new(&pub);
	TRY(mail_insert(c, pub, d->to, d->lang == LANG_EN ? "en" : "fr", d->kind, d->subject, as_text(c, d), as_html(c, d),
			c->request_id ? c->request_id : "", c->now, NULL));
	jobs_wake(c->app->jobs);
	return OK;
}
