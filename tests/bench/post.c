/* post.c - the load of `make bench` for bookings: each client is a person with
 * her own session and her own connection, and books one day after another with
 * the right of a convention, then the next hour of these days at the next space.
 * Each begins at another space.
 *
 *	post PORT SPACES FIRST-DAY SECONDS START < lines "COOKIE CSRF RIGHT"
 *
 * SPACES are public ids with commas between; FIRST-DAY is a Monday; START is how
 * many bookings each has asked for already, in runs before.
 *
 * Prints "done refused seconds next-start". */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { CLIENTS_MAX = 256, HOURS_A_DAY = 10, DAYS = 100, SPACES_MAX = 16 };

static int port;
static const char *spaces[SPACES_MAX];
static int spaces_n;
static int64_t first_day; /* seconds of its noon, UTC */
static long start_at;
static double until;

struct client {
	pthread_t thread;
	char cookie[128], csrf[80], right[80];
	long done, refused, next;
	int first; /* the space she begins with: not all at one door */
	int fd;
};

static double seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int dial(void)
{
	struct sockaddr_in a = { .sin_family = AF_INET,
				 .sin_port = htons((unsigned short)port),
				 .sin_addr = { htonl(INADDR_LOOPBACK) } };
	int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	if (connect(fd, (struct sockaddr *)&a, sizeof a) != 0) {
		perror("connect");
		exit(1);
	}
	return fd;
}

/* The status of one answer, read whole; 0: the connection is gone. */
static int answer(int fd)
{
	char b[65536];
	size_t n = 0;
	for (;;) {
		ssize_t got = read(fd, b + n, sizeof b - 1 - n);
		if (got <= 0)
			return 0;
		n += (size_t)got;
		b[n] = 0;
		char *end = strstr(b, "\r\n\r\n");
		if (!end)
			continue;
		char *length = strcasestr(b, "\r\nContent-Length:");
		long left = (length && length < end ? atol(length + 17) : 0) - (long)(b + n - (end + 4));
		int status = atoi(b + 9);
		while (left > 0 && (got = read(fd, b, sizeof b)) > 0)
			left -= got;
		return left > 0 ? 0 : status;
	}
}

/* Her n-th booking: the days first, so that each counts one more day of the
 * grant at its place; never two at the same hour. */
static void body_of(const struct client *k, long n, char *out, size_t size)
{
	long on = n % DAYS, hour = 9 + n / DAYS % HOURS_A_DAY;
	time_t t = first_day + (on / 5 * 7 + on % 5) * 86400;
	struct tm d;
	gmtime_r(&t, &d);
	snprintf(out, size, "_csrf=%s&day=%04d-%02d-%02d&from=%02ld%%3A00&to=%02ld%%3A00&units=1&right=%s",
		 k->csrf, d.tm_year + 1900, d.tm_mon + 1, d.tm_mday, hour, hour + 1, k->right);
}

static void *run(void *arg)
{
	struct client *k = arg;
	k->fd = dial();
	for (k->next = start_at; seconds() < until; k->next++) {
		long n = k->next;
		char body[512], request[1200];
		body_of(k, n, body, sizeof body);
		int len = snprintf(
			request, sizeof request,
			"POST /spaces/%s/book HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nCookie: __Host-session=%s\r\n"
			"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n\r\n%s",
			spaces[(n / DAYS + k->first) % spaces_n], port, k->cookie, strlen(body), body);
		if (write(k->fd, request, (size_t)len) != len)
			break;
		int status = answer(k->fd);
		if (status == 303) {
			k->done++;
		} else {
			k->refused++;
			if (status == 0) {
				close(k->fd);
				k->fd = dial();
			}
		}
	}
	close(k->fd);
	return NULL;
}

int main(int argc, char **argv)
{
	static struct client clients[CLIENTS_MAX];
	int n = 0;
	long done = 0, refused = 0, next = 0;
	if (argc != 6)
		return 2;
	port = atoi(argv[1]);
	for (char *s = strtok(argv[2], ","); s && spaces_n < SPACES_MAX; s = strtok(NULL, ","))
		spaces[spaces_n++] = s;
	if (!spaces_n)
		return 2;
	start_at = atol(argv[5]);
	first_day = atol(argv[3]) * 86400 + 43200;
	while (n < CLIENTS_MAX &&
	       scanf("%127s %79s %79s", clients[n].cookie, clients[n].csrf, clients[n].right) == 3)
		n++;
	double start = seconds();
	until = start + atof(argv[4]);
	for (int i = 0; i < n; i++) {
		clients[i].first = i;
		pthread_create(&clients[i].thread, NULL, run, &clients[i]);
	}
	for (int i = 0; i < n; i++) {
		pthread_join(clients[i].thread, NULL);
		done += clients[i].done;
		refused += clients[i].refused;
		next = clients[i].next > next ? clients[i].next : next;
	}
	printf("%ld %ld %.3f %ld\n", done, refused, seconds() - start, next);
	return 0;
}
