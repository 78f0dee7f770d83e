/* place_welcome.h - who may come to a place by a convention, for its page. */
#ifndef MAILLAGE_PLACE_WELCOME_H
#define MAILLAGE_PLACE_WELCOME_H

#include "bridges/place_welcome_shape.h"
#include "spaces/place_page.h"

/* Port place_welcome of the spaces slice: the grants in force at a place, each
 * with those whose people it welcomes. Names of parties are public; quotas that
 * a party has left are not told. */
place_welcome_fn welcomed_at_place;

#endif
