#include "browse.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "app/wiring.h"
#include "base/fold.h"
#include "base/pubid.h"
#include "base/secret.h"
#include "people/session_sql.h"
#include "platform/csrf.h"
#include "platform/http_internal.h"
#include "platform/route.h"
#include "platform/session_cookie.h"
#include "platform/url.h"

static void die(const char *what, const char *detail)
{
	fprintf(stderr, "browse: %s: %s\n", what, detail);
	exit(1);
}

static instant stopped_clock(const struct app *app)
{
	const struct world *w = (const struct world *)((const char *)app - offsetof(struct world, app));
	return w->c->now;
}

struct browse *browse_new(struct world *w)
{
	struct browse *b = talloc_zero(NULL, struct browse);
	b->w = w;
	b->mem = b;
	b->last = talloc_new(b);
	b->agent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
	b->peer = "192.0.2.1";
	b->body = "";
	w->app.clock = stopped_clock;
	if (!w->app.site_name)
		w->app.site_name = "Maillage";
	if (!w->app.public_url)
		w->app.public_url = "https://maillage.example";
	wire(&w->app);
	return b;
}

void browse_free(struct browse *b)
{
	talloc_free(b);
}

const char *browse_cookie(const struct browse *b, const char *name)
{
	for (int i = 0; i < b->n_cookies; i++)
		if (strcmp(b->cookies[i].name, name) == 0)
			return b->cookies[i].value;
	return NULL;
}

static void keep(struct browse *b, const char *name, const char *value)
{
	int i = 0;
	while (i < b->n_cookies && strcmp(b->cookies[i].name, name) != 0)
		i++;
	if (i == (int)(sizeof b->cookies / sizeof *b->cookies))
		die("too many cookies", name);
	if (i == b->n_cookies)
		b->n_cookies++;
	b->cookies[i] = (struct http_header){ talloc_strdup(b->mem, name), talloc_strdup(b->mem, value) };
}

static void forget(struct browse *b, const char *name)
{
	for (int i = 0; i < b->n_cookies; i++)
		if (strcmp(b->cookies[i].name, name) == 0)
			b->cookies[i--] = b->cookies[--b->n_cookies];
}

/* "name=value; Max-Age=0; Path=/ ..." */
static void take_cookie(struct browse *b, const char *set)
{
	size_t n = strcspn(set, "="), v = strcspn(set + n, ";");
	char *name = talloc_strndup(b->last, set, n);
	if (strstr(set, "Max-Age=0"))
		forget(b, name);
	else
		keep(b, name, url_decode(b->last, set + n + 1, v - 1, false));
}

/* ---- requests ---- */

static void add(struct http_call *call, const char *name, const char *value)
{
	if (value)
		call->head.headers[call->head.n_headers++] = (struct http_header){ name, value };
}

static char *cookie_header(struct browse *b)
{
	char *line = NULL;
	for (int i = 0; i < b->n_cookies; i++)
		line = talloc_asprintf(b->last, "%s%s%s=%s", line ? line : "", line ? "; " : "",
				       b->cookies[i].name, b->cookies[i].value);
	return line;
}

static struct http_call *call_new(struct browse *b, enum http_method m, const char *path, const char *body)
{
	static int n;
	TALLOC_CTX *old = b->last;
	b->last = talloc_new(b);
	struct http_call *call = talloc_zero(b->last, struct http_call);
	size_t len = strcspn(path, "?");
	call->req = (struct http_req){ .mem = call,
				       .method = m,
				       .path = talloc_strndup(call, path, len),
				       .query = talloc_strdup(call, path[len] ? path + len + 1 : ""),
				       .body = talloc_strdup(call, body ? body : ""),
				       .body_len = body ? strlen(body) : 0,
				       .peer = b->peer,
				       .secure = true,
				       .impl = call };
	snprintf(call->req.id, sizeof call->req.id, "browse%d", ++n);
	add(call, "Host", "maillage.example");
	add(call, "User-Agent", b->agent);
	talloc_free(old);
	return call;
}

static const char *spool_text(TALLOC_CTX *mem, const struct spool *s)
{
	char *text = talloc_size(mem, s->len + 1);
	if (pread(s->fd, text, s->len, 0) != (ssize_t)s->len)
		die("spool", "cut");
	text[s->len] = 0;
	return text;
}

