/* welcomed.h - how many cooperatives a place welcomes: what the search shows. */
#ifndef MAILLAGE_WELCOMED_H
#define MAILLAGE_WELCOMED_H

#include "spaces/places.h"

/* Port places_welcomed of the spaces slice. */
places_welcomed_fn welcomed_caes;

#endif
