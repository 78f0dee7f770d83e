/* booking_page.h - a booking as its person and the hosts of its place see it. */
#ifndef MAILLAGE_BOOKING_PAGE_H
#define MAILLAGE_BOOKING_PAGE_H

#include "spaces/book_shape.h"
#include "spaces/booking.h"

/* Its person, and who acts as a host or manager of the place; nobody else knows of it. */
bool booking_may_see(const struct ctx *c, const struct booking_row *b);

rc booking_page_fill(struct ctx *c, const struct booking_row *b, struct booking_page *v);

/* The booking as an iCalendar event, in c->mem. */
const char *booking_ics(struct ctx *c, const struct booking_page *v);

#endif
