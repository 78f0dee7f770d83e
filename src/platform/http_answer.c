#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include "base/buf.h"
#include "base/ctx.h"
#include "platform/http_internal.h"
#include "platform/log.h"
#include "platform/metrics.h"
#include "platform/spool.h"

void http_set(struct http_resp *p, const char *name, const char *value)
{
	int i = 0;

	while (i < p->n_headers &&
	       (strcasecmp(name, "Set-Cookie") == 0 || strcasecmp(p->headers[i].name, name) != 0))
		i++;
	if (i == HTTP_MAX_HEADERS)
		abort(); /* a bug: how many there are is in the code, not in the request */
	p->headers[i] = (struct http_header){ name, value };
	if (i == p->n_headers)
		p->n_headers++;
}

static bool has_header(const struct http_resp *p, const char *name)
{
	for (int i = 0; i < p->n_headers; i++)
		if (strcasecmp(p->headers[i].name, name) == 0)
			return true;
	return false;
}

struct http_blob *http_blob_take(struct http_blob *blob)
{
	if (blob->release)
		__atomic_add_fetch(&blob->refs, 1, __ATOMIC_RELAXED);
	return blob;
}

void http_blob_drop(struct http_blob *blob)
{
	if (blob->release && __atomic_sub_fetch(&blob->refs, 1, __ATOMIC_ACQ_REL) == 0) {
		http_ready_free(blob->ready);
		blob->release(blob);
	}
}

static void drop_blob(void *blob)
{
	http_blob_drop(blob);
}

void http_make_refusal(struct http_call *call, rc why, const char *detail)
{
	const struct http_config *cfg = &call->server->cfg;
	struct http_resp *p = &call->resp;

	*p = (struct http_resp){ .status = rc_status(why) };
	cfg->refuse(cfg->arg, &call->req, why, detail, p);
	if (why == E_METHOD && !has_header(p, "Allow"))
		http_set(p, "Allow", "GET, HEAD, POST, PUT, PATCH, DELETE");
	if (why == E_BUSY && !has_header(p, "Retry-After"))
		http_set(p, "Retry-After", "1");
	call->blob_owned = p->blob != NULL;
	metric_add(why == E_BUSY ? METRIC_BUSY : METRIC_REFUSED, 1);
}

/* The file is closed with the answer: it gets a number of its own. */
static struct MHD_Response *from_file(const struct spool *s)
{
	int fd = fcntl(s->fd, F_DUPFD_CLOEXEC, 0);
	struct MHD_Response *r = fd < 0 ? NULL : MHD_create_response_from_fd64(s->len, fd);

	if (!r && fd >= 0)
		close(fd);
	return r;
}

static struct MHD_Response *from_parts(const struct http_call *call)
{
	const struct http_resp *p = &call->resp;
	struct MHD_IoVec *v = mem_array(call->req.mem, sizeof *v, (size_t)p->n_parts, "parts");

	for (int i = 0; i < p->n_parts; i++)
		v[i] = (struct MHD_IoVec){ p->parts[i].data, p->parts[i].len };
	return MHD_create_response_from_iovec(v, (unsigned)p->n_parts, NULL, NULL);
}

static struct MHD_Response *with_body(struct http_call *call)
{
	struct http_resp *p = &call->resp;
	struct MHD_Response *r;

	if (p->spool)
		return from_file(p->spool);
	if (p->parts)
		return from_parts(call);
	if (!p->blob)
		/* Read-only there: the request's memory outlives the sending. */
		return MHD_create_response_from_buffer(p->len, (void *)(uintptr_t)p->body,
						       MHD_RESPMEM_PERSISTENT);
	if (!p->blob->release)
		return MHD_create_response_from_buffer(p->blob->len, (void *)(uintptr_t)p->blob->data,
						       MHD_RESPMEM_PERSISTENT);
	r = MHD_create_response_from_buffer_with_free_callback_cls(
		p->blob->len, (void *)(uintptr_t)p->blob->data, drop_blob, p->blob);
	if (r)
		call->blob_owned = false;
	return r;
}

static bool add_headers(struct http_call *call, struct MHD_Response *r)
{
	const struct http_resp *p = &call->resp;

	for (int i = 0; i < p->n_headers; i++)
		if (MHD_add_response_header(r, p->headers[i].name, p->headers[i].value) != MHD_YES)
			return false;
	if (call->close || atomic_load_explicit(&call->server->stopping, memory_order_relaxed))
		if (MHD_add_response_header(r, MHD_HTTP_HEADER_CONNECTION, "close") != MHD_YES)
			return false;
	return MHD_add_response_header(r, "X-Request-Id", call->req.id) == MHD_YES;
}

static enum MHD_Result queue(struct http_call *call)
{
	enum MHD_Result done = MHD_NO;

	if (call->from_memory && !call->close &&
	    !atomic_load_explicit(&call->server->stopping, memory_order_relaxed))
		return http_ready_queue(call);

	struct MHD_Response *r = with_body(call);

	if (r && add_headers(call, r))
		done = MHD_queue_response(call->mhd, (unsigned)call->resp.status, r);
	else
		log_error("answer not sent, a header is bad", KV("id", call->req.id),
			  KV("path", call->req.path));
	if (r)
		MHD_destroy_response(r);
	return done;
}

static void reckon(struct http_call *call, enum http_stage stage)
{
	const struct http_resp *p = &call->resp;
	int64_t len = (int64_t)(p->blob ? p->blob->len : p->len), now = http_clock_us();

	call->stage = stage;
	call->answered_us = now;
	atomic_store(&call->conn->deadline_us,
		     now + ((int64_t)call->server->cfg.request_seconds + len / HTTP_SEND_RATE_MIN) * 1000000);
	metric_request(call->method, p->status, now - call->req.received_us);
}

enum MHD_Result http_answer(struct http_call *call)
{
	reckon(call, STAGE_ANSWERED);
	return queue(call);
}

/* libmicrohttpd takes an answer before a body or after it, never within: it is written
 * to the socket here, where nothing else is being sent. What does not fit is lost. */
void http_refuse_amid(struct http_call *call)
{
	const struct http_resp *p = &call->resp;
	struct buf b;

	http_make_refusal(call, call->why, call->detail);
	reckon(call, STAGE_CUT);
	buf_init(&b, call, 16384);
	buf_fmt(&b, "HTTP/1.1 %d %s\r\nDate: %s\r\n", p->status,
		MHD_get_reason_phrase_for((unsigned)p->status), http_date(time(NULL)));
	for (int i = 0; i < p->n_headers; i++)
		buf_fmt(&b, "%s: %s\r\n", p->headers[i].name, p->headers[i].value);
	buf_fmt(&b, "Content-Length: %zu\r\nConnection: close\r\nX-Request-Id: %s\r\n\r\n", p->len,
		call->req.id);
	if (call->method != HTTP_HEAD && p->len)
		buf_add(&b, p->body, p->len);
	(void)!send(call->conn->fd, b.s, b.len, MSG_DONTWAIT | MSG_NOSIGNAL);
	shutdown(call->conn->fd, SHUT_WR);
}
