/* demo_parts.h - what the files of the demo share; for demo*.c alone. */
#ifndef MAILLAGE_DEMO_PARTS_H
#define MAILLAGE_DEMO_PARTS_H

#include "app/demo.h"
#include "app/demo_shape.h"
#include "base/secret.h"
#include "spaces/space.h"

enum community_key {
#define COMMUNITY(key, ...) C_##key,
#define PERSON(...)
#define MORE(...)
#define SPACE(...)
#define HOSTED(...)
#include "app/demo_world.def"
#undef COMMUNITY
#undef PERSON
	N_COMMUNITIES
};
enum person_key {
#define COMMUNITY(...)
#define PERSON(key, ...) P_##key,
#include "app/demo_world.def"
#undef PERSON
	N_PERSONS
};
#undef HOSTED
#undef MORE
#undef SPACE
#undef COMMUNITY

/* Somebody who works in places now and then. */
struct guest {
	person_id person;
	membership_id membership;
	int community;	 /* key of the one she comes through */
	int places[2];	 /* where she goes, mostly to the first */
	int rate;	 /* of a thousand open days, how many she books */
	bool no_charter; /* has not accepted it yet: cannot come on a grant */
};

/* A place as bookings need it. */
struct demo_site {
	struct place_row place;
	struct space_row_list spaces;
};

struct demo {
	TALLOC_CTX *mem; /* until all is filled */
	community_id communities[N_COMMUNITIES];
	pubid pubs[N_COMMUNITIES];
	int kinds[N_COMMUNITIES];
	person_id persons[N_PERSONS];
	person_id staff[N_COMMUNITIES]; /* who receives, signs, answers there */
	membership_id staff_membership[N_COMMUNITIES];
	struct demo_site sites[N_COMMUNITIES];
	struct guest *guests;
	size_t n_guests;
	char password[PASSWORD_HASH_SIZE];
	size_t n_invented;
	uint64_t seed, next, dice;
	instant now;
	day today;
	day from, to; /* of the programme */
	instant then; /* when all this was set up */
	day then_day;
};

pubid demo_pub(struct demo *d);
/* 0 .. n - 1, the same at each run. */
int64_t demo_dice(struct demo *d, int64_t n);
instant demo_at(day d, int hour, int minutes);

/* Each opens its own transactions, in this order. */
rc demo_programme(struct ctx *c, struct demo *d);
rc demo_bookings(struct ctx *c, struct demo *d);

#endif
