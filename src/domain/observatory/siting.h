/* siting.h - where to open next: a given number of sites, so that the most
 * people who are not reached yet live within a radius of one. It is the maximal
 * covering problem (Church and ReVelle, 1974). The answer is found by the lazy
 * greedy choice, at least 63 % of the best possible, then by exchanging one
 * site for another while that gains; siting_bound.h says how far it can be from
 * the best. The same question always has the same answer; people are integers. */
#ifndef MAILLAGE_SITING_H
#define MAILLAGE_SITING_H

#include "observatory/country.h"

struct siting_problem {
	const struct country *people;  /* the towns that count and are not reached yet */
	const struct country *options; /* the towns where a place may open */
	double km;
	size_t sites; /* how many may open */
};

/* The sites, the one that gains most first: indexes into options. `gains` is
 * what each adds to those before it. Fewer than asked for when nobody is left. */
struct siting_choice {
	uint32_t *sites;
	int64_t *gains;
	size_t n;
	int64_t gained; /* by all */
	int exchanges;	/* that the greedy choice was bettered by */
};

void siting_solve(TALLOC_CTX *mem, const struct siting_problem *p, struct siting_choice *out);

#endif
