/* route_handle.c - the whole way of one request: who asks, for what, may she,
 * what did she send, do it, answer. */
#include <string.h>

#include "base/pubid.h"
#include "platform/app.h"
#include "platform/cache.h"
#include "platform/config.h"
#include "platform/csrf.h"
#include "platform/idempotency.h"
#include "platform/kept.h"
#include "platform/render.h"
#include "platform/route.h"
#include "platform/route_query.h"
#include "platform/route_words.h"
#include "platform/session_cookie.h"
#include "platform/static.h"
#include "platform/url.h"

#define API "/api/v1"

static bool changes(enum http_method m)
{
	return m != HTTP_GET && m != HTTP_HEAD;
}

/* Language before anybody is known: the cookie, then the browser's wish, then the site's. */
static enum lang guess_lang(const struct app *app, const struct http_req *r)
{
	const char *cookie = http_cookie(r, COOKIE_LANG), *wish = http_header(r, "Accept-Language");
	if (cookie)
		return strcmp(cookie, "en") == 0 ? LANG_EN : LANG_FR;
	const char *fr = wish ? strstr(wish, "fr") : NULL, *en = wish ? strstr(wish, "en") : NULL;
	if (!fr && !en)
		return app->config ? app->config->language : LANG_FR;
	return en && (!fr || en < fr) ? LANG_EN : LANG_FR;
}

/* Load every :param of the row, as the actor may see it. */
static rc load_params(struct ctx *c, struct req *q, const char *const params[MAX_PARAMS])
{
	const struct site *s = c->app->site;
	int n = 0;
	for (const char *p = strchr(q->route->path, ':'); p; p = strchr(p + 1, ':')) {
		struct loaded *l = &q->loaded[n];
		pubid pub;
		char *name = talloc_strndup(c->mem, p + 1, strcspn(p + 1, "/"));
		l->param = name;
		if (pubid_parse(params[n], &pub) != OK)
			return fail(c, E_NOT_FOUND, "db.not_found");
		for (size_t i = 0; i < s->n_loaders; i++)
			if (strcmp(s->loaders[i].param, name) == 0) {
				TRY(s->loaders[i].load(c, pub, l));
				l->param = name;
				q->n_loaded = ++n;
				break;
			}
		if (q->n_loaded != n || n == 0)
			return fail(c, E_INTERNAL, "db.not_found");
	}
	return OK;
}

/* A missing role is said only of things that anybody may know of. */
static rc check_role(struct ctx *c, const struct req *q)
{
	if (strcmp(q->route->scope, "acting") == 0)
		return c->actor.roles & q->route->roles ? OK : fail(c, E_DENIED, "actor.role_missing");
	const struct loaded *l = req_loaded(q, q->route->scope);
	if (!l)
		return fail(c, E_INTERNAL, "db.not_found");
	bool here = c->actor.community.v && c->actor.community.v == l->community.v;
	if (here && (c->actor.roles & q->route->roles))
		return OK;
	if (here || l->is_public)
		return fail(c, E_DENIED, "actor.role_missing");
	return fail(c, E_NOT_FOUND, "db.not_found");
}

static rc check_signed_in(struct ctx *c, const struct req *q)
{
	if (q->route->perm == PERM_PUBLIC)
		return OK;
	if (!c->actor.person.v)
		return fail(c, E_AUTH, "actor.sign_in_first");
	if (q->route->perm == PERM_OPERATOR && !c->actor.is_operator)
		return fail(c, E_NOT_FOUND, "db.not_found");
	if ((q->route->perm == PERM_AS || q->route->perm == PERM_ROLE) && !c->actor.membership.v)
		return fail(c, E_DENIED, "actor.choose_first");
	return OK;
}

/* A token does what its scopes say; to all else it is nobody's. */
static rc check_scope(struct ctx *c, struct req *q)
{
	bool write = changes(q->route->method);
	if (!q->by_token || ((write ? q->writes : q->reads) & (1u << q->route->area)))
		return OK;
	if (q->route->perm != PERM_PUBLIC && write && !q->writes)
		return fail(c, E_DENIED, "actor.read_only_token");
	if (q->route->perm != PERM_PUBLIC)
		return fail_with(c, E_DENIED, K("actor.scope_missing"), "scope",
				 route_scope(c->mem, q->route), NULL);
	c->actor = (struct actor){ 0 };
	return OK;
}

