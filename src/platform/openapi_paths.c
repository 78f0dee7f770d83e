/* openapi_paths.c - the document around the schemas: one operation for each row
 * of the route table. */
#include <stdlib.h>
#include <string.h>

#include "platform/app.h"
#include "platform/openapi.h"
#include "platform/route_words.h"

#define PROBLEM                                                                                                 \
	"\"default\":{\"description\":\"Refused, with the reason.\",\"content\":{\"application/problem+json\":" \
	"{\"schema\":{\"$ref\":\"#/components/schemas/problem\"}}}}"

/* Schemas that the paths name, each once. */
struct schemas {
	struct {
		const struct shape *shape;
		bool form;
	} * all;
	size_t n;
	TALLOC_CTX *mem;
};

static void need(struct schemas *k, const struct shape *s, bool form)
{
	for (size_t i = 0; i < k->n; i++)
		if (k->all[i].shape == s)
			return;
	k->all = talloc_realloc_size(k->mem, k->all, (k->n + 1) * sizeof *k->all);
	if (!k->all)
		abort();
	k->all[k->n].shape = s;
	k->all[k->n++].form = form;
	for (size_t i = 0; i < s->n; i++)
		if (openapi_shows(&s->fields[i]) && s->fields[i].shape)
			need(k, s->fields[i].shape, form);
}

/* "/places/:place" is "/places/{place}". Writes the path, or the parameters in it. */
static void path_template(struct buf *b, const char *path)
{
	buf_char(b, '"');
	while (*path) {
		size_t n = strcspn(path, "/");
		bool param = *path == ':';
		buf_fmt(b, param ? "{%.*s}" : "%.*s", (int)n - param, path + param);
		path += n;
		if (*path)
			buf_char(b, *path++);
	}
	buf_str(b, "\":");
}

static void parameters(struct buf *b, const struct route *r)
{
	const char *comma = "";
	buf_str(b, ",\"parameters\":[");
	for (const char *at = r->path; (at = strchr(at, ':')); at++) {
		buf_fmt(b,
			"%s{\"name\":\"%.*s\",\"in\":\"path\",\"required\":true,\"schema\":{\"type\":\"string\","
			"\"pattern\":\"^[0-9a-hjkmnp-tv-z]{26}$\"}}",
			comma, (int)strcspn(at + 1, "/"), at + 1);
		comma = ",";
	}
	for (size_t i = 0; r->method == HTTP_GET && r->form && i < r->form->n; i++) {
		const struct field *f = &r->form->fields[i];
		buf_fmt(b, "%s{\"name\":\"%s\",\"in\":\"query\",\"required\":%s,\"schema\":", comma, f->name,
			f->flags & FF_REQUIRED ? "true" : "false");
		openapi_field(b, f, true);
		buf_char(b, '}');
		comma = ",";
	}
	if (r->method != HTTP_GET)
		buf_fmt(b, "%s{\"$ref\":\"#/components/parameters/idempotency_key\"}", comma);
	buf_char(b, ']');
}

static void request_body(struct buf *b, struct schemas *k, const struct route *r)
{
	if (r->method == HTTP_GET || !r->form)
		return;
	need(k, r->form, true);
	buf_fmt(b,
		",\"requestBody\":{\"required\":true,\"content\":{\"application/json\":{\"schema\":{\"$ref\":"
		"\"#/components/schemas/%s\"}}}}",
		r->form->name);
}

static void responses(struct buf *b, struct schemas *k, const struct route *r)
{
	bool creates = r->flags & R_CREATES;
	buf_fmt(b, ",\"responses\":{\"%s\":{\"description\":\"%s\"", creates ? "201" : "200",
		creates			? "Made."
		: r->method != HTTP_GET ? "Done."
		: r->view		? "What the page of the same path shows."
					: "A file.");
	if (creates || r->method != HTTP_GET)
		buf_str(b,
			",\"headers\":{\"Location\":{\"description\":\"Where to look next.\",\"schema\":{\"type\":"
			"\"string\"}}}");
	if (r->method == HTTP_GET && !r->view) {
		buf_str(b, ",\"content\":{\"*/*\":{}}");
	} else if (r->view && !creates) {
		need(k, r->view, false);
		buf_fmt(b,
			",\"content\":{\"application/json\":{\"schema\":{\"$ref\":\"#/components/schemas/%s\"}}}",
			r->view->name);
	} else {
		buf_fmt(b,
			",\"content\":{\"application/json\":{\"schema\":{\"$ref\":\"#/components/schemas/%s\"}}}",
			creates ? "created" : "done");
	}
	buf_str(b, "}," PROBLEM "}");
}

