/* http_internal.h - shared by the http*.c files alone. */
#ifndef MAILLAGE_HTTP_INTERNAL_H
#define MAILLAGE_HTTP_INTERNAL_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "platform/http_filter.h"
#include "platform/pool.h"

/* A refused body is read and thrown away up to here, so that the client gets
 * to read the answer; past it the answer is sent at once, as much again is read
 * while the client finds it, and the connection is closed. */
#define HTTP_DRAIN_MAX (1u << 20)
/* Bodies of all requests together; past it new ones are refused as busy. */
#define HTTP_BODIES_MAX (256u << 20)
/* A client that takes an answer slower than this (bytes a second) is cut. */
#define HTTP_SEND_RATE_MIN 4096

struct http_conn {
	struct http_conn *prev, *next;
	int fd;
	char peer[46];
	_Atomic int64_t deadline_us;   /* the watchdog closes it then; INT64_MAX: a worker has it */
	_Atomic int64_t idle_since_us; /* 0 while a request is open */
};

struct http_server {
	struct http_config cfg; /* strings inside are copies */
	struct MHD_Daemon *mhd;
	int listener, bell; /* the bell ends the acceptor */
	pthread_t acceptor;
	struct pool *pool, *readers; /* readers NULL: the pool has them */
	int port;
	char *unix_path;       /* to unlink at the end, or NULL */
	_Atomic bool stopping; /* answers close their connection */
	_Atomic bool cut;      /* what still waits is refused */
	_Atomic int n_cut;
	_Atomic int64_t body_bytes;

	pthread_mutex_t asks_lock; /* of what follows */
	struct http_call *asks, **asks_end;
	bool is_asking; /* a worker is at them, or queued to be */

	pthread_mutex_t lock;  /* of what follows */
	pthread_cond_t change; /* a connection ended, a call resumed, or a thread must end */
	struct http_conn *conns;
	int n_conns;
	int *handed; /* sockets given to libmicrohttpd, whose connection has not begun */
	int n_handed;
	int n_suspended;
	bool watch_ends, accept_ends;
	pthread_t watchdog;
};

enum http_stage { STAGE_HEAD, STAGE_BODY, STAGE_WAITING, STAGE_ANSWERED, STAGE_CUT };

struct http_call {
	struct http_req req;
	struct http_resp resp;
	struct http_server *server;
	struct http_conn *conn;
	struct MHD_Connection *mhd;
	enum http_stage stage;
	enum http_method method; /* as sent: req.method is GET for a HEAD */
	rc why;			 /* to be refused, once the body is read */
	const char *detail;
	bool close;	 /* the connection cannot be used again */
	bool blob_owned; /* resp.blob still holds our reference */
	bool from_memory;	     /* cfg.ready answered, with a whole blob */
	struct http_call *next_ask;
	struct http_prepared *prepared; /* what is being sent, to be given back */
	uint64_t content_length;
	size_t limit, body_cap, drained;
	char *body;
	int64_t answered_us;
	struct http_head head;
};

static inline int64_t http_clock_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* http_listen.c: a listening socket for cfg->listen, or -1 with *why. */
int http_listen(const char *address, int *port, char **unix_path, const char **why);

/* http_accept.c: what connects to s->listener is handed to s->mhd. The end hands over what the
 * kernel has accepted by then and closes the listener. */
rc http_accept_start(struct http_server *s);
void http_accept_end(struct http_server *s);

/* http_watch.c: connections and their watchdog. */
rc http_watch_start(struct http_server *s);
void http_watch_end(struct http_server *s);
void http_on_connection(void *server, struct MHD_Connection *mhd, void **conn,
			enum MHD_ConnectionNotificationCode what);
/* A socket is on its way to libmicrohttpd, or was refused by it (`on` false): until its
 * connection begins, the stop waits for it. */
void http_watch_handed(struct http_server *s, int fd, bool on);
/* No more bytes are read from connections without a request that have been so
 * for `us` microseconds and have brought nothing since, or nothing for a second. */
void http_watch_end_idle(struct http_server *s, int64_t us);
/* Cut every connection that no worker holds. */
void http_watch_cut(struct http_server *s);

/* http_call.c: one request through its stages. */
void *http_on_uri(void *server, const char *uri, struct MHD_Connection *mhd);
enum MHD_Result http_on_request(void *server, struct MHD_Connection *mhd, const char *url, const char *method,
				const char *version, const char *data, size_t *size, void **call);
void http_on_completed(void *server, struct MHD_Connection *mhd, void **call,
		       enum MHD_RequestTerminationCode how);

/* Waits from now on for who resumes its connection; it is counted in the queue. */
void http_suspend(struct http_call *call);
/* On a worker: answer and resume a call that waits in the queue. */
void http_run(void *call);

/* http_ask.c: a call that cfg.may_ask chose, on its way to cfg.ask. */
void http_ask(struct http_call *call);

/* http_answer.c: the answer of a call, handed to libmicrohttpd. */
enum MHD_Result http_answer(struct http_call *call);
void http_make_refusal(struct http_call *call, rc why, const char *detail);
/* The same in the midst of a body, after which the connection only takes in. */
void http_refuse_amid(struct http_call *call);

/* http_ready.c: the answer of a call that cfg.ready answered: made once for each that is
 * sent at the same time, and used again. */
enum MHD_Result http_ready_queue(struct http_call *call);
void http_ready_give_back(struct http_call *call); /* before the blob's reference is */
void http_ready_free(struct http_ready *ready);
const char *http_date(time_t second); /* for the header, in a static place of the thread */

#endif
