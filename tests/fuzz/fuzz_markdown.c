/* fuzz_markdown.c - whatever is written, only the tags that Markdown has come
 * out, and links to known schemes. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "platform/markdown.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool truth)
{
	if (!truth)
		abort();
}

static const char *after(const char *s, const char *prefix)
{
	size_t n = strlen(prefix);
	return strncmp(s, prefix, n) == 0 ? s + n : NULL;
}

/* Past the value of an attribute and its closing quote. */
static const char *value(const char *s)
{
	s += strcspn(s, "\"<>");
	must(*s == '"');
	return s + 1;
}

static const char *link_tag(const char *s)
{
	must(strncasecmp(s, "http://", 7) == 0 || strncasecmp(s, "https://", 8) == 0 ||
	     strncasecmp(s, "mailto:", 7) == 0);
	s = after(value(s), " rel=\"nofollow noopener\">");
	must(s != NULL);
	return s;
}

static const char *tag(const char *s)
{
	static const char *const plain[] = { "p>",    "/p>",	     "h3>",	     "/h3>",	"h4>",
					     "/h4>",  "h5>",	     "/h5>",	     "h6>",	"/h6>",
					     "ul>",   "/ul>",	     "ol>",	     "/ol>",	"li>",
					     "/li>",  "em>",	     "/em>",	     "strong>", "/strong>",
					     "pre>",  "/pre>",	     "code>",	     "/code>",	"br />",
					     "hr />", "blockquote>", "/blockquote>", "/a>" };
	for (size_t i = 0; i < sizeof(plain) / sizeof(*plain); i++)
		if (after(s, plain[i]))
			return after(s, plain[i]);
	const char *rest = after(s, "a href=\"");
	if (rest)
		return link_tag(rest);
	rest = after(s, "ol start=\"");
	if (!rest)
		rest = after(s, "code class=\"language-");
	must(rest != NULL);
	rest = value(rest);
	must(*rest == '>');
	return rest + 1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ctx c = { .mem = talloc_new(NULL) };
	char *text = talloc_zero_size(c.mem, size + 1);
	memcpy(text, data, size);
	for (const char *s = markdown_render(&c, text).s; (s = strchr(s, '<'));)
		s = tag(s + 1);
	talloc_free(c.mem);
	return 0;
}
