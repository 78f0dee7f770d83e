#include <string.h>

#include "platform/embedded.h"
#include "platform/static.h"

#define PREFIX "/s/"

const char *static_fingerprint(void)
{
	return embedded_fingerprint;
}

static const char *type_of(const char *path)
{
	static const char *const types[][2] = {
		{ ".css", "text/css; charset=utf-8" },
		{ ".js", "text/javascript; charset=utf-8" },
		{ ".svg", "image/svg+xml" },
		{ ".woff2", "font/woff2" },
		{ ".webmanifest", "application/manifest+json" },
		{ ".txt", "text/plain; charset=utf-8" },
		{ ".png", "image/png" },
		{ ".geojson", "application/geo+json" },
	};
	const char *dot = strrchr(path, '.');
	for (size_t i = 0; dot && i < sizeof types / sizeof *types; i++)
		if (strcmp(dot, types[i][0]) == 0)
			return types[i][1];
	return "application/octet-stream";
}

bool static_is(const char *path)
{
	return strncmp(path, PREFIX, strlen(PREFIX)) == 0;
}

static const struct embedded *find(const char *path)
{
	return embedded_find(embedded_web, n_embedded_web, path);
}

bool static_answer(struct app *app, const struct http_req *r, struct http_resp *p)
{
	(void)app;
	if (!static_is(r->path) || (r->method != HTTP_GET && r->method != HTTP_HEAD))
		return false;
	const char *path = r->path + strlen(PREFIX);
	size_t n = strlen(static_fingerprint());
	bool stamped = strncmp(path, embedded_fingerprint, n) == 0 && path[n] == '/';
	const struct embedded *e = find(stamped ? path + n + 1 : path);
	if (!e)
		return false;
	p->status = 200;
	p->body = e->data;
	p->len = e->len;
	http_set(p, "Content-Type", type_of(path));
	http_set(p, "X-Content-Type-Options", "nosniff");
	http_set(p, "Cache-Control", stamped ? "public, max-age=31536000, immutable" : "public, max-age=300");
	return true;
}
