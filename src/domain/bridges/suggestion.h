/* suggestion.h - which bridges next: the places near a community's people.
 *
 * Where people live is told by themselves and never shown. They are counted in
 * groups of five at least: those of one commune; those left over in an
 * intermunicipality; those left over in an arrondissement; the others are not
 * counted at all. Every figure adds up whole groups, so that no difference of
 * two figures - other radii, other places - is about fewer than five people.
 * Figures are rounded down to fives, radii are fixed, and who joined in the
 * course of a month is counted from the next: one arrival does not show. */
#ifndef MAILLAGE_SUGGESTION_H
#define MAILLAGE_SUGGESTION_H

#include "base/ctx.h"
#include "bridges/suggestion_shape.h"

#define GROUP_LEAST 5

struct home_group {
	community_id community;
	int64_t lat_e5, lon_e5, n; /* n of them, all at one public point */
};
struct home_groups {
	struct home_group *items;
	size_t n;
};

/* The groups of one community (0: of all), by community. */
rc home_groups(struct ctx *c, community_id community, struct home_groups *out);

/* What c->actor's community sees from its side, most gain first; each bridge that is missing, or all.
 *   E_DENIED "suggestion.not_this_side" */
rc suggestions_find(struct ctx *c, const struct suggestion_query *f, struct suggestions_page *v);

/* A draft between the two, from the template, both named as parties; run by the
 * acting community, which is one of them or a network. Inside db_write.
 *   E_DENIED "convention.team_only", "suggestion.not_yours"; E_INVALID "suggestion.kinds" */
struct convention_row;
rc suggestion_propose_now(struct ctx *c, const struct suggestion_propose *f, struct convention_row *out);

#endif
