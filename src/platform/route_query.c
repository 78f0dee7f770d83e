#include "platform/route_query.h"

#include <string.h>

#include "platform/form_value.h"
#include "platform/url.h"

static bool ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), k = strlen(end);
	return n >= k && strcmp(s + n - k, end) == 0;
}

bool query_of_program(const struct req *q)
{
	const char *path = q->http->path;
	return q->api || strncmp(path, "/api/", 5) == 0 || ends_with(path, ".json") ||
	       ends_with(path, ".geojson") || ends_with(path, ".jsonld");
}

/* "/places.csv", not "/places". */
static bool is_file(const struct req *q)
{
	return strchr(strrchr(q->route->path, '/'), '.');
}

/* The names of the query that its row knows; NULL: none. */
static const struct shape *known_of(const struct req *q)
{
	return q->route->method == HTTP_GET || (q->route->flags & R_PROVEN) ? q->route->form : NULL;
}

rc query_check(struct ctx *c, struct req *q)
{
	const struct shape *known = known_of(q);
	const char *query = q->http->query, *unknown = NULL;
	struct url_params p;
	if (!*query || (!q->api && !is_file(q)))
		return OK;
	url_params_init(&p, c->mem, query, strlen(query));
	for (const char *name, *value; url_params_next(&p, &name, &value);) {
		if (url_is_mark(name) || (known && shape_field(known, name)))
			continue;
		form_blame_unknown(c, &q->form_state, name);
		unknown = unknown ? unknown : q->form_state.errors[0].field;
	}
	if (!unknown)
		return OK;
	return known ? fail_with(c, E_INVALID, K("query.unknown"), "unknown", unknown, "names",
				 form_names(c, known), NULL)
		     : fail_with(c, E_INVALID, K("query.none"), "unknown", unknown, NULL);
}
