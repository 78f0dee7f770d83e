#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "platform/app.h"
#include "platform/db.h"
#include "platform/jobs.h"
#include "platform/jobs_sql.h"
#include "platform/log.h"

/* A job and when it is due. This process alone works on the database, so the
 * table is asked once, and again after a failure to ask. */
struct entry {
	const struct job_def *def;
	bool known;
	instant next;
};

struct jobs {
	struct app *app;
	struct entry *entries;
	size_t n;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool stop, woken;
};

/* Whoever runs a job, on whichever thread: one at a time. */
static pthread_mutex_t running = PTHREAD_MUTEX_INITIALIZER;

static struct ctx job_ctx(struct app *app)
{
	return (struct ctx){
		.mem = talloc_new(NULL), .app = app, .now = app->clock(app), .request_id = "job"
	};
}

struct record {
	const struct job_def *def;
	const char *error;
};

static rc keep_time(struct ctx *c, void *arg)
{
	const struct record *r = arg;
	return job_record(c, r->def->name, c->now, (instant){ c->now.v + r->def->every_seconds }, r->error,
			  NULL);
}

static rc run_one(struct app *app, const struct job_def *def)
{
	struct ctx c = job_ctx(app);
	struct record r = { def, NULL };
	rc code = def->run(&c);
	if (code != OK) {
		const char *key = c.failure.key ? c.failure.key : "";
		log_error("job failed", KV("job", def->name), KV("code", rc_name(code)), KV("key", key));
		r.error = *key ? key : rc_name(code);
	}
	rc kept = db_write(&c, keep_time, &r);
	talloc_free(c.mem);
	return code != OK ? code : kept;
}

rc jobs_run(struct app *app, const struct job_def *def)
{
	pthread_mutex_lock(&running);
	rc code = run_one(app, def);
	pthread_mutex_unlock(&running);
	return code;
}

static rc ask_next(struct ctx *c, void *arg)
{
	struct entry *e = arg;
	bool found;
	TRY(job_next(c, e->def->name, &e->next, &found));
	if (!found)
		e->next = c->now;
	return OK;
}

static bool is_due(struct app *app, struct entry *e)
{
	if (!e->known) {
		struct ctx c = job_ctx(app);
		e->known = db_read(&c, ask_next, e) == OK;
		talloc_free(c.mem);
	}
	/* A clock that was set back must not put a job off for longer than its own time. */
	int64_t now = app->clock(app).v;
	return e->known && (e->next.v <= now || e->next.v > now + e->def->every_seconds);
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
	clock_gettime(CLOCK_MONOTONIC, &until);
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
	bool woken = true; /* what was going on when the server ended goes on at once */
	while (!stopping(j)) {
		for (size_t i = 0; i < j->n && !stopping(j); i++) {
			struct entry *e = &j->entries[i];
			if (!(woken && e->def->on_wake) && !is_due(j->app, e))
				continue;
			e->known = true;
			e->next = (instant){ j->app->clock(j->app).v + e->def->every_seconds };
			(void)!jobs_run(j->app, e->def);
		}
		woken = rest(j);
	}
	return NULL;
}

struct jobs *jobs_start(struct app *app, const struct job_def *defs, size_t n)
{
	struct jobs *j = calloc(1, sizeof *j);
	pthread_condattr_t attr;
	if (!j || !(j->entries = calloc(n + 1, sizeof *j->entries)))
		abort();
	j->app = app;
	j->n = n;
	for (size_t i = 0; i < n; i++)
		j->entries[i].def = &defs[i];
	pthread_mutex_init(&j->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&j->wake, &attr);
	pthread_condattr_destroy(&attr);
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
	free(j->entries);
	free(j);
}
