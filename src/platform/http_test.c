/* The server over real sockets: framing, refusals, slow and idle clients. */
#include "base/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "http_peer.h"
#include "platform/metrics.h"
#include "wire.h"

#define HOST "Host: a.example\r\n"

static struct http_server *server;
static int port;

static void ask(struct wire *w, struct wire_reply *r, const char *request)
{
	wire_send(w, request);
	wire_read(w, r, strncmp(request, "HEAD", 4) == 0, 10);
}

static void keeps_connections_alive(void **state)
{
	struct wire w;
	struct wire_reply r;
	char first_id[27];

	(void)state;
	wire_open(&w, port);
	ask(&w, &r, "GET /hello HTTP/1.1\r\n" HOST "\r\n");
	assert_int_equal(r.status, 200);
	assert_string_equal(r.body, "hello");
	assert_string_equal(wire_header(&r, "Content-Type"), "text/plain; charset=utf-8");
	assert_int_equal(strlen(wire_header(&r, "X-Request-Id")), 26);
	strcpy(first_id, wire_header(&r, "X-Request-Id"));
	wire_forget(&r);
	ask(&w, &r, "GET /work?a=%20b HTTP/1.1\r\n" HOST "Cookie: x=1; session=abc\r\n\r\n");
	assert_string_equal(r.body, "0 /work query=a=%20b body=0 peer=127.0.0.1 secure=0 cookie=abc type=- ");
	assert_string_not_equal(wire_header(&r, "X-Request-Id"), first_id);
	wire_forget(&r);
	wire_close(&w);
}

static void answers_pipelined_requests_in_order(void **state)
{
	static const char *const bodies[] = { "slept", "hello", "0 /work", "2 /echo", "hello" };
	struct wire w;
	struct wire_reply r;

	(void)state;
	wire_open(&w, port);
	wire_send(&w, "GET /sleep?50 HTTP/1.1\r\n" HOST "\r\nGET /hello HTTP/1.1\r\n" HOST "\r\n"
		      "GET /work HTTP/1.1\r\n" HOST "\r\nPOST /echo HTTP/1.1\r\n" HOST
		      "Content-Length: 3\r\n\r\nabc"
		      "GET /hello HTTP/1.1\r\n" HOST "\r\n");
	for (size_t i = 0; i < 5; i++) {
		assert_int_equal(wire_read(&w, &r, false, 10), 200);
		assert_memory_equal(r.body, bodies[i], strlen(bodies[i]));
		wire_forget(&r);
	}
	wire_close(&w);
}

static void head_is_get_without_body(void **state)
{
	struct wire w;
	struct wire_reply r;

	(void)state;
	wire_open(&w, port);
	ask(&w, &r, "HEAD /blob HTTP/1.1\r\n" HOST "\r\n");
	assert_int_equal(r.status, 200);
	assert_string_equal(wire_header(&r, "Content-Length"), "12288");
	wire_forget(&r);
	ask(&w, &r, "GET /hello HTTP/1.1\r\n" HOST "\r\n"); /* nothing came between */
	assert_string_equal(r.body, "hello");
	wire_forget(&r);
	wire_close(&w);
}

static void blobs_are_shared_and_given_back(void **state)
{
	struct wire w;
	struct wire_reply r;

	(void)state;
	wire_open(&w, port);
	for (int i = 0; i < 10; i++) {
		ask(&w, &r, "GET /blob HTTP/1.1\r\n" HOST "\r\n");
		assert_int_equal(r.len, PEER_BLOB_SIZE);
		assert_int_equal(r.body[PEER_BLOB_SIZE - 1], 'b');
		wire_forget(&r);
	}
	wire_close(&w);
	for (int i = 0; i < 200 && __atomic_load_n(&peer_blob.refs, __ATOMIC_SEQ_CST) > 1; i++)
		usleep(10000);
	assert_int_equal(peer_blob.refs, 1);
}

