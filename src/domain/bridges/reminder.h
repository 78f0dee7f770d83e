/* reminder.h - letters to people who have a right and do not use it. Who got one
 * is nobody's to know but hers: no page of a community, no line of its audit,
 * no count says it. A letter has a link by which she wants no more of them;
 * that holds for all conventions, and her account says the same. */
#ifndef MAILLAGE_REMINDER_H
#define MAILLAGE_REMINDER_H

#include "bridges/terms.h"

#define REMIND_DAYS 30 /* between two letters, where the convention does not say */

/* Job: as often as each convention says, to who had the right for as long as
 * that and did not use it in that time; at most one letter a person, a
 * convention and such a time. */
rc reminders_run(struct ctx *c);

/* At once, to a sender's people, by somebody there: those who had no letter for
 * that time. *n: how many, NONE below five. Inside db_write. */
rc reminders_send(struct ctx *c, const struct convention_row *k, community_id sender, int64_t *n);

/* Whom a letter's link stands for. E_GONE "reminder.gone" */
rc reminder_person(struct ctx *c, const char *token, person_id *out);
/* No more of them, or again; twice is no error. Inside db_write. */
rc reminders_refuse(struct ctx *c, person_id person, bool on);

#endif
