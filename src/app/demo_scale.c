/* demo_scale.c - years of bookings before those of the demo, for measures:
 * each desk is taken morning and afternoon, day by day into the past, so that
 * capacity holds without asking. Rows, counters, facts, entries and audits are
 * written by the domain's own functions; only the quote is left out. */
#include "app/demo_parts.h"
#include "app/demo_programme_shape.h"
#include "app/demo_programme_sql.h"
#include "audit/audit.h"
#include "base/civil.h"
#include "base/pubid.h"
#include "bridges/exchange.h"
#include "ledger/counter.h"
#include "platform/db.h"
#include "spaces/booking.h"
#include "spaces/booking_sql.h"

/* In one transaction: short ones wait for the disk. */
enum { AT_ONCE = 1000, GRANT_EACH = 8, FIRST_DAY_BEFORE = 120 };

struct scale {
	struct demo *d;
	int64_t left; /* bookings to write */
	version_id version;
	grant_id grant;
	/* where the next one goes */
	day on;
	int place;
	size_t space;
	int64_t unit, n;
	bool afternoon;
};

static bool is_desks(const struct scale *s)
{
	const struct space_row_list *l = &s->d->sites[s->place].spaces;
	return s->space < l->n && l->items[s->space].kind == SPACE_KIND_DESKS;
}

/* The next half day of a desk: all desks of a day, then the day before. */
static void step(struct scale *s)
{
	if ((s->afternoon = !s->afternoon))
		return;
	if (is_desks(s) && ++s->unit < s->d->sites[s->place].spaces.items[s->space].capacity)
		return;
	s->unit = 0;
	do {
		if (++s->space < s->d->sites[s->place].spaces.n)
			continue;
		s->space = 0;
		if (++s->place < N_COMMUNITIES)
			continue;
		s->place = 0;
		do
			s->on.v--;
		while (weekday_of(s->on) > 4);
	} while (!is_desks(s));
}

static void fill_row(struct scale *s, const struct guest *g, struct booking_row *b)
{
	const struct demo_site *site = &s->d->sites[s->place];
	bool grant = s->d->kinds[g->community] == COMMUNITY_KIND_CAE && s->n % GRANT_EACH == 0;
	int64_t from = s->afternoon ? 840 : 540, to = s->afternoon ? 1020 : 750;
	*b = (struct booking_row){
		.space = site->spaces.items[s->space].id,
		.community = s->d->communities[s->place],
		.person = g->person,
		.membership = g->membership,
		.sender = s->d->communities[g->community],
		.on_day = s->on,
		.from_minute = { from },
		.to_minute = { to },
		.zone = "Europe/Paris",
		.starts_at = local_to_utc(s->on, (minute){ from }, NULL),
		.ends_at = local_to_utc(s->on, (minute){ to }, NULL),
		.length_class = 4, /* 121 to 240 minutes */
		.units = 1,
		.status = BOOKING_STATUS_DONE,
		.right_kind = grant ? RIGHT_KIND_GRANT : RIGHT_KIND_PUBLIC,
		.right_id = grant ? s->grant.v : 1,
		.right_label = grant ? "Convention CAP Tiers-lieux, années passées" : "Tarif public",
		.price = { grant ? 0 : 900 },
		.public_price = { 900 },
		.measure = { grant ? 500 : 0 },
		.created_by = g->person,
		.expires_at = { NONE },
		.settled_at = { NONE },
		.late_at = { NONE },
	};
	b->created_at.v = b->starts_at.v - 86400;
	b->arrived_at = b->starts_at;
	b->left_at = b->ends_at;
	pubid_new_near(&b->pub);
}

static rc count_and_tell(struct ctx *c, struct scale *s, const struct booking_row *b)
{
	const char *year = fmt(c, "%d", ymd_of(b->on_day).year);
	struct counter_key key = { COUNTER_OWNER_GRANT, s->grant.v, COUNTER_SCOPE_SENDER,
				   b->sender.v,		year,	    { 1000000000 } };
	counter_id id;
	TRY(counter_hold(c, &key, 1, b->measure, &id));
	TRY(counter_use(c, id, b->measure));
	TRY(booking_counter_insert(c, b->id, id, b->measure, NULL));
	TRY(booking_counter_set(c, b->id, id, "used", NULL));
	return exchange_sink.happened(c, b, BOOKING_STATUS_PRESENT, false);
}

static rc write_one(struct ctx *c, struct scale *s)
{
	const struct guest *g = &s->d->guests[(size_t)(s->n * 31) % s->d->n_guests];
	struct booking_row b;
	fill_row(s, g, &b);
	c->now = b.starts_at;
	demo_as_guest(c, s->d, g);
	TRY(booking_insert(c, &b, &b.id));
	if (b.right_kind == RIGHT_KIND_GRANT)
		TRY(count_and_tell(c, s, &b));
	struct audit_event e = { .chain = s->d->pubs[s->place].s,
				 .action = "booking.create",
				 .object_kind = "booking",
				 .object = b.pub,
				 .after = "{\"status\":\"done\"}" };
	TRY(audit_note(c, &e));
	s->n++;
	step(s);
	return OK;
}

static rc write_some(struct ctx *c, void *arg)
{
	struct scale *s = arg;
	for (int i = 0; i < AT_ONCE && s->left > 0; i++, s->left--)
		TRY(write_one(c, s));
	return OK;
}

/* A convention of the past, without limits that the years would meet. */
static rc add_convention(struct ctx *c, void *arg)
{
	struct scale *s = arg;
	struct demo *d = s->d;
	struct demo_programme_facts f = {
		"CAP Tiers-lieux, années passées", day_of(2000, 1, 1), { d->from.v - 1 }, { 0 }
	};
	TRY(demo_past_programme(c, d, &f, &s->version));
	struct demo_grant g = { demo_pub(d),
				s->version,
				0,
				"Demi-journées",
				"cape cesa associate",
				"desks",
				GRANT_MEASURE_HALF_DAY,
				{ NONE },
				{ 1000000000 },
				f.from,
				f.to };
	TRY(demo_grant_insert(c, &g, &s->grant));
	return demo_fix_version(c, d, f.convention);
}

rc demo_scale(struct ctx *c, struct demo *d, int64_t bookings)
{
	struct scale s = { .d = d, .left = bookings, .on = { d->today.v - FIRST_DAY_BEFORE } };
	TALLOC_CTX *mem = c->mem;
	rc code = db_write(c, add_convention, &s);
	while (!is_desks(&s))
		step(&s);
	while (s.left > 0 && code == OK) {
		c->mem = talloc_named_const(mem, 0, "some bookings");
		code = db_write(c, write_some, &s);
		talloc_free(c->mem);
	}
	c->mem = mem;
	c->now = d->now;
	return code;
}
