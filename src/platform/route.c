/* route.c - finding the row for a path, and the small words handlers use. */
#include <stdarg.h>
#include <string.h>

#include "base/buf.h"
#include "platform/route.h"

/* Every :param is a public id, so "/places/new" never looks like one. */
#define PUBID_LENGTH (sizeof((pubid *)NULL)->s - 1)

/* One segment of a path: up to '/' or the end. */
static size_t segment(const char *s)
{
	return (size_t)(strchrnul(s, '/') - s);
}

/* Does `path` fit `pattern`? Fills params in order. */
static bool fits(TALLOC_CTX *mem, const char *pattern, const char *path, const char *params[MAX_PARAMS])
{
	int n = 0;
	while (*pattern && *path) {
		if (*pattern++ != '/' || *path++ != '/')
			return false;
		size_t want = segment(pattern), have = segment(path);
		if (*pattern == ':') {
			if (have != PUBID_LENGTH || n == MAX_PARAMS)
				return false;
			params[n++] = talloc_strndup(mem, path, have);
		} else if (want != have || memcmp(pattern, path, want) != 0) {
			return false;
		}
		pattern += want;
		path += have;
	}
	return !*pattern && !*path;
}

const struct route *route_find(TALLOC_CTX *mem, const struct site *s, bool api, enum http_method m,
			       const char *path, const char *params[MAX_PARAMS], bool *other_method)
{
	*other_method = false;
	if (m == HTTP_HEAD)
		m = HTTP_GET;
	for (size_t i = 0; i < s->n_routes; i++) {
		const struct route *r = &s->routes[i];
		if ((r->flags & (api ? R_NO_API : R_API_ONLY)) || !fits(mem, r->path, path, params))
			continue;
		if (r->method == m)
			return r;
		*other_method = true;
	}
	return NULL;
}

const struct loaded *req_loaded(const struct req *q, const char *param)
{
	for (int i = 0; i < q->n_loaded; i++)
		if (strcmp(q->loaded[i].param, param) == 0)
			return &q->loaded[i];
	return NULL;
}

rc page_(struct req *q, page_fn *tpl, const struct shape *shape, const void *view)
{
	q->reply.tpl = tpl;
	q->reply.shape = shape;
	q->reply.view = view;
	return OK;
}

rc done(struct ctx *c, struct req *q, const char *toast, const char *location, ...)
{
	va_list ap;
	va_start(ap, location);
	q->reply.location = talloc_vasprintf(c->mem, location, ap);
	va_end(ap);
	q->reply.toast = toast;
	return OK;
}

rc created(struct ctx *c, struct req *q, pubid pub, const char *toast, const char *location, ...)
{
	va_list ap;
	va_start(ap, location);
	q->reply.location = talloc_vasprintf(c->mem, location, ap);
	va_end(ap);
	q->reply.toast = toast;
	q->reply.created = pub;
	return OK;
}

rc bytes(struct req *q, const char *type, const char *filename, const void *body, size_t len)
{
	q->reply.type = type;
	q->reply.filename = filename;
	q->reply.body = body;
	q->reply.len = len;
	return OK;
}

rc spooled(struct ctx *c, struct req *q, const char *type, const char *filename, struct buf *b)
{
	TRY(spool_end(c, b, &q->reply.spool));
	return bytes(q, type, filename, b->s, b->len);
}

void page_title(struct req *q, const char *nav, const char *title)
{
	q->reply.nav = nav;
	q->reply.title = title;
}

void page_crumb(struct req *q, const char *label, const char *href)
{
	if (q->reply.n_crumbs < MAX_CRUMBS)
		q->reply.crumbs[q->reply.n_crumbs++] = (struct crumb){ label, href };
}
