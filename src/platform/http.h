/* http.h - requests in, responses out. Nothing above this file knows of
 * libmicrohttpd. Memory of a request lives in req->mem. */
#ifndef MAILLAGE_HTTP_H
#define MAILLAGE_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <talloc.h>

#include "base/rc.h"

enum http_method { HTTP_GET, HTTP_HEAD, HTTP_POST, HTTP_PUT, HTTP_PATCH, HTTP_DELETE, HTTP_OTHER };

struct http_header { const char *name, *value; };

struct http_req {
	TALLOC_CTX *mem;	/* dies after the response is sent */
	enum http_method method; /* a HEAD comes as GET; its body is not sent */
	const char *path;	/* percent-decoded, checked UTF-8, no NUL, no dot segments */
	const char *query;	/* raw, without '?'; "" when none */
	const char *body;	/* NUL after the last byte, not counted */
	size_t body_len;
	const char *peer;	/* address of the client, or "unix"; behind a trusted proxy, from X-Forwarded-For */
	bool secure;		/* the outer connection is TLS (trusted X-Forwarded-Proto) */
	char id[27];		/* request id, also sent back as X-Request-Id */
	int64_t received_us;	/* when it had arrived whole; monotonic clock */
	void *impl;
};

/* The value of a header, or NULL; names compare without case. */
const char *http_header(const struct http_req *r, const char *name);
/* A cookie's value or NULL. */
const char *http_cookie(const struct http_req *r, const char *name);

/* A body shared by many responses (cached pages, static files). */
struct http_blob {
	const void *data;
	size_t len;
	void (*release)(struct http_blob *);	/* the last reference is gone; NULL: lives for ever */
	int refs;				/* atomic; starts at 1 for who made it */
	struct http_ready *ready;		/* http_ready.c's: answers made of it, not being sent; NULL at first */
};
/* One more reference (returns blob), one less. Nothing happens to a blob
 * without `release`. */
struct http_blob *http_blob_take(struct http_blob *blob);
void http_blob_drop(struct http_blob *blob);

/* A piece of a body. */
struct http_part {
	const void *data;
	size_t len;
};

#define HTTP_MAX_HEADERS 24
struct http_resp {
	int status;
	struct http_header headers[HTTP_MAX_HEADERS];
	int n_headers;
	const void *body;	/* in req->mem, or ... */
	size_t len;
	const struct spool *spool; /* ... in a file of req->mem, `len` bytes long, or ... */
	struct http_blob *blob; /* ... shared; the server drops one reference after sending */
	const struct http_part *parts; /* of a blob: what is sent in its place, as long; in req->mem or the blob */
	int n_parts;
};

/* The value must outlive the response: in req->mem or static. Replaces a
 * header of the same name, but for Set-Cookie. X-Request-Id, Date,
 * Content-Length and Connection are the server's own. */
void http_set(struct http_resp *p, const char *name, const char *value);

struct http_server;
struct http_config {
	const char *listen;	/* "127.0.0.1:8080", "[::1]:8080", "unix:/run/x.sock"; port 0 picks one */
	int threads;		/* epoll threads; 0: one per core */
	int workers;		/* threads for what may wait */
	int readers;		/* threads for what computes long, so that it keeps no worker; 0: workers do that too */
	int queue;		/* requests waiting for a worker before 503 */
	int max_connections;
	int idle_seconds;	/* keep-alive without a byte */
	int request_seconds;	/* a whole request must have arrived by then (the watchdog) */
	const char *trusted_proxy; /* address of the proxy whose X-Forwarded-* count ("unix" for a unix socket), or NULL */
	/* Called when the headers of a request with a body are in, on an epoll thread: how large may it be. */
	size_t (*body_limit)(void *arg, const struct http_req *r);
	/* Answer it from memory, on the epoll thread, if that can be done; NULL: never. A page that comes with a
	 * blob always has the same headers. */
	bool (*ready)(void *arg, struct http_req *r, struct http_resp *p);
	/* Could it be, if somebody were asked first, which waits? Then `ask` is called on a worker, one request after
	 * the other; when it gives no answer, `handle` does. NULL: never. */
	bool (*may_ask)(void *arg, const struct http_req *r);
	bool (*ask)(void *arg, struct http_req *r, struct http_resp *p);
	/* May this request be answered on the epoll thread, without waiting? */
	bool (*is_quick)(void *arg, const struct http_req *r);
	/* Of those that are not: does it compute, rather than wait? NULL: none does. */
	bool (*is_long)(void *arg, const struct http_req *r);
	/* Answer it. Runs on an epoll thread when is_quick, else on a worker or reader. */
	void (*handle)(void *arg, struct http_req *r, struct http_resp *p);
	/* Answer for a request refused before `handle`: E_BAD_REQUEST (see http_filter.h), E_METHOD,
	 * E_TOO_LARGE, E_BUSY. On an epoll thread or a worker. The path is "" when it was not understood.
	 * Allow and Retry-After are added. */
	void (*refuse)(void *arg, struct http_req *r, rc why, const char *detail, struct http_resp *p);
	void *arg;
};

rc http_start(const struct http_config *cfg, struct http_server **out, const char **why);
int http_port(const struct http_server *s);
/* Stop accepting, finish what is in flight (at most `seconds`; then what waits for a worker is refused as
 * busy, and a handler that runs is still waited for), free. Returns how many requests were cut. */
int http_stop(struct http_server *s, int seconds);

#endif
