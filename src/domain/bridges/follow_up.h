/* follow_up.h - where a convention stands for whoever looks: one sentence, two
 * lines over the months, what waits for somebody, the balance with each
 * counterpart. All figures are of sums that are kept (exchange_sum.h). */
#ifndef MAILLAGE_FOLLOW_UP_H
#define MAILLAGE_FOLLOW_UP_H

#include "bridges/exchange_seen.h"
#include "bridges/follow_up_shape.h"
#include "platform/out.h"

#define SILENT_DAYS 90 /* a pair without a use for so long is silent */
#define SHOWN_FROM  5  /* fewer people than that are not counted before their organisation */

void follow_head_fill(const struct exchange_book *b, const char *tab, struct follow_head *h);

/* Fill the page from an open book, summed up to what is due. Reads counters and people's totals. */
rc follow_up_fill(struct ctx *c, const struct exchange_book *b, struct follow_page *v);

/* What waits: contests, late credits, rights that end, what is to be paid. */
rc follow_todo_fill(struct ctx *c, const struct exchange_book *b, struct follow_page *v);

/* "3e trimestre 2026" of a day. */
const char *quarter_label(struct ctx *c, day d);
day quarter_start(day d);

/* "nov. 2026": where the day is not the reader's to see. */
const char *month_words(struct ctx *c, day d);

/* Counts under SHOWN_FROM, and those that differ from the one before by less,
 * become NONE; true when one did. */
bool people_hide(int64_t *counts, size_t n);

/* What a sender is told of its people, wherever it is told: two figures of the
 * same that were hidden by two rules would tell of few by their difference. */
rc people_told(struct ctx *c, convention_id convention, version_id version, community_id sender,
	       struct follow_people *out);

/* For templates. */
void follow_chart(struct out *o, const struct follow_lines *v);
void follow_bar(struct out *o, quantity value, quantity most);
void follow_trend(struct out *o, const struct follow_point_list *trend, quantity low, quantity high);
void follow_rights_bar(struct out *o, const struct follow_rights *v);
void follow_people_bars(struct out *o, const struct follow_people *v);
void follow_icon(struct out *o, const char *name);
void follow_signed(struct out *o, quantity q);
/* An <option> for a party. */
void follow_party(struct out *o, const pubid *pub, const char *name, const char *current);
void follow_state(struct out *o, int state);

#endif
