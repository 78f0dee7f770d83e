/* http_filter.h - the admission filter: what the wire said, judged before
 * anything acts on it. Stricter than the standard where two readers of one
 * request (a proxy and we) could disagree about its length, host or path.
 * Pure functions; the fuzz target is tests/fuzz/fuzz_http_filter.c. */
#ifndef MAILLAGE_HTTP_FILTER_H
#define MAILLAGE_HTTP_FILTER_H

#include "platform/http.h"

#define HTTP_PATH_MAX	      2048 /* bytes, before decoding */
#define HTTP_QUERY_MAX	      8192
#define HTTP_HEAD_MAX	      16384 /* the header lines together */
#define HTTP_HEADER_LINES_MAX 100

/* A request as the parser read it, nothing decoded. */
struct http_head {
	const char *method, *version, *target;
	struct http_header headers[HTTP_HEADER_LINES_MAX];
	size_t n_headers;
	size_t bytes;  /* of the header lines */
	bool overflow; /* more lines than fit */
};

struct http_admission {
	enum http_method method;
	const char *path;  /* decoded, in `mem` */
	const char *query; /* raw, inside head->target */
	bool chunked;
	uint64_t content_length; /* 0 when there is no such header */
	const char *detail;	 /* why not, in English, for the log and problem+json */
};

/* OK, or E_BAD_REQUEST or E_METHOD with a->detail set. */
rc http_admit(TALLOC_CTX *mem, const struct http_head *head, struct http_admission *a);

/* The value of a header, or NULL. The last one when there are several. */
const char *http_head_find(const struct http_head *head, const char *name);
/* A cookie's value in `mem`, or NULL; the first of that name. */
const char *http_cookie_find(TALLOC_CTX *mem, const char *header, const char *name);
/* The last address of an X-Forwarded-For: what our own proxy saw. false when
 * it is not an address. */
bool http_forwarded_peer(const char *header, char out[46]);

#endif
