#include "spaces/offer_of_day.h"

#include "base/civil.h"
#include "spaces/occupation.h"
#include "spaces/offer_of_day_sql.h"

/* What was read of all places, each list by community, and how far it has been told. */
struct reading {
	day on;
	struct space_row_list spaces;
	struct taken_there_list taken;
	struct closed_there_list closed;
	struct skills_on_row_list skills;
	struct day_taking *takings; /* room for each space; a place's own begin where its spaces do */
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

/* May the actor use it, as far as it asks for something learned? */
static bool is_skilled(const struct reading *r, const struct space_row *s)
{
	for (size_t i = 0; s->qualification && i < r->skills.n; i++)
		if (r->skills.items[i].space.v == s->id.v)
			return true;
	return !s->qualification;
}

/* The first minute of the day at which a stay may begin that is so long: it may have begun within the hour,
 * but is not over; where the space wants notice, it is that far ahead. As stay_make says of one stay. */
static int64_t begins(struct ctx *c, const struct place_row *place, const struct space_row *s, day on,
		      int64_t least)
{
	int64_t hour_ago = c->now.v - 3600, not_over = c->now.v + 1 - least * 60;
	int64_t first = hour_ago > not_over ? hour_ago : not_over;
	day d;
	minute m;
	if (s->notice)
		first = c->now.v + s->notice * 60;
	utc_to_local((instant){ (first + 59) / 60 * 60 }, place->zone, &d, &m);
	return d.v < on.v ? 0 : d.v > on.v ? 1440 : m.v;
}

static enum day_state state_of(struct ctx *c, const struct reading *r, const struct occupation *o,
			       const struct space_row *s, const struct spans *hours, int64_t least,
			       int64_t first, day today)
{
	enum day_state state = DAY_STATE_CLOSED;
	for (size_t i = 0; i < hours->n && state != DAY_STATE_FREE; i++) {
		minute from = hours->at[i].from, to = hours->at[i].to;
		if (!stay_fits(s, from, to, least))
			continue;
		if (from.v < first)
			from.v = first;
		if (r->on.v > today.v + s->horizon)
			state = DAY_STATE_EARLY;
		else if (!stay_fits(s, from, to, least))
			state = state > DAY_STATE_LATE ? state : DAY_STATE_LATE;
		else if (!occupation_takes(c, o, s, r->on, from, to, least))
			state = DAY_STATE_FULL;
		else
			state = is_skilled(r, s) ? DAY_STATE_FREE : DAY_STATE_UNSKILLED;
	}
	return state;
}

/* Places of a pool that can be had from now, or from opening, until it closes. */
static int64_t free_of(struct ctx *c, const struct reading *r, const struct occupation *o,
		       const struct space_row *s, const struct spans *hours, day today, minute now)
{
	minute from = hours->at[0].from, to = hours->at[hours->n - 1].to;
	if (r->on.v == today.v && now.v > from.v)
		from.v = now.v / s->granule * s->granule;
	return from.v < to.v ? occupation_free(c, o, s, r->on, from, to) : 0;
}

static rc tell_space(struct ctx *c, struct reading *r, const struct place_row *place,
		     const struct occupation *o, const struct space_row *s, struct day_offer *f)
{
	struct spans hours;
	day today;
	minute now;
	int64_t least = stay_least(s);
	utc_to_local(c->now, place->zone, &today, &now);
	TRY(occupation_hours(c, o, place, s, r->on, 1, &hours));
	int64_t first = r->on.v < today.v ? 1440 : begins(c, place, s, r->on, least);
	enum day_state state = state_of(c, r, o, s, &hours, least, first, today);
	f->bookable = true;
	if ((int)state > f->that_day)
		f->that_day = state;
	if (state != DAY_STATE_FREE)
		return OK;
	f->takings.items[f->takings.n++] = (struct day_taking){ s->kind, least };
	if (s->counted)
		f->free += free_of(c, r, o, s, &hours, today, now);
	return OK;
}

static rc tell_spaces(struct ctx *c, struct reading *r, const struct place_row *place,
		      const struct occupation *o, struct day_offer *f)
{
	const struct space_row_list *l = &r->spaces;
	size_t from;
	while (r->space < l->n && l->items[r->space].community.v < place->community.v)
		r->space++;
	for (from = r->space; r->space < l->n && l->items[r->space].community.v == place->community.v;)
		r->space++;
	f->takings.items = &r->takings[from];
	for (size_t i = from; i < r->space; i++)
		TRY(tell_space(c, r, place, o, &l->items[i], f));
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
	f->open_now = s.open;
	f->state = opening_state_text(c, &s, today);
	TRY(tell_spaces(c, r, place, &o, f));
	f->over = f->that_day == DAY_STATE_LATE && r->on.v == today.v;
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
	r.takings = new_array(c, struct day_taking, r.spaces.n + 1);
	TRY(listed_taken(c, list, on, c->now, &r.taken));
	TRY(skills_on(c, c->actor.person, on, &r.skills));
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
