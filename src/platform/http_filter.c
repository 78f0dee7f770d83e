#include "platform/http_filter.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "platform/url.h"

/* Headers that two readers would pick differently when they come twice. */
static const char *const singles[] = {
	"Host",	  "Content-Length", "Transfer-Encoding", "Content-Type",     "Authorization", "Cookie",
	"Expect", "Origin",	    "Idempotency-Key",	 "X-Forwarded-Proto"
};

static rc refuse(struct http_admission *a, rc why, const char *detail)
{
	a->detail = detail;
	return why;
}

/* Names are asked for more often than they are there: most differ in their first letter. */
static bool same_name(const char *a, const char *b)
{
	return ((*a ^ *b) & 0xdf) == 0 && strcasecmp(a, b) == 0;
}

const char *http_head_find(const struct http_head *head, const char *name)
{
	for (size_t i = head->n_headers; i-- > 0;)
		if (same_name(head->headers[i].name, name))
			return head->headers[i].value;
	return NULL;
}

static rc admit_line(const struct http_head *head, struct http_admission *a)
{
	static const char *const methods[] = { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE" };

	a->method = HTTP_OTHER;
	for (int i = 0; i < HTTP_OTHER; i++)
		if (strcmp(head->method, methods[i]) == 0)
			a->method = (enum http_method)i;
	if (a->method == HTTP_OTHER)
		return refuse(a, E_METHOD, "this method is not known here");
	if (strcmp(head->version, "HTTP/1.1") != 0 && strcmp(head->version, "HTTP/1.0") != 0)
		return refuse(a, E_BAD_REQUEST, "the version of HTTP is not 1.1 or 1.0");
	return OK;
}

/* Whatever the locale. */
static bool is_letter_or_digit(char ch)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9');
}

static bool is_token(const char *s)
{
	if (!*s)
		return false;
	for (; *s; s++)
		if (!is_letter_or_digit(*s) && !strchr("!#$%&'*+-.^_`|~", *s))
			return false;
	return true;
}

static bool is_field_value(const char *s)
{
	for (; *s; s++)
		if (((unsigned char)*s < ' ' && *s != '\t') || *s == 0x7f)
			return false;
	return true;
}

static bool is_host(const char *s)
{
	size_t len = 0;

	while (is_letter_or_digit(s[len]) || (s[len] && strchr(".-_:[]", s[len])))
		len++;
	return len > 0 && len <= 255 && !s[len];
}

static rc admit_headers(const struct http_head *head, struct http_admission *a)
{
	unsigned seen = 0;

	if (head->overflow || head->bytes > HTTP_HEAD_MAX)
		return refuse(a, E_BAD_REQUEST, "the headers are too long");
	for (size_t i = 0; i < head->n_headers; i++) {
		const struct http_header *h = &head->headers[i];

		if (!is_token(h->name) || !is_field_value(h->value))
			return refuse(a, E_BAD_REQUEST, "a header is not well-formed");
		for (size_t k = 0; k < sizeof(singles) / sizeof(*singles); k++) {
			if (!same_name(h->name, singles[k]))
				continue;
			if (seen & 1u << k)
				return refuse(a, E_BAD_REQUEST, "a header that must be single came twice");
			seen |= 1u << k;
		}
	}

	const char *host = http_head_find(head, "Host");

	if (!host || !is_host(host))
		return refuse(a, E_BAD_REQUEST, "the Host header is missing or bad");
	return OK;
}

static rc admit_length(const struct http_head *head, struct http_admission *a)
{
	const char *length = http_head_find(head, "Content-Length");
	const char *coding = http_head_find(head, "Transfer-Encoding");
	const char *expect = http_head_find(head, "Expect");

	if (expect && strcasecmp(expect, "100-continue") != 0)
		return refuse(a, E_BAD_REQUEST, "an expectation that cannot be met");
	if (coding) {
		if (length)
			return refuse(a, E_BAD_REQUEST, "Content-Length beside Transfer-Encoding");
		/* Compared whole: the parser below takes "chunked " for no chunks at all. */
		if (strcasecmp(coding, "chunked") != 0 || strcmp(head->version, "HTTP/1.1") != 0)
			return refuse(a, E_BAD_REQUEST, "a Transfer-Encoding other than chunked");
		a->chunked = true;
	}
	if (!length)
		return OK;
	for (const char *s = length; *s; s++) {
		if (!isdigit((unsigned char)*s) ||
		    __builtin_mul_overflow(a->content_length, 10, &a->content_length) ||
		    __builtin_add_overflow(a->content_length, (uint64_t)(*s - '0'), &a->content_length))
			return refuse(a, E_BAD_REQUEST, "Content-Length is not a number");
	}
	if (!*length)
		return refuse(a, E_BAD_REQUEST, "Content-Length is empty");
	return OK;
}

