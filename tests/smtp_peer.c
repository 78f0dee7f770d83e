#include "smtp_peer.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static void become_peer(char **argv, int in, int out)
{
	dup2(in, 0);
	dup2(out, 1);
	close(in);
	close(out);
	execv("/usr/bin/python3", argv);
	_exit(127);
}

struct smtp_peer *smtp_peer_start(const char *option, ...)
{
	struct smtp_peer *p = calloc(1, sizeof *p);
	int to[2], from[2], n = 4;
	va_list ap;
	if (!p || pipe2(to, O_CLOEXEC) || pipe2(from, O_CLOEXEC))
		die("pipe");
	strcpy(p->keep, "/tmp/smtp-peer.XXXXXX");
	if (!mkdtemp(p->keep))
		die("mkdtemp");
	char *argv[16] = { "python3", "tests/smtp_peer.py", "--keep", p->keep };
	va_start(ap, option);
	for (const char *o = option; o && n < 15; o = va_arg(ap, const char *))
		argv[n++] = (char *)(uintptr_t)o;
	va_end(ap);
	p->pid = fork();
	if (p->pid == 0)
		become_peer(argv, to[0], from[1]);
	close(to[0]);
	close(from[1]);
	p->in = to[1];
	p->says = fdopen(from[0], "r");
	p->port = atoi(smtp_peer_line(p));
	if (!p->port)
		die("smtp_peer.py");
	snprintf(p->url, sizeof p->url, "smtp://127.0.0.1:%d", p->port);
	return p;
}

const char *smtp_peer_line(struct smtp_peer *p)
{
	if (!fgets(p->line, sizeof p->line, p->says))
		p->line[0] = 0;
	p->line[strcspn(p->line, "\n")] = 0;
	return p->line;
}

static void letter_path(const struct smtp_peer *p, int n, char out[100])
{
	snprintf(out, 100, "%s/%d.eml", p->keep, n);
}

char *smtp_peer_letter(struct smtp_peer *p, int n)
{
	char path[100];
	char *text = calloc(1, 1 << 20);
	letter_path(p, n, path);
	FILE *f = fopen(path, "r");
	if (!f || !text || !fread(text, 1, (1 << 20) - 1, f))
		die(path);
	fclose(f);
	return text;
}

void smtp_peer_stop(struct smtp_peer *p)
{
	char path[100];
	int status;
	close(p->in);
	waitpid(p->pid, &status, 0);
	fclose(p->says);
	for (int n = 0; n < 100; n++) {
		letter_path(p, n, path);
		unlink(path);
	}
	rmdir(p->keep);
	free(p);
}
