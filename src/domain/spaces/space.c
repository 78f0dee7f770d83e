#include <string.h>

#include "spaces/space.h"
#include "spaces/space_sql.h"

static const char *zone_of(enum holiday_territory t)
{
	switch (t) {
	case HOLIDAY_TERRITORY_GUADELOUPE: return "America/Guadeloupe";
	case HOLIDAY_TERRITORY_MARTINIQUE: return "America/Martinique";
	case HOLIDAY_TERRITORY_GUYANE: return "America/Cayenne";
	case HOLIDAY_TERRITORY_REUNION: return "Indian/Reunion";
	case HOLIDAY_TERRITORY_MAYOTTE: return "Indian/Mayotte";
	case HOLIDAY_TERRITORY_SAINT_BARTHELEMY: return "America/St_Barthelemy";
	case HOLIDAY_TERRITORY_SAINT_MARTIN: return "America/Marigot";
	default: return "Europe/Paris";
	}
}

rc place_get(struct ctx *c, community_id community, struct place_row *out)
{
	const char *insee;
	bool found;
	TRY(place_by_community(c, community, out, &found));
	if (found)
		return OK;
	TRY(place_commune(c, community, &insee, &found));
	enum holiday_territory t = holiday_territory_of_commune(found ? insee : NULL);
	*out = (struct place_row){ .community = community,
				   .zone = zone_of(t),
				   .opening = "Mo-Fr 09:00-18:00",
				   .holidays = t,
				   .holidays_off = true,
				   .cancel_day_before = true,
				   .cancel_minute = { 18 * 60 } };
	return OK;
}

/* Days on which the space, or its whole place, is closed. */
static rc closed_days(struct ctx *c, const struct space_row *space, day d, struct opening_calendar *cal,
		      const char **reason)
{
	struct closures_between_row_list l;
	TRY(closures_between(c, space->community, d, d, &l));
	struct closed_days *days = new_array(c, struct closed_days, l.n);
	for (size_t i = 0; i < l.n; i++)
		if (!l.items[i].space.v || l.items[i].space.v == space->id.v) {
			days[cal->n_closed++] = (struct closed_days){ l.items[i].from_day,
								      l.items[i].to_day };
			*reason = l.items[i].reason;
		}
	cal->closed = days;
	return OK;
}

rc space_hours(struct ctx *c, const struct place_row *place, const struct space_row *space, day d,
	       struct spans *out, const char **reason)
{
	struct opening *o;
	struct opening_calendar cal = { .territory = (enum holiday_territory)place->holidays,
					.holidays_off = place->holidays_off };
	*reason = NULL;
	TRY(closed_days(c, space, d, &cal, reason));
	TRY(opening_parse(c, space->opening ? space->opening : place->opening, &o, NULL));
	opening_day(o, &cal, d, out);
	return OK;
}

rc space_hold(struct ctx *c, space_id space, int64_t *capacity)
{
	struct space_lock_row row;
	TRY(space_lock(c, space, &row));
	*capacity = is_none(row.archived_at) ? row.capacity : 0;
	return OK;
}

rc is_qualified(struct ctx *c, person_id person, const struct space_row *space, day on, bool *out)
{
	row_id id;
	*out = !space->qualification;
	if (*out || !person.v)
		return OK;
	return qualification_on(c, person, space->id, on, &id, out);
}
