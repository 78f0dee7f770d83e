/* demo.h - a believable, invented world, the same at each run of a seed: for
 * newcomers, for looking at pages, for measures. */
#ifndef MAILLAGE_DEMO_H
#define MAILLAGE_DEMO_H

#include "base/ctx.h"

#define DEMO_PASSWORD "tissons-des-liens"

#define DEMO_SEED 2018

/* Fill an empty, migrated database as of c->now; `scale` bookings more in the
 * years before. Opens its own transactions. */
rc demo_fill(struct ctx *c, uint64_t seed, int64_t scale);

#endif
