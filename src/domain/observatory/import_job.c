/* import_job.c - the background work of imports: a batch at a time, so that mail
 * and other jobs go between. */
#include "observatory/import_run.h"

#include <string.h>

#include "base/pubid.h"
#include "observatory/import_offer.h"
#include "observatory/import_sql.h"
#include "platform/db.h"

#define BATCH 250

/* What is being read between two goes; only the thread of the jobs comes here. */
static struct {
	TALLOC_CTX *mem;
	pubid pub;
	struct import_reading *reading;
} kept;

static void let_go(void)
{
	talloc_free(kept.mem);
	kept.mem = NULL;
	kept.reading = NULL;
	kept.pub.s[0] = 0;
}

struct piece {
	struct import_run run;
	bool found;
	const char *failure;
};

static rc find_next(struct ctx *c, void *arg)
{
	struct piece *p = arg;
	return import_run_next(c, &p->run, &p->found);
}

/* Take it up again, or anew: after a restart the file is read once more. */
static rc look(struct ctx *c, void *arg)
{
	struct piece *p = arg;
	if (!kept.reading || !pubid_eq(kept.pub, p->run.pub)) {
		let_go();
		kept.mem = talloc_new(NULL);
		kept.pub = p->run.pub;
		TRY(import_reading_new(c, &p->run, kept.mem, &kept.reading));
	}
	return import_batch_look(c, kept.reading, (size_t)p->run.done, BATCH);
}

static rc put(struct ctx *c, void *arg)
{
	struct piece *p = arg;
	size_t total = import_reading_total(kept.reading);
	TRY(import_batch_put(c, kept.reading));
	c->wake_jobs = true;
	return (size_t)p->run.done + BATCH >= total ? import_reading_over(c, kept.reading) : OK;
}

/* What cannot be read fails for good; what could not be written may be tried again. */
static rc say_failed(struct ctx *c, void *arg)
{
	struct piece *p = arg;
	bool applying = p->run.state == IMPORT_STATE_APPLYING;
	TRY(import_run_move(c, p->run.id, p->run.state, applying ? IMPORT_STATE_READY : IMPORT_STATE_FAILED,
			    p->failure, c->now, NULL));
	c->wake_jobs = true; /* another may wait */
	if (applying)
		return OK;
	TRY(offer_tell_unreadable(c, &p->run, p->failure));
	TRY(import_rows_drop(c, p->run.id, NULL));
	return import_file_drop(c, p->run.id, NULL);
}

static rc give_up(struct ctx *c, struct piece *p, rc code)
{
	bool stopped = c->failure.key && strcmp(c->failure.key, "import.was_stopped") == 0;
	let_go();
	if (stopped || code == E_BUSY || code == E_AWAY)
		return OK;
	p->failure = c->failure.key;
	return db_write(c, say_failed, p);
}

static rc read_some(struct ctx *c, struct piece *p)
{
	rc code = db_read(c, look, p);
	if (code == OK)
		code = db_write(c, put, p);
	if (code != OK)
		return give_up(c, p, code);
	if ((size_t)p->run.done + BATCH >= import_reading_total(kept.reading))
		let_go();
	return OK;
}

static rc apply(struct ctx *c, void *arg)
{
	struct piece *p = arg;
	c->wake_jobs = true;
	return import_apply(c, &p->run);
}

rc imports_work(struct ctx *c)
{
	struct piece p = { .found = false };
	TRY(db_read(c, find_next, &p));
	if (!p.found)
		return OK;
	if (p.run.state != IMPORT_STATE_APPLYING)
		return read_some(c, &p);
	rc code = db_write(c, apply, &p);
	return code == OK ? OK : give_up(c, &p, code);
}
