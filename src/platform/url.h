/* url.h - percent-encoding and query strings, read strictly: a bad escape or
 * a NUL is an error, never a guess. The form reader uses the same functions
 * for application/x-www-form-urlencoded bodies. */
#ifndef MAILLAGE_URL_H
#define MAILLAGE_URL_H

#include <stdbool.h>
#include <stddef.h>
#include <talloc.h>

/* The decoded text, NUL-terminated, in `mem`. NULL when an escape is bad or
 * a NUL byte is inside, escaped or not. '+' becomes a space when
 * plus_is_space (queries and forms, not paths). UTF-8 is not checked here. */
char *url_decode(TALLOC_CTX *mem, const char *s, size_t len, bool plus_is_space);

/* Every escape is well-formed, none is %00, no NUL is inside, and the decoded
 * bytes are UTF-8. */
bool url_text_ok(const char *s, size_t len);

/* Valid UTF-8: no overlong form, no surrogate, no NUL. */
bool utf8_ok(const char *s, size_t len);

/* May a link written by somebody lead there: http://, https:// or mailto:, in
 * any case. Nothing more is checked. */
bool url_scheme_ok(const char *url);

/* Walk a query or a form body:
 *
 *	struct url_params it;
 *	const char *name, *value;
 *	url_params_init(&it, mem, req->query, strlen(req->query));
 *	while (url_params_next(&it, &name, &value))
 *		...
 *	if (it.bad)
 *		return fail(c, E_BAD_REQUEST, ...);
 *
 * Names and values are decoded into `mem` and are valid UTF-8. "a" alone is
 * "a" with the value "". An empty pair ("a=1&&b=2") is passed over. More
 * than URL_PARAMS_MAX pairs, an empty name ("=1"), a bad escape or bad UTF-8
 * end the walk with `bad` set. */
#define URL_PARAMS_MAX 1000

struct url_params {
	TALLOC_CTX *mem;
	const char *at, *end;
	int left;
	bool bad;
};

void url_params_init(struct url_params *it, TALLOC_CTX *mem, const char *s, size_t len);
bool url_params_next(struct url_params *it, const char **name, const char **value);

/* Is it a path of this site, and nothing that a browser reads as another
 * host: for addresses to go back to. */
bool url_is_local(const char *s);

/* A name of a query that letters, sites and social networks add to links, and no page reads. */
bool url_is_mark(const char *name);

#endif
