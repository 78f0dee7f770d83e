#include <string.h>

#include "base/civil.h"
#include "base/pubid.h"
#include "people/people.h"
#include "people/profile.h"
#include "platform/markdown.h"
#include "spaces/booking.h"
#include "spaces/pack.h"
#include "spaces/place_data.h"
#include "spaces/place_page.h"
#include "spaces/place_page_sql.h"
#include "spaces/space_sql.h"
#include "spaces/tariff.h"
#include "territory/distance.h"

place_programme_fn *place_programme;
place_map_fn *place_map;
place_welcome_fn *place_welcome;

#define WEEK_DAYS 7

/* What the page is made from. */
struct making {
	struct place_page *v;
	const struct place_query *ask;
	struct place_row place;
	struct space_row_list spaces;
	struct occupation taken;
	struct spans hours[WEEK_DAYS]; /* of the chosen space */
	struct membership_row_list mine;
	day today;
	minute now;
};

static const struct {
	const char *icon;
} function_marks[PLACE_FUNCTION_COUNT] = {
	[PLACE_FUNCTION_WORK] = { "laptop" },	  [PLACE_FUNCTION_INSPIRE] = { "lightbulb" },
	[PLACE_FUNCTION_SHARE] = { "handshake" }, [PLACE_FUNCTION_EXPERIMENT] = { "flask-conical" },
	[PLACE_FUNCTION_SPREAD] = { "sprout" },	  [PLACE_FUNCTION_INNOVATE] = { "rocket" },
};

static bool has_word(const char *list, const char *word)
{
	size_t n = strlen(word);
	for (const char *s = list; (s = strstr(s, word)); s += n)
		if ((s == list || s[-1] == ' ') && (s[n] == ' ' || !s[n]))
			return true;
	return false;
}

static void fill_functions(struct ctx *c, const char *words, struct place_page *v)
{
	v->has_functions = words && *words;
	v->functions.items = new_array(c, struct place_function_mark, PLACE_FUNCTION_COUNT);
	for (int i = 0; i < PLACE_FUNCTION_COUNT; i++)
		v->functions.items[v->functions.n++] = (struct place_function_mark){
			i, function_marks[i].icon, has_word(words, enum_word(&place_function_words, i))
		};
}

/* What a source says of its hours, in words; NULL: nothing. */
static rc hours_said(struct ctx *c, community_id place, const char **out)
{
	struct opening *rules;
	const char *said;
	bool found;
	TRY(place_hours_said(c, place, &said, &found));
	if (!found)
		return OK;
	TRY(opening_parse(c, said, &rules, NULL));
	*out = opening_text(c, rules);
	return OK;
}

/* The kinds of space that there are, at the prices of the day; within a kind and unit the first is in force. */
static rc fill_prices(struct ctx *c, struct making *m)
{
	struct place_tariffs_row_list all, member;
	struct place_page *v = m->v;
	TRY(place_tariffs(c, m->place.community, AUDIENCE_PUBLIC, m->today, &all));
	TRY(place_tariffs(c, m->place.community, AUDIENCE_MEMBER, m->today, &member));
	v->prices.items = new_array(c, struct place_price, all.n + 1);
	for (size_t i = 0; i < all.n; i++) {
		const struct place_tariffs_row *t = &all.items[i];
		struct place_price *p = &v->prices.items[v->prices.n];
		if (v->prices.n && p[-1].kind == t->space_kind && p[-1].unit == t->unit)
			continue;
		*p = (struct place_price){ t->space_kind, t->unit, t->price, { NONE } };
		for (size_t k = member.n; k-- > 0;)
			if (member.items[k].space_kind == t->space_kind && member.items[k].unit == t->unit)
				p->member = member.items[k].price;
		v->prices.n++;
	}
	return OK;
}

#define TOWN_E5 60000 /* some 60 km north and south, less to the sides */

static rc nearest_town(struct ctx *c, const struct community_row *p, struct near_town *out, bool *found)
{
	struct near_town_list l;
	double best = 0;
	TRY(towns_around(c, p->lat_e5 - TOWN_E5, p->lat_e5 + TOWN_E5, p->lon_e5 - TOWN_E5,
			 p->lon_e5 + TOWN_E5, &l));
	*found = l.n > 0;
	for (size_t i = 0; i < l.n; i++) {
		double m = commune_distance(p->lat_e5, p->lon_e5, l.items[i].lat_e5, l.items[i].lon_e5);
		if (!i || m < best) {
			*out = l.items[i];
			best = m;
		}
	}
	return OK;
}