static void reads_bodies(void **state)
{
	struct wire w;
	struct wire_reply r;
	char *large = malloc(3u << 20);
	char head[200];

	(void)state;
	memset(large, 'x', 3u << 20);
	large[0] = 'a';
	large[(3u << 20) - 1] = 'z';
	wire_open(&w, port);
	ask(&w, &r,
	    "PATCH /work HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n"
	    "4\r\nabcd\r\n1\r\ne\r\n0\r\n\r\n");
	assert_non_null(strstr(r.body, "body=5"));
	assert_non_null(strstr(r.body, " abcde"));
	wire_forget(&r);
	snprintf(head, sizeof(head), "PUT /mirror HTTP/1.1\r\n" HOST "Content-Length: %u\r\n\r\n", 3u << 20);
	wire_send(&w, head);
	wire_send_bytes(&w, large, 3u << 20);
	assert_int_equal(wire_read(&w, &r, false, 20), 200);
	assert_int_equal(r.len, 3u << 20);
	assert_memory_equal(r.body, large, 3u << 20);
	wire_forget(&r);
	ask(&w, &r, "POST /mirror HTTP/1.1\r\n" HOST "Content-Length: 0\r\n\r\n");
	assert_int_equal(r.status, 200);
	assert_int_equal(r.len, 0);
	wire_forget(&r);
	wire_close(&w);
	free(large);
}

static void continues_when_asked(void **state)
{
	struct wire w;
	struct wire_reply r;

	(void)state;
	wire_open(&w, port);
	ask(&w, &r, "POST /echo HTTP/1.1\r\n" HOST "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n");
	assert_int_equal(r.status, 100);
	wire_forget(&r);
	ask(&w, &r, "abc");
	assert_int_equal(r.status, 200);
	assert_non_null(strstr(r.body, " abc"));
	wire_forget(&r);
	/* Too large: no 100, the client need not send it. */
	ask(&w, &r, "POST /echo HTTP/1.1\r\n" HOST "Expect: 100-continue\r\nContent-Length: 70000\r\n\r\n");
	assert_int_equal(r.status, 413);
	wire_forget(&r);
	wire_close(&w);
}

static void refuses_large_bodies(void **state)
{
	struct wire w;
	struct wire_reply r;
	char *bytes = calloc(1, 70000);

	(void)state;
	/* Announced: a little too large is read, and the connection goes on. */
	wire_open(&w, port);
	wire_send(&w, "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 70000\r\n\r\n");
	wire_send_bytes(&w, bytes, 70000);
	assert_int_equal(wire_read(&w, &r, false, 10), 413);
	wire_forget(&r);
	/* Counted, and the connection goes on. */
	wire_send(&w, "POST /echo HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n11170\r\n");
	wire_send_bytes(&w, bytes, 70000);
	wire_send(&w, "\r\n0\r\n\r\n");
	assert_int_equal(wire_read(&w, &r, false, 10), 413);
	wire_forget(&r);
	ask(&w, &r, "GET /hello HTTP/1.1\r\n" HOST "\r\n");
	assert_int_equal(r.status, 200);
	wire_forget(&r);
	/* Announced, far too large: refused before a byte of it. */
	ask(&w, &r, "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 10737418240\r\n\r\n");
	assert_int_equal(r.status, 413);
	assert_string_equal(wire_header(&r, "Connection"), "close");
	wire_forget(&r);
	assert_true(wire_ended(&w, 1));
	wire_close(&w);
	/* Without an end: told after a megabyte, to who looks; cut after another. */
	wire_open(&w, port);
	wire_send(&w, "POST /echo HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n");
	int sent = 0;

	while (sent < 400 && wire_send(&w, "11170\r\n") && wire_send_bytes(&w, bytes, 70000) &&
	       wire_send(&w, "\r\n"))
		sent++;
	assert_true(sent < 400);
	assert_int_equal(wire_read(&w, &r, false, 10), 413);
	assert_string_equal(wire_header(&r, "Connection"), "close");
	assert_int_equal(strlen(wire_header(&r, "X-Request-Id")), 26);
	wire_forget(&r);
	wire_close(&w);
	free(bytes);
}

