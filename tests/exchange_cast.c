#include "exchange_cast.h"

#include "base/civil.h"
#include "base/pubid.h"

int64_t cast_last(struct world *w, const char *table)
{
	return cast_number(w, "SELECT MAX(id) AS value FROM %s", table);
}

const char *cast_new_pub(struct world *w)
{
	pubid *p = talloc(w->c->mem, pubid);
	pubid_new(p);
	return p->s;
}

static const char *no_hash(struct world *w)
{
	return w->kind == DB_SQLITE ? "zeroblob(32)" : "decode(repeat('00', 32), 'hex')";
}

static int64_t cast_chain(struct world *w)
{
	cast_run(w, "INSERT INTO chain (kind, subject, seq, head) VALUES ('ledger', '%s', 0, %s)",
		 cast_new_pub(w), no_hash(w));
	return cast_last(w, "chain");
}

static void cast_party(struct world *w, const struct exchange_cast *x, community_id who, const char *side,
		       int64_t membership)
{
	cast_run(w,
		 "INSERT INTO party (pub, convention, community, side, state, version, invited_at) "
		 "VALUES ('%s', %lld, %lld, '%s', 'active', %lld, 0)",
		 cast_new_pub(w), (long long)x->convention.v, (long long)who.v, side,
		 (long long)x->version.v);
	cast_run(w,
		 "INSERT INTO signature (pub, party, version, hash, person, membership, at) "
		 "VALUES ('%s', %lld, %lld, %s, %lld, %lld, 0)",
		 cast_new_pub(w), (long long)cast_last(w, "party"), (long long)x->version.v, no_hash(w),
		 (long long)x->owner.v, (long long)membership);
}

static void cast_place(struct world *w, struct exchange_cast *x, int i, int64_t membership)
{
	x->places[i] = cast_community(w, fmt(w->c, "Lieu %d", i + 1), "place");
	cast_run(
		w,
		"INSERT INTO space (pub, community, name, kind, capacity, counted, granule, shortest, longest, notice, "
		"horizon, needs_approval, rank) VALUES ('%s', %lld, 'CANARISPACE%d', 'desks', 100, %s, 15, 15, 1440, 0, "
		"365, %s, 1)",
		cast_new_pub(w), (long long)x->places[i].v, i, w->kind == DB_SQLITE ? "1" : "true",
		w->kind == DB_SQLITE ? "0" : "false");
	x->spaces[i].v = cast_last(w, "space");
	cast_party(w, x, x->places[i], "host", membership);
}

void cast_exchange(struct world *w, struct exchange_cast *x, int64_t credits, const char *no_show)
{
	const char *zero = w->kind == DB_SQLITE ? "0" : "false";
	x->owner = cast_person(w, "Claire", "claire@example.org");
	x->runner = cast_community(w, "La Toile des lieux", "network");
	x->cae = cast_community(w, "Cardamine", "cae");
	int64_t m = cast_member(w, x->owner, x->runner, "staff", ROLE_COORDINATOR).v;
	x->chain.v = cast_chain(w);
	day from = day_of(2026, 1, 1), to = day_of(2026, 12, 31);
	cast_run(
		w,
		"INSERT INTO convention (pub, runner, name, kind, state, chain, from_day, to_day, open_to_join, created_at, "
		"created_by) VALUES ('%s', %lld, 'CAP', 'programme', 'open', %lld, %lld, %lld, %s, 0, %lld)",
		cast_new_pub(w), (long long)x->runner.v, (long long)x->chain.v, (long long)from.v,
		(long long)to.v, zero, (long long)x->owner.v);
	x->convention.v = cast_last(w, "convention");
	cast_run(
		w,
		"INSERT INTO convention_version (pub, convention, number, text, charter, credit_per_day, workshop_value, "
		"workshop_credit, workshop_minimum, workshop_eligible, workshop_debit, room_free, due_days, no_show, expiry, "
		"contribution, retention_months, in_force) VALUES ('%s', %lld, 1, '', 'CANARICHARTE', %lld, 'flat', 4000, 3, "
		"'everyone', 'attendees', %s, 60, '%s', 'honoured', 0, 6, %lld)",
		cast_new_pub(w), (long long)x->convention.v, (long long)credits, zero, no_show,
		(long long)from.v);
	x->version.v = cast_last(w, "convention_version");
	cast_run(
		w,
		"INSERT INTO grant_rule (pub, version, rank, name, statuses, space_kinds, measure, price_kind, price_value, "
		"period, per_person, per_sender, from_day, to_day) VALUES ('%s', %lld, 1, 'Jours', 'cape cesa', 'desks', 'day', "
		"'free', 0, 'year', 9000, 180000, %lld, %lld)",
		cast_new_pub(w), (long long)x->version.v, (long long)from.v, (long long)to.v);
	x->grant.v = cast_last(w, "grant_rule");
	cast_party(w, x, x->cae, "sender", m);
	for (int i = 0; i < CAST_PLACES; i++)
		cast_place(w, x, i, m);
}

booking_id cast_booking(struct world *w, const struct exchange_cast *x, int place, person_id person,
			membership_id m, day on, int64_t measure)
{
	instant from = local_to_utc(on, (minute){ 540 }, NULL);
	cast_run(
		w,
		"INSERT INTO booking (pub, space, community, person, membership, sender, on_day, from_minute, to_minute, "
		"zone, starts_at, ends_at, length_class, units, status, right_kind, right_id, right_label, price, "
		"public_price, measure, walk_in, created_at, created_by) VALUES ('%s', %lld, %lld, %lld, %lld, %lld, %lld, "
		"540, 1020, 'Europe/Paris', %lld, %lld, 5, 1, 'confirmed', 'grant', %lld, 'Convention', 0, 0, %lld, %s, "
		"0, %lld)",
		cast_new_pub(w), (long long)x->spaces[place].v, (long long)x->places[place].v,
		(long long)person.v, (long long)m.v, (long long)x->cae.v, (long long)on.v, (long long)from.v,
		(long long)from.v + 28800, (long long)x->grant.v, (long long)measure,
		w->kind == DB_SQLITE ? "0" : "false", (long long)person.v);
	return (booking_id){ cast_last(w, "booking") };
}

workshop_id cast_workshop(struct world *w, const struct exchange_cast *x, int place, int hours)
{
	const char *yes = w->kind == DB_SQLITE ? "1" : "true";
	cast_run(
		w,
		"INSERT INTO workshop (pub, organiser, place, space, title, trainer, trainer_kind, on_day, from_minute, "
		"to_minute, starts_at, ends_at, capacity, price, is_public, status, created_at) VALUES ('%s', %lld, %lld, "
		"%lld, 'Devis', 'Malo', 'staff', %lld, 540, %d, 0, 1, 12, 0, %s, 'held', 0)",
		cast_new_pub(w), (long long)x->cae.v, (long long)x->places[place].v,
		(long long)x->spaces[place].v, (long long)day_of(2026, 11, 10).v, 540 + hours * 60, yes);
	return (workshop_id){ cast_last(w, "workshop") };
}

void cast_attend(struct world *w, workshop_id k, community_id as, int n, const char *status)
{
	static int serial;
	for (int i = 0; i < n; i++, serial++) {
		person_id p = cast_person(w, "P", fmt(w->c, "p%d@example.org", serial));
		cast_run(
			w,
			"INSERT INTO enrolment (pub, workshop, person, sender, status, rank, created_at, changed_at) "
			"VALUES ('%s', %lld, %lld, %lld, '%s', 1, 0, 0)",
			cast_new_pub(w), (long long)k.v, (long long)p.v, (long long)as.v, status);
	}
}
