#include "spaces/space_settings.h"

#include "base/civil.h"
#include "base/pubid.h"
#include "people/community.h"
#include "spaces/space_settings_sql.h"
#include "spaces/space_sql.h"

static rc check_opening(struct ctx *c, const char *text)
{
	struct opening *o;
	rc code = opening_parse(c, text, &o, NULL);
	if (code == E_INVALID)
		c->failure.field = "opening";
	return code;
}

rc place_save(struct ctx *c, const struct place_row *p)
{
	struct place_row old;
	if (!zone_exists(p->zone))
		return fail_field(c, "zone", "place.zone");
	if (p->cancel_minute.v < 0 || p->cancel_minute.v > (p->cancel_day_before ? 1440 : 30 * 1440))
		return fail_field(c, "cancel_at", "place.cancel");
	TRY(check_opening(c, p->opening));
	TRY(place_get(c, p->community, &old));
	TRY(place_put(c, p, NULL));
	return community_note_whole(c, p->community, "place.save", "place", (pubid){ 0 }, &place_row_shape,
				    &old, p);
}

static rc check_space(struct ctx *c, const struct space_row *s)
{
	if (!s->name || !*s->name)
		return fail_field(c, "name", "space.name");
	if (s->capacity < 1 || s->capacity > 10000)
		return fail_field(c, "capacity", "space.capacity");
	if (s->granule < 5 || s->granule > 720 || 1440 % s->granule)
		return fail_field(c, "granule", "space.granule");
	if (s->shortest < s->granule || s->shortest > 1440 || s->shortest % s->granule)
		return fail_field(c, "shortest", "space.lengths");
	if (s->longest < s->shortest)
		return fail_field(c, "longest", "space.longest");
	if (s->longest > 1440 || s->longest % s->granule)
		return fail_field(c, "longest", "space.lengths");
	if (s->notice < 0 || s->notice > 60 * 1440)
		return fail_field(c, "notice", "space.notice");
	if (s->horizon < 0 || s->horizon > 3 * 366)
		return fail_field(c, "horizon", "space.horizon");
	return s->opening ? check_opening(c, s->opening) : OK;
}

static rc note_space(struct ctx *c, const char *action, const struct space_row *old,
		     const struct space_row *new)
{
	const struct space_row *s = new ? new : old;
	return community_note_whole(c, s->community, action, "space", s->pub, &space_row_shape, old, new);
}

/* From its first space on a place receives, as it says or else as place_get does: calendars, searches and
 * quotes then speak of the same hours. */
static rc begin_to_receive(struct ctx *c, community_id place)
{
	struct place_row p;
	bool found;
	TRY(place_by_community(c, place, &p, &found));
	if (found)
		return OK;
	TRY(place_get(c, place, &p));
	TRY(place_put(c, &p, NULL));
	return community_note_whole(c, place, "place.save", "place", (pubid){ 0 }, &place_row_shape, NULL,
				    &p);
}

rc space_add(struct ctx *c, struct space_row *s)
{
	TRY(check_space(c, s));
	TRY(begin_to_receive(c, s->community));
	pubid_new(&s->pub);
	TRY(space_insert(c, s, &s->id));
	return note_space(c, "space.add", NULL, s);
}

rc space_edit(struct ctx *c, const struct space_row *s)
{
	int64_t capacity, changed;
	struct space_row old;
	TRY(check_space(c, s));
	TRY(space_hold(c, s->id, &capacity));
	TRY(space_by_id(c, s->id, &old));
	TRY(space_update(c, s, &changed));
	if (!changed)
		return fail(c, E_NOT_FOUND, "db.not_found");
	return note_space(c, "space.edit", &old, s);
}

rc space_archive(struct ctx *c, space_id space)
{
	struct space_row s;
	int64_t capacity, n;
	TRY(space_hold(c, space, &capacity));
	TRY(space_by_id(c, space, &s));
	TRY(bookings_to_come(c, space, c->now, &n));
	if (n)
		return fail(c, E_CONFLICT, "space.booked");
	TRY(space_set_archived(c, space, c->now, NULL));
	return note_space(c, "space.archive", &s, NULL);
}

