#define _GNU_SOURCE
#include "base/test.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "platform/child.h"

/* This program is its own child: main() below serves these jobs. */

static rc echo(struct ctx *c, const char *in, size_t len, struct buf *out)
{
	(void)c;
	buf_add(out, in, len);
	return OK;
}

static rc refuse(struct ctx *c, const char *in, size_t len, struct buf *out)
{
	(void)in, (void)len;
	buf_str(out, "half of an answer");
	return fail(c, E_QUOTA, "test.refused");
}

static rc crash(struct ctx *c, const char *in, size_t len, struct buf *out)
{
	(void)c, (void)in, (void)len, (void)out;
	signal(SIGSEGV, SIG_DFL);
	raise(SIGSEGV);
	return OK;
}

static rc spin(struct ctx *c, const char *in, size_t len, struct buf *out)
{
	(void)c, (void)in, (void)len, (void)out;
	for (volatile unsigned long i = 0;; i++)
		;
	return OK;
}

static void *nothing(void *arg)
{
	return arg;
}

static void tell(struct buf *out, const char *what, bool possible)
{
	buf_fmt(out, "%s:%s ", what, possible ? "yes" : "no");
}

/* What a job that was taken over would try. */
static rc probe(struct ctx *c, const char *in, size_t len, struct buf *out)
{
	(void)c, (void)in, (void)len;
	tell(out, "read-file", open("/etc/passwd", O_RDONLY) >= 0);
	tell(out, "list-folder", open("/etc", O_RDONLY | O_DIRECTORY) >= 0);
	tell(out, "write-file", open("/tmp/maillage-child-probe", O_WRONLY | O_CREAT, 0600) >= 0);
	tell(out, "remove-file", unlink("/tmp/maillage-child-probe-too") == 0 || errno != EPERM);
	tell(out, "socket", socket(AF_INET, SOCK_STREAM, 0) >= 0);
	pid_t pid = fork();
	if (pid == 0)
		_exit(0);
	tell(out, "process", pid > 0);
	execl("/bin/true", "true", NULL);
	tell(out, "program", errno != EPERM);
	tell(out, "signal", kill(getppid(), 0) == 0);
	struct stat st;
	tell(out, "other-descriptor", fstat(3, &st) == 0);
	pthread_t thread;
	bool started = pthread_create(&thread, NULL, nothing, NULL) == 0;
	tell(out, "thread", started && pthread_join(thread, NULL) == 0);
	tell(out, "memory", malloc(1 << 20) != NULL);
	tell(out, "environment", getenv("PATH") != NULL);
	return OK;
}

#ifndef __SANITIZE_ADDRESS__
static rc devour(struct ctx *c, const char *in, size_t len, struct buf *out)
{
	(void)c, (void)in, (void)len;
	size_t mb = 0;
	for (volatile char *p; mb < 4096 && (p = malloc(1 << 20)); mb++)
		p[0] = 1;
	buf_fmt(out, "%zu", mb);
	return OK;
}
#endif

static const struct child_job jobs[] = {
	{ "echo", echo, 5 },	 { "refuse", refuse, 5 }, { "crash", crash, 5 },
	{ "spin", spin, 1 },	 { "probe", probe, 5 },
#ifndef __SANITIZE_ADDRESS__
	{ "devour", devour, 5 },
#endif
	{ NULL, NULL, 0 },
};

static int setup(void **state)
{
	struct ctx *c = talloc_zero(NULL, struct ctx);
	c->mem = c;
	*state = c;
	child_enable("/proc/self/exe");
	return 0;
}

static int teardown(void **state)
{
	talloc_free(*state);
	return 0;
}

static rc run(struct ctx *c, const char *job, const char *in, size_t len, struct buf *out)
{
	buf_init(out, c->mem, 64);
	buf_str(out, "before;");
	return child_run(c, job, in, len, out);
}

