#include <stdlib.h>
#include <string.h>

#include "base/pubid.h"
#include "platform/http_internal.h"
#include "platform/log.h"
#include "platform/metrics.h"

#if defined(__SANITIZE_ADDRESS__)
#define PLAIN_MEMORY 1 /* allocated one by one, so that the sanitizer sees each */
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define PLAIN_MEMORY 1
#endif
#endif

/* A page of forty rows with what it was made of; freed below what makes malloc sweep (64 kB). */
#define POOL_SIZE (60u << 10)

#ifdef PLAIN_MEMORY
static TALLOC_CTX *new_memory(void)
{
	return talloc_new(NULL);
}

static void free_memory(TALLOC_CTX *mem)
{
	talloc_free(mem);
}
#else
/* Each thread keeps the last one, emptied: most of them answer one request after the other. */
static pthread_once_t spare_once = PTHREAD_ONCE_INIT;
static pthread_key_t spare;

static void drop_spare(void *mem)
{
	talloc_free(mem);
}

static void spare_begin(void)
{
	if (pthread_key_create(&spare, drop_spare) != 0)
		abort();
}

static TALLOC_CTX *new_memory(void)
{
	pthread_once(&spare_once, spare_begin);
	TALLOC_CTX *mem = pthread_getspecific(spare);
	if (!mem)
		return talloc_pool(NULL, POOL_SIZE);
	pthread_setspecific(spare, NULL);
	return mem;
}

static void free_memory(TALLOC_CTX *mem)
{
	if (pthread_getspecific(spare)) {
		talloc_free(mem);
		return;
	}
	talloc_free_children(mem);
	if (pthread_setspecific(spare, mem) != 0)
		talloc_free(mem);
}
#endif

static struct http_call *new_call(struct http_server *s)
{
	TALLOC_CTX *mem = new_memory();
	struct http_call *call = talloc(mem, struct http_call);
	pubid id;

	if (!call)
		abort();
	memset(call, 0, offsetof(struct http_call, head));
	call->head.n_headers = call->head.bytes = 0;
	call->head.overflow = false;
	pubid_new(&id);
	memcpy(call->req.id, id.s, sizeof(call->req.id));
	call->server = s;
	call->method = HTTP_OTHER;
	call->req.mem = mem;
	call->req.path = call->req.query = call->req.body = "";
	call->req.impl = call;
	return call;
}

/* The request line is in: the first that is heard of a request. */
void *http_on_uri(void *server, const char *uri, struct MHD_Connection *mhd)
{
	struct http_server *s = server;
	struct http_call *call = new_call(s);
	int64_t by;

	call->mhd = mhd;
	call->conn = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
	call->req.received_us = http_clock_us();
	call->req.peer = call->conn->peer;
	call->head.target = talloc_strdup(call, uri);
	if (!call->head.target)
		abort();
	by = call->req.received_us + (int64_t)s->cfg.request_seconds * 1000000;
	atomic_store(&call->conn->idle_since_us, 0);
	if (by < atomic_load(&call->conn->deadline_us))
		atomic_store(&call->conn->deadline_us, by);
	metric_add(METRIC_IN_FLIGHT, 1);
	return call;
}

static enum MHD_Result take_header(void *arg, enum MHD_ValueKind kind, const char *name, size_t name_len,
				   const char *value, size_t value_len)
{
	struct http_head *head = arg;

	(void)kind;
	if (!value)
		value = "";
	head->bytes += name_len + value_len + 4; /* ": " and the line's end */
	if (head->n_headers == HTTP_HEADER_LINES_MAX) {
		head->overflow = true;
		return MHD_NO;
	}
	head->headers[head->n_headers++] = (struct http_header){ name, value };
	return MHD_YES;
}

/* Behind the trusted proxy, who asks is what the proxy says. */
static void read_forwarded(struct http_call *call)
{
	const char *trusted = call->server->cfg.trusted_proxy, *value;
	char peer[46];

	if (!trusted || strcmp(trusted, call->conn->peer) != 0)
		return;
	value = http_header(&call->req, "X-Forwarded-For");
	if (value && http_forwarded_peer(value, peer))
		call->req.peer = talloc_strdup(call, peer);
	value = http_header(&call->req, "X-Forwarded-Proto");
	call->req.secure = value && strcmp(value, "https") == 0;
}

static void refuse_later(struct http_call *call, rc why, const char *detail)
{
	call->why = why;
	call->detail = detail;
}

static enum MHD_Result refuse_now(struct http_call *call, rc why, const char *detail)
{
	call->close = true;
	http_make_refusal(call, why, detail);
	return http_answer(call);
}

