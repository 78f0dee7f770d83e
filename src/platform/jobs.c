#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "platform/app.h"
#include "platform/db.h"
#include "platform/jobs.h"
#include "platform/jobs_sql.h"
#include "platform/log.h"

struct jobs {
	struct app *app;
	const struct job_def *defs;
	size_t n;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool stop, woken;
};

static struct ctx job_ctx(struct app *app)
{
	return (struct ctx){ .mem = talloc_new(NULL), .app = app, .now = app->clock(app), .request_id = "job" };
}

struct record {
	const struct job_def *def;
};

static rc keep_time(struct ctx *c, void *arg)
{
	const struct record *r = arg;
	return job_record(c, r->def->name, c->now, (instant){ c->now.v + r->def->every_seconds }, NULL);
}

rc jobs_run(struct app *app, const struct job_def *def)
{
	struct ctx c = job_ctx(app);
	struct record r = { def };
	rc code = def->run(&c);
	if (code != OK)
		log_error("job failed", KV("job", def->name), KV("code", rc_name(code)),
			  KV("key", c.failure.key ? c.failure.key : ""));
	rc kept = db_write(&c, keep_time, &r);
	talloc_free(c.mem);
	return code != OK ? code : kept;
}

struct due {
	const struct job_def *def;
	bool yes;
};

static rc ask_due(struct ctx *c, void *arg)
{
	struct due *d = arg;
	instant next;
	bool found;
	TRY(job_next(c, d->def->name, &next, &found));
	d->yes = !found || next.v <= c->now.v;
	return OK;
}

static bool is_due(struct app *app, const struct job_def *def)
{
	struct ctx c = job_ctx(app);
	struct due d = { def, false };
	rc code = db_read(&c, ask_due, &d);
	talloc_free(c.mem);
	return code == OK && d.yes;
}

static bool stopping(struct jobs *j)
{
	pthread_mutex_lock(&j->lock);
	bool stop = j->stop;
	pthread_mutex_unlock(&j->lock);
	return stop;
}

/* Sleep a second at most, less when woken. Was it woken? */
static bool rest(struct jobs *j)
{
	struct timespec until;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec++;
	pthread_mutex_lock(&j->lock);
	while (!j->stop && !j->woken && pthread_cond_timedwait(&j->wake, &j->lock, &until) == 0)
		;
	bool woken = j->woken;
	j->woken = false;
	pthread_mutex_unlock(&j->lock);
	return woken;
}

static void *loop(void *arg)
{
	struct jobs *j = arg;
	bool woken = false;
	while (!stopping(j)) {
		for (size_t i = 0; i < j->n && !stopping(j); i++)
			if ((woken && j->defs[i].on_wake) || is_due(j->app, &j->defs[i]))
				(void)!jobs_run(j->app, &j->defs[i]);
		woken = rest(j);
	}
	return NULL;
}

struct jobs *jobs_start(struct app *app, const struct job_def *defs, size_t n)
{
	struct jobs *j = calloc(1, sizeof *j);
	if (!j)
		abort();
	j->app = app;
	j->defs = defs;
	j->n = n;
	pthread_mutex_init(&j->lock, NULL);
	pthread_cond_init(&j->wake, NULL);
	if (pthread_create(&j->thread, NULL, loop, j) != 0)
		abort();
	return j;
}

void jobs_wake(struct jobs *j)
{
	if (!j)
		return;
	pthread_mutex_lock(&j->lock);
	j->woken = true;
	pthread_cond_signal(&j->wake);
	pthread_mutex_unlock(&j->lock);
}

void jobs_stop(struct jobs *j)
{
	pthread_mutex_lock(&j->lock);
	j->stop = true;
	pthread_cond_signal(&j->wake);
	pthread_mutex_unlock(&j->lock);
	pthread_join(j->thread, NULL);
	pthread_mutex_destroy(&j->lock);
	pthread_cond_destroy(&j->wake);
	free(j);
}
