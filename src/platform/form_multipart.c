#include "platform/form_multipart.h"

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "platform/url.h"

#define MAX_HEADERS  2048 /* bytes of one part's headers */
#define MAX_BOUNDARY 70	  /* RFC 2046 */

struct part {
	const char *name;
	bool is_file;
};

/* ---- small text ---- */

static bool accept(const char **s, const char *end, const char *what)
{
	size_t n = strlen(what);
	if ((size_t)(end - *s) < n || strncasecmp(*s, what, n) != 0)
		return false;
	*s += n;
	return true;
}

static void skip_blanks(const char **s, const char *end)
{
	while (*s < end && (**s == ' ' || **s == '\t'))
		(*s)++;
}

static char *copy_of(TALLOC_CTX *mem, const char *s, size_t len)
{
	char *copy = talloc_strndup(mem, s, len);
	if (!copy)
		abort();
	return copy;
}

/* "quoted \" text" or a token, at *s; NULL when it is neither. */
static char *read_value(TALLOC_CTX *mem, const char **s, const char *end)
{
	if (!accept(s, end, "\"")) {
		const char *from = *s;
		while (*s<end &&* * s> ' ' && !strchr(";\"(),/:<=>?@[\\]", **s))
			(*s)++;
		return *s > from ? copy_of(mem, from, (size_t)(*s - from)) : NULL;
	}
	char *value = copy_of(mem, *s, (size_t)(end - *s)), *to = value;
	for (; *s < end && **s != '"'; (*s)++) {
		if (**s == '\\' && *s + 1 < end && (*s)[1] == '"')
			(*s)++;
		*to++ = **s;
	}
	*to = 0;
	return accept(s, end, "\"") ? value : NULL;
}

/* "; name=value" at *s. */
static bool read_param(TALLOC_CTX *mem, const char **s, const char *end, char **name, char **value)
{
	skip_blanks(s, end);
	if (!accept(s, end, ";"))
		return false;
	skip_blanks(s, end);
	*name = read_value(mem, s, end);
	if (!*name || !accept(s, end, "="))
		return false;
	*value = read_value(mem, s, end);
	return *value != NULL;
}

/* ---- the body ---- */

static bool boundary_ok(const char *s)
{
	size_t n = strlen(s);
	return n >= 1 && n <= MAX_BOUNDARY && s[n - 1] != ' ' &&
	       strspn(s, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'()+_,-./:=? ") == n;
}

static const char *find_boundary(TALLOC_CTX *mem, const char *content_type)
{
	const char *end = content_type + strlen(content_type);
	const char *s = content_type + strcspn(content_type, ";");
	const char *found = NULL;
	for (char *name, *value; read_param(mem, &s, end, &name, &value);)
		if (strcasecmp(name, "boundary") == 0) {
			if (found)
				return NULL;
			found = value;
		}
	skip_blanks(&s, end);
	return s == end && found && boundary_ok(found) ? found : NULL;
}

/* Behind a delimiter: the end of all, or of the line. */
static void after_delimiter(struct multipart *m)
{
	if (accept(&m->at, m->end, "--")) {
		accept(&m->at, m->end, "\r\n");
		m->over = true;
		m->bad = m->at != m->end;
	} else if (!accept(&m->at, m->end, "\r\n")) {
		m->bad = true;
	}
}

void multipart_init(struct multipart *m, TALLOC_CTX *mem, const char *body, size_t len,
		    const char *content_type)
{
	*m = (struct multipart){ .mem = mem, .at = body, .end = body + len, .left = MULTIPART_MAX_PARTS };
	const char *boundary = find_boundary(mem, content_type);
	if (!boundary) {
		m->bad = true;
		return;
	}
	m->n = (size_t)snprintf(m->delimiter, sizeof m->delimiter, "\r\n--%s", boundary);
	if (len < m->n - 2 || memcmp(body, m->delimiter + 2, m->n - 2) != 0) {
		m->bad = true;
		return;
	}
	m->at += m->n - 2;
	after_delimiter(m);
}

static bool read_disposition(TALLOC_CTX *mem, const char *s, const char *end, struct part *p)
{
	skip_blanks(&s, end);
	if (p->name || !accept(&s, end, "form-data"))
		return false;
	for (char *name, *value; read_param(mem, &s, end, &name, &value);) {
		if (strcasecmp(name, "name") == 0) {
			if (p->name)
				return false;
			p->name = value;
		} else if (strcasecmp(name, "filename") == 0) {
			p->is_file = true;
		}
	}
	skip_blanks(&s, end);
	return s == end && p->name && *p->name && utf8_ok(p->name, strlen(p->name));
}

static bool read_headers(TALLOC_CTX *mem, const char *s, const char *end, struct part *p)
{
	while (s < end) {
		const char *line = memmem(s, (size_t)(end - s), "\r\n", 2);
		const char *line_end = line ? line : end;
		if (memchr(s, 0, (size_t)(line_end - s)))
			return false;
		if (accept(&s, line_end, "Content-Disposition:")) {
			if (!read_disposition(mem, s, line_end, p))
				return false;
		} else if (accept(&s, line_end, "Content-Transfer-Encoding:")) {
			return false;
		}
		s = line ? line + 2 : end;
	}
	return p->name != NULL;
}

/* The text of a part, or NULL when it is none. */
static const char *part_text(TALLOC_CTX *mem, const struct part *p, const char *s, size_t len)
{
	if (memchr(s, 0, len))
		return NULL;
	if (p->is_file && len >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0) {
		s += 3;
		len -= 3;
	}
	if (utf8_ok(s, len))
		return copy_of(mem, s, len);
	gsize n;
	char *text = p->is_file ? g_convert(s, (gssize)len, "UTF-8", "WINDOWS-1252", NULL, &n, NULL) : NULL;
	const char *copy = text ? copy_of(mem, text, n) : NULL;
	g_free(text);
	return copy;
}

bool multipart_next(struct multipart *m, const char **name, const char **value)
{
	if (m->bad || m->over)
		return false;
	m->bad = true; /* until all is well */
	size_t room = (size_t)(m->end - m->at);
	const char *blank = memmem(m->at, room < MAX_HEADERS ? room : MAX_HEADERS, "\r\n\r\n", 4);
	struct part p = { 0 };
	if (m->left-- == 0 || !blank || !read_headers(m->mem, m->at, blank, &p))
		return false;
	const char *from = blank + 4;
	const char *to = memmem(from, (size_t)(m->end - from), m->delimiter, m->n);
	if (!to)
		return false;
	*name = p.name;
	m->raw = from;
	m->raw_n = (size_t)(to - from);
	*value = part_text(m->mem, &p, m->raw, m->raw_n);
	if (!*value && !p.is_file)
		return false;
	m->at = to + m->n;
	m->bad = false;
	after_delimiter(m);
	return !m->bad;
}
