#include <string.h>

#include "base/civil.h"
#include "base/pubid.h"
#include "spaces/booking.h"
#include "spaces/booking_letter.h"
#include "spaces/booking_sql.h"
#include "spaces/booking_step.h"

/* The index holds one short range per class: see bookings_live. */
int64_t stay_length_class(const struct stay *s)
{
	int64_t minutes = (s->ends_at.v - s->starts_at.v + 59) / 60, class = 0;
	for (int64_t longest = 15; longest < minutes; longest *= 2)
		class ++;
	return class;
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
	return w->span.space->needs_approval && !w->approved ? BOOKING_STATUS_REQUESTED
							     : BOOKING_STATUS_CONFIRMED;
}

static instant request_until(struct ctx *c, instant starts_at)
{
	int64_t late = c->now.v + REQUEST_SECONDS;
	return (instant){ late < starts_at.v ? late : starts_at.v };
}

static void fill(struct ctx *c, const struct booking_wish *w, const struct stay *s,
		 const struct right_offer *o, struct booking_row *b)
{
	*b = (struct booking_row){
		.space = s->space->id,
		.community = s->community,
		.person = s->person,
		.guest = w->guest,
		.membership = o->membership,
		.sender = o->sender,
		.batch = w->batch,
		.purpose = w->purpose,
		.on_day = s->on_day,
		.from_minute = s->from,
		.to_minute = s->to,
		.zone = s->place->zone,
		.starts_at = s->starts_at,
		.ends_at = s->ends_at,
		.length_class = stay_length_class(s),
		.units = s->units,
		.status = first_status(w),
		.right_kind = o->kind,
		.right_id = o->right_id,
		.right_label = o->name,
		.price = o->price,
		.public_price = s->public_price,
		.measure = o->measure,
		.walk_in = w->walk_in,
		.created_at = c->now,
		.created_by = c->actor.person,
		.expires_at = { NONE },
		.arrived_at = { NONE },
		.left_at = { NONE },
		.settled_at = { NONE },
		.late_at = { NONE },
	};
	pubid_new_near(&b->pub);
	if (w->walk_in)
		b->arrived_at = c->now;
	if (b->status == BOOKING_STATUS_REQUESTED)
		b->expires_at = request_until(c, s->starts_at);
}

/* The space is held: is there room in it, as it is now? */
static rc must_fit(struct ctx *c, struct stay *s, booking_id except)
{
	struct space_row *space = new_zero(c, struct space_row);
	int64_t free_units;
	*space = *s->space;
	TRY(space_hold(c, space->id, &space->capacity));
	s->space = space;
	TRY(stay_free(c, s, except, &free_units));
	return free_units >= (space->counted ? s->units : space->capacity) && space->capacity
		       ? OK
		       : fail(c, E_CONFLICT, "booking.full");
}

/* Everything but the note in the audit, which comes after the locks of all. */
static rc make(struct ctx *c, const struct booking_wish *w, struct booking_row *out)
{
	struct stay s = w->span;
	struct right_offer_list offers;
	bool qualified;
	TRY(must_fit(c, &s, (booking_id){ 0 }));
	TRY(is_qualified(c, s.person, s.space, s.on_day, &qualified));
	if (!qualified && !w->approved)
		return fail(c, E_DENIED, "booking.not_qualified");
	TRY(stay_quote(c, &s, w->choice, &offers));
	const struct right_offer *o = chosen(&offers);
	if (!o)
		return fail(c, E_DENIED, "right.none");
	if (o->needs_charter)
		return fail(c, E_CONFLICT, "booking.charter_first");
	fill(c, w, &s, o, out);
	TRY(booking_insert(c, out, &out->id));
	TRY(right_source_of(o->kind)->hold(c, &s, o, out->id));
	return w->walk_in ? booking_count(c, out, COUNT_USED) : OK;
}

static rc announce(struct ctx *c, const struct booking_wish *w, const struct booking_row *b)
{
	if (!w->walk_in)
		return OK;
	TRY(booking_tell(c, b, BOOKING_STATUS_PRESENT, false));
	return booking_letter(c, b, true);
}

static const char *action_of(const struct booking_wish *w)
{
	return w->walk_in ? "booking.walk_in" : "booking.create";
}

rc booking_create(struct ctx *c, const struct booking_wish *w, struct booking_row *out)
{
	TRY(make(c, w, out));
	TRY(announce(c, w, out));
	return booking_note(c, out, action_of(w), -1);
}

/* All spaces first, the least id first. */
static rc hold_spaces(struct ctx *c, const struct booking_wish *w, size_t n)
{
	int64_t capacity, last = 0;
	for (;;) {
		space_id next = { INT64_MAX };
		for (size_t i = 0; i < n; i++)
			if (w[i].span.space->id.v > last && w[i].span.space->id.v < next.v)
				next = w[i].span.space->id;
		if (next.v == INT64_MAX)
			return OK;
		TRY(space_hold(c, next, &capacity));
		last = next.v;
	}
}

