/* Workers, a full queue, clients that go away, and the stop: run under TSan too. */
#include "base/test.h"

#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "http_peer.h"
#include "wire.h"

#define HOST	  "Host: a.example\r\n"
#define GET(path) "GET " path " HTTP/1.1\r\n" HOST "\r\n"

/* What libmicrohttpd reads with: it can be held up with the bytes in its hands. */
static atomic_int slow_reads_us, slow_reads;

ssize_t recv(int fd, void *bytes, size_t size, int flags)
{
	ssize_t n = recvfrom(fd, bytes, size, flags, NULL, NULL);
	int us = atomic_load(&slow_reads_us);

	if (n > 0 && us > 0) {
		atomic_fetch_add(&slow_reads, 1);
		usleep((unsigned)us);
	}
	return n;
}

/* Two compute and two wait for them; a worker has time all the while. */
static void what_computes_long_keeps_no_worker(void **state)
{
	struct http_config cfg = peer_config();
	cfg.readers = 2;
	struct http_server *s = peer_start(&cfg);
	struct wire held[4], w;
	struct wire_reply r;

	(void)state;
	peer_close_gate();
	for (int i = 0; i < 4; i++) {
		wire_open(&held[i], http_port(s));
		wire_send(&held[i], GET("/gate"));
	}
	for (int k = 0; k < 500 && peer_at_gate() < 2; k++)
		usleep(10000);
	assert_int_equal(peer_at_gate(), 2);
	wire_open(&w, http_port(s));
	wire_send(&w, GET("/work"));
	assert_int_equal(wire_read(&w, &r, false, 5), 200);
	wire_forget(&r);
	wire_close(&w);
	assert_int_equal(peer_at_gate(), 2);
	peer_open_gate();
	for (int i = 0; i < 4; i++) {
		assert_int_equal(wire_read(&held[i], &r, false, 5), 200);
		wire_forget(&r);
		wire_close(&held[i]);
	}
	assert_int_equal(http_stop(s, 2), 0);
}

static void full_queue_is_busy(void **state)
{
	struct http_config cfg = peer_config(); /* 2 workers, 4 in the queue */
	struct http_server *s = peer_start(&cfg);
	struct wire held[6], w;
	struct wire_reply r;

	(void)state;
	peer_close_gate();
	for (int i = 0; i < 6; i++) {
		wire_open(&held[i], http_port(s));
		wire_send(&held[i], GET("/gate"));
		for (int k = 0; i < 2 && k < 500 && peer_at_gate() <= i; k++)
			usleep(10000);
	}
	usleep(200000);
	wire_open(&w, http_port(s));
	wire_send(&w, GET("/gate"));
	assert_int_equal(wire_read(&w, &r, false, 5), 503);
	assert_string_equal(wire_header(&r, "Retry-After"), "1");
	wire_forget(&r);
	wire_send(&w, GET("/hello")); /* what is quick is still served, on the same connection */
	assert_int_equal(wire_read(&w, &r, false, 5), 200);
	wire_forget(&r);
	wire_close(&w);
	peer_open_gate();
	for (int i = 0; i < 6; i++) {
		assert_int_equal(wire_read(&held[i], &r, false, 5), 200);
		wire_forget(&r);
		wire_close(&held[i]);
	}
	assert_int_equal(http_stop(s, 2), 0);
}

static void clients_that_go_away_do_no_harm(void **state)
{
	struct http_config cfg = peer_config();

	(void)state;
	cfg.queue = 100;
	struct http_server *s = peer_start(&cfg);

	peer_close_gate();
	for (int i = 0; i < 40; i++) {
		struct wire w;

		wire_open(&w, http_port(s));
		wire_send(&w, GET("/gate"));
		if (i % 2) /* a reset instead of a polite end */
			setsockopt(w.fd, SOL_SOCKET, SO_LINGER, &(struct linger){ 1, 0 },
				   sizeof(struct linger));
		for (int k = 0; k < 500 && peer_at_gate() < (i < 2 ? i + 1 : 2); k++)
			usleep(10000);
		usleep(2000);
		wire_close(&w);
	}
	assert_int_equal(wire_ask(http_port(s), GET("/hello")), 200);
	peer_open_gate();
	assert_true(peer_until(&peer_handled, 30));
	assert_int_equal(wire_ask(http_port(s), GET("/work")), 200);
	http_stop(s, 5);
}

struct client {
	pthread_t thread;
	int port, asked, answered, refused, lost;
	unsigned seed;
};

