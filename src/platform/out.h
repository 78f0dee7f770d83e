/* out.h - what compiled templates call. Every value passes through one of
 * these: the template's place picks the macro, the value's C type picks the
 * function; a type that may not be printed there does not compile. */
#ifndef MAILLAGE_OUT_H
#define MAILLAGE_OUT_H

#include <string.h>

#include "base/buf.h"
#include "platform/i18n.h"

struct form_state; /* what was typed and what was wrong (platform/form.h) */

struct out {
	struct buf *b;
	struct ctx *c;
	const struct form_state *form; /* NULL: nothing was sent yet */
	const struct shape *shape;     /* the form being written: {{form NAME}}; NULL: the one sent */
	const char *zone;	       /* for instants; NULL: the home zone */
	const char *csrf;	       /* token for forms; NULL when nobody is signed in */
	/* Where the summary of errors waits for the label of a field, which comes later. */
	struct out_unnamed {
		size_t at;
		const char *field;
	} unnamed[8];
	int n_unnamed;
};

void out_lit(struct out *o, const char *s, size_t len);
void out_text_str(struct out *o, const char *s);
void out_text_int(struct out *o, int64_t v);
void out_text_html(struct out *o, html h);
void out_text_pubid(struct out *o, pubid p);
void out_text_money(struct out *o, money m);
void out_text_quantity(struct out *o, quantity q);
void out_text_day(struct out *o, day d);
void out_text_minute(struct out *o, minute m);
void out_text_instant(struct out *o, instant t);
void out_url_str(struct out *o, const char *s);	  /* one part of a path or query */
void out_url_whole(struct out *o, const char *s); /* a whole URL: only http(s), mailto, or a path; else "#" */
void out_url_int(struct out *o, int64_t v);
void out_url_pubid(struct out *o, pubid p);

#define OUT_TEXT(o, x) \
	_Generic((x),                          \
	const char *: out_text_str, char *: out_text_str,     \
	bool: out_text_int, int: out_text_int, long: out_text_int, long long: out_text_int, \
	unsigned: out_text_int, unsigned long: out_text_int,   \
	html: out_text_html, pubid: out_text_pubid, money: out_text_money, \
	quantity: out_text_quantity, day: out_text_day, minute: out_text_minute, \
	instant: out_text_instant)((o), (x))
/* Inside a quoted attribute: the same without html. */
#define OUT_ATTR(o, x) \
	_Generic((x),                          \
	const char *: out_text_str, char *: out_text_str,     \
	bool: out_text_int, int: out_text_int, long: out_text_int, long long: out_text_int, \
	unsigned: out_text_int, unsigned long: out_text_int,   \
	pubid: out_text_pubid, money: out_text_money,          \
	quantity: out_text_quantity, day: out_text_day, minute: out_text_minute, \
	instant: out_text_instant)((o), (x))
#define OUT_URL_PART(o, x) \
	_Generic((x),                      \
	const char *: out_url_str, char *: out_url_str,       \
	int: out_url_int, long: out_url_int, long long: out_url_int, \
	unsigned: out_url_int, unsigned long: out_url_int,     \
	pubid: out_url_pubid)((o), (x))
#define OUT_URL_WHOLE(o, x) _Generic((x), const char * : out_url_whole, char * : out_url_whole)((o), (x))

/* Truth of a template condition. */
static inline bool truth_str(const char *s)
{
	return s && *s;
}
static inline bool truth_int(int64_t v)
{
	return v != 0 && v != NONE;
}
static inline bool truth_html(html h)
{
	return h.s && *h.s;
}
static inline bool truth_pubid(pubid p)
{
	return p.s[0] != 0;
}
static inline bool truth_instant(instant t)
{
	return t.v != NONE;
}
static inline bool truth_day(day d)
{
	return d.v != NONE;
}
static inline bool truth_money(money m)
{
	return m.v != NONE && m.v != 0;
}
static inline bool truth_quantity(quantity q)
{
	return q.v != NONE && q.v != 0;
}
static inline bool truth_minute(minute m)
{
	return m.v != NONE;
}
#define TRUTH(x) \
	_Generic((x),                                \
	const char *: truth_str, char *: truth_str,           \
	bool: truth_int, int: truth_int, long: truth_int, long long: truth_int, \
	unsigned: truth_int, unsigned long: truth_int,         \
	html: truth_html, pubid: truth_pubid, instant: truth_instant, day: truth_day, \
	money: truth_money, quantity: truth_quantity, minute: truth_minute)(x)

/* {{#if v.tab == "week"}}; NULL is the empty text. */
static inline bool same_str(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

/* A translated message as text; *stars* in the message become <strong>. */
void out_message(struct out *o, const char *key, const struct arg *args, size_t n_args);
/* The same without <strong>: in attributes, titles and text areas. */
void out_message_plain(struct out *o, const char *key, const struct arg *args, size_t n_args);

/* A symbol of web/icons.svg beside a word; hidden from screen readers. */
void out_icon(struct out *o, const char *name);
/* What stands before the key of each form, and nowhere else: text has no quotes. */
#define OUT_KEY_HEAD "<input type=\"hidden\" name=\"_idempotency\" value=\""
/* The hidden inputs of every form: "csrf" (when somebody is signed in) and
 * "idempotency_key", new at each rendering. */
void out_csrf(struct out *o);

/* ARG("name", value): text or whole number, by type. */
#define ARG(o, name, x) \
	_Generic((x),                         \
	const char *: arg_str_, char *: arg_str_,             \
	bool: arg_int_, int: arg_int_, long: arg_int_, long long: arg_int_, \
	unsigned: arg_int_, unsigned long: arg_int_,           \
	money: arg_money_, quantity: arg_quantity_, day: arg_day_, \
	minute: arg_minute_, instant: arg_instant_, pubid: arg_pubid_)((o), (name), (x))
struct arg arg_str_(struct out *o, const char *name, const char *v);
struct arg arg_int_(struct out *o, const char *name, int64_t v);
struct arg arg_money_(struct out *o, const char *name, money v);
struct arg arg_quantity_(struct out *o, const char *name, quantity v);
struct arg arg_day_(struct out *o, const char *name, day v);
struct arg arg_minute_(struct out *o, const char *name, minute v);
struct arg arg_instant_(struct out *o, const char *name, instant v);
struct arg arg_pubid_(struct out *o, const char *name, pubid v);

#endif
