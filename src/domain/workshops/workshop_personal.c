#include "workshops/workshop_personal.h"

#include "platform/json.h"
#include "workshops/workshop_personal_sql.h"

rc export_enrolments(struct ctx *c, person_id person, struct buf *json)
{
	struct exported_enrolment_list l;
	TRY(exported_enrolments_of(c, person, &l));
	json_write_list(json, &exported_enrolment_shape, (const struct any_list *)&l);
	return OK;
}
