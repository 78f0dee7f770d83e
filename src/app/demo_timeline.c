/* demo_timeline.c - what happens in the demo, played in order of time through
 * the domain's own functions, c->now moving along: chains and counters are
 * right, and what lies after now has not happened. */
#include <stdlib.h>

#include "app/demo_parts.h"
#include "platform/db.h"

enum { EVENTS_AT_ONCE = 200 }; /* in one transaction */

struct demo_event {
	int64_t at;
	size_t rank; /* of the same second, in the order they were planned */
	demo_deed *deed;
	void *thing;
};

void demo_when(struct demo *d, instant at, demo_deed *deed, void *thing)
{
	if (at.v > d->now.v)
		return;
	if ((d->n_events & 1023) == 0)
		d->events = talloc_realloc(d->mem, d->events, struct demo_event,
					   (unsigned)d->n_events + 1024);
	d->events[d->n_events] = (struct demo_event){ at.v, d->n_events, deed, thing };
	d->n_events++;
}

static int event_order(const void *a, const void *b)
{
	const struct demo_event *x = a, *y = b;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->rank < y->rank ? -1 : x->rank > y->rank;
}

void demo_as_guest(struct ctx *c, const struct demo *d, const struct guest *g)
{
	c->actor = (struct actor){ .person = g->person,
				   .membership = g->membership,
				   .community = d->communities[g->community],
				   .roles = ROLE_MEMBER };
}

void demo_as_staff(struct ctx *c, const struct demo *d, int community)
{
	c->actor = (struct actor){ .person = d->staff[community],
				   .membership = d->staff_membership[community],
				   .community = d->communities[community],
				   .roles = ROLE_HOST | ROLE_MANAGER | ROLE_SIGNATORY };
}

rc demo_unless_refused(rc code)
{
	return code == E_CONFLICT || code == E_INVALID || code == E_QUOTA || code == E_DENIED ? OK : code;
}

static rc play_some(struct ctx *c, void *arg)
{
	struct demo *d = arg;
	for (size_t n = 0; n < EVENTS_AT_ONCE && d->played < d->n_events; n++, d->played++) {
		const struct demo_event *e = &d->events[d->played];
		c->now.v = e->at;
		TRY(e->deed(c, d, e->thing));
	}
	return OK;
}

rc demo_play(struct ctx *c, struct demo *d)
{
	TALLOC_CTX *mem = c->mem;
	struct actor before = c->actor;
	rc code = OK;
	qsort(d->events, d->n_events, sizeof *d->events, event_order);
	while (d->played < d->n_events && code == OK) {
		c->mem = talloc_named_const(mem, 0, "some events");
		code = db_write(c, play_some, d);
		talloc_free(c->mem);
	}
	c->mem = mem;
	c->now = d->now;
	c->actor = before;
	return code;
}
