/* place_map.h - the map on a place's page: where it is, and the towns around. */
#ifndef MAILLAGE_PLACE_MAP_H
#define MAILLAGE_PLACE_MAP_H

#include "spaces/place_page.h"

/* Port place_map of the spaces slice. Nothing when nobody knows where the place is. */
place_map_fn place_map_draw;

#endif