static void bytes_go_there_and_back(void **state)
{
	struct ctx *c = *state;
	struct buf out;
	assert_int_equal(run(c, "echo", "", 0, &out), OK);
	assert_string_equal(out.s, "before;");
	/* far more than a socket holds, and no text */
	size_t len = 9 << 20;
	char *much = talloc_size(c, len);
	for (size_t i = 0; i < len; i++)
		much[i] = (char)(i * 31 >> 3);
	assert_int_equal(run(c, "echo", much, len, &out), OK);
	assert_int_equal(out.len, len + 7);
	assert_memory_equal(out.s + 7, much, len);
}

static void a_refusal_keeps_its_code_and_leaves_nothing(void **state)
{
	struct ctx *c = *state;
	struct buf out;
	assert_int_equal(run(c, "refuse", "x", 1, &out), E_QUOTA);
	assert_string_equal(out.s, "before;");
	assert_int_equal(c->failure.code, E_QUOTA);
}

static void a_child_that_dies_is_an_error_here_and_no_more(void **state)
{
	struct ctx *c = *state;
	struct buf out;
	/* It dies without reading: more than the socket takes must not block or kill us. */
	size_t len = 4 << 20;
	char *much = talloc_zero_size(c, len);
	assert_int_equal(run(c, "no such job", much, len, &out), E_INTERNAL);
	assert_int_equal(run(c, "crash", "x", 1, &out), E_INTERNAL);
	assert_string_equal(out.s, "before;");
	child_enable("/nowhere/maillage");
	assert_int_equal(run(c, "echo", "x", 1, &out), E_INTERNAL);
	child_enable("/proc/self/exe");
	/* nobody is left behind */
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
}

static void a_child_that_never_ends_is_ended(void **state)
{
	struct ctx *c = *state;
	struct buf out;
	assert_int_equal(run(c, "spin", "x", 1, &out), E_INTERNAL);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

static void a_child_can_do_nothing_but_its_work(void **state)
{
	struct ctx *c = *state;
	struct buf out;
	int secret = open("/etc/passwd", O_RDONLY); /* not for the child, though without CLOEXEC */
	assert_true(secret >= 3);
	assert_int_equal(run(c, "probe", "", 0, &out), OK);
	close(secret);
	/* Reading is Landlock's to refuse, where the kernel has it. */
	const char *reads = syscall(SYS_landlock_create_ruleset, NULL, 0, 1) > 0 ? "no" : "yes";
	assert_string_equal(
		out.s + 7,
		fmt(c,
		    "read-file:%s list-folder:%s write-file:no remove-file:no socket:no process:no "
		    "program:no signal:no other-descriptor:no thread:yes memory:yes environment:no ",
		    reads, reads));
}

#ifndef __SANITIZE_ADDRESS__
static void a_child_has_a_bounded_memory(void **state)
{
	struct ctx *c = *state;
	struct buf out;
	assert_int_equal(run(c, "devour", "", 0, &out), OK);
	assert_in_range(atoi(out.s + 7), 128, 768);
}
#endif

int main(int argc, char **argv)
{
	if (argc > 2 && strcmp(argv[1], "--child") == 0)
		return child_serve(jobs, argv[2]);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(bytes_go_there_and_back, setup, teardown),
		cmocka_unit_test_setup_teardown(a_refusal_keeps_its_code_and_leaves_nothing, setup, teardown),
		cmocka_unit_test_setup_teardown(a_child_that_dies_is_an_error_here_and_no_more, setup,
						teardown),
		cmocka_unit_test_setup_teardown(a_child_that_never_ends_is_ended, setup, teardown),
		cmocka_unit_test_setup_teardown(a_child_can_do_nothing_but_its_work, setup, teardown),
#ifndef __SANITIZE_ADDRESS__
		cmocka_unit_test_setup_teardown(a_child_has_a_bounded_memory, setup, teardown),
#endif
	};
	return cmocka_run_group_tests_name("child", tests, NULL, NULL);
}
