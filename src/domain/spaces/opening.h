/* opening.h - when a place or a space is open, in OSM opening_hours: rules
 * joined by ";", of which the last one that fits a day decides it whole.
 *
 *   rule    [dates] [week numbers] [weekdays] hours   or   24/7
 *   dates   Jul-Aug   Dec 24   Dec 24-26   Dec 24-Jan 02   joined by ","
 *   weeks   week 1-26,30   by ISO
 *   weekdays  Mo-Fr,Su   Fr-Mo   PH (public holidays)   joined by ","
 *   hours   09:00-12:00,14:00-19:00   22:00-02:00 (into the next day)   off   closed
 *
 * Upper or lower case; "-" or an en dash. All of it pure: no clock, no
 * database. Minutes are those of the place's own day. */
#ifndef MAILLAGE_OPENING_H
#define MAILLAGE_OPENING_H

#include "base/ctx.h"
#include "base/types.h"
#include "territory/holiday.h"

struct opening;

/* What the rules do not say by themselves. */
struct opening_calendar {
	enum holiday_territory territory;
	bool holidays_off; /* closed on public holidays, unless a rule of PH says when */
	const struct closed_days {
		day from, to; /* both included */
	} * closed;
	size_t n_closed;
};

#define SPANS_MAX 16
struct spans {
	size_t n;
	struct span {
		minute from, to; /* [from, to), 0..1440 */
	} at[SPANS_MAX];	 /* in order, neither touching nor overlapping */
};

/* In c->mem. E_INVALID with "opening.*" (what was expected, and {position});
 * error_at (may be NULL) gets that position: characters of the text, from 1. */
rc opening_parse(struct ctx *c, const char *text, struct opening **out, size_t *error_at);

/* The same rules in one way of writing; parsing it gives the same hours. */
const char *opening_print(struct ctx *c, const struct opening *o);
/* As a sentence for a page: "lun. – ven. 9 h – 19 h, sam. 9 h – 13 h". */
const char *opening_text(struct ctx *c, const struct opening *o);

/* What is open on day d, with what comes over from the evening before. A
 * closed day loses its own hours only. */
void opening_day(const struct opening *o, const struct opening_calendar *cal, day d, struct spans *out);

/* Is it open all the time in [from, to) of day d? to may go past 1440, into
 * the next days. Nothing covers an empty span. */
bool opening_covers(const struct opening *o, const struct opening_calendar *cal, day d, minute from,
		    minute to);

/* Now, and when that changes. */
struct opening_state {
	bool open;
	bool changes; /* within 400 days; else the next two say nothing */
	day on;
	minute at; /* 1..1440 when open (1440: midnight), 0..1439 when closed */
};
void opening_state(const struct opening *o, const struct opening_calendar *cal, day d, minute m,
		   struct opening_state *out);
/* "Ouvert jusqu’à 19 h", "Fermé, ouvre demain à 9 h". today: the day of the state. */
const char *opening_state_text(struct ctx *c, const struct opening_state *s, day today);

#endif
