#include "spaces/space_settings.h"

#include "audit/audit.h"
#include "base/civil.h"
#include "base/pubid.h"
#include "people/people.h"
#include "spaces/space_settings_sql.h"
#include "spaces/space_sql.h"

static rc note(struct ctx *c, community_id place, const char *action, const char *kind, const pubid *object,
	       const char *after)
{
	struct community_card card;
	TRY(community_card_get(c, place, &card));
	struct audit_event e = { .chain = card.pub.s,
				 .action = action,
				 .object_kind = kind,
				 .object = object ? *object : card.pub,
				 .after = after };
	return audit_note(c, &e);
}

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
	if (!zone_exists(p->zone))
		return fail_field(c, "zone", "place.zone");
	if (p->cancel_minute.v < 0 || p->cancel_minute.v > (p->cancel_day_before ? 1440 : 30 * 1440))
		return fail_field(c, "cancel_at", "place.cancel");
	TRY(check_opening(c, p->opening));
	TRY(place_put(c, p, NULL));
	return note(c, p->community, "place.save", "place", NULL, NULL);
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
	if (s->longest < s->shortest || s->longest > 1440 || s->longest % s->granule)
		return fail_field(c, "longest", "space.lengths");
	if (s->notice < 0 || s->notice > 60 * 1440)
		return fail_field(c, "notice", "space.notice");
	if (s->horizon < 0 || s->horizon > 3 * 366)
		return fail_field(c, "horizon", "space.horizon");
	return s->opening ? check_opening(c, s->opening) : OK;
}

rc space_add(struct ctx *c, struct space_row *s)
{
	TRY(check_space(c, s));
	pubid_new(&s->pub);
	TRY(space_insert(c, s, &s->id));
	return note(c, s->community, "space.add", "space", &s->pub, NULL);
}

rc space_edit(struct ctx *c, const struct space_row *s)
{
	int64_t capacity, changed;
	TRY(check_space(c, s));
	TRY(space_hold(c, s->id, &capacity));
	TRY(space_update(c, s, &changed));
	if (!changed)
		return fail(c, E_NOT_FOUND, "db.not_found");
	const char *after = fmt(c, "{\"capacity\":%lld}", (long long)s->capacity);
	return note(c, s->community, "space.edit", "space", &s->pub, after);
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
	return note(c, s.community, "space.archive", "space", &s.pub, NULL);
}

rc tariff_set(struct ctx *c, community_id place, int kind, int audience, int unit, money price, day from)
{
	struct place_row p;
	day today;
	minute now;
	TRY(place_get(c, place, &p));
	utc_to_local(c->now, p.zone, &today, &now);
	if (from.v < today.v)
		return fail_field(c, "from", "tariff.past");
	if (!is_none(price) && price.v < 0)
		return fail_field(c, "price", "tariff.price");
	TRY(tariff_end(c, place, kind, audience, unit, (day){ from.v - 1 }, from, NULL));
	TRY(tariff_drop(c, place, kind, audience, unit, from, NULL));
	if (!is_none(price))
		TRY(tariff_insert(c, place, kind, audience, unit, price, from, NULL));
	const char *after = fmt(c, "{\"kind\":\"%s\",\"audience\":\"%s\",\"unit\":\"%s\",\"price\":%lld}",
				enum_word(&space_kind_words, kind), enum_word(&audience_words, audience),
				enum_word(&tariff_unit_words, unit),
				is_none(price) ? -1LL : (long long)price.v);
	return note(c, place, "tariff.set", "place", NULL, after);
}

rc tariffs_of_place(struct ctx *c, community_id place, day on, struct tariff_line_list *out)
{
	return tariffs_from(c, place, on, out);
}

rc closure_add(struct ctx *c, community_id place, space_id space, day from, day to, const char *reason,
	       int64_t *touched)
{
	pubid pub;
	if (to.v < from.v || to.v - from.v > 3 * 366)
		return fail_field(c, "to", "closure.dates");
	if (to.v < day_at(c->now, NULL).v)
		return fail_field(c, "to", "closure.past");
	pubid_new(&pub);
	TRY(closure_insert(c, pub, place, space, from, to, reason, NULL));
	TRY(bookings_within(c, place, space, from, to, touched));
	return note(c, place, "closure.add", "closure", &pub, NULL);
}

rc closure_remove(struct ctx *c, community_id place, pubid closure)
{
	int64_t changed;
	TRY(closure_delete(c, place, closure, &changed));
	if (!changed)
		return fail(c, E_NOT_FOUND, "db.not_found");
	return note(c, place, "closure.remove", "closure", &closure, NULL);
}

rc closures_of_place(struct ctx *c, community_id place, day from, struct closure_line_list *out)
{
	return closures_from(c, place, from, c->now, out);
}