rc booking_create_all(struct ctx *c, const struct booking_wish *w, size_t n, struct booking_row *out)
{
	pubid batch;
	pubid_new(&batch);
	const char *fresh = fmt(c, "%s", batch.s);
	TRY(hold_spaces(c, w, n));
	for (size_t i = 0; i < n; i++) {
		struct booking_wish one = w[i];
		if (!one.batch && n > 1)
			one.batch = fresh;
		TRY(make(c, &one, &out[i]));
	}
	for (size_t i = 0; i < n; i++)
		TRY(announce(c, &w[i], &out[i]));
	for (size_t i = 0; i < n; i++)
		TRY(booking_note(c, &out[i], action_of(&w[i]), -1));
	return OK;
}

instant booking_cancel_until(const struct place_row *place, const struct booking_row *b)
{
	if (place->cancel_day_before)
		return local_to_utc((day){ b->on_day.v - 1 }, place->cancel_minute, b->zone);
	return (instant){ b->starts_at.v - place->cancel_minute.v * 60 };
}

rc booking_cancel_terms(struct ctx *c, const struct place_row *place, const struct booking_row *b,
			struct cancel_terms *out)
{
	const struct right_source *source = right_source_of(b->right_kind);
	*out = (struct cancel_terms){ booking_cancel_until(place, b), true };
	if (source && source->no_show_counts)
		TRY(source->no_show_counts(c, b, &out->counts));
	return source && source->late ? source->late(c, b, out) : OK;
}

/* ---- another span ---- */

/* The same right in a new quote. */
static rc same_right(struct ctx *c, const struct right_offer_list *l, const struct booking_row *b,
		     const struct right_offer **out)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct right_offer *o = &l->items[i];
		bool same;
		TRY(right_goes_on(c, b, o, &same));
		if (!same)
			continue;
		*out = o;
		if (o->applies)
			return o->needs_charter ? fail(c, E_CONFLICT, "booking.charter_first") : OK;
		bool spent = !is_none(o->left) && o->measure.v > o->left.v;
		return spent ? fail(c, E_QUOTA, "right.quota_spent")
			     : fail_field(c, "right", "right.not_that_day");
	}
	return fail_field(c, "right", "right.not_yours");
}

static rc in_time(struct ctx *c, const struct booking_row *b, const struct place_row *place)
{
	bool hers = b->person.v && b->person.v == c->actor.person.v;
	struct cancel_terms t;
	if (!hers || b->status != BOOKING_STATUS_CONFIRMED)
		return OK;
	TRY(booking_cancel_terms(c, place, b, &t));
	return t.counts && c->now.v >= t.until.v ? fail(c, E_CONFLICT, "booking.too_late") : OK;
}

static void refill(struct ctx *c, const struct stay *s, const struct right_offer *o, struct booking_row *b)
{
	bool host = b->person.v != c->actor.person.v;
	b->space = s->space->id;
	b->on_day = s->on_day;
	b->from_minute = s->from;
	b->to_minute = s->to;
	b->starts_at = s->starts_at;
	b->ends_at = s->ends_at;
	b->length_class = stay_length_class(s);
	b->units = s->units;
	b->right_id = o->right_id;
	b->right_label = o->name;
	b->price = o->price;
	b->public_price = s->public_price;
	b->measure = o->measure;
	b->status = s->space->needs_approval && !host ? BOOKING_STATUS_REQUESTED : BOOKING_STATUS_CONFIRMED;
	b->expires_at = (instant){ NONE };
	if (b->status == BOOKING_STATUS_REQUESTED)
		b->expires_at = request_until(c, s->starts_at);
}

rc booking_change(struct ctx *c, booking_id id, const struct stay *wanted, struct booking_row *out)
{
	struct booking_wish both[2] = { 0 };
	struct space_row old = { 0 };
	struct right_offer_list offers;
	const struct right_offer *o = NULL;
	struct stay s = *wanted;
	struct step step;
	bool qualified;
	TRY(booking_by_id(c, id, out));
	old.id = out->space;
	both[0].span.space = wanted->space;
	both[1].span.space = &old;
	TRY(hold_spaces(c, both, 2));
	TRY(step_open(c, id, IN(REQUESTED) | IN(CONFIRMED), "booking.change", &step));
	if (step.b.community.v != s.community.v)
		return fail(c, E_NOT_FOUND, "db.not_found");
	TRY(in_time(c, &step.b, s.place));
	TRY(must_fit(c, &s, id));
	TRY(is_qualified(c, s.person, s.space, s.on_day, &qualified));
	if (!qualified)
		return fail(c, E_DENIED, "booking.not_qualified");
	/* What it held is free for the new quote; any failure undoes that too. */
	TRY(booking_pass_on(c, &step.b, &step.heir));
	TRY(booking_count(c, &step.b, COUNT_GIVEN_BACK));
	TRY(booking_counters_drop(c, id, NULL));
	s.booking = id;
	TRY(stay_quote(c, &s, NULL, &offers));
	TRY(same_right(c, &offers, &step.b, &o));
	refill(c, &s, o, &step.b);
	TRY(booking_set_span(c, &step.b, NULL));
	TRY(right_source_of(o->kind)->hold(c, &s, o, id));
	TRY(booking_retell(c, &step.heir));
	*out = step.b;
	return booking_note(c, out, "booking.change", step.before);
}
