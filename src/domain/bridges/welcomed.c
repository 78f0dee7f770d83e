#include "bridges/welcomed.h"
#include "base/civil.h"
#include "bridges/welcomed_sql.h"

rc welcomed_caes(struct ctx *c, community_id place, int64_t *n)
{
	day today = day_at(c->now, NULL);
	return caes_welcomed(c, place, today, n);
}