rc spaces_gone(struct ctx *c, community_id place, struct space_row_list *out)
{
	return spaces_archived(c, place, out);
}

rc space_reopen(struct ctx *c, community_id place, pubid space)
{
	struct space_row_list l;
	int64_t capacity, changed;
	TRY(spaces_archived(c, place, &l));
	for (size_t i = 0; i < l.n; i++) {
		if (!pubid_eq(l.items[i].pub, space))
			continue;
		TRY(space_hold(c, l.items[i].id, &capacity));
		TRY(space_reopened(c, l.items[i].id, place, &changed));
		if (changed)
			return note_space(c, "space.reopen", NULL, &l.items[i]);
	}
	return fail(c, E_NOT_FOUND, "db.not_found");
}

rc tariff_set(struct ctx *c, community_id place, int kind, int audience, int unit, money price, day from)
{
	struct place_row p;
	day today;
	minute now;
	struct tariff_line old;
	bool had;
	TRY(place_get(c, place, &p));
	utc_to_local(c->now, p.zone, &today, &now);
	if (from.v < today.v)
		return fail_field(c, "from", "tariff.past");
	if (!is_none(price) && price.v < 0)
		return fail_field(c, "price", "tariff.price");
	TRY(tariff_of_day(c, place, kind, audience, unit, from, &old, &had));
	TRY(tariff_end(c, place, kind, audience, unit, (day){ from.v - 1 }, from, NULL));
	TRY(tariff_drop(c, place, kind, audience, unit, from, NULL));
	if (!is_none(price))
		TRY(tariff_insert(c, place, kind, audience, unit, price, from, NULL));
	const struct tariff_line new = { kind, audience, unit, price, from, { NONE } };
	return community_note_whole(c, place, "tariff.set", "tariff", (pubid){ 0 }, &tariff_line_shape,
				    had ? &old : NULL, is_none(price) ? NULL : &new);
}

rc tariffs_of_place(struct ctx *c, community_id place, day on, struct tariff_line_list *out)
{
	return tariffs_from(c, place, on, out);
}

rc closure_there(struct ctx *c, community_id place, space_id space, day from, day to, bool *out)
{
	int64_t n;
	TRY(closures_of_days(c, place, space, from, to, &n));
	*out = n > 0;
	return OK;
}

rc closure_add(struct ctx *c, community_id place, space_id space, day from, day to, const char *reason,
	       int64_t *touched)
{
	struct closure_facts k;
	bool found;
	pubid pub;
	TRY(closure_there(c, place, space, from, to, &found));
	if (found)
		return fail_field(c, "from", "closure.there");
	if (to.v < from.v || to.v - from.v > 3 * 366)
		return fail_field(c, "to", "closure.dates");
	if (to.v < day_at(c->now, NULL).v)
		return fail_field(c, "to", "closure.past");
	pubid_new(&pub);
	TRY(closure_insert(c, pub, place, space, from, to, reason, NULL));
	TRY(bookings_within(c, place, space, from, to, touched));
	TRY(closure_facts_of(c, place, pub, &k, &found));
	return community_note_whole(c, place, "closure.add", "closure", pub, &closure_facts_shape, NULL, &k);
}

rc closure_remove(struct ctx *c, community_id place, pubid closure)
{
	struct closure_facts k;
	int64_t changed;
	bool found;
	TRY(closure_facts_of(c, place, closure, &k, &found));
	if (!found)
		return fail(c, E_NOT_FOUND, "db.not_found");
	TRY(closure_delete(c, place, closure, &changed));
	if (!changed) /* another was quicker */
		return fail(c, E_NOT_FOUND, "db.not_found");
	return community_note_whole(c, place, "closure.remove", "closure", closure, &closure_facts_shape, &k,
				    NULL);
}

rc closures_of_place(struct ctx *c, community_id place, day from, struct closure_line_list *out)
{
	return closures_from(c, place, from, c->now, out);
}
