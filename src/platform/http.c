#include "platform/http.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "platform/http_internal.h"
#include "platform/log.h"

/* Per connection: the head of a request, and the answer's. */
#define CONNECTION_MEMORY (32u << 10)
#define THREAD_STACK	  (512u << 10)
/* At a stop, a connection without a request may still bring one for so long. */
#define STOP_GRACE_US 300000

static void free_server(struct http_server *s)
{
	pool_free(s->pool);
	pool_free(s->readers);
	if (s->unix_path)
		unlink(s->unix_path);
	free(s->unix_path);
	free(s->handed);
	free((char *)(uintptr_t)s->cfg.trusted_proxy);
	pthread_cond_destroy(&s->change);
	pthread_mutex_destroy(&s->lock);
	pthread_mutex_destroy(&s->asks_lock);
	free(s);
}

static struct http_server *new_server(const struct http_config *cfg)
{
	struct http_server *s = calloc(1, sizeof(*s));
	pthread_condattr_t attr;

	if (!s)
		abort();
	s->cfg = *cfg;
	s->cfg.listen = NULL;
	s->cfg.trusted_proxy = cfg->trusted_proxy ? strdup(cfg->trusted_proxy) : NULL;
	if (cfg->threads <= 0)
		s->cfg.threads = (int)sysconf(_SC_NPROCESSORS_ONLN);
	pthread_mutex_init(&s->lock, NULL);
	pthread_mutex_init(&s->asks_lock, NULL);
	s->asks_end = &s->asks;
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&s->change, &attr);
	pthread_condattr_destroy(&attr);
	return s;
}

static size_t keep_raw(void *arg, struct MHD_Connection *mhd, char *s)
{
	(void)arg, (void)mhd;
	return strlen(s); /* the admission filter decodes, strictly */
}

static void on_mhd_log(void *arg, const char *format, va_list args)
{
	char text[256];

	(void)arg;
	vsnprintf(text, sizeof(text), format, args);
	text[strcspn(text, "\n")] = 0;
	log_debug("microhttpd", KV("text", text));
}

/* The limit of connections is the acceptor's: any thread of libmicrohttpd could take them all. */
static void start_daemon(struct http_server *s)
{
	const struct http_config *cfg = &s->cfg;
	const unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_NO_LISTEN_SOCKET |
			       MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
	unsigned threads = (unsigned)cfg->threads;

	/* clang-format off */
	s->mhd = MHD_start_daemon(flags, 0, NULL, NULL, http_on_request, s,
		MHD_OPTION_EXTERNAL_LOGGER, on_mhd_log, NULL,
		MHD_OPTION_THREAD_POOL_SIZE, threads > 1 ? threads : 0,
		MHD_OPTION_THREAD_STACK_SIZE, (size_t)THREAD_STACK,
		MHD_OPTION_CONNECTION_LIMIT, threads * (unsigned)cfg->max_connections,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)cfg->idle_seconds,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
		MHD_OPTION_URI_LOG_CALLBACK, http_on_uri, s,
		MHD_OPTION_UNESCAPE_CALLBACK, keep_raw, NULL,
		MHD_OPTION_NOTIFY_CONNECTION, http_on_connection, s,
		MHD_OPTION_NOTIFY_COMPLETED, http_on_completed, s,
		MHD_OPTION_END);
	/* clang-format on */
}

/* With the watchdog running, so that whatever fails ends the same way. */
static const char *start_rest(struct http_server *s)
{
	s->pool = pool_new(s->cfg.workers, s->cfg.queue);
	if (s->cfg.readers > 0)
		s->readers = pool_new(s->cfg.readers, s->cfg.queue);
	if (!s->pool || (s->cfg.readers > 0 && !s->readers))
		return "the worker threads cannot be made";
	start_daemon(s);
	if (s->mhd && http_accept_start(s) == OK)
		return NULL;
	if (s->mhd)
		MHD_stop_daemon(s->mhd);
	return "the HTTP threads cannot be made";
}

rc http_start(const struct http_config *cfg, struct http_server **out, const char **why)
{
	struct http_server *s = new_server(cfg);
	sigset_t all, before;

	s->listener = http_listen(cfg->listen, &s->port, &s->unix_path, why);
	if (s->listener < 0) {
		free_server(s);
		return E_IO;
	}
	/* Signals are the business of the main thread. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	if (http_watch_start(s) == OK) {
		*why = start_rest(s);
		if (*why)
			http_watch_end(s);
	} else {
		*why = "the watchdog thread cannot be made";
	}
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (*why) {
		close(s->listener);
		free_server(s);
		return E_INTERNAL;
	}
	*out = s;
	return OK;
}

int http_port(const struct http_server *s)
{
	return s->port;
}

/* Wait until every connection has ended, at most until `deadline`. */
static void finish_connections(struct http_server *s, int64_t deadline)
{
	for (;;) {
		struct timespec at;
		int n;

		http_watch_end_idle(s, STOP_GRACE_US);
		clock_gettime(CLOCK_MONOTONIC, &at);
		at.tv_nsec += STOP_GRACE_US * 1000 / 5;
		if (at.tv_nsec >= 1000000000) {
			at.tv_nsec -= 1000000000;
			at.tv_sec++;
		}
		pthread_mutex_lock(&s->lock);
		if (s->n_conns + s->n_handed > 0)
			pthread_cond_timedwait(&s->change, &s->lock, &at);
		n = s->n_conns + s->n_handed;
		pthread_mutex_unlock(&s->lock);
		if (n == 0 || http_clock_us() >= deadline)
			return;
	}
}

int http_stop(struct http_server *s, int seconds)
{
	int64_t deadline = http_clock_us() + (int64_t)seconds * 1000000;
	int cut;

	atomic_store(&s->stopping, true);
	http_accept_end(s);
	finish_connections(s, deadline);
	atomic_store(&s->cut, true);
	http_watch_cut(s);
	/* What waits is refused now, what runs is waited for: its memory is in use. */
	pool_free(s->readers);
	pool_free(s->pool);
	s->readers = s->pool = NULL;
	/* libmicrohttpd aborts when it is stopped with suspended connections. */
	pthread_mutex_lock(&s->lock);
	while (s->n_suspended > 0)
		pthread_cond_wait(&s->change, &s->lock);
	pthread_mutex_unlock(&s->lock);
	finish_connections(s, http_clock_us() + 1000000);
	http_watch_end(s);
	MHD_stop_daemon(s->mhd);
	cut = atomic_load(&s->n_cut);
	free_server(s);
	return cut;
}
