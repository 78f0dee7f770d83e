#include "territory/distance.h"

#include <math.h>

double commune_distance(int64_t lat_e5, int64_t lon_e5, int64_t other_lat_e5, int64_t other_lon_e5)
{
	const double radius = 6371008.8, unit = M_PI / 180 / 100000;
	double up = sin((double)(other_lat_e5 - lat_e5) * unit / 2);
	double along = sin((double)(other_lon_e5 - lon_e5) * unit / 2);
	double h = up * up + cos((double)lat_e5 * unit) * cos((double)other_lat_e5 * unit) * along * along;
	return 2 * radius * asin(sqrt(h < 1 ? h : 1));
}