/* One of each kind: the rest of the rules are in http_filter_test.c. */
static void refuses_what_the_filter_refuses(void **state)
{
	/* clang-format off */
	static const struct { int status; const char *request; } cases[] = {
		{ 400, "GET /hello HTTP/1.1\r\n\r\n" },
		{ 400, "GET /hello HTTP/1.1\r\n" HOST HOST "\r\n" },
		{ 400, "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 1\r\nContent-Length: 1\r\n\r\na" },
		{ 400, "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab" },
		{ 400, "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 1, 1\r\n\r\na" },
		{ 400, "POST /echo HTTP/1.1\r\n" HOST "Content-Length: +1\r\n\r\na" },
		{ 400, "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" },
		{ 400, "POST /echo HTTP/1.1\r\n" HOST "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" },
		{ 400, "POST /echo HTTP/1.1\r\n" HOST "Transfer-Encoding: identity\r\n\r\nabc" },
		{ 400, "POST /echo HTTP/1.1\r\n" HOST "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" },
		{ 400, "GET /hello%00 HTTP/1.1\r\n" HOST "\r\n" },
		{ 400, "GET /hello?a=%00 HTTP/1.1\r\n" HOST "\r\n" },
		{ 400, "GET /../hello HTTP/1.1\r\n" HOST "\r\n" },
		{ 400, "GET http://a.example/hello HTTP/1.1\r\n" HOST "\r\n" },
		{ 400, "POST /echo HTTP/1.1\r\n" HOST "Expect: miracle\r\nContent-Length: 1\r\n\r\na" },
		{ 405, "OPTIONS /hello HTTP/1.1\r\n" HOST "\r\n" },
		{ 405, "TRACE /hello HTTP/1.1\r\n" HOST "\r\n" },
		{ 200, "GET /hello HTTP/1.0\r\n" HOST "\r\n" },
	};
	/* clang-format on */
	struct wire w;
	struct wire_reply r;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		wire_open(&w, port);
		ask(&w, &r, cases[i].request);
		if (r.status != cases[i].status)
			print_error("%zu: %d, %s", i, r.status, cases[i].request);
		assert_int_equal(r.status, cases[i].status);
		if (r.status == 405)
			assert_non_null(wire_header(&r, "Allow"));
		assert_true(wire_ended(&w, 2));
		wire_forget(&r);
		wire_close(&w);
	}
}

/* Where the body of a refused request ends is not known: nothing after its
 * headers may be taken for another request. */
static void nothing_is_smuggled_behind_a_refusal(void **state)
{
	/* clang-format off */
	static const char *const lengths[] = { "Content-Length: +1", "Content-Length: 1, 1", "Content-Length: x",
					       "Content-Length: 99999999999999999999999", "Content-Length: ",
					       "Content-Length: 0\r\nContent-Length: 40",
					       "Transfer-Encoding: chunked, identity",
					       "Transfer-Encoding: chunked\r\nContent-Length: 3",
					       "Transfer-Encoding: chunked \r\nX-A: b" };
	/* clang-format on */

	(void)state;
	for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++) {
		int before = peer_handled;
		char request[400];
		struct wire w;
		struct wire_reply r;

		snprintf(request, sizeof(request),
			 "POST /echo HTTP/1.1\r\n" HOST "%s\r\n\r\nGET /hello HTTP/1.1\r\n" HOST "\r\n",
			 lengths[i]);
		wire_open(&w, port);
		ask(&w, &r, request);
		assert_in_range(r.status, 400, 499);
		assert_true(wire_ended(&w, 2));
		assert_int_equal(peer_handled, before);
		wire_forget(&r);
		wire_close(&w);
	}
}

static void refuses_long_heads(void **state)
{
	static const size_t lens[] = { 16200, 17000, 40000 };
	char *request = malloc(50000);

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		int n = sprintf(request, "GET /hello HTTP/1.1\r\n" HOST "X-A: %0*d\r\n\r\n", (int)lens[i], 0);
		struct wire w;
		struct wire_reply r;

		wire_open(&w, port);
		wire_send_bytes(&w, request, (size_t)n);
		wire_read(&w, &r, false, 10);
		/* What does not even fit in the memory of a connection is 431, by the library. */
		assert_int_equal(r.status, i == 0 ? 200 : i == 1 ? 400 : 431);
		wire_forget(&r);
		wire_close(&w);
	}
	free(request);
}

static void never_splits_an_answer(void **state)
{
	struct wire w;
	struct wire_reply r;

	(void)state;
	wire_open(&w, port);
	ask(&w, &r, "GET /split HTTP/1.1\r\n" HOST "\r\n");
	assert_int_equal(r.status, 0);
	wire_forget(&r);
	wire_close(&w);
}

