#include "right_cast.h"

#include "bridges/grant.h"
#include "people/people.h"
#include "spaces/space_sql.h"

static void cast_charter(struct right_cast *s)
{
	cast_run(
		s->w,
		"INSERT INTO charter_acceptance (pub, version, person, membership, hash, at) VALUES ('%s', %lld, %lld, "
		"%lld, %s, 0)",
		cast_new_pub(s->w), (long long)s->x.version.v, (long long)s->yanis.v, (long long)s->member.v,
		s->w->kind == DB_SQLITE ? "zeroblob(32)" : "decode(repeat('00', 32), 'hex')");
}

struct right_cast *cast_right(struct world *w, const char *late, const char *hours)
{
	static const struct space_ports ports = {
		.sources = { &grant_source }, .n_sources = 1, .sinks = { &exchange_sink }, .n_sinks = 1
	};
	struct right_cast *s = talloc_zero(w->c, struct right_cast);
	s->w = w;
	space_ports = &ports;
	cast_exchange(w, &s->x, RIGHT_CREDITS, "counts");
	cast_run(w, "UPDATE convention_version SET late = %s, late_hours = %s", late, hours);
	for (int i = 0; i < CAST_PLACES; i++)
		cast_run(
			w,
			"INSERT INTO place (community, zone, opening, holidays, holidays_off, cancel_day_before, "
			"cancel_minute, walk_in) VALUES (%lld, 'Europe/Paris', 'Mo-Su 08:00-20:00', 'metropole', FALSE, "
			"TRUE, 1080, TRUE)",
			(long long)s->x.places[i].v);
	s->yanis = cast_person(w, "Yanis", "yanis@example.org");
	s->host = cast_person(w, "Malo", "malo@example.org");
	s->member = cast_member(w, s->yanis, s->x.cae, "cape", ROLE_MEMBER);
	cast_charter(s);
	w->c->actor = (struct actor){ .person = s->yanis, .membership = s->member, .community = s->x.cae };
	return s;
}

rc cast_right_book(struct ctx *c, void *arg)
{
	struct right_wish *k = arg;
	struct place_row place;
	struct space_row space;
	struct membership_row_list mine;
	struct booking_wish w = { 0 };
	TRY(place_get(c, k->s->x.places[k->place], &place));
	TRY(space_by_id(c, k->s->x.spaces[k->place], &space));
	TRY(stay_make(c, &space, &place, (day){ RIGHT_TODAY + k->days }, (minute){ k->from },
		      (minute){ k->to }, 1, &w.span));
	TRY(memberships_on(c, k->s->yanis, w.span.on_day, &mine));
	w.span.person = k->s->yanis;
	w.span.memberships = &mine;
	return booking_create(c, &w, &k->out);
}

void cast_amend(struct right_cast *s, const char *period, int64_t cap)
{
	struct world *w = s->w;
	long long first = (long long)s->x.version.v;
	cast_run(
		w,
		"INSERT INTO convention_version (pub, convention, number, text, charter, credit_per_day, workshop_value, "
		"workshop_credit, workshop_minimum, workshop_eligible, workshop_debit, room_free, due_days, no_show, "
		"late, expiry, contribution, retention_months, in_force) SELECT '%s', convention, 2, text, charter, "
		"credit_per_day, workshop_value, workshop_credit, workshop_minimum, workshop_eligible, workshop_debit, "
		"room_free, due_days, no_show, late, expiry, contribution, retention_months, %lld FROM "
		"convention_version WHERE id = %lld",
		cast_new_pub(w), (long long)(RIGHT_TODAY + 2), first);
	s->x.version.v = cast_last(w, "convention_version");
	for (int i = 0; i < 1 + CAST_PLACES; i++)
		cast_run(
			w,
			"INSERT INTO signature (pub, party, version, hash, person, membership, at) SELECT '%s', party, "
			"%lld, hash, person, membership, at FROM signature WHERE version = %lld AND party = "
			"(SELECT MIN(id) + %d FROM party)",
			cast_new_pub(w), (long long)s->x.version.v, first, i);
	cast_run(
		w,
		"INSERT INTO grant_rule (pub, version, rank, name, statuses, space_kinds, measure, price_kind, "
		"price_value, period, per_person, from_day, to_day, lineage) SELECT '%s', %lld, 1, name, statuses, "
		"space_kinds, measure, price_kind, price_value, '%s', %lld, from_day, to_day, id FROM grant_rule "
		"WHERE version = %lld",
		cast_new_pub(w), (long long)s->x.version.v, period, (long long)cap, first);
	cast_charter(s);
}
