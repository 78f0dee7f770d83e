#include "spaces/booking_page.h"
#include "base/civil.h"
#include "people/people.h"
#include "platform/app.h"
#include "platform/i18n.h"
#include "spaces/book_sql.h"
#include "spaces/space_sql.h"
#include "spaces/tariff.h"

static bool is_host_of(const struct ctx *c, community_id place)
{
	return c->actor.community.v == place.v && place.v && (c->actor.roles & (ROLE_HOST | ROLE_MANAGER));
}

static rc fill_place(struct ctx *c, const struct booking_row *b, struct booking_page *v)
{
	struct community_row place;
	struct space_row space;
	TRY(community_card_get(c, b->community, &v->place));
	TRY(community_get(c, b->community, &place));
	TRY(space_by_id(c, b->space, &space));
	v->address = place.address;
	v->access = place.access;
	v->phone = place.phone;
	v->space = space.name;
	v->space_pub = space.pub;
	v->counted = space.counted;
	return OK;
}

static rc fill_person(struct ctx *c, const struct booking_row *b, struct booking_page *v)
{
	v->mine = b->person.v && b->person.v == c->actor.person.v;
	bool recorded = b->status == BOOKING_STATUS_PRESENT || b->status == BOOKING_STATUS_DONE ||
			b->status == BOOKING_STATUS_NO_SHOW || v->late;
	day today;
	minute now;
	utc_to_local(c->now, b->zone, &today, &now);
	v->may_arrive = is_host_of(c, b->community) && b->on_day.v <= today.v &&
			(b->status == BOOKING_STATUS_CONFIRMED || b->status == BOOKING_STATUS_UNRECORDED ||
			 b->status == BOOKING_STATUS_NO_SHOW);
	v->may_contest = v->mine && recorded;
	v->may_answer = b->status == BOOKING_STATUS_REQUESTED && v->coming && is_host_of(c, b->community);
	v->person = b->guest;
	if (b->person.v && is_host_of(c, b->community))
		TRY(person_name(c, b->person, &v->person));
	if (b->batch && *b->batch && v->mine)
		TRY(bookings_of_batch(c, b->batch, b->person, &v->together));
	return OK;
}

rc booking_page_fill(struct ctx *c, const struct booking_row *b, struct booking_page *v)
{
	struct place_row place;
	struct cancel_terms t;
	TRY(place_get(c, b->community, &place));
	TRY(booking_cancel_terms(c, &place, b, &t));
	bool live = b->status == BOOKING_STATUS_REQUESTED || b->status == BOOKING_STATUS_CONFIRMED ||
		    b->status == BOOKING_STATUS_WAITING;
	*v = (struct booking_page){
		.pub = b->pub,
		.welcome = place.welcome,
		.purpose = b->purpose,
		.on_day = b->on_day,
		.from = b->from_minute,
		.to = b->to_minute,
		.starts_at = b->starts_at,
		.ends_at = b->ends_at,
		.units = b->units,
		.status = is_none(b->late_at) ? b->status : BOOKING_STATUS_LATE_CANCELLATION,
		.right = right_words(c, b->right_kind, b->right_label),
		.price = b->price,
		.measure = b->measure,
		.coming = b->ends_at.v > c->now.v,
		.over = b->status == BOOKING_STATUS_CANCELLED || b->status == BOOKING_STATUS_REFUSED ||
			b->status == BOOKING_STATUS_EXPIRED,
		.counts = live || b->status == BOOKING_STATUS_PRESENT || b->status == BOOKING_STATUS_DONE ||
			  b->status == BOOKING_STATUS_NO_SHOW || !is_none(b->late_at),
		.may_cancel = live && b->ends_at.v > c->now.v,
		.cancel_until = t.until,
		.cancel_free = !t.counts || (!b->measure.v && !b->price.v),
		.cancel_priced = !b->measure.v,
		.late = !is_none(b->late_at),
		.expires_at = b->expires_at,
		.code = fmt(c, "%s/bookings/%s", c->app->public_url ? c->app->public_url : "", b->pub.s),
	};
	v->iso_on = fmt_iso_day(c, b->on_day);
	v->clock_from = fmt_clock(c, b->from_minute);
	v->clock_to = fmt_clock(c, b->to_minute);
	v->units_text = fmt(c, "%lld", (long long)b->units);
	v->in_time = b->status != BOOKING_STATUS_CONFIRMED || v->cancel_free || v->cancel_until.v >= c->now.v;
	TRY(fill_place(c, b, v));
	if (v->may_cancel) {
		bool closed;
		TRY(closure_reason(c, b->community, b->space, b->on_day, &v->closure, &closed));
	}
	return fill_person(c, b, v);
}

bool booking_may_see(const struct ctx *c, const struct booking_row *b)
{
	return (b->person.v && b->person.v == c->actor.person.v) || is_host_of(c, b->community);
}
