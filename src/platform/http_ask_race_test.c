/* Requests for which somebody is asked first: by one worker for all, answered in pieces or made
 * anew, and never lost at a stop. Run under TSan too. */
#include "base/test.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "http_peer.h"
#include "wire.h"

#define GET(path) "GET " path " HTTP/1.1\r\nHost: a.example\r\n\r\n"

enum { CLIENTS = 8, TIMES = 100 };

static int asking, asked, held; /* atomic */

static bool may_ask(void *arg, const struct http_req *r)
{
	(void)arg;
	return strcmp(r->path, "/asked") == 0;
}

/* Each third is to be made anew; "?held" waits until it is let go. */
static bool ask(void *arg, struct http_req *r, struct http_resp *p)
{
	int *alone = arg, n = __atomic_add_fetch(&asked, 1, __ATOMIC_SEQ_CST);
	if (__atomic_add_fetch(&asking, 1, __ATOMIC_SEQ_CST) != 1)
		__atomic_store_n(alone, 0, __ATOMIC_SEQ_CST);
	while (strcmp(r->query, "held") == 0 && __atomic_load_n(&held, __ATOMIC_SEQ_CST))
		usleep(1000);
	__atomic_sub_fetch(&asking, 1, __ATOMIC_SEQ_CST);
	if (n % 3 == 0)
		return false;
	struct http_part *parts = talloc_array(r->mem, struct http_part, 3);
	const char *all = peer_blob.data;
	parts[0] = (struct http_part){ all, 100 };
	parts[1] = (struct http_part){ r->id, 26 };
	parts[2] = (struct http_part){ all + 126, PEER_BLOB_SIZE - 126 };
	p->status = 200;
	p->parts = parts;
	p->n_parts = 3;
	p->blob = http_blob_take(&peer_blob);
	return true;
}

struct client {
	pthread_t thread;
	int port, kept, anew;
};

static void *ask_often(void *arg)
{
	struct client *c = arg;
	struct wire w;
	wire_open(&w, c->port);
	for (int i = 0; i < TIMES; i++) {
		struct wire_reply r;
		wire_send(&w, GET("/asked"));
		wire_read(&w, &r, false, 10);
		const char *id = r.status == 200 ? wire_header(&r, "X-Request-Id") : NULL;
		c->kept += id && r.len == PEER_BLOB_SIZE && r.body[99] == 'b' && r.body[126] == 'b' &&
			   strncmp(r.body + 100, id, 26) == 0;
		c->anew += id && strncmp(r.body, "0 /asked", 8) == 0;
		wire_forget(&r);
	}
	wire_close(&w);
	return NULL;
}

static struct http_server *start(int *alone)
{
	struct http_config cfg = peer_config();
	cfg.may_ask = may_ask;
	cfg.ask = ask;
	cfg.queue = CLIENTS;
	cfg.arg = alone;
	asked = 0;
	return peer_start(&cfg);
}

static void one_asks_for_all(void **state)
{
	struct client clients[CLIENTS] = { 0 };
	int alone = 1, kept = 0, anew = 0;
	struct http_server *s = start(&alone);
	struct wire w;
	struct wire_reply r;
	(void)state;
	for (int i = 0; i < CLIENTS; i++) {
		clients[i].port = http_port(s);
		pthread_create(&clients[i].thread, NULL, ask_often, &clients[i]);
	}
	for (int i = 0; i < CLIENTS; i++) {
		pthread_join(clients[i].thread, NULL);
		kept += clients[i].kept;
		anew += clients[i].anew;
	}
	assert_int_equal(anew, CLIENTS * TIMES / 3);
	assert_int_equal(kept, CLIENTS * TIMES - anew);
	assert_true(alone);
	asked = 0;
	wire_open(&w, http_port(s));
	wire_send(&w, "HEAD /asked HTTP/1.1\r\nHost: a.example\r\n\r\n");
	assert_int_equal(wire_read(&w, &r, true, 5), 200);
	assert_string_equal(wire_header(&r, "Content-Length"), "12288");
	wire_forget(&r);
	wire_close(&w);
	assert_int_equal(http_stop(s, 5), 0);
	assert_int_equal(peer_blob.refs, 1);
}

static void *let_go_later(void *arg)
{
	usleep(1500000);
	__atomic_store_n(&held, 0, __ATOMIC_SEQ_CST);
	return arg;
}

/* Past its deadline, a stop refuses those that wait; the one for whom somebody is being asked is answered. */
static void a_stop_cuts_who_waits_to_be_asked_for(void **state)
{
	struct wire w[4];
	struct wire_reply r;
	int alone = 1, answered = 0, refused = 0;
	pthread_t opener;
	struct http_server *s = start(&alone);
	(void)state;
	__atomic_store_n(&held, 1, __ATOMIC_SEQ_CST);
	for (int i = 0; i < 4; i++) {
		wire_open(&w[i], http_port(s));
		wire_send(&w[i], GET("/asked?held"));
		for (int k = 0; k < 1000 && !__atomic_load_n(&asked, __ATOMIC_SEQ_CST); k++)
			usleep(10000);
	}
	pthread_create(&opener, NULL, let_go_later, NULL);
	assert_int_equal(http_stop(s, 1), 3);
	pthread_join(opener, NULL);
	for (int i = 0; i < 4; i++) {
		wire_read(&w[i], &r, false, 1);
		answered += r.status == 200;
		refused += r.status == 503;
		wire_forget(&r);
		wire_close(&w[i]);
	}
	assert_int_equal(answered, 1);
	assert_int_equal(refused, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_asks_for_all),
		cmocka_unit_test(a_stop_cuts_who_waits_to_be_asked_for),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