/* Everything that comes before the handler, in one snapshot. */
static rc admit(struct ctx *c, struct req *q, const char *const params[MAX_PARAMS])
{
	TRY(c->app->site->authenticate(c, q));
	TRY(check_signed_in(c, q));
	TRY(check_scope(c, q));
	if (changes(q->route->method) && !(q->route->flags & R_PROVEN))
		TRY(csrf_check(c, q));
	TRY(load_params(c, q, params));
	if (q->route->perm == PERM_ROLE)
		TRY(check_role(c, q));
	return OK;
}

/* What was sent, checked against the row's form. */
static rc read_form(struct ctx *c, struct req *q)
{
	const struct shape *form = q->route->form;
	const struct http_req *r = q->http;
	TRY(query_check(c, q));
	if (!form)
		return OK;
	void *value = mem_zero(c->mem, form->size, form->name);
	q->form = value;
	if (!changes(q->route->method) || (q->route->flags & R_PROVEN))
		return form_read_query(c, form, r->query, value, &q->form_state);
	return form_read(c, form, r->body, r->body_len, http_header(r, "Content-Type"), value,
			 &q->form_state);
}

/* The handler in its transaction; may run twice. */
static rc write_step(struct ctx *c, void *arg)
{
	struct req *q = arg;
	struct reply before = q->reply;
	q->reply.n_cookies = 0;
	rc code = q->route->handle(c, q);
	if (code == OK)
		code = idempotency_keep(c, q);
	if (code != OK)
		q->reply = before;
	return code;
}

static rc run_write(struct ctx *c, struct req *q, const char *const params[MAX_PARAMS])
{
	bool replayed = false;
	TRY(db_snapshot(c));
	rc code = admit(c, q, params);
	if (code == OK)
		code = read_form(c, q);
	if (code == OK)
		code = idempotency_find(c, q, &replayed);
	if (code == OK && !replayed && q->route->prepare)
		code = q->route->prepare(c, q);
	db_snapshot_end(c);
	if (code != OK || replayed)
		return code;
	return db_write(c, write_step, q);
}

/* The same address with the ids by which things are known now; NULL: all are. */
static const char *moved_to(struct ctx *c, const struct req *q, const char *const params[MAX_PARAMS])
{
	const char *path = q->http->path + (q->api ? strlen(API) : 0), *out = NULL;
	for (int i = 0; i < q->n_loaded; i++) {
		if (!q->loaded[i].moved)
			continue;
		const char *from = out ? out : path, *at = strstr(from, params[i]);
		if (at)
			out = fmt(c, "%.*s%s%s", (int)(at - from), from, q->loaded[i].now.s,
				  at + strlen(params[i]));
	}
	return out && q->http->query && *q->http->query ? fmt(c, "%s?%s", out, q->http->query) : out;
}

static rc run_read(struct ctx *c, struct req *q, const char *const params[MAX_PARAMS])
{
	TRY(admit(c, q, params));
	if (q->route->flags & R_KEPT)
		c->now.v -= c->now.v % 60;
	q->reply.location = moved_to(c, q, params);
	if (q->reply.location) {
		q->reply.status = 301;
		return OK;
	}
	TRY(read_form(c, q));
	return q->route->handle(c, q);
}

/* A form that did not pass is shown again, as typed, with what to do. */
static void show_again(struct ctx *c, struct req *q, struct http_resp *p)
{
	rc code = c->failure.code;
	struct failure why = c->failure;
	q->reply = (struct reply){ 0 };
	form_state_add_failure(c, &q->form_state, q->route->form, &why);
	if (db_snapshot(c) != OK || q->route->again(c, q) != OK) {
		render_failure(c, q, p);
	} else {
		q->reply.status = rc_status(code);
		c->failure = why;
		if (code == E_RATE)
			http_set(p, "Retry-After", "60");
		render_reply(c, q, p);
	}
	db_snapshot_end(c);
}

