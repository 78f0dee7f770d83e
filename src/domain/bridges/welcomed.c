#include "bridges/welcomed.h"
#include "base/civil.h"
#include "bridges/welcomed_sql.h"

rc welcomed_caes(struct ctx *c, community_id place, int64_t *n)
{
	day today;
	minute now;
	utc_to_local(c->now, NULL, &today, &now);
	return caes_welcomed(c, place, today, n);
}
