/* double.h - two pages of one community become one. What the kept page says
 * stays; what only the other says is added. The other's address leads to the
 * kept one for good, its history stays readable, and everybody and everything
 * that can be both's goes along. */
#ifndef MAILLAGE_DOUBLE_H
#define MAILLAGE_DOUBLE_H

#include "base/ctx.h"
#include "observatory/double_shape.h"
#include "people/community_shape.h"

/* Why `gone` cannot be merged into `kept`, in words; NULL: it can. */
rc double_refusal(struct ctx *c, community_id gone, community_id kept, struct double_ties *ties, const char **why);

/* Inside db_write.
 *   E_CONFLICT  doubles.has_spaces, has_bookings, has_workshops, has_conventions,
 *               has_money, has_past, same_person: it, or somebody in both, is tied down;
 *               doubles.in_use by something else
 *   E_INVALID   doubles.itself */
rc double_merge(struct ctx *c, const struct community_row *gone, const struct community_row *kept);

/* They are two; the list does not show them any more. Inside db_write. */
rc double_distinguish(struct ctx *c, const struct community_row *one, const struct community_row *other);

/* Pairs that look like one and that nobody has told apart: `most` of them from
 * number `from` on, and how many there are. */
rc doubles_find(struct ctx *c, const struct doubles_query *f, size_t from, size_t most,
		struct double_pair_list *out, int64_t *n);
/* How alike these two are; 0 and NULL: not as much as that. */
rc double_alike(struct ctx *c, community_id one, community_id other, int64_t *percent, const char **why);

#endif
