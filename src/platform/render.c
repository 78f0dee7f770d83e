#include <string.h>

#include "platform/app.h"
#include "platform/config.h"
#include "platform/csrf.h"
#include "platform/json.h"
#include "platform/log.h"
#include "platform/render.h"
#include "platform/route_query.h"
#include "platform/session_cookie.h"
#include "platform/ui.h"

/* With a ground for the map from elsewhere, one more host may be asked, for that alone. */
#define CSP(host, images)                                                                      \
	"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:" images \
	"; font-src 'self'; connect-src 'self'" host                                           \
	"; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"

static const char *policy(const struct req *q, struct ctx *c)
{
	const char *host = c->app->config ? config_tiles_host(c->mem, c->app->config) : NULL;
	if (!host || !q->route || strcmp(q->route->path, "/map") != 0)
		return CSP("", "");
	return fmt(c, CSP(" %s", " blob: %s"), host, host);
}

static void common_headers(struct ctx *c, const struct req *q, struct http_resp *p)
{
	http_set(p, "X-Content-Type-Options", "nosniff");
	http_set(p, "Referrer-Policy", "same-origin");
	http_set(p, "Content-Security-Policy", policy(q, c));
	http_set(p, "Permissions-Policy", "camera=(self), geolocation=(self), microphone=()");
	http_set(p, "Cross-Origin-Opener-Policy", "same-origin");
	if (q->route && (q->route->flags & R_FOREVER) && p->status < 400) {
		http_set(p, "Cache-Control", "public, max-age=31536000, immutable");
	} else {
		http_set(p, "Vary", "Cookie, Accept-Language");
		http_set(p, "Cache-Control", q->session_token || q->api ? "no-store" : "no-cache");
	}
	if (q->route && (q->route->flags & R_OPEN) && !q->api) {
		http_set(p, "Access-Control-Allow-Origin", "*");
		http_set(p, "Access-Control-Expose-Headers", "ETag");
	}
	for (int i = 0; i < q->reply.n_cookies; i++)
		http_set(p, "Set-Cookie", q->reply.cookies[i]);
}

static void body(struct http_resp *p, const char *type, const struct buf *b)
{
	http_set(p, "Content-Type", type);
	p->body = b->s;
	p->len = b->len;
}

struct out render_out(struct ctx *c, struct req *q, struct buf *b)
{
	bool sent = q->form_state.n_errors > 0 || (q->form && q->reply.status >= 400);
	return (struct out){
		.b = b, .c = c, .form = sent ? &q->form_state : NULL, .zone = q->reply.zone, .csrf = q->csrf
	};
}

static void render_page(struct ctx *c, struct req *q, page_fn *content, const void *view, struct http_resp *p)
{
	struct buf b;
	buf_init(&b, c->mem, 32768);
	if (!q->csrf && q->route && !(q->route->flags & R_CACHED))
		q->csrf = csrf_anonymous(c, q);
	struct out o = render_out(c, q, &b);
	if (q->reply.bare)
		content(&o, view);
	else
		c->app->site->layout(&o, q, content, view);
	ui_settle_summary(&o);
	if (q->toast)
		reply_cookie(c, q, COOKIE_TOAST, NULL, 0);
	body(p, "text/html; charset=utf-8", &b);
}

static void render_json(struct ctx *c, struct req *q, struct http_resp *p)
{
	struct buf b;
	buf_init(&b, c->mem, 4096);
	if (q->reply.view)
		json_write(&b, q->reply.shape, q->reply.view);
	else if (q->reply.created.s[0])
		buf_fmt(&b, "{\"id\":\"%s\"}", q->reply.created.s);
	else
		buf_str(&b, "{}");
	if (q->reply.location) {
		http_set(p, "Location", fmt(c, "/api/v1%s", q->reply.location));
		p->status = q->reply.status ? q->reply.status : q->reply.created.s[0] ? 201 : 200;
	}
	body(p, "application/json", &b);
}

/* A page goes on elsewhere, and says there what was done. */
static void render_redirect(struct ctx *c, struct req *q, struct http_resp *p)
{
	if (q->reply.toast) {
		const char *undo = q->reply.undo ? q->reply.undo : "";
		reply_cookie(c, q, COOKIE_TOAST, fmt(c, "%s\n%s", q->reply.toast, undo), 30);
	}
	p->status = q->reply.status == 301 ? 301 : 303;
	http_set(p, "Location", q->reply.location);
}

/* A file that the reader has already is not sent again. */
static bool is_known(struct ctx *c, const struct req *q, struct http_resp *p)
{
	const struct spool *s = q->reply.spool;
	uint64_t h = s ? s->tag : spool_tag(SPOOL_TAG, q->reply.body, q->reply.len);
	const char *tag = fmt(c, "\"%016llx\"", (unsigned long long)h),
		   *known = http_header(q->http, "If-None-Match");
	http_set(p, "ETag", tag);
	return known && (strcmp(known, "*") == 0 || strstr(known, tag));
}

