#include "territory/commune.h"

#include <math.h>

#include "territory/commune_sql.h"

rc commune_by_insee(struct ctx *c, const char *insee, struct commune_card *out)
{
	bool found;
	TRY(commune_card_of(c, insee, out, &found));
	if (found)
		return OK;
	TRY(commune_of_alias(c, insee, &insee, &found));
	if (found)
		TRY(commune_card_of(c, insee, out, &found));
	return found ? OK : fail(c, E_NOT_FOUND, "commune.not_found");
}

rc commune_details(struct ctx *c, const char *insee, struct commune_row *out)
{
	bool found;
	struct commune_card today;
	TRY(commune_by_insee(c, insee, &today));
	TRY(commune_row_of(c, today.insee, out, &found));
	return found ? OK : fail(c, E_NOT_FOUND, "commune.not_found");
}

double commune_distance(int64_t lat_e5, int64_t lon_e5, int64_t other_lat_e5, int64_t other_lon_e5)
{
	const double radius = 6371008.8, unit = M_PI / 180 / 100000;
	double up = sin((double)(other_lat_e5 - lat_e5) * unit / 2);
	double along = sin((double)(other_lon_e5 - lon_e5) * unit / 2);
	double h = up * up + cos((double)lat_e5 * unit) * cos((double)other_lat_e5 * unit) * along * along;
	return 2 * radius * asin(sqrt(h < 1 ? h : 1));
}
