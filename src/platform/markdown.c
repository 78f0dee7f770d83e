#include "platform/markdown.h"

#include <cmark.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "platform/url.h"

/* The texts of the page itself go down to h2. */
#define HEADING_SHIFT 2
#define HEADING_LAST  6

static void *must(void *p)
{
	if (!p)
		abort(); /* out of memory */
	return p;
}

/* A URL as people type it, for an attribute: what no URL may hold is encoded. */
static void add_href(struct buf *b, const char *url)
{
	for (const char *s = url; *s; s++) {
		unsigned char ch = (unsigned char)*s;
		if (ch <= ' ' || ch >= 0x7f || strchr("\"<>\\^`{|}", ch))
			buf_fmt(b, "%%%02X", ch);
		else
			buf_html_n(b, s, 1);
	}
}

static void take_children(cmark_node *to, cmark_node *from)
{
	for (cmark_node *child; (child = cmark_node_first_child(from));)
		cmark_node_append_child(to, child);
}

static void replace(cmark_node *old, cmark_node *new)
{
	cmark_node_insert_before(old, new);
	cmark_node_free(old);
}

/* A link as our own tags, or as nothing but its text. */
static void tame_link(struct ctx *c, cmark_node *node)
{
	cmark_node *custom = must(cmark_node_new(CMARK_NODE_CUSTOM_INLINE));
	const char *url = cmark_node_get_url(node);
	if (cmark_node_get_type(node) == CMARK_NODE_LINK && url_scheme_ok(url)) {
		struct buf open;
		buf_init(&open, c->mem, 128);
		buf_str(&open, "<a href=\"");
		add_href(&open, url);
		buf_str(&open, "\" rel=\"nofollow noopener\">");
		cmark_node_set_on_enter(custom, open.s);
		cmark_node_set_on_exit(custom, "</a>");
	}
	take_children(custom, node);
	replace(node, custom);
}

/* HTML is shown as it was typed. */
static void tame_html(cmark_node *node)
{
	cmark_node *text = must(cmark_node_new(CMARK_NODE_TEXT)), *all = text;
	cmark_node_set_literal(text, cmark_node_get_literal(node));
	if (cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK) {
		all = must(cmark_node_new(CMARK_NODE_PARAGRAPH));
		cmark_node_append_child(all, text);
	}
	replace(node, all);
}

static void tame(struct ctx *c, cmark_node *node)
{
	int level;
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_HEADING:
		level = cmark_node_get_heading_level(node) + HEADING_SHIFT;
		cmark_node_set_heading_level(node, level < HEADING_LAST ? level : HEADING_LAST);
		break;
	case CMARK_NODE_LINK:
	case CMARK_NODE_IMAGE: tame_link(c, node); break;
	case CMARK_NODE_HTML_BLOCK:
	case CMARK_NODE_HTML_INLINE: tame_html(node); break;
	default: break;
	}
}

/* Nodes may be replaced when they are left; leaves are met once only. */
static void tame_all(struct ctx *c, cmark_node *root)
{
	cmark_iter *iter = must(cmark_iter_new(root));
	for (cmark_event_type e; (e = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
		cmark_node *node = cmark_iter_get_node(iter);
		cmark_node_type type = cmark_node_get_type(node);
		bool leaf = type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE;
		if (leaf || e == CMARK_EVENT_EXIT)
			tame(c, node);
	}
	cmark_iter_free(iter);
}

html markdown_render(struct ctx *c, const char *text)
{
	if (!text)
		return (html){ NULL };
	int options = CMARK_OPT_SAFE | CMARK_OPT_VALIDATE_UTF8;
	cmark_node *root = must(cmark_parse_document(text, strnlen(text, MARKDOWN_MAX), options));
	tame_all(c, root);
	char *rendered = must(cmark_render_html(root, options));
	cmark_node_free(root);
	html out = { fmt(c, "%s", rendered) };
	free(rendered);
	return out;
}

/* What a node says when it is met, or left. */
static const char *words_of(cmark_node *node, bool entered)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_TEXT:
	case CMARK_NODE_CODE:
	case CMARK_NODE_CODE_BLOCK:
	case CMARK_NODE_HTML_BLOCK:
	case CMARK_NODE_HTML_INLINE: return cmark_node_get_literal(node);
	case CMARK_NODE_SOFTBREAK:
	case CMARK_NODE_LINEBREAK: return " ";
	case CMARK_NODE_PARAGRAPH:
	case CMARK_NODE_HEADING: return entered ? "" : "\n";
	default: return "";
	}
}

const char *markdown_words(struct ctx *c, const char *text)
{
	struct buf b;
	if (!text)
		return NULL;
	buf_init(&b, c->mem, 256);
	cmark_node *root = must(
		cmark_parse_document(text, strnlen(text, MARKDOWN_MAX), CMARK_OPT_VALIDATE_UTF8));
	cmark_iter *iter = must(cmark_iter_new(root));
	for (cmark_event_type e; (e = cmark_iter_next(iter)) != CMARK_EVENT_DONE;)
		buf_str(&b, words_of(cmark_iter_get_node(iter), e == CMARK_EVENT_ENTER));
	cmark_iter_free(iter);
	cmark_node_free(root);
	while (b.len && b.s[b.len - 1] == '\n')
		b.s[--b.len] = 0;
	return b.s;
}