/* Every segment is a plain name: not empty (but the last may be), not "."
 * or "..". */
static bool segments_ok(const char *path)
{
	for (const char *s = path; *s == '/';) {
		size_t len = strcspn(++s, "/");

		if ((len == 0 && s[0]) || (len == 1 && s[0] == '.') ||
		    (len == 2 && s[0] == '.' && s[1] == '.'))
			return false;
		s += len;
	}
	return true;
}

/* At the start of a character of valid UTF-8: C0, DEL or C1. */
static bool is_control(const char *s)
{
	const unsigned char *u = (const unsigned char *)s;

	return u[0] < ' ' || u[0] == 0x7f || (u[0] == 0xc2 && u[1] < 0xa0);
}

static rc admit_path(TALLOC_CTX *mem, const char *raw, size_t len, struct http_admission *a)
{
	char *path;

	if (len > HTTP_PATH_MAX)
		return refuse(a, E_BAD_REQUEST, "the path is too long");
	path = url_decode(mem, raw, len, false);
	if (!path || !utf8_ok(path, strlen(path)))
		return refuse(a, E_BAD_REQUEST, "the path is not well-formed");
	for (const char *s = path; *s; s++)
		if (is_control(s) || *s == '\\')
			return refuse(a, E_BAD_REQUEST, "the path holds a character that it may not");
	/* An escaped '/' would be one segment for a proxy and two for the router. */
	for (const char *s = raw; (s = memchr(s, '%', (size_t)(raw + len - s))); s++)
		if (s + 2 < raw + len && strncasecmp(s, "%2f", 3) == 0)
			return refuse(a, E_BAD_REQUEST, "the path holds an escaped slash");
	if (path[0] != '/' || !segments_ok(path))
		return refuse(a, E_BAD_REQUEST, "the path is not a plain path");
	a->path = path;
	return OK;
}

static rc admit_target(TALLOC_CTX *mem, const char *target, struct http_admission *a)
{
	size_t len = strcspn(target, "?");
	const char *query = target[len] ? target + len + 1 : "";

	for (const char *s = target; *s; s++)
		if (*s <= ' ' || *s >= 0x7f || *s == '#')
			return refuse(a, E_BAD_REQUEST, "the address holds a character that must be escaped");
	TRY(admit_path(mem, target, len, a));
	if (strlen(query) > HTTP_QUERY_MAX)
		return refuse(a, E_BAD_REQUEST, "the query is too long");
	if (!url_text_ok(query, strlen(query)))
		return refuse(a, E_BAD_REQUEST, "the query is not well-formed");
	a->query = query;
	return OK;
}

rc http_admit(TALLOC_CTX *mem, const struct http_head *head, struct http_admission *a)
{
	*a = (struct http_admission){ .path = "", .query = "" };
	TRY(admit_line(head, a));
	TRY(admit_headers(head, a));
	TRY(admit_length(head, a));
	return admit_target(mem, head->target, a);
}

const char *http_cookie_find(TALLOC_CTX *mem, const char *header, const char *name)
{
	size_t name_len = strlen(name);

	while (*header) {
		size_t len;

		header += strspn(header, " \t;");
		len = strcspn(header, ";");
		if (len > name_len && header[name_len] == '=' && strncmp(header, name, name_len) == 0) {
			const char *value = header + name_len + 1;

			len -= name_len + 1;
			while (len > 0 && (value[len - 1] == ' ' || value[len - 1] == '\t'))
				len--;
			return talloc_strndup(mem, value, len);
		}
		header += len;
	}
	return NULL;
}

bool http_forwarded_peer(const char *header, char out[46])
{
	const char *comma = strrchr(header, ',');
	const char *s = comma ? comma + 1 : header;
	unsigned char address[16];
	char text[46];
	size_t len;

	s += strspn(s, " \t");
	len = strcspn(s, " \t");
	if (len >= sizeof(text) || s[len + strspn(s + len, " \t")])
		return false;
	memcpy(text, s, len);
	text[len] = 0;
	for (int family = AF_INET;; family = AF_INET6) {
		if (inet_pton(family, text, address) == 1)
			return inet_ntop(family, address, out, 46) != NULL;
		if (family == AF_INET6)
			return false;
	}
}