/* Ask again and again on one connection until the server says that it closes. */
static void *ask_until_closed(void *arg)
{
	struct client *c = arg;
	struct wire w;
	bool open = true;

	wire_open(&w, c->port);
	while (open) {
		static const char *const asked[] = { GET("/hello"), GET("/work"), GET("/sleep?20"),
						     GET("/page"),
						     "POST /work HTTP/1.1\r\n" HOST
						     "Content-Length: 3\r\n\r\nabc" };
		struct wire_reply r;
		const char *connection;

		c->seed = c->seed * 1103515245 + 12345;
		wire_send(&w, asked[c->seed / 65536 % 5]);
		c->asked++;
		wire_read(&w, &r, false, 10);
		c->answered += r.status == 200;
		c->refused += r.status == 503;
		c->lost += r.status == 0;
		connection = r.status ? wire_header(&r, "Connection") : "close";
		open = !connection || strcmp(connection, "close") != 0;
		wire_forget(&r);
	}
	wire_close(&w);
	return NULL;
}

static void a_stop_under_load_loses_nothing(void **state)
{
	enum { N = 32 };
	struct client clients[N] = { 0 };
	struct http_config cfg = peer_config();
	int asked = 0, lost = 0, refused = 0;

	(void)state;
	cfg.queue = N;
	for (int round = 0; round < 3; round++) {
		struct http_server *s = peer_start(&cfg);

		for (unsigned i = 0; i < N; i++) {
			clients[i] = (struct client){ .port = http_port(s), .seed = i + 1 };
			pthread_create(&clients[i].thread, NULL, ask_until_closed, &clients[i]);
		}
		usleep(300000);
		assert_int_equal(http_stop(s, 10), 0);
		for (int i = 0; i < N; i++) {
			pthread_join(clients[i].thread, NULL);
			asked += clients[i].asked;
			lost += clients[i].lost;
			refused += clients[i].refused;
		}
	}
	print_message("%d asked, %d lost\n", asked, lost);
	assert_true(asked > 100);
	assert_int_equal(refused, 0);
	assert_int_equal(lost, 0);
}

/* The kernel has accepted them, the server has not: it serves them too. */
static void what_was_sent_before_the_stop_is_answered(void **state)
{
	enum { N = 50 };
	struct http_config cfg = peer_config();
	struct http_server *s = peer_start(&cfg);
	struct wire w[N];
	struct wire_reply r;

	(void)state;
	cfg.queue = N;
	for (int i = 0; i < N; i++) {
		wire_open(&w[i], http_port(s));
		wire_send(&w[i], GET("/hello"));
	}
	assert_int_equal(http_stop(s, 5), 0);
	for (int i = 0; i < N; i++) {
		assert_int_equal(wire_read(&w[i], &r, false, 1), 200);
		wire_forget(&r);
		assert_true(wire_ended(&w[i], 1));
		wire_close(&w[i]);
	}
}

/* Connections that have asked once and are kept. */
static void open_and_greet(struct wire *w, int n, int port)
{
	for (int i = 0; i < n; i++) {
		struct wire_reply r;

		wire_open(&w[i], port);
		wire_send(&w[i], GET("/hello"));
		assert_int_equal(wire_read(&w[i], &r, false, 5), 200);
		wire_forget(&r);
	}
}

static void read_all(struct wire *w, int n)
{
	for (int i = 0; i < n; i++) {
		struct wire_reply r;

		assert_int_equal(wire_read(&w[i], &r, false, 1), 200);
		wire_forget(&r);
		wire_close(&w[i]);
	}
}

/* The thread was busy all through the grace: what its connections had brought meanwhile is
 * still handed to a worker, and its answer sent. */
static void what_waits_behind_a_busy_thread_is_answered(void **state)
{
	enum { N = 8 };
	struct http_config cfg = peer_config();
	cfg.threads = 1;
	cfg.queue = N;
	struct http_server *s = peer_start(&cfg);
	struct wire w[N], busy;

	(void)state;
	open_and_greet(w, N, http_port(s));
	wire_open(&busy, http_port(s));
	wire_send(&busy, GET("/busy?900"));
	usleep(100000);
	for (int i = 0; i < N; i++)
		wire_send(&w[i], GET("/sleep?50"));
	assert_int_equal(http_stop(s, 10), 0);
	read_all(w, N);
	wire_close(&busy);
}

/* The thread is held up between reading a request and saying that it has begun: nothing waits at
 * the socket any more, and still a request is on its way. */
