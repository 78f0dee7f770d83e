/* New connections are accepted here and handed to libmicrohttpd, which could listen by itself:
 * but when it is told to stop listening under load (MHD_quiesce_daemon of 0.9.75), the caller
 * and its own thread may both take the socket out of the epoll set, and the second aborts. */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "platform/http_internal.h"
#include "platform/log.h"

/* Without descriptors or memory for one more, it is tried again so much later. */
#define SHORTAGE_MS 100

/* Wait, at most `ms` (-1: for ever), until somebody connects (`listener` -1: nobody) or the
 * bell is rung. False when it was. */
static bool wait_for(const struct http_server *s, int listener, int ms)
{
	struct pollfd fds[] = { { .fd = s->bell, .events = POLLIN }, { .fd = listener, .events = POLLIN } };

	while (poll(fds, 2, ms) < 0 && errno == EINTR)
		;
	return fds[0].revents == 0;
}

/* Past the limit new ones wait in the kernel's queue; at the end there is nothing to wait for. */
static void wait_for_room(struct http_server *s)
{
	pthread_mutex_lock(&s->lock);
	while (!s->accept_ends && s->n_conns + s->n_handed >= s->cfg.max_connections)
		pthread_cond_wait(&s->change, &s->lock);
	pthread_mutex_unlock(&s->lock);
}

static void hand_over(struct http_server *s, int client, const struct sockaddr_storage *from, socklen_t len)
{
	http_watch_handed(s, client, true);
	/* On failure libmicrohttpd has closed it. */
	if (MHD_add_connection(s->mhd, client, (const struct sockaddr *)from, len) == MHD_YES)
		return;
	http_watch_handed(s, client, false);
	log_warn("a new connection is lost");
}

/* Hand over all that the kernel has accepted. False when it gives none for want of something. */
static bool accept_all(struct http_server *s)
{
	for (;;) {
		struct sockaddr_storage from = { 0 };
		socklen_t len = sizeof(from);
		int client;

		wait_for_room(s);
		client = accept4(s->listener, (struct sockaddr *)&from, &len, SOCK_CLOEXEC | SOCK_NONBLOCK);
		if (client >= 0)
			hand_over(s, client, &from, len);
		else if (errno == EAGAIN || errno == EWOULDBLOCK)
			return true;
		else if (errno != EINTR && errno != ECONNABORTED)
			return false;
	}
}

static void *accept_until_the_bell(void *arg)
{
	struct http_server *s = arg;
	bool short_of = false;

	while (wait_for(s, short_of ? -1 : s->listener, short_of ? SHORTAGE_MS : -1)) {
		bool was = short_of;

		short_of = !accept_all(s);
		if (short_of && !was)
			log_warn("new connections wait", KV("error", strerror(errno)));
	}
	return NULL;
}

rc http_accept_start(struct http_server *s)
{
	s->bell = eventfd(0, EFD_CLOEXEC);
	if (s->bell < 0)
		return E_INTERNAL;
	if (pthread_create(&s->acceptor, NULL, accept_until_the_bell, s) == 0)
		return OK;
	close(s->bell);
	return E_INTERNAL;
}

void http_accept_end(struct http_server *s)
{
	pthread_mutex_lock(&s->lock);
	s->accept_ends = true;
	pthread_cond_broadcast(&s->change);
	pthread_mutex_unlock(&s->lock);
	eventfd_write(s->bell, 1);
	pthread_join(s->acceptor, NULL);
	/* The kernel has accepted them, so they are served too. */
	accept_all(s);
	close(s->bell);
	close(s->listener);
}
