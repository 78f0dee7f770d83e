/* http_peer.h - a small server for the tests of the HTTP layer:
 *   GET  /hello        "hello", on the epoll thread
 *   ANY  /echo         "METHOD PATH query= body=LENGTH peer= secure= cookie= type= BODY"
 *   ANY  /mirror       the body comes back
 *   ANY  /work         the same on a worker
 *   GET  /split        a header that would split the answer
 *   GET  /sleep?MS     on a worker, after so many milliseconds
 *   GET  /blob         a shared blob of 12 kB; each answer takes a reference
 *   GET  /page         the same bytes copied, on a worker
 *   GET  /spool?BYTES  so many of the alphabet, spooled, on a worker
 *   ANY  /gate         on a worker, when peer_open_gate is called
 * Bodies may be 64 kB; 3 MB at /mirror. */
#ifndef MAILLAGE_HTTP_PEER_H
#define MAILLAGE_HTTP_PEER_H

#include "platform/http.h"

#define PEER_BLOB_SIZE 12288

/* A configuration to change and start: 2 threads, 2 workers, 4 in the queue,
 * 1,000 connections, 5 s idle, 2 s for a request. Quiet logs. */
struct http_config peer_config(void);
struct http_server *peer_start(const struct http_config *cfg);
extern int peer_handled; /* atomic: handlers that ended */
extern int peer_refused; /* atomic */
extern struct http_blob peer_blob;
void peer_close_gate(void);
void peer_open_gate(void);
int peer_at_gate(void); /* handlers waiting there */
/* Wait until *what (atomic) is at least n; false after 10 s. */
bool peer_until(const int *what, int n);

#endif
