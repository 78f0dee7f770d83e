/* marks.h - components of this slice's templates. */
#ifndef MAILLAGE_MARKS_H
#define MAILLAGE_MARKS_H

#include "platform/out.h"
#include "spaces/opening.h"
#include "spaces/right.h"

/* The state of a booking: word, icon and colour. */
void ui_booking_status(struct out *o, int status);

/* How much of a right is left: stitches and words. */
void ui_right_left(struct out *o, const struct right_offer *r);

/* Who gives a right: the emblem of the community, or a drawn one. */
void ui_right_emblem(struct out *o, const struct right_offer *r);

/* A price as people say it: "Gratuit" or 14,00 €. */
void ui_price(struct out *o, money price);

/* "au lieu de 14,00 €", where a right is cheaper than the public price. */
void ui_was(struct out *o, const struct right_offer *r);

/* A span as people say it: "9 h – 19 h". */
void ui_span(struct out *o, minute from, minute to);

/* Several: "9 h – 12 h, 14 h – 19 h"; NULL when there is none. */
const char *spans_words(struct ctx *c, const struct spans *hours);

/* A text as a QR code, in a figure of its own. */
void ui_qr(struct out *o, const char *text, const char *label);
/* The same at the foot of a sheet. */
void ui_qr_small(struct out *o, const char *text, const char *label);

/* The right that a booking counts on, and what is left of it where it is counted. */
void ui_left_of(struct out *o, quantity cap, quantity taken, quantity measure, const char *label);

/* A day as a title: "Jeudi 26 novembre 2026", or short: "Jeu. 26 nov.". */
void ui_day_title(struct out *o, day d);
void ui_day_short(struct out *o, day d);

/* For lists of what comes: the day of the month, large, and its weekday. */
void event_date(struct out *o, day d);

/* The head of a day's column: "lun. <b>23</b>". */
void ui_day_head(struct out *o, day d);
/* The same over a column: the weekday whole, and its letter over a month. */
void ui_day_column(struct out *o, day d);
void ui_weekday(struct out *o, day d);
void ui_weekday_letter(struct out *o, day d);
void ui_day_number(struct out *o, day d);

/* A price and what it is for: "22 € / h". */
void ui_unit_price(struct out *o, money price, int unit);
/* The same for who asks, with the right that gives it; without price: what she lacks. */
void ui_your_price(struct out *o, money price, int unit, const char *right);

#endif