static int send_call(struct browse *b, struct http_call *call)
{
	b->resp = (struct http_resp){ 0 };
	route_handle(&b->w->app, &call->req, &b->resp);
	if (b->resp.spool)
		b->resp.body = spool_text(b->last, b->resp.spool);
	const struct http_blob *blob = b->resp.blob;
	const char *data = blob ? blob->data : b->resp.body;
	struct http_part whole = { data ? data : "", data ? (blob ? blob->len : b->resp.len) : 0 };
	const struct http_part *part = b->resp.parts ? b->resp.parts : &whole;
	char *body = talloc_strdup(b->last, "");
	for (int n = b->resp.parts ? b->resp.n_parts : 1; n > 0; n--, part++)
		body = talloc_strndup_append_buffer(body, part->data, part->len);
	b->body = body;
	if (b->resp.blob)
		http_blob_drop(b->resp.blob);
	b->resp.blob = NULL;
	for (int i = 0; i < b->resp.n_headers; i++)
		if (strcasecmp(b->resp.headers[i].name, "Set-Cookie") == 0)
			take_cookie(b, b->resp.headers[i].value);
	return b->resp.status;
}

int browse_get(struct browse *b, const char *path)
{
	struct http_call *call = call_new(b, HTTP_GET, path, NULL);
	add(call, "Cookie", cookie_header(b));
	return send_call(b, call);
}

int browse_post_raw(struct browse *b, const char *path, const char *form, const char *origin)
{
	struct http_call *call = call_new(b, HTTP_POST, path, form);
	add(call, "Cookie", cookie_header(b));
	add(call, "Content-Type", "application/x-www-form-urlencoded");
	add(call, "Origin", origin);
	return send_call(b, call);
}

int browse_post_typed(struct browse *b, const char *path, const char *body, const char *type)
{
	struct http_call *call = call_new(b, HTTP_POST, path, body);
	add(call, "Cookie", cookie_header(b));
	add(call, "X-CSRF-Token", browse_csrf(b));
	add(call, "Content-Type", type);
	return send_call(b, call);
}

const char *browse_csrf(struct browse *b)
{
	const char *cookie = browse_cookie(b, COOKIE_SESSION);
	if (!cookie)
		cookie = browse_cookie(b, COOKIE_ANONYMOUS);
	if (!cookie) {
		pubid fresh;
		pubid_new(&fresh);
		keep(b, COOKIE_ANONYMOUS, fresh.s);
		cookie = browse_cookie(b, COOKIE_ANONYMOUS);
	}
	return csrf_token(b->w->c, cookie);
}

int browse_post(struct browse *b, const char *path, const char *form)
{
	char *whole = talloc_asprintf(b->mem, "_csrf=%s%s%s", browse_csrf(b), *form ? "&" : "", form);
	int status = browse_post_raw(b, path, whole, NULL);
	talloc_free(whole);
	return status;
}

int browse_api(struct browse *b, enum http_method m, const char *path, const char *json)
{
	char *whole = talloc_asprintf(b->mem, "/api/v1%s", path);
	struct http_call *call = call_new(b, m, whole, json);
	talloc_free(whole);
	if (b->bearer) {
		add(call, "Authorization", talloc_asprintf(call, "Bearer %s", b->bearer));
	} else {
		add(call, "Cookie", cookie_header(b));
		add(call, "X-CSRF-Token", browse_csrf(b));
	}
	if (json)
		add(call, "Content-Type", "application/json");
	return send_call(b, call);
}

const char *browse_header(const struct browse *b, const char *name)
{
	for (int i = 0; i < b->resp.n_headers; i++)
		if (strcasecmp(b->resp.headers[i].name, name) == 0)
			return b->resp.headers[i].value;
	return NULL;
}

const char *browse_location(const struct browse *b)
{
	const char *where = browse_header(b, "Location");
	return where ? where : "";
}

bool browse_has(const struct browse *b, const char *text)
{
	return strstr(b->body, text) != NULL;
}

/* ---- who plays ---- */

static rc run_text(struct ctx *c, void *arg)
{
	return db_script(c, arg);
}

void cast_run(struct world *w, const char *sql, ...)
{
	va_list ap;
	va_start(ap, sql);
	char *text = talloc_vasprintf(w->c, sql, ap);
	va_end(ap);
	if (db_write(w->c, run_text, text) != OK)
		die(text, world_key(w->c));
}

/* Connections remember statements by their address: these stay for ever. */
struct asked {
	struct stmt stmt;
	struct shape shape;
	struct field field;
	void *row;
	struct asked *before;
};
static struct asked *all_asked;

static rc run_ask(struct ctx *c, void *arg)
{
	struct asked *a = arg;
	return db_one(c, &a->stmt, NULL, a->row);
}

static void ask(struct world *w, enum field_type type, const char *sql, va_list ap, void *out)
{
	char *text = NULL;
	struct asked *a = calloc(1, sizeof *a);
	if (!a || vasprintf(&text, sql, ap) < 0)
		die(sql, "no memory");
	a->before = all_asked;
	all_asked = a;
	a->field = (struct field){ .name = "value", .type = type, .flags = FF_NULL };
	a->shape = (struct shape){ "asked", sizeof(int64_t), 1, &a->field };
	a->stmt = (struct stmt){ .name = "asked", .sqlite = text, .postgres = text, .out = &a->shape };
	a->row = out;
	if (db_read(w->c, run_ask, a) != OK)
		die(text, world_key(w->c));
}

