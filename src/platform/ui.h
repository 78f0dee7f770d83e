/* ui.h - components that templates call with {{call ...}}. Each writes safe
 * HTML; what it is given is escaped. Texts come translated: t:"key".
 *
 * Fields know the form they stand in: {{form sign_up}} inside <form> says which
 * (by its name in a .shape file); from it come required, lengths and bounds.
 * When that form was sent and refused, its fields keep what was typed (never
 * passwords and files) and show their error. Ids are "f-NAME". */
#ifndef MAILLAGE_UI_H
#define MAILLAGE_UI_H

#include "platform/out.h"
#include "platform/ui_shape.h"

/* A label, an input, its hint and its error; shows what was typed, else
 * `value`. `kind` is an input type (text email url tel search date time number
 * file), "photo" for a picture's file, "decimal" for a number as people type it (12,50), "lines" for a text
 * area, "password" for a known one, "new-password" for one to choose,
 * "username" for the address that goes with a password. Dates are given as
 * iso_day, hours as clock. hint and value may be "" or NULL. */
void ui_field(struct out *o, const char *name, const char *label, const char *hint, const char *kind,
	      const char *value);

/* The same for a choice in a list and among radio buttons. */
void ui_select(struct out *o, const char *name, const char *label, const char *hint,
	       const struct option_list *options, const char *value);
void ui_radio(struct out *o, const char *name, const char *label, const char *hint,
	      const struct option_list *options, const char *value);

/* <option>, chosen when `value` is the one typed, else when `current` is: for a
 * <select> that the template writes itself. */
void ui_option(struct out *o, const char *name, const char *value, const char *label, const char *current);

/* A box to tick; unticked is sent as 0. */
void ui_check(struct out *o, const char *name, const char *label, bool on);

/* The words of an enumeration with their labels, in c->mem. */
struct option_list ui_options(struct ctx *c, const struct enumeration *e);
/* The same after one of no value: that nothing is chosen. */
struct option_list ui_options_or(struct ctx *c, const struct enumeration *e, const char *none);

/* On top of a page: what must be looked at again, each linked to its field and
 * named by the message FORM.FIELD where there is one. Nothing without errors. */
void ui_error_summary(struct out *o);
/* Once the page is written: a line of the summary leads only to a field that the page shows. */
void ui_settle_summary(struct out *o);

/* A state: tone pastel gaude garance mousse ocre glycine pierre; icon "" for none. */
void ui_badge(struct out *o, const char *tone, const char *icon, const char *text);

/* A number to call, and an address to write to, as links: the text alone where
 * it holds no number (fewer than three digits) or several (more than E.164's
 * fifteen and a plus), or an address with signs that a link would misread. "+33 (0)5 49" calls +33549. */
void ui_phone(struct out *o, const char *phone);
void ui_mail(struct out *o, const char *address);

/* The badge of a community: its shape says its kind (an index of enum
 * community_kind: square CAE, house place, circle collective, hexagon
 * network), its letters the name. */
void ui_emblem(struct out *o, int kind, const char *initials);

/* The units of a right: what will be left after this use (full), this use
 * (gold), what was used before (hollow). Whole and half units up to ten in all,
 * a bar otherwise. The same is said in words to screen readers. */
void ui_stitches(struct out *o, quantity left, quantity this_one, quantity used);

#endif