static void operation(struct buf *b, struct schemas *k, const struct site *s, const struct route *r)
{
	int same = 0; /* a handler may serve several rows */
	for (const struct route *before = s->routes; before < r; before++)
		same += strcmp(before->name, r->name) == 0;
	const char *section = route_section(k->mem, r);
	const char *method = route_method(r);
	char lower[8] = "";
	for (size_t i = 0; method[i] && i < sizeof lower - 1; i++)
		lower[i] = method[i] | 0x20;
	buf_fmt(b, "\"%s\":{\"operationId\":\"%s", lower, r->name);
	if (same)
		buf_fmt(b, "_%d", same + 1);
	buf_fmt(b,
		"\",\"tags\":[\"%s\"],\"description\":\"For: %s.\",\"security\":[%s{\"bearer\":[\"%s\"]},{\"cookie\":[]}]",
		section, route_permission(k->mem, r), r->perm == PERM_PUBLIC ? "{}," : "",
		route_scope(k->mem, r));
	parameters(b, r);
	request_body(b, k, r);
	responses(b, k, r);
	buf_char(b, '}');
}

static bool is_first(const struct site *s, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (route_in_api(&s->routes[k]) && strcmp(s->routes[k].path, s->routes[i].path) == 0)
			return false;
	return true;
}

static void paths(struct buf *b, struct schemas *k, const struct site *s)
{
	const char *comma = "";
	for (size_t i = 0; i < s->n_routes; i++) {
		if (!route_in_api(&s->routes[i]) || !is_first(s, i))
			continue;
		buf_str(b, comma);
		path_template(b, s->routes[i].path);
		const char *between = "{";
		for (size_t n = i; n < s->n_routes; n++) {
			const struct route *r = &s->routes[n];
			if (!route_in_api(r) || strcmp(r->path, s->routes[i].path) != 0)
				continue;
			buf_str(b, between);
			operation(b, k, s, r);
			between = ",";
		}
		buf_char(b, '}');
		comma = ",";
	}
}

static const char common[] =
	"\"securitySchemes\":{\"bearer\":{\"type\":\"http\",\"scheme\":\"bearer\",\"description\":\"A token of "
	"one's account, /account/tokens. An operation names the scope that it needs, read or write of an area; a token "
	"made without any has all of one kind.\"},\"cookie\":{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":"
	"\"__Host-session\",\"description\":\"The session of a browser; changes need the token of its forms, too.\"}},"
	"\"parameters\":{\"idempotency_key\":{\"name\":\"Idempotency-Key\",\"in\":\"header\",\"required\":false,"
	"\"description\":\"The same key with the same body is answered the same, and done once; kept 48 hours.\","
	"\"schema\":{\"type\":\"string\",\"maxLength\":200}}},\"schemas\":{"
	"\"created\":{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"string\"}},\"required\":[\"id\"]},"
	"\"done\":{\"type\":\"object\"},"
	"\"problem\":{\"type\":\"object\",\"description\":\"RFC 9457.\",\"properties\":{\"type\":{\"type\":\"string\"},"
	"\"title\":{\"type\":\"string\"},\"status\":{\"type\":\"integer\"},\"code\":{\"type\":\"string\"},"
	"\"instance\":{\"type\":\"string\"},\"errors\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{"
	"\"field\":{\"type\":\"string\"},\"type\":{\"type\":\"string\"},\"detail\":{\"type\":\"string\"}},"
	"\"required\":[\"field\",\"type\",\"detail\"]}}},"
	"\"required\":[\"type\",\"title\",\"status\",\"code\",\"instance\"]}";

void openapi_document(struct buf *b, const struct app *app)
{
	struct schemas k = { .mem = talloc_new(b->mem) };
	buf_str(b, "{\"openapi\":\"3.1.0\",\"info\":{\"title\":");
	buf_json(b, app->site_name ? app->site_name : "Maillage");
	buf_str(b,
		",\"version\":\"" MAILLAGE_VERSION
		"\",\"license\":{\"name\":\"AGPL-3.0-or-later\",\"identifier\":"
		"\"AGPL-3.0-or-later\"},\"description\":\"Each page's data and each form's action, under the same "
		"rules. Money is in cents, quantities in thousandths, instants in UTC. Unknown fields are refused.\"}"
		",\"servers\":[{\"url\":");
	buf_json(b, talloc_asprintf(k.mem, "%s/api/v1", app->public_url ? app->public_url : ""));
	buf_str(b, "}],\"paths\":{");
	paths(b, &k, app->site);
	buf_fmt(b, "},\"components\":{%s", common);
	for (size_t i = 0; i < k.n; i++) {
		buf_fmt(b, ",\"%s\":", k.all[i].shape->name);
		openapi_schema(b, k.all[i].shape, k.all[i].form);
	}
	buf_str(b, "}}}");
	talloc_free(k.mem);
}
