/* pool.h - a few threads and a bounded queue of jobs for them: requests that
 * may wait, password hashes. With one thread it is a limit: one at a time. */
#ifndef MAILLAGE_POOL_H
#define MAILLAGE_POOL_H

#include <stdbool.h>

struct pool;
typedef void pool_fn(void *arg);

/* `threads` threads with small stacks (256 kB), signals blocked; at most
 * `queue` jobs wait. NULL when the threads cannot be made. */
struct pool *pool_new(int threads, int queue);
/* Queue a job. false: the queue is full; the job will not run. */
bool pool_add(struct pool *p, pool_fn *fn, void *arg);
/* Queue a job and wait for its end. false: the queue is full, it did not
 * run. Never from a job of the same pool. */
bool pool_call(struct pool *p, pool_fn *fn, void *arg);
/* Jobs that no thread has taken yet. */
int pool_waiting(struct pool *p);
/* Run what is queued, end the threads, free. Nothing may be added meanwhile,
 * except by the jobs themselves. */
void pool_free(struct pool *p);

#endif
