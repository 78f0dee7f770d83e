/* import_match.h - who is here already? Every community, held in memory for as
 * long as a file is read, and how alike an arrival is to each near it. */
#ifndef MAILLAGE_IMPORT_MATCH_H
#define MAILLAGE_IMPORT_MATCH_H

#include "observatory/arrival_check.h"
#include "observatory/import_shape.h"

struct match_index;

/* Read all of them into c->mem. Inside a snapshot or transaction. */
rc match_read(struct ctx *c, const char *label, struct match_index **out);

/* What may be the same. `known`: the source calls it so, or it is an export of
 * our own. Else `score`, in thousandths, of how likely it is, MATCH_LEAST at
 * least, and why: words of enum match_reason with a number, | between. */
#define MATCH_LEAST 700
struct match {
	community_id community; /* 0: none */
	bool known;
	int64_t score;
	const char *reasons;
};
void match_find(struct ctx *c, struct match_index *x, const char *key, const struct record *r,
		struct match *out);

/* Two that are here and look like one; alike: their names, in thousandths. */
struct match_pair {
	const struct match_row *one, *other; /* the older first */
	int64_t score, alike;
};
struct match_pairs { struct match_pair *items; size_t n; };
/* The likeliest first. Only those are compared that are near or share a SIRET, a town, a
 * name in a département or a contact, and all that score MATCH_LEAST are among them. */
void match_pairs_find(struct ctx *c, struct match_index *x, struct match_pairs *out);
/* Are these two such a pair? */
bool match_pair_of(const struct match_index *x, community_id one, community_id other, struct match_pair *out);

#endif
