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

struct demo_event;
struct demo {
	TALLOC_CTX *mem; /* until all is filled */
	community_id communities[N_COMMUNITIES];
	pubid convention;
	hash terms; /* of the version signed */
	pubid pubs[N_COMMUNITIES];
	int kinds[N_COMMUNITIES];
	person_id persons[N_PERSONS];
	person_id staff[N_COMMUNITIES]; /* who receives, signs, answers there */
	membership_id staff_membership[N_COMMUNITIES];
	struct demo_site sites[N_COMMUNITIES];
	struct guest *guests;
	size_t n_guests;
	char password[PASSWORD_HASH_SIZE];
	struct demo_event *events;
	size_t n_events, played;
	size_t n_invented;
	int housed; /* people of Cardamine who live where no bridge leads */
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
/* Where the people of a community work, mostly. */
int demo_place_near(int community);
instant demo_at(day d, int hour, int minutes);

/* Between the two, every random byte of the process comes from the seed. */
void demo_random_begin(uint64_t seed);
void demo_random_end(void);

/* Each opens its own transactions, in this order. */
rc demo_programme(struct ctx *c, struct demo *d);
/* A convention that is over, with its version; nobody is a party to it. */
struct demo_programme_facts {
	const char *name;
	day from, to;
	convention_id convention; /* filled */
};
rc demo_past_programme(struct ctx *c, struct demo *d, struct demo_programme_facts *f, version_id *version);

/* At that instant, unless it is after now, do it; `thing` lives in d->mem. */
typedef rc demo_deed(struct ctx *c, struct demo *d, void *thing);
void demo_when(struct demo *d, instant at, demo_deed *deed, void *thing);
void demo_plan_bookings(struct demo *d);
void demo_plan_workshops(struct demo *d);
/* All that was planned, in order of time. */
rc demo_play(struct ctx *c, struct demo *d);
/* Contests, chores, incidents: what the bookings leave behind. */
rc demo_leftovers(struct ctx *c, struct demo *d);

/* A file of places that was taken in, with one row that waits. */
rc demo_import(struct ctx *c, struct demo *d);

/* Pictures of a few places, drawn here. */
rc demo_photos(struct ctx *c, struct demo *d);

/* That many bookings in the years before. */
rc demo_scale(struct ctx *c, struct demo *d, int64_t bookings);

void demo_as_guest(struct ctx *c, const struct demo *d, const struct guest *g);
void demo_as_staff(struct ctx *c, const struct demo *d, int community);
/* Full, closed that day, no day left, no right: nobody's fault. */
rc demo_unless_refused(rc code);

/* Other conventions beside the programme: one to be signed, one being written. */
rc demo_agreements(struct ctx *c, struct demo *d);

/* A convention of a community; pub, runner, chain and by are filled. */
struct demo_convention;
rc demo_convention_open(struct ctx *c, struct demo *d, int runner, struct demo_convention *k, convention_id *out);

/* Fix the hash of a convention's newest version, once its grants are in. */
rc demo_fix_version(struct ctx *c, struct demo *d, convention_id convention);

#endif
