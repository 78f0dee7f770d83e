#include "wire.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define ROOM (1u << 16)

static void must(bool ok, const char *what)
{
	if (!ok) {
		perror(what);
		abort();
	}
}

static void open_at(struct wire *w, int family, const void *address, socklen_t len)
{
	*w = (struct wire){ .fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0) };
	must(w->fd >= 0, "socket");
	must(connect(w->fd, address, len) == 0, "connect");
}

void wire_open(struct wire *w, int port)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
				  .sin_port = htons((unsigned short)port),
				  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };

	open_at(w, AF_INET, &to, sizeof(to));
}

void wire_open_unix(struct wire *w, const char *path)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };

	strncpy(to.sun_path, path, sizeof(to.sun_path) - 1);
	open_at(w, AF_UNIX, &to, sizeof(to));
}

void wire_close(struct wire *w)
{
	close(w->fd);
	free(w->data);
	*w = (struct wire){ .fd = -1 };
}

bool wire_send_bytes(struct wire *w, const void *s, size_t len)
{
	const char *at = s;

	while (len > 0) {
		ssize_t n = send(w->fd, at, len, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		at += n;
		len -= (size_t)n;
	}
	return true;
}

bool wire_send(struct wire *w, const char *s)
{
	return wire_send_bytes(w, s, strlen(s));
}

static long long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

/* More bytes into w->data; false at the end, on an error or past `until`. */
static bool more(struct wire *w, long long until)
{
	struct pollfd p = { .fd = w->fd, .events = POLLIN };
	long long left = until - now_ms();
	ssize_t n;

	if (left < 0 || poll(&p, 1, (int)left) <= 0)
		return false;
	w->data = realloc(w->data, w->len + ROOM + 1);
	must(w->data != NULL, "realloc");
	n = recv(w->fd, w->data + w->len, ROOM, 0);
	if (n <= 0)
		return false;
	w->len += (size_t)n;
	w->data[w->len] = 0;
	return true;
}

static void take(struct wire *w, size_t n)
{
	memmove(w->data, w->data + n, w->len - n + 1);
	w->len -= n;
}

int wire_read(struct wire *w, struct wire_reply *r, bool to_head, int seconds)
{
	long long until = now_ms() + seconds * 1000LL;
	const char *end = NULL, *length;
	size_t head;

	memset(r, 0, sizeof(*r));
	while (!w->len || !(end = strstr(w->data, "\r\n\r\n")))
		if (!more(w, until))
			return 0;
	head = (size_t)(end - w->data) + 4;
	must(head < sizeof(r->head), "head");
	memcpy(r->head, w->data, head);
	take(w, head);
	length = wire_header(r, "Content-Length");
	r->len = length && !to_head ? strtoul(length, NULL, 10) : 0;
	while (w->len < r->len)
		if (!more(w, until))
			return 0;
	r->body = malloc(r->len + 1);
	must(r->body != NULL, "malloc");
	memcpy(r->body, w->data, r->len);
	r->body[r->len] = 0;
	take(w, r->len);
	r->status = atoi(r->head + 9);
	return r->status;
}

void wire_forget(struct wire_reply *r)
{
	free(r->body);
	r->body = NULL;
}

const char *wire_header(const struct wire_reply *r, const char *name)
{
	static _Thread_local char value[1024];
	size_t len = strlen(name);

	for (const char *line = strstr(r->head, "\r\n"); line; line = strstr(line + 2, "\r\n")) {
		if (strncasecmp(line + 2, name, len) != 0 || line[2 + len] != ':')
			continue;
		snprintf(value, sizeof(value), "%.*s", (int)strcspn(line + len + 4, "\r"), line + len + 4);
		return value;
	}
	return NULL;
}

bool wire_ended(struct wire *w, int seconds)
{
	struct pollfd p = { .fd = w->fd, .events = POLLIN };
	long long until = now_ms() + seconds * 1000LL;
	char bytes[4096];

	while (now_ms() <= until && poll(&p, 1, (int)(until - now_ms())) == 1)
		if (recv(w->fd, bytes, sizeof(bytes), 0) <= 0)
			return true;
	return false;
}

int wire_ask(int port, const char *request)
{
	struct wire w;
	struct wire_reply r;
	int status;

	wire_open(&w, port);
	wire_send(&w, request);
	status = wire_read(&w, &r, false, 10);
	wire_forget(&r);
	wire_close(&w);
	return status;
}

double wire_clock(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}
