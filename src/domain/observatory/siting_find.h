/* siting_find.h - from a question of the page to a problem, and from its
 * answer to communes by their names. */
#ifndef MAILLAGE_SITING_FIND_H
#define MAILLAGE_SITING_FIND_H

#include "observatory/reach.h"
#include "observatory/siting.h"
#include "observatory/siting_shape.h"

/* A question with every choice made, and what it comes down to. */
struct siting_case {
	struct siting_query ask;
	const char *territory_name;
	struct siting_problem problem;
	struct siting_choice choice;
	struct place_spot_list places;
	int64_t unplaced;
	int64_t people, today; /* of the territory; within the distance already */
	struct reach_area_list epcis; /* all of the country, by code */
	int64_t epci, epci_nobody;    /* with people in the territory; of which nobody is reached */
	hash key; /* of the question, the places and the data: same key, same answer */
};

/* Everything but the choice.
 *   E_INVALID "siting.no_territory" on field territory */
rc siting_prepare(struct ctx *c, const struct siting_query *f, struct siting_case *out);
/* The choice, too. */
rc siting_find(struct ctx *c, const struct siting_query *f, struct siting_case *out);
/* "sites=6&km=30&…": the question, with every choice made, for an address. */
const char *siting_words(struct ctx *c, const struct siting_query *f);
/* The page of a case; without the bound. */
rc siting_fill(struct ctx *c, const struct siting_case *k, struct siting_page *v);
/* Its map: who is reached today by intermunicipality, places, sites in gold. */
rc siting_map(struct ctx *c, const struct siting_case *k, const struct siting_page *v, html *out);

#endif
