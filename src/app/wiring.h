/* wiring.h - where higher slices are plugged into the ports of lower ones. */
#ifndef MAILLAGE_WIRING_H
#define MAILLAGE_WIRING_H

#include "platform/app.h"

/* Plug everything in; once, before any request or command. */
void wire(struct app *app);

#endif
