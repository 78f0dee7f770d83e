/* book.h - from wanted hours to a booking, as the pages do it: one day, or
 * several in a row of which the closed ones are left out. */
#ifndef MAILLAGE_BOOK_H
#define MAILLAGE_BOOK_H

#include "spaces/book_shape.h"
#include "spaces/booking.h"

#define BOOK_DAYS 31 /* the most that is booked at once */

/* What is wanted of a space, complete: what was not said is filled in. */
struct wanted {
	const struct space_row *space;
	struct place_row place;
	struct membership_row_list mine;
	day on, until; /* until.v == on.v: one day */
	minute from, to;
	int64_t units;
	bool whole; /* all the hours of the day */
};

/* The space must not be gone.
 *   E_INVALID  booking.past, booking.too_many_days */
rc wanted_make(struct ctx *c, const struct space_row *space, const struct book *ask, struct wanted *out);

/* Fill the quote. What forbids the hours is said in v->problem, not failed with;
 * c->failure then holds it. */
rc book_page_fill(struct ctx *c, const struct wanted *w, const char *choice, struct book_page *v);

/* Book the whole of it, or nothing. The first booking made comes out. Inside db_write. */
rc book_make(struct ctx *c, const struct wanted *w, const struct book *ask, struct booking_row *out);

#endif
