/* exchange_port.c - what the workshops slice asks of conventions. */
#include "bridges/exchange_port.h"
#include "base/civil.h"
#include "bridges/exchange.h"
#include "platform/i18n.h"

static rc choices(struct ctx *c, community_id organiser, community_id place, struct option_list *out)
{
	struct counterpart_choices_row_list l;
	TRY(counterpart_choices_on(c, organiser, place, day_at(c->now, NULL), &l));
	out->items = new_array(c, struct option, l.n + 1);
	for (out->n = 0; out->n < l.n; out->n++)
		out->items[out->n] = (struct option){ l.items[out->n].pub.s, l.items[out->n].name };
	return OK;
}

static rc attach(struct ctx *c, const struct workshop_row *w, const char *convention, bool *room_free)
{
	return counterpart_attach(c, w->id, w->organiser, w->place, w->on_day, convention, room_free);
}

static rc describe(struct ctx *c, const struct workshop_row *w, const char **out)
{
	struct workshop_terms t;
	bool found;
	*out = NULL;
	TRY(workshop_terms_of(c, w->id, &t, &found));
	if (found)
		*out = T_N(c, "exchange.counterpart", t.minimum);
	return OK;
}

static rc closed(struct ctx *c, const struct workshop_row *w)
{
	return counterpart_post(c, w->id);
}

static rc reopened(struct ctx *c, const struct workshop_row *w)
{
	return counterpart_take_back(c, w->id, day_at(c->now, NULL));
}

const struct workshop_port exchange_workshops = { choices, attach, describe, closed, reopened };
