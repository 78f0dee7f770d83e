#include "platform/i18n.h"

#include <stdlib.h>
#include <string.h>

#include "platform/messages.h"

static int by_key(const void *key, const void *message)
{
	return strcmp(key, ((const struct message *)message)->key);
}

static const struct message *find(const char *key)
{
	return bsearch(key, messages, n_messages, sizeof(*messages), by_key);
}

bool i18n_has(const char *key)
{
	return find(key) != NULL;
}

static const struct arg *find_arg(const struct arg *args, size_t n, const char *name, size_t len)
{
	for (size_t i = 0; i < n; i++)
		if (strncmp(args[i].name, name, len) == 0 && !args[i].name[len])
			return &args[i];
	return NULL;
}

/* Numbers that came as text: "1,5" is one and a half, and singular in French. */
static bool text_is_one(enum lang lang, const char *s)
{
	static const char minus[] = "\u2212";
	if (strncmp(s, minus, strlen(minus)) == 0)
		s += strlen(minus);
	else if (*s == '+' || *s == '-')
		s++;
	if (lang == LANG_FR)
		return (s[0] == '0' || s[0] == '1') && (s[1] == 0 || s[1] == ',');
	return strcmp(s, "1") == 0;
}

/* French: 0 and 1 (and what lies between) are singular; English: 1. */
static bool is_one(enum lang lang, const struct arg *n)
{
	if (!n)
		return true;
	if (n->kind == ARG_TEXT)
		return text_is_one(lang, n->text ? n->text : "");
	return n->n == 1 || n->n == -1 || (lang == LANG_FR && n->n == 0);
}

static const char *text_of(struct ctx *c, const char *key, const struct arg *args, size_t n_args)
{
	const struct message *m = find(key);
	if (!m)
		return key;
	const char *many = m->lang[c->lang].many;
	return many && !is_one(c->lang, find_arg(args, n_args, "n", 1)) ? many : m->lang[c->lang].one;
}

static void write_arg(struct ctx *c, struct buf *b, enum i18n_mode mode, const struct arg *a)
{
	if (a->kind == ARG_INT && strcmp(a->name, "n") == 0)
		buf_str(b, fmt_int(c, a->n));
	else if (a->kind == ARG_INT)
		buf_int(b, a->n);
	else if (mode == I18N_PLAIN)
		buf_str(b, a->text);
	else
		buf_html(b, a->text);
}

static void write_run(struct buf *b, enum i18n_mode mode, const char *s, size_t len)
{
	if (mode == I18N_PLAIN)
		buf_add(b, s, len);
	else
		buf_html_n(b, s, len);
}

/* {name} at s: writes the value, returns what follows; NULL if it is none. */
static const char *write_value(struct ctx *c, struct buf *b, enum i18n_mode mode, const char *s,
			       const struct arg *args, size_t n_args)
{
	size_t len = strcspn(s + 1, "}{* ");
	const struct arg *a = s[len + 1] == '}' ? find_arg(args, n_args, s + 1, len) : NULL;
	if (!a)
		return NULL;
	write_arg(c, b, mode, a);
	return s + len + 2;
}

void i18n_write(struct ctx *c, struct buf *b, enum i18n_mode mode, const char *key, const struct arg *args,
		size_t n_args)
{
	bool strong = false;
	for (const char *s = text_of(c, key, args, n_args); *s;) {
		size_t run = strcspn(s, "{*");
		write_run(b, mode, s, run);
		s += run;
		const char *after = *s == '{' ? write_value(c, b, mode, s, args, n_args) : NULL;
		if (after) {
			s = after;
		} else if (*s == '*' && (strong || strchr(s + 1, '*'))) {
			strong = !strong;
			if (mode == I18N_HTML)
				buf_str(b, strong ? "<strong>" : "</strong>");
			s++;
		} else if (*s) {
			buf_char(b, *s++);
		}
	}
}

const char *i18n(struct ctx *c, const char *key, const struct arg *args, size_t n_args)
{
	const char *s = text_of(c, key, args, n_args);
	if (!strpbrk(s, "{*"))
		return s;
	struct buf b;
	buf_init(&b, c->mem, 128);
	i18n_write(c, &b, I18N_PLAIN, key, args, n_args);
	return b.s;
}

const char *i18n_word(struct ctx *c, const struct enumeration *e, int index)
{
	const char *word = enum_word(e, index);
	return *word ? T(c, fmt(c, "%s.%s", e->name, word)) : "";
}
