/* lambert.c - a conformal cone, unrolled. Constants and way: IGN, NTG 71 (the
 * ellipsoid is GRS 80; the cone touches at 44 and 49 degrees). */
#include "base/lambert.h"

#include <math.h>

#define EXPONENT     0.7256077650532670
#define CONSTANT     11754255.4261
#define POLE_X	     700000.0
#define POLE_Y	     12655612.0499
#define EXCENTRICITY 0.08181919104281579
#define MERIDIAN     3.0

static double degrees(double radians)
{
	return radians * 180 / M_PI;
}

/* The latitude whose isometric latitude this is: some steps reach a tenth of a millimetre. */
static double latitude_of(double isometric)
{
	double at = 2 * atan(exp(isometric)) - M_PI / 2;
	for (int i = 0; i < 8; i++) {
		double s = EXCENTRICITY * sin(at);
		at = 2 * atan(pow((1 + s) / (1 - s), EXCENTRICITY / 2) * exp(isometric)) - M_PI / 2;
	}
	return at;
}

bool lambert93_degrees(double x, double y, double *latitude, double *longitude)
{
	if (!(x > 0 && x < 1300000 && y > 6000000 && y < 7200000))
		return false;
	double radius = hypot(x - POLE_X, POLE_Y - y), turn = atan((x - POLE_X) / (POLE_Y - y));
	*longitude = MERIDIAN + degrees(turn / EXPONENT);
	*latitude = degrees(latitude_of(-log(radius / CONSTANT) / EXPONENT));
	return true;
}
