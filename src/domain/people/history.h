/* history.h - what was changed in a community, by whom, as what: its page, its
 * links, its people, invitations and conventions. Bookings are never in it. */
#ifndef MAILLAGE_HISTORY_H
#define MAILLAGE_HISTORY_H

#include "base/ctx.h"
#include "people/history_shape.h"

/* Newest first, those before line q->after (0: from the newest), at most
 * `most`. Who acted for another community is named by that community alone.
 * `page_only`: what was said on its page and of its links, for who does not
 * keep it; nobody is named. Inside a snapshot. */
rc history_find(struct ctx *c, const struct community_card *of, const struct history_query *q, bool page_only,
		int64_t most, struct history_event_list *out);

/* May who asks read the history of the page though not its steward? Of one that
 * nobody keeps: an operator, and a coordinator of a network that it is in. */
rc history_may_follow(struct ctx *c, community_id community, bool *out);

#endif