static void what_was_just_read_is_answered(void **state)
{
	enum { N = 4 };
	struct http_config cfg = peer_config();
	cfg.threads = 1;
	struct http_server *s = peer_start(&cfg);
	struct wire w[N];

	(void)state;
	open_and_greet(w, N, http_port(s));
	usleep(400000); /* idle for longer than the grace */
	atomic_store(&slow_reads_us, 150000);
	for (int i = 0; i < N; i++)
		wire_send(&w[i], GET("/sleep?50"));
	while (atomic_load(&slow_reads) == 0)
		usleep(1000);
	assert_int_equal(http_stop(s, 10), 0);
	atomic_store(&slow_reads_us, 0);
	read_all(w, N);
}

static void a_body_on_its_way_is_waited_for(void **state)
{
	struct http_config cfg = peer_config();
	struct http_server *s = peer_start(&cfg);
	struct wire w;
	struct wire_reply r;

	(void)state;
	wire_open(&w, http_port(s));
	wire_send(&w, "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 6\r\n\r\nabc");
	usleep(100000);
	if (fork() == 0) { /* the rest comes while the server stops */
		usleep(500000);
		wire_send(&w, "def");
		_exit(0);
	}
	assert_int_equal(http_stop(s, 5), 0);
	assert_int_equal(wire_read(&w, &r, false, 1), 200);
	assert_non_null(strstr(r.body, "abcdef"));
	assert_string_equal(wire_header(&r, "Connection"), "close");
	wire_forget(&r);
	wire_close(&w);
}

static void *open_gate_later(void *arg)
{
	usleep(1500000);
	peer_open_gate();
	return arg;
}

/* Two run, three wait in the queue, one sends slowly: past the deadline the
 * running ones are still answered, the others are cut, nothing aborts. */
static void a_stop_past_its_deadline_cuts(void **state)
{
	struct http_config cfg = peer_config();
	struct wire held[5], slow, idle;
	struct wire_reply r;
	pthread_t opener;
	int answered = 0, refused = 0;
	double began;

	(void)state;
	cfg.queue = 10;
	cfg.request_seconds = 60; /* the watchdog is not what cuts here */
	struct http_server *s = peer_start(&cfg);

	peer_close_gate();
	for (int i = 0; i < 5; i++) {
		wire_open(&held[i], http_port(s));
		wire_send(&held[i], GET("/gate"));
	}
	wire_open(&slow, http_port(s));
	wire_send(&slow, "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 100\r\n\r\nabc");
	wire_open(&idle, http_port(s));
	for (int k = 0; k < 500 && peer_at_gate() < 2; k++)
		usleep(10000);
	usleep(200000);
	pthread_create(&opener, NULL, open_gate_later, NULL);
	began = wire_clock();
	assert_int_equal(http_stop(s, 1), 4);
	assert_true(wire_clock() - began < 20);
	pthread_join(opener, NULL);
	for (int i = 0; i < 5; i++) {
		wire_read(&held[i], &r, false, 1);
		answered += r.status == 200;
		refused += r.status == 503;
		wire_forget(&r);
		wire_close(&held[i]);
	}
	assert_int_equal(answered, 2);
	assert_int_equal(refused, 3);
	assert_true(wire_ended(&slow, 1));
	assert_true(wire_ended(&idle, 1));
	wire_close(&slow);
	wire_close(&idle);
}

/* ---- pages from memory ---- */

struct kept {
	struct http_blob blob; /* first */
	char text[24];
};

static struct {
	pthread_mutex_t lock;
	struct kept *now;
	int asked, made, freed;
} memory = { .lock = PTHREAD_MUTEX_INITIALIZER };

static void kept_free(struct http_blob *b)
{
	__atomic_add_fetch(&memory.freed, 1, __ATOMIC_RELAXED);
	free(b);
}

static struct kept *kept_new(void)
{
	struct kept *k = calloc(1, sizeof *k);

	assert_non_null(k);
	k->blob = (struct http_blob){ k->text, 0, kept_free, 1, NULL };
	k->blob.len = (size_t)snprintf(k->text, sizeof k->text, "page %d", ++memory.made);
	return k;
}

/* Another page after each fifth who asked. */
static bool from_memory(void *arg, struct http_req *r, struct http_resp *p)
{
	(void)arg;
	if (strcmp(r->path, "/kept") != 0)
		return false;
	pthread_mutex_lock(&memory.lock);
	if (memory.asked++ % 5 == 0) {
		if (memory.now)
			http_blob_drop(&memory.now->blob);
		memory.now = kept_new();
	}
	p->status = 200;
	p->blob = http_blob_take(&memory.now->blob);
	http_set(p, "Content-Type", "text/plain");
	pthread_mutex_unlock(&memory.lock);
	return true;
}

