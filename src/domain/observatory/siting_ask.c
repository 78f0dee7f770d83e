#include "observatory/siting_ask.h"

#include "base/pubid.h"
#include "observatory/siting_ask_sql.h"
#include "observatory/siting_bound.h"
#include "platform/db.h"

#define OF_ONE 2
#define OF_ALL 20
#define KEPT   (30 * 86400) /* seconds */
#define WORK   100000000    /* towns looked at in one go: a part of a second */

rc bound_ask(struct ctx *c, const struct siting_case *k, hash asker)
{
	struct bound_waiting_row n;
	pubid pub;
	TRY(bound_sweep(c, k->key, (instant){ c->now.v - KEPT }, NULL));
	TRY(bound_waiting(c, asker, &n));
	if (n.mine >= OF_ONE || n.n >= OF_ALL)
		return fail(c, E_QUOTA, "siting.too_many");
	pubid_new(&pub);
	c->wake_jobs = true;
	return bound_insert(c, pub, k->key, k->ask.sites, k->ask.km, k->ask.smallest, k->ask.territory,
			    k->ask.base, k->ask.on, k->choice.gained, asker, c->now, NULL);
}

struct siting_query bound_question(const struct bound_row *row)
{
	return (struct siting_query){ .sites = row->sites,
				      .km = row->km,
				      .smallest = row->smallest,
				      .territory = row->territory,
				      .base = row->base,
				      .on = row->on };
}

rc bound_cancel_now(struct ctx *c, pubid pub, hash asker, struct bound_row *out, bool *stopped)
{
	int64_t n;
	bool found;
	TRY(bound_cancel_one(c, pub, asker, c->actor.is_operator, &n));
	TRY(bound_by_pub(c, pub, out, &found));
	*stopped = n;
	if (!found || (!n && (out->state == BOUND_STATE_WAITING || out->state == BOUND_STATE_RUNNING)))
		return fail(c, E_NOT_FOUND, "db.not_found");
	return OK;
}

/* ---- the work ---- */

/* What is being worked on between two goes; only the thread of the jobs comes here. */
static struct {
	TALLOC_CTX *mem;
	pubid pub;
	struct siting_case k;
	struct bound_run *run;
} kept;

static void let_go(void)
{
	talloc_free(kept.mem);
	kept.mem = NULL;
	kept.run = NULL;
	kept.pub.s[0] = 0;
}

struct piece {
	struct bound_row row;
	bool found, over;
};

/* Take it up again, or anew: after a restart the prices are lost, which costs time alone. */
static rc take_up(struct ctx *c, void *arg)
{
	struct piece *p = arg;
	TALLOC_CTX *before = c->mem;
	TRY(bound_next(c, &p->row, &p->found));
	if (!p->found || (kept.run && pubid_eq(kept.pub, p->row.pub)))
		return OK;
	let_go();
	kept.mem = talloc_new(NULL);
	c->mem = kept.mem;
	const struct siting_query ask = bound_question(&p->row);
	rc code = siting_prepare(c, &ask, &kept.k);
	c->mem = before;
	if (code != OK)
		return code;
	kept.pub = p->row.pub;
	kept.run = bound_new(kept.mem, &kept.k.problem, p->row.value);
	return OK;
}

/* A row whose places have changed since is another question: it is dropped. */
static rc put_down(struct ctx *c, void *arg)
{
	struct piece *p = arg;
	int64_t held;
	bool same = hash_eq(kept.k.key, p->row.key);
	int state = !same ? BOUND_STATE_CANCELLED : p->over ? BOUND_STATE_DONE : BOUND_STATE_RUNNING;
	TRY(bound_progress(c, p->row.id, state, bound_steps(kept.run), bound_value(kept.run), &held));
	p->over = p->over || !same || !held;
	c->wake_jobs = true;
	return OK;
}

rc bounds_work(struct ctx *c)
{
	struct piece p = { .found = false };
	rc code = db_read(c, take_up, &p);
	if (code != OK || !p.found) {
		let_go();
		return code;
	}
	p.over = bound_go(kept.run, WORK);
	code = db_write(c, put_down, &p);
	if (code != OK || p.over)
		let_go();
	return code;
}
