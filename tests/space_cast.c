#include "base/test.h"

#include "people/people.h"
#include "space_cast.h"
#include "spaces/space_settings.h"

static const struct space_ports ports = {
	.sources = { &tariff_source_public, &tariff_source_member, &pack_source },
	.n_sources = 3,
};

static struct space_row space_like(const struct space_cast *k, const char *name, int kind, int64_t capacity,
				   bool counted)
{
	return (struct space_row){ .community = k->place,
				   .name = name,
				   .kind = kind,
				   .capacity = capacity,
				   .counted = counted,
				   .granule = 30,
				   .shortest = 30,
				   .longest = 1440,
				   .horizon = 90 };
}

static rc price(struct ctx *c, const struct space_cast *k, int kind, int unit, int64_t cents)
{
	return tariff_set(c, k->place, kind, AUDIENCE_PUBLIC, unit, (money){ cents }, (day){ CAST_TODAY });
}

static rc furnish(struct ctx *c, void *arg)
{
	struct space_cast *k = arg;
	k->row = (struct place_row){ .community = k->place,
				     .zone = "Europe/Paris",
				     .opening = "Mo-Sa 09:00-19:00",
				     .holidays_off = true,
				     .cancel_day_before = true,
				     .cancel_minute = { 18 * 60 } };
	TRY(place_save(c, &k->row));
	k->desks = space_like(k, "Bureaux", SPACE_KIND_DESKS, 4, true);
	k->annex = space_like(k, "Annexe", SPACE_KIND_DESKS, 3, true);
	k->room = space_like(k, "Salle", SPACE_KIND_ROOM, 8, false);
	TRY(space_add(c, &k->desks));
	TRY(space_add(c, &k->annex));
	TRY(space_add(c, &k->room));
	TRY(price(c, k, SPACE_KIND_DESKS, TARIFF_UNIT_HOUR, 300));
	TRY(price(c, k, SPACE_KIND_DESKS, TARIFF_UNIT_HALF_DAY, 900));
	TRY(price(c, k, SPACE_KIND_DESKS, TARIFF_UNIT_DAY, 1400));
	TRY(price(c, k, SPACE_KIND_ROOM, TARIFF_UNIT_HOUR, 1000));
	struct pack_row p = { .community = k->place,
			      .owner_community = k->cae,
			      .name = "Cinq jours",
			      .space_kind = SPACE_KIND_DESKS,
			      .units = { 5000 },
			      .price = { 6000 },
			      .from_day = { CAST_TODAY },
			      .to_day = { CAST_TODAY + 400 } };
	return pack_sell(c, &p, &k->pack);
}

struct space_cast *space_cast(struct world *w)
{
	struct space_cast *k = new_zero(w->c, struct space_cast);
	space_ports = &ports;
	k->place = cast_community(w, "La Fabrique", "place");
	k->cae = cast_community(w, "Coop", "cae");
	k->ines = cast_person(w, "Inès", "ines@example.org");
	k->host = cast_person(w, "Malo", "malo@example.org");
	k->member = cast_member(w, k->ines, k->cae, "cesa", ROLE_MEMBER);
	w->c->actor = (struct actor){ .person = k->ines, .membership = k->member, .community = k->cae };
	assert_int_equal(db_write(w->c, furnish, k), OK);
	return k;
}

struct wanting {
	const struct space_cast *k;
	const struct space_row *space;
	day on;
	minute from, to;
	int64_t units;
	struct stay *s;
};

static rc want(struct ctx *c, void *arg)
{
	struct wanting *x = arg;
	struct membership_row_list *mine = new_zero(c, struct membership_row_list);
	TRY(stay_make(c, x->space, &x->k->row, x->on, x->from, x->to, x->units, x->s));
	TRY(memberships_on(c, x->k->ines, x->on, mine));
	x->s->person = x->k->ines;
	x->s->memberships = mine;
	return OK;
}

rc cast_stay(struct ctx *c, const struct space_cast *k, const struct space_row *space, int64_t days_ahead,
	     int from, int to, int64_t units, struct stay *s)
{
	struct wanting x = { k, space, { CAST_TODAY + days_ahead }, { from }, { to }, units, s };
	return db_read(c, want, &x);
}

struct doing {
	const struct stay *s;
	const char *choice;
	struct booking_row *out;
	rc (*f)(struct ctx *c, booking_id id);
	booking_id id;
};

static rc book(struct ctx *c, void *arg)
{
	struct doing *d = arg;
	struct booking_wish wish = { .span = *d->s, .choice = d->choice };
	return booking_create(c, &wish, d->out);
}

rc cast_book(struct world *w, const struct space_cast *k, const struct stay *s, const char *choice,
	     struct booking_row *out)
{
	struct doing d = { .s = s, .choice = choice, .out = out };
	(void)k;
	return db_write(w->c, book, &d);
}

static rc call(struct ctx *c, void *arg)
{
	struct doing *d = arg;
	return d->f(c, d->id);
}

rc cast_do(struct world *w, rc (*f)(struct ctx *c, booking_id id), booking_id id)
{
	struct doing d = { .f = f, .id = id };
	return db_write(w->c, call, &d);
}

#define LIVE "('requested', 'confirmed', 'present')"

int64_t cast_broken(struct world *w)
{
	int64_t n = 0;
	n += cast_number(
		w, "SELECT COUNT(*) AS value FROM booking b JOIN space s ON s.id = b.space "
		   "WHERE b.status IN " LIVE " AND s.capacity < (SELECT SUM(CASE WHEN s.counted THEN o.units "
		   "ELSE s.capacity END) FROM booking o WHERE o.space = b.space AND o.status IN " LIVE
		   " AND o.starts_at <= b.starts_at AND o.ends_at > b.starts_at)");
	n += cast_number(
		w,
		"SELECT COUNT(*) AS value FROM counter k WHERE k.held <> (SELECT COALESCE(SUM(quantity), 0) "
		"FROM booking_counter b WHERE b.counter = k.id AND b.state = 'held') OR k.used <> "
		"(SELECT COALESCE(SUM(quantity), 0) FROM booking_counter b WHERE b.counter = k.id "
		"AND b.state = 'used') OR k.held + k.used > k.cap");
	n += cast_number(
		w, "SELECT COUNT(*) AS value FROM pack p WHERE p.units < (SELECT COALESCE(SUM(measure), 0) "
		   "FROM booking b WHERE b.right_kind = 'pack' AND b.right_id = p.id AND b.status IN "
		   "('requested', 'confirmed', 'present', 'done', 'unrecorded', 'no_show'))");
	return n;
}

struct browse *cast_host(struct world *w, const struct space_cast *k)
{
	struct browse *b = browse_new(w);
	membership_id host = { cast_number(
		w, "SELECT COALESCE(MAX(id), 0) AS value FROM membership WHERE person = %lld",
		(long long)k->host.v) };
	if (!host.v)
		host = cast_member(w, k->host, k->place, "facilitator", ROLE_HOST);
	browse_sign_in(b, k->host);
	browse_act_as(b, host);
	return b;
}
