#include "platform/out.h"

#include "base/pubid.h"
#include "platform/url.h"

void out_lit(struct out *o, const char *s, size_t len)
{
	buf_add(o->b, s, len);
}

void out_text_str(struct out *o, const char *s)
{
	buf_html(o->b, s);
}

void out_text_int(struct out *o, int64_t v)
{
	if (v != NONE)
		buf_int(o->b, v);
}

void out_text_html(struct out *o, html h)
{
	buf_str(o->b, h.s);
}

void out_text_pubid(struct out *o, pubid p)
{
	buf_html(o->b, p.s);
}

void out_text_money(struct out *o, money m)
{
	buf_str(o->b, fmt_money(o->c, m));
}

void out_text_quantity(struct out *o, quantity q)
{
	buf_str(o->b, fmt_quantity(o->c, q));
}

void out_text_day(struct out *o, day d)
{
	buf_str(o->b, fmt_day(o->c, d));
}

void out_text_minute(struct out *o, minute m)
{
	buf_str(o->b, fmt_minute(o->c, m));
}

void out_text_instant(struct out *o, instant t)
{
	buf_str(o->b, fmt_when(o->c, t, o->zone));
}

void out_url_str(struct out *o, const char *s)
{
	buf_url(o->b, s);
}

void out_url_int(struct out *o, int64_t v)
{
	out_text_int(o, v);
}

void out_url_pubid(struct out *o, pubid p)
{
	buf_url(o->b, p.s);
}

/* A path of this site, a query or a fragment; not //host nor \host, which
 * browsers take for another site. */
static bool is_local(const char *s)
{
	if (*s == '?' || *s == '#')
		return true;
	return *s == '/' && s[1] != '/' && s[1] != '\\';
}

static bool is_safe_url(const char *s)
{
	for (const char *p = s; *p; p++)
		if ((unsigned char)*p < 0x20)
			return false; /* browsers drop tabs and line ends: /\t/host */
	return is_local(s) || url_scheme_ok(s);
}

void out_url_whole(struct out *o, const char *s)
{
	buf_html(o->b, s && is_safe_url(s) ? s : "#");
}

void out_message(struct out *o, const char *key, const struct arg *args, size_t n_args)
{
	i18n_write(o->c, o->b, I18N_HTML, key, args, n_args);
}

void out_message_plain(struct out *o, const char *key, const struct arg *args, size_t n_args)
{
	i18n_write(o->c, o->b, I18N_ATTR, key, args, n_args);
}

void out_icon(struct out *o, const char *name)
{
	buf_str(o->b,
		"<svg class=\"icon\" aria-hidden=\"true\" focusable=\"false\"><use href=\"/s/icons.svg#");
	buf_html(o->b, name);
	buf_str(o->b, "\"/></svg>");
}

void out_csrf(struct out *o)
{
	pubid key;
	pubid_new(&key);
	if (o->csrf) {
		buf_str(o->b, "<input type=\"hidden\" name=\"_csrf\" value=\"");
		buf_html(o->b, o->csrf);
		buf_str(o->b, "\">");
	}
	buf_fmt(o->b, OUT_KEY_HEAD "%s\">", key.s);
}

static struct arg text_arg(const char *name, const char *text)
{
	return (struct arg){ .name = name, .kind = ARG_TEXT, .text = text ? text : "" };
}

struct arg arg_str_(struct out *o, const char *name, const char *v)
{
	(void)o;
	return text_arg(name, v);
}

struct arg arg_int_(struct out *o, const char *name, int64_t v)
{
	(void)o;
	if (v == NONE)
		return text_arg(name, "");
	return (struct arg){ .name = name, .kind = ARG_INT, .n = v };
}

struct arg arg_money_(struct out *o, const char *name, money v)
{
	return text_arg(name, fmt_money(o->c, v));
}

struct arg arg_quantity_(struct out *o, const char *name, quantity v)
{
	return text_arg(name, fmt_quantity(o->c, v));
}

struct arg arg_day_(struct out *o, const char *name, day v)
{
	return text_arg(name, fmt_day(o->c, v));
}

struct arg arg_minute_(struct out *o, const char *name, minute v)
{
	return text_arg(name, fmt_minute(o->c, v));
}

struct arg arg_instant_(struct out *o, const char *name, instant v)
{
	return text_arg(name, fmt_when(o->c, v, o->zone));
}

struct arg arg_pubid_(struct out *o, const char *name, pubid v)
{
	return text_arg(name, talloc_strdup(o->c->mem, v.s));
}
