#include <string.h>

#include "audit/audit.h"
#include "base/civil.h"
#include "base/pubid.h"
#include "spaces/booking.h"
#include "spaces/booking_sql.h"

/* The index holds one short range per class: see bookings_live. */
static int64_t length_class(const struct stay *s)
{
	int64_t minutes = (s->ends_at.v - s->starts_at.v + 59) / 60, class = 0;
	for (int64_t longest = 15; longest < minutes; longest *= 2)
		class++;
	return class;
}

static const struct right_source *source_of(int kind)
{
	for (size_t i = 0; i < space_ports->n_sources; i++)
		if (space_ports->sources[i]->kind == kind)
			return space_ports->sources[i];
	return NULL;
}

rc booking_hold(struct ctx *c, booking_id booking, const struct counter_key *keys, size_t n, quantity q)
{
	counter_id *ids = new_array(c, counter_id, n);
	if (q.v <= 0)
		return OK;
	TRY(counter_hold(c, keys, n, q, ids));
	for (size_t i = 0; i < n; i++)
		TRY(booking_counter_insert(c, booking, ids[i], q, NULL));
	return OK;
}

/* What its counters hold moves on: used, or given back. */
static rc settle_counters(struct ctx *c, booking_id booking, const char *to)
{
	struct booking_counters_row_list l;
	TRY(booking_counters(c, booking, &l));
	for (size_t i = 0; i < l.n; i++) {
		const struct booking_counters_row *k = &l.items[i];
		bool held = strcmp(k->state, "held") == 0, used = strcmp(k->state, "used") == 0;
		if (held && strcmp(to, "used") == 0)
			TRY(counter_use(c, k->counter, k->quantity));
		else if (held)
			TRY(counter_release(c, k->counter, k->quantity));
		else if (used && strcmp(to, "used") != 0)
			TRY(counter_unuse(c, k->counter, k->quantity));
	}
	return booking_counters_set(c, booking, to, NULL);
}

static rc tell(struct ctx *c, const struct booking_row *b, int status, bool undone)
{
	for (size_t i = 0; i < space_ports->n_sinks; i++)
		TRY(space_ports->sinks[i]->happened(c, b, status, undone));
	return OK;
}

static rc note(struct ctx *c, const struct booking_row *b, const char *action, int before, int after)
{
	struct community_card place;
	TRY(community_card_get(c, b->community, &place));
	struct audit_event e = { .chain = place.pub.s, .action = action, .object_kind = "booking", .object = b->pub };
	if (before >= 0)
		e.before = fmt(c, "{\"status\":\"%s\"}", enum_word(&booking_status_words, before));
	e.after = fmt(c, "{\"status\":\"%s\"}", enum_word(&booking_status_words, after));
	return audit_note(c, &e);
}

static const struct right_offer *chosen(const struct right_offer_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->items[i].chosen)
			return &l->items[i];
	return NULL;
}

static int first_status(const struct booking_wish *w)
{
	if (w->walk_in)
		return BOOKING_STATUS_PRESENT;
	return w->span.space->needs_approval && !w->approved ? BOOKING_STATUS_REQUESTED : BOOKING_STATUS_CONFIRMED;
}

static void fill(struct ctx *c, const struct booking_wish *w, const struct right_offer *o, struct booking_row *b)
{
	const struct stay *s = &w->span;
	*b = (struct booking_row){
		.space = s->space->id, .community = s->community, .person = s->person, .guest = w->guest,
		.membership = o->membership, .sender = o->sender, .batch = w->batch, .purpose = w->purpose,
		.on_day = s->on_day, .from_minute = s->from, .to_minute = s->to, .zone = s->place->zone,
		.starts_at = s->starts_at, .ends_at = s->ends_at, .length_class = length_class(s), .units = s->units,
		.status = first_status(w), .right_kind = o->kind, .right_id = o->right_id, .right_label = o->name,
		.price = o->price, .public_price = s->public_price, .measure = o->measure, .walk_in = w->walk_in,
		.created_at = c->now, .created_by = c->actor.person, .expires_at = { NONE }, .arrived_at = { NONE },
		.left_at = { NONE }, .settled_at = { NONE },
	};
	pubid_new(&b->pub);
	if (w->walk_in)
		b->arrived_at = c->now;
	if (b->status == BOOKING_STATUS_REQUESTED) {
		int64_t late = c->now.v + REQUEST_SECONDS;
		b->expires_at.v = late < s->starts_at.v ? late : s->starts_at.v;
	}
}

