/* settings_web.h - what the pages of a place's settings share. */
#ifndef MAILLAGE_SETTINGS_WEB_H
#define MAILLAGE_SETTINGS_WEB_H

#include "platform/route.h"
#include "spaces/host.h"
#include "spaces/settings_shape.h"

/* The place acted for, and a page of its settings with that tab lit. */
rc settings_open(struct ctx *c, struct req *q, const char *tab, const char *title, struct host_place *h,
		 struct host_settings **out);

#endif
