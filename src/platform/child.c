#define _GNU_SOURCE
#include "platform/child.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "platform/child_cage.h"
#include "platform/document.h"
#include "platform/late.h"
#include "platform/osm_xml.h"
#include "platform/raster.h"
#include "platform/sheet.h"
#include "platform/spreadsheet.h"

#define SECONDS	   (CHILD_SANITIZED ? 120 : 20)
#define MAX_OUTPUT ((size_t)64 << 20)
#define MAX_INPUT  ((size_t)64 << 20)

static const char *program; /* set before threads start, then only read */

void child_enable(const char *path)
{
	program = path;
}

bool child_enabled(void)
{
	return program != NULL;
}

/* ---- in the child ---- */

static rc read_all(struct ctx *c, struct buf *in)
{
	char piece[65536];
	ssize_t n;
	while ((n = read(STDIN_FILENO, piece, sizeof piece)) > 0) {
		buf_add(in, piece, (size_t)n);
		if (in->len > MAX_INPUT)
			return fail(c, E_TOO_LARGE, "paper.too_large");
	}
	return n == 0 ? OK : fail(c, E_IO, "paper.not_drawn");
}

static rc write_all(struct ctx *c, const struct buf *out)
{
	for (size_t done = 0; done < out->len;) {
		ssize_t n = write(STDOUT_FILENO, out->s + done, out->len - done);
		if (n <= 0)
			return fail(c, E_IO, "paper.not_drawn");
		done += (size_t)n;
	}
	return OK;
}

static rc serve(struct ctx *c, const struct child_job *job)
{
	struct buf in, out;
	buf_init(&in, c->mem, 65536);
	buf_init(&out, c->mem, 65536);
	TRY(read_all(c, &in));
	TRY(job->run(c, in.s, in.len, &out));
	return write_all(c, &out);
}

int child_serve(const struct child_job *jobs, const char *name)
{
	while (jobs->name && strcmp(jobs->name, name) != 0)
		jobs++;
	if (!jobs->name || !child_cage(jobs->seconds))
		return E_INTERNAL;
	struct ctx *c = mem_zero(NULL, sizeof *c, "struct ctx");
	c->mem = c;
	rc result = serve(c, jobs);
	/* No atexit handlers: they may want what the cage refuses. */
	_exit(result);
}

static rc pdf(struct ctx *c, const char *in, size_t len, struct buf *out)
{
	struct sheet s;
	TRY(sheet_read(c, in, len, &s));
	return sheet_draw(c, &s, out);
}

static rc document(struct ctx *c, const char *in, size_t len, struct buf *out)
{
	struct document d;
	TRY(document_read(c, in, len, &d));
	return document_draw(c, &d, out);
}

int child_main(int argc, char **argv)
{
	static const struct child_job jobs[] = { { "pdf", pdf, 10 },
						 { "document", document, 15 },
						 { "photo", raster_redraw, 15 },
						 { "spreadsheet", spreadsheet_job, 15 },
						 { "osm", osm_xml_job, 15 },
						 { NULL, NULL, 0 } };
	const char *name = argc > 2 ? argv[2] : "";
	/* In the cage nothing can be opened any more. */
	if (strcmp(name, "pdf") == 0 || strcmp(name, "document") == 0)
		(void)!late_draw_load();
	return child_serve(jobs, name);
}

/* ---- in the parent ---- */

struct child {
	pid_t pid;
	int fd;
	int64_t until_ms;
};

static int64_t now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static rc start(struct ctx *c, const char *job, struct child *child)
{
	int pair[2];
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair))
		return fail(c, E_INTERNAL, "paper.not_drawn");
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attributes;
	sigset_t none, defaults;
	sigemptyset(&none);
	sigfillset(&defaults);
	posix_spawn_file_actions_init(&files);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setsigdefault(&attributes, &defaults);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	posix_spawn_file_actions_adddup2(&files, pair[1], STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&files, pair[1], STDOUT_FILENO);
	posix_spawn_file_actions_addclosefrom_np(&files, 3);
	char *argv[] = { "maillage", "--child", (char *)job, NULL };
	char *environment[] = { NULL };
	int error = posix_spawn(&child->pid, program, &files, &attributes, argv, environment);
	posix_spawn_file_actions_destroy(&files);
	posix_spawnattr_destroy(&attributes);
	close(pair[1]);
	child->fd = pair[0];
	child->until_ms = now_ms() + SECONDS * 1000;
	if (error) {
		close(pair[0]);
		return fail(c, E_INTERNAL, "paper.not_drawn");
	}
	return OK;
}

/* Wait until the socket can take or give bytes. */
static rc await(struct ctx *c, const struct child *child, short events)
{
	struct pollfd p = { .fd = child->fd, .events = events };
	for (;;) {
		int64_t left = child->until_ms - now_ms();
		int n = left > 0 ? poll(&p, 1, (int)left) : 0;
		if (n > 0)
			return OK;
		if (n == 0)
			return fail(c, E_BUSY, "paper.too_slow");
		if (errno != EINTR)
			return fail(c, E_INTERNAL, "paper.not_drawn");
	}
}

/* A child that dies early does not read everything: its status tells why. */
static rc feed(struct ctx *c, const struct child *child, const char *in, size_t len)
{
	while (len > 0) {
		TRY(await(c, child, POLLOUT));
		ssize_t n = send(child->fd, in, len, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (n < 0 && (errno == EAGAIN || errno == EINTR))
			continue;
		if (n < 0)
			break;
		in += n;
		len -= (size_t)n;
	}
	shutdown(child->fd, SHUT_WR);
	return OK;
}

static rc drain(struct ctx *c, const struct child *child, struct buf *out)
{
	size_t before = out->len;
	char piece[65536];
	for (;;) {
		TRY(await(c, child, POLLIN));
		ssize_t n = recv(child->fd, piece, sizeof piece, MSG_DONTWAIT);
		if (n < 0 && (errno == EAGAIN || errno == EINTR))
			continue;
		if (n <= 0) /* a reset is an early death too */
			return OK;
		buf_add(out, piece, (size_t)n);
		if (out->len - before > MAX_OUTPUT)
			return fail(c, E_TOO_LARGE, "paper.too_large");
	}
}

/* How the child ended, once it has. */
static rc verdict(struct ctx *c, const struct child *child)
{
	int status;
	while (waitpid(child->pid, &status, 0) < 0)
		if (errno != EINTR)
			return fail(c, E_INTERNAL, "paper.not_drawn");
	if (!WIFEXITED(status) || WEXITSTATUS(status) >= RC_COUNT)
		return fail(c, E_INTERNAL, "paper.not_drawn");
	rc code = (rc)WEXITSTATUS(status);
	return code == OK ? OK : fail(c, code, "paper.not_drawn");
}

rc child_run(struct ctx *c, const char *job, const void *in, size_t len, struct buf *out)
{
	struct child child;
	TRY(start(c, job, &child));
	size_t before = out->len;
	rc result = feed(c, &child, in, len);
	if (result == OK)
		result = drain(c, &child, out);
	close(child.fd);
	if (result != OK)
		kill(child.pid, SIGKILL);
	rc ended = verdict(c, &child);
	if (result == OK)
		result = ended;
	if (result != OK) {
		out->len = before;
		out->s[before] = 0;
	}
	return result;
}
