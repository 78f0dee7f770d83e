/* Many who read a page that is kept while it is written to, from this process and from beside
 * it: nobody is shown less than what somebody was told before she asked, no page is
 * another's, no key of a form is given twice. Also run under TSan. */
#include "base/test.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "platform/http_internal.h"
#include "platform/metrics.h"
#include "platform/out.h"
#include "platform/route.h"
#include "world.h"

#define READERS	 4
#define WRITES	 40
#define MOST	 20000 /* keys */
#define KEY_SIZE sizeof((pubid *)NULL)->s

static const struct field n_fields[] = { { .name = "n", .type = F_INT } };
static const struct shape n_shape = { "n", sizeof(int64_t), 1, n_fields };
static const struct stmt count_up = { .name = "count_up",
				      .sqlite = "UPDATE told SET n = n + 1",
				      .postgres = "UPDATE told SET n = n + 1" };
static const struct stmt count_read = { .name = "count_read",
					.sqlite = "SELECT n FROM told",
					.postgres = "SELECT n FROM told",
					.out = &n_shape };

static _Atomic int64_t told; /* somebody's write was answered with it */
static _Atomic int writing;
static pthread_mutex_t keys_lock = PTHREAD_MUTEX_INITIALIZER;
static char keys[MOST][KEY_SIZE];
static int n_keys;

/* ---- a site of one page ---- */

static void number_page(struct out *o, const void *view)
{
	buf_fmt(o->b, "<b>%lld</b><i>%s</i>", (long long)*(const int64_t *)view, o->csrf);
	out_csrf(o);
	out_csrf(o);
}

static rc number_get(struct ctx *c, struct req *q)
{
	int64_t *n = new_zero(c, int64_t);
	TRY(db_one(c, &count_read, NULL, n));
	return page_(q, number_page, &n_shape, n);
}

static rc authenticate(struct ctx *c, struct req *q)
{
	c->actor.person.v = q->session_token ? 1 : 0;
	q->csrf = q->session_token;
	q->session_until = (instant){ c->now.v + 3600 };
	return OK;
}

static void layout(struct out *o, struct req *q, page_fn *content, const void *view)
{
	(void)q;
	content(o, view);
}

static void error_page(struct out *o, const struct req *q)
{
	(void)q;
	buf_str(o->b, "an error");
}

static const struct route routes[] = {
	{ .method = HTTP_GET,
	  .path = "/number",
	  .name = "number_get",
	  .handle = number_get,
	  .perm = PERM_SELF,
	  .flags = R_KEPT },
};
static const struct site site = { .routes = routes,
				  .n_routes = 1,
				  .authenticate = authenticate,
				  .layout = layout,
				  .error_page = error_page };

static instant clock_of(const struct app *app)
{
	(void)app;
	return (instant){ WORLD_NOW + 7 };
}

/* ---- reading ---- */

static void note_keys(const char *body)
{
	pthread_mutex_lock(&keys_lock);
	for (const char *at = body; (at = strstr(at, OUT_KEY_HEAD)) && n_keys < MOST; n_keys++) {
		at += strlen(OUT_KEY_HEAD);
		memcpy(keys[n_keys], at, KEY_SIZE - 1);
	}
	pthread_mutex_unlock(&keys_lock);
}

/* The number on the page; -1: not a page of hers. */
static int64_t ask(struct app *app, const char *session)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct http_call *call = talloc_zero(mem, struct http_call);
	struct http_resp *p = talloc_zero(mem, struct http_resp);
	call->req = (struct http_req){ .mem = mem,
				       .path = "/number",
				       .query = "",
				       .body = "",
				       .peer = "",
				       .impl = call,
				       .received_us = http_clock_us() };
	call->head.headers[call->head.n_headers++] = (struct http_header){
		"Cookie", talloc_asprintf(mem, "__Host-session=%s", session)
	};
	route_handle(app, &call->req, p);
	char *body = talloc_strndup(mem, p->body ? p->body : "", p->body ? p->len : 0);
	for (int i = 0; p->parts && i < p->n_parts; i++)
		body = talloc_strndup_append(body, p->parts[i].data, p->parts[i].len);
	note_keys(body);
	bool hers = p->status == 200 && strstr(body, talloc_asprintf(mem, "<i>%s</i>", session));
	int64_t n = hers ? atoll(body + 3) : -1;
	if (p->blob)
		http_blob_drop(p->blob);
	talloc_free(mem);
	return n;
}

struct reader {
	pthread_t thread;
	struct app *app;
	const char *session;
	int old;
};

static void *read_all(void *arg)
{
	struct reader *k = arg;
	while (atomic_load(&writing)) {
		int64_t least = atomic_load(&told);
		k->old += ask(k->app, k->session) < least;
	}
	return NULL;
}

/* ---- writing ---- */

static rc count(struct ctx *c, void *arg)
{
	TRY(db_exec(c, &count_up, NULL, NULL));
	return db_one(c, &count_read, NULL, arg);
}

static void *write_all(void *arg)
{
	struct ctx *c = arg;
	for (int i = 0; i < WRITES; i++) {
		int64_t n = 0, before = atomic_load(&told);
		if (db_write(c, count, &n) != OK)
			abort();
		while (before < n && !atomic_compare_exchange_weak(&told, &before, n))
			continue;
		usleep(2000);
	}
	atomic_fetch_sub(&writing, 1);
	return NULL;
}

static int by_text(const void *a, const void *b)
{
	return memcmp(a, b, KEY_SIZE);
}

static void nobody_is_shown_an_old_page(void **state)
{
	struct world *w = *state;
	static const char *const sessions[] = { "aaaa", "bbbb" };
	struct reader readers[READERS];
	pthread_t writers[2];
	struct world beside = { .kind = w->kind };
	const char *why;
	world_script(w, "CREATE TABLE told (id @id, n @int);\nINSERT INTO told (id, n) VALUES (1, 0);\n");
	w->app.site = &site;
	w->app.clock = clock_of;
	assert_int_equal(db_open(&(struct db_options){ .url = w->url }, &beside.app.db, &why), OK);
	beside.c = world_ctx(&beside);
	n_keys = 0;
	atomic_store(&told, 0);
	atomic_store(&writing, 2);
	pthread_create(&writers[0], NULL, write_all, w->c);
	pthread_create(&writers[1], NULL, write_all, beside.c);
	for (int i = 0; i < READERS; i++) {
		readers[i] = (struct reader){ .app = &w->app, .session = sessions[i % 2] };
		pthread_create(&readers[i].thread, NULL, read_all, &readers[i]);
	}
	for (int i = 0; i < 2; i++)
		pthread_join(writers[i], NULL);
	for (int i = 0; i < READERS; i++) {
		pthread_join(readers[i].thread, NULL);
		assert_int_equal(readers[i].old, 0);
	}
	/* Nobody writes: it comes from memory, unless somebody commits in another database of the cluster. */
	int64_t before = metric_get(METRIC_KEPT);
	for (int i = 0; i < 200 && metric_get(METRIC_KEPT) == before; i++)
		assert_int_equal(ask(&w->app, "aaaa"), 2 * WRITES);
	assert_int_equal(metric_get(METRIC_KEPT), before + 1);
	qsort(keys, (size_t)n_keys, KEY_SIZE, by_text);
	for (int i = 1; i < n_keys; i++)
		assert_string_not_equal(keys[i - 1], keys[i]);
	talloc_free(beside.c);
	db_close(beside.app.db);
}

int main(void)
{
	const struct CMUnitTest tests[] = { BOTH(nobody_is_shown_an_old_page) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
