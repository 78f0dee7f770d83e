/* exchange_port.h - port of workshops: those announced as counterpart are
 * worth credits when their attendance is closed. */
#ifndef MAILLAGE_EXCHANGE_PORT_H
#define MAILLAGE_EXCHANGE_PORT_H

#include "workshops/workshop.h"

extern const struct workshop_port exchange_workshops;

#endif
