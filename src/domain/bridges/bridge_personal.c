#include "bridges/bridge_personal.h"

#include "bridges/bridge_personal_sql.h"
#include "platform/json.h"

rc export_signings(struct ctx *c, person_id person, struct buf *json)
{
	struct exported_signing_list l;
	TRY(exported_signings_of(c, person, &l));
	json_write_list(json, &exported_signing_shape, (const struct any_list *)&l);
	return OK;
}
