#include "program.h"

#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

const char *program_path(void)
{
	const char *path = getenv("MAILLAGE_TEST_PROGRAM");
	return path && *path ? path : "build-asan/maillage";
}

static void die(const char *what)
{
	perror(what);
	exit(99);
}

struct sink {
	int fd;
	char *text;
	size_t len, size;
};

/* False when the other end is closed. */
static bool take(struct sink *s)
{
	char spill[4096];
	bool full = s->len + 1 >= s->size;
	ssize_t n = full ? read(s->fd, spill, sizeof spill)
			 : read(s->fd, s->text + s->len, s->size - s->len - 1);
	if (n > 0 && !full)
		s->len += (size_t)n;
	s->text[s->len] = '\0';
	return n > 0;
}

static void collect(struct sink *out, struct sink *err)
{
	struct pollfd fds[] = { { .fd = out->fd, .events = POLLIN }, { .fd = err->fd, .events = POLLIN } };
	while (fds[0].fd >= 0 || fds[1].fd >= 0) {
		if (poll(fds, 2, -1) < 0)
			die("poll");
		if (fds[0].revents && !take(out))
			fds[0].fd = -1;
		if (fds[1].revents && !take(err))
			fds[1].fd = -1;
	}
	close(out->fd);
	close(err->fd);
}

static int run(char **argv, struct said *said)
{
	int out[2], err[2], status;
	if (pipe(out) || pipe(err))
		die("pipe");
	pid_t pid = fork();
	if (pid < 0)
		die("fork");
	if (pid == 0) {
		int in = open("/dev/null", O_RDONLY);
		if (in < 0 || dup2(in, 0) < 0 || dup2(out[1], 1) < 0 || dup2(err[1], 2) < 0)
			_exit(99);
		close(out[0]);
		close(err[0]);
		execv(argv[0], argv);
		_exit(98);
	}
	close(out[1]);
	close(err[1]);
	collect(&(struct sink){ out[0], said->out, 0, sizeof said->out },
		&(struct sink){ err[0], said->err, 0, sizeof said->err });
	if (waitpid(pid, &status, 0) != pid)
		die("waitpid");
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

const struct said *run_program(const char *first, ...)
{
	static struct said said;
	char *argv[32] = { (char *)program_path(), (char *)first };
	va_list args;
	va_start(args, first);
	for (int i = 2; i < 31 && argv[i - 1]; i++)
		argv[i] = va_arg(args, char *);
	va_end(args);
	said.out[0] = said.err[0] = '\0';
	said.status = run(argv, &said);
	return &said;
}
