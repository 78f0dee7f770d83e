/* account_tabs.h - the pages of an account, side by side. */
#ifndef MAILLAGE_ACCOUNT_TABS_H
#define MAILLAGE_ACCOUNT_TABS_H

#include "platform/out.h"

/* `here`: account, memberships, sessions or tokens. For {{call}}. */
void ui_account_tabs(struct out *o, const char *here);

#endif
