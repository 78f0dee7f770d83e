/* booking_letter.h - what was recorded of a booking, told to its person. */
#ifndef MAILLAGE_BOOKING_LETTER_H
#define MAILLAGE_BOOKING_LETTER_H

#include "spaces/booking.h"

/* A letter in her language, once per booking (told_at), however often the host
 * changes his mind; a guest without an account gets none. `counted`: her right
 * was used. Inside db_write, before the audit. */
rc booking_letter(struct ctx *c, const struct booking_row *b, bool counted);

/* What the host answered to her contest. Inside db_write. */
rc contest_letter(struct ctx *c, const struct booking_row *b, bool accepted, const char *answer);

/* What the place made of her booking - accepted, refused, cancelled, let expire -
 * told to its person, unless she did it herself. Inside db_write. */
rc booking_news(struct ctx *c, const struct booking_row *b, int before);

#endif
