#include "people/visits.h"

#include <pthread.h>
#include <stdlib.h>

#include "people/session.h"
#include "people/session_sql.h"
#include "platform/app.h"

#define HOUR 3600
#define MOST 2048 /* more come back at their next request */

struct visit {
	bool is_token;
	int64_t id;
	instant at;
};

struct visits {
	pthread_mutex_t lock;
	size_t n;
	struct visit items[MOST];
};

struct visits *visits_new(void)
{
	struct visits *v = calloc(1, sizeof *v);
	if (!v)
		abort();
	pthread_mutex_init(&v->lock, NULL);
	return v;
}

void visits_free(struct visits *v)
{
	if (v)
		pthread_mutex_destroy(&v->lock);
	free(v);
}

static void note(struct ctx *c, bool is_token, int64_t id, instant seen)
{
	struct visits *v = c->app->visits;
	size_t i = 0;
	if (!v || (seen.v != NONE && c->now.v - seen.v < HOUR))
		return;
	pthread_mutex_lock(&v->lock);
	while (i < v->n && (v->items[i].id != id || v->items[i].is_token != is_token))
		i++;
	if (i < MOST)
		v->items[i] = (struct visit){ is_token, id, c->now };
	if (i == v->n && i < MOST)
		v->n++;
	pthread_mutex_unlock(&v->lock);
}

instant visit_due(instant seen)
{
	return (instant){ seen.v + HOUR };
}

void visit_session(struct ctx *c, session_id session, instant seen)
{
	note(c, false, session.v, seen);
}

void visit_token(struct ctx *c, token_id token, instant seen)
{
	note(c, true, token.v, seen);
}

struct batch {
	size_t n;
	struct visit items[MOST];
};

static rc write_all(struct ctx *c, void *arg)
{
	const struct batch *b = arg;
	for (size_t i = 0; i < b->n; i++) {
		const struct visit *x = &b->items[i];
		if (x->is_token)
			TRY(token_touch(c, (token_id){ x->id }, x->at, NULL));
		else
			TRY(session_touch(c, (session_id){ x->id }, x->at,
					  (instant){ x->at.v + SESSION_SECONDS }, NULL));
	}
	return OK;
}

rc visits_write(struct ctx *c)
{
	struct visits *v = c->app->visits;
	struct batch *b = new_zero(c, struct batch);
	if (!v)
		return OK;
	pthread_mutex_lock(&v->lock);
	for (; b->n < v->n; b->n++)
		b->items[b->n] = v->items[b->n];
	v->n = 0;
	pthread_mutex_unlock(&v->lock);
	return b->n ? db_write(c, write_all, b) : OK;
}
