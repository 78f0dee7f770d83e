#include "platform/pool.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define STACK_SIZE (8u << 20) /* sanitizers widen every frame */
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define STACK_SIZE (8u << 20)
#endif
#endif
#ifndef STACK_SIZE
#define STACK_SIZE (256u << 10)
#endif

struct job {
	pool_fn *fn;
	void *arg;
};

struct pool {
	pthread_mutex_t lock;
	pthread_cond_t more;
	struct job *jobs; /* a ring */
	int cap, first, n;
	bool closed;
	int n_threads;
	pthread_t threads[];
};

static void *work(void *arg)
{
	struct pool *p = arg;

	pthread_mutex_lock(&p->lock);
	for (;;) {
		while (p->n == 0 && !p->closed)
			pthread_cond_wait(&p->more, &p->lock);
		if (p->n == 0)
			break;

		struct job job = p->jobs[p->first];

		p->first = (p->first + 1) % p->cap;
		p->n--;
		pthread_mutex_unlock(&p->lock);
		job.fn(job.arg);
		pthread_mutex_lock(&p->lock);
	}
	pthread_mutex_unlock(&p->lock);
	return NULL;
}

static bool start_threads(struct pool *p, int threads)
{
	pthread_attr_t attr;
	sigset_t all, before;

	if (pthread_attr_init(&attr) != 0)
		return false;
	pthread_attr_setstacksize(&attr, STACK_SIZE);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	while (p->n_threads < threads && pthread_create(&p->threads[p->n_threads], &attr, work, p) == 0)
		p->n_threads++;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pthread_attr_destroy(&attr);
	return p->n_threads == threads;
}

struct pool *pool_new(int threads, int queue)
{
	struct pool *p;

	if (threads < 1)
		threads = 1;
	if (queue < 1)
		queue = 1;
	p = calloc(1, sizeof(*p) + (size_t)threads * sizeof(*p->threads));
	if (!p)
		return NULL;
	p->jobs = calloc((size_t)queue, sizeof(*p->jobs));
	p->cap = queue;
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->more, NULL);
	if (!p->jobs || !start_threads(p, threads)) {
		pool_free(p);
		return NULL;
	}
	return p;
}

bool pool_add(struct pool *p, pool_fn *fn, void *arg)
{
	bool room;

	pthread_mutex_lock(&p->lock);
	room = p->n < p->cap;
	if (room) {
		p->jobs[(p->first + p->n) % p->cap] = (struct job){ fn, arg };
		p->n++;
		pthread_cond_signal(&p->more);
	}
	pthread_mutex_unlock(&p->lock);
	return room;
}

struct waited {
	pool_fn *fn;
	void *arg;
	pthread_mutex_t lock;
	pthread_cond_t ended;
	bool done;
};

static void run_waited(void *arg)
{
	struct waited *w = arg;

	w->fn(w->arg);
	pthread_mutex_lock(&w->lock);
	w->done = true;
	pthread_cond_signal(&w->ended);
	pthread_mutex_unlock(&w->lock);
}

bool pool_call(struct pool *p, pool_fn *fn, void *arg)
{
	struct waited w = { .fn = fn, .arg = arg };
	bool added;

	pthread_mutex_init(&w.lock, NULL);
	pthread_cond_init(&w.ended, NULL);
	added = pool_add(p, run_waited, &w);
	if (added) {
		pthread_mutex_lock(&w.lock);
		while (!w.done)
			pthread_cond_wait(&w.ended, &w.lock);
		pthread_mutex_unlock(&w.lock);
	}
	pthread_cond_destroy(&w.ended);
	pthread_mutex_destroy(&w.lock);
	return added;
}

int pool_waiting(struct pool *p)
{
	int n;

	pthread_mutex_lock(&p->lock);
	n = p->n;
	pthread_mutex_unlock(&p->lock);
	return n;
}

void pool_free(struct pool *p)
{
	if (!p)
		return;
	pthread_mutex_lock(&p->lock);
	p->closed = true;
	pthread_cond_broadcast(&p->more);
	pthread_mutex_unlock(&p->lock);
	for (int i = 0; i < p->n_threads; i++)
		pthread_join(p->threads[i], NULL);
	pthread_cond_destroy(&p->more);
	pthread_mutex_destroy(&p->lock);
	free(p->jobs);
	free(p);
}
