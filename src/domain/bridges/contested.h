/* contested.h - the presences under a convention that people contest, as each party may see it (domain.md, "Who
 * sees what"): the host has names on its own page of contests; a sender has how many by month and place, and day,
 * space and name of those alone who let it see them; the runner has how many. Nobody but the host reads a reason. */
#ifndef MAILLAGE_CONTESTED_H
#define MAILLAGE_CONTESTED_H

#include "bridges/contested_shape.h"
#include "bridges/exchange_seen.h"

/* All that was asked for, in its order. E_NOT_FOUND: f->with is no party. */
rc contested_find(struct ctx *c, const struct exchange_book *b, const struct contested_query *f,
		  struct contested_row_list *out);

#endif