static void closes_slow_senders(void **state)
{
	struct wire head, body, silent, other;
	struct wire_reply r;
	double began = wire_clock();
	int bytes = 0;

	(void)state;
	wire_open(&head, port);
	wire_open(&body, port);
	wire_open(&silent, port);
	wire_open(&other, port);
	wire_send(&head, "GET /hello HTTP/1.1\r\n");
	wire_send(&body, "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 100\r\n\r\n");
	/* A byte each quarter of a second: never idle. */
	for (; bytes < 60; bytes++) {
		bool head_open = wire_send(&head, "X"), body_open = wire_send(&body, "b");

		ask(&other, &r, "GET /hello HTTP/1.1\r\n" HOST "\r\n");
		assert_int_equal(r.status, 200);
		wire_forget(&r);
		if (!head_open && !body_open)
			break;
		usleep(250000);
	}
	assert_true(bytes < 60 && wire_clock() - began > 1.9); /* request_seconds is 2 */
	assert_true(wire_ended(&silent, 5));
	wire_close(&head);
	wire_close(&body);
	wire_close(&silent);
	wire_close(&other);
}

static void slow_second_request_is_closed_too(void **state)
{
	struct http_config cfg = peer_config();
	struct wire w;
	struct wire_reply r;
	double began;
	int bytes = 0;

	(void)state;
	cfg.idle_seconds = 1;
	cfg.request_seconds = 1;
	struct http_server *s = peer_start(&cfg);

	wire_open(&w, http_port(s));
	ask(&w, &r, "GET /hello HTTP/1.1\r\n" HOST "\r\n");
	assert_int_equal(r.status, 200);
	wire_forget(&r);
	began = wire_clock();
	wire_send(&w, "GET /");
	while (bytes < 60 && wire_send(&w, "h")) {
		usleep(250000);
		bytes++;
	}
	assert_true(bytes < 60 && wire_clock() - began > 0.9);
	wire_close(&w);
	http_stop(s, 1);
}

/* Asks for 24 MB and reads nothing: not idle for the library, but too slow. */
static void closes_slow_readers(void **state)
{
	struct http_config cfg = peer_config();
	int64_t before = metric_get(METRIC_SLOW);
	struct wire w;

	(void)state;
	cfg.idle_seconds = 60;
	cfg.request_seconds = 1;
	struct http_server *s = peer_start(&cfg);

	wire_open(&w, http_port(s));
	for (int i = 0; i < 2000; i++)
		wire_send(&w, "GET /blob HTTP/1.1\r\n" HOST "\r\n");
	for (int i = 0; i < 100 && metric_get(METRIC_SLOW) == before; i++)
		usleep(100000);
	assert_true(metric_get(METRIC_SLOW) > before);
	wire_close(&w);
	assert_int_equal(http_stop(s, 1), 0);
}

static void idle_connections_keep_nobody_out(void **state)
{
	static struct wire idle[512];
	struct wire w;
	struct wire_reply r;

	(void)state;
	for (size_t i = 0; i < 512; i++)
		wire_open(&idle[i], port);
	for (size_t i = 0; i < 512; i += 2) { /* half of them have asked once */
		ask(&idle[i], &r, "GET /hello HTTP/1.1\r\n" HOST "\r\n");
		assert_int_equal(r.status, 200);
		wire_forget(&r);
	}
	wire_open(&w, port);
	for (int i = 0; i < 50; i++) {
		ask(&w, &r,
		    i % 2 ? "GET /hello HTTP/1.1\r\n" HOST "\r\n" : "GET /work HTTP/1.1\r\n" HOST "\r\n");
		assert_int_equal(r.status, 200);
		wire_forget(&r);
	}
	wire_close(&w);
	for (size_t i = 0; i < 512; i++)
		wire_close(&idle[i]);
}

static void a_crowd_of_idle_connections_gives_way(void **state)
{
	struct http_config cfg = peer_config();
	static struct wire idle[64];

	(void)state;
	cfg.max_connections = 64;
	cfg.idle_seconds = 60;
	cfg.request_seconds = 60;
	struct http_server *s = peer_start(&cfg);

	for (size_t i = 0; i < 64; i++)
		wire_open(&idle[i], http_port(s));
	assert_int_equal(wire_ask(http_port(s), "GET /hello HTTP/1.1\r\n" HOST "\r\n"), 200);
	for (size_t i = 0; i < 64; i++)
		wire_close(&idle[i]);
	http_stop(s, 1);
}

