/* convention_cast.h - for tests: a network that runs a programme, a place and a
 * cooperative, an entrepreneur and a stranger, each with a browser. Include
 * base/test.h first. */
#ifndef MAILLAGE_CONVENTION_CAST_H
#define MAILLAGE_CONVENTION_CAST_H

#include "browse.h"

struct convention_cast {
	struct world *w;
	community_id network, place, cae;
	struct browse *lucie, *malo, *claire, *ines, *stranger;
	char *at; /* "/conventions/PUB" */
	const char *pub;
};

#define SECRET	    "tissons-des-liens"
#define WITH_SECRET "&password=" SECRET

struct convention_cast cast_convention(struct world *w);
void cast_convention_leave(struct convention_cast *k);

/* POST to one of its addresses; signing and joining name the text that is offered, unless
 * the form does. */
int cast_post(struct convention_cast *k, struct browse *b, const char *what, const char *form);

/* From the template, of the network: k->at is it. */
void cast_draft(struct convention_cast *k, bool joinable);
void cast_invite(struct convention_cast *k, community_id who, const char *side);
/* Drafted, the place and the cooperative invited, proposed; and then signed by both. */
void cast_proposed(struct convention_cast *k);
void cast_signed(struct convention_cast *k);

/* GET what the place offers the entrepreneur on a day; accept the newest charter. */
int cast_quota(struct convention_cast *k, const char *on);
void cast_charter(struct convention_cast *k, struct browse *b);

#endif
