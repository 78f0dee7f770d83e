/* pass.h - who is at the door: a code on the person's phone that changes each
 * minute, made from a secret the phone never sees. Good one minute early or late. */
#ifndef MAILLAGE_PASS_H
#define MAILLAGE_PASS_H

#include "spaces/booking.h"
#include "spaces/pass_shape.h"

#define PASS_CODE_SIZE 9 /* 8 characters of base 32 and NUL */

/* Her code now; for how many more seconds it is shown; and what the QR code
 * holds: it names her, so that it is found among everybody. */
rc pass_show(struct ctx *c, person_id person, char code[PASS_CODE_SIZE], int *seconds_left, const char **payload);

/* Whose is it? A payload is anybody's; a bare code, that of somebody who has a
 * booking at the place today (case and blanks do not matter).
 *   E_NOT_FOUND pass.unknown */
rc pass_find(struct ctx *c, community_id place, const char *text, person_id *out);

/* Usable here today, and why: each space of the place with the best offer she
 * has now, or the reason why there is none. */
rc usable_now(struct ctx *c, community_id place, person_id person, struct usable_space_list *out);

#endif