static bool may_show_again(const struct req *q, rc code)
{
	return !q->api && q->route->again &&
	       (code == E_INVALID || code == E_CONFLICT || code == E_QUOTA || code == E_RATE);
}

/* A page that outlived its session, or the community it was opened for: what
 * was typed is shown back, to be sent once more. Not to who sends from elsewhere. */
static void keep_typed(struct ctx *c, struct req *q)
{
	struct failure why = c->failure;
	bool outlived = why.key &&
			(strcmp(why.key, "actor.sign_in_first") == 0 || strcmp(why.key, "form.stale") == 0 ||
			 strcmp(why.key, "form.acting") == 0);
	if (q->api || q->form || !outlived || !csrf_from_our_page(q->http))
		return;
	(void)!read_form(c, q);
	q->kept = true;
	c->failure = why;
}

static void handle_write(struct ctx *c, struct req *q, const char *const params[MAX_PARAMS],
			 struct http_resp *p)
{
	rc code = run_write(c, q, params);
	if (code != OK && may_show_again(q, code)) {
		show_again(c, q, p);
		return;
	}
	if (code != OK)
		keep_typed(c, q);
	bool reads = code != OK || (!q->reply.location && !q->reply.body); /* the shell of a page */
	bool open = reads && db_snapshot(c) == OK;
	if (code == OK)
		render_reply(c, q, p);
	else
		render_failure(c, q, p);
	if (open)
		db_snapshot_end(c);
}

/* Nothing says who asks: it gets what anybody gets. */
static bool is_anyone(const struct http_req *r)
{
	return !http_cookie(r, COOKIE_SESSION) && !http_cookie(r, COOKIE_TOAST) &&
	       !http_header(r, "Authorization");
}

bool route_ready(struct app *app, struct http_req *r, struct http_resp *p)
{
	if (is_anyone(r))
		return app->cache && r->method == HTTP_GET && cache_get(app, guess_lang(app, r), r, p);
	return db_kind_of(app->db) == DB_SQLITE && kept_get(app, r, p);
}

bool route_may_ask(struct app *app, const struct http_req *r)
{
	return db_kind_of(app->db) != DB_SQLITE && kept_may(app, r);
}

bool route_ask(struct app *app, struct http_req *r, struct http_resp *p)
{
	return kept_get(app, r, p);
}

/* What the handler worked with goes before the answer is sent, which may take a while: unless the
 * answer points into it. */
static void handle_read(struct ctx *c, struct req *q, const char *const params[MAX_PARAMS],
			struct http_resp *p)
{
	bool cached = c->app->cache && (q->route->flags & R_CACHED) && is_anyone(q->http);
	TALLOC_CTX *whole = c->mem, *work = talloc_new(whole);
	bool alone = q->route->flags & R_ALONE;
	uint64_t mark = kept_mark(c, q);
	rc code = alone ? q->route->handle(c, q) : db_snapshot(c);
	uint64_t generation = db_snapshot_generation(c);
	c->mem = work;
	if (code == OK && !alone)
		code = run_read(c, q, params);
	c->mem = whole;
	if (code == OK)
		render_reply(c, q, p);
	else
		render_failure(c, q, p);
	db_snapshot_end(c);
	if (cached && code == OK)
		cache_put(c, q, generation, p);
	if (code == OK)
		kept_put(c, q, mark, p);
	if (!q->reply.body && !q->reply.location && !q->reply.n_cookies)
		talloc_free(work);
}

static void start(struct ctx *c, struct app *app, struct http_req *r, struct req *q)
{
	*c = (struct ctx){ .mem = r->mem, .app = app, .now = app->clock(app), .request_id = r->id };
	*q = (struct req){ .http = r };
	c->lang = guess_lang(app, r);
	size_t n = strlen(API);
	q->api = strncmp(r->path, API, n) == 0 && (r->path[n] == '/' || !r->path[n]);
	q->session_token = http_cookie(r, COOKIE_SESSION);
	q->anonymous = http_cookie(r, COOKIE_ANONYMOUS);
	const char *toast = q->api ? NULL : http_cookie(r, COOKIE_TOAST);
	q->toast = toast ? url_decode(r->mem, toast, strlen(toast), false) : NULL;
}

