/* lambert.h - Lambert-93, the metres in which French maps are drawn, as degrees. */
#ifndef MAILLAGE_LAMBERT_H
#define MAILLAGE_LAMBERT_H

#include <stdbool.h>

/* Metres to degrees of RGF93, which on this scale are those of WGS 84: right
 * to less than a metre. false when they are not near France. */
bool lambert93_degrees(double x, double y, double *latitude, double *longitude);

#endif
