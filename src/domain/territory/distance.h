/* distance.h - how far two points are from each other. Pure. */
#ifndef MAILLAGE_DISTANCE_H
#define MAILLAGE_DISTANCE_H

#include <stdint.h>

/* Metres between two points (hundred-thousandths of a degree), for display. */
double commune_distance(int64_t lat_e5, int64_t lon_e5, int64_t other_lat_e5, int64_t other_lon_e5);

#endif