static void trusts_its_proxy_alone(void **state)
{
	static const char request[] =
		"GET /echo HTTP/1.1\r\n" HOST
		"X-Forwarded-For: 10.0.0.1, 2001:db8::1\r\nX-Forwarded-Proto: https\r\n\r\n";
	struct http_config cfg = peer_config();
	struct wire w;
	struct wire_reply r;

	(void)state;
	wire_open(&w, port); /* this server trusts nobody */
	ask(&w, &r, request);
	assert_non_null(strstr(r.body, "peer=127.0.0.1 secure=0"));
	wire_forget(&r);
	wire_close(&w);
	cfg.trusted_proxy = "127.0.0.1";
	struct http_server *s = peer_start(&cfg);

	wire_open(&w, http_port(s));
	ask(&w, &r, request);
	assert_non_null(strstr(r.body, "peer=2001:db8::1 secure=1"));
	wire_forget(&r);
	wire_close(&w);
	http_stop(s, 1);
}

static void listens_on_a_unix_socket(void **state)
{
	struct http_config cfg = peer_config();
	char path[64], address[80];
	struct wire w;
	struct wire_reply r;

	(void)state;
	snprintf(path, sizeof(path), "/tmp/maillage-http-%d.sock", (int)getpid());
	snprintf(address, sizeof(address), "unix:%s", path);
	cfg.listen = address;
	cfg.trusted_proxy = "unix";
	for (int i = 0; i < 2; i++) {
		struct http_server *s = peer_start(&cfg);

		wire_open_unix(&w, path);
		ask(&w, &r, "GET /echo HTTP/1.1\r\n" HOST "X-Forwarded-For: 192.0.2.7\r\n\r\n");
		assert_non_null(strstr(r.body, "peer=192.0.2.7"));
		wire_forget(&r);
		wire_close(&w);
		assert_int_equal(http_stop(s, 1), 0);
		assert_int_not_equal(access(path, F_OK), 0);
	}
}

static void says_why_it_cannot_listen(void **state)
{
	static const char *const bad[] = { "",
					   "8080",
					   ":8080",
					   "127.0.0.1",
					   "127.0.0.1:",
					   "localhost:80",
					   "127.0.0.1:http",
					   "unix:",
					   "unix:/nowhere/at/all",
					   "192.0.2.1:8080" };
	struct http_config cfg = peer_config();
	struct http_server *s;
	const char *why;
	char used[32];

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		cfg.listen = bad[i];
		why = NULL;
		assert_int_equal(http_start(&cfg, &s, &why), E_IO);
		assert_non_null(why);
	}
	snprintf(used, sizeof(used), "127.0.0.1:%d", port);
	cfg.listen = used;
	assert_int_equal(http_start(&cfg, &s, &why), E_IO);
	assert_string_equal(why, "the address is in use");
}

static int start(void **state)
{
	struct http_config cfg = peer_config();

	(void)state;
	server = peer_start(&cfg);
	port = http_port(server);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	http_stop(server, 2);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_connections_alive),
		cmocka_unit_test(answers_pipelined_requests_in_order),
		cmocka_unit_test(head_is_get_without_body),
		cmocka_unit_test(blobs_are_shared_and_given_back),
		cmocka_unit_test(reads_bodies),
		cmocka_unit_test(continues_when_asked),
		cmocka_unit_test(refuses_large_bodies),
		cmocka_unit_test(refuses_what_the_filter_refuses),
		cmocka_unit_test(nothing_is_smuggled_behind_a_refusal),
		cmocka_unit_test(refuses_long_heads),
		cmocka_unit_test(never_splits_an_answer),
		cmocka_unit_test(closes_slow_senders),
		cmocka_unit_test(slow_second_request_is_closed_too),
		cmocka_unit_test(closes_slow_readers),
		cmocka_unit_test(idle_connections_keep_nobody_out),
		cmocka_unit_test(a_crowd_of_idle_connections_gives_way),
		cmocka_unit_test(trusts_its_proxy_alone),
		cmocka_unit_test(listens_on_a_unix_socket),
		cmocka_unit_test(says_why_it_cannot_listen),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
