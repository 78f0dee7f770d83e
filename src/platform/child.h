/* child.h - work on outside bytes, and drawing, happen in a short-lived
 * process that can do little harm: the same program, started anew (a fork of
 * a threaded process must not use libraries that lock), which reads its input
 * from one socket, writes its output to it and ends. It has no files but
 * those it was born with, no network, no other program, and little time and
 * memory: rlimits, seccomp, and Landlock where the kernel has it. */
#ifndef MAILLAGE_CHILD_H
#define MAILLAGE_CHILD_H

#include "base/buf.h"
#include "base/ctx.h"

/* main() calls this first thing when argv[1] is "--child"; returns the exit
 * status. argv[2] names the job. */
int child_main(int argc, char **argv);

/* From now on jobs run in children of this program; the server says
 * "/proc/self/exe" at start. Before, sheet_pdf and its like work in process,
 * which is what a test program wants. Call it before threads are started. */
void child_enable(const char *program);
bool child_enabled(void);

/* Run a job in a child: blocks, on a worker, for at most 20 s. What the child
 * writes is appended to out; nothing is when it fails. A failure of the job
 * itself comes back with its code.
 *   E_BUSY      out of time
 *   E_TOO_LARGE it wrote more than 64 MB
 *   E_INTERNAL  it could not be started, or died */
rc child_run(struct ctx *c, const char *job, const void *in, size_t len, struct buf *out);

/* For a program with jobs of its own (tests): what child_main does, with
 * this table, which ends with a NULL name. */
struct child_job {
	const char *name;
	rc (*run)(struct ctx *c, const char *in, size_t len, struct buf *out);
	unsigned seconds; /* of processor; then it is killed */
};
int child_serve(const struct child_job *jobs, const char *name);

#endif
