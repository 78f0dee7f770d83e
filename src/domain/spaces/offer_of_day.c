#include "spaces/offer_of_day.h"
#include "spaces/occupation.h"
#include "spaces/space_sql.h"

rc offer_of_day(struct ctx *c, community_id place, day on, struct day_offer *out)
{
	struct place_row row;
	struct space_row_list spaces;
	struct occupation o;
	struct spans hours;
	bool known;
	*out = (struct day_offer){ .free = NONE };
	TRY(place_by_community(c, place, &row, &known));
	TRY(spaces_of_place(c, place, &spaces));
	if (!known || spaces.n == 0)
		return OK;
	TRY(occupation_read(c, place, on, on, &o));
	out->free = 0;
	for (size_t i = 0; i < spaces.n; i++) {
		const struct space_row *s = &spaces.items[i];
		TRY(occupation_hours(c, &o, &row, s, on, 1, &hours));
		out->open = out->open || hours.n;
		if (s->counted && hours.n)
			out->free += occupation_free(c, &o, s, on, hours.at[0].from,
						     hours.at[hours.n - 1].to);
	}
	return OK;
}
