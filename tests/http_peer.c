#include "http_peer.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "platform/log.h"
#include "platform/spool.h"

int peer_handled, peer_refused;
static char blob_bytes[PEER_BLOB_SIZE];
static void never(struct http_blob *b);
struct http_blob peer_blob = { .data = blob_bytes, .len = sizeof(blob_bytes), .release = never, .refs = 1 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t opened = PTHREAD_COND_INITIALIZER;
static bool gate_open = true;
static int at_gate;

static void never(struct http_blob *b)
{
	(void)b;
	fprintf(stderr, "the blob was dropped once too often\n");
	abort();
}

void peer_close_gate(void)
{
	pthread_mutex_lock(&lock);
	gate_open = false;
	pthread_mutex_unlock(&lock);
}

void peer_open_gate(void)
{
	pthread_mutex_lock(&lock);
	gate_open = true;
	pthread_cond_broadcast(&opened);
	pthread_mutex_unlock(&lock);
}

int peer_at_gate(void)
{
	return __atomic_load_n(&at_gate, __ATOMIC_SEQ_CST);
}

bool peer_until(const int *what, int n)
{
	for (int i = 0; i < 1000; i++) {
		if (__atomic_load_n(what, __ATOMIC_SEQ_CST) >= n)
			return true;
		usleep(10000);
	}
	return false;
}

static void wait_at_gate(void)
{
	__atomic_add_fetch(&at_gate, 1, __ATOMIC_SEQ_CST);
	pthread_mutex_lock(&lock);
	while (!gate_open)
		pthread_cond_wait(&opened, &lock);
	pthread_mutex_unlock(&lock);
	__atomic_sub_fetch(&at_gate, 1, __ATOMIC_SEQ_CST);
}

static size_t body_limit(void *arg, const struct http_req *r)
{
	(void)arg;
	return strcmp(r->path, "/mirror") == 0 ? 3u << 20 : 64u << 10;
}

static bool is_long(void *arg, const struct http_req *r)
{
	(void)arg;
	return strcmp(r->path, "/gate") == 0;
}

static bool is_quick(void *arg, const struct http_req *r)
{
	(void)arg;
	return strcmp(r->path, "/work") != 0 && strcmp(r->path, "/sleep") != 0 &&
	       strcmp(r->path, "/gate") != 0 && strcmp(r->path, "/page") != 0 &&
	       strcmp(r->path, "/spool") != 0;
}

static void say(struct http_resp *p, const char *s)
{
	p->status = 200;
	p->body = s;
	p->len = strlen(s);
	http_set(p, "Content-Type", "text/plain; charset=utf-8");
}

static char *tell(struct http_req *r)
{
	const char *cookie = http_cookie(r, "session"), *type = http_header(r, "content-type");

	return talloc_asprintf(r->mem, "%d %s query=%s body=%zu peer=%s secure=%d cookie=%s type=%s %s",
			       (int)r->method, r->path, r->query, r->body_len, r->peer, r->secure,
			       cookie ? cookie : "-", type ? type : "-", r->body);
}

static void send_spool(struct http_req *r, struct http_resp *p)
{
	struct ctx c = { .mem = r->mem };
	struct buf b;
	long n = atol(r->query);

	spool_begin(&c, &b);
	for (long i = 0; i < n; i++)
		buf_char(&b, (char)('a' + i % 26));
	if (spool_end(&c, &b, &p->spool) != OK)
		abort();
	p->status = 200;
	p->body = b.s;
	p->len = p->spool ? p->spool->len : b.len;
}

static void handle(void *arg, struct http_req *r, struct http_resp *p)
{
	(void)arg;
	if (strcmp(r->path, "/hello") == 0) {
		say(p, "hello");
	} else if (strcmp(r->path, "/blob") == 0) {
		p->status = 200;
		p->blob = http_blob_take(&peer_blob);
	} else if (strcmp(r->path, "/page") == 0) {
		p->status = 200;
		p->body = talloc_memdup(r->mem, blob_bytes, sizeof(blob_bytes));
		p->len = sizeof(blob_bytes);
	} else if (strcmp(r->path, "/spool") == 0) {
		send_spool(r, p);
	} else if (strcmp(r->path, "/mirror") == 0) {
		p->status = 200;
		p->body = r->body;
		p->len = r->body_len;
	} else if (strcmp(r->path, "/sleep") == 0 || strcmp(r->path, "/busy") == 0) {
		usleep((unsigned)atoi(r->query) * 1000);
		say(p, "slept");
	} else if (strcmp(r->path, "/split") == 0) {
		say(p, "split");
		http_set(p, "X-Bad", "a\r\nInjected: yes");
	} else {
		if (strcmp(r->path, "/gate") == 0)
			wait_at_gate();
		say(p, tell(r));
	}
	__atomic_add_fetch(&peer_handled, 1, __ATOMIC_SEQ_CST);
}

static void refuse(void *arg, struct http_req *r, rc why, const char *detail, struct http_resp *p)
{
	(void)arg, (void)why;
	p->body = talloc_strdup(r->mem, detail);
	p->len = strlen(detail);
	__atomic_add_fetch(&peer_refused, 1, __ATOMIC_SEQ_CST);
}

struct http_config peer_config(void)
{
	memset(blob_bytes, 'b', sizeof(blob_bytes));
	return (struct http_config){ .listen = "127.0.0.1:0",
				     .threads = 2,
				     .workers = 2,
				     .queue = 4,
				     .max_connections = 1000,
				     .idle_seconds = 5,
				     .request_seconds = 2,
				     .body_limit = body_limit,
				     .is_quick = is_quick,
				     .is_long = is_long,
				     .handle = handle,
				     .refuse = refuse };
}

struct http_server *peer_start(const struct http_config *cfg)
{
	struct http_server *s;
	const char *why;

	log_set_level(LEVEL_ERROR);
	peer_handled = peer_refused = 0;
	if (http_start(cfg, &s, &why) != OK) {
		fprintf(stderr, "http_start: %s\n", why);
		abort();
	}
	return s;
}
