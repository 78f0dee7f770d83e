/* booking_step.h - how a booking moves from one state to another, for
 * booking*.c, contest.c and walk_in.c alone. A step is made under the locks of its space
 * and booking; several are run together, counters of all first, then facts,
 * then audit: the order of locks. */
#ifndef MAILLAGE_BOOKING_STEP_H
#define MAILLAGE_BOOKING_STEP_H

#include "spaces/booking.h"

enum count { COUNT_AS_IS, COUNT_HELD, COUNT_USED, COUNT_GIVEN_BACK };

struct step {
	struct booking_row b; /* change b.status and its instants, then run */
	int before;
	enum count count;
	int told, undone; /* a fact to tell, one to take back: booking_status, or -1 */
	const char *action;
	struct booking_row heir; /* the other booking of the day that is counted now; id 0: none */
};

#define IN(s) (1u << BOOKING_STATUS_##s)

/* Lock space, then booking; E_CONFLICT booking.wrong_state unless its status is in `allowed`. */
rc step_open(struct ctx *c, booking_id id, unsigned allowed, const char *action, struct step *s);
rc steps_run(struct ctx *c, struct step *s, size_t n);

/* The pieces, for who creates and changes. */
const struct right_source *right_source_of(int kind);
/* E_QUOTA when what was given back counts again, and is not there any more. */
rc booking_count(struct ctx *c, const struct booking_row *b, enum count to);
/* Is an offer of the same right? A tariff is the same by its kind; of others their source knows. */
rc right_goes_on(struct ctx *c, const struct booking_row *b, const struct right_offer *o, bool *same);
/* Its count of the day goes to another booking of the same day and right, if there is one. */
rc booking_pass_on(struct ctx *c, const struct booking_row *b, struct booking_row *heir);
rc booking_retell(struct ctx *c, const struct booking_row *heir);
rc booking_tell(struct ctx *c, const struct booking_row *b, int status, bool undone);
rc booking_note(struct ctx *c, const struct booking_row *b, const char *action, int before);
/* Is a no-show used? */
rc no_show_count(struct ctx *c, const struct booking_row *b, enum count *out);
int64_t stay_length_class(const struct stay *s);

#endif
