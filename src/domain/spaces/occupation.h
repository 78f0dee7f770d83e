/* occupation.h - how full the spaces of a place are over some days: hours and
 * what is taken are read once, then asked as often as a page likes. */
#ifndef MAILLAGE_OCCUPATION_H
#define MAILLAGE_OCCUPATION_H

#include "spaces/occupation_shape.h"
#include "spaces/space.h"

struct occupation {
	day from, to; /* both included */
	struct taken_list taken;
	struct closed_span_list closed; /* closures that touch these days */
};

/* What holds the place's spaces between two days: what lives, requests that wait included, and what is over. */
rc occupation_read(struct ctx *c, community_id place, day from, day to, struct occupation *out);

/* The least that is free of a space at any minute of [from, to) on that day,
 * as if it were open. What is not counted is whole or nothing. */
int64_t occupation_free(struct ctx *c, const struct occupation *o, const struct space_row *s, day on, minute from,
			minute to);

/* The least length of a stay there, in minutes: its shortest, in whole steps. */
int64_t stay_least(const struct space_row *s);
/* Does a stay of that length fit between, at the steps of the space? Not when that is longer than its longest. */
bool stay_fits(const struct space_row *s, minute from, minute to, int64_t least);
/* Is there one in [from, to) of that day, as if it were open, with a place free all along? What is over
 * holds nothing. */
bool occupation_takes(struct ctx *c, const struct occupation *o, const struct space_row *s, day on, minute from,
		      minute to, int64_t least);

/* The hours of a space (NULL: of the place itself) on each of n days from `from`. */
rc occupation_hours(struct ctx *c, const struct occupation *o, const struct place_row *place, const struct space_row *s,
		    day from, size_t n, struct spans *out);

/* The two halves of an open day, of five hours at most each, and the whole of
 * it: what a page offers in one click. from.v == to.v: there is none. */
void half_day_span(const struct spans *hours, int half, struct span *out);

/* Is the place open now, and until when? */
rc place_state(struct ctx *c, const struct place_row *place, struct opening_state *out, day *today);
/* The same with its closures from today on, read before. */
rc place_state_by(struct ctx *c, const struct place_row *place, const struct closed_span_list *closed,
		  struct opening_state *out, day *today);

#endif
