/* route.h - routes are data. A row says what may be asked, who may ask, what
 * may be sent and what comes back; the router does the rest: it parses and
 * bounds the form, loads each :param as the actor may see it, checks the
 * permission, runs the handler - inside the one write transaction when the
 * method changes something - and answers as a page, or as JSON for the same
 * path under /api/v1. The same rows make the OpenAPI document, the permission
 * matrix test and `maillage routes`. */
#ifndef MAILLAGE_ROUTE_H
#define MAILLAGE_ROUTE_H

#include "platform/token_area_shape.h"
#include "platform/db.h"
#include "platform/form.h"
#include "platform/http.h"
#include "platform/out.h"
#include "platform/spool.h"

enum perm {
	PERM_PUBLIC,	/* anybody */
	PERM_SELF,	/* signed in */
	PERM_AS,	/* signed in and acting as a membership */
	PERM_ROLE,	/* acting as a membership that holds one of `roles` in the community of :scope,
			 * or, when scope is "acting", in the one she acts for */
	PERM_OPERATOR
};

enum route_flag {
	R_SLOW = 1,	/* a read that may take long: never on an epoll thread */
	R_CACHED = 2,	/* the same for every visitor who is not signed in, until something is written */
	R_NO_API = 4,	/* a page only (sign-in, print layouts) */
	R_CREATES = 8,	/* answers 201 with Location; takes an Idempotency-Key */
	R_API_ONLY = 16,
	R_LARGE = 32,	/* takes a body as long as limits.upload_kb says, not limits.body_kb (imports) */
	R_ANY_STATE = 64, /* works for a person whose address is not confirmed yet */
	R_FOREVER = 128, /* what the address gives never changes: browsers and caches keep it */
	R_OPEN = 256,	/* open data: pages of other sites may read it, the same whoever asks */
	R_PROVEN = 512,	/* a POST whose address holds a secret, which is proof enough: programs of mail send it.
			 * The form is read from the address, whatever the body says */
	R_ALONE = 1024,	/* a GET that asks the database nothing: answered when that is gone too */
	R_KEPT = 2048	/* a GET whose page is kept for who is signed in (kept.h). It is answered as at the
			 * beginning of its minute: c->now has no seconds, once it is known who asks */
};

struct req;
typedef rc route_fn(struct ctx *c, struct req *q);

struct route {
	enum http_method method;
	const char *path;		/* "/places/:place/bookings" */
	const char *name;		/* of the handler: for logs, tests, docs */
	route_fn *handle;
	enum perm perm;
	unsigned roles;
	const char *scope;		/* the :param whose community the roles must hold in */
	const struct shape *form;	/* body, or query of a GET; NULL: nothing may be sent */
	const struct shape *view;	/* what the JSON holds; NULL: nothing but the status */
	unsigned flags;
	route_fn *again;		/* page to show again when the form has errors; NULL: an error page */
	route_fn *prepare;		/* slow part before the transaction (hashing), or NULL */
	int area;			/* enum token_area: which scope of a token reaches it */
};

/* Rows stand in src/domain/SLICE/routes.def; src/app/routes.c says how they read. */

/* What a :param stands for. `load` finds the object as the actor may see it,
 * or E_NOT_FOUND; it says in which community roles must hold (0: none) and
 * whether anybody may know that it exists (then a missing role is 403, else
 * 404). */
struct loaded {
	const char *param;
	const void *object;
	community_id community;
	bool is_public;
	bool moved;	/* it is known by another id, `now`: who reads is sent there for good */
	pubid now;
};
struct loader {
	const char *param;
	rc (*load)(struct ctx *c, pubid pub, struct loaded *out);
};

struct crumb { const char *label, *href; };
#define MAX_CRUMBS 5
#define MAX_PARAMS 4

typedef void page_fn(struct out *o, const void *view);

/* What a handler decided. Exactly one of: a page (tpl + view), a place to go
 * (location), raw bytes (body). */
struct reply {
	int status;			/* 0: 200, 201 or 303 as fits */
	page_fn *tpl;
	const struct shape *shape;
	const void *view;
	const char *title;		/* of the page */
	const char *nav;		/* word of the section that is lit: "places" ... */
	struct crumb crumbs[MAX_CRUMBS];
	int n_crumbs;
	const char *zone;		/* for instants on the page */
	bool bare;			/* without the shell: print, embedded */
	bool wide;			/* the 1360 grid */
	const char *location;
	const char *toast;		/* a sentence shown after the redirect, in c->mem */
	const char *undo;		/* address that undoes it, or NULL */
	pubid created;			/* of what was made; JSON {"id": ...} */
	const char *type;		/* of raw bytes */
	const char *filename;		/* offered as a download */
	const void *body;
	size_t len;
	const struct spool *spool;	/* raw bytes that are long */
	const char *cookies[4];		/* whole Set-Cookie values */
	int n_cookies;
};

