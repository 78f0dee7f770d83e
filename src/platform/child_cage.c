#define _GNU_SOURCE
#include "platform/child_cage.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MEMORY ((rlim_t)768 << 20)
#define FILES  64

static bool limit(int what, rlim_t value)
{
	struct rlimit r = { .rlim_cur = value, .rlim_max = value };
	return setrlimit(what, &r) == 0;
}

/* No file of the disk can be opened. What has no name on it still can: the
 * fonts lie in memory (pdf_fonts.c). Kernels without Landlock do without; a
 * file may then be read with the server's rights. */
static bool no_files(void)
{
	struct landlock_ruleset_attr all = { .handled_access_fs = LANDLOCK_ACCESS_FS_READ_FILE |
								  LANDLOCK_ACCESS_FS_READ_DIR |
								  LANDLOCK_ACCESS_FS_WRITE_FILE |
								  LANDLOCK_ACCESS_FS_EXECUTE };
	int fd = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
	if (fd < 0)
		return errno == ENOSYS || errno == EOPNOTSUPP;
	bool done = syscall(SYS_landlock_restrict_self, fd, 0) == 0;
	close(fd);
	return done;
}

/* Reading and writing what is open, memory, threads, clocks: nothing else. A refused
 * call answers EPERM, so that a library may find another way. */
static const int allowed[] = {
	SCMP_SYS(read),		  SCMP_SYS(write),	   SCMP_SYS(readv),
	SCMP_SYS(writev),	  SCMP_SYS(pread64),	   SCMP_SYS(lseek),
	SCMP_SYS(close),	  SCMP_SYS(fcntl),	   SCMP_SYS(fstat),
	SCMP_SYS(stat),		  SCMP_SYS(lstat),	   SCMP_SYS(newfstatat),
	SCMP_SYS(statx),	  SCMP_SYS(access),	   SCMP_SYS(faccessat),
	SCMP_SYS(faccessat2),	  SCMP_SYS(readlink),	   SCMP_SYS(readlinkat),
	SCMP_SYS(memfd_create),	  SCMP_SYS(ftruncate),	   SCMP_SYS(getcwd),
	SCMP_SYS(uname),	  SCMP_SYS(brk),	   SCMP_SYS(mmap),
	SCMP_SYS(munmap),	  SCMP_SYS(mremap),	   SCMP_SYS(mprotect),
	SCMP_SYS(madvise),	  SCMP_SYS(futex),	   SCMP_SYS(set_robust_list),
	SCMP_SYS(rseq),		  SCMP_SYS(sched_yield),   SCMP_SYS(sched_getaffinity),
	SCMP_SYS(getrandom),	  SCMP_SYS(clock_gettime), SCMP_SYS(clock_nanosleep),
	SCMP_SYS(nanosleep),	  SCMP_SYS(gettimeofday),  SCMP_SYS(time),
	SCMP_SYS(getrusage),	  SCMP_SYS(getpid),	   SCMP_SYS(gettid),
	SCMP_SYS(getuid),	  SCMP_SYS(geteuid),	   SCMP_SYS(getgid),
	SCMP_SYS(getegid),	  SCMP_SYS(sysinfo),	   SCMP_SYS(rt_sigaction),
	SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn),  SCMP_SYS(sigaltstack),
	SCMP_SYS(exit),		  SCMP_SYS(exit_group),	   SCMP_SYS(restart_syscall),
};

static bool allow_reading(scmp_filter_ctx filter)
{
	const unsigned writes = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC;
	return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
				SCMP_A2(SCMP_CMP_MASKED_EQ, writes, 0)) == 0 &&
	       seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(open), 1,
				SCMP_A1(SCMP_CMP_MASKED_EQ, writes, 0)) == 0;
}

/* Threads, which pango starts to look up a font, but no process. clone3 hides
 * what it is asked for: without it the C library uses clone. */
static bool allow_threads(scmp_filter_ctx filter)
{
	const unsigned thread = CLONE_VM | CLONE_SIGHAND | CLONE_THREAD;
	return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
				SCMP_A0(SCMP_CMP_MASKED_EQ, thread, thread)) == 0 &&
	       seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0;
}

/* On itself alone: abort(), and what malloc asks about its limits. */
static bool allow_itself(scmp_filter_ctx filter)
{
	return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
				SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0)) == 0 &&
	       seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 1, SCMP_A0(SCMP_CMP_EQ, 0, 0)) ==
		       0;
}

static bool few_calls(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	bool ok = filter && allow_reading(filter) && allow_threads(filter) && allow_itself(filter);
	for (size_t i = 0; ok && i < sizeof allowed / sizeof *allowed; i++)
		ok = seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0) == 0;
	ok = ok && seccomp_load(filter) == 0;
	seccomp_release(filter);
	return ok;
}

bool child_cage(unsigned seconds)
{
	return limit(RLIMIT_CPU, seconds) && (CHILD_SANITIZED || limit(RLIMIT_AS, MEMORY)) &&
	       limit(RLIMIT_FSIZE, MEMORY) && limit(RLIMIT_NOFILE, FILES) && limit(RLIMIT_CORE, 0) &&
	       prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && no_files() && few_calls();
}