/* How far it is from her home; for others from the nearest town of some size. */
static rc fill_distance(struct ctx *c, const struct community_row *p, struct place_page *v)
{
	struct near_town t;
	bool found = false;
	v->km = NONE;
	if (p->lat_e5 == NONE || p->lon_e5 == NONE)
		return OK;
	if (c->actor.person.v)
		TRY(home_town_of(c, c->actor.person, &t, &found));
	if (!found)
		TRY(nearest_town(c, p, &t, &found));
	if (!found || (p->insee && strcmp(t.insee, p->insee) == 0))
		return OK;
	int64_t km = (int64_t)(commune_distance(p->lat_e5, p->lon_e5, t.lat_e5, t.lon_e5) + 500) / 1000;
	if (km < 1)
		return OK;
	v->from_town = t.name;
	v->km = km;
	return OK;
}

/* What a day at a desk costs, for the first lines of who may come. */
static void fill_day_price(struct place_page *v)
{
	v->day_price.v = v->member_price.v = NONE;
	for (size_t i = 0; i < v->prices.n; i++)
		if (v->prices.items[i].kind == SPACE_KIND_DESKS &&
		    v->prices.items[i].unit == TARIFF_UNIT_DAY) {
			v->day_price = v->prices.items[i].all;
			v->member_price = v->prices.items[i].member;
		}
}

static rc fill_place(struct ctx *c, const struct community_row *p, struct making *m)
{
	struct place_page *v = m->v;
	struct opening_state state;
	struct opening *rules;
	*v = (struct place_page){ .pub = p->pub,
				  .name = p->name,
				  .city = p->city ? p->city : p->city_printed,
				  .departement = p->departement,
				  .story = markdown_render(c, p->story),
				  .activities = p->activities,
				  .address = p->address,
				  .access = p->access,
				  .accessibility = p->accessibility,
				  .phone = p->phone,
				  .website = p->website,
				  .on_day = { NONE },
				  .from = { NONE },
				  .to = { NONE },
				  .cancel_until = { NONE },
				  .signed_in = c->actor.person.v != 0,
				  .keeps = (c->actor.roles & (ROLE_HOST | ROLE_MANAGER)) &&
					   c->actor.community.v == p->id.v };
	fill_functions(c, p->functions, v);
	TRY(profile_fill(c, p, &v->profile));
	if (place_map)
		TRY(place_map(c, p, &v->map));
	TRY(fill_distance(c, p, v));
	TRY(place_by_community(c, p->id, &m->place, &v->known));
	if (!v->known) {
		TRY(hours_said(c, p->id, &v->hours));
		place_data(c, p, NULL, NULL, m->today, v);
		return place_links(c, p->id, &v->links);
	}
	TRY(place_state(c, &m->place, &state, &m->today));
	TRY(opening_parse(c, m->place.opening, &rules, NULL));
	v->welcome = m->place.welcome;
	v->open_now = state.open;
	v->state = opening_state_text(c, &state, m->today);
	v->hours = opening_text(c, rules);
	utc_to_local(c->now, m->place.zone, &m->today, &m->now);
	if (place_welcome)
		TRY(place_welcome(c, p->id, m->today, &v->welcomed));
	if (place_programme)
		TRY(place_programme(c, p->id, m->today, &v->programme));
	TRY(fill_prices(c, m));
	TRY(pack_offers_of(c, p->id, &v->packs));
	fill_day_price(v);
	place_data(c, p, rules, m->place.zone, m->today, v);
	return place_links(c, p->id, &v->links);
}

static void choose_space(struct making *m)
{
	for (size_t i = 0; i < m->spaces.n; i++) {
		const struct space_row *s = &m->spaces.items[i];
		if (!m->v->has_space || pubid_eq(s->pub, m->ask->space)) {
			m->v->chosen = *s;
			m->v->has_space = true;
		}
	}
}

