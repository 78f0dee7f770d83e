#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "platform/http_internal.h"
#include "platform/log.h"
#include "platform/metrics.h"

#define SECOND_US 1000000
/* The kernel counts the milliseconds of a socket in ticks. */
#define KERNEL_TICK_US 10000

static void set_peer(struct http_conn *conn, struct MHD_Connection *mhd)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(mhd,
								       MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	const struct sockaddr *address = info ? info->client_addr : NULL;
	socklen_t len;

	if (address && (address->sa_family == AF_INET || address->sa_family == AF_INET6)) {
		len = address->sa_family == AF_INET ? sizeof(struct sockaddr_in)
						    : sizeof(struct sockaddr_in6);
		if (getnameinfo(address, len, conn->peer, sizeof(conn->peer), NULL, 0, NI_NUMERICHOST) == 0)
			return;
	}
	strcpy(conn->peer, "unix");
}

/* The lock is held. */
static void forget_handed(struct http_server *s, int fd)
{
	for (int i = 0; i < s->n_handed; i++)
		if (s->handed[i] == fd) {
			s->handed[i] = s->handed[--s->n_handed];
			return;
		}
}

void http_watch_handed(struct http_server *s, int fd, bool on)
{
	pthread_mutex_lock(&s->lock);
	if (on) {
		s->handed = realloc(s->handed, (size_t)(s->n_handed + 1) * sizeof(*s->handed));
		if (!s->handed)
			abort();
		s->handed[s->n_handed++] = fd;
	} else {
		forget_handed(s, fd);
	}
	pthread_mutex_unlock(&s->lock);
}

static struct http_conn *begin(struct http_server *s, struct MHD_Connection *mhd)
{
	struct http_conn *conn = calloc(1, sizeof(*conn));
	int64_t now = http_clock_us();

	if (!conn)
		abort();
	conn->fd = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
	set_peer(conn, mhd);
	atomic_store(&conn->idle_since_us, now);
	atomic_store(&conn->deadline_us, now + (int64_t)s->cfg.request_seconds * SECOND_US);
	pthread_mutex_lock(&s->lock);
	conn->next = s->conns;
	if (s->conns)
		s->conns->prev = conn;
	s->conns = conn;
	s->n_conns++;
	forget_handed(s, conn->fd);
	pthread_mutex_unlock(&s->lock);
	metric_add(METRIC_CONNECTIONS, 1);
	return conn;
}

static void end(struct http_server *s, struct http_conn *conn)
{
	pthread_mutex_lock(&s->lock);
	if (conn->prev)
		conn->prev->next = conn->next;
	else
		s->conns = conn->next;
	if (conn->next)
		conn->next->prev = conn->prev;
	s->n_conns--;
	pthread_cond_broadcast(&s->change);
	pthread_mutex_unlock(&s->lock);
	metric_add(METRIC_CONNECTIONS, -1);
	free(conn);
}

/* The end is told before the socket is closed, so under the lock every fd of
 * the list is still ours. */
void http_on_connection(void *server, struct MHD_Connection *mhd, void **conn,
			enum MHD_ConnectionNotificationCode what)
{
	if (what == MHD_CONNECTION_NOTIFY_STARTED)
		*conn = begin(server, mhd);
	else if (*conn)
		end(server, *conn);
}

/* Since when nothing has arrived at a TCP socket, to some milliseconds; 0 where the kernel does
 * not say, as for a unix socket. */
static int64_t quiet_since(int fd, int64_t now)
{
	struct tcp_info info = { 0 };
	socklen_t len = sizeof(info);

	if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &len) != 0 || info.tcpi_last_data_recv == 0)
		return 0;
	return now - (int64_t)info.tcpi_last_data_recv * 1000;
}

/* A request waits at the socket for its thread, which is busy, or the thread has just read it and
 * not yet said that it begins. With an end behind it libmicrohttpd would take the client for gone
 * as soon as a worker has its request. */
static bool brings_a_request(const struct http_conn *conn, int64_t idle_since, int64_t now)
{
	int n = 0;
	int64_t quiet;

	if (ioctl(conn->fd, FIONREAD, &n) == 0 && n > 0)
		return true;
	quiet = quiet_since(conn->fd, now);
	return quiet > idle_since + KERNEL_TICK_US && now - quiet < SECOND_US;
}

void http_watch_end_idle(struct http_server *s, int64_t us)
{
	int64_t now = http_clock_us();

	pthread_mutex_lock(&s->lock);
	for (struct http_conn *conn = s->conns; conn; conn = conn->next) {
		int64_t since = atomic_load(&conn->idle_since_us);

		if (since && now - since >= us && !brings_a_request(conn, since, now))
			shutdown(conn->fd, SHUT_RD);
	}
	pthread_mutex_unlock(&s->lock);
}

void http_watch_cut(struct http_server *s)
{
	pthread_mutex_lock(&s->lock);
	for (struct http_conn *conn = s->conns; conn; conn = conn->next)
		if (atomic_load(&conn->deadline_us) != INT64_MAX)
			shutdown(conn->fd, SHUT_RDWR);
	pthread_mutex_unlock(&s->lock);
}

/* Close who is too slow; the lock is held. */
static void close_slow(struct http_server *s, int64_t now)
{
	for (struct http_conn *conn = s->conns; conn; conn = conn->next) {
		if (now < atomic_load(&conn->deadline_us))
			continue;
		shutdown(conn->fd, SHUT_RDWR);
		/* Not again at the next tick: its end is on its way. */
		atomic_store(&conn->deadline_us, INT64_MAX);
		metric_add(METRIC_SLOW, 1);
		log_info("slow client", KV("peer", conn->peer));
	}
}

static void *watch(void *arg)
{
	struct http_server *s = arg;
	struct timespec at;
	bool crowded;

	clock_gettime(CLOCK_MONOTONIC, &at);
	pthread_mutex_lock(&s->lock);
	while (!s->watch_ends) {
		at.tv_sec++;
		while (!s->watch_ends && pthread_cond_timedwait(&s->change, &s->lock, &at) == 0)
			;
		close_slow(s, http_clock_us());
		crowded = s->n_conns >= s->cfg.max_connections - s->cfg.max_connections / 8;
		pthread_mutex_unlock(&s->lock);
		/* Idle connections must not keep others out. */
		if (crowded)
			http_watch_end_idle(s, SECOND_US);
		pthread_mutex_lock(&s->lock);
	}
	pthread_mutex_unlock(&s->lock);
	return NULL;
}

rc http_watch_start(struct http_server *s)
{
	return pthread_create(&s->watchdog, NULL, watch, s) == 0 ? OK : E_INTERNAL;
}

void http_watch_end(struct http_server *s)
{
	pthread_mutex_lock(&s->lock);
	s->watch_ends = true;
	pthread_cond_broadcast(&s->change);
	pthread_mutex_unlock(&s->lock);
	pthread_join(s->watchdog, NULL);
}
