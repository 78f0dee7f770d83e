#include "spaces/space_personal.h"

#include "platform/json.h"
#include "spaces/space_personal_sql.h"

rc export_bookings(struct ctx *c, person_id person, struct buf *json)
{
	struct exported_booking_list l;
	TRY(exported_bookings_of(c, person, &l));
	json_write_list(json, &exported_booking_shape, (const struct any_list *)&l);
	return OK;
}

rc export_packs(struct ctx *c, person_id person, struct buf *json)
{
	struct exported_pack_list l;
	TRY(exported_packs_of(c, person, &l));
	json_write_list(json, &exported_pack_shape, (const struct any_list *)&l);
	return OK;
}

rc export_contests(struct ctx *c, person_id person, struct buf *json)
{
	struct exported_contest_list l;
	TRY(exported_contests_of(c, person, &l));
	json_write_list(json, &exported_contest_shape, (const struct any_list *)&l);
	return OK;
}

rc erase_words_in_places(struct ctx *c, person_id person)
{
	TRY(erase_contests(c, person, NULL));
	return erase_purposes(c, person, NULL);
}