/* The week that was asked for, or the first with an hour left. */
static void choose_week(struct making *m)
{
	day d = is_none(m->ask->week) ? m->ask->day : m->ask->week;
	if (is_none(d) || d.v < m->today.v || d.v > m->today.v + 3660)
		d = m->today;
	if (is_none(m->ask->week) && is_none(m->ask->day) && weekday_of(d) >= 5)
		d.v += 7 - weekday_of(d);
	int iso_year;
	m->v->week.v = d.v - weekday_of(d);
	m->v->week_number = iso_week(m->v->week, &iso_year);
	m->v->before.v = m->v->week.v - 7;
	m->v->after.v = m->v->week.v + 7;
	m->v->has_before = m->v->week.v > m->today.v;
}

/* The span of a half, less what of today is over. */
static bool span_left(const struct making *m, const struct space_row *s, const struct spans *hours, day on,
		      int half, struct span *out)
{
	half_day_span(hours, half, out);
	if (on.v < m->today.v || on.v > m->today.v + s->horizon)
		return false;
	if (on.v == m->today.v && m->now.v > out->from.v)
		out->from.v = m->now.v / s->granule * s->granule;
	return out->to.v - out->from.v >= s->shortest;
}

static void fill_cell(struct ctx *c, struct making *m, size_t i, int half, struct place_cell *cell)
{
	const struct space_row *s = &m->v->chosen;
	struct span at, whole;
	*cell = (struct place_cell){ .on_day = { m->v->week.v + (int64_t)i }, .half = half, .units = NONE };
	half_day_span(&m->hours[i], half, &whole);
	bool open = whole.to.v > whole.from.v;
	if (!span_left(m, s, &m->hours[i], cell->on_day, half, &at)) {
		cell->state = open			    ? AVAIL_STATE_PAST
			      : cell->on_day.v < m->today.v ? AVAIL_STATE_PAST
							    : AVAIL_STATE_CLOSED;
		return;
	}
	int64_t n = occupation_free(c, &m->taken, s, cell->on_day, at.from, at.to);
	int64_t few = s->counted && s->capacity >= 4 ? s->capacity / 6 + 1 : 0;
	cell->units = n;
	cell->state = n <= 0 ? AVAIL_STATE_FULL : n <= few ? AVAIL_STATE_FEW : AVAIL_STATE_FREE;
}

static void fill_grid(struct ctx *c, struct making *m)
{
	struct place_page *v = m->v;
	size_t n = m->hours[6].n ? 7 : m->hours[5].n ? 6 : 5;
	v->days.items = new_array(c, struct place_day, n);
	for (size_t i = 0; i < n; i++) {
		day d = { v->week.v + (int64_t)i };
		v->days.items[v->days.n++] = (struct place_day){ d, d.v == m->today.v };
	}
	v->halves.items = new_array(c, struct place_half, 2);
	v->halves.n = 2;
	for (size_t h = 0; h < 2; h++) {
		struct place_half *row = &v->halves.items[h];
		row->half = h ? DAY_HALF_AFTERNOON : DAY_HALF_MORNING;
		row->cells.items = new_array(c, struct place_cell, n);
		row->cells.n = n;
		for (size_t i = 0; i < n; i++)
			fill_cell(c, m, i, row->half, &row->cells.items[i]);
	}
}

static bool cell_is_good(const struct place_page *v, size_t half, size_t i)
{
	int state = v->halves.items[half].cells.items[i].state;
	return state == AVAIL_STATE_FEW || state == AVAIL_STATE_FREE;
}

/* The whole day where it is free, else the half that is. */
static int half_of(const struct making *m, size_t i)
{
	const struct place_page *v = m->v;
	struct span whole;
	int asked = m->ask->half;
	if (asked > DAY_HALF_WHOLE && cell_is_good(v, asked == DAY_HALF_AFTERNOON, i))
		return asked;
	half_day_span(&m->hours[i], DAY_HALF_WHOLE, &whole);
	bool am = cell_is_good(v, 0, i), pm = cell_is_good(v, 1, i);
	if (am && pm && whole.to.v > whole.from.v && v->chosen.longest >= whole.to.v - whole.from.v)
		return DAY_HALF_WHOLE;
	return am ? DAY_HALF_MORNING : pm ? DAY_HALF_AFTERNOON : -1;
}

