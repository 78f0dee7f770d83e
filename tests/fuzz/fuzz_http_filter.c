/* The admission filter and what reads single headers, over any bytes: lines of
 * method, version, target, then "name:value" headers. What is admitted must
 * hold what http.h promises to the router. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "platform/http_filter.h"
#include "platform/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char *next_line(char **at)
{
	char *line = *at, *end = strchr(line, '\n');

	if (end)
		*end++ = 0;
	*at = end ? end : line + strlen(line);
	return line;
}

static void read_head(char *text, struct http_head *h)
{
	h->method = next_line(&text);
	h->version = next_line(&text);
	h->target = next_line(&text);
	while (*text) {
		char *line = next_line(&text), *colon = strchr(line, ':');

		if (h->n_headers == HTTP_HEADER_LINES_MAX) {
			h->overflow = true;
			return;
		}
		h->bytes += strlen(line) + 3;
		if (colon)
			*colon++ = 0;
		h->headers[h->n_headers++] = (struct http_header){ line, colon ? colon : "" };
	}
}

static void check_path(const char *path)
{
	assert(path[0] == '/' && utf8_ok(path, strlen(path)) && !strchr(path, '\\'));
	assert(!strstr(path, "//") && !strstr(path, "/./") && !strstr(path, "/../"));
	assert(strlen(path) < 3 || strcmp(path + strlen(path) - 3, "/..") != 0);
	assert(strlen(path) <= HTTP_PATH_MAX);
}

static void check_query(TALLOC_CTX *mem, const char *query)
{
	struct url_params it;
	const char *name, *value;

	url_params_init(&it, mem, query, strlen(query));
	while (url_params_next(&it, &name, &value))
		assert(*name && utf8_ok(name, strlen(name)) && utf8_ok(value, strlen(value)));
}

static void check_admitted(TALLOC_CTX *mem, const struct http_head *h, const struct http_admission *a)
{
	const char *cookies = http_head_find(h, "Cookie"), *forwarded = http_head_find(h, "X-Forwarded-For");
	char peer[46];

	assert(http_head_find(h, "Host"));
	assert(!(a->chunked && http_head_find(h, "Content-Length")));
	assert(a->method != HTTP_OTHER);
	check_path(a->path);
	check_query(mem, a->query);
	if (cookies)
		http_cookie_find(mem, cookies, "session");
	if (forwarded && http_forwarded_peer(forwarded, peer))
		assert(strpbrk(peer, ".:"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct http_head *h = talloc_zero(mem, struct http_head);
	struct http_admission a;

	read_head(talloc_strndup(mem, (const char *)data, size), h);
	if (http_admit(mem, h, &a) == OK)
		check_admitted(mem, h, &a);
	else
		assert(a.detail);
	talloc_free(mem);
	return 0;
}
