#include "spaces/offer_of_day.h"

#include "base/civil.h"
#include "spaces/occupation.h"
#include "spaces/offer_of_day_sql.h"

/* What was read of all places, each list by community, and how far it has been told. */
struct reading {
	day on;
	minute now; /* of the place that is told, when that day is its today; else its beginning */
	struct space_row_list spaces;
	struct taken_there_list taken;
	struct closed_there_list closed;
	size_t space, hold, closure;
};

/* The part of a list that is a place's; places come in the same order. */
static void next_taken(struct ctx *c, struct reading *r, community_id id, struct taken_list *out)
{
	const struct taken_there_list *l = &r->taken;
	size_t from;
	while (r->hold < l->n && l->items[r->hold].community.v < id.v)
		r->hold++;
	for (from = r->hold; r->hold < l->n && l->items[r->hold].community.v == id.v;)
		r->hold++;
	*out = (struct taken_list){ new_array(c, struct taken, r->hold - from + 1), r->hold - from };
	for (size_t i = 0; i < out->n; i++)
		out->items[i] = l->items[from + i].what;
}

static void next_closed(struct ctx *c, struct reading *r, community_id id, struct closed_span_list *out)
{
	const struct closed_there_list *l = &r->closed;
	size_t from;
	while (r->closure < l->n && l->items[r->closure].community.v < id.v)
		r->closure++;
	for (from = r->closure; r->closure < l->n && l->items[r->closure].community.v == id.v;)
		r->closure++;
	*out = (struct closed_span_list){ new_array(c, struct closed_span, r->closure - from + 1),
					  r->closure - from };
	for (size_t i = 0; i < out->n; i++)
		out->items[i] = l->items[from + i].what;
}

static rc tell_spaces(struct ctx *c, struct reading *r, const struct place_row *place,
		      const struct occupation *o, struct day_offer *f)
{
	const struct space_row_list *l = &r->spaces;
	while (r->space < l->n && l->items[r->space].community.v < place->community.v)
		r->space++;
	for (; r->space < l->n && l->items[r->space].community.v == place->community.v; r->space++) {
		const struct space_row *s = &l->items[r->space];
		struct spans hours;
		TRY(occupation_hours(c, o, place, s, r->on, 1, &hours));
		f->bookable = true;
		if (!hours.n)
			continue;
		minute from = hours.at[0].from, to = hours.at[hours.n - 1].to;
		if (r->now.v > from.v)
			from = r->now;
		f->over = f->over || to.v <= from.v;
		f->open = f->open || to.v > from.v;
		if (s->counted && to.v > from.v)
			f->free += occupation_free(c, o, s, r->on, from, to);
	}
	return OK;
}

static rc tell(struct ctx *c, struct reading *r, const struct place_row *place, struct day_offer *f)
{
	struct occupation o = { .from = r->on, .to = r->on };
	struct opening_state s;
	day today;
	*f = (struct day_offer){ .community = place->community };
	next_taken(c, r, place->community, &o.taken);
	next_closed(c, r, place->community, &o.closed);
	TRY(place_state_by(c, place, &o.closed, &s, &today));
	r->now = (minute){ 0 };
	if (r->on.v == today.v)
		utc_to_local(c->now, place->zone, &today, &r->now);
	f->open_now = s.open;
	f->state = opening_state_text(c, &s, today);
	TRY(tell_spaces(c, r, place, &o, f));
	f->over = f->over && !f->open;
	return OK;
}

rc offers_of_day(struct ctx *c, const char *list, day on, struct day_offer_list *out)
{
	struct place_row_list places;
	struct reading r = { .on = on };
	day today = day_at(c->now, NULL);
	TRY(listed_places(c, list, &places));
	*out = (struct day_offer_list){ new_array(c, struct day_offer, places.n + 1), 0 };
	if (places.n == 0)
		return OK;
	TRY(listed_spaces(c, list, &r.spaces));
	TRY(listed_taken(c, list, on, c->now, &r.taken));
	/* A day before: it is still yesterday west of here. */
	TRY(listed_closures(c, list, (day){ (today.v < on.v ? today.v : on.v) - 1 }, &r.closed));
	for (; out->n < places.n; out->n++)
		TRY(tell(c, &r, &places.items[out->n], &out->items[out->n]));
	return OK;
}

const struct day_offer *offer_at(const struct day_offer_list *l, community_id place)
{
	size_t low = 0, high = l->n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (l->items[middle].community.v < place.v)
			low = middle + 1;
		else
			high = middle;
	}
	return low < l->n && l->items[low].community.v == place.v ? &l->items[low] : NULL;
}
