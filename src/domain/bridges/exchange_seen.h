/* exchange_seen.h - the exchanges of a convention as one audience may see them
 * (domain.md, "Who sees what"): a host has the names of presences at its own
 * place for as long as the version keeps them; a sender has totals by month,
 * and the presences of those of its people who let it see them; the runner has
 * totals only. What an audience may not see is never loaded for it. */
#ifndef MAILLAGE_EXCHANGE_SEEN_H
#define MAILLAGE_EXCHANGE_SEEN_H

#include "bridges/exchange_seen_shape.h"
#include "bridges/exchange_sum.h"
#include "platform/route.h"

struct exchange_book {
	const struct convention_seen *convention;
	community_id me; /* none: the runner, who sees totals of all pairs */
	day today;
	struct exchange_party_list parties;
	struct exchange_part_list parts; /* sums up to today */
	struct exchange_line_list lines; /* facts of a time */
	struct exchange_name_list names; /* by fact */
	struct exchange_rules rules;
};

/* Loader of :convention; the object is a struct convention_seen, roles hold in
 * the acting community. Strangers are told that there is no such thing. */
rc convention_loader(struct ctx *c, pubid pub, struct loaded *out);

/* Whom and what rules the acting community may see. */
rc exchange_book_open(struct ctx *c, const struct convention_seen *v, struct exchange_book *b);
/* Sums of all that it may see, days of the month of `cut` apart. */
rc exchange_book_sum(struct ctx *c, day cut, struct exchange_book *b);
/* Facts of a time, both days included: workshops, or all. */
rc exchange_book_gifts(struct ctx *c, day from, day to, struct exchange_book *b);
rc exchange_book_lines(struct ctx *c, day from, day to, struct exchange_book *b);
/* Whose presences the facts were (hosts, opt-ins). */
rc exchange_book_names(struct ctx *c, struct exchange_book *b);

/* The party, or NULL. */
const struct exchange_party *exchange_party_of(const struct exchange_book *b, community_id id);
const struct exchange_party *exchange_party_named(const struct exchange_book *b, const char *pub);

/* Whose presence it was, when the reader may know; else NULL. */
const struct exchange_name *exchange_name_of(const struct exchange_book *b, const struct exchange_line *l);

/* What a line, or a sum, adds to the reader's balance (negative: it
 * owes more), which for the runner is the sender's. */
int64_t exchange_gain(const struct exchange_book *b, const struct exchange_line *l);
int64_t exchange_part_gain(const struct exchange_book *b, const struct exchange_part *p);

/* The last day on which it gives the reader's people, or its spaces, anything. */
day exchange_last_day(const struct convention_seen *k);

/* A presence or no-show, or the reversal of one. */
bool exchange_is_use(const struct exchange_line *l);

#endif