/* A day is chosen: the one asked for, or the first that has room. */
static void choose_day(struct making *m)
{
	struct place_page *v = m->v;
	for (size_t i = 0; i < v->days.n && is_none(v->on_day); i++) {
		day d = v->days.items[i].on_day;
		int half = half_of(m, i);
		struct span at;
		bool wanted = is_none(m->ask->day) || m->ask->day.v < v->week.v || m->ask->day.v == d.v;
		if (half < 0 || !wanted || !span_left(m, &v->chosen, &m->hours[i], d, half, &at))
			continue;
		v->on_day = d;
		v->half = half;
		v->from = at.from;
		v->to = at.to;
		for (size_t h = 0; h < 2; h++)
			v->halves.items[h].cells.items[i].chosen = half == DAY_HALF_WHOLE ||
								   (half == DAY_HALF_AFTERNOON) == (h == 1);
	}
}

/* The rights that the actor has for some hours; nothing when they cannot be booked. */
static rc quote(struct ctx *c, const struct making *m, const struct space_row *s, day on, minute from,
		minute to, struct right_offer_list *out)
{
	struct stay stay;
	*out = (struct right_offer_list){ 0 };
	if (stay_make(c, s, &m->place, on, from, to, 1, &stay) != OK) {
		c->failure = (struct failure){ 0 };
		return OK;
	}
	stay.person = c->actor.person;
	stay.memberships = &m->mine;
	return stay_quote(c, &stay, NULL, out);
}

static rc fill_right(struct ctx *c, struct making *m)
{
	struct place_page *v = m->v;
	struct right_offer_list offers;
	if (is_none(v->on_day))
		return OK;
	TRY(quote(c, m, &v->chosen, v->on_day, v->from, v->to, &offers));
	for (size_t i = 0; i < offers.n; i++) {
		if (offers.items[i].chosen) {
			v->right = offers.items[i];
			v->has_right = true;
		}
		v->others += offers.items[i].applies;
	}
	v->others -= v->has_right;
	struct booking_row b = { .on_day = v->on_day,
				 .zone = m->place.zone,
				 .starts_at = local_to_utc(v->on_day, v->from, m->place.zone),
				 .right_kind = v->has_right ? v->right.kind : RIGHT_KIND_PUBLIC,
				 .right_id = v->right.right_id };
	struct cancel_terms t;
	TRY(booking_cancel_terms(c, &m->place, &b, &t));
	v->cancel_until.v = t.counts && t.until.v > c->now.v ? t.until.v : NONE;
	return OK;
}

static const int unit_order[2][TARIFF_UNIT_COUNT] = {
	{ TARIFF_UNIT_HOUR, TARIFF_UNIT_HALF_DAY, TARIFF_UNIT_DAY },
	{ TARIFF_UNIT_DAY, TARIFF_UNIT_HALF_DAY, TARIFF_UNIT_HOUR },
};

/* Desks by the day, the rest by the hour, where the place has such a price. */
static void public_price(const struct place_tariffs_row_list *l, struct place_space *line)
{
	line->public_price.v = NONE;
	line->unit = -1;
	for (int u = 0; u < TARIFF_UNIT_COUNT && line->unit < 0; u++)
		for (size_t i = 0; i < l->n && line->unit < 0; i++)
			if (l->items[i].space_kind == line->kind &&
			    l->items[i].unit == unit_order[line->kind == SPACE_KIND_DESKS][u]) {
				line->public_price = l->items[i].price;
				line->unit = l->items[i].unit;
			}
}

static int64_t unit_minutes(int unit, const struct span *open)
{
	int64_t all = open->to.v - open->from.v;
	int64_t want = unit == TARIFF_UNIT_HOUR ? 60 : unit == TARIFF_UNIT_HALF_DAY ? HALF_DAY_MINUTES : all;
	return want < all ? want : all;
}