static void render_bytes(struct ctx *c, struct req *q, struct http_resp *p)
{
	if (q->route && q->route->method == HTTP_GET && p->status == 200 && is_known(c, q, p)) {
		p->status = 304;
		return;
	}
	http_set(p, "Content-Type", q->reply.type);
	if (q->reply.filename)
		http_set(p, "Content-Disposition", fmt(c, "attachment; filename=\"%s\"", q->reply.filename));
	p->body = q->reply.body;
	p->spool = q->reply.spool;
	p->len = p->spool ? p->spool->len : q->reply.len;
}

void render_reply(struct ctx *c, struct req *q, struct http_resp *p)
{
	p->status = q->reply.status ? q->reply.status : 200;
	if (q->reply.body)
		render_bytes(c, q, p);
	else if (q->api)
		render_json(c, q, p);
	else if (q->reply.location)
		render_redirect(c, q, p);
	else
		render_page(c, q, q->reply.tpl, q->reply.view, p);
	common_headers(c, q, p);
}

const char *failure_text(struct ctx *c, const struct failure *f)
{
	struct arg args[FAILURE_ARGS];
	for (int i = 0; i < f->n_args; i++)
		args[i] = (struct arg){ .name = f->args[i].name, .kind = ARG_TEXT, .text = f->args[i].value };
	return i18n(c, f->key ? f->key : K("http.internal"), args, (size_t)f->n_args);
}

/* The words of a closed list, to one who sent another. */
static void choices(struct buf *b, const struct shape *form, const struct form_error *e)
{
	const struct field *f = form && e->field ? shape_field(form, e->field) : NULL;
	if (!f || f->type != F_ENUM || strcmp(e->key, "form.bad_choice") != 0)
		return;
	for (size_t i = 0; i < f->words->n; i++) {
		buf_str(b, i ? "," : ",\"choices\":[");
		buf_json(b, f->words->words[i]);
	}
	buf_char(b, ']');
}

static void render_problem(struct ctx *c, struct req *q, struct http_resp *p)
{
	const struct failure *f = &c->failure;
	struct buf b;
	buf_init(&b, c->mem, 512);
	buf_fmt(&b, "{\"type\":\"urn:maillage:problem:%s\",\"title\":", f->key ? f->key : K("http.internal"));
	buf_json(&b, failure_text(c, f));
	buf_fmt(&b, ",\"status\":%d,\"code\":\"%s\",\"instance\":\"urn:maillage:request:%s\"", p->status,
		rc_name(f->code), c->request_id);
	if (q->form_state.n_errors) {
		buf_str(&b, ",\"errors\":[");
		for (size_t i = 0; i < q->form_state.n_errors; i++) {
			const struct form_error *e = &q->form_state.errors[i];
			buf_str(&b, i ? ",{\"field\":" : "{\"field\":");
			buf_json(&b, e->field ? e->field : "");
			buf_str(&b, ",\"type\":");
			buf_json(&b, e->key);
			buf_str(&b, ",\"detail\":");
			buf_json(&b, form_error_text(c, e));
			choices(&b, q->form_state.form, e);
			buf_char(&b, '}');
		}
		buf_char(&b, ']');
	} else if (f->field) {
		buf_str(&b, ",\"errors\":[{\"field\":");
		buf_json(&b, f->field);
		buf_fmt(&b, ",\"type\":\"%s\",\"detail\":", f->key);
		buf_json(&b, failure_text(c, f));
		buf_str(&b, "}]");
	}
	buf_char(&b, '}');
	body(p, "application/problem+json", &b);
}

static void error_content(struct out *o, const void *view)
{
	o->c->app->site->error_page(o, view);
}

static const char *retry_after(rc code)
{
	return code == E_BUSY ? "2" : code == E_AWAY ? "10" : code == E_RATE ? "60" : NULL;
}

void render_failure(struct ctx *c, struct req *q, struct http_resp *p)
{
	if (!c->failure.code)
		(void)fail(c, E_INTERNAL, "http.internal");
	rc code = c->failure.code;
	int n_cookies = q->reply.n_cookies;
	q->reply.n_cookies = n_cookies;
	p->status = rc_status(code);
	if (p->status >= 500)
		log_error("request failed", KV("id", c->request_id), KV("code", rc_name(code)),
			  KV("key", c->failure.key));
	if (retry_after(code))
		http_set(p, "Retry-After", retry_after(code));
	if (q->api || (code != E_AUTH && query_of_program(q))) {
		if (code == E_AUTH)
			http_set(p, "WWW-Authenticate", "Bearer");
		render_problem(c, q, p);
	} else if (code == E_AUTH && q->route && q->route->method == HTTP_GET) {
		struct buf next;
		buf_init(&next, c->mem, 128);
		buf_url(&next,
			*q->http->query ? fmt(c, "%s?%s", q->http->path, q->http->query) : q->http->path);
		p->status = 303;
		http_set(p, "Location", fmt(c, "/sign-in?next=%s", next.s));
	} else {
		q->reply.title = failure_text(c, &c->failure);
		render_page(c, q, error_content, q, p);
	}
	common_headers(c, q, p);
}
