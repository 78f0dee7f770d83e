#include "territory/commune.h"

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
