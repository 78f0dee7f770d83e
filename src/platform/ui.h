/* ui.h - components that templates call with {{call ...}}. Each writes safe
 * HTML; what it is given is escaped. */
#ifndef MAILLAGE_UI_H
#define MAILLAGE_UI_H

#include "platform/out.h"

/* The badge of a community: its shape says its kind (an index of enum
 * community_kind: square CAE, house place, circle collective, hexagon
 * network), its letters the name. */
void ui_emblem(struct out *o, int kind, const char *initials);

#endif