/* The headers are in: refuse at once, or go on to the body. */
static enum MHD_Result begin(struct http_call *call, const char *method, const char *version)
{
	const struct http_config *cfg = &call->server->cfg;
	struct http_admission a;
	rc why;

	call->head.method = method;
	call->head.version = version;
	MHD_get_connection_values_n(call->mhd, MHD_HEADER_KIND, take_header, &call->head);
	why = http_admit(call, &call->head, &a);
	call->method = a.method;
	call->req.method = a.method == HTTP_HEAD ? HTTP_GET : a.method;
	call->req.path = a.path;
	call->req.query = a.query;
	if (why != OK)
		return refuse_now(call, why, a.detail);
	read_forwarded(call);
	call->stage = STAGE_BODY;
	call->content_length = a.content_length;
	if (a.content_length == 0 && !a.chunked)
		return MHD_YES;
	call->limit = cfg->body_limit(cfg->arg, &call->req);
	if (a.content_length > call->limit) {
		if (a.content_length > HTTP_DRAIN_MAX || http_header(&call->req, "Expect"))
			return refuse_now(call, E_TOO_LARGE, "the body is larger than what is read here");
		refuse_later(call, E_TOO_LARGE, "the body is larger than what is read here");
	}
	return MHD_YES;
}

static void drop_body(struct http_call *call)
{
	atomic_fetch_sub(&call->server->body_bytes, (int64_t)call->body_cap);
	talloc_free(call->body);
	call->body = NULL;
	call->body_cap = call->req.body_len = 0;
}

/* Room for `need` bytes and a NUL; grows twofold, never past what was announced. */
static bool body_room(struct http_call *call, size_t need)
{
	size_t cap = call->body_cap ? call->body_cap : 4096;
	struct http_server *s = call->server;

	if (need < call->body_cap)
		return true;
	while (cap <= need)
		cap *= 2;
	if (call->content_length && cap > call->content_length + 1)
		cap = call->content_length + 1;
	if (atomic_fetch_add(&s->body_bytes, (int64_t)(cap - call->body_cap)) > HTTP_BODIES_MAX) {
		atomic_fetch_sub(&s->body_bytes, (int64_t)(cap - call->body_cap));
		return false;
	}
	call->body_cap = cap;
	call->body = talloc_realloc(call, call->body, char, cap);
	if (!call->body)
		abort();
	return true;
}

static enum MHD_Result take_body(struct http_call *call, const char *data, size_t len)
{
	if (call->why == OK && len > call->limit - call->req.body_len)
		refuse_later(call, E_TOO_LARGE, "the body is larger than what is read here");
	if (call->why == OK && !body_room(call, call->req.body_len + len))
		refuse_later(call, E_BUSY, "too many large bodies at once");
	if (call->why != OK) {
		drop_body(call);
		call->drained += len;
		if (call->drained > HTTP_DRAIN_MAX)
			http_refuse_amid(call);
		return MHD_YES;
	}
	memcpy(call->body + call->req.body_len, data, len);
	call->req.body_len += len;
	return MHD_YES;
}

static void handle(struct http_call *call)
{
	const struct http_config *cfg = &call->server->cfg;

	call->resp = (struct http_resp){ .status = 0 };
	cfg->handle(cfg->arg, &call->req, &call->resp);
	if (call->resp.status < 200 || call->resp.status > 599) {
		log_error("no status for a request", KV("id", call->req.id), KV("path", call->req.path));
		call->resp.status = 500;
	}
	call->blob_owned = call->resp.blob != NULL;
}

/* On a worker. Once resumed, the call belongs to its epoll thread again. */
void http_run(void *arg)
{
	struct http_call *call = arg;

	metric_add(METRIC_QUEUE, -1);
	if (atomic_load(&call->server->cut)) {
		atomic_fetch_add(&call->server->n_cut, 1);
		http_make_refusal(call, E_BUSY, "the server is stopping");
	} else {
		handle(call);
	}
	MHD_resume_connection(call->mhd);
}

static void count_suspended(struct http_server *s, int n)
{
	pthread_mutex_lock(&s->lock);
	s->n_suspended += n;
	if (s->n_suspended == 0)
		pthread_cond_broadcast(&s->change);
	pthread_mutex_unlock(&s->lock);
}

static struct pool *pool_for(const struct http_call *call)
{
	const struct http_server *s = call->server;
	return s->readers && s->cfg.is_long && s->cfg.is_long(s->cfg.arg, &call->req) ? s->readers : s->pool;
}

/* Before it is queued: a worker may be done before that returns. */
void http_suspend(struct http_call *call)
{
	call->stage = STAGE_WAITING;
	count_suspended(call->server, 1);
	MHD_suspend_connection(call->mhd);
	metric_add(METRIC_QUEUE, 1);
}

