/* known.h - the places as they stood on a day, of what was said with a date and
 * of what the directory knew by then. In a snapshot.
 *
 * A fact with a date counts from it: opened in, became, closed in a year, linked
 * on a day, revenue of a year. A fact without one counts from the day that the
 * directory learned it (the study's: 2018), and a change from the day it was
 * made: what is changed later moves no figure of a day before. So for the year of
 * a fact: the first that is told counts from it; its correction, from when it is made. */
#ifndef MAILLAGE_KNOWN_H
#define MAILLAGE_KNOWN_H

#include <glib.h>

#include "base/ctx.h"
#include "observatory/indicator_shape.h"

struct known_day {
	day on;
	instant at;   /* its end, or now */
	int64_t year; /* of it */
	bool is_past;
};
/* NONE or a day to come: today. */
struct known_day known_day(struct ctx *c, day asked);

/* The places of a territory that were open, by name. source "": all. */
rc known_places(struct ctx *c, const struct known_day *d, const char *kind, const char *code, const char *source,
		struct place_fact_list *out);
/* Public ids of all that were open, anywhere; a set, in c->mem. */
rc known_open(struct ctx *c, const struct known_day *d, const char *source, GHashTable **out);

/* The same, and the other communities that had begun or were known by then. */
rc known_there(struct ctx *c, const struct known_day *d, GHashTable **out);
/* Since when changes are kept: before, what stood then stands for all days. */
rc known_since(struct ctx *c, day *out);

#endif