struct req {
	const struct route *route;
	const struct http_req *http;
	bool api;
	const void *form;		/* struct of route->form, checked */
	struct form_state form_state;
	struct loaded loaded[MAX_PARAMS];
	int n_loaded;
	const char *csrf;		/* expected token; NULL for bearer tokens */
	const char *session_token;	/* as sent in the cookie, or NULL */
	instant session_until;		/* then it ends, or its use is noted again */
	const char *anonymous;		/* cookie that ties forms to a visitor not signed in */
	bool by_token;			/* asked by a program with a token: what follows says its scopes */
	unsigned reads, writes;		/* a bit for each enum token_area */
	bool kept;			/* not admitted: form_state.raw is for the error page to give back */
	const void *prepared;		/* what `prepare` left for the handler */
	const char *toast;		/* carried over from the last answer */
	const char *undo;
	struct reply reply;
};

/* The form and the objects of a request, by type. */
#define req_form(q, type) ((const struct type *)(q)->form)
#define req_object(q, type, param) ((const struct type *)req_loaded((q), #param)->object)
const struct loaded *req_loaded(const struct req *q, const char *param);

/* `return page(q, place_page, v);` answers with template tpl_place_page and,
 * for the API, with the same struct by place_page_shape. */
#define page(q, name, v) \
	page_((q), tpl_##name##_any, &name##_shape, (1 ? (v) : (const struct name *)NULL))
rc page_(struct req *q, page_fn *tpl, const struct shape *shape, const void *view);

/* JSON only (R_API_ONLY rows). */
#define answer(q, name, v) page_((q), NULL, &name##_shape, (1 ? (v) : (const struct name *)NULL))

/* Done: see `location` (printf), after which `toast` is shown (a message key
 * already translated, or NULL). */
rc done(struct ctx *c, struct req *q, const char *toast, const char *location, ...)
	__attribute__((format(printf, 4, 5)));

/* The same for something that was made. */
rc created(struct ctx *c, struct req *q, pubid pub, const char *toast, const char *location, ...)
	__attribute__((format(printf, 5, 6)));

/* Raw bytes: a CSV, a PDF. `filename` NULL: shown in the browser. */
rc bytes(struct req *q, const char *type, const char *filename, const void *body, size_t len);

/* The same of what spool_begin began: what may be long. */
rc spooled(struct ctx *c, struct req *q, const char *type, const char *filename, struct buf *b);

/* Where the page stands. */
void page_title(struct req *q, const char *nav, const char *title);
void page_crumb(struct req *q, const char *label, const char *href);

/* One site: everything that the slices plug in (app/wiring.c). */
struct site {
	const struct route *routes;
	size_t n_routes;
	const struct loader *loaders;
	size_t n_loaders;
	/* Who asks? Sets c->actor, c->lang and the session fields of q. Inside a snapshot. */
	rc (*authenticate)(struct ctx *c, struct req *q);
	/* Draw the whole page around `content`, which is called once. */
	void (*layout)(struct out *o, struct req *q, page_fn *content, const void *view);
	/* Draw the content of an error page for c->failure. */
	void (*error_page)(struct out *o, const struct req *q);
};

/* Find the row for a method and path, among those of the API or those of pages;
 * params gets the raw values. NULL: none, and *other_method says whether another
 * method would do. */
const struct route *route_find(TALLOC_CTX *mem, const struct site *s, bool api, enum http_method m, const char *path,
			       const char *params[MAX_PARAMS], bool *other_method);

/* The whole way of one request. Callable without a server (tests). */
void route_handle(struct app *app, struct http_req *r, struct http_resp *p);
/* A page from memory, for who is not signed in (cache.h) or who is (kept.h), without waiting. */
bool route_ready(struct app *app, struct http_req *r, struct http_resp *p);
/* One of the latter, once PostgreSQL has been asked: might there be, and is there? */
bool route_may_ask(struct app *app, const struct http_req *r);
bool route_ask(struct app *app, struct http_req *r, struct http_resp *p);
/* May it be answered on an epoll thread; how long may its body be. */
bool route_is_quick(struct app *app, const struct http_req *r);
/* Of those that may not: does it compute, rather than wait for the disk or a database elsewhere? */
bool route_is_long(struct app *app, const struct http_req *r);
size_t route_body_limit(struct app *app, const struct http_req *r);
void route_refuse(struct app *app, struct http_req *r, rc why, const char *detail, struct http_resp *p);

#endif
