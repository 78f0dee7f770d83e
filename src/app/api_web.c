/* api_web.c - the API told: to programs as OpenAPI, to people as a page, both
 * from the route table. */
#include <string.h>

#include "app/api_html.h"
#include "platform/app.h"
#include "platform/i18n.h"
#include "platform/openapi.h"
#include "platform/route_words.h"

route_fn openapi_get, api_get, api_root_get;

rc openapi_get(struct ctx *c, struct req *q)
{
	struct buf b;
	buf_init(&b, c->mem, 1 << 17);
	openapi_document(&b, c->app);
	return bytes(q, "application/json", NULL, b.s, b.len);
}

/* Who may, in the reader's language. */
static const char *permission(struct ctx *c, const struct route *r)
{
	static const char *const keys[] = { K("api.perm_public"), K("api.perm_self"), K("api.perm_as"), NULL,
					    K("api.perm_operator") };
	if (r->perm == PERM_ROLE)
		return T_TEXT(c, "api.perm_role", "roles", route_roles(c->mem, r));
	return i18n(c, keys[r->perm], NULL, 0);
}

static const char *type_word(struct ctx *c, const struct field *f)
{
	static const char *const keys[] = {
		[F_BOOL] = K("api.type_bool"),	       [F_INT] = K("api.type_int"),
		[F_TEXT] = K("api.type_text"),	       [F_PUBID] = K("api.type_pubid"),
		[F_INSTANT] = K("api.type_instant"),   [F_DAY] = K("api.type_day"),
		[F_MINUTE] = K("api.type_minute"),     [F_MONEY] = K("api.type_money"),
		[F_QUANTITY] = K("api.type_quantity"), [F_OCTETS] = K("api.type_octets"),
		[F_HASH] = K("api.type_hash"),	       [F_HTML] = K("api.type_html"),
		[F_JSON] = K("api.type_json"),	       [F_LIST] = NULL,
	};
	struct buf b;
	if (f->type == F_SHAPE || f->type == F_LIST)
		return fmt(c, f->type == F_LIST ? "[%s]" : "%s", f->shape->name);
	if (f->type != F_ENUM)
		return keys[f->type] ? i18n(c, keys[f->type], NULL, 0) : "";
	buf_init(&b, c->mem, 64);
	for (size_t i = 0; i < f->words->n; i++)
		buf_fmt(&b, i ? " | %s" : "%s", f->words->words[i]);
	return b.s;
}

/* What JSON holds of a shape; NULL: nothing. */
static struct api_field_list fields_of(struct ctx *c, const struct shape *s)
{
	struct api_field_list l = { 0 };
	if (!s)
		return l;
	l.items = new_array(c, struct api_field, s->n + 1);
	for (size_t i = 0; i < s->n; i++) {
		const struct field *f = &s->fields[i];
		if (f->type != F_ID && !(f->flags & FF_PRIVATE))
			l.items[l.n++] = (struct api_field){ f->name, type_word(c, f),
							     f->flags & FF_REQUIRED };
	}
	return l;
}

static struct api_action action(struct ctx *c, const struct route *r, bool whole)
{
	struct api_action a = { .method = route_method(r), .path = r->path, .name = r->name };
	a.permission = permission(c, r);
	a.scope = route_scope(c->mem, r);
	a.answer = r->view ? r->view->name : NULL;
	if (whole) {
		a.fields = fields_of(c, r->form);
		a.answers = fields_of(c, r->view);
	}
	return a;
}

/* The section of that name, made when new; there is room for one per row. */
static struct api_section *section(struct ctx *c, struct api_area *v, const char *name, size_t n_rows)
{
	for (size_t i = 0; i < v->sections.n; i++)
		if (strcmp(v->sections.items[i].name, name) == 0)
			return &v->sections.items[i];
	struct api_section *s = &v->sections.items[v->sections.n++];
	*s = (struct api_section){ .name = name, .actions = { new_array(c, struct api_action, n_rows), 0 } };
	return s;
}

static struct api_area area_of(struct ctx *c, int area, bool whole)
{
	const struct site *s = c->app->site;
	struct api_area a = { .name = enum_word(&token_area_words, area),
			      .label = i18n_word(c, &token_area_words, area) };
	size_t rows = 0;
	for (size_t i = 0; i < s->n_routes; i++)
		rows += s->routes[i].area == area;
	a.sections.items = new_array(c, struct api_section, rows + 1);
	for (size_t i = 0; i < s->n_routes; i++) {
		const struct route *r = &s->routes[i];
		if (!route_in_api(r) || r->area != area)
			continue;
		struct api_section *in = section(c, &a, route_section(c->mem, r), rows);
		in->actions.items[in->actions.n++] = action(c, r, whole);
		a.n++;
	}
	return a;
}

rc api_get(struct ctx *c, struct req *q)
{
	int area = req_form(q, api_query)->area;
	struct api_page *v = new_zero(c, struct api_page);
	v->base = fmt(c, "%s/api/v1", c->app->public_url ? c->app->public_url : "");
	v->areas.items = new_array(c, struct api_area, TOKEN_AREA_COUNT);
	for (int i = area < 0 ? 0 : area; i < TOKEN_AREA_COUNT && (area < 0 || i == area); i++)
		v->areas.items[v->areas.n++] = area_of(c, i, area >= 0);
	page_title(q, "about", T(c, "api.title"));
	page_crumb(q, T(c, "api.title"), area < 0 ? NULL : "/about/api");
	if (area >= 0) {
		v->area = enum_word(&token_area_words, area);
		v->label = i18n_word(c, &token_area_words, area);
		page_crumb(q, v->label, NULL);
	} else {
		v->label = T(c, "api.title");
	}
	return page(q, api_page, v);
}

rc api_root_get(struct ctx *c, struct req *q)
{
	const struct site *s = c->app->site;
	struct api_root *v = new_zero(c, struct api_root);
	v->openapi = "/api/openapi.json";
	v->links.items = new_array(c, struct api_link, s->n_routes);
	for (size_t i = 0; i < s->n_routes; i++) {
		const struct route *r = &s->routes[i];
		if (r->method != HTTP_GET || !r->view || strchr(r->path, ':') || !route_in_api(r) ||
		    r == q->route)
			continue;
		v->links.items[v->links.n++] = (struct api_link){ r->path + 1, fmt(c, "/api/v1%s", r->path),
								  route_permission(c->mem, r) };
	}
	return answer(q, api_root, v);
}