/* The path below /api/v1, or as it is. */
static const char *path_of(const struct req *q)
{
	const char *path = q->http->path + (q->api ? strlen(API) : 0);
	return *path ? path : "/";
}

/* By which methods the path is answered. */
static const char *allowed(struct ctx *c, const struct req *q)
{
	static const struct {
		enum http_method method;
		const char *word;
	} known[] = { { HTTP_GET, "GET, HEAD" }, { HTTP_POST, "POST" } };
	const char *params[MAX_PARAMS], *out = "";
	bool other;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (route_find(c->mem, c->app->site, q->api, known[i].method, path_of(q), params, &other))
			out = fmt(c, "%s%s%s", out, *out ? ", " : "", known[i].word);
	return out;
}

/* No row answers; who is signed in is told so on a page of hers. */
static void handle_nothing(struct ctx *c, struct req *q, bool other_method, struct http_resp *p)
{
	bool open = db_snapshot(c) == OK;
	if (open && !q->api)
		(void)!c->app->site->authenticate(c, q);
	(void)fail(c, other_method ? E_METHOD : E_NOT_FOUND,
		   other_method ? K("http.method") : K("http.no_page"));
	if (other_method)
		http_set(p, "Allow", allowed(c, q));
	render_failure(c, q, p);
	if (open)
		db_snapshot_end(c);
}

void route_handle(struct app *app, struct http_req *r, struct http_resp *p)
{
	struct ctx c;
	struct req q;
	const char *params[MAX_PARAMS] = { 0 };
	bool other;
	if (static_answer(app, r, p) || route_ready(app, r, p) ||
	    (route_may_ask(app, r) && route_ask(app, r, p)))
		return;
	start(&c, app, r, &q);
	q.route = route_find(r->mem, app->site, q.api, r->method, path_of(&q), params, &other);
	if (!q.route) {
		handle_nothing(&c, &q, other, p);
	} else if (changes(r->method)) {
		handle_write(&c, &q, params, p);
	} else {
		handle_read(&c, &q, params, p);
	}
}

void route_refuse(struct app *app, struct http_req *r, rc why, const char *detail, struct http_resp *p)
{
	struct ctx c;
	struct req q;
	start(&c, app, r, &q);
	const char *key = why == E_BUSY	       ? K("http.busy")
			  : why == E_TOO_LARGE ? K("http.too_large")
					       : K("http.bad_request");
	(void)fail_with(&c, why, key, "detail", detail ? detail : "", NULL);
	render_failure(&c, &q, p);
}

bool route_is_quick(struct app *app, const struct http_req *r)
{
	const char *params[MAX_PARAMS];
	bool other;
	if (changes(r->method) || db_kind_of(app->db) != DB_SQLITE)
		return static_is(r->path);
	bool api = strncmp(r->path, API "/", sizeof API) == 0;
	const struct route *row = route_find(r->mem, app->site, api, r->method,
					     api ? r->path + strlen(API) : r->path, params, &other);
	return !row || !(row->flags & R_SLOW);
}

bool route_is_long(struct app *app, const struct http_req *r)
{
	return !changes(r->method) && db_kind_of(app->db) == DB_SQLITE && !route_is_quick(app, r);
}

size_t route_body_limit(struct app *app, const struct http_req *r)
{
	const char *params[MAX_PARAMS];
	bool other;
	bool api = strncmp(r->path, API "/", sizeof API) == 0;
	const struct route *row = route_find(r->mem, app->site, api, r->method,
					     api ? r->path + strlen(API) : r->path, params, &other);
	bool large = row && (row->flags & R_LARGE);
	if (app->config)
		return (size_t)(large ? app->config->upload_kb : app->config->body_kb) << 10;
	return large ? 5u << 20 : 64u << 10;
}
