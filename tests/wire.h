/* wire.h - a client of raw bytes, for tests of the HTTP layer: it sends what
 * no honest client would, and reads the answers one by one. */
#ifndef MAILLAGE_WIRE_H
#define MAILLAGE_WIRE_H

#include <stdbool.h>
#include <stddef.h>

struct wire {
	int fd;
	char *data; /* read and not yet taken */
	size_t len;
};

struct wire_reply {
	int status; /* 0: the connection ended, or nothing came in time */
	char head[8192];
	char *body; /* NUL after the end */
	size_t len;
};

/* On the loopback, a TCP port or the path of a unix socket. Abort on failure. */
void wire_open(struct wire *w, int port);
void wire_open_unix(struct wire *w, const char *path);
void wire_close(struct wire *w);
/* false: the other side has closed. */
bool wire_send(struct wire *w, const char *s);
bool wire_send_bytes(struct wire *w, const void *s, size_t len);
/* The next answer, waited for at most `seconds`; a 100 Continue is an answer.
 * Its body is read unless it answers a HEAD. Free with wire_forget. */
int wire_read(struct wire *w, struct wire_reply *r, bool to_head, int seconds);
void wire_forget(struct wire_reply *r);
/* The value of a header of the answer, in a static place of the thread. */
const char *wire_header(const struct wire_reply *r, const char *name);
/* The other side closes within `seconds`; what it sends until then is dropped. */
bool wire_ended(struct wire *w, int seconds);
/* Seconds, from an unknown moment on. */
double wire_clock(void);
/* Open, send, read one answer, close; its status. */
int wire_ask(int port, const char *request);

#endif
