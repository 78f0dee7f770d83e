/* step.h - what a community was, and when: steps in a year, told by its
 * stewards (a legal form taken, on the way to a Scic, closed), and what its
 * record said before it was changed. Figures of a past day are made of both. */
#ifndef MAILLAGE_STEP_H
#define MAILLAGE_STEP_H

#include "base/ctx.h"
#include "people/community_shape.h"
#include "people/step_shape.h"

/* Say that it happened, or take it back. A legal form newer than all others
 * becomes that of the record. What was told first of a kind counts from its year;
 * what corrects it, and what takes it back, counts from now: days before keep it.
 *   E_INVALID  "step.future" on field year; E_CONFLICT "step.not_there" */
rc step_say(struct ctx *c, const struct community_row *row, const struct step_edit *f);
/* In their order. */
rc steps_of(struct ctx *c, community_id community, struct step_row_list *out);

/* Keep what is about to be changed. Inside the transaction that changes it. */
rc community_remember(struct ctx *c, community_id id, const struct community_facts *old,
		      const struct community_facts *now);
/* Keep when a link that ended was one, before it begins again. */
rc link_remember(struct ctx *c, link_id id);

#endif