int64_t cast_number(struct world *w, const char *sql, ...)
{
	int64_t out = 0;
	va_list ap;
	va_start(ap, sql);
	ask(w, F_INT, sql, ap, &out);
	va_end(ap);
	return out;
}

const char *cast_text(struct world *w, const char *sql, ...)
{
	const char *out = NULL;
	va_list ap;
	va_start(ap, sql);
	ask(w, F_TEXT, sql, ap, &out);
	va_end(ap);
	return out;
}

const char *cast_pub(struct world *w, const char *table, int64_t id)
{
	return cast_text(w, "SELECT pub AS value FROM %s WHERE id = %lld", table, (long long)id);
}

static const char *fresh(struct world *w)
{
	pubid p;
	pubid_new(&p);
	return talloc_strdup(w->c, p.s);
}

static int64_t id_of(struct world *w, const char *table, const char *pub)
{
	return cast_number(w, "SELECT id AS value FROM %s WHERE pub = '%s'", table, pub);
}

person_id cast_person(struct world *w, const char *name, const char *email)
{
	const char *pub = fresh(w);
	const char *secret = w->kind == DB_SQLITE ? "zeroblob(32)" : "decode(repeat('00', 32), 'hex')";
	cast_run(
		w,
		"INSERT INTO person (pub, email, email_key, name, verified_at, lang, is_operator, pass_secret, created_at) "
		"VALUES ('%s', '%s', '%s', '%s', 1, 'fr', FALSE, %s, 1)",
		pub, email, email, name, secret);
	return (person_id){ id_of(w, "person", pub) };
}

community_id cast_community(struct world *w, const char *name, const char *kinds)
{
	static const char *const words[] = { "cae",	    "place",   "collective", "network",
					     "public_body", "company", "other" };
	const char *pub = fresh(w);
	char *sql = talloc_asprintf(
		w->c,
		"INSERT INTO community (pub, name, folded, initials, functions, is_demo, created_at, "
		"is_cae, is_place, is_collective, is_network, is_public_body, is_company, is_other) "
		"VALUES ('%s', '%s', '%s', '%.2s', '', FALSE, 1",
		pub, name, fold(w->c, name), name);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		sql = talloc_asprintf_append(sql, ", %s", strstr(kinds, words[i]) ? "TRUE" : "FALSE");
	cast_run(w, "%s)", sql);
	return (community_id){ id_of(w, "community", pub) };
}

membership_id cast_member(struct world *w, person_id person, community_id community, const char *status,
			  unsigned roles)
{
	const char *pub = fresh(w);
	cast_run(
		w,
		"INSERT INTO membership (pub, person, community, status, roles, visibility, shares_use, started) "
		"VALUES ('%s', %lld, %lld, '%s', %u, 'community', FALSE, %lld)",
		pub, (long long)person.v, (long long)community.v, status, roles,
		(long long)(w->c->now.v / 86400 - 1));
	return (membership_id){ id_of(w, "membership", pub) };
}

struct entering {
	struct session_new s;
	hash token;
	membership_id membership;
};

static rc run_enter(struct ctx *c, void *arg)
{
	struct entering *e = arg;
	return session_insert(c, &e->s, NULL);
}

void browse_sign_in(struct browse *b, person_id person)
{
	struct world *w = b->w;
	char token[SECRET_SIZE];
	struct entering e = {
		.s = { .person = person, .agent = b->agent, .address = b->peer, .created_at = w->c->now }
	};
	secret_new(token);
	pubid_new(&e.s.pub);
	e.s.token_hash = secret_hash(token);
	e.s.expires_at = (instant){ w->c->now.v + 30 * 86400 };
	if (db_write(w->c, run_enter, &e) != OK)
		die("sign in", world_key(w->c));
	keep(b, COOKIE_SESSION, token);
	int64_t first = cast_number(
		w, "SELECT COALESCE(MIN(id), 0) AS value FROM membership WHERE person = %lld",
		(long long)person.v);
	if (first)
		browse_act_as(b, (membership_id){ first });
}

static rc run_act_as(struct ctx *c, void *arg)
{
	struct entering *e = arg;
	return session_set_membership(c, e->token, e->membership, NULL);
}

void browse_act_as(struct browse *b, membership_id membership)
{
	struct entering e = { .token = secret_hash(browse_cookie(b, COOKIE_SESSION)),
			      .membership = membership };
	if (db_write(b->w->c, run_act_as, &e) != OK)
		die("act as", world_key(b->w->c));
}