static void *ask_for_kept(void *arg)
{
	struct client *c = arg;
	char last[28] = "", id[28];
	struct wire w;

	wire_open(&w, c->port);
	for (c->asked = 0; c->asked < 100; c->asked++) {
		struct wire_reply r;
		wire_send(&w, GET("/kept"));
		wire_read(&w, &r, false, 10);
		const char *sent = r.status == 200 ? wire_header(&r, "X-Request-Id") : NULL;
		snprintf(id, sizeof id, "%s", sent ? sent : "");
		c->answered += strlen(id) == 26 && strcmp(id, last) != 0 && wire_header(&r, "Date") &&
			       strncmp(r.body, "page ", 5) == 0;
		memcpy(last, id, sizeof last);
		wire_forget(&r);
	}
	wire_close(&w);
	return NULL;
}

static void pages_from_memory_are_each_an_answer_of_its_own(void **state)
{
	enum { N = 8 };
	struct client clients[N] = { 0 };
	struct http_config cfg = peer_config();

	(void)state;
	cfg.ready = from_memory;
	struct http_server *s = peer_start(&cfg);
	for (int i = 0; i < N; i++) {
		clients[i].port = http_port(s);
		pthread_create(&clients[i].thread, NULL, ask_for_kept, &clients[i]);
	}
	for (int i = 0; i < N; i++) {
		pthread_join(clients[i].thread, NULL);
		assert_int_equal(clients[i].answered, 100);
	}
	assert_int_equal(http_stop(s, 5), 0);
	http_blob_drop(&memory.now->blob);
	assert_int_equal(memory.made, N * 100 / 5);
	assert_int_equal(memory.freed, memory.made);
}

/* A client connects while no descriptor is left for it: it waits, and is served later. */
static void who_comes_without_a_descriptor_left_waits(void **state)
{
	struct http_config cfg = peer_config();
	struct http_server *s = peer_start(&cfg);
	struct rlimit usual, none;
	struct wire w = { .fd = socket(AF_INET, SOCK_STREAM, 0) };
	struct sockaddr_in to = { .sin_family = AF_INET,
				  .sin_port = htons((unsigned short)http_port(s)),
				  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	struct wire_reply r;

	(void)state;
	getrlimit(RLIMIT_NOFILE, &usual);
	none = usual;
	none.rlim_cur = (rlim_t)w.fd + 1;
	setrlimit(RLIMIT_NOFILE, &none);
	assert_int_equal(connect(w.fd, (struct sockaddr *)&to, sizeof(to)), 0);
	wire_send(&w, GET("/hello"));
	assert_int_equal(wire_read(&w, &r, false, 1), 0);
	wire_forget(&r);
	setrlimit(RLIMIT_NOFILE, &usual);
	assert_int_equal(wire_read(&w, &r, false, 10), 200);
	wire_forget(&r);
	wire_close(&w);
	assert_int_equal(http_stop(s, 5), 0);
}

static void an_idle_server_stops_at_once(void **state)
{
	struct http_config cfg = peer_config();
	struct http_server *s = peer_start(&cfg);
	struct wire w;
	double began;

	(void)state;
	wire_open(&w, http_port(s));
	usleep(100000);
	began = wire_clock();
	assert_int_equal(http_stop(s, 10), 0);
	assert_true(wire_clock() - began < 5); /* half of what it was given */
	wire_close(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(full_queue_is_busy),
		cmocka_unit_test(what_computes_long_keeps_no_worker),
		cmocka_unit_test(clients_that_go_away_do_no_harm),
		cmocka_unit_test(a_stop_under_load_loses_nothing),
		cmocka_unit_test(what_was_sent_before_the_stop_is_answered),
		cmocka_unit_test(what_waits_behind_a_busy_thread_is_answered),
		cmocka_unit_test(what_was_just_read_is_answered),
		cmocka_unit_test(a_body_on_its_way_is_waited_for),
		cmocka_unit_test(a_stop_past_its_deadline_cuts),
		cmocka_unit_test(pages_from_memory_are_each_an_answer_of_its_own),
		cmocka_unit_test(who_comes_without_a_descriptor_left_waits),
		cmocka_unit_test(an_idle_server_stops_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
