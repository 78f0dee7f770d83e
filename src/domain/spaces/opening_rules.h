/* opening_rules.h - what opening_parse makes, for opening*.c alone. */
#ifndef MAILLAGE_OPENING_RULES_H
#define MAILLAGE_OPENING_RULES_H

#include "spaces/opening.h"

enum { DAY_MINUTES = 1440 };
enum { RULE_SPANS = SPANS_MAX / 2, RULE_DATES = 12, RULE_WEEKS = 12 };

struct date_range {
	int from, to; /* month * 100 + day; from > to goes over the new year */
	bool months;  /* whole ones: from the 1st to the 31st */
};

struct week_range {
	int from, to;
};

struct opening_rule {
	size_t n_dates, n_weeks, n_spans; /* no dates, no weeks: any; no spans: closed */
	struct date_range dates[RULE_DATES];
	struct week_range weeks[RULE_WEEKS];
	unsigned weekdays;	       /* bit 0 Monday; none, and no holidays either: any day */
	bool holidays;		       /* public holidays too, or alone */
	struct span spans[RULE_SPANS]; /* to goes to 2879, past midnight */
};

struct opening {
	size_t n;
	struct opening_rule *rules;
	bool names_holidays; /* any rule does */
};

extern const char *const opening_weekdays[7]; /* "Mo" .. */
extern const char *const opening_months[12];  /* "Jan" .. */

/* The run of weekdays that begins at or after `from`; false: there is none.
 * Two days are two runs, three and more are one. */
bool opening_run(unsigned weekdays, int from, int *first, int *last);
/* No selector at all? */
bool opening_is_any_day(const struct opening_rule *r);
/* One span from midnight to midnight? */
bool opening_is_whole_day(const struct opening_rule *r);

#endif