rc booking_create(struct ctx *c, const struct booking_wish *w, struct booking_row *out)
{
	struct stay s = w->span;
	struct right_offer_list offers;
	int64_t capacity, free_units;
	bool qualified;
	TRY(space_hold(c, s.space->id, &capacity));
	TRY(stay_free(c, &s, (booking_id){ 0 }, &free_units));
	if (free_units < (s.space->counted ? s.units : s.space->capacity))
		return fail(c, E_CONFLICT, "booking.full");
	TRY(is_qualified(c, s.person, s.space, s.on_day, &qualified));
	if (!qualified && !w->approved)
		return fail(c, E_DENIED, "booking.not_qualified");
	TRY(stay_quote(c, &s, w->choice, &offers));
	const struct right_offer *o = chosen(&offers);
	if (!o)
		return fail(c, E_DENIED, "right.none");
	if (o->needs_charter)
		return fail(c, E_CONFLICT, "booking.charter_first");
	fill(c, w, o, out);
	out->public_price = s.public_price;
	TRY(booking_insert(c, out, &out->id));
	TRY(source_of(o->kind)->hold(c, &s, o, out->id));
	if (w->walk_in) {
		TRY(settle_counters(c, out->id, "used"));
		TRY(tell(c, out, BOOKING_STATUS_PRESENT, false));
	}
	return note(c, out, w->walk_in ? "booking.walk_in" : "booking.create", -1, out->status);
}

instant booking_cancel_until(const struct place_row *place, const struct booking_row *b)
{
	if (place->cancel_day_before)
		return local_to_utc((day){ b->on_day.v - 1 }, place->cancel_minute, b->zone);
	return (instant){ b->starts_at.v - place->cancel_minute.v * 60 };
}

static bool is_in(int status, unsigned allowed)
{
	return allowed & (1u << status);
}

#define IN(s) (1u << BOOKING_STATUS_##s)

/* Lock space, then booking; refuse other states than those allowed. */
static rc open_for(struct ctx *c, booking_id id, unsigned allowed, struct booking_row *b)
{
	int64_t capacity;
	int status;
	TRY(booking_by_id(c, id, b));
	TRY(space_hold(c, b->space, &capacity));
	TRY(booking_lock(c, id, &status));
	TRY(booking_by_id(c, id, b));
	return is_in(b->status, allowed) ? OK : fail(c, E_CONFLICT, "booking.wrong_state");
}

/* counters: "used", "released", "held" or NULL: as they are. */
static rc move(struct ctx *c, struct booking_row *b, int status, const char *counters, const char *action)
{
	int before = b->status;
	if (counters)
		TRY(settle_counters(c, b->id, counters));
	b->status = status;
	TRY(booking_set_status(c, b->id, status, b->arrived_at, b->left_at, b->settled_at, NULL));
	bool undone = before == BOOKING_STATUS_PRESENT || before == BOOKING_STATUS_DONE || before == BOOKING_STATUS_NO_SHOW;
	if (undone && status != BOOKING_STATUS_DONE)
		TRY(tell(c, b, before, true));
	if (status != BOOKING_STATUS_DONE)
		TRY(tell(c, b, status, false));
	return note(c, b, action, before, status);
}

rc booking_cancel(struct ctx *c, booking_id id)
{
	struct booking_row b;
	TRY(open_for(c, id, IN(REQUESTED) | IN(CONFIRMED) | IN(WAITING), &b));
	return move(c, &b, BOOKING_STATUS_CANCELLED, "released", "booking.cancel");
}

rc booking_accept(struct ctx *c, booking_id id)
{
	struct booking_row b;
	TRY(open_for(c, id, IN(REQUESTED), &b));
	if (!is_none(b.expires_at) && b.expires_at.v <= c->now.v)
		return fail(c, E_GONE, "booking.request_expired");
	return move(c, &b, BOOKING_STATUS_CONFIRMED, NULL, "booking.accept");
}

rc booking_refuse(struct ctx *c, booking_id id)
{
	struct booking_row b;
	TRY(open_for(c, id, IN(REQUESTED), &b));
	return move(c, &b, BOOKING_STATUS_REFUSED, "released", "booking.refuse");
}

rc booking_arrive(struct ctx *c, booking_id id)
{
	struct booking_row b;
	TRY(open_for(c, id, IN(CONFIRMED) | IN(UNRECORDED) | IN(NO_SHOW), &b));
	b.arrived_at = c->now.v < b.ends_at.v ? c->now : b.starts_at;
	return move(c, &b, BOOKING_STATUS_PRESENT, "used", "booking.arrive");
}

rc booking_leave(struct ctx *c, booking_id id)
{
	struct booking_row b;
	TRY(open_for(c, id, IN(PRESENT), &b));
	b.left_at = c->now;
	return move(c, &b, BOOKING_STATUS_DONE, NULL, "booking.leave");
}

rc booking_no_show(struct ctx *c, booking_id id)
{
	struct booking_row b;
	TRY(open_for(c, id, IN(CONFIRMED) | IN(UNRECORDED), &b));
	b.settled_at = c->now;
	return move(c, &b, BOOKING_STATUS_NO_SHOW, "used", "booking.no_show");
}

rc booking_undo_arrive(struct ctx *c, booking_id id)
{
	struct booking_row b;
	TRY(open_for(c, id, IN(PRESENT), &b));
	b.arrived_at.v = NONE;
	return move(c, &b, BOOKING_STATUS_CONFIRMED, "released", "booking.undo_arrive");
}
