#include <string.h>

#include "base/buf.h"
#include "base/pubid.h"
#include "platform/app.h"
#include "platform/i18n.h"
#include "platform/mail.h"
#include "platform/mail_html.h"
#include "platform/mail_sql.h"
#include "platform/out.h"

enum lang mail_lang(struct ctx *c, enum lang lang)
{
	enum lang before = c->lang;
	c->lang = lang;
	return before;
}

/* One address and nothing else: a line break would be another header. ASCII
 * alone, as not every server on the way takes more. */
static bool is_address(const char *s)
{
	const char *at = s ? strchr(s, '@') : NULL;
	if (!at || at == s || !at[1] || strchr(at + 1, '@') || strlen(s) > 254)
		return false;
	for (; *s; s++)
		if (*s <= ' ' || *s >= 127 || strchr("<>,;:\\\"()[]", *s))
			return false;
	return true;
}

static struct mail_words words_of(struct ctx *c, const struct mail_draft *d)
{
	const char *base = c->app->public_url ? c->app->public_url : "";
	struct mail_words v = {
		.lang = d->lang == LANG_EN ? "en" : "fr",
		.site = c->app->site_name ? c->app->site_name : "Maillage",
		.site_url = fmt(c, "%s/", base),
		.subject = d->subject,
		.action_label = d->action_label,
	};
	if (d->action_label)
		v.action_url = fmt(c, "%s%s", base, d->action_path);
	v.paragraphs.items = new_array(c, struct mail_paragraph, MAIL_PARAGRAPHS);
	while (v.paragraphs.n < MAIL_PARAGRAPHS && d->paragraphs[v.paragraphs.n]) {
		v.paragraphs.items[v.paragraphs.n].text = d->paragraphs[v.paragraphs.n];
		v.paragraphs.n++;
	}
	return v;
}

static const char *as_text(struct ctx *c, const struct mail_words *v)
{
	struct buf b;
	buf_init(&b, c->mem, 1024);
	for (size_t i = 0; i < v->paragraphs.n; i++)
		buf_fmt(&b, "%s\n\n", v->paragraphs.items[i].text);
	if (v->action_label)
		buf_fmt(&b, "%s\n%s\n\n", v->action_label, v->action_url);
	buf_fmt(&b, "-- \n%s %s\n%s\n", T(c, "mail.foot"), v->site, v->site_url);
	return b.s;
}

/* Mail programs read no style sheet of ours: the little there is stands inside. */
static const char style[] =
	"body{margin:0;padding:32px 16px;background:#f6f5f1;color:#16252c;overflow-wrap:anywhere;"
	"font:16px/1.5 'Hanken Grotesk',system-ui,-apple-system,'Segoe UI',sans-serif}"
	"main{max-width:36em;margin:0 auto}"
	"p{margin:0 0 16px}"
	"a{color:#134b66}"
	".site{font-size:20px;font-weight:650;letter-spacing:-.02em}"
	".site a{color:inherit;text-decoration:none;border-bottom:3px solid #e3b136}"
	".sheet{padding:24px 24px 8px;background:#fff;border:1px solid #d9d7cd;border-radius:10px}"
	".button{display:inline-block;margin:4px 0;padding:11px 20px;border-radius:6px;background:#134b66;"
	"color:#fff;font-weight:600;text-decoration:none}"
	".foot{margin:16px 0 0;font-size:14px;color:#5c6a70}"
	"@media(prefers-color-scheme:dark){body{background:#0f171b;color:#eceae2}a{color:#8ec6e0}"
	".sheet{background:#162025;border-color:#2e3c43}.button{background:#8ec6e0;color:#0b1c25}"
	".foot{color:#96a4aa}}";

static const char *as_html(struct ctx *c, const struct mail_words *v)
{
	struct buf b;
	struct out o = { .b = &b, .c = c };
	buf_init(&b, c->mem, 4096);
	buf_fmt(&b, "<!doctype html>\n<html lang=\"%s\">\n<head><meta charset=\"utf-8\">", v->lang);
	buf_str(&b, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
	buf_str(&b, "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
	buf_html(&b, v->subject);
	buf_fmt(&b, "</title>\n<style>%s</style></head>\n<body>\n", style);
	tpl_mail_part(&o, v);
	buf_str(&b, "\n</body>\n</html>\n");
	return b.s;
}

rc mail_queue(struct ctx *c, const struct mail_draft *d)
{
	pubid pub;
	if (!is_address(d->to))
		return fail(c, E_INVALID, "mail.bad_address");
	enum lang before = mail_lang(c, d->lang);
	struct mail_words v = words_of(c, d);
	const char *text = as_text(c, &v), *page = as_html(c, &v);
	mail_lang(c, before);
	const char *stop = d->stop_path ? fmt(c, "%s%s", c->app->public_url ? c->app->public_url : "",
					      d->stop_path)
					: NULL;
	pubid_new(&pub);
	TRY(mail_insert(c, pub, d->to, v.lang, d->kind, d->subject, text, page, stop,
			c->request_id ? c->request_id : "", c->now, NULL));
	c->wake_jobs = true;
	return OK;
}
