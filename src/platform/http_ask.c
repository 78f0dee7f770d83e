/* http_ask.c - requests that memory can answer once somebody has been asked: whether the
 * database is still the same. One worker asks, and takes all that came meanwhile:
 * an answer serves whoever came before the question. */
#include "platform/http_internal.h"
#include "platform/metrics.h"

/* NULL: none waits, and this worker's turn is over. */
static struct http_call *take(struct http_server *s)
{
	pthread_mutex_lock(&s->asks_lock);
	struct http_call *call = s->asks;
	if (call)
		s->asks = call->next_ask;
	else
		s->is_asking = false;
	if (!s->asks)
		s->asks_end = &s->asks;
	pthread_mutex_unlock(&s->asks_lock);
	return call;
}

static void answered(struct http_call *call)
{
	metric_add(METRIC_QUEUE, -1);
	MHD_resume_connection(call->mhd);
}

static void refuse(struct http_call *call)
{
	http_make_refusal(call, E_BUSY, "too many requests are waiting");
	answered(call);
}

static bool ask(struct http_call *call)
{
	const struct http_config *cfg = &call->server->cfg;
	call->resp = (struct http_resp){ .status = 0 };
	bool done = cfg->ask(cfg->arg, &call->req, &call->resp);
	call->blob_owned = done && call->resp.blob;
	return done;
}

/* On a worker. What is to be made anew goes to another: it takes longer. */
static void ask_all(void *server)
{
	struct http_server *s = server;
	for (struct http_call *call; (call = take(s));) {
		if (atomic_load(&s->cut))
			http_run(call);
		else if (ask(call))
			answered(call);
		else if (!pool_add(s->pool, http_run, call))
			refuse(call);
	}
}

void http_ask(struct http_call *call)
{
	struct http_server *s = call->server;
	http_suspend(call);
	pthread_mutex_lock(&s->asks_lock);
	call->next_ask = NULL;
	*s->asks_end = call;
	s->asks_end = &call->next_ask;
	bool begin = !s->is_asking;
	s->is_asking = true;
	pthread_mutex_unlock(&s->asks_lock);
	if (begin && !pool_add(s->pool, ask_all, s))
		for (struct http_call *each; (each = take(s));)
			refuse(each);
}