static enum MHD_Result hand_to_worker(struct http_call *call)
{
	struct pool *pool = pool_for(call);
	http_suspend(call);
	if (!pool_add(pool, http_run, call)) {
		metric_add(METRIC_QUEUE, -1);
		http_make_refusal(call, E_BUSY, "too many requests are waiting");
		MHD_resume_connection(call->mhd);
	}
	return MHD_YES;
}

static bool from_memory(struct http_call *call)
{
	const struct http_config *cfg = &call->server->cfg;
	call->resp.n_headers = 0;
	call->resp.body = NULL;
	call->resp.spool = NULL;
	call->resp.blob = NULL;
	call->resp.parts = NULL;
	bool ready = cfg->ready && cfg->ready(cfg->arg, &call->req, &call->resp);
	call->blob_owned = ready && call->resp.blob;
	call->from_memory = call->blob_owned && !call->resp.parts;
	return ready;
}

/* The request is in, whole. */
static enum MHD_Result dispatch(struct http_call *call)
{
	const struct http_config *cfg = &call->server->cfg;

	call->req.received_us = http_clock_us();
	atomic_store(&call->conn->deadline_us, INT64_MAX);
	if (call->why != OK) {
		http_make_refusal(call, call->why, call->detail);
		return http_answer(call);
	}
	if (call->body) {
		call->body[call->req.body_len] = 0;
		call->req.body = call->body;
	}
	if (from_memory(call))
		return http_answer(call);
	if (cfg->may_ask && cfg->may_ask(cfg->arg, &call->req)) {
		http_ask(call);
		return MHD_YES;
	}
	if (!cfg->is_quick(cfg->arg, &call->req))
		return hand_to_worker(call);
	handle(call);
	return http_answer(call);
}

enum MHD_Result http_on_request(void *server, struct MHD_Connection *mhd, const char *url, const char *method,
				const char *version, const char *data, size_t *size, void **arg)
{
	struct http_call *call = *arg;
	enum MHD_Result result;

	(void)server, (void)mhd, (void)url;
	switch (call->stage) {
	case STAGE_HEAD: return begin(call, method, version);
	case STAGE_BODY:
		if (*size == 0)
			return dispatch(call);
		result = take_body(call, data, *size);
		*size = 0;
		return result;
	case STAGE_WAITING: count_suspended(call->server, -1); return http_answer(call);
	case STAGE_CUT:
		call->drained += *size;
		if (*size == 0 || call->drained > 2 * HTTP_DRAIN_MAX)
			return MHD_NO;
		break;
	case STAGE_ANSWERED: break;
	}
	*size = 0;
	return MHD_YES;
}

static const char *method_word(enum http_method m)
{
	static const char *const words[] = { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "other" };

	return words[m];
}

static void log_call(const struct http_call *call, bool sent)
{
	const struct http_resp *p = &call->resp;
	int64_t us = call->answered_us ? call->answered_us - call->req.received_us : 0;
	size_t bytes = p->blob ? p->blob->len : p->len;

	log_info("request", KV("id", call->req.id), KV("method", method_word(call->method)),
		 KV("path", call->req.path), KV("status", p->status), KV("us", us), KV("bytes", bytes),
		 KV("sent", sent));
}

void http_on_completed(void *server, struct MHD_Connection *mhd, void **arg,
		       enum MHD_RequestTerminationCode how)
{
	struct http_call *call = *arg;
	struct http_server *s = server;
	bool sent = how == MHD_REQUEST_TERMINATED_COMPLETED_OK || (call && call->stage == STAGE_CUT);
	int64_t now = http_clock_us();

	(void)mhd;
	if (!call)
		return;
	*arg = NULL;
	if (call->stage == STAGE_WAITING) /* the connection died between resuming and answering */
		count_suspended(s, -1);
	if (!sent) {
		metric_add(METRIC_CUT, 1);
		if (atomic_load(&s->cut))
			atomic_fetch_add(&s->n_cut, 1);
	}
	log_call(call, sent);
	http_ready_give_back(call);
	if (call->blob_owned)
		http_blob_drop(call->resp.blob);
	drop_body(call);
	atomic_store(&call->conn->idle_since_us, now);
	atomic_store(&call->conn->deadline_us,
		     now + ((int64_t)s->cfg.idle_seconds + s->cfg.request_seconds) * 1000000);
	metric_add(METRIC_IN_FLIGHT, -1);
	free_memory(call->req.mem);
}

const char *http_header(const struct http_req *r, const char *name)
{
	const struct http_call *call = r->impl;

	return http_head_find(&call->head, name);
}

const char *http_cookie(const struct http_req *r, const char *name)
{
	const char *header = http_header(r, "Cookie");

	return header ? http_cookie_find(r->mem, header, name) : NULL;
}
