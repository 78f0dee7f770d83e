/* siting_bound.h - the most that any choice of sites could reach, to say how
 * far a choice is from the best possible. Lagrangian relaxation: each town has
 * a price between nothing and its people; whatever the prices, the people above
 * their price and the best sites by the prices they collect bound every choice
 * from above. Prices follow the subgradient. It can be done a bit at a time. */
#ifndef MAILLAGE_SITING_BOUND_H
#define MAILLAGE_SITING_BOUND_H

#include "observatory/siting.h"

#define BOUND_STEPS 400

struct bound_run;

/* `value`: what a known choice reaches; the search ends when the bound is near it. */
struct bound_run *bound_new(TALLOC_CTX *mem, const struct siting_problem *p, int64_t value);

/* Go on until about `work` towns have been looked at, at least one step. Is it over? */
bool bound_go(struct bound_run *b, int64_t work);

int bound_steps(const struct bound_run *b);   /* done so far, of BOUND_STEPS at most */
int64_t bound_value(const struct bound_run *b); /* the lowest so far; never below the best choice */

#endif
