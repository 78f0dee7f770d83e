#include "bridges/welcomed.h"
#include "base/civil.h"
#include "bridges/welcomed_sql.h"

rc welcomed_caes(struct ctx *c, struct caes_welcomed_list *out)
{
	return caes_by_place(c, day_at(c->now, NULL), out);
}

rc places_welcoming(struct ctx *c, person_id person, day on, struct welcoming_list *out)
{
	return places_of_rights(c, person, on, out);
}
