/* ui.h - components that templates call with {{call ...}}. Each writes safe
 * HTML; what it is given is escaped. */
#ifndef MAILLAGE_UI_H
#define MAILLAGE_UI_H

#include "platform/out.h"

/* The badge of a community: its shape says its kind (an index of enum
 * community_kind: square CAE, house place, circle collective, hexagon
 * network), its letters the name. */
void ui_emblem(struct out *o, int kind, const char *initials);

/* What was wrong with the form just sent, each point a link to its field;
 * nothing when nothing was. Stands first in its form. */
void ui_error_summary(struct out *o);

/* A labelled input with its hint and its error; shows what was typed, else
 * `value`. `kind` is an input type (text email url tel search date time
 * number), "lines" for a text area, "password" for a known one,
 * "new-password" for one to choose, "username" for the address that goes with
 * a password. hint and value may be "" or NULL. */
void ui_field(struct out *o, const char *name, const char *label, const char *hint, const char *kind,
	      const char *value);

/* A box to tick; unticked is sent as 0. */
void ui_check(struct out *o, const char *name, const char *label, bool on);

/* <option>, chosen when `value` is the one typed, else when `current` is. */
void ui_option(struct out *o, const char *name, const char *value, const char *label, const char *current);

#endif
