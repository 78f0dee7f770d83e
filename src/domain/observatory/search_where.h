/* search_where.h - where a search is told from. Inside a snapshot. */
#ifndef MAILLAGE_SEARCH_WHERE_H
#define MAILLAGE_SEARCH_WHERE_H

#include "base/ctx.h"
#include "territory/commune_shape.h"

#define SEARCH_KM 130 /* how far "near" goes when nobody says */

/* What was typed or followed; the first of town, community and position that is there counts. */
struct where_asked {
	const char *town, *near; /* near: public id of a community */
	int64_t lat_e5, lon_e5, km;
};

struct where_found {
	int64_t lat_e5, lon_e5, km;	/* NONE: nowhere, everywhere */
	const char *name, *departement; /* NULL: a bare position */
	bool not_found;
	struct commune_found_list namesakes; /* other towns of the very name */
	struct commune_found_list like;	     /* not found: towns that begin like it */
};

/* For a name that no town has, even with a letter or two wrong: those that begin as it does, as
 * far as any do, at most `most`. */
rc search_towns_like(struct ctx *c, const char *typed, int most, struct commune_found_list *out);

rc search_where(struct ctx *c, const struct where_asked *ask, struct where_found *out);

/* The towns that may be meant by words typed where names are looked for, best first, at most `most`: a code, a whole
 * name, the beginning of that of a large town; when nothing answers to the words, any that looks like them. */
rc search_towns(struct ctx *c, const char *words, bool nothing_else, int most, struct commune_found_list *out);

#endif
