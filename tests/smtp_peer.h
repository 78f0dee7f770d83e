/* smtp_peer.h - a real SMTP server for tests (tests/smtp_peer.py, aiosmtpd):
 * it takes, refuses, delays or drops letters by their recipient. */
#ifndef TESTS_SMTP_PEER_H
#define TESTS_SMTP_PEER_H

#include <stdio.h>
#include <sys/types.h>

struct smtp_peer {
	pid_t pid;
	int in;		/* closing it ends the peer */
	FILE *says;
	int port;
	char url[40];	/* smtp://127.0.0.1:port */
	char keep[64];	/* folder of the letters taken: 0.eml, 1.eml ... */
	char line[256]; /* the last one read */
};

/* Options of smtp_peer.py up to NULL. Ends the program when it cannot start. */
struct smtp_peer *smtp_peer_start(const char *option, ...);
/* Its next line, within a few seconds; "" at the end. */
const char *smtp_peer_line(struct smtp_peer *p);
/* The n-th letter that it took, on the heap. */
char *smtp_peer_letter(struct smtp_peer *p, int n);
void smtp_peer_stop(struct smtp_peer *p);

#endif
