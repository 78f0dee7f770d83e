/* jobs.h - work that comes back: mail to send, requests to expire, reminders.
 * One thread runs what is due, each job in a context of its own; a failing job
 * is logged and tried again at its next time. */
#ifndef MAILLAGE_JOBS_H
#define MAILLAGE_JOBS_H

#include "base/ctx.h"

struct job_def {
	const char *name;
	int every_seconds;
	bool on_wake;		  /* run at once after jobs_wake and at start, too */
	rc (*run)(struct ctx *c); /* opens its own transactions */
};

struct jobs;
struct jobs *jobs_start(struct app *app, const struct job_def *defs, size_t n);
/* Look at once: something was queued and is committed. Any thread; NULL is fine.
 * Inside a transaction set c->wake_jobs instead: db_write calls this after the
 * commit. */
void jobs_wake(struct jobs *j);
/* Let the running job finish, then stop. */
void jobs_stop(struct jobs *j);
/* Run one job now, on this thread (tests, command line); waits for the one that
 * runs. What it returned, or why the time could not be kept. */
rc jobs_run(struct app *app, const struct job_def *def);

#endif
