/* pogen - checks the messages of po/ and compiles them.
 *
 *	pogen SRCDIR OUTFILE PO... -- SOURCES...
 *
 * Every message must exist in French and English with the same values, be used
 * somewhere, and every key that the sources use must exist. All that is wrong
 * is said at once, as "file:line: message". */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "key_use.h"
#include "po_parse.h"
#include "tool.h"

/* A key with its entry in each language. */
struct pair {
	const char *key;
	const struct po_entry *lang[PO_LANGS];
	bool used;
};

static struct pair *pairs;
static size_t n_pairs;
static int n_wrong;

static void wrong(const char *file, int line, const char *format, ...) __attribute__((format(printf, 3, 4)));
static void wrong(const char *file, int line, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	fprintf(stderr, "%s:%d: ", file, line);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
	n_wrong++;
}

static int by_key(const void *a, const void *b)
{
	const struct po_entry *x = a, *y = b;
	int order = strcmp(x->key, y->key);
	return order ? order : x->lang - y->lang;
}

static void make_pairs(struct po_entries *all)
{
	if (all->n)
		qsort(all->items, all->n, sizeof *all->items, by_key);
	for (size_t i = 0; i < all->n; i++) {
		const struct po_entry *e = &all->items[i];
		struct pair *p = n_pairs ? &pairs[n_pairs - 1] : NULL;
		if (!p || strcmp(p->key, e->key) != 0) {
			p = tool_push(pairs, n_pairs);
			*p = (struct pair){ .key = e->key };
		}
		const struct po_entry *same = p->lang[e->lang];
		if (same)
			wrong(e->file, e->line, "%s stands already at %s:%d", e->key, same->file, same->line);
		else
			p->lang[e->lang] = e;
	}
}

static int pair_order(const void *key, const void *pair)
{
	return strcmp(key, ((const struct pair *)pair)->key);
}

static struct pair *find_pair(const char *key)
{
	return n_pairs ? bsearch(key, pairs, n_pairs, sizeof *pairs, pair_order) : NULL;
}

/* The next {name} at or after *s, or NULL; *s goes past it. */
static const char *next_value(const char **s)
{
	for (const char *open; *s && (open = strchr(*s, '{'));) {
		size_t n = strspn(open + 1, "abcdefghijklmnopqrstuvwxyz0123456789_");
		*s = open + 1 + n;
		if (n && **s == '}')
			return tool_copy(open + 1, n);
	}
	return NULL;
}

static bool has_value(const struct po_entry *e, const char *name)
{
	const char *value = tool_fmt("{%s}", name);
	return strstr(e->one, value) || (e->many && strstr(e->many, value));
}

/* Each value in `text` must be one of `other`'s. */
static void compare_values(const struct po_entry *e, const char *text, const struct po_entry *other)
{
	for (const char *name; (name = next_value(&text));)
		if (!has_value(other, name))
			wrong(e->file, e->line, "%s: {%s} is missing in %s", e->key, name,
			      po_lang[other->lang]);
}

static void check_french(const struct po_entry *e, const char *text)
{
	static const char *const never[] = { "!", "Oups", "oups", "invalide", "Invalide" };
	for (size_t i = 0; text && i < sizeof never / sizeof *never; i++)
		if (strstr(text, never[i]))
			wrong(e->file, e->line, "%s: never \"%s\": say what to do", e->key, never[i]);
}

static void check_pair(const struct pair *p)
{
	const struct po_entry *fr = p->lang[PO_FR], *en = p->lang[PO_EN];
	const struct po_entry *any = fr ? fr : en;
	if (!fr || !en) {
		wrong(any->file, any->line, "%s is missing in %s", p->key, fr ? "en" : "fr");
		return;
	}
	compare_values(fr, fr->one, en);
	compare_values(fr, fr->many, en);
	compare_values(en, en->one, fr);
	compare_values(en, en->many, fr);
	check_french(fr, fr->one);
	check_french(fr, fr->many);
	if (!p->used)
		wrong(fr->file, fr->line, "%s is used nowhere", p->key);
}

static bool is_given(const struct key_use *use, const char *name)
{
	for (const char *const *arg = use->args; *arg; arg++)
		if (strcmp(*arg, name) == 0)
			return true;
	return false;
}

static void check_use(const struct key_use *use)
{
	struct pair *p = find_pair(use->key);
	if (!p) {
		wrong(use->file, use->line, "there is no message %s", use->key);
		return;
	}
	p->used = true;
	const struct po_entry *e = p->lang[PO_FR];
	const char *texts[] = { e ? e->one : NULL, e ? e->many : NULL };
	for (size_t i = 0; use->knows_args && i < 2; i++)
		for (const char *name; (name = next_value(&texts[i]));)
			if (!is_given(use, name))
				wrong(use->file, use->line, "%s wants {%s}, which is not given", use->key,
				      name);
}

static bool ends(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);
	return n > m && strcmp(s + n - m, end) == 0;
}

static struct key_uses read_sources(char **paths, size_t n)
{
	struct key_uses all = { 0 };
	char **shapes = tool_alloc((n + 1) * sizeof *shapes);
	size_t n_shapes = 0;
	for (size_t i = 0; i < n; i++) {
		if (ends(paths[i], ".shape"))
			shapes[n_shapes++] = paths[i];
		else if (ends(paths[i], ".html"))
			uses_in_html(&all, paths[i]);
		else
			uses_in_c(&all, paths[i]);
	}
	uses_in_shapes(&all, shapes, n_shapes);
	return all;
}

static void write_table(const char *path)
{
	struct text t = { 0 };
	text_fmt(&t, "/* Written by pogen from po/. */\n#include \"platform/messages.h\"\n\n"
		     "const struct message messages[] = {\n");
	for (size_t i = 0; i < n_pairs; i++) {
		text_fmt(&t, "\t{ \"%s\", {", pairs[i].key);
		for (int lang = 0; lang < PO_LANGS; lang++) {
			const struct po_entry *e = pairs[i].lang[lang];
			text_fmt(&t, "\n\t\t{ ");
			text_literal(&t, e->one);
			text_fmt(&t, ", ");
			if (e->many)
				text_literal(&t, e->many);
			else
				text_fmt(&t, "NULL");
			text_fmt(&t, " },");
		}
		text_fmt(&t, " } },\n");
	}
	text_fmt(&t, "\t{ 0 }\n};\nconst size_t n_messages = %zu;\n", n_pairs);
	tool_write(path, t.s, t.len);
}

int main(int argc, char **argv)
{
	if (argc < 4) {
		fprintf(stderr, "usage: pogen SRCDIR OUTFILE PO... -- SOURCES...\n");
		return 2;
	}
	int i = 3;
	struct po_entries entries = { 0 };
	for (; i < argc && strcmp(argv[i], "--") != 0; i++)
		po_read(&entries, argv[i]);
	make_pairs(&entries);
	i += i < argc;
	struct key_uses uses = read_sources(argv + i, (size_t)(argc - i));
	for (size_t k = 0; k < uses.n; k++)
		check_use(&uses.items[k]);
	for (size_t k = 0; k < n_pairs; k++)
		check_pair(&pairs[k]);
	if (n_wrong)
		return 1;
	write_table(argv[2]);
	return 0;
}
