/* lapse.h - a party leaves, or all ends sooner than was signed, and the version
 * says that bookings past that day are cancelled: they are, their right is given back and their person is told. */
#ifndef MAILLAGE_LAPSE_H
#define MAILLAGE_LAPSE_H

#include "base/ctx.h"

/* Job: each booking in a transaction of its own. */
rc bookings_lapse(struct ctx *c);

#endif