/* What the actor would pay for one unit of time of this space, that day. */
static rc your_price(struct ctx *c, struct making *m, const struct space_row *s, const struct spans *hours,
		     struct place_space *line)
{
	struct right_offer_list offers;
	bool qualified;
	line->your_price.v = NONE;
	if (!c->actor.person.v || is_none(m->v->on_day) || !hours->n)
		return OK;
	TRY(is_qualified(c, c->actor.person, s, m->v->on_day, &qualified));
	if (!qualified) {
		line->your_right = s->qualification;
		return OK;
	}
	struct span at = hours->at[hours->n - 1];
	if (m->v->on_day.v == m->today.v && m->now.v > at.from.v)
		at.from.v = m->now.v / s->granule * s->granule;
	int64_t n = unit_minutes(line->unit, &at);
	n = n < s->shortest ? s->shortest : n > s->longest ? s->longest : n;
	TRY(quote(c, m, s, m->v->on_day, (minute){ at.to.v - n }, at.to, &offers));
	for (size_t i = 0; i < offers.n; i++)
		if (offers.items[i].chosen) {
			line->your_price = offers.items[i].price;
			line->your_right = offers.items[i].name;
		}
	return OK;
}

/* Is there a stretch between bookings, long enough to be booked? */
static bool free_for(struct ctx *c, const struct making *m, const struct space_row *s, day on, minute from,
		     minute to)
{
	for (int64_t at = (from.v + s->granule - 1) / s->granule * s->granule; at + s->shortest <= to.v;
	     at += s->granule)
		if (occupation_free(c, &m->taken, s, on, (minute){ at }, (minute){ at + s->shortest }) > 0)
			return true;
	return false;
}

static rc fill_line(struct ctx *c, struct making *m, const struct space_row *s,
		    const struct place_tariffs_row_list *tariffs, struct place_space *line)
{
	struct spans hours;
	day on = is_none(m->v->on_day) ? m->today : m->v->on_day;
	*line = (struct place_space){ .pub = s->pub,
				      .name = s->name,
				      .note = s->note,
				      .kind = s->kind,
				      .capacity = s->capacity,
				      .counted = s->counted,
				      .units = NONE,
				      .state = AVAIL_STATE_CLOSED,
				      .chosen = s->id.v == m->v->chosen.id.v };
	public_price(tariffs, line);
	TRY(occupation_hours(c, &m->taken, &m->place, s, on, 1, &hours));
	if (hours.n) {
		minute from = hours.at[0].from, to = hours.at[hours.n - 1].to;
		if (on.v == m->today.v && m->now.v > from.v)
			from = m->now;
		line->units = to.v > from.v ? occupation_free(c, &m->taken, s, on, from, to) : 0;
		bool partly = line->units <= 0 && free_for(c, m, s, on, from, to);
		line->state = line->units > 0 ? AVAIL_STATE_FREE
			      : partly	      ? AVAIL_STATE_FEW
					      : AVAIL_STATE_FULL;
	}
	return your_price(c, m, s, &hours, line);
}

static rc fill_spaces(struct ctx *c, struct making *m)
{
	struct place_tariffs_row_list tariffs;
	struct place_page *v = m->v;
	TRY(place_tariffs(c, m->place.community, AUDIENCE_PUBLIC, is_none(v->on_day) ? m->today : v->on_day,
			  &tariffs));
	v->spaces.items = new_array(c, struct place_space, m->spaces.n);
	for (size_t i = 0; i < m->spaces.n; i++)
		TRY(fill_line(c, m, &m->spaces.items[i], &tariffs, &v->spaces.items[v->spaces.n++]));
	return OK;
}

rc place_page_fill(struct ctx *c, const struct community_row *place, const struct place_query *ask,
		   struct place_page *v)
{
	struct making m = { .v = v, .ask = ask };
	TRY(fill_place(c, place, &m));
	m.place.community = place->id;
	TRY(spaces_of_place(c, place->id, &m.spaces));
	if (!v->known)
		return OK;
	choose_space(&m);
	if (!v->has_space)
		return OK;
	if (c->actor.person.v)
		TRY(memberships_on(c, c->actor.person, m.today, &m.mine));
	choose_week(&m);
	TRY(occupation_read(c, place->id, v->week, (day){ v->week.v + WEEK_DAYS - 1 }, &m.taken));
	TRY(occupation_hours(c, &m.taken, &m.place, &v->chosen, v->week, WEEK_DAYS, m.hours));
	fill_grid(c, &m);
	choose_day(&m);
	TRY(fill_right(c, &m));
	return fill_spaces(c, &m);
}
