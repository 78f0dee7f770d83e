#include "po_parse.h"

#include <ctype.h>
#include <string.h>

#include "tool.h"

const char *const po_lang[PO_LANGS] = { "fr", "en" };

struct po {
	const char *path, *s;
	int line;
	int lang;
	struct po_entry entry;
	bool plural, open;
};

/* form.fr.po or fr.po */
static int lang_of(const char *path)
{
	size_t n = strlen(path);
	for (int i = 0; i < PO_LANGS; i++) {
		const char *end = n > 5 ? path + n - 5 : path;
		if (strncmp(end, po_lang[i], 2) == 0 && strcmp(end + 2, ".po") == 0 &&
		    (end == path || end[-1] == '.' || end[-1] == '/'))
			return i;
	}
	tool_die(path, 0, "its name must end in .fr.po or .en.po");
}

static void skip(struct po *p)
{
	for (; *p->s; p->s++) {
		if (*p->s == '#') {
			size_t n = strcspn(p->s, "\n");
			if (strncmp(p->s, "#,", 2) == 0 && strstr(tool_copy(p->s, n), "fuzzy"))
				tool_die(p->path, p->line, "a fuzzy message: check it and remove the mark");
			p->s += n;
		}
		if (*p->s == '\n')
			p->line++;
		else if (!isspace((unsigned char)*p->s))
			return;
	}
}

static bool accept(struct po *p, const char *word)
{
	size_t n = strlen(word);
	skip(p);
	if (strncmp(p->s, word, n) != 0 || isalnum((unsigned char)p->s[n]) || p->s[n] == '_')
		return false;
	p->s += n;
	return true;
}

static void one_string(struct po *p, struct text *t)
{
	for (p->s++; *p->s != '"'; p->s++) {
		char ch = *p->s;
		if (ch == '\\') {
			static const char from[] = "nt\"\\", to[] = "\n\t\"\\";
			const char *at = *++p->s ? strchr(from, *p->s) : NULL;
			if (!at)
				tool_die(p->path, p->line, "\\%c is not known", *p->s);
			ch = to[at - from];
		} else if (ch == '\n' || !ch) {
			tool_die(p->path, p->line, "the closing quote is missing");
		}
		text_add(t, &ch, 1);
	}
	p->s++;
}

/* French writes a space before : ; ? ! % and », after « and between groups of digits: no line may break at it. */
static bool holds(const char *s, const char *at)
{
	static const char *const after[] = { ":", ";", "?", "!", "%", "»" };
	if (*at != ' ' || (at > s && at[-1] == ','))
		return false;
	if (at - s >= 2 && memcmp(at - 2, "«", 2) == 0)
		return true;
	for (size_t i = 0; i < sizeof after / sizeof *after; i++)
		if (strncmp(at + 1, after[i], strlen(after[i])) == 0)
			return true;
	return at > s && isdigit((unsigned char)at[-1]) && strspn(at + 1, "0123456789") == 3;
}

static const char *bound(const char *s)
{
	struct text t = { 0 };
	text_add(&t, "", 0);
	for (const char *at = s; *at; at++) {
		bool held = holds(s, at);
		text_add(&t, held ? "\u00a0" : at, held ? strlen("\u00a0") : 1);
	}
	return t.s;
}

/* "a" "b": joined. */
static const char *strings(struct po *p)
{
	struct text t = { 0 };
	text_add(&t, "", 0);
	skip(p);
	if (*p->s != '"')
		tool_die(p->path, p->line, "a text between quotes is missing");
	for (; *p->s == '"'; skip(p))
		one_string(p, &t);
	return t.s;
}

static void finish(struct po *p, struct po_entries *all)
{
	if (!p->open)
		return;
	const struct po_entry *e = &p->entry;
	if (!e->one || !*e->one || (p->plural && (!e->many || !*e->many)))
		tool_die(p->path, e->line, "%s is not translated", e->key);
	if (*e->key) /* the empty key is the file's head */
		*tool_push(all->items, all->n) = *e;
	p->open = false;
}

static const char **place_of_text(struct po *p)
{
	if (accept(p, "msgstr[0]"))
		return p->plural ? &p->entry.one : NULL;
	if (accept(p, "msgstr[1]"))
		return p->plural ? &p->entry.many : NULL;
	if (accept(p, "msgstr"))
		return p->plural ? NULL : &p->entry.one;
	return NULL;
}

static void read_line(struct po *p, struct po_entries *all)
{
	if (accept(p, "msgid")) {
		finish(p, all);
		p->entry = (struct po_entry){ .file = p->path, .line = p->line, .lang = p->lang };
		p->entry.key = strings(p);
		p->open = true;
		p->plural = false;
	} else if (p->open && !p->entry.one && accept(p, "msgid_plural")) {
		p->plural = true;
		strings(p);
	} else {
		const char **text = p->open ? place_of_text(p) : NULL;
		if (!text || *text)
			tool_die(p->path, p->line, "not understood: %.20s", p->s);
		*text = p->lang == 0 ? bound(strings(p)) : strings(p);
	}
}

void po_read(struct po_entries *all, const char *path)
{
	struct po p = { .path = path, .line = 1, .lang = lang_of(path) };
	p.s = tool_read(path);
	if (!p.s)
		tool_die(path, 0, "cannot be read");
	for (skip(&p); *p.s; skip(&p))
		read_line(&p, all);
	finish(&p, all);
}
