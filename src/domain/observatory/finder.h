/* finder.h - one search over the catalogue: words, filters, nearness, hours.
 * Gives who was found, in order, and for each value of each facet how many
 * would be found with it. Inside a snapshot. */
#ifndef MAILLAGE_FINDER_H
#define MAILLAGE_FINDER_H

#include "observatory/catalogue.h"

#define FINDER_TAGS 16 /* filters at once */

enum finder_order {
	FINDER_BEST, /* what the words say, then nearness, then who can be booked, then whose
		      * page was said to be right within a year, then names */
	FINDER_NEAR,
	FINDER_NAME,
	FINDER_RECENT, /* newest records first */
	FINDER_YEAR    /* latest beginning first */
};

struct finder_ask {
	const char *words; /* as typed, or NULL */
	const char *tags;  /* "feature:wifi region:75", or NULL: several of a facet mean any of them, of features all */
	bool places;	   /* places alone */
	int64_t lat_e5, lon_e5; /* where distances are told from; NONE: nowhere */
	int64_t km;		/* not farther; NONE: everywhere */
	bool open;		/* open now */
	bool free;		/* a space takes a booking on `on` */
	bool usable;		/* a space takes one on `on` by a convention of the person's */
	day on;
	bool uses;		/* count who is open, free, usable too */
	enum finder_order order;
};

/* Of those found, how many: what a press on each would leave. */
struct finder_uses {
	int64_t open, free, usable;
};

struct found {
	uint32_t record;
	uint32_t score; /* of the words; more is better */
	float metres;	/* negative: not known */
};

struct finding {
	const struct catalogue *x;
	struct found *at;
	size_t n;
	const uint32_t *counts; /* by tag: how many with it, the other facets as they are chosen */
	tag chosen[FINDER_TAGS];
	size_t n_chosen;
	struct finder_ask ask;
	const uint8_t *score; /* by record, or NULL */
	struct finder_uses uses; /* when they were asked for */
	int32_t today;
};

/* In c->mem.
 *   E_INVALID  field "is": a filter that does not exist, or too many */
rc finder_find(struct ctx *c, const struct finder_ask *ask, struct finding *out);

/* How many of those found come before the page that follows a community's line, which
 * may be found no more: it has closed since. NULL or nobody's: 0. order: by which they
 * were sorted since, or NULL. */
typedef int finder_order_fn(const void *a, const void *b, void *arg);
size_t finder_after(const struct finding *f, const char *pub, finder_order_fn *order, void *arg);

bool is_chosen(const struct finding *f, tag t);

#endif
